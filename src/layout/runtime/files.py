"""Files read and written: bounded, regular, whole or not at all.

A draft is a file in the same folder under a name of its own, and replaces the file when it is finished. It is locked
while its process runs, so that the draft of a killed process can be recognised and removed.
"""

from __future__ import annotations

import errno
import io
import os
import re
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from ..errors import Message, Problem, SourceLocation
from .limits import FILE_BYTES, Limit, LimitError, over

_DRAFT = re.compile(r"\.layout-[0-9a-f]{16}\.part")
_OLD = 24 * 3600.0  # seconds, after which a draft is a stray where files cannot be locked


class NotAFile(OSError):
    """A device, a pipe or a folder in the place of a regular file."""


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
        return file.read(min(state.st_size, limit.most) + 1)  # `read` allocates a buffer of the size it is given


def readable(path: Path) -> Path | io.BytesIO:
    """The path, or where it is not UTF-8, which libraries in C++ do not take, what is in the file. Raises OSError."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return io.BytesIO(read_bytes(path))
    return path


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """A draft which replaces `target` when the block ends normally, and is removed when it does not.

    A symbolic link is followed; a device or a pipe is written through. A file that was there keeps its mode. The
    draft is to be opened and written, not replaced.

    Raises:
        OSError: the folder cannot be made or written, or `target` is a folder.
    """
    with draft_for(target) as draft:
        yield draft
        put(draft, target)


def write_bytes(target: Path, data: bytes) -> None:
    """Writes a file whole or not at all; see `whole_file`."""
    with whole_file(target) as draft:
        draft.write_bytes(data)


@contextmanager
def whole_files() -> Iterator[Callable[[Path], Path]]:
    """Yields a function that makes drafts for files that belong together: at the end all replace their files, or none does.

    Where one cannot, those before it are restored.

    Raises:
        OSError: as `whole_file`.
    """
    drafts: dict[Path, Path] = {}
    with ExitStack() as stack:

        def draft_of(target: Path) -> Path:
            drafts[target] = draft = stack.enter_context(draft_for(target))
            return draft

        yield draft_of
        with ExitStack() as back:
            for target in drafts:
                _restore_on_failure(target, stack, back)
            for target, draft in drafts.items():
                put(draft, target)
            back.pop_all()


def _restore_on_failure(target: Path, stack: ExitStack, back: ExitStack) -> None:
    """Registers in `back` that the present state of `target`, which may be no file, is restored."""
    target = _place(target)
    if not os.path.lexists(target):
        back.callback(target.unlink, missing_ok=True)
    elif target.is_file():
        old = stack.enter_context(draft_for(target))
        old.unlink()
        try:
            os.link(target, old)
        except OSError:  # a file system without links
            from shutil import copy2

            copy2(target, old)
        if os.name == "posix":
            stack.enter_context(_locked(os.open(old, os.O_RDONLY)))
        back.callback(os.replace, old, target)


@contextmanager
def draft_for(target: Path) -> Iterator[Path]:
    """An empty draft in the folder of `target`, for `put`; it is removed if it was not put.

    Drafts that killed processes left in that folder are removed. A draft for a device or a pipe stands with the
    temporary files.
    """
    target = _place(target)
    folder = target.parent
    if target.exists() and not target.is_file():
        from tempfile import gettempdir

        folder = Path(gettempdir())
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    draft = folder / f".layout-{os.urandom(8).hex()}.part"
    handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666)
    with _locked(handle):
        try:
            yield draft
        finally:
            with suppress(OSError):
                draft.unlink()


@contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """A draft folder which takes the place of `target`, that is not there or empty, when the block ends well.

    Raises:
        OSError: it cannot be made, or `target` is a file or holds something.
    """
    target = _place(target, folder=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    _sweep(target.parent)
    draft = target.parent / f".layout-{os.urandom(8).hex()}.part"
    draft.mkdir()
    with _locked(os.open(draft, os.O_RDONLY)) if os.name == "posix" else ExitStack():
        try:
            yield draft
            if target.is_dir():
                target.rmdir()
            os.replace(draft, target)
        finally:
            _remove(draft)


def put(draft: Path, target: Path) -> None:
    """Replaces a file by a draft. Raises OSError."""
    target = _place(target)
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        os.replace(draft, target)
        return
    if stat.S_ISREG(mode):
        if stat.S_IMODE(draft.stat().st_mode) != stat.S_IMODE(mode):
            draft.chmod(stat.S_IMODE(mode))
        os.replace(draft, target)
    else:
        with draft.open("rb") as source, target.open("wb", buffering=0) as device:
            while data := source.read(1 << 20):
                while data:
                    data = data[device.write(data) :]


def _place(target: Path, *, folder: bool = False) -> Path:
    """The real path of a file. Raises OSError where nothing can be written under that name."""
    try:
        if target.exists() and not (target.is_file() or target.is_dir()):
            return target  # a device or a pipe, be it `/dev/stdout`
        found = Path(os.path.realpath(target))
        if found.is_symlink():
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(target))
        if not folder and found.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    except ValueError as error:  # a name with a null in it
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(target)) from error
    if len(os.fsencode(found.name)) > 255:
        raise OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG), str(target))
    return found


@contextmanager
def _locked(handle: int) -> Iterator[None]:
    """Locks an open file, where the system has locks, until the process ends."""
    try:
        if sys.platform == "win32":
            os.close(handle)
            handle = -1
        else:
            import fcntl

            with suppress(OSError):
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        if handle >= 0:
            os.close(handle)


def _sweep(folder: Path) -> None:
    """Removes drafts of this library whose process has ended."""
    with suppress(OSError):
        for entry in [entry for entry in os.scandir(folder) if _DRAFT.fullmatch(entry.name)]:
            with suppress(OSError):
                if _is_stray(entry):
                    if entry.is_dir(follow_symlinks=False):
                        _remove(entry.path)
                    else:
                        os.unlink(entry.path)


def _remove(folder: str | Path) -> None:
    from shutil import rmtree

    rmtree(folder, ignore_errors=True)


def _is_stray(entry: os.DirEntry[str]) -> bool:
    state = entry.stat(follow_symlinks=False)
    if not (stat.S_ISREG(state.st_mode) or stat.S_ISDIR(state.st_mode)):
        return False
    if sys.platform == "win32":
        return time.time() - state.st_mtime > _OLD
    if state.st_uid != os.geteuid():
        return False
    import fcntl

    handle = os.open(entry.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks
        return time.time() - state.st_mtime > _OLD
    finally:
        os.close(handle)
    return True


def unwritable(place: object, error: OSError) -> Problem:
    """The problem of a file or a folder that cannot be written."""
    why = error.strerror or str(error)
    name = str(place) or "''"
    return Problem(
        "unwritable",
        Message(f"写不了 {name}：{why}", f"{name} cannot be written: {why}"),
        Message(
            "检查名字、文件夹的权限和磁盘空间，或关掉正打开它的程序",
            "look at its name, the folder's permissions and the disk's space, or close what has it open",
        ),
        SourceLocation(name),
    )
