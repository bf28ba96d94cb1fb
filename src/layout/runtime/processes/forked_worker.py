"""A copy of this process that computes something and sends it back."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe
from typing import NoReturn

PIPE_BYTES = 1 << 20  # bytes that may wait to be received, the most that Linux allows an ordinary user

Send = Callable[[bytes], None]


class ForkedWorker:
    """A forked copy of this process that runs `work` with a function that sends messages back. To be stopped.

    It is forked, so it has all objects of this process without sending them; the process must have no other threads.
    """

    def __init__(self, work: Callable[[Send], None]) -> None:
        self._connection, theirs = Pipe(duplex=False)
        _widen(theirs)
        self.has_more = True  # messages may still come
        self._process = os.fork()
        if not self._process:
            self._connection.close()
            _run(work, theirs)
        theirs.close()

    def messages(self) -> Iterator[bytes]:
        """The messages that were sent since the last call, without waiting for others."""
        try:
            while self.has_more and self._connection.poll():
                yield self._connection.recv_bytes()
        except (EOFError, OSError):
            self.has_more = False

    def stop(self) -> None:
        """Ends the process, whatever it is doing."""
        self._connection.close()
        with suppress(OSError):
            os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)


def _run(work: Callable[[Send], None], connection: Connection) -> NoReturn:
    """Runs in the copy. It ends by `os._exit`, as every forked copy must: what this process does at its end (drafts
    removed, workers closed, buffers flushed) is not the copy's to do."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        gc.disable()
        work(connection.send_bytes)
    finally:
        os._exit(0)


def _widen(connection: Connection) -> None:
    """Lets more bytes wait in the pipe, where the system can, so that the copy seldom waits to send."""
    with suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(connection.fileno(), fcntl.F_SETPIPE_SZ, PIPE_BYTES)
