"""Tables: figures under each other, heads spread evenly, the trade's rules, every row on whole lines (rule J9)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..composition import Box, Frame, Line
from ..errors import Problem, Words
from ..issue.insets import Table
from ..text.paragraph import Run
from .dummy import Dummy
from .passages import Passage, compose_passage, set_passage, whole_lines
from .pictures import Rectangle
from .rules import across, rule_height

FIGURE = re.compile(r"[+\-−±~～约]?[¥￥$]?\d[\d,，.:：/\-–~～]*(?:\.\d+)?\s*[%‰℃°]?[十百千万亿元]?|[—\-–]+|")
LEAST_TEXT = 3.0  # em of a column whose text is broken into lines
DECIMAL = "."


@dataclass(frozen=True, slots=True)
class Row:
    """A row of set cells; `lines` of the grid that it takes."""

    cells: tuple[Passage, ...]
    lines: int


@dataclass(frozen=True, slots=True)
class SetTable:
    """A table set for a width: columns from `lefts`, each `widths` wide (pt from the table's left edge).

    `points` is where the decimal points of a column stand from its right edge, None where it has none. `over` (pt) is
    how much wider than its place it is.
    """

    table: Table
    title: Passage | None
    head: Row | None
    rows: tuple[Row, ...]
    total: Row | None
    foot: tuple[Passage, ...]
    lefts: tuple[float, ...]
    widths: tuple[float, ...]
    aligns: tuple[str, ...]
    points: tuple[float | None, ...]
    over: float = 0.0

    def title_lines(self, dummy: Dummy) -> int:
        return whole_lines(dummy, self.title.height) if self.title else 0

    def foot_lines(self, dummy: Dummy) -> int:
        return whole_lines(dummy, sum(passage.height for passage in self.foot))

    @property
    def head_lines(self) -> int:
        return self.head.lines if self.head else 0

    @property
    def body(self) -> tuple[Row, ...]:
        return (*self.rows, self.total) if self.total else self.rows


def table_lines(dummy: Dummy, table: Table, article: str, width: float) -> int:
    """Whole lines that the table takes in a column `width` pt wide."""
    made = set_table(dummy, table, width)
    return made.title_lines(dummy) + made.head_lines + sum(row.lines for row in made.body) + made.foot_lines(dummy)


def place_table(dummy: Dummy, page: int, table: Table, article: str, box: Rectangle, order: int) -> None:
    """The whole table in a box."""
    made = set_table(dummy, table, box[2])
    place_rows(dummy, page, made, range(len(made.body)), article, box, order)


def set_table(dummy: Dummy, table: Table, width: float) -> SetTable:
    """Sets every cell in the largest of the style's sizes in which the table fits its width."""
    made = None
    sizes: Sequence[float | None] = dummy.style.table.sizes or (None,)
    for size in sizes:
        made = _set(dummy, table, width, size)
        if made.over <= 0:
            break
    assert made is not None
    if made.over > 0:
        problem = _too_wide(table, made.over / dummy.grid.em)
        if problem not in dummy.problems:
            dummy.problems.append(problem)
    return made


def _set(dummy: Dummy, table: Table, width: float, size: float | None) -> SetTable:
    style = dummy.style.table
    texts = [row for row in (*table.rows, table.total) if row]
    heads = [column.title for column in table.columns]
    aligns = tuple(_align(table, index) for index in range(len(heads)))
    natural = [[_cell(dummy, "table", text, None, table, size) for text in row] for row in texts]
    set_heads = [_cell(dummy, "table_head", head, None, table, size) for head in heads]
    em = dummy.style.text_style("table").size if size is None else size
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
    widths, over = _widths(wanted, aligns, heads, width, style.gap * em, LEAST_TEXT * em, style.inset * em)
    gap = (width - 2 * style.inset * em - sum(widths)) / max(len(widths) - 1, 1) if over <= 0 else style.gap * em
    if len(widths) == 1:
        widths, gap = [width - 2 * style.inset * em], 0.0
    lefts = [style.inset * em + sum(widths[:index]) + index * gap for index in range(len(widths))]
    rows = [
        _row(
            dummy,
            [
                cell if cell.extent <= widths[index] + 0.01 else _cell(dummy, "table", text, widths[index], table, size)
                for index, (cell, text) in enumerate(zip(cells, row, strict=True))
            ],
        )
        for cells, row in zip(natural, texts, strict=True)
    ]
    head = None
    if any(heads):
        contents = [max((row[index].extent for row in natural), default=0.0) for index in range(len(heads))]
        head = _row(
            dummy, [_head(dummy, t, w, c, table, size) for t, w, c in zip(heads, widths, contents, strict=True)]
        )
    title = set_passage(dummy, "table_title", table.title, width, table.place("title")) if table.title else None
    total = rows.pop() if table.total else None
    return SetTable(
        table,
        title,
        head,
        tuple(rows),
        total,
        tuple(_foot(dummy, table, width)),
        tuple(lefts),
        tuple(widths),
        aligns,
        tuple(points),
        over,
    )


def _cell(dummy: Dummy, role: str, text: str, width: float | None, table: Table, size: float | None) -> Passage:
    return set_passage(dummy, role, text, width, table.mark, size=size, align="left")


def _head(dummy: Dummy, text: str, width: float, content: float, table: Table, size: float | None) -> Passage:
    """A head of two or three Han is spread over a wider column, by as much as one more character (rules E10, J9)."""
    natural = _cell(dummy, "table_head", text, None, table, size)
    em = natural.style.size
    room = min(content, natural.extent + em)
    if 2 <= len(text) <= 3 and room > natural.extent + 0.01 and all("\u4e00" <= char <= "\u9fff" for char in text):
        return set_passage(dummy, "table_head", text, room, table.mark, size=size, align="distribute")
    return natural if natural.extent <= width + 0.01 else _cell(dummy, "table_head", text, width, table, size)


def _row(dummy: Dummy, cells: Sequence[Passage]) -> Row:
    return Row(tuple(cells), max(1, *(whole_lines(dummy, cell.height) for cell in cells)))


def _foot(dummy: Dummy, table: Table, width: float) -> list[Passage]:
    found = []
    if table.note:
        found.append(set_passage(dummy, "table_note", table.note, width, table.place("note")))
    if table.credit:
        style = dummy.style.text_style("credit")
        runs = [Run(table.credit, style.face, tag="credit")]
        found.append(set_passage(dummy, "table_note", runs, width, table.place("credit"), align="right"))
    return found


def _align(table: Table, index: int) -> str:
    """What a column says, else figures right (on their decimal points where they have any) and text left."""
    said = table.columns[index].align
    if said:
        return said
    cells = [row[index] for row in (*table.rows, table.total) if row]
    if not all(FIGURE.fullmatch(cell.strip()) for cell in cells) or not any(cells):
        return "left"
    return "decimal" if sum(cell.count(DECIMAL) == 1 for cell in cells) > 0 else "right"


def _after_point(cell: Passage) -> float:
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
    inset: float,
) -> tuple[list[float], float]:
    """Widths of the columns, and how much they are too wide: text gives where there is not enough room."""
    room = width - 2 * inset - gap * (len(wanted) - 1)
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
    dummy: Dummy,
    page: int,
    made: SetTable,
    rows: range,
    article: str,
    box: Rectangle,
    order: int,
    *,
    begins: bool = True,
    ends: bool = True,
) -> None:
    """Some rows of a table from the top of a box: with its title, or （续） where it goes on, and with its head again."""
    style, grid = dummy.style.table, dummy.grid
    x, y, width, _ = box
    lines: list[Line] = []
    rules: list[Box] = []
    title = made.title if begins else _continued(dummy, made, width)
    if title:
        lines += compose_passage(dummy, title, x, y, number=1)
        y += whole_lines(dummy, title.height) * grid.leading
    top = y

    def rule(name: str, at: float) -> None:
        if name:
            rules.extend(across(dummy.style, name, x, at, width))

    number = 2
    if made.head:
        rules[:0] = _ground(dummy, style.head_fill, x, y, width, made.head.lines)
        lines += _cells(dummy, made, made.head, x, y, number, head=True)
        y += made.head.lines * grid.leading
        rule(style.head, y - rule_height(dummy.style, style.head) / 2)
        number += 1
    for index in rows:
        row = made.body[index]
        if row is made.total:
            rule(style.total, y - rule_height(dummy.style, style.total) / 2)
        elif index != rows[0]:
            rule(style.row, y - rule_height(dummy.style, style.row) / 2)
        if (index - rows[0]) % 2:
            rules[:0] = _ground(dummy, style.band, x, y, width, row.lines)
        lines += _cells(dummy, made, row, x, y, number + index)
        y += row.lines * grid.leading
    rule(style.top, top)
    rule(style.foot, y - rule_height(dummy.style, style.foot))
    if style.column:
        rules += _column_rules(dummy, made, x, top, y)
    dummy.add_boxes(page, rules)
    number += len(made.body)
    if ends:
        for passage in made.foot:
            colours = {"credit": dummy.style.text_style("credit").colour}
            lines += compose_passage(dummy, passage, x, y, number=number, colours=colours)
            y += passage.height
            number += 1
    dummy.add_frames(page, [Frame(article, "table", x, box[1], width, box[3], tuple(lines), order=order)])


def continued_lines(dummy: Dummy, made: SetTable) -> int:
    """The lines that a part of a table takes before its rows where the table goes on."""
    title = _continued(dummy, made, 10_000.0)
    return (whole_lines(dummy, title.height) if title else 0) + made.head_lines


def _continued(dummy: Dummy, made: SetTable, width: float) -> Passage | None:
    word = dummy.style.words.get("continued", "（续）")
    if not made.table.title:
        return None
    return set_passage(dummy, "table_title", made.table.title + word, width, made.table.place("title"))


def _cells(
    dummy: Dummy, made: SetTable, row: Row, x: float, y: float, number: int, *, head: bool = False
) -> list[Line]:
    found: list[Line] = []
    for index, cell in enumerate(row.cells):
        if not cell.lines:
            continue
        left, width, align = x + made.lefts[index], made.widths[index], made.aligns[index]
        room = width - cell.extent
        if len(cell.lines) > 1 or align == "left":
            at = left
        elif align == "center":
            at = left + room / 2
        elif align == "decimal" and not head:
            # the column's figures stand in the middle of what its head is wider
            point = made.points[index] or 0.0
            at = left + width - point - (cell.extent - _after_point(cell))
        else:
            at = left + room
        top = y + (row.lines * dummy.grid.leading - cell.height) / 2
        found += compose_passage(dummy, cell, at, top, number=number)
    return found


def _column_rules(dummy: Dummy, made: SetTable, x: float, top: float, foot: float) -> list[Box]:
    rule = dummy.style.rules[dummy.style.table.column]
    colour = dummy.style.colour(rule.colour)
    boxes = []
    for index in range(1, len(made.lefts)):
        middle = (made.lefts[index - 1] + made.widths[index - 1] + made.lefts[index]) / 2
        boxes.append(
            Box("rule", x + middle - rule.width / 2, top, rule.width, foot - top, fill=colour, name="table_rule")
        )
    return boxes


def _ground(dummy: Dummy, colour: str, x: float, y: float, width: float, lines: int) -> list[Box]:
    if not colour:
        return []
    return [Box("frame", x, y, width, lines * dummy.grid.leading, fill=dummy.style.colour(colour), name="table_ground")]


def _too_wide(table: Table, over: float) -> Problem:
    name = table.title or table.id
    called = Words(f"表格《{name}》" if name else "表格", f"the table “{name}”" if name else "the table")
    return Problem(
        "table-wide",
        Words(f"{called.zh}比它的位置宽 {over:.1f} 字", f"{called.en} is {over:.1f} em wider than its place"),
        Words("减少栏目、缩短数字，或给它更宽的区域", "take columns away, shorten it, or give it a wider area"),
        table.mark,
    )
