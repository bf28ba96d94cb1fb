"""Watching the folders that an issue is made from."""

from __future__ import annotations

import asyncio
from pathlib import Path

from watchfiles import DefaultFilter, awatch

from .desk import Desk

STEP, DEBOUNCE = 5, 60  # ms: how long a burst of changes is waited for
RETRY = 0.5  # s


class Written(DefaultFilter):
    """What an issue is made from: not what is built from it, nor what programs keep beside open files."""

    ignore_entity_patterns = (*DefaultFilter.ignore_entity_patterns, r"\.pdf$", r"^\.", r"^~", r"\.tmp$", r"\.part$")


async def watch(desk: Desk) -> None:
    """Builds once, then again after every save, for ever."""
    await desk.rebuild()
    while True:
        folders = _folders(desk)
        try:
            async for _ in awatch(*folders, watch_filter=Written(), debounce=DEBOUNCE, step=STEP):
                await desk.rebuild()
                if _folders(desk) != folders:  # another style was chosen, or a folder is gone
                    break
        except (OSError, RuntimeError):  # a folder went away while it was watched
            await asyncio.sleep(RETRY)
            await desk.rebuild()


def _folders(desk: Desk) -> tuple[Path, ...]:
    """The folders to watch that are there."""
    path = Path(desk.path).resolve()
    folders = desk.build.folders if desk.build else (path if path.is_dir() else path.parent,)
    return tuple(folder for folder in folders if folder.is_dir())
