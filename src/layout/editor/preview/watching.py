"""Watching the folders that an issue is made from."""

from __future__ import annotations

import asyncio
from pathlib import Path

from watchfiles import DefaultFilter, awatch

from ..session import EditingSession

STEP, DEBOUNCE = 5, 60  # ms: how long a burst of changes is waited for
RETRY = 0.5  # s


class SourceFilesFilter(DefaultFilter):
    """What an issue is made from: not what is built from it, nor what programs keep beside open files."""

    ignore_entity_patterns = (*DefaultFilter.ignore_entity_patterns, r"\.pdf$", r"^\.", r"^~", r"\.tmp$", r"\.part$")


async def watch(session: EditingSession) -> None:
    """Builds once, then again after every save, for ever."""
    await session.rebuild()
    while True:
        folders = _folders(session)
        try:
            async for _ in awatch(*folders, watch_filter=SourceFilesFilter(), debounce=DEBOUNCE, step=STEP):
                await session.rebuild()
                if _folders(session) != folders:  # another style was chosen, or a folder is gone
                    break
        except (OSError, RuntimeError):  # a folder went away while it was watched
            await asyncio.sleep(RETRY)
            await session.rebuild()


def _folders(session: EditingSession) -> tuple[Path, ...]:
    """The folders to watch that are there."""
    path = Path(session.path).resolve()
    folders = session.build.folders if session.build else (path if path.is_dir() else path.parent,)
    return tuple(folder for folder in folders if folder.is_dir())
