"""Whether a folder belongs to this user alone: artifacts in the cache are used again, so no other user may write them."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from ..errors import Message

_OTHERS = stat.S_IWGRP | stat.S_IWOTH


def make_own(folder: Path) -> None:
    """Makes a folder, and those above it that are not there, with access for this user alone.

    Raises:
        OSError: it cannot be made.
    """
    if folder.is_dir():
        return
    make_own(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)


def who_else_writes(folder: Path) -> Message | None:
    """Why other users could put files into a folder, now or by replacing it; None where they cannot.

    A folder above it may be writable for all only where its sticky bit protects it from them, as in `/tmp`.
    """
    if not hasattr(os, "geteuid"):
        return None  # Windows has other rights, and a folder of each user's own
    for start in dict.fromkeys((os.path.abspath(folder), os.path.realpath(folder))):
        place, is_above = Path(start), False
        for one in (place, *place.parents):
            try:
                state = os.lstat(one)
            except OSError:
                continue  # not there yet: whoever makes it needs a right of the folder above
            if found := _fault(one, state, is_above):
                return found
            is_above = True
    return None


def _fault(path: Path, state: os.stat_result, is_above: bool) -> Message | None:
    if stat.S_ISLNK(state.st_mode):
        return None if state.st_uid in (0, os.geteuid()) else _belongs_to_others(path)
    if state.st_uid not in ((0, os.geteuid()) if is_above else (os.geteuid(),)):
        return _belongs_to_others(path)
    if state.st_mode & _OTHERS and not (is_above and state.st_mode & stat.S_ISVTX):
        return Message(f"{path} 别人也能写", f"others may write into {path}")
    return None


def _belongs_to_others(path: Path) -> Message:
    return Message(f"{path} 是别人的", f"{path} belongs to somebody else")
