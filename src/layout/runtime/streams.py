"""Standard streams that may be closed, full, or of an encoding without all characters."""

from __future__ import annotations

import codecs
import io
import os
import sys
from contextlib import suppress
from typing import Any, TextIO

OUTPUT_STATUS = 74  # EX_IOERR of sysexits.h: standard output could not be written


def prepare_streams() -> None:
    """Opens those of the three that are closed, so that no file takes their number, and lets them write any character.

    What an encoding does not have is written `\\uXXXX`, as JSON reads it; bytes of a name that is not UTF-8 are
    written as they are.
    """
    with suppress(OSError):
        while (handle := os.open(os.devnull, os.O_RDWR)) < 3:
            pass
        os.close(handle)
    codecs.register_error("layout", _as_json)
    sys.stdout = _text(sys.stdout, _Output(1, "wb", closefd=False))
    sys.stderr = _text(sys.stderr, _Messages(2, "wb", closefd=False), line_buffering=True)


def _text(before: TextIO | None, file: io.FileIO, *, line_buffering: bool = False) -> TextIO:
    return io.TextIOWrapper(
        io.BufferedWriter(file),
        before.encoding if before else "utf-8",
        "layout",
        line_buffering=line_buffering or file.isatty(),
    )


class OutputError(OSError):
    """Standard output takes no more."""


class _Output(io.FileIO):
    def write(self, data: Any) -> int:
        try:
            return super().write(data)
        except OSError as error:
            raise OutputError(error.errno, error.strerror) from error


class _Messages(io.FileIO):
    """Standard error: where messages cannot be written, the exit status is unchanged."""

    def write(self, data: Any) -> int:
        try:
            return super().write(data)
        except OSError:
            return len(data)


def _as_json(error: UnicodeError) -> tuple[str | bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    parts = []
    for character in error.object[error.start : error.end]:
        code = ord(character)
        if 0xDC80 <= code <= 0xDCFF:
            parts.append(bytes([code - 0xDC00]))
        else:
            data = character.encode("utf-16-be", "surrogatepass")
            parts += [b"\\u%02x%02x" % (data[at], data[at + 1]) for at in range(0, len(data), 2)]
    return b"".join(parts), error.end


def abandon_output() -> None:
    """Discards what standard output still buffers, so that the end of the process raises nothing."""
    with suppress(OSError, ValueError, AttributeError):
        handle = os.open(os.devnull, os.O_WRONLY)
        os.dup2(handle, sys.stdout.fileno())
        os.close(handle)
