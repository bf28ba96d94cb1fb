"""How a story's blocks are filled into its columns, and the lines that this gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from msgspec import Struct

from ...text.paragraph import SetLine
from ..map.columns import Column
from .flow_block import FlowBlock


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
