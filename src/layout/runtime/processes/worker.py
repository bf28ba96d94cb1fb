"""Subprocess workers: a module of this library in a process of its own, which imports what it needs at the same time.

Messages are those of `multiprocessing.connection`. The rest of `multiprocessing` is not used: its processes import the
calling program's main module again, and need a tracker process.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any

_READY = "ready"  # the first message of a worker
_PATIENCE = 20.0  # seconds until that message must have come
_MARK = "LAYOUT_AT_WORK"  # in the environment of a worker, which starts none itself


class WorkerUnreachable(Exception):
    """The process has ended, or sent no first message in time."""


class SubprocessWorker:
    """A process that runs `module`, which replies to each message with one. To be closed.

    It receives messages even while it is busy, and queues its replies until they are received, so neither side blocks
    the other. Raises OSError where no process can be started. The process has a session of its own: an interrupt from
    the terminal reaches only the calling process.
    """

    def __init__(self, module: str) -> None:
        if os.name != "posix" or not can_start_python():
            raise OSError("no Python to start, or no way to pass it a connection")
        from multiprocessing.connection import Pipe

        self._is_ready = False  # its first message was received
        self._connection, theirs = Pipe()
        try:
            with theirs:
                self._process = subprocess.Popen(
                    [sys.executable, "-m", module, str(theirs.fileno())],
                    stdin=subprocess.DEVNULL,
                    stdout=2,  # what any library prints is no output of the command
                    pass_fds=[theirs.fileno()],
                    env=environment(),
                    start_new_session=True,
                )
        except BaseException:
            self._connection.close()
            raise

    def send(self, message: Any) -> None:
        """Sends a message. Raises WorkerUnreachable."""
        try:
            self._connection.send(message)
        except (OSError, ValueError) as error:
            raise WorkerUnreachable from error

    def receive(self) -> Any:
        """The next reply. Raises WorkerUnreachable."""
        try:
            if not self._is_ready:
                if not self._connection.poll(_PATIENCE) or self._connection.recv() != _READY:
                    raise OSError("no worker answers")
                self._is_ready = True
            return self._connection.recv()  # of a process started here, over a descriptor that it alone has
        except (OSError, EOFError, pickle.UnpicklingError, ValueError, TypeError) as error:
            raise WorkerUnreachable from error

    def query(self, message: Any) -> Any:
        """Sends a message and returns its reply; all earlier replies must have been received. Raises WorkerUnreachable."""
        self.send(message)
        return self.receive()

    def close(self) -> None:
        """Ends the process."""
        self._connection.close()
        self._process.terminate()
        self._process.wait()


def can_start_python() -> bool:
    """Whether `sys.executable` is an interpreter. In a frozen or embedding program it is that program, or nothing."""
    return (
        not getattr(sys, "frozen", False)
        and Path(sys.executable or "").name.lower().startswith(("python", "pypy"))
        and _MARK not in os.environ
    )


def environment() -> dict[str, str]:
    """The environment in which the process finds this library where this process found it."""
    here = str(Path(__file__).resolve().parents[3])
    return {**os.environ, _MARK: "1", "PYTHONPATH": os.pathsep.join(filter(None, (here, os.environ.get("PYTHONPATH"))))}


def runs_in_a_pool() -> bool:
    """Whether this process is a worker of an executor's pool, so that no processor is free."""
    multiprocessing = sys.modules.get("multiprocessing.process")
    return multiprocessing is not None and multiprocessing.parent_process() is not None


@contextmanager
def serve_requests() -> Iterator[tuple[Iterator[Any], Callable[[Any], None]]]:
    """In a worker: yields its messages, until the connection ends, and the function that sends replies.

    The descriptor of the connection is the process's argument. Two threads receive and send, so that neither process
    waits until the other receives.
    """
    from multiprocessing.connection import Connection

    connection = Connection(int(sys.argv[1]))
    incoming: SimpleQueue[bytes] = SimpleQueue()
    outgoing: SimpleQueue[bytes] = SimpleQueue()
    connection.send(_READY)

    def receive_requests() -> None:
        with suppress(EOFError, OSError):
            while True:
                incoming.put(connection.recv_bytes())
        incoming.put(b"")

    def send_responses() -> None:
        with suppress(OSError):
            while True:
                connection.send_bytes(outgoing.get())

    for work in (receive_requests, send_responses):
        Thread(target=work, daemon=True).start()
    with suppress(KeyboardInterrupt):
        yield (
            map(pickle.loads, iter(incoming.get, b"")),  # of the process that started this one
            lambda answer: outgoing.put(pickle.dumps(answer)),
        )
