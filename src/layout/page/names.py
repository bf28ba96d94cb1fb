"""Name lists (名单): names evenly spaced in columns under a heading, the dead in frames (rules E10, J2, J9, J10)."""

from __future__ import annotations

from math import ceil

from ..composition import Box, Frame, Line, Span
from ..errors import Problem, Words
from ..issue.insets import NameGroup, Person
from ..style.grid import ASCENT_EM
from ..text.name_list import Name, NameCell, NameList, name_list
from .dummy import Dummy
from .passages import Passage, compose_passage, set_passage
from .pictures import Rectangle

FRAME_EM = 0.12  # how far the frame of the dead stands outside the name


class NameRows:
    """A group of names set for a column; it may go on in the next one, where its heading comes again with （续）."""

    def __init__(self, dummy: Dummy, group: NameGroup, width: float) -> None:
        self._group, self._style, self._leading = group, dummy.style.names, dummy.grid.leading
        self._text, names = dummy.style.text_style("names"), self._style
        self._list: NameList = name_list(
            [_name(who) for who in group.names],
            width / self._text.size,
            face=dummy.faces[self._text.face],
            slot=names.slot,
            gap=names.gap,
        )
        again = dummy.style.words.get("continued", "（续）")
        self._heads = [self._head(dummy, after, width) for after in ("", again)]

    def _head(self, dummy: Dummy, after: str, width: float) -> Passage | None:
        if not self._group.heading:
            return None
        return set_passage(dummy, "names_head", self._group.heading + after, width, self._group.place("heading"))

    @property
    def count(self) -> int:
        return len(self._list.rows)

    def fit(self, begin: int, room: int) -> tuple[int, int]:
        """Rows from `begin` on for `room` lines; one of several does not stand alone."""
        head = self._heads[begin > 0]
        over = self._style.air * self._leading + (head.height if head else 0.0)
        end = min(self.count, begin + int((room * self._leading - over + 0.01) / self._style.row_height))
        if end <= begin or (end < self.count and end - begin < 2):
            return begin, 0
        return end, ceil((over + (end - begin) * self._style.row_height) / self._leading - 1e-6)

    def place(
        self,
        dummy: Dummy,
        page: int,
        begin: int,
        end: int,
        article: str,
        box: Rectangle,
        order: int,
        *,
        at_head: bool,
        at_foot: bool,
    ) -> None:
        """Its rows are lines of text, so head and foot of the column are nothing to them."""
        style = self._style
        x, y, width, height = box
        top = y + style.air * dummy.grid.leading / 2
        lines: list[Line] = []
        head = self._heads[begin > 0]
        if head:
            lines += compose_passage(dummy, head, x, top)
            top += head.height
        for row in range(begin, end):
            for cell in self._list.rows[row]:
                lines.append(self._line(dummy, cell, x, top, row + 2))
                if cell.frame:
                    dummy.add_boxes(page, [self._frame(dummy, cell.frame, x, top)])
            top += style.row_height
        dummy.add_frames(page, [Frame(article, "names", x, y, width, height, tuple(lines), order=order)])
        if self._list.over and end == self.count:
            dummy.problems.append(_too_long(self._list.over, self._group))

    def _line(self, dummy: Dummy, cell: NameCell, x: float, top: float, number: int) -> Line:
        size, at, spans = self._text.size, 0, []
        colour = dummy.style.colour(self._text.colour)
        for text, face in dummy.glyphs.parts(cell.text, self._text.face, self._group.mark):
            xs = [x + place * size for place in cell.xs[at : at + len(text)]]
            spans.append(Span(text, face, size, xs, colour))
            at += len(text)
        baseline = top + (self._style.row_height - size) / 2 + ASCENT_EM * size
        return Line(
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

    def _frame(self, dummy: Dummy, edges: tuple[float, float], x: float, top: float) -> Box:
        size, style = self._text.size, self._style
        left, right = (x + edge * size for edge in edges)
        out = FRAME_EM * size + style.frame
        y = top + (style.row_height - size) / 2 - out
        colour = dummy.style.colour(self._text.colour)
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


def _name(who: object) -> Name:
    """A name as the list takes it; what someone is stands in brackets after it."""
    if isinstance(who, Person):
        said = " ".join(part for part in (who.department, who.role) if part)
        return Name(who.name, f"（{said}）" if said else "", who.deceased)
    return Name(str(who))


def _too_long(names: tuple[str, ...], group: NameGroup) -> Problem:
    told = "、".join(names), ", ".join(names)
    return Problem(
        "name-long",
        Words(f"名单里放不下：{told[0]}", f"too long for the list of names: {told[1]}"),
        Words("缩短，或把名单放进更宽的区域", "shorten it, or give the list a wider area"),
        group.mark,
    )
