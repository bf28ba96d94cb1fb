"""Heights that the text decides: an optimiser gives the rows of a page the heights that their content needs.

All heights are whole lines. The map says how many lines a row supplies to each thing in it, so the supply of a thing
is a sum over rows; its demand has been measured. The search moves lines from row to row as long as the page's cost
falls: by steps of 8, 4, 2 and 1, then two moves at once. The number of moves is bounded; all but the costs are integers.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, combinations, pairwise, permutations

from msgspec import Struct

LEAST_ROW = 3  # lines: least height with which an open row begins
MOVE_SIZES = (8, 4, 2, 1)
SWEEPS = 60  # the most passes over all moves on a page
CROWDING_COST = 0.5  # times the square of overset lines: two stories with one are better than one with two


class Demand(Struct, frozen=True):
    """A thing on a page and the lines that it needs.

    It gets `constant` lines and, for each line of a row of the map, as many as `rows` says. It fits from `least` to
    `most` lines, best at `wanted`. The rest are costs of a line: `over` below the least; `lower` and `higher` between
    least and most, on either side of `wanted`; `white` above the most.
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
    at: tuple[float, ...] = ()  # of a headline, whose cost jumps: the cost at 0, 1, 2 … lines
    flaws: float = 0.0  # cost of its widows and holes at the heights measured
    grades: tuple[int, ...] = ()  # by lines as `at`: grades by which the headline is smaller

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
    """The cost of a page at these heights of its rows."""
    return sum([demand.cost(demand.supply(heights)) + demand.flaws for demand in demands])


Bounds = Sequence[tuple[int, int]]  # least and greatest height of each row


def settle_heights(
    demands: Sequence[Demand], heights: Sequence[int], bounds: Bounds, pages: Sequence[int]
) -> tuple[int, ...]:
    """The best heights that the search finds from `heights`, each inside its bounds.

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
        """Makes the best single move of so many lines, as long as that lowers the cost."""
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
        """The best two moves of one or two lines that lower the cost only together."""
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
        """The change of the page's cost; below 0, the page gets better."""
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
    """The costs of a thing by its lines, cached."""

    def __init__(self, demand: Demand) -> None:
        super().__init__()
        self.demand = demand

    def __missing__(self, supply: int) -> float:
        cost = self[supply] = self.demand.cost(supply)
        return cost


def shared_heights(fixed: Sequence[int | None], lines: int) -> tuple[int, ...]:
    """Heights to begin with: open rows share the lines that the others leave."""
    open_rows = [index for index, height in enumerate(fixed) if height is None]
    left = max(lines - sum(height or 0 for height in fixed), LEAST_ROW * len(open_rows))
    share, rest = divmod(left, max(1, len(open_rows)))
    begun = iter([share + (index < rest) for index in range(len(open_rows))])
    return tuple(next(begun) if height is None else height for height in fixed)
