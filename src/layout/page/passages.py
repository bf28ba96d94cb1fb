"""A passage: a short text set in a width of its own, off the grid — a caption, a cell of a table, a label."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from ..composition import Line
from ..errors import Mark
from ..style.grid import ASCENT_EM
from ..style.texts import SetText
from ..text.paragraph import Paragraph, Run, SetLine
from .dummy import Dummy
from .lines import composed_line, setting

ENDLESS = 10_000.0  # em: a measure that holds any line


class Passage(Struct, frozen=True):
    """A text in its lines. `width` (pt) is what it was set in, `x` of its lines counts from the left edge of that."""

    style: SetText
    paragraph: Paragraph
    lines: tuple[SetLine, ...]
    width: float
    mark: Mark | None

    @property
    def height(self) -> float:
        """pt, each line its leading high."""
        return len(self.lines) * self.style.leading

    @property
    def extent(self) -> float:
        """How wide its widest line is, pt."""
        return max((line.width for line in self.lines), default=0.0) * self.style.size

    def over(self) -> bool:
        """Whether a line is wider than the passage."""
        return any((line.x + line.width) * self.style.size > self.width + 0.01 for line in self.lines)


def set_passage(
    dummy: Dummy,
    role: str,
    text: str | Sequence[Run],
    width: float | None,
    mark: Mark | None,
    *,
    size: float | None = None,
    **changes: Any,
) -> Passage:
    """Sets a text in the style of its role into `width` pt, or in one line where that is None.

    `size` takes the place of the style's own, and leading follows it; `changes` are those of `lines.setting`.
    """
    style = dummy.style.text_style(role)
    if size is not None and size != style.size:
        style = replace(style, size=size, leading=style.leading * size / style.size)
    runs = [Run(text, style.face)] if isinstance(text, str) else list(text)
    known = {"indent": 0.0} | changes
    paragraph = Paragraph(dummy.glyphs.runs(runs, mark), setting(style, **known), dummy.faces)
    measure = ENDLESS if width is None else width / style.size
    if width is None:
        paragraph = Paragraph(paragraph.runs, setting(style, **(known | {"align": "left"})), dummy.faces)
    ends = paragraph.break_lines([measure], style.breaking) if paragraph.characters else []
    lines = tuple(paragraph.lines(ends, [measure])) if ends else ()
    passage = Passage(style, paragraph, lines, width or 0.0, mark)
    return passage if width is not None else replace(passage, width=passage.extent)


def compose_passage(
    dummy: Dummy,
    passage: Passage,
    x: float,
    top: float,
    *,
    number: int = 1,
    colours: Mapping[str, str] | None = None,
) -> tuple[Line, ...]:
    """The passage's lines with its top left corner at (x, top) pt; `number` is what paragraph they are."""
    style = passage.style
    first = top + first_baseline(passage)
    return tuple(
        composed_line(
            line,
            passage.paragraph.runs,
            style,
            dummy.style,
            x,
            first + row * style.leading,
            ends_paragraph=row == len(passage.lines) - 1,
            number=number,
            mark=passage.mark,
            colours=colours,
            faces=dummy.faces,
        )
        for row, line in enumerate(passage.lines)
    )


def first_baseline(passage: Passage) -> float:
    """How far under its top the baseline of its first line stands, pt."""
    style = passage.style
    return (style.leading - style.size) / 2 + ASCENT_EM * style.size


def whole_lines(dummy: Dummy, height: float) -> int:
    """How many lines of the grid hold `height` pt."""
    return math.ceil(height / dummy.grid.leading - 1e-6)
