"""Pouring a story into its columns (盘文): which line of which block stands where, and what is left over.

Line by line the text takes the next free place of the thread. Where that would part a paragraph badly (a widow
at a column's head, an orphan at its foot, a crosshead without text), paragraphs are tried one line shorter or
longer, or a line is left empty at the foot; the cheapest way through all blocks wins (rules G7, G8, I8).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from itertools import accumulate
from typing import NamedTuple, Protocol

from msgspec import Struct, field

from ..errors import Mark
from ..style.texts import SetText
from ..text.paragraph import LOOKS_WELL, Paragraph, SetLine
from .columns import Column

# What a fault costs; one line set a line shorter or longer than it would be by itself is the unit.
VARIANT, HOLE, ORPHAN, WIDOW, OVERSET = 1.0, 3.0, 6.0, 9.0, 40.0
SPREAD = 4.0  # a paragraph that is spread for it so that the eye sees it
PARTED = 3.0  # a table that goes on in the next column
BEAM = 12
INFINITE = float("inf")
APART_EM = 1.0  # least space between a last line and a byline that shares it


class Rows(Protocol):
    """Something of whole lines that may be parted between rows, as a table is."""

    @property
    def count(self) -> int: ...

    def fit(self, begin: int, room: int) -> tuple[int, int]:
        """The rows from `begin` on that find place in `room` lines: the row after the last, and the lines they take."""


class Initial(Struct, frozen=True):
    """A drop initial: a letter `size` pt high over `lines` lines, which it makes shorter by `width` (em of the text)."""

    text: str
    face: str
    size: float
    colour: str
    lines: int
    width: float


class Block(Struct):
    """A paragraph of a story, or `solid` lines that stay together (a picture, a table) and hold no flowing text.

    `number` counts paragraphs of the article from 1; `shares_line` lets it stand at the end of the last line
    before it where there is room (署名). With `rows` it may be parted; `span` is how many columns it wants.
    """

    role: str
    style: SetText
    paragraph: Paragraph | None = None
    number: int = 0
    mark: Mark | None = None
    typed: Sequence[int] = ()
    solid: int = 0
    content: object = None
    shares_line: bool = False
    rows: Rows | None = None
    span: int = 1
    initial: Initial | None = None
    name: bytes = b""  # what its pouring depends on, once `ways` has found that out
    _known: dict[object, list[int] | None] = field(default_factory=dict)
    _set: dict[object, list[SetLine]] = field(default_factory=dict)
    _spread: dict[object, bool] = field(default_factory=dict)

    @property
    def characters(self) -> int:
        return self.paragraph.characters if self.paragraph else 0

    def ends(self, measures: Sequence[float], lines: int | None = None) -> list[int] | None:
        """Where the paragraph's lines end on these measures (em of its own size), remembered."""
        assert self.paragraph is not None
        key = (tuple(measures), lines)
        if key not in self._known:
            breaking = self.style.breaking
            self._known[key] = (
                self.paragraph.break_lines(measures, breaking)
                if lines is None
                else self.paragraph.break_lines(measures, breaking, lines=lines)
            )
        return self._known[key]

    def spread(self, ends: Sequence[int], measures: Sequence[float]) -> bool:
        """Whether lines that end there are so loose that the eye sees it, remembered."""
        assert self.paragraph is not None
        key = (tuple(ends), tuple(measures))
        if key not in self._spread:
            self._spread[key] = self.paragraph.looseness(ends, measures) > LOOKS_WELL
        return self._spread[key]

    def set(self, ends: Sequence[int], measures: Sequence[float]) -> list[SetLine]:
        """The lines that end there, remembered: a byline asks for the last one before all are placed."""
        assert self.paragraph is not None
        key = (tuple(ends), tuple(measures))
        if key not in self._set:
            self._set[key] = self.paragraph.lines(ends, measures)
        return self._set[key]


class Placed(Struct, frozen=True):
    """A block in place: its lines and the slot of each; slots at or past the thread's end are overset."""

    block: Block
    slots: tuple[int, ...]
    lines: tuple[SetLine, ...]


class Flow(Struct, frozen=True):
    """A poured story. `used` is how many slots it takes, of `slots` that there are; `cost` what is wrong with it.

    `name` is that of the way it was poured."""

    placed: tuple[Placed, ...]
    slots: int
    used: int
    cost: float = 0.0
    name: str = ""

    def lines(self) -> Iterator[tuple[Block, int, SetLine, bool]]:
        """Every line with its block, its slot, and whether it ends its paragraph."""
        for placed in self.placed:
            for slot, line in zip(placed.slots, placed.lines, strict=False):  # solid blocks have slots and no lines
                yield placed.block, slot, line, line is placed.lines[-1]

    @property
    def overset_lines(self) -> int:
        return max(0, self.used - self.slots)

    @property
    def overset_characters(self) -> int:
        return sum(line.end - line.start for _, slot, line, _ in self.lines() if slot >= self.slots)

    @property
    def overset_solids(self) -> list[Block]:
        """Pictures, tables and the like for which no column had room."""
        return [placed.block for placed in self.placed if not placed.lines and placed.slots[0] >= self.slots]

    @property
    def overset_from(self) -> tuple[Block, int] | None:
        """The block whose text is the first to find no room, and the character it breaks off at."""
        return next(((block, line.start) for block, slot, line, _ in self.lines() if slot >= self.slots), None)


class _Step(NamedTuple):
    """A block in its slots after those before it: what all of them cost, and the first slot that is free."""

    cost: float
    position: int
    block: int
    slots: Sequence[int]
    ends: Sequence[int]
    before: _Step | None


class _Option(NamedTuple):
    """A step that may be taken: `first`, `lines` and `hole` give its slots, unless they are told in `slots`.

    Where `varied`, the paragraph is to have other than its natural number of lines; whether it can is asked when the
    step is taken, which is seldom.
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


class Thread:
    """The columns of one story as a row of slots, one a line."""

    def __init__(self, columns: Sequence[Column], em: float) -> None:
        self.columns = columns
        self.em = em
        self.starts = [0, *accumulate(column.lines for column in columns)]
        self.slots = self.starts[-1]
        self.even = len({column.measure for column in columns}) <= 1

    def column(self, slot: int) -> int:
        return min(bisect_right(self.starts, slot) - 1, len(self.columns) - 1)

    def foot(self, slot: int) -> int:
        """The slot after the last one of this slot's column; far away for what is overset."""
        return self.starts[bisect_right(self.starts, slot)] if slot < self.slots else slot + 1_000_000

    def measures(self, slot: int, block: Block, most: int) -> tuple[float, ...]:
        """Measures of the lines from `slot` on, in em of the style's size; the last one goes on."""
        scale = self.em / block.style.size
        if self.even and block.initial is None:
            return (self.columns[0].measure * scale,)
        slots = range(slot, max(slot, min(slot + most, self.slots)) + 1)
        return beside(block, [self.columns[self.column(s)].measure * scale for s in slots])


def beside(block: Block, measures: Sequence[float]) -> tuple[float, ...]:
    """What a drop initial leaves of the measures of its paragraph's lines."""
    initial = block.initial
    if initial is None:
        return tuple(measures)
    measures = [*measures, *[measures[-1]] * (initial.lines + 1 - len(measures))]
    return tuple(m - initial.width if at < initial.lines else m for at, m in enumerate(measures))


class Way(Struct, frozen=True):
    """How a story is poured: the slots of each block, and the characters its lines end at.

    `used` is how many slots it takes, of `slots` that there are; `cost` what is wrong with it.
    """

    used: int
    cost: float
    steps: Sequence[tuple[Sequence[int], Sequence[int]]]
    name: str = ""
    lines: Sequence[Sequence[SetLine]] = ()  # by block, where they are set already


class Ways(Protocol):
    """What pouring found before and need not find again; of it nothing depends but time."""

    def find(self, blocks: Sequence[Block], columns: Sequence[Column], em: float, under: float) -> Way | None: ...

    def keep(self, way: Way) -> Way:
        """Keeps and names the way that was last asked for and not found."""

    def keep_lines(self, flow: Flow) -> None:
        """Keeps the lines of a flow poured in a way that is kept, for this process."""


def pour(blocks: Sequence[Block], columns: Sequence[Column], em: float, ways: Ways | None = None) -> Flow:
    """Sets the blocks into the columns, `em` pt wide each em of their measure."""
    return lay(blocks, columns, em, way_through(blocks, columns, em, ways))


def way_through(
    blocks: Sequence[Block], columns: Sequence[Column], em: float, ways: Ways | None = None, under: float = INFINITE
) -> Way:
    """The cheapest way through all blocks. Where it costs `under` or more, it is any way that does."""
    if ways is not None and (known := ways.find(blocks, columns, em, under)):
        return known
    thread = Thread(columns, em)
    best = _search(blocks, thread)
    assert best is not None
    if (toll := _toll(best, thread)) > 0:
        best = _search(blocks, thread, under=min(toll, under)) or best
    steps: list[tuple[Sequence[int], Sequence[int]]] = []
    step: _Step | None = best
    while step and step.block >= 0:
        steps.append((step.slots, step.ends))
        step = step.before
    way = Way(best.position, best.cost, steps[::-1])
    return way if ways is None else ways.keep(way)


def lay(blocks: Sequence[Block], columns: Sequence[Column], em: float, way: Way) -> Flow:
    """The blocks, poured that way, with their lines."""
    thread = Thread(columns, em)
    if way.lines:
        placed = tuple(
            Placed(block, tuple(slots), tuple(lines))
            for block, (slots, _), lines in zip(blocks, way.steps, way.lines, strict=True)
        )
    else:
        placed = tuple(_place(block, *step, thread) for block, step in zip(blocks, way.steps, strict=True))
    return Flow(placed, thread.slots, way.used, way.cost, way.name)


def _search(blocks: Sequence[Block], thread: Thread, under: float | None = None) -> _Step | None:
    """The cheapest way through all blocks: the cheapest step known is taken next, of equal ones the furthest.

    Without `under` each paragraph has the lines that it has by itself and no line stays empty; with it both may
    vary, and the way costs less than that, or there is none. Of the places where a block may end, BEAM are gone on from.
    """
    state = _Step(0.0, 0, -1, (), (), None)
    waiting: list[tuple[float, int, int, _Option, _Step]] = []
    reached: list[set[int]] = [set() for _ in blocks]
    told = 0  # of equal steps of one block the first that was found goes first
    while (index := state.block + 1) < len(blocks):
        block = blocks[index]
        for option in _options(blocks, index, block, state, thread, under is not None):
            cost = option.cost
            if index == len(blocks) - 1:
                cost = _toll(option, thread)
            if under is None or cost < under:
                told += 1
                heappush(waiting, (cost, -index, told, option, state))
        while waiting:
            cost, index, _, option, before = heappop(waiting)
            known, ends = reached[-index], option.ends
            if option.position in known or len(known) == BEAM:
                continue
            if option.varied:
                found = blocks[-index].ends(option.measures, option.lines)
                if found is None:
                    continue
                if blocks[-index].spread(found, option.measures):
                    told += 1
                    dearer = option._replace(cost=option.cost + SPREAD, varied=False, ends=found)
                    heappush(waiting, (cost + SPREAD, -index, told, dearer, before))
                    continue
                ends = found
            known.add(option.position)
            slots = option.slots or _slots(option.first, option.lines, thread, option.hole)
            state = _Step(option.cost, option.position, -index, slots, ends, before)
            break
        else:
            return None
    return state


def _toll(step: _Step | _Option, thread: Thread) -> float:
    return step.cost + OVERSET * max(0, step.position - thread.slots)


def _options(
    blocks: Sequence[Block], index: int, block: Block, state: _Step, thread: Thread, variants: bool
) -> list[_Option]:
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
        position, cost, before = foot, cost + HOLE * 0.1 * (foot - position), 0
        foot = thread.foot(position)
    position += before
    measures = thread.measures(position, block, block.characters // 4 + 2)
    natural = block.ends(measures)
    assert natural is not None
    count = len(natural)
    choices: list[tuple[int, float]] = [(count, 0.0)]
    if variants and count > 1:
        choices += (count - 1, VARIANT), (count + 1, VARIANT)
    options = []
    for lines, toll in choices:
        for hole in (0, 1) if variants else (0,):
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
            total = cost + toll + hole * HOLE + parting
            options.append(
                _Option(total, after, position, lines, hole, (), measures, bool(toll), () if toll else natural)
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


def _parting(position: int, here: int, last: int, lines: int, thread: Thread, style: SetText) -> float:
    """What it costs that a column's foot parts `lines`, `here` of which stand before it (rule G7)."""
    if last >= thread.slots:
        return 0.0
    if not here:  # with its only line left empty
        here = min(lines, thread.foot(position + 1) - position - 1)
        if here == lines:
            return 0.0
    there = last + 1 - thread.starts[thread.column(last)]
    return (ORPHAN if here < min(style.orphans, lines) else 0.0) + (WIDOW if there < style.widows else 0.0)


def _share_line(blocks: Sequence[Block], index: int, block: Block, state: _Step, thread: Thread) -> _Option | None:
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
    return _Option(state.cost, state.position, slot, 1, slots=(slot,), ends=(block.characters,))


def _solid(block: Block, state: _Step, thread: Thread, before: int) -> _Option:
    """The step that puts the block into the first column that has room for all of it."""
    position, cost = state.position + before, state.cost
    foot = thread.foot(state.position)
    while position + block.solid > foot:
        cost += HOLE * 0.2 * max(0, foot - position)
        position = foot
        foot = thread.foot(position)
    after = min(position + block.solid + block.style.after, max(thread.foot(position), position + block.solid))
    return _Option(cost, after, position, block.solid, slots=range(position, position + block.solid))


def _parted(block: Block, state: _Step, thread: Thread, before: int) -> list[_Option]:
    """The step that parts the block's rows between columns, where it does not stand in one."""
    rows, position = block.rows, state.position + before
    if rows is None or position + block.solid <= thread.foot(state.position) or position >= thread.slots:
        return []
    slots: list[int] = []
    cost, begin = state.cost + PARTED, 0
    while begin < rows.count and position < thread.slots:
        foot = thread.foot(position)
        end, lines = rows.fit(begin, foot - position)
        if end > begin:
            slots += range(position, position + lines)
        else:
            cost += HOLE * 0.2 * (foot - position)
        position, begin = (position + lines if end >= rows.count else foot), end
    if begin < rows.count or not slots:
        return []
    return [_Option(cost, position, slots[0], len(slots), slots=slots)]


def _measures(block: Block, slots: Sequence[int], thread: Thread) -> tuple[float, ...]:
    """The measures that lines in these slots were broken to."""
    if thread.even:
        return thread.measures(0, block, 0)
    scale = thread.em / block.style.size
    return beside(block, [thread.columns[thread.column(slot)].measure * scale for slot in slots])


def _place(block: Block, slots: Sequence[int], ends: Sequence[int], thread: Thread) -> Placed:
    lines = () if block.paragraph is None else tuple(block.set(ends, _measures(block, slots, thread)))
    return Placed(block, tuple(slots), lines)
