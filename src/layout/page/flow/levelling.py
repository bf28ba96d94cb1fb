"""Levelling (各栏排齐): the lines that a story leaves empty are shared out among the columns of its last area."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from ..map.columns import Column
from ..parts.flow_block import FlowBlock
from ..parts.flow_solution import FlowSolution, SolutionCache
from .filling import ORPHAN_COST, solve_flow


def level_columns(
    blocks: Sequence[FlowBlock],
    columns: Sequence[Column],
    solution: FlowSolution,
    em: float,
    solutions: SolutionCache | None = None,
) -> tuple[FlowSolution, list[Column]]:
    """The story filled again into columns of its last area that differ by one line at most (rule H11).

    Returns the solution and the columns, shorter by the lines that stay empty. Where that would part a paragraph badly,
    fewer lines are shared out. All stays as it was where nothing helps, and where more than half of the last area is
    empty: such a story is not finished yet.
    """
    short = sum(column.lines for column in columns) - solution.used
    for shorter in shortened_columns(columns, short):
        most = solution.cost + ORPHAN_COST
        again = solve_flow(blocks, shorter, em, solutions, under=most)
        if again.cost < most and again.used <= sum(column.lines for column in shorter):
            return again, shorter
    return solution, list(columns)


def shortened_columns(columns: Sequence[Column], short: int) -> Iterator[list[Column]]:
    """The columns without the `short` lines that stay empty, shared out among the last area's; then without fewer."""
    last = _last_columns(columns)
    room = sum(columns[at].lines for at in last)
    if len(last) < 2 or not 2 <= short <= room / 2:
        return
    for white in range(short, max(1, short - len(last)), -1):
        yield _shortened(columns, last, white)


def _last_columns(columns: Sequence[Column]) -> list[int]:
    """Indices of the last area's columns; of a column cut into pieces, the index of the lowest."""
    foot = {column.number: at for at, column in enumerate(columns) if column.area == columns[-1].area}
    return sorted(foot.values())


def _shortened(columns: Sequence[Column], last: Sequence[int], white: int) -> list[Column]:
    """The columns with `white` lines taken from the feet of `last`, equally or one more from the later ones."""
    each, rest = divmod(white, len(last))
    shorter = list(columns)
    for number, at in enumerate(last):
        taken = each + (number >= len(last) - rest)
        shorter[at] = replace(columns[at], lines=max(0, columns[at].lines - taken))
    return shorter
