"""Joins the style sheets of a style and of those it extends into one text, and finds the source of each line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from ..errors import SourceLocation, StyleError
from ..records import read_utf8
from ..runtime.gate import Gate
from ..runtime.resources import displayed_path

_ORIGIN = re.compile(r"/\*@ (.+) \*/")


def join_sheets(files: Sequence[Path], gate: Gate) -> str:
    """The files in order, each after a comment with its name.

    Raises:
        StyleError: One of them is outside the gate, or not text.
    """
    return "".join(f"/*@ {displayed_path(file)} */\n{_text(file, gate)}\n" for file in files)


def _text(file: Path, gate: Gate) -> str:
    text, problems = read_utf8(file, displayed_path(file), gate)
    if problems:
        raise StyleError(problems)
    return text


def place_in_sheet(css: str, line: int, column: int) -> SourceLocation | None:
    """The location in its own file of a line of the joined text, both from 1; None before the first file."""
    lines = css.splitlines()[:line]
    for above, text in enumerate(reversed(lines)):
        if found := _ORIGIN.fullmatch(text):
            return SourceLocation(found[1], above, column)
    return None


def find_in_sheet(css: str, words: str) -> SourceLocation | None:
    """The location of the first occurrence of some text in the style sheets."""
    at = css.find(words) if words else -1
    if at < 0:
        return None
    return place_in_sheet(css, css.count("\n", 0, at) + 1, at - css.rfind("\n", 0, at))
