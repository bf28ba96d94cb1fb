"""Somebody hired: a module of this library in a process of its own. It imports what it needs while we do other work."""

from __future__ import annotations

import os
import pickle
import select
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from time import monotonic
from typing import IO, Any

_HELLO = b"layout at work\n"  # the first thing a process of ours says
_PATIENCE = 20.0  # seconds in which it must have said so
_MARK = "LAYOUT_AT_WORK"  # in the environment of such a process, which starts none itself
_LENGTH = struct.Struct(">Q")  # of a message, which is a pickle
_PIPE_BYTES = 1 << 20  # bytes that wait between us while nobody listens, the most that Linux gives everybody


class WorkerUnreachable(Exception):
    """The process is gone, or does not answer as it should."""


class SubprocessWorker:
    """A process that runs `module` and answers with pickles what it is sent as pickles. To be closed.

    It takes messages as they come, be it busy or not, and keeps its answers until they are asked for; so nobody waits
    to be heard. Raises OSError where no process can be started. It has a session of its own: an interrupt is ours to
    handle.
    """

    def __init__(self, module: str) -> None:
        if not _is_python():
            raise OSError("no Python to start")
        self._is_ours = False  # it has said so
        self._process = subprocess.Popen(
            [sys.executable, "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            pipesize=_PIPE_BYTES,
            env=_environment(),
            start_new_session=True,
        )

    def send(self, message: Any) -> None:
        """Raises Unreachable."""
        assert self._process.stdin is not None
        try:
            _write(self._process.stdin, pickle.dumps(message))
        except (OSError, ValueError) as error:
            raise WorkerUnreachable from error

    def receive(self) -> Any:
        """The next answer. Raises Unreachable."""
        assert self._process.stdout is not None
        try:
            if not self._is_ours:
                _expect_hello(self._process.stdout)
                self._is_ours = True
            return pickle.loads(_read(self._process.stdout))  # of our own process
        except (OSError, EOFError, pickle.UnpicklingError, ValueError, TypeError) as error:
            raise WorkerUnreachable from error

    def query(self, message: Any) -> Any:
        """The answer to a message, where all others were received. Raises Unreachable."""
        self.send(message)
        return self.receive()

    def close(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()
        self._process.terminate()
        self._process.wait()


def _is_python() -> bool:
    """Whether `sys.executable` is an interpreter. In a frozen or embedding program it is that program, or nothing."""
    return (
        not getattr(sys, "frozen", False)
        and Path(sys.executable or "").name.lower().startswith(("python", "pypy"))
        and _MARK not in os.environ
    )


def _expect_hello(pipe: IO[bytes]) -> None:
    """Raises OSError where whatever was started is not this module, or does not come to work."""
    end = monotonic() + _PATIENCE
    message = b""
    while len(message) < len(_HELLO):
        if os.name == "posix" and not select.select([pipe], [], [], max(0.0, end - monotonic()))[0]:
            raise OSError("no answer")
        more = os.read(pipe.fileno(), len(_HELLO) - len(message))
        message += more
        if not more or not _HELLO.startswith(message):
            raise OSError("another program")


def _environment() -> dict[str, str]:
    """The process finds this library where we found it."""
    here = str(Path(__file__).resolve().parents[2])
    return {**os.environ, _MARK: "1", "PYTHONPATH": os.pathsep.join(filter(None, (here, os.environ.get("PYTHONPATH"))))}


def _write(pipe: IO[bytes], data: bytes) -> None:
    pipe.write(_LENGTH.pack(len(data)) + data)
    pipe.flush()


def _read(pipe: IO[bytes]) -> bytes:
    """Raises EOFError where there is no more."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    data = pipe.read(_LENGTH.unpack(head)[0])
    if len(data) < _LENGTH.unpack(head)[0]:
        raise EOFError
    return data


def runs_in_a_pool() -> bool:
    """Whether this process is one of many that somebody's executor keeps busy: no processor is free then."""
    multiprocessing = sys.modules.get("multiprocessing")
    return multiprocessing is not None and multiprocessing.parent_process() is not None


@contextmanager
def serve_requests() -> Iterator[tuple[Iterator[Any], Callable[[Any], None]]]:
    """What a hired process is sent, until nobody asks any more, and how it answers.

    Two threads take messages in and give answers out, so that neither side waits for the other's ear.
    """
    incoming: SimpleQueue[bytes] = SimpleQueue()
    outgoing: SimpleQueue[bytes] = SimpleQueue()
    requests, responses = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what anybody prints must not get between the answers
    with suppress(OSError):
        responses.write(_HELLO)
        responses.flush()

    def read_requests() -> None:
        with suppress(EOFError, OSError):
            while True:
                incoming.put(_read(requests))
        incoming.put(b"")

    def write_responses() -> None:
        with suppress(OSError):
            while True:
                _write(responses, outgoing.get())

    for work in (read_requests, write_responses):
        Thread(target=work, daemon=True).start()
    with suppress(KeyboardInterrupt):
        yield (
            map(pickle.loads, iter(incoming.get, b"")),
            lambda answer: outgoing.put(pickle.dumps(answer)),
        )  # of who hired us
