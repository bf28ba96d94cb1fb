"""The cyclic garbage collector while pages are composed."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_THRESHOLD = 100_000  # new objects between two collections

_lock = threading.Lock()
_users = 0  # blocks that collect rarely at this moment
_before = gc.get_threshold()


@contextmanager
def rare_collection() -> Iterator[None]:
    """Collects cycles rarely inside the block: pages are many objects without cycles, and looking for cycles among
    them takes a fifth of a large build.

    Blocks in several threads share the setting: the first to enter changes it, the last to leave restores it.
    """
    global _users, _before
    with _lock:
        if not _users:
            _before = gc.get_threshold()
            gc.set_threshold(max(_before[0], _THRESHOLD), *_before[1:])
        _users += 1
    try:
        yield
    finally:
        with _lock:
            _users -= 1
            if not _users:
                gc.set_threshold(*_before)
