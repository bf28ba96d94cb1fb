"""The marks a page can bear, and the boxes they stand in: points of the page's own space, x to the right, y upward."""

from __future__ import annotations

from typing import NamedTuple

from ..errors import Message
from .colour import ColourSpace, PaintedColour
from .statements import FontMetrics

Rectangle = tuple[float, float, float, float]  # x0, y0, x1, y1
Matrix = tuple[float, float, float, float, float, float]

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
EVERYWHERE: Rectangle = (-1e9, -1e9, 1e9, 1e9)
NOWHERE: Rectangle = (0.0, 0.0, -1.0, -1.0)


class Overprint(NamedTuple):
    """`on` is `op` for fills, `OP` for strokes; `mode` is OPM."""

    on: bool
    mode: int


class TextAppearance:
    """How text looks; one object for all that looks the same on a document's pages.

    `size` is in pt on the page; what `is_plain` is opaque, in Normal mode and without a soft mask.
    """

    __slots__ = ("colour", "font", "is_plain", "overprint", "size")

    def __init__(
        self, size: float, font: FontMetrics, colour: PaintedColour, overprint: Overprint, is_plain: bool
    ) -> None:
        self.size, self.font, self.colour, self.overprint, self.is_plain = size, font, colour, overprint, is_plain


class PaintedText(NamedTuple):
    """Lines of text that follow each other in one look; what stands on one baseline is one line."""

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


def concatenated(m: Matrix, n: Matrix) -> Matrix:
    """`m` first, then `n`."""
    a, b, c, d, e, f = m
    g, h, i, j, k, o = n
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + o)


def transformed_box(x0: float, y0: float, x1: float, y1: float, m: Matrix) -> Rectangle:
    """The upright box around a rectangle that `m` puts in its place."""
    a, b, c, d, e, f = m
    if not b and not c:
        x0, x1, y0, y1 = a * x0 + e, a * x1 + e, d * y0 + f, d * y1 + f
        return (x0 if x0 < x1 else x1, y0 if y0 < y1 else y1, x1 if x1 > x0 else x0, y1 if y1 > y0 else y0)
    xs = (a * x0 + c * y0, a * x1 + c * y0, a * x0 + c * y1, a * x1 + c * y1)
    ys = (b * x0 + d * y0, b * x1 + d * y0, b * x0 + d * y1, b * x1 + d * y1)
    return (min(xs) + e, min(ys) + f, max(xs) + e, max(ys) + f)


def intersection(box: Rectangle, other: Rectangle) -> Rectangle | None:
    """What two boxes share; `None` where they do not meet."""
    x0 = box[0] if box[0] > other[0] else other[0]
    y0 = box[1] if box[1] > other[1] else other[1]
    x1 = box[2] if box[2] < other[2] else other[2]
    y1 = box[3] if box[3] < other[3] else other[3]
    return (x0, y0, x1, y1) if x0 <= x1 and y0 <= y1 else None


def bounding_box(boxes: list[Rectangle]) -> Rectangle:
    """The box around all."""
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return min(x0), min(y0), max(x1), max(y1)


def union(box: Rectangle, other: Rectangle) -> Rectangle:
    """The box around both."""
    return (min(box[0], other[0]), min(box[1], other[1]), max(box[2], other[2]), max(box[3], other[3]))
