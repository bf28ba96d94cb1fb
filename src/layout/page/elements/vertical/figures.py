"""Pictures, tables and other elements in a tier of a vertical article: upright, as high as the tier (rule V11)."""

from __future__ import annotations

from ....issue.floats import Picture, Table, kind_of
from ....issue.model import Float
from ...canvas import Canvas
from ...map.columns import Column
from ..floats import float_lines
from ..pictures import BoxCorners

USUAL_TABLE = 16  # vertical lines: a table is no narrower than lets its rows be as low as in this width
MOST_LINES = 400  # vertical lines: no type area is as wide


def figure_lines(canvas: Canvas, float_: Float, article: str, measure: float, pitch: float) -> int:
    """The vertical lines that an element takes in a tier `measure` em high with lines `pitch` pt apart.

    A picture or chart is as wide as its shape asks for at that height; a table or list of names as narrow as it can be
    to be no higher; the white at its right is part of what is counted. More lines than any tier has where no width will do.
    """
    if isinstance(float_, Picture) and float_.lines:
        return float_.lines
    grid = canvas.grid
    high = (measure * grid.em + grid.leading - grid.em) / grid.leading

    def taken(lines: int) -> int:
        return float_lines(canvas, float_, article, lines * pitch - (pitch - grid.em) - air_of(canvas))

    if kind_of(float_).stands == "head":
        return next((lines for lines in range(2, MOST_LINES) if taken(lines) > high - 1), MOST_LINES)
    most = min(high, taken(USUAL_TABLE)) if isinstance(float_, Table) else high
    return next((lines for lines in range(4, MOST_LINES) if taken(lines) <= most), MOST_LINES)


def air_of(canvas: Canvas) -> float:
    """The white between an element and the text at its right, pt."""
    return canvas.style.pictures.air * canvas.grid.leading


def figure_box(canvas: Canvas, tier: Column, line: int, lines: int, air: float = 0.0) -> BoxCorners:
    """The box of an element in `lines` vertical lines: at its sides level with the lines' em boxes, at head and foot
    with the tier's, once the composer has left the white of a line of the grid there. `air` pt are free at its right."""
    grid = canvas.grid
    x, y, width, height = tier.box(grid, line, lines)
    beside, over = (tier.pitch - grid.em) / 2, (grid.leading - grid.em) / 2
    return x + beside, y - over, width - 2 * beside - air, height + 2 * over
