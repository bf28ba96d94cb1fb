"""An area of an article is divided into columns: upright rectangles that the text fills one after the other."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from ...errors import Message, Problem
from ...style.grid import Grid
from .areas import Area

EPSILON = 1e-6


class Column(Struct, frozen=True):
    """A column of text: `start` and `measure` in em from the type area's left edge, `line` and `lines` on the grid.

    A tier of a vertical article (直排) has a `pitch`: `start` and `measure` are from the type area's top down, `line`
    and `lines` count from the right edge, which is at `edge`, in steps of `pitch` (both pt on the page).
    """

    area: int  # index of the area in its article's thread
    number: int  # from 1, left to right
    start: float
    measure: float
    line: int
    lines: int
    edge: float = 0.0
    pitch: float = 0.0

    @property
    def end(self) -> int:
        return self.line + self.lines

    def without_head(self, lines: int) -> Column:
        """The column without its first `lines` lines."""
        taken = min(lines, self.lines)
        return replace(self, line=self.line + taken, lines=self.lines - taken)

    def middle(self, line: int, em: float) -> float:
        """Of a tier: x of the middle of a line (pt); `em` is the grid's."""
        return self.edge - em / 2 - line * self.pitch

    def box(self, grid: Grid, line: int, lines: int) -> tuple[float, float, float, float]:
        """The rectangle of `lines` lines from `line` on: x, y, width, height in pt on the page."""
        if not self.pitch:
            return grid.x(self.start), grid.y(line), self.measure * grid.em, lines * grid.leading
        right = self.middle(line, grid.em) + self.pitch / 2
        width = lines * self.pitch
        return right - width, grid.top + self.start * grid.em, width, self.measure * grid.em


def divide(
    area: Area, count: int, grid: Grid, index: int = 0, *, left: float = 0.0, right: float = 0.0
) -> tuple[list[Column], list[Problem]]:
    """The area's columns from left to right, each from top to foot.

    A column may be of any height, but each row of the map must hold its whole width or nothing of it: an area that cuts
    a column lengthwise is a problem. `left` and `right` (em) are kept free inside the area, as in a box.
    """
    measure, gutter = grid.divided(grid.measure(area.units) - left - right, count)
    if measure < 4:
        return [], [_too_narrow(area, count, measure)]
    left += grid.start(area.unit)
    columns: list[Column] = []
    for number in range(count):
        start = left + number * (measure + gutter)
        open_column: Column | None = None
        for strip in area.strips:
            first = grid.start(strip.unit) - EPSILON
            last = grid.start(strip.unit) + grid.measure(strip.units) + EPSILON
            covers = first <= start and start + measure <= last
            touches = start < last - grid.gutter_em and first + grid.gutter_em < start + measure
            if not covers:
                if touches:
                    return [], [_cut(area, count, number + 1)]
                continue
            if open_column and open_column.end == strip.line:
                open_column = replace(open_column, lines=open_column.lines + strip.lines)
            else:
                if open_column:
                    columns.append(open_column)
                open_column = Column(index, number + 1, start, measure, strip.line, strip.lines)
        if open_column:
            columns.append(open_column)
    return columns, []


def _too_narrow(area: Area, count: int, measure: float) -> Problem:
    return Problem(
        "columns",
        Message(
            f"“{area.name}”分成 {count} 栏，每栏只有 {measure:g} 字宽",
            f"“{area.name}” in {count} columns leaves {measure:g} em a column",
        ),
        Message("减少栏数，或把区域加宽", "take fewer columns, or widen the area"),
        area.place,
    )


def _cut(area: Area, count: int, number: int) -> Problem:
    return Problem(
        "columns",
        Message(
            f"“{area.name}”分成 {count} 栏时，第 {number} 栏被区域的边纵向切断",
            f"column {number} of {count} of “{area.name}” is cut lengthwise by the area's edge",
        ),
        Message("让栏数与区域各行的宽度相合", "choose a number of columns that agrees with the width of every row"),
        area.place,
    )
