"""The grid: whole em of the body size across, whole lines of its leading down, the same on every page.

CLREQ «considerations in designing type area» and «using type area for composition» (rules H1, H4, H5, H16).
"""

from __future__ import annotations

from msgspec import Struct

# The baseline is 0.88 em below the top of the em box: the ascent of every shipped Han face.
ASCENT_EM = 0.88


class Grid(Struct, frozen=True):
    """Units of `unit_em` with gutters of `gutter_em` across, `lines` of `leading` pt down.

    `left` and `top` place the type area on the trim (pt); `em` is the body size (pt).
    """

    em: float
    leading: float
    units: int
    unit_em: float
    gutter_em: float
    lines: int
    left: float
    top: float

    @property
    def width_em(self) -> float:
        return self.measure(self.units)

    @property
    def width(self) -> float:
        return self.width_em * self.em

    @property
    def height(self) -> float:
        return self.lines * self.leading

    def measure(self, units: int) -> float:
        """The width of `units` units with the gutters between them, in em."""
        return units * self.unit_em + (units - 1) * self.gutter_em

    def start(self, unit: int) -> float:
        """The left edge of unit `unit` (from 0), in em from the type area's left edge."""
        return unit * (self.unit_em + self.gutter_em)

    def x(self, em: float) -> float:
        """The position on the page (pt) of a distance from the type area's left edge (em)."""
        return self.left + em * self.em

    def y(self, line: float) -> float:
        """The top of line `line` (from 0), in pt."""
        return self.top + line * self.leading

    def baseline(self, line: float) -> float:
        """The baseline of line `line`, in pt: the body's em box is centred in its line."""
        return self.y(line) + (self.leading - self.em) / 2 + ASCENT_EM * self.em

    def columns(self, units: int, count: int) -> tuple[float, float]:
        """(measure, gutter) in em when `units` units are divided into `count` columns.

        A width that is no multiple of the standard column (破栏) has a measure of its own, in whole em; the gutters
        take the rest (rule H10).
        """
        return self.divided(self.measure(units), count)

    def divided(self, whole: float, count: int) -> tuple[float, float]:
        """(measure, gutter) in em when a width of `whole` em is divided into `count` columns."""
        if count == 1:
            return whole, 0.0
        measure = float((whole - (count - 1) * self.gutter_em) // count)
        return measure, (whole - count * measure) / (count - 1)
