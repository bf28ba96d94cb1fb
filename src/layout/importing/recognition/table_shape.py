"""The structure of a table: rows of its head, title, row of totals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from ..manuscript import Figure, ImportLog, SourceBlock, SourceParagraph, SourceTable

_TOTAL = re.compile(r"(?:总\s*计|合\s*计|共\s*计|小\s*计|总\s*数|总\s*和|累\s*计)(?:[（(].*[）)])?[:：]?")

_CAPTION = 80  # characters of a text beside or below a picture in a table


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


def in_order(rows: Sequence[Sequence[Sequence[SourceBlock]]]) -> list[SourceBlock]:
    """The content of a table that only arranges, row by row; a row of pictures with a row of as many short texts below
    it goes column by column, as these are the captions."""
    found: list[SourceBlock] = []
    below: Sequence[Sequence[SourceBlock]] = ()
    for row, following in zip(rows, [*rows[1:], ()], strict=False):  # of no rows there are none
        if row is below:
            continue
        pictures = [cell for cell in row if cell and all(isinstance(block, Figure) for block in cell)]
        captions = [cell for cell in following if len(cell) == 1 and _is_short(cell[0])]
        if len(pictures) == len(row) == len(captions) == len(following):
            below = following
            for cell, caption in zip(row, captions, strict=True):
                found += [*cell, *map(_as_caption, caption)]
            continue
        beside = len(row) == 2 and len(pictures) == 1
        for cell in sorted(row, key=lambda cell: cell not in pictures) if beside else row:
            found += map(_as_caption, cell) if beside and len(cell) == 1 and _is_short(cell[0]) else cell
    return found


def _is_short(block: SourceBlock) -> bool:
    return isinstance(block, SourceParagraph) and block.role in ("", "caption") and len(block.text) <= _CAPTION


def _as_caption(block: SourceBlock) -> SourceBlock:
    return replace(block, role="caption") if isinstance(block, SourceParagraph) else block


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
