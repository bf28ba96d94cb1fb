"""A message between processes that is cut short is no message: it is neither read in part nor taken for the whole."""

from __future__ import annotations

import os
import pickle
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from layout.page.flow import workers
from layout.runtime import worker
from layout.runtime.worker import SubprocessWorker, WorkerUnreachable

PYTHON = sys.executable
posix = pytest.mark.skipif(not hasattr(os, "fork"), reason="no processes are forked here")


class Pipe:
    """A worker's pipe, written to by the test in its place."""

    def __init__(self) -> None:
        self.read_end, self.write_end = os.pipe()
        self.worker = object.__new__(workers._ForkedWorker)
        self.worker._read_end, self.worker._buffer, self.worker.has_ended = self.read_end, b"", False

    def send(self, data: bytes) -> list[tuple[int, bytes]]:
        """What has come in whole once `data` is written."""
        os.write(self.write_end, data)
        return [*self.worker.results()]

    def close(self) -> list[tuple[int, bytes]]:
        os.close(self.write_end)
        return [*self.worker.results(), *self.worker.results()]


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    one = Pipe()
    yield one
    os.close(one.read_end)


def message(number: int, data: bytes) -> bytes:
    return workers._HEAD.pack(number, len(data)) + data


@posix
def test_a_story_is_received_once_its_last_byte_is(pipe: Pipe) -> None:
    whole = message(7, b"abc")
    for end in range(len(whole) - 1):
        assert pipe.send(whole[end : end + 1]) == []
    assert pipe.send(whole[-1:]) == [(7, b"abc")]
    assert pipe.send(message(6, b"") + message(5, b"de") + message(4, b"fg")[:-1]) == [(6, b""), (5, b"de")]
    assert pipe.send(b"g" + message(3, b"h")) == [(4, b"fg"), (3, b"h")]
    assert pipe.send(message(2, b"")) == [(2, b"")]
    assert pipe.close() == []
    assert pipe.worker.has_ended


@posix
@pytest.mark.parametrize("missing", [1, 2, 3, 10])
def test_a_story_of_a_worker_that_dies_in_the_middle_is_not_received(pipe: Pipe, missing: int) -> None:
    assert pipe.send(message(2, b"whole") + message(1, b"abc")[:-missing]) == [(2, b"whole")]
    assert pipe.close() == []
    assert pipe.worker.has_ended


def answering(folder: Path, data: bytes, monkeypatch: pytest.MonkeyPatch) -> SubprocessWorker:
    """A process that greets as ours does, answers with these bytes and ends."""
    program = folder / "python"
    said = worker._HELLO + data
    program.write_text(f"#!{PYTHON}\nimport os\nos.write(1, {said!r})\n")
    program.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(program))
    return SubprocessWorker("layout.press.preflight.worker")


@posix
def test_an_answer_that_is_cut_short_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even where what has arrived could be read: a pickle with something behind it."""
    data = pickle.dumps("answer") + bytes(10)
    head = struct.pack(">Q", len(data))
    whole = answering(tmp_path, head + data, monkeypatch)
    assert whole.receive() == "answer"
    with pytest.raises(WorkerUnreachable):
        whole.receive()
    whole.close()
    for cut in (head + data[:-1], head + data[:-10], head, head[:7], head[:1], b""):
        one = answering(tmp_path, cut, monkeypatch)
        with pytest.raises(WorkerUnreachable):
            one.receive()
        one.close()
