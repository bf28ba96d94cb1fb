"""Heights that the text decides: rows of a page become as high as what stands in them needs, in whole lines.

How many lines a row gives to each thing that stands in it is known from the map, so what a thing has is a sum over
rows, and what it needs has been measured. The search moves lines from row to row as long as the page gets better: by
steps of 8, 4, 2 and 1, then two moves at once. It is bounded, and all of it in integers but for its weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, combinations, pairwise, permutations

from msgspec import Struct

LEAST_ROW = 3  # lines that an open row begins with at least
MOVE_SIZES = (8, 4, 2, 1)
SWEEPS = 60  # of all moves, on one page
CROWDING_COST = 0.5  # times the square of lines over: two stories one line over are better than one two lines over


class Demand(Struct, frozen=True):
    """A thing on a page and the lines that it needs.

    It has `constant` lines and, for each line of each row of the map, as many as `rows` says. From `least` to `most` it
    comes out, best at `wanted`. The rest is what a line costs: `over`, below the least; `lower` and `higher`, from there
    to the most; `white`, above it.
    """

    name: str
    kind: str  # text, head, air, picture, other
    rows: tuple[int, ...]
    constant: int
    least: int
    wanted: int
    most: int
    over: float
    lower: float
    higher: float
    white: float
    at: tuple[float, ...] = ()  # where the cost jumps, as that of a headline does: what it is at 0, 1, 2 … lines
    flaws: float = 0.0  # what is wrong with it at the heights at which it was measured
    grades: tuple[int, ...] = ()  # and by how many grades the headline is then smaller

    def supply(self, heights: Sequence[int]) -> int:
        return self.constant + sum(lines * height for lines, height in zip(self.rows, heights, strict=True))

    def cost(self, supply: int) -> float:
        if 0 <= supply < len(self.at):
            return self.at[supply]
        if supply < self.least:
            over = self.least - supply
            return self.over * over + CROWDING_COST * over * over + self.lower * (self.wanted - self.least)
        if supply > self.most:
            return self.white * (supply - self.most) + self.higher * (self.most - self.wanted)
        return self.lower * (self.wanted - supply) if supply < self.wanted else self.higher * (supply - self.wanted)


def cost_of(demands: Sequence[Demand], heights: Sequence[int]) -> float:
    """What is wrong with a page whose rows are so high."""
    return sum([demand.cost(demand.supply(heights)) + demand.flaws for demand in demands])


Bounds = Sequence[tuple[int, int]]  # how low and how high each row may be


def settle_heights(
    demands: Sequence[Demand], heights: Sequence[int], bounds: Bounds, pages: Sequence[int]
) -> tuple[int, ...]:
    """The best heights found from these on, each inside its bounds.

    The rows are those of one page or of several, one after the other; `pages` says how many each has. The sum of a
    page's heights stays as it is.
    """
    return _Search(demands, list(heights), bounds, pages).run()


def neighbouring_heights(
    demands: Sequence[Demand], heights: Sequence[int], bounds: Bounds, pages: Sequence[int], count: int
) -> list[tuple[int, ...]]:
    """The best heights a line or two away from these, the best first."""
    search = _Search(demands, list(heights), bounds, pages)
    found = []
    for giver, taker in search.moves:
        for step in (1, 2):
            if search.is_allowed([((giver, taker), step)]):
                moved = list(heights)
                moved[giver] -= step
                moved[taker] += step
                found.append((search.gain([((giver, taker), step)]), tuple(moved)))
    return [moved for _, moved in sorted(found)[:count]]


class _Search:
    def __init__(self, demands: Sequence[Demand], heights: list[int], bounds: Bounds, pages: Sequence[int]) -> None:
        self.heights, self.bounds = heights, bounds
        self.supply = [demand.supply(heights) for demand in demands]
        self.costs = [_Costs(demand) for demand in demands]
        ends = [0, *accumulate(pages)]
        rows = [[n for n in range(*ends_of) if bounds[n][0] < bounds[n][1]] for ends_of in pairwise(ends)]
        self.moves = [move for own in rows for move in permutations(own, 2)]
        self.shifts = {  # by giver and taker: the things that change, and by how many lines
            (giver, taker): [
                (number, demand.rows[taker] - demand.rows[giver])
                for number, demand in enumerate(demands)
                if demand.rows[taker] != demand.rows[giver]
            ]
            for giver, taker in self.moves
        }

    def run(self) -> tuple[int, ...]:
        for _ in range(SWEEPS):
            swept = [self._sweep(step) for step in MOVE_SIZES]
            if not any(swept) and not self._two_at_once():
                break
        return tuple(self.heights)

    def _sweep(self, step: int) -> bool:
        """The best single move of so many lines, as often as it betters the page."""
        moved = False
        for _ in range(SWEEPS):
            best, chosen = -1e-9, None
            for move in self.moves:
                if self.is_allowed([(move, step)]) and (gain := self.gain([(move, step)])) < best:
                    best, chosen = gain, move
            if chosen is None:
                break
            self._make(chosen, step)
            moved = True
        return moved

    def _two_at_once(self) -> bool:
        """The best two moves of a line or two that better the page only together."""
        best, chosen = -1e-9, None
        for (first, second), step in ((pair, step) for step in (1, 2) for pair in combinations(self.moves, 2)):
            if first[0] == second[1] or first[1] == second[0]:
                continue  # the same as one move
            both = [(first, step), (second, step)]
            if (gain := self.gain(both)) < best and self.is_allowed(both):
                best, chosen = gain, (first, second, step)
        if chosen is None:
            return False
        self._make(chosen[0], chosen[2])
        self._make(chosen[1], chosen[2])
        return True

    def is_allowed(self, moves: Sequence[tuple[tuple[int, int], int]]) -> bool:
        """Whether all rows stay inside their bounds."""
        changed: dict[int, int] = {}
        for (giver, taker), step in moves:
            changed[giver] = changed.get(giver, 0) - step
            changed[taker] = changed.get(taker, 0) + step
        return all(self.bounds[n][0] <= self.heights[n] + lines <= self.bounds[n][1] for n, lines in changed.items())

    def gain(self, moves: Sequence[tuple[tuple[int, int], int]]) -> float:
        """By how much the page would get worse; below 0, better."""
        changed: dict[int, int] = {}
        for move, step in moves:
            for number, lines in self.shifts[move]:
                changed[number] = changed.get(number, 0) + lines * step
        supply, costs = self.supply, self.costs
        return sum([costs[n][supply[n] + lines] - costs[n][supply[n]] for n, lines in changed.items()])

    def _make(self, move: tuple[int, int], step: int) -> None:
        giver, taker = move
        self.heights[giver] -= step
        self.heights[taker] += step
        for number, lines in self.shifts[move]:
            self.supply[number] += lines * step


class _Costs(dict[int, float]):
    """What a thing costs by the lines it has, worked out when it is first asked."""

    def __init__(self, demand: Demand) -> None:
        super().__init__()
        self.demand = demand

    def __missing__(self, supply: int) -> float:
        cost = self[supply] = self.demand.cost(supply)
        return cost


def shared_heights(fixed: Sequence[int | None], lines: int) -> tuple[int, ...]:
    """Heights to begin with: rows that are open divide what the others leave."""
    open_rows = [index for index, height in enumerate(fixed) if height is None]
    left = max(lines - sum(height or 0 for height in fixed), LEAST_ROW * len(open_rows))
    share, rest = divmod(left, max(1, len(open_rows)))
    begun = iter([share + (index < rest) for index in range(len(open_rows))])
    return tuple(next(begun) if height is None else height for height in fixed)
