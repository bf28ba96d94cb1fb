"""Where lines end: first fit with push-in and push-out, and the optimum over the whole paragraph.

A place to break is the number of an item: the line ends before it. Rooms are what the lines have, in thousandths
of an em, the last one repeated. How far a line is from its natural width is told as a ratio: 1 is as far as a line
can stretch and look well (GOOD between Han), −1 is all that it can give.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from typing import NamedTuple

from .characters import EM, FUNCTION_WORDS, HALF
from .items import Items
from .spacing import EMERGENCY, FAIR, FORBIDDEN, GOOD, LOOSE, REST, TOLLS

Rooms = tuple[int, ...]

BEAM = 6  # starts kept for each line
SLACK = 2 * EM  # how short a line may be before it is adjusted, where there is a choice
TIGHT_COST, CONTRAST_COST, RUNT_COST, FRAME_COST, ESCAPE_COST = 0.1, 1.0, 50.0, 0.6, 20.0
# A line whose Han gaps give costs more than any that looks well, and one looser than looks well more than that.
SQUEEZE_COST, LOOSE_COST = 2.0, 4.0
OVER = 1e6  # the least ratio of a line that is over its room
INFINITE = float("inf")
HOPELESS = 40.0  # a ratio that only a line has on which a character stands alone, or nothing but half a word
EDGES = 4 * EM  # more than what marks at the edges of one line can save
LETTERS = 12  # where nothing but letters can be spread, a line looks well with so much of its room


# The best way to end a line at an item: what it costs, the line's ratio, the item, and which of the ways to end the
# line before it goes on from. (Numbers alone, so that the garbage collector does not go through them.)
Way = tuple[float, float, int, int]
START: Way = (0.0, 0.0, 0, 0)
NOWHERE: Way = (INFINITE, 0.0, 0, 0)


class Reached(NamedTuple):
    """After a row of lines: the best ways to their ends; the best to the paragraph's end so far, with the number of
    lines it takes; and the same a line later, by that line's room and whether it ends a frame."""

    ways: list[Way]
    best: Way
    lines: int
    after: dict[tuple[int, bool], Reached]


class Broken(NamedTuple):
    """Where the lines end, what that costs, and the ratio of the loosest line, at least OVER if some are too wide."""

    ends: list[int]
    cost: float
    worst: float

    def better_than(self, other: Broken | None) -> bool:
        """Are lines less over their rooms, or is the sum of demerits less?"""
        if other is None:
            return True
        return (self.worst // OVER, self.cost, self.worst) < (other.worst // OVER, other.cost, other.worst)


def first_fit(p: Items, rooms: Rooms) -> list[int]:
    """Each line takes what fits; a mark that may not start the next is pushed in, else pushed out (rule A11)."""
    ends: list[int] = []
    i, last = 0, len(rooms) - 1
    width, tails, barred, size = p.width, p.tails, p.barred, p.size
    while i < size:
        room = rooms[min(len(ends), last)]
        limit = p.left(i) + room
        j = max(bisect_right(width, limit, i) - 1, i + 1)
        while j < size and width[j + 1] - tails[j + 1] <= limit:
            j += 1
        while j > i + 1 and width[j] - tails[j] > limit:  # no room for the hyphen
            j -= 1
        if p.hangs and j < size and width[j + 1] - tails[j + 1] - p.hangs[j + 1] <= limit:
            j += 1
        if barred[j]:
            further, back = barred.find(0, j), barred.rfind(0, i + 1, j)
            if p.right(further) - p.give(i, further) <= limit:
                j = further
            elif back > 0 and not _escapes(p, i, j, back, further, limit):
                j = back
        if p.split and j < size and p.shape[j - 1] in b"BURE":
            j = _whole_word(p, i, j, limit)
        ends.append(j)
        i = j
    _mend_runt(p, rooms, ends)
    return ends


def _escapes(p: Items, i: int, j: int, back: int, further: int, limit: int) -> bool:
    """May the marks be parted (rule A12)? Three or more of them, and a line over LOOSE if they are not."""
    run = further
    while run > i and p.shape[run - 1] in b",.!;T)>":
        run -= 1
    return further - run >= 3 and j > run and limit - p.right(back) > (back - i - 1) * LOOSE


def _whole_word(p: Items, i: int, j: int, limit: int) -> int:
    """The best place in or before the word that j would part: where the line looks well, and nearest its start."""
    start = j
    while start > i and p.shape[start - 1] in b"BURE":
        start -= 1
    gentle = [k for k in range(j, start, -1) if p.shape[k - 1] in b"BUR" and p.right(k) <= limit]
    least = FAIR / GOOD if p.shape[j - 1] in b"R" else 1.0
    for k, most in ((start, least), *((k, INFINITE) for k in gentle)):
        if k > i and not p.barred[k] and limit - p.right(k) <= most * (p.stretch[k] - p.stretch[i + 1] or 1):
            return k
    return j


def _mend_runt(p: Items, rooms: Rooms, ends: list[int]) -> None:
    """A runt is pulled in, or else one character is sent after it (rule E9; GB/T 15834 5.1.11)."""
    if len(ends) < 2 or ends[-2] < p.runt:
        return
    i, room = ([0, *ends])[-3], rooms[min(len(ends) - 2, len(rooms) - 1)]
    if p.right(p.size) - p.left(i) - p.give(i, p.size) <= room:
        del ends[-2]
        return
    for until in (p.runt, ends[-2]):  # two Han, or else whatever keeps a mark from standing alone
        back = p.barred.rfind(0, i + 1, until)
        if back > 0 and p.left(i) + room - p.right(back) <= (back - i - 1) * LOOSE:
            ends[-2] = back
            return


def optimum(
    p: Items, rooms: Rooms, frame_ends: Collection[int] = (), squeeze: bool = False, most: float = INFINITE
) -> Broken:
    """The ends whose demerits are least in sum; `frame_ends` are numbers of lines (from 0) that end a frame.
    `squeeze`: the gaps between Han may give (rule E12); none is given over `most`, and where that cannot be, the cost
    is infinite.

    Line by line, the places where it could end, each with the best way there. An end is worth a look only if the
    line up to it is within SLACK of its room and no tighter than it can be, and that leaves some four; the BEAM
    best go on. So the work for a line depends neither on its room nor on the paragraph's length, and unequal rooms
    cost nothing. What was reached after a row of rooms is kept: frames that begin alike share it.
    """
    reached, last = p.reached.get((squeeze, most)), len(rooms) - 1
    if reached is None:
        reached = p.reached[squeeze, most] = Reached([START], NOWHERE, 0, {})
    history: list[Sequence[Way]] = []
    while reached.ways and reached.ways[0][0] < reached.best[0]:
        line = len(history)
        history.append(reached.ways)
        key = rooms[min(line, last)], line in frame_ends
        further = reached.after.get(key)
        if further is None:
            found = _ends(p, reached.ways, key[0], SLACK, key[1], most, squeeze)
            best, lines = found.pop(p.size, NOWHERE), line + 1
            if best[0] >= reached.best[0]:
                best, lines = reached.best, reached.lines
            further = reached.after[key] = Reached(sorted(found.values())[:BEAM], best, lines, {})
        reached = further
    return _told(history[: reached.lines], reached.best)


def _told(history: Sequence[Sequence[Way]], way: Way) -> Broken:
    """The ends of the way, which goes on from one of the last ways of `history`."""
    ends, worst, cost = [], 0.0, way[0]
    for ways in reversed(history):
        ends.append(way[2])
        worst = worst + way[1] if way[1] >= OVER else max(worst, way[1])
        way = ways[way[3]]
    return Broken(ends[::-1], cost, worst)


def _ends(
    p: Items,
    ways: Sequence[Way],
    room: int,
    slack: int,
    ends_frame: bool = False,
    most: float = INFINITE,
    squeeze: bool = False,
    least: int = 0,
    until: int | None = None,
) -> dict[int, Way]:
    """Each end that the line after one of `ways` could have, with the best way to it; no gap is given over `most`.
    `squeeze`: the gaps between Han may give. Only ends up to `until` are asked for, and only those that are `least` or
    more from the paragraph's start when all before the line gives what it can."""
    width, shrink, stretch, tolls, tails = p.width, p.shrink, p.stretch, p.soft_tolls, p.tails
    end_gives, hangs = p.end_gives, p.hangs
    size, runt, left, starts, scales = p.size, p.runt, p.left, p.starts, p.scales
    reached: dict[int, Way] = {}
    until = size if until is None else until
    fair, grow, least_tail = (p.fair, p.grow, p.least_tail) if most == FAIR else ((), b"", 0)
    too_loose = INFINITE if most == INFINITE else min(most / GOOD, 1.0)  # the ratio from which a line is held to `most`
    for number, (so_far, before, i, _) in enumerate(ways):
        edge = room + (width[i] + starts[i] if i and not scales else left(i))
        shrunk, stretched, ratio = shrink[i + 1], stretch[i + 1], INFINITE
        nearest, tightest = edge - slack, least + shrunk
        first = bisect_left(width, nearest if nearest > tightest else tightest, i + 1, size)
        if fair and first > i + 1 and grow[i + 1]:  # what no gap of that width fills need not be looked at
            first = bisect_left(fair, edge + fair[i + 1] - width[i + 1] + least_tail, first, size)
        for j in range(first, until + 1):
            toll = tolls[j]
            if toll == FORBIDDEN:
                continue
            short = edge - width[j] + tails[j]
            if hangs and short < 0:
                short = short + hangs[j]
            if short < 0:
                give = shrink[j] - shrunk
                if end_gives:
                    give += end_gives[j]
                if give + short < 0:
                    over = p.squeezed(i, j) if squeeze else 0
                    if give + over + short < 0:
                        if tails[j] < 0:  # only the hyphen has no room
                            continue
                        break
                    ratio, cost = -1.0, so_far + SQUEEZE_COST - TIGHT_COST * (give + short) / over
                else:
                    ratio = short / give
                    cost = so_far - TIGHT_COST * ratio * ratio * ratio
                if before > 0.5:
                    cost += CONTRAST_COST
            elif j < size:
                ratio = short / (stretch[j] - stretched or _letters(p, i, j, room))
                if ratio > too_loose and _gap(p, i, j, short, room) > most:
                    continue
                cost = so_far + ratio * ratio * ratio
                if ratio > 0.5:
                    if ratio > 1:
                        cost += LOOSE_COST
                    if before < 0:
                        cost += CONTRAST_COST
            else:
                ratio, cost = 0.0, so_far
            if toll:
                cost += TOLLS[toll]
            elif i >= runt and j == size:
                cost += RUNT_COST
            if ends_frame and j < size and (toll or p.tokens[j - 1] in FUNCTION_WORDS):
                cost += FRAME_COST
            known = reached.get(j)
            if known is None or cost < known[0]:
                reached[j] = (cost, ratio, j, number)
        if ratio > LOOSE / GOOD and most == INFINITE:  # nothing is near its room, or nothing that looks well
            _despair(p, so_far, i, number, room, reached)
    return reached


def _letters(p: Items, i: int, j: int, room: int) -> int:
    """How far a line without any place to stretch can be spread and look well."""
    return max(room // LETTERS, 1) if j > i + 1 or len(p.tokens[i]) > 1 else 1


def _over(short: float) -> float:
    """The ratio of a line that is too wide: many by a little are better than one by much."""
    return OVER * (1 - short / HALF)


def _despair(p: Items, so_far: float, i: int, number: int, room: int, reached: dict[int, Way]) -> None:
    """The end of a line that nothing near its room will end: too loose, or, with no place to break at all, forced."""
    edge = p.left(i) + room
    j = max(bisect_right(p.width, edge, i) - 1, i + 1)
    while j < p.size and p.right(j + 1) <= edge:
        j += 1
    while j > i + 1 and p.right(j) > edge:
        j -= 1
    back, cost = p.barred.rfind(0, i + 1, j + 1), so_far
    if back > 0:
        if j > back and _escapes(p, i, j, back, p.barred.find(0, j), edge):
            cost += ESCAPE_COST
        else:
            j = back
    short = edge - p.right(j)
    ratio = 0.0
    if short < 0:
        ratio = _over(short)
    elif j < p.size:
        ratio = short / (p.stretch[j] - p.stretch[i + 1] or _letters(p, i, j, room))
    cost += ratio * ratio * ratio
    if j not in reached or cost < reached[j][0]:
        reached[j] = (cost, ratio, j, number)


def exactly(p: Items, rooms: Rooms, lines: int, frame_ends: Collection[int] = ()) -> Broken | None:
    """The best ends with exactly so many lines, none looser than FAIR; None if there are none."""
    ways: Sequence[Way] = [START]
    history: list[Sequence[Way]] = []
    last = len(rooms) - 1
    after = [0]  # what the lines from the last one up have together
    for line in range(lines - 1, -1, -1):
        after.append(after[-1] + rooms[min(line, last)])
    width, shrink, stretch = p.width, p.shrink, p.stretch
    all_tight, all_loose = width[p.size] - shrink[p.size], width[p.size] + 2 * stretch[p.size]
    if all_tight - HALF * lines - EDGES > after[-1]:  # as when a long last line is to go
        return None
    final = rooms[min(lines - 1, last)]
    for line in range(lines):
        room, has = rooms[min(line, last)], after[lines - line - 1]
        slack = max(2 * room // 5, SLACK)
        history.append(ways)
        if line == lines - 1:
            end = _ends(p, ways, room, slack, line in frame_ends, FAIR).get(p.size)
            fine = end and end[0] < TOLLS[EMERGENCY] and ways[end[3]][2] < p.runt
            return _told(history, end) if end and fine else None
        # What is left must neither overfill the lines left nor be too little for all but the last of them.
        tight, loose = all_tight - HALF * (lines - line) - has, all_loose - has + final
        until = bisect_right(p.fair, loose) - 1
        found = _ends(p, ways, room, slack, line in frame_ends, FAIR, least=tight, until=until)
        found.pop(p.size, None)
        ways = [way for j, way in found.items() if width[j] - shrink[j] >= tight and width[j] + 2 * stretch[j] <= loose]
        if not ways:
            return None
    return None


def line_range(p: Items, rooms: Rooms) -> tuple[int, int]:
    """The fewest and the most lines that the paragraph can fairly take."""
    return _count(p, rooms, fewest=True), _count(p, rooms, fewest=False)


def _count(p: Items, rooms: Rooms, fewest: bool) -> int:
    i, lines = 0, 0
    while i < p.size:
        room = rooms[min(lines, len(rooms) - 1)]
        found = _ends(p, [(0.0, 0.0, i, 0)], room, room, most=FAIR)
        if not found:
            _despair(p, 0.0, i, 0, room, found)
        nearest = min((j for j in found if j <= p.runt or j == p.size), default=min(found))
        i = max(found) if fewest else nearest
        lines += 1
    return lines


def loosest(p: Items, ends: Sequence[int], rooms: Rooms) -> float:
    """What each Han gap of the loosest line will be given (rule E4), in thousandths of an em."""
    worst, i = 0.0, 0
    for line, j in enumerate(ends):
        room = rooms[min(line, len(rooms) - 1)]
        short = p.left(i) + room - p.right(j)
        if short > 0:
            worst = max(worst, _gap(p, i, j, short, room) if j < p.size else 0.0)
        elif short + p.give(i, j) + p.squeezed(i, j) + (p.hangs[j] if p.hangs else 0) < 0:
            worst += _over(short) * GOOD
        i = j
    return worst


def _gap(p: Items, i: int, j: int, short: float, room: int) -> float:
    grow, stretch = p.grow[i + 1 : j], p.stretch[j] - p.stretch[i + 1]
    rest = grow.count(REST)
    short -= stretch - GOOD * rest
    if short <= 0:
        return 0.0
    if short <= LOOSE * rest:
        return short / rest
    places = len(grow) - grow.count(0)
    return LOOSE + (short - LOOSE * rest) / places if places else short * GOOD / _letters(p, i, j, room)
