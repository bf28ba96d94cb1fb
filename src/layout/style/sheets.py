"""The style sheets of a style and of those it extends, joined into one text that still knows where each line is from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from ..errors import Mark
from ..resources import shown

_ORIGIN = re.compile(r"/\*@ (.+) \*/")


def join_sheets(files: Sequence[Path]) -> str:
    """The files one after the other, each under a comment that names it."""
    return "".join(f"/*@ {shown(file)} */\n{file.read_text(encoding='utf-8')}\n" for file in files)


def place_in_sheet(css: str, line: int, column: int) -> Mark | None:
    """The place in its own file of a line of the joined text, both counted from 1; None in front of all files."""
    lines = css.splitlines()[:line]
    for above, text in enumerate(reversed(lines)):
        if found := _ORIGIN.fullmatch(text):
            return Mark(found[1], above, column)
    return None


def find_in_sheet(css: str, words: str) -> Mark | None:
    """Where in their file some words of a style sheet first stand."""
    at = css.find(words) if words else -1
    if at < 0:
        return None
    return place_in_sheet(css, css.count("\n", 0, at) + 1, at - css.rfind("\n", 0, at))
