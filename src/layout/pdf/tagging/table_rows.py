"""Rows and cells of a table's lines, for its structure: a composition tells a row by its number alone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from msgspec import Struct

from ...composition import PlacedLine

_Cell = tuple[PlacedLine, ...]


class TableRow(Struct, frozen=True):
    """The cells of a row, one for each column, empty where nothing is printed."""

    cells: tuple[_Cell, ...]
    head: bool = False


def group_table_rows(lines: Sequence[PlacedLine]) -> list[TableRow | _Cell]:
    """The lines of a frame as rows; what stands alone before and after them (title, notes) as it is.

    A cell ends where its paragraph does. It is in the column that it covers most of. The first row is a head where
    its face is not that of the second.
    """
    parts = [_cells(list(group)) for _, group in groupby(lines, key=lambda line: line.paragraph)]
    places = [at for at, cells in enumerate(parts) if len(cells) > 1]
    if not places:
        return [cell for cells in parts for cell in cells]
    first, last = places[0], places[-1]
    fullest: list[_Cell] = max(parts, key=len)
    columns = sorted(map(_reach, fullest))
    rows: list[TableRow | _Cell] = []
    for at, cells in enumerate(parts):
        if not first <= at <= last:
            rows += cells
            continue
        filled: list[_Cell] = [()] * len(columns)
        for cell in cells:
            column = _column(_reach(cell), columns)
            filled[column] += cell
        second = parts[first + 1][0] if first < last else ()
        rows.append(TableRow(tuple(filled), at == first and bool(second) and cells[0][0].face != second[0].face))
    return rows


def _cells(lines: Sequence[PlacedLine]) -> list[_Cell]:
    cells: list[_Cell] = []
    begin = 0
    for at, line in enumerate(lines):
        if line.ends_paragraph or at == len(lines) - 1:
            cells.append(tuple(lines[begin : at + 1]))
            begin = at + 1
    return cells


def _reach(cell: _Cell) -> tuple[float, float]:
    return min(line.x for line in cell), max(line.x + line.width for line in cell)


def _column(reach: tuple[float, float], columns: Sequence[tuple[float, float]]) -> int:
    """The column that is covered most, or else the nearest."""
    left, right = reach

    def near(column: tuple[float, float]) -> tuple[float, float]:
        covered = min(right, column[1]) - max(left, column[0])
        return max(covered, 0.0), -abs((left + right) - (column[0] + column[1]))

    return max(range(len(columns)), key=lambda at: near(columns[at]))
