"""The structure of a table: rows of its head, title, row of totals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from .manuscript import ImportLog, SourceTable

_TOTAL = re.compile(r"(?:总\s*计|合\s*计|共\s*计|小\s*计|总\s*数|总\s*和|累\s*计)(?:[（(].*[）)])?[:：]?")


class Cell(NamedTuple):
    """A cell of the grid; of a merged cell all but one continue the one `left` or `above`."""

    text: str
    left: bool = False
    above: bool = False

    @property
    def covered(self) -> bool:
        return self.left or self.above


def shaped(number: int, grid: Sequence[Sequence[Cell]], notes: ImportLog) -> SourceTable:
    """A table with one row of heads, merged ones joined; below, cells covered by a merged one are empty."""
    rows = [list(row) for row in grid]
    title = ""
    if len(rows) > 2 and len(rows[0]) > 1 and all(cell.left for cell in rows[0][1:]):
        title = rows.pop(0)[0].text
    head = _head_rows(rows)
    headings = tuple(_heading([row[column].text for row in rows[:head]]) for column in range(len(rows[0])))
    if head > 1:
        zh, en = (
            f"表头有 {head} 行，合成了一行：{'、'.join(headings)}",
            f"the table's {head} rows of headings became one: {', '.join(headings)}",
        )
        notes.report("merged-cells", zh, en, at=number, needs_review=True)
    body = [tuple("" if cell.covered else cell.text for cell in row) for row in rows[head:]]
    if any(cell.covered for row in rows[head:] for cell in row):
        zh, en = (
            "表格里合并的单元格拆开了，多出的格子空着",
            "merged cells were parted; the cells that came of it are empty",
        )
        notes.report("merged-cells", zh, en, at=number, needs_review=True)
    total: tuple[str, ...] = ()
    if len(body) > 1 and _TOTAL.fullmatch(body[-1][0].strip()):
        total = body.pop()
    return SourceTable(number, (headings, *body), title, total)


def _head_rows(rows: Sequence[Sequence[Cell]]) -> int:
    """Rows of the head: as many as a cell of the first row spans; two if one is over several without figures."""
    head = 1
    while head < len(rows) - 1 and any(cell.above for cell in rows[head]):
        head += 1
    if head == 1 and len(rows) > 2 and any(cell.left for cell in rows[0]):
        head += not any(re.search(r"\d", cell.text) for cell in rows[1])
    return head


def _heading(texts: Sequence[str]) -> str:
    return " ".join(dict.fromkeys(" ".join(text.split()) for text in texts if text.strip()))
