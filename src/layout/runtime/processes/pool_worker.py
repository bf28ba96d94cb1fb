"""A worker of the command's process pool."""

from __future__ import annotations

import multiprocessing
import os
import signal
from threading import Thread


def prepare_pool_worker() -> None:
    """The initializer of a worker: it leaves interrupts to the command's process, and ends with that process.

    A terminal sends an interrupt to every process; the first alone handles it and ends the others. Where the first is
    killed it cannot, and a worker would wait for ever for its next task.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
