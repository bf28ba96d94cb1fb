"""Faults of the program itself, as distinct from errors in files: each is written to a report and named as a fault."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import time
import traceback
from contextlib import suppress
from pathlib import Path

from ..errors import Message, Problem

FAULT_STATUS = 70  # EX_SOFTWARE of sysexits.h
_KEPT = 20  # reports in the folder


def fault(error: BaseException, folder: Path | None) -> Problem:
    """The problem of a fault. Its report goes to `folder`, else to the temporary files, else to standard error.

    With `LAYOUT_DEBUG` set the error itself is raised instead.
    """
    if os.environ.get("LAYOUT_DEBUG"):
        raise error
    text = _report(error)
    file = next((file for place in (folder, None) if (file := _write(text, place))), None)
    if file is None:
        print(text, file=sys.stderr)
    name = f"{type(error).__name__}: {str(error)[:200]}".removesuffix(": ")
    return Problem(
        "fault",
        Message(
            f"程序自己出了错（{name}），不是稿件的错；经过写在 {file or '上面'}",
            f"the program failed ({name}), which is no fault of your files; a report is in {file or 'what stands above'}",
        ),
        Message(
            "把这份报告交给维护程序的人；设 LAYOUT_DEBUG=1 再做一次，可看全部经过",
            "send the report to whoever keeps the program; with LAYOUT_DEBUG=1 it shows everything",
        ),
    )


def _report(error: BaseException) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        release = version("newsletter-layout")
    except PackageNotFoundError:
        release = "?"
    trace = "".join(traceback.format_exception(error))
    return (
        f"newsletter-layout {release}, Python {sys.version}, {platform.platform()}\n"
        f"{time.strftime('%Y-%m-%d %H:%M:%S %z')}\n{sys.executable}\n{sys.argv!r}\n\n{trace}"
    )


def _write(text: str, folder: Path | None) -> Path | None:
    """The file of a report, readable by its owner alone; None where it cannot be written."""
    try:
        place = folder / "faults" if folder else None
        if place:
            place.mkdir(parents=True, exist_ok=True)
            for old in sorted(place.glob("fault-*.txt"), key=lambda path: path.stat().st_mtime)[: 1 - _KEPT]:
                with suppress(OSError):
                    old.unlink()
        handle, name = tempfile.mkstemp(".txt", time.strftime("fault-%Y%m%d-%H%M%S-"), place)
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
        return Path(name)
    except (OSError, ValueError, RuntimeError):
        return None
