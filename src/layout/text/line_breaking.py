"""Where lines end: first fit with push-in and push-out, and the optimum over the whole paragraph (rule E8).

A break is the number of the item before which the line ends. `widths` are the widths available to the lines, in
thousandths of an em; the last one is repeated. The adjustment ratio of a line is 1 where it is stretched as far as
looks well (GOOD_STRETCH between Han) and −1 where it is shrunk as far as it can be.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from typing import NamedTuple

from .characters import EM, FUNCTION_WORDS, HALF_EM
from .class_sets import DIVIDED, DIVIDED_AT_SEAM, DIVIDED_RANGE
from .items import HAN_SLACK, Items
from .spacing import BREAK_PENALTIES, EMERGENCY, FAIR_STRETCH, FORBIDDEN, GOOD_STRETCH, LOOSE_STRETCH, REST

Widths = tuple[int, ...]

_BEAM_WIDTH = 6  # active nodes after each line
WIDTH_SLACK = HAN_SLACK  # how short a line may be before it is adjusted, where there is a choice
TIGHT_COST, CONTRAST_COST, RUNT_COST, FRAME_COST, ESCAPE_COST = 0.1, 1.0, 50.0, 0.6, 20.0
# A line whose Han gaps are shrunk costs more than any that looks well; one looser than looks well costs still more.
SQUEEZE_COST, LOOSE_COST = 2.0, 4.0
_MANY = 120  # of more lines only the last ones are fitted to a given number
OVERFULL_RATIO = 1e6  # the least ratio of a line that is too wide
INFINITE = float("inf")
WORST_RATIO = 40.0  # reached only by a line that holds one character, or half a word
EDGES = 4 * EM  # more than marks at the two edges of one line can save
_LETTERS = 12  # a line in which only letters can be spread looks well up to this part of its width


# The best break before an item: demerits, ratio of the line, the item, and the index of the active node of the line
# before. (Numbers alone, so that the garbage collector does not track them.)
ActiveNode = tuple[float, float, int, int]
START_NODE: ActiveNode = (0.0, 0.0, 0, 0)
NO_NODE: ActiveNode = (INFINITE, 0.0, 0, 0)


class BreakGraph(NamedTuple):
    """The state after some lines: active nodes; the best end of the paragraph so far, with its number of lines; and
    the states one line later, by that line's available width and whether it ends a frame."""

    nodes: list[ActiveNode]
    best: ActiveNode
    lines: int
    after: dict[tuple[int, bool], BreakGraph]


# The graphs of one row of items, by `squeeze` and `most` of `optimum`.
BreakGraphs = dict[tuple[bool, float], BreakGraph]


class BreakResult(NamedTuple):
    """Where the lines end, the demerits, and the ratio of the loosest line (OVERFULL_RATIO or more: too wide)."""

    ends: list[int]
    cost: float
    worst: float

    def better_than(self, other: BreakResult | None) -> bool:
        """Whether its lines are less overfull or, where that is equal, its demerits fewer."""
        if other is None:
            return True
        return (self.worst // OVERFULL_RATIO, self.cost, self.worst) < (
            other.worst // OVERFULL_RATIO,
            other.cost,
            other.worst,
        )


def first_fit(p: Items, widths: Widths) -> list[int]:
    """The breaks of first fit: a mark that may not start the next line is pushed in, or else pushed out (rule A11)."""
    ends: list[int] = []
    i, last = 0, len(widths) - 1
    width, tails, barred, size = p.width, p.tails, p.barred, p.size
    while i < size:
        available = widths[min(len(ends), last)]
        limit = p.left(i) + available
        j = max(bisect_right(width, limit, i) - 1, i + 1)
        while j < size and width[j + 1] - tails[j + 1] <= limit:
            j += 1
        while j > i + 1 and width[j] - tails[j] > limit:  # the hyphen does not fit
            j -= 1
        if p.hangs and j < size and width[j + 1] - tails[j + 1] - p.hangs[j + 1] <= limit:
            j += 1
        if barred[j]:
            further, back = p.free_from(j), barred.rfind(0, i + 1, j)
            if p.right(further) - p.shrinkability(i, further) <= limit:
                j = further
            elif back > 0 and not _may_part_marks(p, i, j, back, further, limit):
                j = back
        if p.split and j < size and p.shape[j - 1] in DIVIDED:
            j = _whole_word(p, i, j, limit)
        ends.append(j)
        i = j
    _repair_runt(p, widths, ends)
    return ends


def _may_part_marks(p: Items, i: int, j: int, back: int, further: int, limit: int) -> bool:
    """Whether a row of marks may be broken (rule A12): three or more, where the line would else be too loose."""
    run = max(p.marks_before(further), i)
    return further - run >= 3 and j > run and limit - p.right(back) > (back - i - 1) * LOOSE_STRETCH


def _whole_word(p: Items, i: int, j: int, limit: int) -> int:
    """The best break in or before the word that a break at j would divide: nearest its start, if the line looks well."""
    start = j
    while start > i and p.shape[start - 1] in DIVIDED:
        start -= 1
    gentle = [k for k in range(j, start, -1) if p.shape[k - 1] in DIVIDED_AT_SEAM and p.right(k) <= limit]
    least = FAIR_STRETCH / GOOD_STRETCH if p.shape[j - 1] in DIVIDED_RANGE else 1.0
    for k, most in ((start, least), *((k, INFINITE) for k in gentle)):
        if k > i and not p.barred[k] and limit - p.right(k) <= most * (p.stretch[k] - p.stretch[i + 1] or 1):
            return k
    return j


def _repair_runt(p: Items, widths: Widths, ends: list[int]) -> None:
    """Removes a runt: the last line is joined to the one before or gets a character more (E9; GB/T 15834 5.1.11)."""
    if len(ends) < 2 or ends[-2] < p.runt:
        return
    i, available = ([0, *ends])[-3], widths[min(len(ends) - 2, len(widths) - 1)]
    if p.right(p.size) - p.left(i) - p.shrinkability(i, p.size) <= available:
        del ends[-2]
        return
    last = widths[min(len(ends) - 1, len(widths) - 1)]
    for until in (p.runt, ends[-2]):  # two Han on the last line, or else no mark alone on it
        back = p.barred.rfind(0, i + 1, until)
        fits = back > 0 and p.right(p.size) - p.left(back) - p.shrinkability(back, p.size) <= last
        if fits and p.left(i) + available - p.right(back) <= (back - i - 1) * LOOSE_STRETCH:
            ends[-2] = back
            return


def optimum(
    p: Items,
    widths: Widths,
    frame_ends: Collection[int] = (),
    squeeze: bool = False,
    most: float = INFINITE,
    graphs: BreakGraphs | None = None,
) -> BreakResult:
    """The breaks with the fewest demerits.

    Line by line, each possible break is reached from the best active node. Only breaks within WIDTH_SLACK of the
    available width are tried, about four a line, and the _BEAM_WIDTH best stay active; so the work for a line
    depends neither on its width nor on the paragraph's length.

    Args:
        p: The paragraph's items.
        widths: Available widths, thousandths of an em; the last is repeated.
        frame_ends: Numbers of the lines, from 0, that are the last of a frame.
        squeeze: Whether gaps between Han may shrink (rule E12).
        most: The most that a gap may get, thousandths of an em; the cost is infinite where that cannot be met.
        graphs: The cached break graphs of `p`: calls whose first widths are equal share them.
    """
    graphs, last = {} if graphs is None else graphs, len(widths) - 1
    graph = graphs.get((squeeze, most))
    if graph is None:
        graph = graphs[squeeze, most] = BreakGraph([START_NODE], NO_NODE, 0, {})
    history: list[Sequence[ActiveNode]] = []
    while graph.nodes and graph.nodes[0][0] < graph.best[0]:
        line = len(history)
        history.append(graph.nodes)
        key = widths[min(line, last)], line in frame_ends
        further = graph.after.get(key)
        if further is None:
            found = _ends(p, graph.nodes, _Line(key[0], p.slack, key[1], most, squeeze))
            best, lines = found.pop(p.size, NO_NODE), line + 1
            if best[0] >= graph.best[0]:
                best, lines = graph.best, graph.lines
            further = graph.after[key] = BreakGraph(sorted(found.values())[:_BEAM_WIDTH], best, lines, {})
        graph = further
    return _traced_ends(history[: graph.lines], graph.best)


def _traced_ends(history: Sequence[Sequence[ActiveNode]], node: ActiveNode) -> BreakResult:
    """The breaks from the paragraph's start to `node`; `history` has the active nodes before each line."""
    ends, worst, cost = [], 0.0, node[0]
    for nodes in reversed(history):
        ends.append(node[2])
        worst = worst + node[1] if node[1] >= OVERFULL_RATIO else max(worst, node[1])
        node = nodes[node[3]]
    return BreakResult(ends[::-1], cost, worst)


class _Line(NamedTuple):
    """What a line must satisfy; lengths in thousandths of an em."""

    available: int  # its width
    slack: int  # how much shorter it may be before it is adjusted
    ends_frame: bool = False
    most: float = INFINITE  # what a gap may get
    squeeze: bool = False  # whether gaps between Han may shrink
    least: int = 0  # from the paragraph's start to the line's end at least, shrunk as far as can be
    until: int | None = None  # the last item that the line may end before


def _ends(p: Items, nodes: Sequence[ActiveNode], line: _Line) -> dict[int, ActiveNode]:
    """The breaks that can end the line after one of the active `nodes`, each as a node with the fewest demerits."""
    available, slack, ends_frame, most, squeeze, least, until = line
    width, shrink, stretch, penalties, tails = p.width, p.shrink, p.stretch, p.soft_penalties, p.tails
    end_shrinkability, hangs = p.end_shrinkability, p.hangs
    size, runt, left, starts, scales = p.size, p.runt, p.left, p.starts, p.scales
    graph: dict[int, ActiveNode] = {}
    until = size if until is None else until
    endless, widest = (
        p.long_runs or p.split,
        4 * max(available, 0) + 2 * EDGES,
    )  # more than any line holds, however it is shrunk
    fair, stretchability, least_tail = (
        (p.fair, p.stretchability, p.least_tail) if most == FAIR_STRETCH else ((), b"", 0)
    )
    # From this ratio on the gaps of a line are compared with `most`.
    too_loose = INFINITE if most == INFINITE else min(most / GOOD_STRETCH, 1.0)
    for number, (so_far, before, i, _) in enumerate(nodes):
        edge = available + (width[i] + starts[i] if i and not scales else left(i))
        shrunk, stretched, ratio = shrink[i + 1], stretch[i + 1], INFINITE
        nearest, tightest = edge - slack, least + shrunk
        first = bisect_left(width, nearest if nearest > tightest else tightest, i + 1, size)
        if fair and first > i + 1 and stretchability[i + 1]:  # skips breaks that even the widest fair gaps do not reach
            first = bisect_left(fair, edge + fair[i + 1] - width[i + 1] + least_tail, first, size)
        end = until
        if endless:  # an unbreakable row longer than the line is not searched to its end
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
                        if tails[j] < 0:  # only the hyphen does not fit
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
            best = graph.get(j)
            if best is None or cost < best[0]:
                graph[j] = (cost, ratio, j, number)
        if (
            ratio > LOOSE_STRETCH / GOOD_STRETCH and most == INFINITE
        ):  # no break near the width, or none that looks well
            _emergency_break(p, so_far, i, number, available, graph)
    return graph


def _letters(p: Items, i: int, j: int, available: int) -> int:
    """How far the letters of a line that has no gap can be spread and look well, thousandths of an em."""
    return max(available // _LETTERS, 1) if j > i + 1 or len(p.tokens[i]) > 1 else 1


def _over(short: float) -> float:
    """The ratio of a line that is `-short` too wide; several lines slightly too wide cost less than one very wide."""
    return OVERFULL_RATIO * (1 - short / HALF_EM)


def _emergency_break(
    p: Items, so_far: float, i: int, number: int, available: int, graph: dict[int, ActiveNode]
) -> None:
    """Adds the break of a line that has none near its width: a loose line, or a forced break where none is allowed."""
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


def exactly(
    p: Items, widths: Widths, lines: int, frame_ends: Collection[int] = (), graphs: BreakGraphs | None = None
) -> BreakResult | None:
    """The best breaks into exactly `lines` lines, none looser than FAIR_STRETCH; None if there are none.

    The number of possible breaks of a line grows with the lines before it. So of more than _MANY lines the first are
    those of the optimum, and only the last _MANY are broken differently.
    """
    nodes: Sequence[ActiveNode] = [START_NODE]
    history: list[Sequence[ActiveNode]] = []
    last = len(widths) - 1
    unchanged = 0
    if lines > _MANY:
        best = optimum(p, widths, frame_ends, graphs=graphs)
        unchanged = len(best.ends) - _MANY
        if unchanged <= 0 or unchanged >= lines or loosest(p, best.ends[:unchanged], widths) > FAIR_STRETCH:
            return None
        history = [nodes, *([(0.0, 0.0, end, 0)] for end in best.ends[: unchanged - 1])]
        nodes = [(0.0, 0.0, best.ends[unchanged - 1], 0)]
    after = [0]  # widths of the last line, the last two lines …, summed
    for line in range(lines - 1, unchanged - 1, -1):
        after.append(after[-1] + widths[min(line, last)])
    width, shrink, stretch = p.width, p.shrink, p.stretch
    all_tight, all_loose = width[p.size] - shrink[p.size], width[p.size] + 2 * stretch[p.size]
    done = width[nodes[0][2]] - shrink[nodes[0][2]]
    if all_tight - done - HALF_EM * (lines - unchanged) - EDGES > after[-1]:  # too much text, however tight
        return None
    final = widths[min(lines - 1, last)]
    for line in range(unchanged, lines):
        available, remaining = widths[min(line, last)], after[lines - line - 1]
        slack = max(2 * available // 5, p.slack)
        history.append(nodes)
        if line == lines - 1:
            end = _ends(p, nodes, _Line(available, slack, line in frame_ends, FAIR_STRETCH)).get(p.size)
            fine = end and end[0] < BREAK_PENALTIES[EMERGENCY] and nodes[end[3]][2] < p.runt
            return _traced_ends(history, end) if end and fine else None
        # The rest of the text must neither overfill the remaining lines nor leave more than the last of them short.
        tight, loose = all_tight - HALF_EM * (lines - line) - remaining, all_loose - remaining + final
        until = bisect_right(p.fair, loose) - 1
        conditions = _Line(available, slack, line in frame_ends, FAIR_STRETCH, least=tight, until=until)
        found = _ends(p, nodes, conditions)
        found.pop(p.size, None)
        nodes = [
            node for j, node in found.items() if width[j] - shrink[j] >= tight and width[j] + 2 * stretch[j] <= loose
        ]
        if not nodes:
            return None
    return None


def line_range(p: Items, widths: Widths) -> tuple[int, int]:
    """The fewest and the most lines in which no gap is wider than FAIR_STRETCH."""
    return _count(p, widths, fewest=True), _count(p, widths, fewest=False)


def _count(p: Items, widths: Widths, fewest: bool) -> int:
    i, lines = 0, 0
    while i < p.size:
        available = widths[min(lines, len(widths) - 1)]
        found = _ends(p, [(0.0, 0.0, i, 0)], _Line(available, available, most=FAIR_STRETCH))
        if not found:
            _emergency_break(p, 0.0, i, 0, available, found)
        nearest = min((j for j in found if j <= p.runt or j == p.size), default=min(found))
        i = max(found) if fewest else nearest
        lines += 1
    return lines


def loosest(p: Items, ends: Sequence[int], widths: Widths) -> float:
    """What is added to each Han gap of the loosest line (rule E4), thousandths of an em; overfull lines count more."""
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
    """What is added to each Han gap of the line of items i to j when it is stretched by `short`."""
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
