"""Name lists (名单): names evenly spaced in columns under a heading, the dead in frames (rules E10, J2, J9, J10)."""

from __future__ import annotations

from ..composition import Box, Frame, Line, Span
from ..errors import Problem, Words
from ..issue.insets import NameGroup, Person
from ..style.grid import ASCENT_EM
from ..text.name_list import Name, NameCell, NameList, name_list
from .dummy import Dummy
from .passages import Passage, compose_passage, set_passage, whole_lines
from .pictures import Rectangle

FRAME_EM = 0.12  # how far the frame of the dead stands outside the name


class NameRows:
    """A group of names set for a column; it may go on in the next one, where its heading comes again with （续）."""

    def __init__(self, dummy: Dummy, group: NameGroup, width: float) -> None:
        self._dummy, self._group = dummy, group
        self._text, names = dummy.style.text_style("names"), dummy.style.names
        self._list: NameList = name_list(
            [_name(who) for who in group.names],
            width / self._text.size,
            face=dummy.faces[self._text.face],
            slot=names.slot,
            gap=names.gap,
        )
        self._heads = [self._head("", width), self._head(dummy.style.words.get("continued", "（续）"), width)]

    def _head(self, after: str, width: float) -> Passage | None:
        if not self._group.heading:
            return None
        return set_passage(self._dummy, "names_head", self._group.heading + after, width, self._group.place("heading"))

    @property
    def count(self) -> int:
        return len(self._list.rows)

    def fit(self, begin: int, room: int) -> tuple[int, int]:
        """Rows from `begin` on for `room` lines; one of several does not stand alone."""
        leading, style = self._dummy.grid.leading, self._dummy.style.names
        head = self._heads[begin > 0]
        over = style.air * leading + (head.height if head else 0.0)
        end = min(self.count, begin + int((room * leading - over + 0.01) / style.row_height))
        if end <= begin or (end < self.count and end - begin < 2):
            return begin, 0
        return end, whole_lines(self._dummy, over + (end - begin) * style.row_height)

    def place(self, page: int, begin: int, end: int, article: str, box: Rectangle, order: int) -> None:
        dummy, style = self._dummy, self._dummy.style.names
        x, y, width, height = box
        top = y + style.air * dummy.grid.leading / 2
        lines: list[Line] = []
        head = self._heads[begin > 0]
        if head:
            lines += compose_passage(dummy, head, x, top)
            top += head.height
        for row in range(begin, end):
            for cell in self._list.rows[row]:
                lines.append(self._line(cell, x, top, row + 2))
                if cell.frame:
                    dummy.add_boxes(page, [self._frame(cell.frame, x, top)])
            top += style.row_height
        dummy.add_frames(page, [Frame(article, "names", x, y, width, height, tuple(lines), order=order)])
        if self._list.over and end == self.count:
            dummy.problems.append(_too_long(self._list.over, self._group))

    def _line(self, cell: NameCell, x: float, top: float, number: int) -> Line:
        size, at, spans = self._text.size, 0, []
        colour = self._dummy.style.colour(self._text.colour)
        for text, face in self._dummy.glyphs.parts(cell.text, self._text.face, self._group.mark):
            xs = [x + place * size for place in cell.xs[at : at + len(text)]]
            spans.append(Span(text, face, size, xs, colour))
            at += len(text)
        baseline = top + (self._dummy.style.names.row_height - size) / 2 + ASCENT_EM * size
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

    def _frame(self, edges: tuple[float, float], x: float, top: float) -> Box:
        size, style = self._text.size, self._dummy.style.names
        left, right = (x + edge * size for edge in edges)
        out = FRAME_EM * size + style.frame
        y = top + (style.row_height - size) / 2 - out
        colour = self._dummy.style.colour(self._text.colour)
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
