"""Signs of life while something takes longer than a second: one line on a terminal, written over and over."""

from __future__ import annotations

import sys
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from shutil import get_terminal_size
from typing import TextIO

_PATIENCE = 1.0  # seconds, after which the line appears
_PAUSE = 0.1  # seconds between two changes of it, at least
_CLEAR = "\r\x1b[K"


class ProgressLine:
    """A line on a stream that shows how far something is; nothing is written where the stream is no terminal."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream if stream is not None else sys.stderr
        self._live = self._stream.isatty()
        self._start = self._last = time.monotonic()
        self._shown = False

    def show(self, text: str) -> None:
        """Shows a text in the place of what the line showed."""
        now = time.monotonic()
        if not self._live or now - self._start < _PATIENCE or (self._shown and now - self._last < _PAUSE):
            return
        self._last, self._shown = now, True
        self._stream.write(_CLEAR + _fitting(text, get_terminal_size().columns - 1))
        self._stream.flush()

    def step(self, doing: str, done: int, whole: int, name: str = "") -> None:
        """Shows `doing 3/24 name`."""
        self.show(f"{doing} {done}/{whole} {name}".rstrip())

    def clear(self) -> None:
        """Takes the line away, before something else is written."""
        if self._shown:
            self._stream.write(_CLEAR)
            self._stream.flush()
            self._shown = False


@contextmanager
def progress_line(stream: TextIO | None = None) -> Iterator[ProgressLine]:
    """A progress line that is gone at the end of the block, however it ends."""
    line = ProgressLine(stream)
    try:
        yield line
    finally:
        line.clear()


def cells(text: str) -> int:
    """How many cells of a terminal a text takes: Han take two, combining marks none."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in ("W", "F") else 1 for c in text
    )


def _fitting(text: str, width: int) -> str:
    """The head of a text that takes at most `width` cells, without control characters."""
    text = "".join(c if c.isprintable() else "?" for c in text)
    while text and cells(text) > width:
        text = text[:-1]
    return text
