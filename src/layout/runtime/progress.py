"""Signs of life while something takes longer than a second: one line on a terminal, written over and over.

The line counts the seconds by a timer of the system, not by a thread: stories are set in forked processes only where
there are no threads.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from shutil import get_terminal_size
from typing import Any, TextIO

from ..errors import Message

_PATIENCE = 0.6  # seconds, after which the line appears: less than one, of which starting takes a part
_PAUSE = 0.5  # seconds between two ticks
_QUICK = 0.1  # seconds between two changes of the line, at least
_CLEAR = "\r\x1b[K"
_lines: list[ProgressLine] = []  # those that tick now, the last one on top


class ProgressLine:
    """A line on a stream that shows what is being done, and for how long; nothing is written where the stream is no
    terminal, or within the first second."""

    def __init__(self, stream: TextIO | None = None, language: str = "en") -> None:
        self._stream = stream if stream is not None else sys.stderr
        self._language = language
        self.is_live = self._stream.isatty()
        self._start = time.monotonic()
        self._last = 0.0
        self._text, self._count, self._since = "", "", self._start
        self._shown = self._ticks = False
        self._before: Any = None

    def show(self, text: str) -> None:
        """Shows a text in the place of what the line showed."""
        if not self.is_live:
            return
        now = time.monotonic()
        if text != self._text:
            self._text, self._count, self._since = text, "", now
        self._tick_on()
        if now - self._start >= _PATIENCE and now - self._last >= _QUICK:
            self._draw(text)

    def count(self, done: int, whole: int, unit: Message) -> None:
        """Adds to the text how much of it is done: `composing… 3/24 stories`."""
        self._count = f" {done}/{whole} {unit.in_language(self._language)}"
        now = time.monotonic()
        if now - self._start >= _PATIENCE and now - self._last >= _QUICK:
            self._tick()

    def step(self, doing: str, done: int, whole: int, name: str = "") -> None:
        """Shows `doing 3/24 name`."""
        self.show(f"{doing} {done}/{whole} {name}".rstrip())

    def clear(self) -> None:
        """Takes the line away, before something else is written."""
        if self._ticks:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, self._before)
            self._ticks = False
        if self in _lines:
            _lines.remove(self)
        if self._shown:
            self._write(_CLEAR)
            self._shown = False

    def _tick_on(self) -> None:
        """Has the line drawn anew by itself, where the system has a timer and this is the main thread."""
        if self not in _lines:
            _lines.append(self)
            if hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread():
                self._before = signal.signal(signal.SIGALRM, self._tick)
                signal.setitimer(signal.ITIMER_REAL, _PATIENCE, _PAUSE)
                self._ticks = True

    def _tick(self, *_: object) -> None:
        seconds = int(time.monotonic() - self._since)
        text = self._text + self._count
        self._draw(f"{text} {seconds} s" if seconds else text)

    def _draw(self, text: str) -> None:
        self._last, self._shown = time.monotonic(), True
        self._write(_CLEAR + _fitting(text, get_terminal_size().columns - 1))

    def _write(self, text: str) -> None:
        """Writes past the stream's buffer, in which a tick may fall."""
        with suppress(OSError, ValueError):
            try:
                handle = self._stream.fileno()
            except OSError:  # no file
                self._stream.write(text)
            else:
                os.write(handle, text.encode(self._stream.encoding or "utf-8", "replace"))


@contextmanager
def progress_line(stream: TextIO | None = None, language: str = "en") -> Iterator[ProgressLine]:
    """A progress line that is gone at the end of the block, however it ends."""
    line = ProgressLine(stream, language)
    try:
        yield line
    finally:
        line.clear()


def count_progress(done: int, whole: int, unit: Message) -> None:
    """Shows on the line that ticks how much of its step is done, in stories or pages; nothing where none ticks."""
    if _lines:
        _lines[-1].count(done, whole, unit)


def clear_progress() -> None:
    """Takes away every line that ticks, before something else is written."""
    for line in list(_lines):
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
