"""Vertical headlines (竖题): characters from top to bottom, lines from right to left (rule I12).

Quotation marks become corner brackets, the double first (CLREQ «vertical writing mode», GB/T 15834); dashes and
ellipses are turned as one unit; two or three digits are set side by side in one cell (纵中横排); acronyms are set
upright letter by letter; other Latin words are turned.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, groupby
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from ...errors import Problem, SourceLocation
from .breaking import HeadlineBreaker, SeamCache
from .fitting import HAN_LATIN_GAP, MOST_LINES, headline_overflow
from .printed import PAUSE, WORD_SPACE_EM, FaceLike, MeasuredHeadline, PrintedHeadline, is_latin, printed_headline
from .word_tables import LATIN, OPENING

GlyphOrientation = Literal["upright", "turned", "across"]

CORNERS = str.maketrans("“”‘’", "『』「」")
# Marks whose vertical form leaves half of the cell white (rule C2); those of ：！？ fill nearly all of it.
HALF_BELOW = frozenset("』」》）〕】〗］｝〉、")
ACRONYM = re.compile(r"(?=.{1,4}$)(?:[0-9]|[0-9]*[A-Z][A-Z0-9]*)$")
_DIGITS = re.compile(r"[0-9]{2,3}$")
PERCENT = re.compile(r"[0-9]{2,3}(?=%$)")
VERTICAL_DASHES = frozenset("—…⋯–")
_ACROSS = {2: 1.0, 3: 1.1}  # number of digits → their greatest width in a cell, em
ASCENT = 0.88  # em from the top of a cell to the baseline of digits across in it


class VerticalPart(Struct, frozen=True):
    """Characters of a line with one orientation; lengths in pt.

    `upright`: one glyph a cell, in its vertical form; `ys` are the tops of the cells from the line's top. `turned`:
    rotated letters, `ys` where each begins. `across`: digits side by side, all in the cell that begins at `ys[0]`;
    `xs` are their origins from the line's centre, their baseline is `ASCENT` em below, `scale` is that of their width.
    """

    text: str
    orientation: GlyphOrientation
    ys: tuple[float, ...]
    xs: tuple[float, ...] = ()
    scale: float = 1.0


class VerticalLine(Struct, frozen=True):
    """`x` is the line's centre from the block's left edge, `top` where it begins from the block's top (pt).

    `start` and `end` count characters of the headline as typed.
    """

    text: str
    parts: tuple[VerticalPart, ...]
    x: float
    top: float
    height: float
    start: int
    end: int


class VerticalHeadline(Struct, frozen=True):
    """Lines from right to left. `width` is that of the block (pt); `over` counts characters too many."""

    lines: tuple[VerticalLine, ...]
    size: float
    width: float
    over: int = 0
    problems: tuple[Problem, ...] = ()


def set_vertical(
    text: str,
    *,
    height_pt: float,
    size: float,
    face: FaceLike,
    max_lines: int = MOST_LINES,
    leading: float = 1.25,
    align: Literal["top", "center", "bottom"] = "top",
    terms: Sequence[str] = (),
    gap: float = HAN_LATIN_GAP,
    cache: SeamCache | None = None,
    mark: SourceLocation | None = None,
) -> VerticalHeadline:
    """Sets a headline in vertical lines no longer than `height_pt`, broken as by `break_headline`.

    `leading` is the distance of the lines' centres in sizes. Where nothing fits, lines are too long, and `over` is
    the number of characters too many.
    """
    made = printed_headline(text)
    made = replace(made, text=made.text.translate(CORNERS))
    orientations = _orientations(made)
    measured = _measure(made, orientations, face, gap)
    breaker = HeadlineBreaker(measured, terms=terms, cache=cache)
    box = height_pt / size
    over, problems = 0, ()  # type: tuple[int, tuple[Problem, ...]]
    found = breaker.fewest([box], max_lines)
    if found is None:
        found = breaker.fewest([box], max_lines, overrun=True) or (0.0, ())
        over = breaker.over(found[1], [box])
        problems = (headline_overflow(over, breaker, len(found[1]) + 1, size, mark),)
    cuts = breaker.lines(found[1]) if breaker.length else []
    width = size * (1 + (len(cuts) - 1) * leading) if cuts else 0.0
    lines = []
    for row, cut in enumerate(cuts):
        start, end = measured.inside(*cut)
        length = measured.line(start, end)[0]
        top = {"center": (box - length) / 2, "bottom": box - length}.get(align, 0.0) * size
        lines.append(
            VerticalLine(
                text=made.text[start:end],
                parts=tuple(_parts(measured, orientations, face, start, end, size)),
                x=width - size / 2 - row * leading * size,
                top=top,
                height=length * size,
                start=made.typed[start] if start < end else 0,
                end=made.typed[end - 1] + 1 if start < end else 0,
            )
        )
    return VerticalHeadline(tuple(lines), size, width, over, problems)


def _orientations(printed_text: PrintedHeadline) -> list[tuple[GlyphOrientation, int]]:
    """The orientation of each character and the number of the unit that it belongs to; no unit crosses a `|`."""
    orientations: list[tuple[GlyphOrientation, int]] = []
    at = 0
    for edge in (*printed_text.breaks, len(printed_text.text)):
        text = printed_text.text[:edge]
        while at < edge:
            found = LATIN.match(text, at) if is_latin(text[at]) else None
            if text[at] in VERTICAL_DASHES:
                end = at + 1
                while end < edge and text[end] == text[at]:
                    end += 1
                orientations += [("turned", at)] * (end - at)
            elif found is None or ACRONYM.match(found[0]):
                end = at + 1 if found is None else found.end()
                orientations += [("upright", place) for place in range(at, end)]
            elif digits := (_DIGITS.match(found[0]) or PERCENT.match(found[0])):
                end = found.end()
                orientations += [("across", at)] * len(digits[0])
                orientations += [("upright", place) for place in range(at + len(digits[0]), end)]
            else:
                end = found.end()
                orientations += [("turned", at)] * (end - at)
            at = end
    return orientations


def _measure(
    text: PrintedHeadline, orientations: list[tuple[GlyphOrientation, int]], face: FaceLike, gap: float
) -> MeasuredHeadline:
    """The extent of each character along the line, em (rules C1, C2, D1)."""
    advances, shifts, gaps, joints = [], [], [], [0]
    was_rotated = False  # whether the character before is of a rotated word
    for at, (char, (orientation, unit)) in enumerate(zip(text.text, orientations, strict=True)):
        new = at == 0 or unit != orientations[at - 1][1]
        advance, shift = 1.0, 0.0
        if char == " ":
            advance = PAUSE if at in text.pauses else WORD_SPACE_EM
        elif orientation == "across":
            advance = 1.0 if new else 0.0
        elif orientation == "turned":
            advance = 1.0 if char in VERTICAL_DASHES - {"–"} else face.advances[char] / 1000
        elif char in OPENING:
            advance, shift = 0.5, -0.5
        elif char in HALF_BELOW:
            advance = 0.5
        elif char == "·":
            advance, shift = 0.5, -0.25
        rotated = orientation == "turned" and char not in VERTICAL_DASHES
        beside = at > 0 and new and rotated != was_rotated and " " not in text.text[at - 1 : at + 1]
        was_rotated = rotated
        gaps.append(gap if beside else 0.0)
        joints.append(joints[-1] + (at > 0 and new))
        advances.append(advance)
        shifts.append(shift)
    reach = tuple(accumulate((a + g for a, g in zip(advances, gaps, strict=True)), initial=0.0))
    return MeasuredHeadline(text, tuple(advances), tuple(shifts), tuple(gaps), reach, tuple(joints))


def _parts(
    measured: MeasuredHeadline,
    orientations: list[tuple[GlyphOrientation, int]],
    face: FaceLike,
    start: int,
    end: int,
    size: float,
) -> list[VerticalPart]:
    """The characters of a line, grouped by orientation; each turned or across unit is a part of its own."""
    text = measured.printed.text
    first = measured.reach[start] + measured.gaps[start]

    def part_of(at: int) -> tuple[GlyphOrientation, int]:
        orientation, unit = orientations[at]
        return orientation, -1 if orientation == "upright" else unit

    parts = []
    for (orientation, _), group in groupby(range(start, end), key=part_of):
        places = list(group)
        ys = tuple((measured.reach[at] + measured.gaps[at] - first + measured.shifts[at]) * size for at in places)
        letters = "".join(text[at] for at in places)
        if orientation != "across":
            parts.append(VerticalPart(letters, orientation, ys))
            continue
        widths = [face.advances[char] / 1000 for char in letters]
        scale = min(1.0, _ACROSS[len(letters)] / sum(widths))
        left = -sum(widths) * scale / 2
        xs = tuple((left + reach * scale) * size for reach in accumulate(widths[:-1], initial=0.0))
        parts.append(VerticalPart(letters, orientation, (ys[0],) * len(letters), xs, scale))
    return parts
