"""How a story's blocks are filled into its columns, and the lines that this gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from msgspec import Struct

from ...text.paragraph import SetLine
from ..map.columns import Column
from .flow_block import FlowBlock


class FlowSolution(Struct, frozen=True):
    """How a story is filled into its columns: for each block its slots and the offsets at which its lines end.

    `used` is the number of slots taken, overset included; `cost` sums the faults. `name` is the key in the cache.
    """

    used: int
    cost: float
    steps: Sequence[tuple[Sequence[int], Sequence[int]]]
    name: str = ""
    lines: Sequence[Sequence[SetLine]] = ()  # of each block, where the cache has them


class SolutionCache(Protocol):
    """Flow solutions found before. The pages do not depend on what the cache holds, only time does."""

    def find(
        self, blocks: Sequence[FlowBlock], columns: Sequence[Column], em: float, under: float
    ) -> FlowSolution | None: ...

    def store(self, solution: FlowSolution) -> FlowSolution:
        """Stores the solution of the last call of `find` that returned None; returns it with its name."""

    def store_lines(self, flow: FlowedStory) -> None:
        """Stores the set lines of a solution that the cache holds, for later builds in this process."""


class PlacedBlock(Struct, frozen=True):
    """A block with its lines and the slot of each; slots at or past the thread's end are overset."""

    block: FlowBlock
    slots: tuple[int, ...]
    lines: tuple[SetLine, ...]


class FlowedStory(Struct, frozen=True):
    """A story with its lines. It takes `used` of its `slots`, more if it is overset; `cost` sums the faults.

    `name` is that of its solution.
    """

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
        initials = {id(placed.lines[0]): placed.block.initial for placed in self.placed if placed.lines}
        over = [line for _, slot, line, _ in self.lines() if slot >= self.slots]
        drops = (initials.get(id(line)) for line in over)  # a drop initial stands before its paragraph's first line
        return sum(line.end - line.start for line in over) + sum(len(drop.text) for drop in drops if drop)

    @property
    def overset_solids(self) -> list[FlowBlock]:
        """Pictures, tables and other solid blocks that fit in no column."""
        return [
            placed.block
            for placed in self.placed
            if not placed.lines and placed.slots and placed.slots[0] >= self.slots  # without slots: takes no space
        ]

    @property
    def overset_from(self) -> tuple[FlowBlock, int] | None:
        """The first block with overset text, and the offset at which that begins."""
        return next(((block, line.start) for block, slot, line, _ in self.lines() if slot >= self.slots), None)
