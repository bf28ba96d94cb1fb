"""Tables: figures under each other, heads spread evenly, the trade's rules, every row on whole lines (rule J9)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from math import ceil
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from ...composition import Box, Frame, PlacedLine, TableCell, TableRow
from ...errors import Message, Problem
from ...issue.floats import Table
from ...roles import Role
from ...text.paragraph import TextRun
from ..canvas import Canvas
from ..parts.text_block import TextBlock
from .composer import RowsComposer
from .pictures import BoxCorners
from .rules import rule_across, rule_height
from .text_blocks import compose_text_block, first_baseline, set_text_block

FIGURE = re.compile(r"[+\-−±~～约]?[¥￥$]?\d[\d,，.:：/\-–~～]*(?:\.\d+)?\s*[%‰℃°]?[十百千万亿元]?|[—\-–]+|")
LEAST_TEXT = 3.0  # em of a column whose text is broken into lines
DECIMAL = "."
_LEAST_ROWS = 2  # of a table that goes on in the next column, here and there
SAME_WIDTH_RATIO = 1.2  # em by which columns of figures of one kind differ at most: two figures
_RowKind = Literal["head", "body", "total"]
UPPER = 0.6  # of the air round a table, what stands over it


class SetRow(Struct, frozen=True):
    """A row of set cells, `height` pt high."""

    cells: tuple[TextBlock, ...]
    height: float


class SetTable(Struct, frozen=True):
    """A table set for a width: columns from `lefts`, each `widths` wide (pt from the table's left edge).

    `points` is where the decimal points of a column stand from its right edge, None where it has none. `over` (pt) is
    how much wider than its place it is.
    """

    table: Table
    title: TextBlock | None
    continued: TextBlock | None
    head: SetRow | None
    rows: tuple[SetRow, ...]
    total: SetRow | None
    foot: tuple[TextBlock, ...]
    lefts: tuple[float, ...]
    widths: tuple[float, ...]
    aligns: tuple[str, ...]
    points: tuple[float | None, ...]
    over: float = 0.0

    @property
    def body(self) -> tuple[SetRow, ...]:
        return (*self.rows, self.total) if self.total else self.rows

    @property
    def head_height(self) -> float:
        return self.head.height if self.head else 0.0

    def height(self, rows: range, *, begins: bool = True, ends: bool = True) -> float:
        """Of some of its rows with what stands over and under them, pt."""
        title, body = self.title if begins else self.continued, self.body
        height = (title.height if title else 0.0) + self.head_height + sum(body[index].height for index in rows)
        return height + (sum(text_block.height for text_block in self.foot) if ends else 0.0)


class TableRows:
    """A table set for a column, which may go on in the next one: title and head come again there."""

    def __init__(self, canvas: Canvas, table: Table, width: float) -> None:
        self._made = set_table(canvas, table, width)
        self._air, self._leading = canvas.style.table.air * canvas.grid.leading, canvas.grid.leading

    @property
    def count(self) -> int:
        return len(self._made.body)

    def fit(self, begin: int, room: int) -> tuple[int, int]:
        """Rows from `begin` on for `room` lines: none, if there would be a single one here or in the next column."""
        made, rows, end = self._made, 0.0, begin
        head, foot = made.height(range(0), begins=begin == 0, ends=False), sum(note.height for note in made.foot)
        for row in made.body[begin:]:
            rows += row.height
            height = head + rows + (foot if end + 1 == self.count else 0.0)
            if height + self._air > room * self._leading + 0.01:
                break
            end += 1
        if end == self.count - 1:
            end -= 1
        if end < self.count and end - begin < _LEAST_ROWS:
            return begin, 0
        return end, ceil((self._height(begin, end) + self._air) / self._leading - 1e-6)

    def _height(self, begin: int, end: int) -> float:
        return self._made.height(range(begin, end), begins=begin == 0, ends=end == self.count)

    def place(
        self,
        canvas: Canvas,
        page: int,
        begin: int,
        end: int,
        article: str,
        box: BoxCorners,
        order: int,
        *,
        at_head: bool,
        at_foot: bool,
    ) -> None:
        made = self._made
        if made.over > 0:
            canvas.problems.append(_too_wide(made.table, made.over / canvas.grid.em))
        rows, begins, ends = range(begin, end), begin == 0, end == self.count
        spare = box[3] - made.height(rows, begins=begins, ends=ends)
        top, foot = (rule_height(canvas.style, name) / 2 for name in (canvas.style.table.top, canvas.style.table.foot))
        float_ = (canvas.grid.leading - canvas.grid.em) / 2
        over = min(self._air, spare) * UPPER
        if at_head:  # as the text beside it begins: a title on its baseline, a rule on the tops of its characters
            title = made.title if begins else made.continued
            first = canvas.grid.baseline(0) - canvas.grid.y(0)
            over = min(first - first_baseline(title) if title else float_ + top, spare)
        elif at_foot:  # its last rule, or its last line, on the feet of the text beside it
            over = max(over, spare - float_ - (0.0 if ends and made.foot else foot))
        place_rows(canvas, page, made, rows, article, box, order, over, begins=begins, ends=ends)


def set_table(canvas: Canvas, table: Table, width: float) -> SetTable:
    """Sets every cell in the largest of the style's sizes in which the table fits its width."""
    made = None
    sizes: Sequence[float | None] = canvas.style.table.sizes or (None,)
    for size in sizes:
        made = _set(canvas, table, width, size)
        if made.over <= 0:
            break
    assert made is not None
    return made


def _set(canvas: Canvas, table: Table, width: float, size: float | None) -> SetTable:
    style = canvas.style.table
    texts = [row for row in (*table.rows, table.total) if row]
    heads = [column.title for column in table.columns]
    aligns = tuple(_align(table, index) for index in range(len(heads)))
    natural = [[_cell(canvas, "table", text, None, table, size) for text in row] for row in texts]
    set_heads = [_cell(canvas, "table_head", head, None, table, size) for head in heads]
    em = canvas.style.text_style("table").size if size is None else size
    wanted, points = [], []
    for index, align in enumerate(aligns):
        cells = [row[index] for row in natural]
        widest = max((cell.extent for cell in cells), default=0.0)
        point = None
        if align == "decimal":
            after = max((_after_point(cell) for cell in cells), default=0.0)
            widest = max((cell.extent - _after_point(cell) for cell in cells), default=0.0) + after
            point = after
        wanted.append(max(widest, set_heads[index].extent))
        points.append(point)
    inner = width - 2 * style.inset * em - style.gap * em * (len(heads) - 1)
    wanted = _of_one_width(wanted, [_form(column) for column in zip(*texts, strict=True)], aligns, em, inner)
    widths, over = _widths(wanted, aligns, heads, width, style.gap * em, LEAST_TEXT * em, style.inset * em)
    gap = (width - 2 * style.inset * em - sum(widths)) / max(len(widths) - 1, 1) if over <= 0 else style.gap * em
    if len(widths) == 1:
        widths, gap = [width - 2 * style.inset * em], 0.0
    lefts = [style.inset * em + sum(widths[:index]) + index * gap for index in range(len(widths))]
    rows = [
        _row(
            canvas,
            [
                cell
                if cell.extent <= widths[index] + 0.01
                else _cell(canvas, "table", text, widths[index], table, size)
                for index, (cell, text) in enumerate(zip(cells, row, strict=True))
            ],
        )
        for cells, row in zip(natural, texts, strict=True)
    ]
    head = None
    if any(heads):
        contents = [max((row[index].extent for row in natural), default=0.0) for index in range(len(heads))]
        head = _row(
            canvas, [_head(canvas, t, w, c, table, size) for t, w, c in zip(heads, widths, contents, strict=True)]
        )
    if table.total and aligns[0] == "left" and rows[-1].cells[0].lines:  # 合计 spread as the head over it is
        first = max((cells[0].extent for cells in natural), default=0.0)
        label = _head(canvas, table.total[0], widths[0], first, table, size, "table")
        rows[-1] = replace(rows[-1], cells=(label, *rows[-1].cells[1:]))
    title = continued = None
    if table.title:
        word = canvas.style.word("continued", "（续）", canvas.language(table.id))
        title = set_text_block(canvas, "table_title", table.title, width, table.place("title"), owner=table.id)
        continued = set_text_block(
            canvas, "table_title", table.title + word, width, table.place("title"), owner=table.id
        )
    total = rows.pop() if table.total else None
    return SetTable(
        table,
        title,
        continued,
        head,
        tuple(rows),
        total,
        tuple(_foot(canvas, table, width)),
        tuple(lefts),
        tuple(widths),
        aligns,
        tuple(points),
        over,
    )


def _cell(canvas: Canvas, role: str, text: str, width: float | None, table: Table, size: float | None) -> TextBlock:
    return set_text_block(canvas, role, text, width, table.mark, size=size, align="left", owner=table.id)


def _head(
    canvas: Canvas,
    text: str,
    width: float,
    content: float,
    table: Table,
    size: float | None,
    role: str = "table_head",
) -> TextBlock:
    """A head of two or three Han is spread over a wider column, by half to a whole character (rules E10, J9)."""
    natural = _cell(canvas, role, text, None, table, size)
    em = natural.style.size
    room = min(content, natural.extent + em)
    if 2 <= len(text) <= 3 and room >= natural.extent + em / 2 and all("\u4e00" <= char <= "\u9fff" for char in text):
        return set_text_block(canvas, role, text, room, table.mark, size=size, align="distribute", owner=table.id)
    return natural if natural.extent <= width + 0.01 else _cell(canvas, role, text, width, table, size)


def _row(canvas: Canvas, cells: Sequence[TextBlock]) -> SetRow:
    """Cells of one line stand in a row of the style's height; each further line adds its leading."""
    further = max((cell.height - cell.style.leading for cell in cells if cell.lines), default=0.0)
    return SetRow(tuple(cells), canvas.style.table.row_height + further)


def _foot(canvas: Canvas, table: Table, width: float) -> list[TextBlock]:
    found = []
    if table.note:
        found.append(set_text_block(canvas, "table_note", table.note, width, table.place("note"), owner=table.id))
    if table.credit:
        style = canvas.style.text_style("credit")
        runs = [TextRun(table.credit, style.face, tag="credit")]
        found.append(
            set_text_block(canvas, "table_note", runs, width, table.place("credit"), align="right", owner=table.id)
        )
    return found


def _align(table: Table, index: int) -> str:
    """What a column says, else figures right (on their decimal points where they have any) and text left."""
    message = table.columns[index].align
    if message:
        return message
    cells = [row[index] for row in (*table.rows, table.total) if row]
    if not all(FIGURE.fullmatch(cell.strip()) for cell in cells) or not any(cells):
        return "left"
    return "decimal" if sum(cell.count(DECIMAL) == 1 for cell in cells) > 0 else "right"


def _form(cells: Sequence[str]) -> frozenset[str]:
    """What the figures of a column look like, whatever they are: times, whole numbers, per cents."""
    return frozenset(re.sub(r"\d+", "0", cell.strip()) for cell in cells)


def _of_one_width(
    wanted: Sequence[float], forms: Sequence[frozenset[str]], aligns: Sequence[str], em: float, room: float
) -> list[float]:
    """Neighbouring columns of figures of one form, nearly of one width, get that of the widest, as in a timetable.

    Nearly is two figures more or less; where there is no room for it in all, every column keeps its own."""
    widths = list(wanted)
    for _, group in groupby(range(len(wanted)), key=lambda at: (aligns[at], forms[at])):
        alike = list(group)
        widest = max(wanted[at] for at in alike)
        if (
            aligns[alike[0]] in ("right", "decimal")
            and widest - min(wanted[at] for at in alike) <= SAME_WIDTH_RATIO * em
        ):
            for at in alike:
                widths[at] = widest
    return widths if sum(widths) <= room + 0.01 else list(wanted)


def _after_point(cell: TextBlock) -> float:
    """How far a figure reaches to the right of where its decimal point stands or would stand, pt."""
    if not cell.lines:
        return 0.0
    line = cell.lines[0]
    at = line.text.rfind(DECIMAL)
    if at < 0:
        figures = re.match(r"[^%‰℃°元万亿千百十]*", line.text)
        at = figures.end() if figures else len(line.text)
    xs = [x for piece in line.pieces for x in piece.xs]
    start = xs[at] if at < len(xs) else line.x + line.width
    return (line.x + line.width - start) * cell.style.size


def _widths(
    wanted: Sequence[float],
    aligns: Sequence[str],
    heads: Sequence[str],
    width: float,
    gap: float,
    least: float,
    float_: float,
) -> tuple[list[float], float]:
    """Widths of the columns, and how much they are too wide: text gives where there is not enough room."""
    room = width - 2 * float_ - gap * (len(wanted) - 1)
    widths = list(wanted)
    while sum(widths) > room + 0.01:
        giving = [i for i, align in enumerate(aligns) if align in ("left", "center") and widths[i] > least + 0.01]
        if not giving:
            return widths, sum(widths) - room
        widest = max(giving, key=lambda i: widths[i])
        others = [widths[i] for i in giving if widths[i] < widths[widest] - 0.01]
        floor = max(max(others, default=least), least, widths[widest] - (sum(widths) - room))
        widths[widest] = floor
    return widths, 0.0


def place_rows(
    canvas: Canvas,
    page: int,
    made: SetTable,
    rows: range,
    article: str,
    box: BoxCorners,
    order: int,
    over: float,
    *,
    begins: bool = True,
    ends: bool = True,
) -> None:
    """Some rows of a table in a box, `over` pt under its top: with its title, or （续） where it goes on, and with its
    head again."""
    style = canvas.style.table
    x, y, width, height = box
    y += over
    lines: list[PlacedLine] = []
    placed: list[TableRow] = []
    rules: list[Box] = []
    title = made.title if begins else made.continued
    if title:
        lines += compose_text_block(canvas, title, x, y, number=1)
        y += title.height
    top = y

    def rule(name: str, at: float) -> None:
        rules.extend(rule_across(canvas.style, name, x, at - rule_height(canvas.style, name) / 2, width, "table_rule"))

    number = 2
    if made.head:
        rules[:0] = _ground(canvas, style.head_fill, x, y, width, made.head.height)
        placed.append(_place_row(canvas, made, made.head, "head", lines, x, y, number))
        y += made.head.height
        rule(style.head, y)
        number += 1
    for index in rows:
        row = made.body[index]
        if index != rows[0]:
            rule(style.total if row is made.total else style.row, y)
        if (index - rows[0]) % 2:
            rules[:0] = _ground(canvas, style.band, x, y, width, row.height)
        kind: _RowKind = "total" if row is made.total else "body"
        placed.append(_place_row(canvas, made, row, kind, lines, x, y, number + index))
        y += row.height
    rule(style.top, top)
    rule(style.foot, y)
    if style.column:
        rules += _column_rules(canvas, made, x, top, y)
    canvas.add_boxes(page, rules)
    number += len(made.body)
    if ends:
        colours = {"credit": canvas.style.text_style("credit").colour}
        for text_block in made.foot:
            lines += compose_text_block(canvas, text_block, x, y, number=number, colours=colours)
            y += text_block.height
            number += 1
    frame = x, box[1], width, height
    canvas.add_frames(page, [Frame(article, Role.TABLE, *frame, tuple(lines), order=order, rows=tuple(placed))])


def _place_row(
    canvas: Canvas,
    made: SetTable,
    row: SetRow,
    kind: _RowKind,
    lines: list[PlacedLine],
    x: float,
    y: float,
    number: int,
) -> TableRow:
    """Adds the lines of a row, its top left corner at (x, y) pt; returns which of them are in which cell.

    A cell of the head is the head of its column, and the first cell of the row of totals (合计) that of its row.
    """
    placed: list[TableCell] = []
    for index, cell in enumerate(row.cells):
        begin = len(lines)
        lines += _place_cell(canvas, made, row, index, kind, x, y, number) if cell.lines else ()
        heads: Literal["", "column", "row"] = "column" if kind == "head" else ""
        if kind == "total" and index == 0 and cell.lines:
            heads = "row"
        placed.append(TableCell(begin, len(lines), heads=heads))
    return TableRow(kind, tuple(placed))


def _place_cell(
    canvas: Canvas, made: SetTable, row: SetRow, index: int, kind: _RowKind, x: float, y: float, number: int
) -> tuple[PlacedLine, ...]:
    cell = row.cells[index]
    left, width, align = x + made.lefts[index], made.widths[index], made.aligns[index]
    room = width - cell.extent
    if len(cell.lines) > 1 or align == "left":
        at = left
    elif align == "center":
        at = left + room / 2
    elif align == "decimal" and kind != "head":
        # the column's figures stand in the middle of what its head is wider
        point = made.points[index] or 0.0
        at = left + width - point - (cell.extent - _after_point(cell))
    else:
        at = left + room
    return compose_text_block(canvas, cell, at, y + (row.height - cell.height) / 2, number=number)


def _column_rules(canvas: Canvas, made: SetTable, x: float, top: float, foot: float) -> list[Box]:
    rule = canvas.style.rules[canvas.style.table.column]
    colour = canvas.style.colour(rule.colour)
    boxes = []
    for index in range(1, len(made.lefts)):
        middle = (made.lefts[index - 1] + made.widths[index - 1] + made.lefts[index]) / 2
        boxes.append(
            Box("rule", x + middle - rule.width / 2, top, rule.width, foot - top, fill=colour, name="table_rule")
        )
    return boxes


def _ground(canvas: Canvas, colour: str, x: float, y: float, width: float, height: float) -> list[Box]:
    if not colour:
        return []
    return [Box("frame", x, y, width, height, fill=canvas.style.colour(colour), name="table_ground")]


def _too_wide(table: Table, over: float) -> Problem:
    name = table.title or table.id
    called = Message(f"表格《{name}》" if name else "表格", f"the table “{name}”" if name else "the table")
    return Problem(
        "table-wide",
        Message(f"{called.zh}比它的位置宽 {over:.1f} 字", f"{called.en} is {over:.1f} em wider than its place"),
        Message("减少栏目、缩短数字，或给它更宽的区域", "take columns away, shorten it, or give it a wider area"),
        table.mark,
    )


COMPOSER = RowsComposer(TableRows)
