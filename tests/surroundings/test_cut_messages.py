"""A message between processes that is cut short is no message: it is neither received in part nor taken for the whole."""

from __future__ import annotations

import os
import pickle
import struct
import sys
import time
from pathlib import Path

import pytest

from layout.runtime.processes.forked_worker import ForkedWorker, Send
from layout.runtime.processes.worker import SubprocessWorker, WorkerUnreachable

PYTHON = sys.executable
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no processes are forked here")


def received(work: object) -> list[bytes]:
    """Every message of a forked worker that runs `work`, until it has ended."""
    worker = ForkedWorker(work)  # type: ignore[arg-type]
    messages: list[bytes] = []
    until = time.monotonic() + 60
    while worker.has_more and time.monotonic() < until:
        messages += worker.messages()
    worker.stop()
    assert not worker.has_more
    return messages


def test_every_whole_message_of_a_forked_worker_is_received_an_empty_one_too() -> None:
    sent = [b"abc", b"", bytes(3_000_000), b"d"]  # more than waits in a pipe

    def work(send: Send) -> None:
        for message in sent:
            send(message)

    assert received(work) == sent


@pytest.mark.parametrize("missing", [1, 2, 3, 5, 7])
def test_a_message_of_a_forked_worker_that_dies_in_the_middle_is_not_received(missing: int) -> None:
    def work(send: Send) -> None:
        send(b"whole")
        pipe: int = send.__self__.fileno()  # type: ignore[attr-defined]
        os.write(pipe, (struct.pack("!i", 4) + b"half")[:-missing])

    assert received(work) == [b"whole"]


def answering(folder: Path, data: bytes, monkeypatch: pytest.MonkeyPatch) -> SubprocessWorker:
    """A process that begins as a worker does, sends these bytes and ends."""
    program = folder / "python"
    program.write_text(
        f"#!{PYTHON}\nimport os, sys\nfrom multiprocessing.connection import Connection\n"
        f"connection = Connection(int(sys.argv[-1]))\nconnection.send('ready')\nos.write(connection.fileno(), {data!r})\n"
    )
    program.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(program))
    return SubprocessWorker("layout.press.preflight.worker")


def test_an_answer_that_is_cut_short_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even where what has come could be read: a pickle with something behind it."""
    data = pickle.dumps("answer") + bytes(10)
    head = struct.pack("!i", len(data))
    whole = answering(tmp_path, head + data, monkeypatch)
    assert whole.receive() == "answer"
    with pytest.raises(WorkerUnreachable):
        whole.receive()
    whole.close()
    for cut in (head + data[:-1], head + data[:-10], head, head[:3], b""):
        one = answering(tmp_path, cut, monkeypatch)
        with pytest.raises(WorkerUnreachable):
            one.receive()
        one.close()
