"""Painted marks of a page and their boxes, in points of the page's own space, x to the right, y upward."""

from __future__ import annotations

from typing import NamedTuple

from ..errors import Message
from .colour import ColourSpace, PaintedColour
from .fonts import FontMetrics
from .rectangles import Rectangle


class Overprint(NamedTuple):
    """`on` is `op` for fills, `OP` for strokes; `mode` is OPM."""

    on: bool
    mode: int


class TextAppearance:
    """The appearance of text; one object for all text of a document that has the same.

    `size` is in pt on the page; what `is_plain` is opaque, in Normal mode and without a soft mask.
    """

    __slots__ = ("colour", "font", "is_plain", "overprint", "size")

    def __init__(
        self, size: float, font: FontMetrics, colour: PaintedColour, overprint: Overprint, is_plain: bool
    ) -> None:
        self.size, self.font, self.colour, self.overprint, self.is_plain = size, font, colour, overprint, is_plain


class PaintedText(NamedTuple):
    """Consecutive lines of text of one appearance; text on one baseline is one line."""

    box: Rectangle  # around all
    appearance: TextAppearance
    lines: list[Rectangle]


class PaintedPath(NamedTuple):
    """A stroke, or a filled path. `width` is the line's, or the thin side of a filled rectangle; else infinite."""

    box: Rectangle
    width: float
    is_stroke: bool
    colour: PaintedColour
    overprint: Overprint
    is_plain: bool


class PaintedImage(NamedTuple):
    """An image; `colour` is the paint of a stencil mask, `space` of every other."""

    box: Rectangle
    ppi: float
    width: int
    height: int
    bits: int
    space: ColourSpace
    colour: PaintedColour | None


class PaintedShading(NamedTuple):
    box: Rectangle
    space: ColourSpace


class PaintedGroup(NamedTuple):
    """The blending space of a transparency group that names one."""

    box: Rectangle
    space: ColourSpace
    is_mask: bool


class Oddity(NamedTuple):
    """Something that is no mark: `transparency`, `transfer`, `postscript`, `reference`, `opi`, `damaged`,
    `too-long`."""

    kind: str
    box: Rectangle


class Limited(NamedTuple):
    """What was not read, because it is more than a limit allows; `what` names it."""

    box: Rectangle
    what: Message


PaintedMark = PaintedText | PaintedPath | PaintedImage | PaintedShading | PaintedGroup | Oddity | Limited
