"""Guillotine cuts: the cheapest cuts to divide a rectangle among a set of articles.

The slices are stacked, or beside each other, or one article runs round the others, which are at its foot. Dynamic
programming over subsets computes the cost of every set at every width and height, by what is at its upper edge; so
exchanging articles between pages costs little time. All costs are integers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from .article_layouts import NO_HOLE, Hole
from .cost_tables import IMPOSSIBLE, Costs
from .evaluator import PlanningContext

ALTERNATIVES = 24  # arrangements of a page that are scored


class PagePart(Protocol):
    """A slice of a page: an article, or a furniture strip."""

    @property
    def weight(self) -> int: ...
    @property
    def area(self) -> int: ...
    def costs(self, units: int) -> tuple[Costs, Costs]: ...
    def costs_around(self, units: int, across: int) -> Costs | None: ...


class PageSlice(Struct, frozen=True):
    """A placed slice: its number, corner, size in units and lines, upper edge, and the hole that it runs round."""

    slice: int
    unit: int
    line: int
    units: int
    lines: int
    edge: int
    hole: Hole = NO_HOLE

    def moved(self, units: int, lines: int) -> PageSlice:
        return PageSlice(self.slice, self.unit + units, self.line + lines, self.units, self.lines, self.edge, self.hole)


class Arrangement(Struct, frozen=True):
    """A page divided into slices. `lines` is their height, `cost` that of the cuts and the slices."""

    slots: tuple[PageSlice, ...]
    lines: int
    cost: int


class _Cut(Struct, frozen=True):
    """A cut of a set: `stack` puts the first over the rest, `beside`, or `round`; `first` is a set, or one slice."""

    kind: str
    first: int
    units: int = 0
    edges: tuple[int, int] = (0, 0)


_Cuts = tuple[int, list[_Cut], NDArray[np.int32]]  # upper edge, cuts, costs by cut and height


class GuillotineCutter:
    """Cuts for all slices of an issue; sets of slices are bit masks."""

    def __init__(self, context: PlanningContext, slices: Sequence[PagePart], most: int, crowding: float = 1.0) -> None:
        self.context, self.slices, self.most, self.crowding = context, slices, most, crowding
        self.units = context.grid.units
        least = context.plan.measures[0]
        able = [units for units in range(1, self.units + 1) if context.grid.measure(units) >= least]
        self.splits = {units: [one for one in able if units - one in able] for units in able}
        self.widths = sorted({self.units, *self.splits[self.units]}) if able else [self.units]
        self._best: dict[tuple[int, int], tuple[Costs, Costs] | None] = {}
        self._laid: dict[tuple[int, int], dict[tuple[int, int], tuple[PageSlice, ...]]] = {}
        self._holding: dict[int, set[tuple[int, int]]] = {}  # slice → keys of the cached sets that contain it
        self._weights: dict[int, int] = {}
        self._areas: dict[int, int] = {}
        heights = np.arange(most + 1)
        self._rest = heights[:, None] - heights[None, :]  # [height, first] → height left for the second
        self._rest[self._rest < 0] = most + 1

    def weight(self, mask: int) -> int:
        """The highest rank in a set."""
        if mask not in self._weights:
            self._weights[mask] = max(self.slices[at].weight for at in members(mask))
        return self._weights[mask]

    def area(self, mask: int) -> int:
        """The least area of a set, units × lines."""
        if mask not in self._areas:
            self._areas[mask] = sum(self.slices[at].area for at in members(mask))
        return self._areas[mask]

    def discard(self, slice: int) -> None:
        """Clears the cached costs of the sets that contain a slice."""
        for key in self._holding.pop(slice, ()):
            self._best.pop(key, None)
            self._laid.pop(key, None)
            self._areas.pop(key[0], None)

    def trim_cache(self, most: int = 0) -> None:
        """Clears the cached costs of sets, not those of slices, if there are more than `most`: those of a hundred pages
        would fill the memory."""
        if len(self._best) <= most:
            return
        for key in [key for key in {**self._best, **self._laid} if key[0] & (key[0] - 1)]:
            self._best.pop(key, None)
            self._laid.pop(key, None)
        self._holding.clear()
        for key in {**self._best, **self._laid}:
            self._register(key)

    def _register(self, key: tuple[int, int]) -> None:
        for slice in members(key[0]):
            self._holding.setdefault(slice, set()).add(key)

    def best(self, mask: int, units: int) -> tuple[Costs, Costs] | None:
        """The costs of a set across so many units by upper edge and height; None where it does not fit at any."""
        key = mask, units
        if key not in self._best:
            self._best[key] = self._find(mask, units)
            self._register(key)
        return self._best[key]

    def either(self, mask: int, units: int) -> Costs | None:
        found = self.best(mask, units)
        return None if found is None else np.minimum(found[0], found[1])

    def _find(self, mask: int, units: int) -> tuple[Costs, Costs] | None:
        if mask & (mask - 1) == 0:
            found = self.slices[mask.bit_length() - 1].costs(units)
        elif units < self.units and self.area(mask) > units * self.most * self.crowding:
            return None
        else:
            found = np.full(self.most + 1, IMPOSSIBLE, np.int32), np.full(self.most + 1, IMPOSSIBLE, np.int32)
            for edge, _, costs in self._all_cuts(mask, units):
                np.minimum(found[edge], costs.min(0), out=found[edge])
        return found if min(found[0].min(), found[1].min()) < IMPOSSIBLE else None

    def _all_cuts(self, mask: int, units: int) -> Iterator[_Cuts]:
        """All cuts of a set of two or more, by kind, with the upper edge and the costs [cut, height]."""
        yield from self._stacks(mask, units)
        yield from self._besides(mask, units)
        yield from self._rounds(mask, units)

    def _stacks(self, mask: int, units: int) -> Iterator[_Cuts]:
        cuts, upper, lower, penalties = [], [], [], []
        for top in subsets(mask):
            fall = self.weight(mask ^ top) - self.weight(top)
            if fall > 1:
                continue
            first = self.best(top, units)
            second = self.either(mask ^ top, units) if first else None
            if first is None or second is None:
                continue
            cuts.append(_Cut("stack", top))
            upper.append(first)
            lower.append(second)
            penalties.append(max(0, fall) * self.context.weights.order)
        if cuts:
            below = np.concatenate([np.array(lower), np.full((len(lower), 1), IMPOSSIBLE, np.int32)], 1)[:, self._rest]
            above = np.array(upper) + np.array(penalties, np.int32)[:, None, None]
            for edge in (0, 1):
                yield edge, cuts, np.minimum(IMPOSSIBLE, (below + above[:, edge, None, :]).min(2))

    def _besides(self, mask: int, units: int) -> Iterator[_Cuts]:
        weights = self.context.weights
        for own in self.splits.get(units, ()):
            lefts, penalties, first, second = [], [], [], []
            for left in subsets(mask):
                here = self.best(left, own)
                there = self.best(mask ^ left, units - own) if here else None
                if here is None or there is None:
                    continue
                lefts.append(left)
                penalties.append(weights.order // 4 if self.weight(left) < self.weight(mask ^ left) else 0)
                first.append(here)
                second.append(there)
            if not lefts:
                continue
            left_costs, right_costs = np.array(first), np.array(second)
            penalty = np.array(penalties, np.int32)[:, None] + (weights.gutter // 3 if units == self.units else 0)
            for edges in ((0, 0), (0, 1), (1, 0), (1, 1)):
                costs = left_costs[:, edges[0]] + right_costs[:, edges[1]] + penalty
                if edges == (0, 0):
                    costs += weights.tombstone
                cuts = [_Cut("beside", left, own, edges) for left in lefts]
                yield int(edges == (1, 1)), cuts, np.minimum(IMPOSSIBLE, costs)

    def _rounds(self, mask: int, units: int) -> Iterator[_Cuts]:
        cuts, costs = [], []
        for at in members(mask):
            rest = mask ^ 1 << at
            if self.weight(rest) > self.slices[at].weight:
                continue
            for across in self.splits.get(units, ()):
                curve, inner = self.slices[at].costs_around(units, across), self.either(rest, across)
                if curve is None or inner is None:
                    continue
                cuts.append(_Cut("round", at, across))
                costs.append((curve + inner[None, :]).min(1))
        if cuts:
            yield 0, cuts, np.minimum(IMPOSSIBLE, np.array(costs))

    # Arrangements.

    def arrangements(self, mask: int, lines: int, count: int) -> list[Arrangement]:
        """The `count` cheapest arrangements of a page `lines` high; white at its foot has a cost."""
        empty = self.context.weights.white * self.units * np.arange(lines, -1, -1, dtype=np.int32)
        found: list[tuple[int, int, int, int, _Cut | None]] = []
        cuts: Iterable[tuple[int, Sequence[_Cut | None], NDArray[np.int32]]]
        if mask & (mask - 1):
            cuts = self._all_cuts(mask, self.units)
        else:
            alone = self.best(mask, self.units) or ()
            cuts = [(edge, [None], curve[None, :]) for edge, curve in enumerate(alone)]
        for edge, made, costs in cuts:
            paid = costs[:, : lines + 1] + empty[None, :]
            at = paid.argmin(1)
            for number, way in enumerate(made):
                cost = int(paid[number, at[number]])
                if cost < IMPOSSIBLE:
                    found.append((cost, len(found), int(at[number]), edge, way))
        found.sort(key=lambda one: one[:2])
        return [
            Arrangement(self._lay(mask, self.units, height, edge, way), height, cost)
            for cost, _, height, edge, way in found[:count]
        ]

    def _lay(self, mask: int, units: int, lines: int, edge: int, way: _Cut | None = None) -> tuple[PageSlice, ...]:
        """The placed slices of a set in a rectangle, relative to its corner, by the cheapest cut or by `cut`."""
        if way is not None:
            return self._cut(mask, units, lines, edge, way)
        laid, place = self._laid.setdefault((mask, units), {}), (lines, edge)
        if place not in laid:
            self._register((mask, units))
            if mask & (mask - 1) == 0:
                laid[place] = (PageSlice(mask.bit_length() - 1, 0, 0, units, lines, edge),)
            else:
                laid[place] = self._cut(mask, units, lines, edge, self._cheapest(mask, units, lines, edge))
        return laid[place]

    def _cut(self, mask: int, units: int, lines: int, edge: int, way: _Cut) -> tuple[PageSlice, ...]:
        if way.kind == "stack":
            first, second = self.best(way.first, units), self.either(mask ^ way.first, units)
            assert first is not None
            assert second is not None
            cut = int((first[edge][: lines + 1] + second[: lines + 1][::-1]).argmin())
            below = mask ^ way.first
            lower = self._lay(below, units, lines - cut, self._edge(below, units, lines - cut))
            return *self._lay(way.first, units, cut, edge), *(slot.moved(0, cut) for slot in lower)
        if way.kind == "beside":
            left, right = way.edges
            others = self._lay(mask ^ way.first, units - way.units, lines, right)
            return *self._lay(way.first, way.units, lines, left), *(slot.moved(way.units, 0) for slot in others)
        rest = mask ^ 1 << way.first
        curve, inner = self.slices[way.first].costs_around(units, way.units), self.either(rest, way.units)
        assert curve is not None
        assert inner is not None
        hole = int((curve[lines] + inner).argmin())
        others = self._lay(rest, way.units, hole, self._edge(rest, way.units, hole))
        return (
            PageSlice(way.first, 0, 0, units, lines, 0, Hole(way.units, hole)),
            *(slot.moved(units - way.units, lines - hole) for slot in others),
        )

    def _cheapest(self, mask: int, units: int, lines: int, edge: int) -> _Cut:
        best, found = IMPOSSIBLE + 1, None
        for own, cuts, costs in self._all_cuts(mask, units):
            at = int(costs[:, lines].argmin())
            if own == edge and costs[at, lines] < best:
                best, found = int(costs[at, lines]), cuts[at]
        assert found is not None
        return found

    def _edge(self, mask: int, units: int, lines: int) -> int:
        found = self.best(mask, units)
        assert found is not None
        return 0 if found[0][lines] <= found[1][lines] else 1


def members(mask: int) -> Iterator[int]:
    """The slices of a set."""
    while mask:
        yield (mask & -mask).bit_length() - 1
        mask &= mask - 1


def subsets(mask: int) -> Iterator[int]:
    """Every subset except the empty one and the whole."""
    part = (mask - 1) & mask
    while part:
        yield part
        part = (part - 1) & mask
