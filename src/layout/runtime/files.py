"""Files read and written: bounded, regular, whole or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .limits import FILE_BYTES, Limit, LimitError, over


class NotAFile(OSError):
    """A device, a pipe or a folder where a file is wanted."""


def regular(path: Path, limit: Limit = FILE_BYTES) -> int:
    """The size of a regular file, for a library that opens it by its name. Raises as `read_bytes` does."""
    state = os.stat(path)
    if not stat.S_ISREG(state.st_mode):
        raise NotAFile(f"not a file: {path}")
    if state.st_size > limit.most:
        raise LimitError([over(limit, found=state.st_size, subject=path.name)])
    return state.st_size


def read_bytes(path: Path, limit: Limit = FILE_BYTES) -> bytes:
    """The bytes of a regular file.

    Raises:
        OSError: it cannot be read; NotAFile where it is a device, a pipe or a folder.
        LimitError: it is larger than the limit.
    """
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    return read_handle(handle, path.name, limit)


def read_handle(handle: int, name: str, limit: Limit) -> bytes:
    """The bytes of a file that is open, which is closed; see `read_bytes`."""
    with os.fdopen(handle, "rb") as file:
        state = os.fstat(file.fileno())
        if not stat.S_ISREG(state.st_mode):
            raise NotAFile(f"not a file: {name}")
        if state.st_size > limit.most:
            raise LimitError([over(limit, found=state.st_size, subject=name)])
        return file.read(limit.most + 1)


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """A draft beside `target` which takes its place when the block ends well, and goes when it does not.

    A symbolic link is followed; a device or a pipe is written through.
    """
    target = Path(os.path.realpath(target))
    draft = target.with_name(f".{target.name}.{os.getpid()}-{os.urandom(4).hex()}.part")
    try:
        yield draft
        if target.exists() and not target.is_file():
            with target.open("wb") as device:
                device.write(draft.read_bytes())
            draft.unlink()
        else:
            os.replace(draft, target)
    except BaseException:
        with suppress(OSError):
            draft.unlink()
        raise
