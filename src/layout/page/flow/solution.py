"""A story as it flows: its blocks, the columns they go through, the way they take, and where every line comes to stand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Protocol

from msgspec import Struct, field

from ...errors import SourceLocation
from ...roles import Role
from ...style.texts import ResolvedTextStyle
from ...text.paragraph import LOOKS_WELL, Paragraph, SetLine
from ..map.columns import Column


class DivisibleRows(Protocol):
    """Something of whole lines that may be parted between rows, as a table is."""

    @property
    def count(self) -> int: ...

    def fit(self, begin: int, room: int) -> tuple[int, int]:
        """The rows from `begin` on that find place in `room` lines: the row after the last, and the lines they take."""


class Initial(Struct, frozen=True):
    """A drop initial: characters `size` pt high over `lines` lines, which it makes shorter by `width` (em of the text).
    `xs` are their origins in pt from the column's left edge."""

    text: str
    face: str
    size: float
    colour: str
    lines: int
    width: float
    xs: tuple[float, ...]


class FlowBlock(Struct):
    """A paragraph of a story, or `solid` lines that stay together (a picture, a table) and hold no flowing text.

    `number` counts paragraphs of the article from 1; `shares_line` lets it stand at the end of the last line
    before it where there is room (署名). With `rows` it may be parted; `span` is how many columns it wants.
    """

    role: Role
    style: ResolvedTextStyle
    paragraph: Paragraph | None = None
    number: int = 0
    mark: SourceLocation | None = None
    typed: Sequence[int] = ()
    solid: int = 0
    content: object = None
    shares_line: bool = False
    rows: DivisibleRows | None = None
    span: int = 1
    initial: Initial | None = None
    name: bytes = b""  # what its filling depends on, once `solutions` has found that out
    _ends: dict[object, list[int] | None] = field(default_factory=dict)
    _set: dict[object, list[SetLine]] = field(default_factory=dict)
    _spread: dict[object, bool] = field(default_factory=dict)

    @property
    def characters(self) -> int:
        return self.paragraph.characters if self.paragraph else 0

    def ends(self, measures: Sequence[float], lines: int | None = None) -> list[int] | None:
        """Where the paragraph's lines end on these measures (em of its own size), remembered."""
        assert self.paragraph is not None
        key = (tuple(measures), lines)
        if key not in self._ends:
            breaking = self.style.breaking
            self._ends[key] = (
                self.paragraph.break_lines(measures, breaking)
                if lines is None
                else self.paragraph.break_lines(measures, breaking, lines=lines)
            )
        return self._ends[key]

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


class PlacedBlock(Struct, frozen=True):
    """A block in place: its lines and the slot of each; slots at or past the thread's end are overset."""

    block: FlowBlock
    slots: tuple[int, ...]
    lines: tuple[SetLine, ...]


class FlowedStory(Struct, frozen=True):
    """A story that was flowed. `used` is how many slots it takes, of `slots` that there are; `cost` what is wrong with it.

    `name` is that of the way it was flowed."""

    placed: tuple[PlacedBlock, ...]
    slots: int
    used: int
    cost: float = 0.0
    name: str = ""

    def lines(self) -> Iterator[tuple[FlowBlock, int, SetLine, bool]]:
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
    def overset_solids(self) -> list[FlowBlock]:
        """Pictures, tables and the like for which no column had room."""
        return [placed.block for placed in self.placed if not placed.lines and placed.slots[0] >= self.slots]

    @property
    def overset_from(self) -> tuple[FlowBlock, int] | None:
        """The block whose text is the first to do not fit, and the character it breaks off at."""
        return next(((block, line.start) for block, slot, line, _ in self.lines() if slot >= self.slots), None)


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

    def measures(self, slot: int, block: FlowBlock, most: int) -> tuple[float, ...]:
        """Measures of the lines from `slot` on, in em of the style's size; the last one goes on."""
        scale = self.em / block.style.size
        if self.even and block.initial is None:
            return (self.columns[0].measure * scale,)
        slots = range(slot, max(slot, min(slot + most, self.slots)) + 1)
        return beside(block, [self.columns[self.column(s)].measure * scale for s in slots])


def beside(block: FlowBlock, measures: Sequence[float]) -> tuple[float, ...]:
    """What a drop initial leaves of the measures of its paragraph's lines."""
    initial = block.initial
    if initial is None:
        return tuple(measures)
    measures = [*measures, *[measures[-1]] * (initial.lines + 1 - len(measures))]
    return tuple(m - initial.width if at < initial.lines else m for at, m in enumerate(measures))


class FlowSolution(Struct, frozen=True):
    """How a story is flowed: the slots of each block, and the characters its lines end at.

    `used` is how many slots it takes, of `slots` that there are; `cost` what is wrong with it.
    """

    used: int
    cost: float
    steps: Sequence[tuple[Sequence[int], Sequence[int]]]
    name: str = ""
    lines: Sequence[Sequence[SetLine]] = ()  # by block, where they are set already


class SolutionCache(Protocol):
    """What filling found before and need not find again; of it nothing depends but time."""

    def find(
        self, blocks: Sequence[FlowBlock], columns: Sequence[Column], em: float, under: float
    ) -> FlowSolution | None: ...

    def store(self, solution: FlowSolution) -> FlowSolution:
        """Keeps and names the way that was last asked for and not found."""

    def store_lines(self, flow: FlowedStory) -> None:
        """Keeps the lines of a flow flowed in a way that is kept, for this process."""
