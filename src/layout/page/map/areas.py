"""The area map of a page: rows of names become areas on the grid, or are rejected with the row that is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate

from msgspec import Struct
from msgspec.structs import replace

from ...errors import Message, Problem, SourceLocation, word_location
from ...records import nearest_match
from ...style.grid import Grid

EMPTY = "."
AREA_NAME = re.compile(r"(?P<name>[^\s.]+)(?:\.(?P<part>headline|[2-9]))?")


class MapRow(Struct, frozen=True):
    """One row of the map with its height in lines."""

    lines: int
    cells: tuple[str, ...]
    mark: SourceLocation


class Strip(Struct, frozen=True):
    """A run of neighbouring units over some lines; both counted from 0."""

    unit: int
    units: int
    line: int
    lines: int


class Area(Struct, frozen=True):
    """A connected shape made of strips, one or more a row of the map.

    `name` is an article, a picture or a furniture fragment; `part` is `headline`, or the number of a further area of
    its thread; `above` names the areas that touch it from above. An area across the fold of a double truck is two: the
    left one refers to the right one as `beyond`, and that has `continues` set.
    """

    name: str
    part: str
    strips: tuple[Strip, ...]
    mark: SourceLocation
    above: frozenset[str] = frozenset()
    beyond: Area | None = None
    continues: bool = False

    @property
    def label(self) -> str:
        """Its name as the map has it: `harvest.headline`."""
        return f"{self.name}.{self.part}" if self.part else self.name

    @property
    def place(self) -> SourceLocation:
        """Where its name stands in its first row."""
        return word_location(self.label, self.mark)

    @property
    def line(self) -> int:
        return self.strips[0].line

    @property
    def end(self) -> int:
        return max(strip.line + strip.lines for strip in self.strips)

    @property
    def lines(self) -> int:
        return self.end - self.line

    @property
    def unit(self) -> int:
        return min(strip.unit for strip in self.strips)

    @property
    def units(self) -> int:
        return max(strip.unit + strip.units for strip in self.strips) - self.unit

    @property
    def is_rectangle(self) -> bool:
        if self.beyond and (self.beyond.line, self.beyond.end) != (self.line, self.end):
            return False
        return sum(strip.units * strip.lines for strip in self.strips) == self.units * self.lines


def read_map(rows: Sequence[MapRow], grid: Grid, known: Iterable[str]) -> tuple[list[Area], list[Problem]]:
    """The areas of a map whose heights are all settled, in the order in which they first appear.

    `known` are the names that may stand in it. Problems: a row that does not divide the grid, an unknown name, more
    lines than the page has, a fragment that is not a rectangle.
    """
    return _read(rows, grid, grid.units, set(known))


def read_spread(
    rows: Sequence[MapRow], grid: Grid, known: Iterable[str]
) -> tuple[list[Area], list[Area], list[Problem]]:
    """The areas of a double truck's map on its left and on its right page; each row has the units of both."""
    areas, problems = _read(rows, grid, 2 * grid.units, set(known))
    left, right = [], []
    for area in areas:
        here, there = _at_the_fold(area, grid.units)
        if here and there:
            rest = replace(area, strips=there, continues=True)
            left.append(replace(area, strips=here, beyond=rest))
            right.append(rest)
        elif here:
            left.append(area)
        else:
            right.append(replace(area, strips=there))
    return left, right, problems


def _read(rows: Sequence[MapRow], grid: Grid, units: int, known: set[str]) -> tuple[list[Area], list[Problem]]:
    problems: list[Problem] = []
    names: list[list[str]] = []
    for row in rows:
        if not row.cells or units % len(row.cells):
            problems.append(_does_not_divide(row, units))
            names.append([EMPTY] * units)
            continue
        names.append([cell for cell in row.cells for _ in range(units // len(row.cells))])
        problems.extend(_unknown(row, known))
    used = sum(row.lines for row in rows)
    if used > grid.lines:
        problems.append(_too_high(rows, grid, used))
    tops = [*accumulate((row.lines for row in rows), initial=0)][:-1]
    areas = [_area(cells, names, rows, tops) for cells in _components(names)]
    return areas, problems


def _at_the_fold(area: Area, units: int) -> tuple[tuple[Strip, ...], tuple[Strip, ...]]:
    """The area's strips on the left page and on the right one, each with the units of its own page."""
    left, right = [], []
    for strip in area.strips:
        end = strip.unit + strip.units
        if strip.unit < units:
            left.append(replace(strip, units=min(end, units) - strip.unit))
        if end > units:
            first = max(strip.unit, units)
            right.append(replace(strip, unit=first - units, units=end - first))
    return tuple(left), tuple(right)


def _components(names: list[list[str]]) -> list[list[tuple[int, int]]]:
    """Cells of the same name that touch, in the order of reading; each cell is (row, unit)."""
    seen: set[tuple[int, int]] = set()
    found = []
    for row, cells in enumerate(names):
        for unit, name in enumerate(cells):
            if name == EMPTY or (row, unit) in seen:
                continue
            component, waiting = [], [(row, unit)]
            seen.add((row, unit))
            while waiting:
                r, u = waiting.pop()
                component.append((r, u))
                for near in ((r - 1, u), (r + 1, u), (r, u - 1), (r, u + 1)):
                    inside = 0 <= near[0] < len(names) and 0 <= near[1] < len(cells)
                    if inside and near not in seen and names[near[0]][near[1]] == name:
                        seen.add(near)
                        waiting.append(near)
            found.append(sorted(component))
    return found


def _area(cells: list[tuple[int, int]], names: list[list[str]], rows: Sequence[MapRow], tops: list[int]) -> Area:
    strips: list[Strip] = []
    for row, unit in cells:
        last = strips[-1] if strips else None
        if last and last.line == tops[row] and last.unit + last.units == unit:
            strips[-1] = Strip(last.unit, last.units + 1, last.line, last.lines)
        else:
            strips.append(Strip(unit, 1, tops[row], rows[row].lines))
    first, unit = cells[0]
    parts = AREA_NAME.fullmatch(names[first][unit])
    name, part = (parts["name"], parts["part"] or "") if parts else (names[first][unit], "")
    inside = set(cells)
    above = {names[row - 1][unit] for row, unit in cells if row and (row - 1, unit) not in inside}
    return Area(name, part, tuple(strips), rows[first].mark, frozenset(above))


def _does_not_divide(row: MapRow, units: int) -> Problem:
    count = len(row.cells)
    fitting = [n for n in range(1, units + 1) if units % n == 0]
    choices = "、".join(map(str, fitting)), ", ".join(map(str, fitting))
    return Problem(
        "area-row",
        Message(
            f"这一行有 {count} 格，不能整除版心的 {units} 个单位",
            f"this row has {count} cells, which do not divide the grid's {units} units",
        ),
        Message(f"写 {choices[0]} 格之一", f"write one of {choices[1]} cells"),
        row.mark,
    )


def _unknown(row: MapRow, known: set[str]) -> list[Problem]:
    problems = []
    for cell in dict.fromkeys(row.cells):
        parts = AREA_NAME.fullmatch(cell)
        if cell == EMPTY or (parts and parts["name"] in known):
            continue
        near = nearest_match(parts["name"] if parts else cell, sorted(known))
        problems.append(
            Problem(
                "area-name",
                Message(f"“{cell}”不是稿件、图片或版面构件的名字", f"“{cell}” names no article, picture or furniture"),
                Message(f"是“{near}”吗？", f"do you mean “{near}”?")
                if near
                else Message("写已有的名字，空着写 .", "write a name that exists, or . for an empty cell"),
                word_location(cell, row.mark),
            )
        )
    return problems


def _too_high(rows: Sequence[MapRow], grid: Grid, used: int) -> Problem:
    running, mark = 0, rows[-1].mark
    for row in rows:
        running += row.lines
        if running > grid.lines:
            mark = row.mark
            break
    over = used - grid.lines
    return Problem(
        "area-height",
        Message(
            f"各行共高 {used} 行，版心只有 {grid.lines} 行，多出 {over} 行",
            f"the rows are {used} lines high, {over} more than the {grid.lines} of the type area",
        ),
        Message(f"减去 {over} 行，或用 auto 让文字决定", f"take {over} lines away, or write auto"),
        mark,
    )


def not_a_rectangle(area: Area) -> Problem:
    """The problem of an area of several rectangles, which only the text of an article may have."""
    return Problem(
        "area-shape",
        Message(f"“{area.label}”不是矩形", f"“{area.label}” is not a rectangle"),
        Message("图片、标题和构件只能占一个矩形", "a picture, headline or piece of furniture takes one rectangle"),
        area.place,
    )
