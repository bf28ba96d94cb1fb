"""Where lines end: first fit with push-in and push-out, and the optimum over the whole paragraph.

A place to break is the number of an item: the line ends before it. Rooms are what the lines have, in thousandths
of an em, the last one repeated. How far a line is from its natural width is told as a ratio: 1 is as far as a line
can stretch and look well (GOOD between Han), −1 is all that it can give.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from typing import NamedTuple

from .characters import EM, FUNCTION_WORDS, HALF_EM
from .items import Items
from .spacing import BREAK_PENALTIES, EMERGENCY, FAIR_STRETCH, FORBIDDEN, GOOD_STRETCH, LOOSE_STRETCH, REST

Widths = tuple[int, ...]

_BEAM_WIDTH = 6  # starts kept for each line
WIDTH_SLACK = 2 * EM  # how short a line may be before it is adjusted, where there is a choice
TIGHT_COST, CONTRAST_COST, RUNT_COST, FRAME_COST, ESCAPE_COST = 0.1, 1.0, 50.0, 0.6, 20.0
# A line whose Han gaps give costs more than any that looks well, and one looser than looks well more than that.
SQUEEZE_COST, LOOSE_COST = 2.0, 4.0
_MANY = 120  # lines of a paragraph of which a wished number of lines is sought in the last ones only
OVERFULL_RATIO = 1e6  # the least ratio of a line that is over its room
INFINITE = float("inf")
WORST_RATIO = 40.0  # a ratio that only a line has on which a character stands alone, or nothing but half a word
EDGES = 4 * EM  # more than what marks at the edges of one line can save
_LETTERS = 12  # where nothing but letters can be spread, a line looks well with so much of its room


# The best way to end a line at an item: what it costs, the line's ratio, the item, and which of the ways to end the
# line before it goes on from. (Numbers alone, so that the garbage collector does not go through them.)
ActiveNode = tuple[float, float, int, int]
START_NODE: ActiveNode = (0.0, 0.0, 0, 0)
NO_NODE: ActiveNode = (INFINITE, 0.0, 0, 0)


class BreakGraph(NamedTuple):
    """After a row of lines: the best ways to their ends; the best to the paragraph's end so far, with the number of
    lines it takes; and the same a line later, by that line's room and whether it ends a frame."""

    nodes: list[ActiveNode]
    best: ActiveNode
    lines: int
    after: dict[tuple[int, bool], BreakGraph]


class BreakResult(NamedTuple):
    """Where the lines end, what that costs, and the ratio of the loosest line, at least OVER if some are too wide."""

    ends: list[int]
    cost: float
    worst: float

    def better_than(self, other: BreakResult | None) -> bool:
        """Are lines less over their rooms, or is the sum of demerits less?"""
        if other is None:
            return True
        return (self.worst // OVERFULL_RATIO, self.cost, self.worst) < (
            other.worst // OVERFULL_RATIO,
            other.cost,
            other.worst,
        )


def first_fit(p: Items, widths: Widths) -> list[int]:
    """Each line takes what fits; a mark that may not start the next is pushed in, else pushed out (rule A11)."""
    ends: list[int] = []
    i, last = 0, len(widths) - 1
    width, tails, barred, size = p.width, p.tails, p.barred, p.size
    while i < size:
        available = widths[min(len(ends), last)]
        limit = p.left(i) + available
        j = max(bisect_right(width, limit, i) - 1, i + 1)
        while j < size and width[j + 1] - tails[j + 1] <= limit:
            j += 1
        while j > i + 1 and width[j] - tails[j] > limit:  # no room for the hyphen
            j -= 1
        if p.hangs and j < size and width[j + 1] - tails[j + 1] - p.hangs[j + 1] <= limit:
            j += 1
        if barred[j]:
            further, back = p.free_from(j), barred.rfind(0, i + 1, j)
            if p.right(further) - p.shrinkability(i, further) <= limit:
                j = further
            elif back > 0 and not _may_part_marks(p, i, j, back, further, limit):
                j = back
        if p.split and j < size and p.shape[j - 1] in b"BURE":
            j = _whole_word(p, i, j, limit)
        ends.append(j)
        i = j
    _repair_runt(p, widths, ends)
    return ends


def _may_part_marks(p: Items, i: int, j: int, back: int, further: int, limit: int) -> bool:
    """May the marks be parted (rule A12)? Three or more of them, and a line over LOOSE if they are not."""
    run = max(p.marks_before(further), i)
    return further - run >= 3 and j > run and limit - p.right(back) > (back - i - 1) * LOOSE_STRETCH


def _whole_word(p: Items, i: int, j: int, limit: int) -> int:
    """The best place in or before the word that j would part: where the line looks well, and nearest its start."""
    start = j
    while start > i and p.shape[start - 1] in b"BURE":
        start -= 1
    gentle = [k for k in range(j, start, -1) if p.shape[k - 1] in b"BUR" and p.right(k) <= limit]
    least = FAIR_STRETCH / GOOD_STRETCH if p.shape[j - 1] in b"R" else 1.0
    for k, most in ((start, least), *((k, INFINITE) for k in gentle)):
        if k > i and not p.barred[k] and limit - p.right(k) <= most * (p.stretch[k] - p.stretch[i + 1] or 1):
            return k
    return j


def _repair_runt(p: Items, widths: Widths, ends: list[int]) -> None:
    """A runt is pulled in, or else one character is sent after it (rule E9; GB/T 15834 5.1.11)."""
    if len(ends) < 2 or ends[-2] < p.runt:
        return
    i, available = ([0, *ends])[-3], widths[min(len(ends) - 2, len(widths) - 1)]
    if p.right(p.size) - p.left(i) - p.shrinkability(i, p.size) <= available:
        del ends[-2]
        return
    last = widths[min(len(ends) - 1, len(widths) - 1)]
    for until in (p.runt, ends[-2]):  # two Han, or else whatever keeps a mark from standing alone
        back = p.barred.rfind(0, i + 1, until)
        fits = back > 0 and p.right(p.size) - p.left(back) - p.shrinkability(back, p.size) <= last
        if fits and p.left(i) + available - p.right(back) <= (back - i - 1) * LOOSE_STRETCH:
            ends[-2] = back
            return


def optimum(
    p: Items, widths: Widths, frame_ends: Collection[int] = (), squeeze: bool = False, most: float = INFINITE
) -> BreakResult:
    """The ends whose demerits are least in sum; `frame_ends` are numbers of lines (from 0) that end a frame.
    `squeeze`: the gaps between Han may give (rule E12); none is given over `most`, and where that cannot be, the cost
    is infinite.

    Line by line, the places where it could end, each with the best way there. An end is worth a look only if the
    line up to it is within SLACK of its room and no tighter than it can be, and that leaves some four; the BEAM
    best go on. So the work for a line depends neither on its room nor on the paragraph's length, and unequal rooms
    cost nothing. What was reached after a row of rooms is kept: frames that begin alike share it.
    """
    graph, last = p.graph.get((squeeze, most)), len(widths) - 1
    if graph is None:
        graph = p.graph[squeeze, most] = BreakGraph([START_NODE], NO_NODE, 0, {})
    history: list[Sequence[ActiveNode]] = []
    while graph.nodes and graph.nodes[0][0] < graph.best[0]:
        line = len(history)
        history.append(graph.nodes)
        key = widths[min(line, last)], line in frame_ends
        further = graph.after.get(key)
        if further is None:
            found = _ends(p, graph.nodes, key[0], WIDTH_SLACK, key[1], most, squeeze)
            best, lines = found.pop(p.size, NO_NODE), line + 1
            if best[0] >= graph.best[0]:
                best, lines = graph.best, graph.lines
            further = graph.after[key] = BreakGraph(sorted(found.values())[:_BEAM_WIDTH], best, lines, {})
        graph = further
    return _traced_ends(history[: graph.lines], graph.best)


def _traced_ends(history: Sequence[Sequence[ActiveNode]], node: ActiveNode) -> BreakResult:
    """The ends of the way, which goes on from one of the last ways of `history`."""
    ends, worst, cost = [], 0.0, node[0]
    for nodes in reversed(history):
        ends.append(node[2])
        worst = worst + node[1] if node[1] >= OVERFULL_RATIO else max(worst, node[1])
        node = nodes[node[3]]
    return BreakResult(ends[::-1], cost, worst)


def _ends(
    p: Items,
    nodes: Sequence[ActiveNode],
    available: int,
    slack: int,
    ends_frame: bool = False,
    most: float = INFINITE,
    squeeze: bool = False,
    least: int = 0,
    until: int | None = None,
) -> dict[int, ActiveNode]:
    """Each end that the line after one of `nodes` could have, with the best way to it; no gap is given over `most`.
    `squeeze`: the gaps between Han may give. Only ends up to `until` are asked for, and only those that are `least` or
    more from the paragraph's start when all before the line gives what it can."""
    width, shrink, stretch, penalties, tails = p.width, p.shrink, p.stretch, p.soft_penalties, p.tails
    end_shrinkability, hangs = p.end_shrinkability, p.hangs
    size, runt, left, starts, scales = p.size, p.runt, p.left, p.starts, p.scales
    graph: dict[int, ActiveNode] = {}
    until = size if until is None else until
    endless, widest = (
        p.long_runs or p.split,
        4 * max(available, 0) + 2 * EDGES,
    )  # no line has so much, whatever it gives
    fair, stretchability, least_tail = (
        (p.fair, p.stretchability, p.least_tail) if most == FAIR_STRETCH else ((), b"", 0)
    )
    too_loose = (
        INFINITE if most == INFINITE else min(most / GOOD_STRETCH, 1.0)
    )  # the ratio from which a line is held to `most`
    for number, (so_far, before, i, _) in enumerate(nodes):
        edge = available + (width[i] + starts[i] if i and not scales else left(i))
        shrunk, stretched, ratio = shrink[i + 1], stretch[i + 1], INFINITE
        nearest, tightest = edge - slack, least + shrunk
        first = bisect_left(width, nearest if nearest > tightest else tightest, i + 1, size)
        if fair and first > i + 1 and stretchability[i + 1]:  # what no gap of that width fills need not be looked at
            first = bisect_left(fair, edge + fair[i + 1] - width[i + 1] + least_tail, first, size)
        end = until
        if endless:  # a row in which no line may end is not gone through up to its own end
            end = min(until, bisect_right(width, edge + widest, i + 1, size))
        for j in range(first, end + 1):
            penalty = penalties[j]
            if penalty == FORBIDDEN:
                continue
            short = edge - width[j] + tails[j]
            if hangs and short < 0:
                short = short + hangs[j]
            if short < 0:
                shrinkability = shrink[j] - shrunk
                if end_shrinkability:
                    shrinkability += end_shrinkability[j]
                if shrinkability + short < 0:
                    over = p.squeezed(i, j) if squeeze else 0
                    if shrinkability + over + short < 0:
                        if tails[j] < 0:  # only the hyphen has no room
                            continue
                        break
                    ratio, cost = -1.0, so_far + SQUEEZE_COST - TIGHT_COST * (shrinkability + short) / over
                else:
                    ratio = short / shrinkability
                    cost = so_far - TIGHT_COST * ratio * ratio * ratio
                if before > 0.5:
                    cost += CONTRAST_COST
            elif j < size:
                ratio = short / (stretch[j] - stretched or _letters(p, i, j, available))
                if ratio > too_loose and _gap(p, i, j, short, available) > most:
                    continue
                cost = so_far + ratio * ratio * ratio
                if ratio > 0.5:
                    if ratio > 1:
                        cost += LOOSE_COST
                    if before < 0:
                        cost += CONTRAST_COST
            else:
                ratio, cost = 0.0, so_far
            if penalty:
                cost += BREAK_PENALTIES[penalty]
            elif i >= runt and j == size:
                cost += RUNT_COST
            if ends_frame and j < size and (penalty or p.tokens[j - 1] in FUNCTION_WORDS):
                cost += FRAME_COST
            known = graph.get(j)
            if known is None or cost < known[0]:
                graph[j] = (cost, ratio, j, number)
        if (
            ratio > LOOSE_STRETCH / GOOD_STRETCH and most == INFINITE
        ):  # nothing is near its room, or nothing that looks well
            _emergency_break(p, so_far, i, number, available, graph)
    return graph


def _letters(p: Items, i: int, j: int, available: int) -> int:
    """How far a line without any place to stretch can be spread and look well."""
    return max(available // _LETTERS, 1) if j > i + 1 or len(p.tokens[i]) > 1 else 1


def _over(short: float) -> float:
    """The ratio of a line that is too wide: many by a little are better than one by much."""
    return OVERFULL_RATIO * (1 - short / HALF_EM)


def _emergency_break(
    p: Items, so_far: float, i: int, number: int, available: int, graph: dict[int, ActiveNode]
) -> None:
    """The end of a line that nothing near its room will end: too loose, or, with no place to break at all, forced."""
    edge = p.left(i) + available
    j = max(bisect_right(p.width, edge, i) - 1, i + 1)
    while j < p.size and p.right(j + 1) <= edge:
        j += 1
    while j > i + 1 and p.right(j) > edge:
        j -= 1
    back, cost = p.barred.rfind(0, i + 1, j + 1), so_far
    if back > 0:
        if j > back and _may_part_marks(p, i, j, back, p.free_from(j), edge):
            cost += ESCAPE_COST
        else:
            j = back
    short = edge - p.right(j)
    ratio = 0.0
    if short < 0:
        ratio = _over(short)
    elif j < p.size:
        ratio = short / (p.stretch[j] - p.stretch[i + 1] or _letters(p, i, j, available))
    cost += ratio * ratio * ratio
    if j not in graph or cost < graph[j][0]:
        graph[j] = (cost, ratio, j, number)


def exactly(p: Items, widths: Widths, lines: int, frame_ends: Collection[int] = ()) -> BreakResult | None:
    """The best ends with exactly so many lines, none looser than FAIR; None if there are none.

    The places where a line may end are the more, the more lines are before it. So of more than MANY lines the first are
    those of the optimum, and the last MANY make up the number.
    """
    nodes: Sequence[ActiveNode] = [START_NODE]
    history: list[Sequence[ActiveNode]] = []
    last = len(widths) - 1
    kept = 0
    if lines > _MANY:
        best = optimum(p, widths, frame_ends)
        kept = len(best.ends) - _MANY
        if kept <= 0 or kept >= lines or loosest(p, best.ends[:kept], widths) > FAIR_STRETCH:
            return None
        history = [nodes, *([(0.0, 0.0, end, 0)] for end in best.ends[: kept - 1])]
        nodes = [(0.0, 0.0, best.ends[kept - 1], 0)]
    after = [0]  # what the lines from the last one up have together
    for line in range(lines - 1, kept - 1, -1):
        after.append(after[-1] + widths[min(line, last)])
    width, shrink, stretch = p.width, p.shrink, p.stretch
    all_tight, all_loose = width[p.size] - shrink[p.size], width[p.size] + 2 * stretch[p.size]
    done = width[nodes[0][2]] - shrink[nodes[0][2]]
    if all_tight - done - HALF_EM * (lines - kept) - EDGES > after[-1]:  # as when a long last line is to go
        return None
    final = widths[min(lines - 1, last)]
    for line in range(kept, lines):
        available, has = widths[min(line, last)], after[lines - line - 1]
        slack = max(2 * available // 5, WIDTH_SLACK)
        history.append(nodes)
        if line == lines - 1:
            end = _ends(p, nodes, available, slack, line in frame_ends, FAIR_STRETCH).get(p.size)
            fine = end and end[0] < BREAK_PENALTIES[EMERGENCY] and nodes[end[3]][2] < p.runt
            return _traced_ends(history, end) if end and fine else None
        # What is left must neither overfill the lines left nor be too little for all but the last of them.
        tight, loose = all_tight - HALF_EM * (lines - line) - has, all_loose - has + final
        until = bisect_right(p.fair, loose) - 1
        found = _ends(p, nodes, available, slack, line in frame_ends, FAIR_STRETCH, least=tight, until=until)
        found.pop(p.size, None)
        nodes = [
            node for j, node in found.items() if width[j] - shrink[j] >= tight and width[j] + 2 * stretch[j] <= loose
        ]
        if not nodes:
            return None
    return None


def line_range(p: Items, widths: Widths) -> tuple[int, int]:
    """The fewest and the most lines that the paragraph can fairly take."""
    return _count(p, widths, fewest=True), _count(p, widths, fewest=False)


def _count(p: Items, widths: Widths, fewest: bool) -> int:
    i, lines = 0, 0
    while i < p.size:
        available = widths[min(lines, len(widths) - 1)]
        found = _ends(p, [(0.0, 0.0, i, 0)], available, available, most=FAIR_STRETCH)
        if not found:
            _emergency_break(p, 0.0, i, 0, available, found)
        nearest = min((j for j in found if j <= p.runt or j == p.size), default=min(found))
        i = max(found) if fewest else nearest
        lines += 1
    return lines


def loosest(p: Items, ends: Sequence[int], widths: Widths) -> float:
    """What each Han gap of the loosest line will be given (rule E4), in thousandths of an em."""
    worst, i = 0.0, 0
    for line, j in enumerate(ends):
        available = widths[min(line, len(widths) - 1)]
        short = p.left(i) + available - p.right(j)
        if short > 0:
            worst = max(worst, _gap(p, i, j, short, available) if j < p.size else 0.0)
        elif short + p.shrinkability(i, j) + p.squeezed(i, j) + (p.hangs[j] if p.hangs else 0) < 0:
            worst += _over(short) * GOOD_STRETCH
        i = j
    return worst


def _gap(p: Items, i: int, j: int, short: float, available: int) -> float:
    stretchability, stretch = p.stretchability[i + 1 : j], p.stretch[j] - p.stretch[i + 1]
    rest = stretchability.count(REST)
    short -= stretch - GOOD_STRETCH * rest
    if short <= 0:
        return 0.0
    if short <= LOOSE_STRETCH * rest:
        return short / rest
    places = len(stretchability) - stretchability.count(0)
    return (
        LOOSE_STRETCH + (short - LOOSE_STRETCH * rest) / places
        if places
        else short * GOOD_STRETCH / _letters(p, i, j, available)
    )
