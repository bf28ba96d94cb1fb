"""A chart as it is drawn: shapes in the style's inks, and labels that are set in its faces."""

from __future__ import annotations

from msgspec import Struct, field

from ...composition import Colour, DrawnShape


class ChartLabel(Struct, frozen=True):
    """A label: the origin of its first character, in pt from the drawing's top left corner."""

    text: str
    x: float
    baseline: float
    size: float
    colour: Colour


class ChartDrawing(Struct):
    """The plot of a chart, without title, unit and notes."""

    shapes: list[DrawnShape] = field(default_factory=list)
    words: list[ChartLabel] = field(default_factory=list)
