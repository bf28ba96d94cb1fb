"""Filling a story into its columns (盘文): which line of which block stands where, and what is left over.

Each line takes the next free slot of the thread. Where that would part a paragraph badly (a widow at a column's
head, an orphan at its foot, a crosshead without text), the search tries paragraphs one line shorter or longer, or
leaves a line empty at the foot; the solution of least cost for all blocks wins (rules G7, G8, I8).
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heappop, heappush
from typing import NamedTuple

from ...style.texts import ResolvedTextStyle
from ..map.columns import Column
from ..parts.flow_block import FlowBlock
from ..parts.flow_solution import FlowedStory, FlowSolution, PlacedBlock, SolutionCache
from .thread import Thread, beside

# Costs of faults; the unit is a paragraph set one line shorter or longer than its natural length.
VARIANT_COST, _HOLE_COST, ORPHAN_COST, WIDOW_COST, _OVERSET_LINE_COST = 1.0, 3.0, 6.0, 9.0, 40.0
LOOSE_LINES_COST = 4.0  # a paragraph that such a change makes visibly loose
PARTED_COST = 3.0  # a table that goes on in the next column
_HOPELESS = 100  # overset lines a block: no other breaking, which saves one line of each, is worth a second search
_BEAM_WIDTH = 12
_INFINITE = float("inf")
APART_EM = 1.0  # least space between a last line and a byline that shares it


class _FlowStep(NamedTuple):
    """A block in its slots: the cost of all blocks up to this one, and the first free slot after it."""

    cost: float
    position: int
    block: int
    slots: Sequence[int]
    ends: Sequence[int]
    before: _FlowStep | None


class _FlowOption(NamedTuple):
    """A possible next step: its slots follow from `first`, `lines` and `hole`, unless `slots` lists them.

    Where `varied`, the paragraph is to have one line more or fewer than its natural number. Whether that is possible is
    found out only when the step is taken, which is rare.
    """

    cost: float
    position: int
    first: int
    lines: int
    hole: int = 0
    slots: Sequence[int] = ()
    measures: tuple[float, ...] = ()
    varied: bool = False
    ends: Sequence[int] = ()


def fill_columns(
    blocks: Sequence[FlowBlock], columns: Sequence[Column], em: float, solutions: SolutionCache | None = None
) -> FlowedStory:
    """Fills the blocks into the columns; an em of the columns' measures is `em` pt wide."""
    return lay_lines(blocks, columns, em, solve_flow(blocks, columns, em, solutions))


def solve_flow(
    blocks: Sequence[FlowBlock],
    columns: Sequence[Column],
    em: float,
    solutions: SolutionCache | None = None,
    under: float = _INFINITE,
) -> FlowSolution:
    """The solution of least cost. If none costs less than `under`, the result is any solution, not the cheapest."""
    if solutions is not None and (cached := solutions.find(blocks, columns, em, under)):
        return cached
    thread = Thread(columns, em)
    best = _search(blocks, thread)
    assert best is not None
    hopeless = best.position - thread.slots > _HOPELESS * len(blocks)
    if (penalty := _penalty(best, thread)) > 0 and not hopeless:
        best = _search(blocks, thread, under=min(penalty, under)) or best
    steps: list[tuple[Sequence[int], Sequence[int]]] = []
    step: _FlowStep | None = best
    while step and step.block >= 0:
        steps.append((step.slots, step.ends))
        step = step.before
    solution = FlowSolution(best.position, best.cost, steps[::-1])
    return solution if solutions is None else solutions.store(solution)


def lay_lines(blocks: Sequence[FlowBlock], columns: Sequence[Column], em: float, solution: FlowSolution) -> FlowedStory:
    """The blocks in the slots of a solution, with their lines set."""
    thread = Thread(columns, em)
    if solution.lines:
        placed = tuple(
            PlacedBlock(block, tuple(slots), tuple(lines))
            for block, (slots, _), lines in zip(blocks, solution.steps, solution.lines, strict=True)
        )
    else:
        placed = tuple(_place(block, *step, thread) for block, step in zip(blocks, solution.steps, strict=True))
    return FlowedStory(placed, thread.slots, solution.used, solution.cost, solution.name)


def _search(blocks: Sequence[FlowBlock], thread: Thread, under: float | None = None) -> _FlowStep | None:
    """The last step of the solution of least cost. The cheapest open step is taken next, of equal ones the furthest.

    Without `under` each paragraph has its natural number of lines and no line stays empty. With it both may vary, and
    the solution costs less than `under`, or there is none. The search continues from the first `_BEAM_WIDTH` end
    positions that it reaches of each block.
    """
    state = _FlowStep(0.0, 0, -1, (), (), None)
    waiting: list[tuple[float, int, int, _FlowOption, _FlowStep]] = []
    reached: list[set[int]] = [set() for _ in blocks]
    found = 0  # steps so far: of equal steps of one block the first found is taken first
    while (index := state.block + 1) < len(blocks):
        block = blocks[index]
        for option in _options(blocks, index, block, state, thread, under is not None):
            cost = option.cost
            if index == len(blocks) - 1:
                cost = _penalty(option, thread)
            if under is None or cost < under:
                found += 1
                heappush(waiting, (cost, -index, found, option, state))
        while waiting:
            cost, index, _, option, before = heappop(waiting)
            positions, ends = reached[-index], option.ends
            if option.position in positions or len(positions) == _BEAM_WIDTH:
                continue
            if option.varied:
                varied_ends = blocks[-index].ends(option.measures, option.lines)
                if varied_ends is None:
                    continue
                if blocks[-index].spread(varied_ends, option.measures):
                    found += 1
                    dearer = option._replace(cost=option.cost + LOOSE_LINES_COST, varied=False, ends=varied_ends)
                    heappush(waiting, (cost + LOOSE_LINES_COST, -index, found, dearer, before))
                    continue
                ends = varied_ends
            positions.add(option.position)
            slots = option.slots or _slots(option.first, option.lines, thread, option.hole)
            state = _FlowStep(option.cost, option.position, -index, slots, ends, before)
            break
        else:
            return None
    return state


def _penalty(step: _FlowStep | _FlowOption, thread: Thread) -> float:
    return step.cost + _OVERSET_LINE_COST * max(0, step.position - thread.slots)


def _options(
    blocks: Sequence[FlowBlock], index: int, block: FlowBlock, state: _FlowStep, thread: Thread, variants: bool
) -> list[_FlowOption]:
    position, cost = state.position, state.cost
    if block.shares_line and (shared := _share_line(blocks, index, block, state, thread)):
        return [shared]
    style = block.style
    foot, at_head = thread.foot(position), position in thread.starts
    before = 0 if at_head or position == 0 else style.before
    if block.paragraph is None:
        parted = _parted(block, state, thread, before)
        return [_solid(block, state, thread, before), *parted]
    room = foot - position - before
    keep = style.keep
    if keep and foot - position > 0 and room < keep + 1 and not at_head:
        position, cost, before = foot, cost + _HOLE_COST * 0.1 * (foot - position), 0
        foot = thread.foot(position)
    position += before
    most = block.characters // 4 + 2
    measures = thread.measures(position, block, most)
    natural = block.ends(measures)
    assert natural is not None
    by_hole = [(measures, natural)]
    if variants:  # an empty line at the foot moves the lines after it into the next column, which may be narrower
        beyond = measures if thread.even else thread.measures(position, block, most, hole=1)
        by_hole.append((beyond, natural if beyond == measures else block.ends(beyond) or natural))
    options = []
    for more, penalty in ((0, 0.0), (-1, VARIANT_COST), (1, VARIANT_COST)) if variants else ((0, 0.0),):
        for hole, (measures, natural) in enumerate(by_hole):
            lines = len(natural) + more
            if more and len(natural) == 1:
                continue
            here = max(foot - hole - position, 0)  # lines in this column
            if lines <= here:
                if hole:
                    continue
                last, parting = position + lines - 1, 0.0
            else:
                last = position + lines - 1 + hole
                parting = _parting(position, here, last, lines, thread, style)
            after = last + 1 + style.after
            if style.after and after > thread.foot(last):
                after = max(last + 1, min(after, thread.foot(last)))
            total = cost + penalty + hole * _HOLE_COST + parting
            options.append(
                _FlowOption(
                    total, after, position, lines, hole, (), measures, bool(penalty), () if penalty else natural
                )
            )
    return options


def _slots(position: int, count: int, thread: Thread, hole: int) -> Sequence[int]:
    """Slots for `count` lines from `position` on; with `hole` the first column's last line stays empty."""
    foot = thread.foot(position) - hole
    if position + count <= foot:
        return range(position, position + count)
    here = max(foot - position, 0)
    after = position + here + hole
    return [*range(position, position + here), *range(after, after + count - here)]


def _parting(position: int, here: int, last: int, lines: int, thread: Thread, style: ResolvedTextStyle) -> float:
    """The cost of a column break within `lines`, `here` of which stand before it (rule G7)."""
    if last >= thread.slots:
        return 0.0
    if not here:  # the column's only line stays empty
        here = min(lines, thread.foot(position + 1) - position - 1)
        if here == lines:
            return 0.0
    there = last + 1 - thread.starts[thread.column(last)]
    return (ORPHAN_COST if here < min(style.orphans, lines) else 0.0) + (WIDOW_COST if there < style.widows else 0.0)


def _share_line(
    blocks: Sequence[FlowBlock], index: int, block: FlowBlock, state: _FlowStep, thread: Thread
) -> _FlowOption | None:
    """The step that puts a byline at the right end of the last line before it, if there is room."""
    assert block.paragraph is not None
    if state.block < 0 or not state.slots or blocks[state.block].paragraph is None:
        return None
    last = blocks[state.block]
    slot = state.slots[-1]
    measure = thread.columns[thread.column(slot)].measure
    line = last.set(state.ends, _measures(last, state.slots, thread))[-1]
    own = block.set([block.characters], [1000.0])[0]
    scale = last.style.size / thread.em
    if (line.x + line.width) * scale + APART_EM + own.width * block.style.size / thread.em > measure:
        return None
    return _FlowOption(state.cost, state.position, slot, 1, slots=(slot,), ends=(block.characters,))


def _solid(block: FlowBlock, state: _FlowStep, thread: Thread, before: int) -> _FlowOption:
    """The step that puts the block into the first column that has room for all of it."""
    position, cost = state.position + before, state.cost
    foot = thread.foot(state.position)
    while position + block.solid > foot:
        cost += _HOLE_COST * 0.2 * max(0, foot - position)
        position = foot
        foot = thread.foot(position)
    after = min(position + block.solid + block.style.after, max(thread.foot(position), position + block.solid))
    return _FlowOption(cost, after, position, block.solid, slots=range(position, position + block.solid))


def _parted(block: FlowBlock, state: _FlowStep, thread: Thread, before: int) -> list[_FlowOption]:
    """The step that parts the block's rows between columns, where it does not stand in one."""
    rows, position = block.rows, state.position + before
    if rows is None or position + block.solid <= thread.foot(state.position) or position >= thread.slots:
        return []
    slots: list[int] = []
    cost, begin = state.cost + PARTED_COST, 0
    while begin < rows.count and position < thread.slots:
        foot = thread.foot(position)
        end, lines = rows.fit(begin, foot - position)
        if end > begin:
            slots += range(position, position + lines)
        else:
            cost += _HOLE_COST * 0.2 * (foot - position)
        position, begin = (position + lines if end >= rows.count else foot), end
    if begin < rows.count or not slots:
        return []
    return [_FlowOption(cost, position, slots[0], len(slots), slots=slots)]


def _measures(block: FlowBlock, slots: Sequence[int], thread: Thread) -> tuple[float, ...]:
    """The measures that lines in these slots were broken to."""
    if thread.even:
        return thread.measures(0, block, 0)
    scale = thread.em / block.style.size
    return beside(block, [thread.columns[thread.column(slot)].measure * scale for slot in slots])


def _place(block: FlowBlock, slots: Sequence[int], ends: Sequence[int], thread: Thread) -> PlacedBlock:
    lines = () if block.paragraph is None else tuple(block.set(ends, _measures(block, slots, thread)))
    return PlacedBlock(block, tuple(slots), lines)
