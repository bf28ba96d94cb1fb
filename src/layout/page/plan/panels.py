"""Furniture among the articles: where it stands on a planned page, and how high it may be."""

from __future__ import annotations

import math

import numpy as np
from msgspec import Struct, field

from .curves import NEVER, Costs
from .desk import Desk

AT_THE_TOP = ("bulletin_head", "nameplate")
AT_THE_FOOT = ("bulletin_foot", "staff_box")
LEAST_WIDTH = 16.0  # em of teasers
TEASER_LINES = 1.2  # a teaser with its rule


class Panel(Struct):
    """A piece of furniture that finds its place among the articles, as the teasers do."""

    desk: Desk
    name: str
    least: int
    most: int
    lines: int
    weight: int = 0
    _curves: dict[int, tuple[Costs, Costs]] = field(default_factory=dict)

    @property
    def area(self) -> int:
        return self.least

    def curve(self, units: int) -> tuple[Costs, Costs]:
        if units not in self._curves:
            head = np.full(self.lines + 1, NEVER, np.int32)
            edge = head.copy()
            if self.desk.grid.measure(units) >= LEAST_WIDTH:
                white = self.desk.weights.white
                for height in range(self.least, min(self.most, self.lines) + 1):
                    edge[height] = (height - self.least) * white * units // 2
            self._curves[units] = head, edge
        return self._curves[units]

    def round_curve(self, units: int, across: int) -> Costs | None:
        del units, across
        return None


def strip(desk: Desk, names: tuple[str, ...]) -> tuple[str, int] | None:
    """The piece that the style has for a page's top or foot, and its lines."""
    for name in names:
        if name in desk.style.furniture and name in desk.plan.furniture:
            return name, desk.plan.furniture[name][0]
    return None


def teasers(desk: Desk, lines: int, pages: int) -> Panel | None:
    """The teasers of the front page, where the style has them and there is more than one page."""
    name = "teasers"
    if pages < 2 or name not in desk.style.furniture or name not in desk.plan.furniture:
        return None
    least, most = desk.plan.furniture[name]
    count = len(desk.issue.teasers) or min(5, pages)
    least = max(least, math.ceil(2.6 + TEASER_LINES * count))
    return Panel(desk, name, least, max(most, least + 3), lines)
