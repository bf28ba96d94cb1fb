"""Watches the source folders of an issue and rebuilds."""

from __future__ import annotations

import asyncio
from pathlib import Path

from watchfiles import DefaultFilter, awatch

from ..session import EditingSession

STEP, DEBOUNCE = 5, 60  # ms: a burst of changes counts as one
RETRY = 0.5  # s


class SourceFilesFilter(DefaultFilter):
    """A filter for source files: no output of builds, no temporary files of editors."""

    ignore_entity_patterns = (*DefaultFilter.ignore_entity_patterns, r"\.pdf$", r"^\.", r"^~", r"\.tmp$", r"\.part$")


async def watch(session: EditingSession) -> None:
    """Builds once, then again after every save; does not return."""
    await session.rebuild()
    while True:
        folders = _folders(session)
        try:
            async for _ in awatch(*folders, watch_filter=SourceFilesFilter(), debounce=DEBOUNCE, step=STEP):
                await session.rebuild()
                if _folders(session) != folders:  # another style was chosen, or a folder was removed
                    break
        except (OSError, RuntimeError):  # a watched folder was removed
            await asyncio.sleep(RETRY)
            await session.rebuild()


def _folders(session: EditingSession) -> tuple[Path, ...]:
    """The existing folders to watch."""
    path = Path(session.path).resolve()
    folders = session.build.folders if session.build else (path if path.is_dir() else path.parent,)
    return tuple(folder for folder in folders if folder.is_dir())
