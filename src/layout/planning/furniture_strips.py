"""Furniture on planned pages: strips at head and foot, and the teasers among the articles."""

from __future__ import annotations

import math

import numpy as np
from msgspec import Struct, field

from .cost_tables import IMPOSSIBLE, Costs
from .evaluator import PlanningContext

AT_THE_TOP = ("bulletin_head", "nameplate")
AT_THE_FOOT = ("bulletin_foot", "staff_box")
LEAST_WIDTH = 16.0  # em, of teasers
TEASER_LINES = 1.2  # height of a teaser with its rule


class FurnitureStrip(Struct):
    """Furniture that is placed among the articles, as the teasers are."""

    context: PlanningContext
    name: str
    least: int
    most: int
    lines: int
    weight: int = 0
    _cost_tables: dict[int, tuple[Costs, Costs]] = field(default_factory=dict)

    @property
    def area(self) -> int:
        return self.least

    def costs(self, units: int) -> tuple[Costs, Costs]:
        if units not in self._cost_tables:
            head = np.full(self.lines + 1, IMPOSSIBLE, np.int32)
            edge = head.copy()
            if self.context.grid.measure(units) >= LEAST_WIDTH:
                white = self.context.weights.white
                for height in range(self.least, min(self.most, self.lines) + 1):
                    edge[height] = (height - self.least) * white * units // 2
            self._cost_tables[units] = head, edge
        return self._cost_tables[units]

    def costs_around(self, units: int, across: int) -> Costs | None:
        del units, across
        return None


def edge_furniture(context: PlanningContext, names: tuple[str, ...]) -> tuple[str, int] | None:
    """The furniture that the style has for a page's top or foot, and its height in lines."""
    for name in names:
        if name in context.style.furniture and name in context.plan.furniture:
            return name, context.plan.furniture[name][0]
    return None


def teaser_strip(context: PlanningContext, lines: int, pages: int) -> FurnitureStrip | None:
    """The teasers of the front page; None where the style has none or there is one page only."""
    name = "teasers"
    if pages < 2 or name not in context.style.furniture or name not in context.plan.furniture:
        return None
    least, most = context.plan.furniture[name]
    count = len(context.issue.teasers) or min(5, pages)
    least = max(least, math.ceil(2.6 + TEASER_LINES * count))
    return FurnitureStrip(context, name, least, max(most, least + 3), lines)
