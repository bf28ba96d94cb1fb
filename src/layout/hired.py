"""Somebody hired: a module of this library in a process of its own. It imports what it needs while we do other work."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO


class Unreachable(Exception):
    """The process is gone, or does not answer as it should."""


class Hired:
    """A process that runs `module` and answers with pickles what it is sent as pickles. To be closed.

    Raises OSError where no process can be started. It has a session of its own: an interrupt is ours to handle.
    """

    def __init__(self, module: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=_environment(),
            start_new_session=True,
        )

    def send(self, message: Any) -> None:
        """Raises Unreachable."""
        assert self._process.stdin is not None
        try:
            pickle.dump(message, self._process.stdin)
            self._process.stdin.flush()
        except (OSError, ValueError) as error:
            raise Unreachable from error

    def ask(self, message: Any) -> Any:
        """Raises Unreachable."""
        self.send(message)
        assert self._process.stdout is not None
        try:
            return pickle.load(self._process.stdout)  # of our own process
        except (OSError, EOFError, pickle.UnpicklingError, ValueError, TypeError) as error:
            raise Unreachable from error

    def close(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()
        self._process.terminate()
        self._process.wait()


def _environment() -> dict[str, str]:
    """The process finds this library where we found it."""
    here = str(Path(__file__).resolve().parents[1])
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (here, os.environ.get("PYTHONPATH"))))}


@contextmanager
def at_work() -> Iterator[tuple[BinaryIO, BinaryIO]]:
    """What a hired process reads from and answers to, until nobody asks any more."""
    with os.fdopen(os.dup(1), "wb") as answers, suppress(BrokenPipeError, KeyboardInterrupt, EOFError):
        os.dup2(2, 1)  # what anybody prints must not get between the answers
        yield sys.stdin.buffer, answers
