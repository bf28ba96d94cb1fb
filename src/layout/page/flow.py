"""Pouring a story into its columns (盘文): which line of which block stands where, and what is left over.

Line by line the text takes the next free place of the thread. Where that would part a paragraph badly (a widow
at a column's head, an orphan at its foot, a crosshead without text), paragraphs are tried one line shorter or
longer, or a line is left empty at the foot; the cheapest way through all blocks wins (rules G7, G8, I8).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Protocol

from ..errors import Mark
from ..style.model import SetText
from ..text.paragraph import Paragraph, SetLine
from .columns import Column

# What a fault costs; one line set a line shorter or longer than it would be by itself is the unit.
VARIANT, HOLE, ORPHAN, WIDOW, OVERSET = 1.0, 3.0, 6.0, 9.0, 40.0
PARTED = 5.0  # a table that goes on in the next column
BEAM = 12
APART_EM = 1.0  # least space between a last line and a byline that shares it


class Rows(Protocol):
    """Something of whole lines that may be parted between rows, as a table is."""

    @property
    def count(self) -> int: ...

    def fit(self, begin: int, room: int) -> tuple[int, int]:
        """The rows from `begin` on that find place in `room` lines: the row after the last, and the lines they take."""


@dataclass(frozen=True, slots=True)
class Initial:
    """A drop initial: a letter `size` pt high over `lines` lines, which it makes shorter by `width` (em of the text)."""

    text: str
    face: str
    size: float
    colour: str
    lines: int
    width: float


@dataclass(slots=True)
class Block:
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
    _known: dict[object, list[int] | None] = field(default_factory=dict)
    _set: dict[object, list[SetLine]] = field(default_factory=dict)

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

    def set(self, ends: Sequence[int], measures: Sequence[float]) -> list[SetLine]:
        """The lines that end there, remembered: a byline asks for the last one before all are placed."""
        assert self.paragraph is not None
        key = (tuple(ends), tuple(measures))
        if key not in self._set:
            self._set[key] = self.paragraph.lines(ends, measures)
        return self._set[key]


@dataclass(frozen=True, slots=True)
class Placed:
    """A block in place: its lines and the slot of each; slots at or past the thread's end are overset."""

    block: Block
    slots: tuple[int, ...]
    lines: tuple[SetLine, ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """A poured story. `used` is how many slots it takes, of `slots` that there are; `cost` what is wrong with it."""

    placed: tuple[Placed, ...]
    slots: int
    used: int
    cost: float = 0.0

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


@dataclass(frozen=True, slots=True)
class _Step:
    cost: float
    position: int
    block: int
    slots: tuple[int, ...]
    ends: tuple[int, ...]
    before: _Step | None


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


def pour(blocks: Sequence[Block], columns: Sequence[Column], em: float) -> Flow:
    """Sets the blocks into the columns, `em` pt wide each em of their measure."""
    thread = Thread(columns, em)
    best = _search(blocks, thread, variants=False)
    if _toll(best, thread) > 0:
        best = min(best, _search(blocks, thread, variants=True), key=lambda step: _toll(step, thread))
    steps: list[_Step] = []
    step: _Step | None = best
    while step and step.block >= 0:
        steps.append(step)
        step = step.before
    placed = tuple(_place(blocks[s.block], s, thread) for s in reversed(steps))
    return Flow(placed, thread.slots, best.position, best.cost)


def _search(blocks: Sequence[Block], thread: Thread, *, variants: bool) -> _Step:
    states = [_Step(0.0, 0, -1, (), (), None)]
    for index, block in enumerate(blocks):
        reached: dict[int, _Step] = {}
        for state in states:
            for step in _options(blocks, index, block, state, thread, variants):
                known = reached.get(step.position)
                if known is None or step.cost < known.cost:
                    reached[step.position] = step
        states = sorted(reached.values(), key=lambda step: step.cost)[:BEAM]
    return min(states, key=lambda step: _toll(step, thread))


def _toll(step: _Step, thread: Thread) -> float:
    return step.cost + OVERSET * max(0, step.position - thread.slots)


def _options(
    blocks: Sequence[Block], index: int, block: Block, state: _Step, thread: Thread, variants: bool
) -> list[_Step]:
    position, cost = state.position, state.cost
    if block.shares_line and (shared := _share_line(blocks, index, block, state, thread)):
        return [shared]
    foot, at_head = thread.foot(position), position in thread.starts
    before = 0 if at_head or position == 0 else block.style.before
    if block.paragraph is None:
        parted = _parted(index, block, state, thread, before)
        return [_solid(index, block, state, thread, before), *parted]
    room = foot - position - before
    most = block.characters // 4 + 2
    keep = block.style.keep
    if keep and foot - position > 0 and room < keep + 1 and not at_head:
        position, cost, before = foot, cost + HOLE * 0.1 * (foot - position), 0
        foot = thread.foot(position)
    position += before
    measures = thread.measures(position, block, most)
    natural = block.ends(measures)
    assert natural is not None
    choices: list[tuple[list[int], float]] = [(natural, 0.0)]
    if variants and len(natural) > 1:
        for lines in (len(natural) - 1, len(natural) + 1):
            ends = block.ends(measures, lines)
            if ends is not None:
                choices.append((ends, VARIANT))
    steps = []
    for ends, toll in choices:
        for hole in (0, 1) if variants else (0,):
            slots = _slots(position, len(ends), thread, hole)
            if hole and slots[-1] - position + 1 == len(ends):
                continue
            total = cost + toll + hole * HOLE + _partings(slots, thread, block.style)
            after = slots[-1] + 1 + block.style.after
            if block.style.after and after > thread.foot(slots[-1]):
                after = max(slots[-1] + 1, min(after, thread.foot(slots[-1])))
            steps.append(_Step(total, after, index, tuple(slots), tuple(ends), state))
    return steps


def _slots(position: int, count: int, thread: Thread, hole: int) -> list[int]:
    """Slots for `count` lines from `position` on; with `hole` the first column's last line stays empty."""
    foot = thread.foot(position) - hole
    if position + count <= foot:
        return list(range(position, position + count))
    here = max(foot - position, 0)
    after = position + here + hole
    return [*range(position, position + here), *range(after, after + count - here)]


def _partings(slots: Sequence[int], thread: Thread, style: SetText) -> float:
    """What it costs that a paragraph is parted by a column's foot (rule G7)."""
    first, last = thread.column(slots[0]), thread.column(slots[-1])
    if first == last or slots[-1] >= thread.slots:
        return 0.0
    here = sum(thread.column(slot) == first for slot in slots)
    there = sum(thread.column(slot) == last for slot in slots)
    return (ORPHAN if here < min(style.orphans, len(slots)) else 0.0) + (WIDOW if there < style.widows else 0.0)


def _share_line(blocks: Sequence[Block], index: int, block: Block, state: _Step, thread: Thread) -> _Step | None:
    """The step that puts a byline at the right end of the last line before it, if there is room."""
    assert block.paragraph is not None
    if state.block < 0 or not state.slots or blocks[state.block].paragraph is None:
        return None
    last = blocks[state.block]
    slot = state.slots[-1]
    measure = thread.columns[thread.column(slot)].measure
    line = last.set(state.ends, _measures(last, state, thread))[-1]
    own = block.set([block.characters], [1000.0])[0]
    scale = last.style.size / thread.em
    if (line.x + line.width) * scale + APART_EM + own.width * block.style.size / thread.em > measure:
        return None
    return _Step(state.cost, state.position, index, (slot,), (block.characters,), state)


def _solid(index: int, block: Block, state: _Step, thread: Thread, before: int) -> _Step:
    """The step that puts the block into the first column that has room for all of it."""
    position, cost = state.position + before, state.cost
    foot = thread.foot(state.position)
    while position + block.solid > foot:
        cost += HOLE * 0.2 * max(0, foot - position)
        position = foot
        foot = thread.foot(position)
    slots = tuple(range(position, position + block.solid))
    after = min(position + block.solid + block.style.after, max(thread.foot(position), position + block.solid))
    return _Step(cost, after, index, slots, (), state)


def _parted(index: int, block: Block, state: _Step, thread: Thread, before: int) -> list[_Step]:
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
    return [_Step(cost, position, index, tuple(slots), (), state)]


def _measures(block: Block, step: _Step, thread: Thread) -> tuple[float, ...]:
    """The measures a step's lines were broken to."""
    if thread.even:
        return thread.measures(0, block, 0)
    scale = thread.em / block.style.size
    return beside(block, [thread.columns[thread.column(slot)].measure * scale for slot in step.slots])


def _place(block: Block, step: _Step, thread: Thread) -> Placed:
    if block.paragraph is None:
        return Placed(block, step.slots, ())
    return Placed(block, step.slots, tuple(block.set(step.ends, _measures(block, step, thread))))
