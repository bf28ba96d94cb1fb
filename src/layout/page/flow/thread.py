"""The thread of a story: its columns as one row of slots, one slot a line."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from ..map.columns import Column
from ..parts.flow_block import FlowBlock


class Thread:
    """The columns of one story as a row of slots, one a line."""

    def __init__(self, columns: Sequence[Column], em: float) -> None:
        self.columns = columns
        self.em = em
        self.starts = [0, *accumulate(column.lines for column in columns)]
        self.slots = self.starts[-1]
        self.even = len({column.measure for column in columns}) <= 1

    def column(self, slot: int) -> int:
        """The index of a slot's column; of what is overset, that of the last column."""
        return min(bisect_right(self.starts, slot) - 1, len(self.columns) - 1)

    def position(self, slot: int) -> tuple[int, int]:
        """The column of a slot, by its index, and the slot's line on the grid."""
        index = self.column(slot)
        return index, self.columns[index].line + slot - self.starts[index]

    def foot(self, slot: int) -> int:
        """The slot after the last one of this slot's column; beyond any story for what is overset."""
        return self.starts[bisect_right(self.starts, slot)] if slot < self.slots else slot + 1_000_000

    def measures(self, slot: int, block: FlowBlock, most: int, hole: int = 0) -> tuple[float, ...]:
        """Measures of at most `most` lines from `slot` on, in em of the block's size; the last goes on. With `hole` the
        first column's last line stays empty."""
        scale = self.em / block.style.size
        if self.even and block.initial is None:
            return (self.columns[0].measure * scale,)
        slots: Sequence[int] = range(slot, max(slot, min(slot + most, self.slots)) + 1)
        if hole:
            foot = self.foot(slot)
            slots = [one for one in slots if one != foot - 1] or slots
        return beside(block, [self.columns[self.column(s)].measure * scale for s in slots])


def beside(block: FlowBlock, measures: Sequence[float]) -> tuple[float, ...]:
    """The measures of a paragraph's lines without the width of its drop initial."""
    initial = block.initial
    if initial is None:
        return tuple(measures)
    measures = [*measures, *[measures[-1]] * (initial.lines + 1 - len(measures))]
    return tuple(m - initial.width if at < initial.lines else m for at, m in enumerate(measures))
