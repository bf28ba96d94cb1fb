"""Name lists (名单): names evenly spaced in columns under a heading, the dead in frames (rules E10, J2, J9, J10)."""

from __future__ import annotations

from math import ceil

from ...composition import Box, Frame, PlacedLine, Span
from ...errors import Message, Problem
from ...issue.floats import NameGroup, Person
from ...roles import Role
from ...style.grid import ASCENT_EM
from ...text.headline.name_list import ListedName, NameCell, NameList, name_list
from ..canvas import Canvas
from ..parts.text_block import TextBlock
from .composer import RowsComposer
from .pictures import BoxCorners
from .text_blocks import compose_text_block, set_text_block

FRAME_THICKNESS_EM = 0.12  # em: distance of the frame round a dead person's name from the name


class NameRows:
    """A group of names set for a column; a part in the next column repeats the heading with （续）."""

    def __init__(self, canvas: Canvas, group: NameGroup, width: float) -> None:
        self._group, self._style, self._leading = group, canvas.style.names, canvas.grid.leading
        self._text, names = canvas.style.text_style("names"), self._style
        self._list: NameList = name_list(
            [_name(who) for who in group.names],
            width / self._text.size,
            face=canvas.faces[self._text.face],
            slot=names.slot,
            gap=names.gap,
        )
        again = canvas.style.word("continued", "（续）", canvas.language(group.id))
        self._heads = [self._head(canvas, after, width) for after in ("", again)]

    def _head(self, canvas: Canvas, after: str, width: float) -> TextBlock | None:
        if not self._group.heading:
            return None
        return set_text_block(canvas, "names_head", self._group.heading + after, width, self._group.place("heading"))

    @property
    def count(self) -> int:
        return len(self._list.rows)

    def fit(self, begin: int, room: int) -> tuple[int, int]:
        """Rows from `begin` on for `room` lines; of several rows, a single one is not divided off."""
        head = self._heads[begin > 0]
        over = self._style.air * self._leading + (head.height if head else 0.0)
        end = min(self.count, begin + int((room * self._leading - over + 0.01) / self._style.row_height))
        if end <= begin or (end < self.count and end - begin < 2):
            return begin, 0
        return end, ceil((over + (end - begin) * self._style.row_height) / self._leading - 1e-6)

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
        """The rows are lines of text, so `at_head` and `at_foot` make no difference."""
        style = self._style
        x, y, width, height = box
        top = y + style.air * canvas.grid.leading / 2
        lines: list[PlacedLine] = []
        head = self._heads[begin > 0]
        if head:
            lines += compose_text_block(canvas, head, x, top)
            top += head.height
        for row in range(begin, end):
            for cell in self._list.rows[row]:
                lines.append(self._line(canvas, cell, x, top, row + 2))
                if cell.frame:
                    canvas.add_boxes(page, [self._frame(canvas, cell.frame, x, top)])
            top += style.row_height
        canvas.add_frames(page, [Frame(article, Role.NAMES, x, y, width, height, tuple(lines), order=order)])
        if self._list.over and end == self.count:
            canvas.problems.append(_too_long(self._list.over, self._group))

    def _line(self, canvas: Canvas, cell: NameCell, x: float, top: float, number: int) -> PlacedLine:
        size, at, spans = self._text.size, 0, []
        colour = canvas.style.colour(self._text.colour)
        for text, face in canvas.glyphs.parts(cell.text, self._text.face, self._group.mark):
            xs = [x + place * size for place in cell.xs[at : at + len(text)]]
            spans.append(Span(text, face, size, xs, colour))
            at += len(text)
        baseline = top + (self._style.row_height - size) / 2 + ASCENT_EM * size
        return PlacedLine(
            cell.text,
            x + cell.x * size,
            baseline,
            cell.width * size,
            size,
            tuple(spans),
            number,
            0,
            len(cell.text),
            mark=self._group.mark,
        )

    def _frame(self, canvas: Canvas, edges: tuple[float, float], x: float, top: float) -> Box:
        size, style = self._text.size, self._style
        left, right = (x + edge * size for edge in edges)
        out = FRAME_THICKNESS_EM * size + style.frame
        y = top + (style.row_height - size) / 2 - out
        colour = canvas.style.colour(self._text.colour)
        return Box(
            "frame",
            left - out,
            y,
            right - left + 2 * out,
            size + 2 * out,
            stroke=colour,
            stroke_width=style.frame,
            name="symbol_of_death",
        )


def _name(who: object) -> ListedName:
    """A name as the list takes it, a person's description in brackets after it."""
    if isinstance(who, Person):
        message = " ".join(part for part in (who.department, who.role) if part)
        return ListedName(who.name, f"（{message}）" if message else "", who.deceased)
    return ListedName(str(who))


def _too_long(names: tuple[str, ...], group: NameGroup) -> Problem:
    joined = "、".join(names), ", ".join(names)
    typed = [who.name if isinstance(who, Person) else str(who) for who in group.names]
    first = next((index for index, name in enumerate(typed) if names[0].startswith(name)), 0)
    return Problem(
        "name-long",
        Message(f"名单里放不下：{joined[0]}", f"too long for the list of names: {joined[1]}"),
        Message("缩短，或把名单放进更宽的区域", "shorten it, or give the list a wider area"),
        group.place(f"names.{first}"),
    )


COMPOSER = RowsComposer(NameRows)
