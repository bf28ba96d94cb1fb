"""Vertical lines of running text (直排): what stands upright, what lies on its side, what shares a cell (rules V2, V4, V5, V6).

CLREQ «vertical writing mode» and «mixed text composition in vertical writing mode»; GB/T 15834 5.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from msgspec.structs import replace

from .characters import FROM_WESTERN_MARK, SPACES, WHOLE_UNIT, with_western_marks
from .fonts.faces import Face
from .setting import TextRun

Orientation = Literal["upright", "turned", "across"]
DASHES = frozenset("—⸺–-‐‑−")  # one line along the text
MOST_ACROSS = 3  # digits side by side in one cell
WIDEST_ACROSS = {1: 1.0, 2: 1.0, 3: 1.1}  # em, by their number; wider ones are condensed
# Digits with the sign after them, a year digit by digit, and letters and digits of an acronym.
_ACROSS = re.compile(r"([0-9]{1,3})([%‰℃]?)")
_YEAR = re.compile(r"[0-9]{4}")
_ACRONYM = re.compile(r"(?=.{1,4}$)[0-9]*[A-Z][A-Z0-9]*")
_LABEL = re.compile(r"[0-9]{1,2}[.．、]?")
_YEAR_SIGN = "年"
_UPRIGHT_NARROW = frozenset("·•‧・")  # signs of less than an em that stand in the middle of the line
_FROM_ARROWS, _TO_MATHEMATICS = "\u2190", "\u22ff"  # they point along the line, so they turn with it


class VerticalPart(NamedTuple):
    """Characters `start` to `end` of a piece that stand alike."""

    orientation: Orientation
    start: int
    end: int


def with_units(runs: Sequence[TextRun]) -> list[TextRun]:
    """The runs, cut so that each unit of upright letters or digits is one with its number of `cells` (V4, V5)."""
    text = "".join([run.text for run in runs])
    found, start = [], 0
    for run in runs:
        end = start + len(run.text)
        if run.ruby or run.superscript or run.tag == "speaker":
            found.append(run)
        elif run.tag == "label" and shares_a_cell(run.text):
            found.append(replace(run, cells=1))
        else:
            found += _cut(run, text, start, end)
        start = end
    return found


def shares_a_cell(label: str) -> bool:
    """Whether the label of a list's item is a number that stands in one cell."""
    return _LABEL.fullmatch(label) is not None


def _cut(run: TextRun, text: str, start: int, end: int) -> Iterator[TextRun]:
    at = start
    for unit in WHOLE_UNIT.finditer(text, start, end):
        if unit.end() == end < len(text) and text[end : end + 1].isascii():
            continue  # it may go on in the next run
        cells = _cells(unit[0].strip(SPACES), text[unit.end() : unit.end() + 1])
        before = text[max(unit.start() - 2, 0) : unit.start()].rstrip(SPACES)[-1:]
        after = text[unit.end() : unit.end() + 2].lstrip(SPACES)[:1]
        if not cells or (before and before.isascii()) or (after and after.isascii()):
            continue  # a word among Western words lies on its side with them
        if at < unit.start():
            yield replace(run, text=text[at : unit.start()])
        yield replace(run, text=unit[0], cells=cells)
        at = unit.end()
    if at == start:
        yield run
    elif at < end:
        yield replace(run, text=text[at:end])


def _cells(unit: str, after: str) -> int:
    """The cells of a unit whose letters stand upright; 0 where they lie on their side."""
    if found := _ACROSS.fullmatch(unit):
        return 1 + len(found[2])
    if _ACRONYM.fullmatch(unit) or (_YEAR.fullmatch(unit) and after == _YEAR_SIGN):
        return len(unit)
    return 0


def parts_of(text: str, cells: int, face: Face) -> list[VerticalPart]:
    """A piece of a line, cut by how its characters stand; `cells` are those of its run."""
    if cells:
        digits = _ACROSS.match(text) if not _YEAR.fullmatch(text) and not _ACRONYM.fullmatch(text) else None
        end = len(text) if cells == 1 and shares_a_cell(text) else digits.end(1) if digits else 0
        end = 0 if end == 1 else end
        found = [VerticalPart("across", 0, end)] if end else []
        return [*found, VerticalPart("upright", end, len(text))] if end < len(text) else found
    turned = [is_turned(character, face) for character in with_western_marks(text)]
    found, at = [], 0
    for lies, group in groupby(turned):
        end = at + len(list(group))
        found.append(VerticalPart("turned" if lies else "upright", at, end))
        at = end
    return found


def is_turned(character: str, face: Face) -> bool:
    """Whether a character lies on its side: letters, digits and signs of less than an em, dashes, arrows, and what has
    no vertical form and would point the wrong way."""
    if character in DASHES or ord(character) in FROM_WESTERN_MARK:
        return True
    if _FROM_ARROWS <= character <= _TO_MATHEMATICS:
        return True
    if character in _UPRIGHT_NARROW:
        return False
    if character == "…" or character == "⋯":
        return face.vertical[character] == face.glyphs[character]
    return face.advances[character] != face.advances["中"]


# Marks whose place in the cell, or whose direction, is another on a vertical line (GB/T 15834 5.2.1 to 5.2.3).
TURNING_MARKS = frozenset("，。、：；！？（）〔〕［］｛｝【】〖〗《》〈〉「」『』“”‘’～")


def with_vertical_marks(runs: Sequence[TextRun], faces: Mapping[str, Face], chain: Sequence[str]) -> list[TextRun]:
    """The runs; marks that their face has in no form for vertical lines are set in the first of the chain that has."""
    found: list[TextRun] = []
    for run in runs:
        face = faces[run.face]
        lacking = {mark for mark in TURNING_MARKS.intersection(run.text) if not _has_vertical(face, mark)}
        if not lacking:
            found.append(run)
            continue
        for lacks, group in groupby(run.text, key=lacking.__contains__):
            part = "".join(group)
            other = next((name for name in chain if all(_has_vertical(faces[name], mark) for mark in part)), run.face)
            found.append(replace(run, text=part, face=other if lacks else run.face))
    return found


def _has_vertical(face: Face, mark: str) -> bool:
    return face.vertical[mark] != face.glyphs[mark]
