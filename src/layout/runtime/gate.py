"""The gate to the file system for file names in an issue or a style, neither of which is trusted.

Paths on the command line or given to the library are trusted; names in files are not. Those are opened here only:
inside the folders that the issue or style may read, links resolved first, regular files alone.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path, PureWindowsPath

from ..errors import Message, Problem, SourceLocation
from .files import NotAFile, read_handle
from .limits import FILE_BYTES, Limit
from .resources import data_folder

_FLAGS = ("O_NONBLOCK", "O_BINARY", "O_NOFOLLOW", "O_CLOEXEC")
_FILES_OPEN = "/proc/self/fd" if sys.platform.startswith("linux") else ""


ISSUE, STYLE = Message("本期", "the issue's"), Message("样式", "the style's")  # whose folder it is, in messages


class Outside(OSError):
    """A file outside the folders that may be read or written."""


class Gate:
    """Opens files in some folders, links to these resolved; `home` is whose they are."""

    def __init__(self, folders: Iterable[str | Path], home: Message = ISSUE) -> None:
        self.home = home
        self.named = tuple(os.path.abspath(folder) for folder in folders)
        self.folders = tuple(os.path.realpath(folder) for folder in self.named)

    def find(self, path: str | Path) -> Path:
        """The real path of a file, which is inside the folders; it need not exist yet.

        Raises:
            Outside: it leads out of them, by its own text or over a link.
        """
        try:
            real = os.path.realpath(path)
        except (OSError, ValueError) as error:  # a loop of links, NUL in the name
            raise Outside(f"not inside: {path!r}") from error
        if self._holds(real) or self._is_installed(os.path.abspath(path)):
            return Path(real)
        raise Outside(f"not inside: {path}")

    def holds(self, path: str | Path) -> bool:
        """Whether a path stays inside the folders."""
        try:
            return bool(self.find(path))
        except Outside:
            return False

    def is_file(self, path: str | Path) -> bool:
        """Whether a regular file lies there, inside the folders."""
        try:
            return stat.S_ISREG(os.lstat(self.find(path)).st_mode)
        except (OSError, ValueError):
            return False

    def read(self, path: str | Path, limit: Limit = FILE_BYTES) -> bytes:
        """The bytes of a regular file inside the folders.

        The opened file is checked once more: a folder of its path may have become a link since it was resolved.

        Raises:
            Outside: it is outside the folders.
            OSError: it cannot be read; NotAFile where it is a device, a pipe or a folder.
            LimitError: it is larger than the limit.
        """
        real = self.find(path)
        if not stat.S_ISREG(os.lstat(real).st_mode):
            raise NotAFile(f"not a file: {path}")  # opening some devices does something already
        flags = os.O_RDONLY
        for name in _FLAGS:
            flags |= getattr(os, name, 0)
        handle = os.open(real, flags)
        if _FILES_OPEN:
            try:
                opened = os.readlink(f"{_FILES_OPEN}/{handle}")
            except OSError:  # no /proc here
                opened = str(real)
            if opened != str(real) and not self._holds(opened):
                os.close(handle)
                raise Outside(f"not inside: {path}")
        return read_handle(handle, real.name, limit)

    def _holds(self, real: str) -> bool:
        return any(_is_below(real, folder) for folder in self.folders)

    def _is_installed(self, path: str) -> bool:
        """Whether it is in a folder of an installed package, whose files some installers make links out of it."""
        return any(_is_below(path, named) and any(_is_below(named, home) for home in _homes()) for named in self.named)


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder if folder.endswith(os.sep) else folder + os.sep)


def _homes() -> list[str]:
    """The folders of installed packages, and the library's own data."""
    packages = [os.path.abspath(path) for path in sys.path if Path(path).name in ("site-packages", "dist-packages")]
    return [*packages, str(data_folder("styles")), str(data_folder("fonts"))]


def leads_out(name: str) -> bool:
    """Whether a name leads out of its folder by its own text: from a root or a drive, or by `..`."""
    windows = PureWindowsPath(name)
    if os.path.isabs(name) or windows.drive or windows.root or "\0" in name:
        return True
    return os.path.normpath(name).split(os.sep, 1)[0] == ".."


def place_in(folder: Path, name: str) -> Path | None:
    """The path of a name in a folder, links unresolved; None where it is outside, even over a link."""
    if leads_out(name):
        return None
    path = folder / name
    return path if Gate((folder,)).holds(path) else None


def files_below(folder: Path) -> list[Path]:
    """The regular files in a folder and in those below it, but for links that lead out of it."""
    gate = Gate((folder,))
    return [path for path in sorted(folder.rglob("*")) if gate.is_file(path)]


def lies_outside(name: str, mark: SourceLocation | None, home: Message = ISSUE) -> Problem:
    """The problem of a name that leads out of a folder; `home` is whose folder."""
    return Problem(
        "outside-folder",
        Message(f"文件 {name} 不在{home.zh}的文件夹里", f"the file {name} lies outside {home.en} folder"),
        Message(f"把它复制到{home.zh}文件夹，写相对路径", "copy it into the folder and give its path from there"),
        mark,
    )
