"""A new style as a copy of an existing one."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from ..errors import Message, Problem, SourceLocation, StyleError
from ..runtime.files import unwritable, whole_folder
from ..runtime.gate import files_below
from .reader import STYLE_FILE, find_style, unknown_style

_NAME_LINE = re.compile(r"^name:.*$", re.MULTILINE)


def copy_style(name: str, target: Path) -> Path:
    """Copies the style of that name, or at that path, to a new folder, whose name it gets; returns the folder.

    The copy extends the same style as the original (`extends`).

    Raises:
        StyleError: There is no such style, the folder exists, or it cannot be written.
    """
    found = find_style(name, None)
    if not found:
        raise StyleError([unknown_style(name)])
    if target.is_file() or (target.is_dir() and any(target.iterdir())):
        raise StyleError([_folder_exists(target)])
    try:
        with whole_folder(target) as draft:
            for path in files_below(found[0]):
                copy = draft / path.relative_to(found[0])
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, copy)
            file = draft / STYLE_FILE
            text = file.read_text(encoding="utf-8")
            line = f"name: {_scalar(target.resolve().name)}"
            text, count = _NAME_LINE.subn(lambda _: line, text, count=1)
            file.write_text(text if count else f"{line}\n{text}", encoding="utf-8")
    except OSError as error:
        raise StyleError([unwritable(target, error)]) from None
    return target


def _scalar(name: str) -> str:
    return name if re.fullmatch(r"[^\W\d][\w-]*", name) else '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _folder_exists(target: Path) -> Problem:
    return Problem(
        "folder-taken",
        Message(f"{target} 已经有了", f"{target} is there already"),
        Message("换一个文件夹名", "choose another folder"),
        SourceLocation(target.as_posix()),
    )
