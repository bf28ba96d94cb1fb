"""An area of a vertical article is divided into tiers (栏): bands one under the other, each filled from right to left.

A tier is a `Column` turned by a quarter: its `start` and `measure` run down, its lines from right to left (rule V9).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import groupby

from ...errors import Message, Problem
from ...style.grid import Grid
from .areas import Area, Strip
from .columns import EPSILON, Column

USUAL_LINES = 12  # lines of the grid: about the height of a tier where the page does not say how many
LEAST_MEASURE = 6  # em: the shortest vertical line


def tier_count(area: Area) -> int:
    """The number of tiers of an area where the page does not give one."""
    return max(1, round(area.lines / USUAL_LINES))


def divide_into_tiers(
    area: Area,
    count: int,
    grid: Grid,
    index: int = 0,
    *,
    left: float = 0.0,
    right: float = 0.0,
    top: int = 0,
    foot: int = 0,
) -> tuple[list[Column], list[Problem]]:
    """The area's tiers from top to foot. Rows of the map of the same width are one block; the blocks share `count`
    by their heights, each has one tier at least. Parts of a block that do not touch are filled the right one first.

    `left` and `right` (em), `top` and `foot` (lines of the grid) are kept free inside the area. The first em box of
    each tier is level with the first line of text beside it, that of the last tier ends with the last line; first and
    last line touch the area's sides, so the distance of lines is the grid's leading or a little more.
    """
    found: list[Column] = []
    spare = count
    blocks = list(_blocks(area, top, foot))
    rest = sum(lines for _, lines, _ in blocks)
    for line, lines, spans in blocks:
        wanted = max(1, min(spare, round(spare * lines / rest))) if rest else 1
        height = ((lines - 1) * grid.leading + grid.em) / grid.em
        first = line * grid.leading / grid.em + (grid.leading - grid.em) / 2 / grid.em
        if found:  # the gutter is more than the white between two lines
            more = max(0.0, grid.gutter_em - (grid.leading - grid.em) / grid.em)
            first, height = first + more, height - more
        measure, gutter = grid.divided(float(math.floor(height + EPSILON)) if wanted == 1 else height, wanted)
        if measure < LEAST_MEASURE:
            return [], [_too_low(area, count, measure)]
        number = found[-1].number if found else 0
        for tier in range(wanted):
            for unit, units in reversed(spans):
                across = _across(area, unit, units, grid, left, right)
                if across is None:
                    return [], [_too_narrow(area)]
                edge, held, pitch = across
                start = first + tier * (measure + gutter)
                found.append(Column(index, number + tier + 1, start, measure, 0, held, edge, pitch))
        spare, rest = max(1, spare - wanted), rest - lines
    return found, []


def _blocks(area: Area, top: int, foot: int) -> Iterator[tuple[int, int, list[tuple[int, int]]]]:
    """Rows of one width: the first line, the lines, and the runs of units from the left."""
    rows = [(line, list(strips)) for line, strips in groupby(sorted(area.strips, key=_place), key=lambda s: s.line)]
    for spans, group in groupby(rows, key=lambda row: [(strip.unit, strip.units) for strip in row[1]]):
        own = list(group)
        first, end = own[0][0], own[-1][0] + own[-1][1][0].lines
        first += top if first == area.line else 0
        end -= foot if end == area.end else 0
        if end > first:
            yield first, end - first, spans


def _place(strip: Strip) -> tuple[int, int]:
    return strip.line, strip.unit


def _across(
    area: Area, unit: int, units: int, grid: Grid, left: float, right: float
) -> tuple[float, int, float] | None:
    """The right edge of a run of units (pt), how many lines it holds, and the distance of their middles (pt)."""
    west = grid.start(unit) + (left if unit == area.unit else 0.0)
    east = grid.start(unit) + grid.measure(units) - (right if unit + units == area.unit + area.units else 0.0)
    width = (east - west) * grid.em
    if width < grid.em:
        return None
    count = int((width - grid.em) / grid.leading + EPSILON) + 1
    return grid.x(east), count, (width - grid.em) / (count - 1) if count > 1 else grid.leading


def _too_low(area: Area, count: int, measure: float) -> Problem:
    return Problem(
        "columns",
        Message(
            f"“{area.name}”分成 {count} 栏，每栏只有 {measure:g} 字高",
            f"“{area.name}” in {count} tiers leaves lines of {measure:g} em",
        ),
        Message("减少栏数，或把区域加高", "take fewer tiers, or make the area higher"),
        area.mark,
    )


def _too_narrow(area: Area) -> Problem:
    return Problem(
        "columns",
        Message(f"“{area.name}”有一处放不下一行竖排的字", f"a part of “{area.name}” holds no vertical line"),
        Message("把区域加宽", "widen the area"),
        area.mark,
    )
