"""Footnotes at the feet of columns: the text is filled again until each note stands where its mark does (rule N4)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from ..canvas import Canvas
from ..elements.footnotes import Footnote, FootnoteRows, set_footnotes
from ..map.columns import Column
from ..map.threads import Story
from ..parts.flow_block import FlowBlock
from ..parts.flow_solution import FlowSolution
from .filling import solve_flow
from .thread import Thread

LEAST_TEXT = 2  # lines of text over the notes of a column
_SPARE = 1  # lines that may stay empty over notes before one of them goes on to the next column
_MOST_ROUNDS = 400


class ColumnFoot(NamedTuple):
    """The notes at the foot of a column, which take its last `lines` lines."""

    column: int
    rows: FootnoteRows
    lines: int


class FootnoteFill(Struct, frozen=True):
    """A story that is filled above its notes: the columns without the notes' lines, and what found no column (N5)."""

    solution: FlowSolution
    columns: list[Column]
    feet: tuple[ColumnFoot, ...] = ()
    left: tuple[Footnote, ...] = ()


def notes_at_feet(canvas: Canvas, story: Story) -> bool:
    """Whether the story has notes that stand at the feet of its columns."""
    if canvas.style.footnotes.position != "column":
        return False
    return any(block.kind == "note" for block in story.article.body.blocks)


def fill_over_notes(
    canvas: Canvas, story: Story, blocks: Sequence[FlowBlock], columns: Sequence[Column], pages: Sequence[int]
) -> FootnoteFill:
    """Fills the text with each note at the foot of the column that its mark stands in.

    The columns are settled from the first on: each keeps free what its notes take, which only ever grows, so that this
    ends. Where a mark leaves its column as soon as its note has room there, and more than a line would stay empty, the
    mark stays and the note goes to the foot of the next column; and so does a note for which the column is too low.
    """
    em = canvas.grid.em
    setter = _NoteSetter(canvas, story)
    kept = [0] * len(columns)  # lines for notes
    moved: set[int] = set()  # notes that go on to the next column
    for _ in range(_MOST_ROUNDS):
        over = [replace(column, lines=column.lines - lines) for column, lines in zip(columns, kept, strict=True)]
        solution = solve_flow(blocks, over, em, canvas.caches.solutions)
        where = _columns_of_marks(blocks, solution, Thread(over, em))
        feet, left = _share_out(setter, where, columns, moved)
        wanted = [0] * len(columns)
        for foot in feet:
            wanted[foot.column] = foot.lines
        more = next((at for at, lines in enumerate(wanted) if lines > kept[at]), None)
        if more is not None:
            kept[more:] = [wanted[more], *[0] * (len(kept) - more - 1)]
            continue
        spare = next((at for at, lines in enumerate(wanted) if kept[at] - lines > _SPARE), None)
        if spare is not None and (note := _pushed_out(where, columns, pages, spare, moved)):
            moved.add(note)
            kept[spare:] = [0] * (len(kept) - spare)
            continue
        break
    unplaced = tuple(left) + tuple(note for note in setter.on(columns[-1]) if where.get(note.number, -1) < 0)
    return FootnoteFill(solution, over, tuple(feet), unplaced)


class _NoteSetter:
    """A story's notes in the measure of each column."""

    def __init__(self, canvas: Canvas, story: Story) -> None:
        self.canvas, self.story = canvas, story
        self._by_measure: dict[float, list[Footnote]] = {}

    def on(self, column: Column) -> list[Footnote]:
        if column.measure not in self._by_measure:
            width = column.measure * self.canvas.grid.em
            self._by_measure[column.measure] = set_footnotes(self.canvas, self.story.article, width)
        return self._by_measure[column.measure]

    def rows(self, column: Column, numbers: Sequence[int]) -> FootnoteRows:
        return FootnoteRows(self.canvas, [note for note in self.on(column) if note.number in numbers])


def _columns_of_marks(blocks: Sequence[FlowBlock], solution: FlowSolution, thread: Thread) -> dict[int, int]:
    """For each note the column of its first mark; −1 where that is overset."""
    found: dict[int, int] = {}
    for block, (slots, ends) in zip(blocks, solution.steps, strict=True):
        if block.paragraph is None or not slots:
            continue
        offset = 0
        for run in block.paragraph.runs:
            if run.note and run.note not in found:
                slot = slots[min(bisect_right(ends, offset), len(slots) - 1)]
                found[run.note] = thread.column(slot) if slot < thread.slots else -1
            offset += len(run.text)
    return found


def _share_out(
    setter: _NoteSetter, where: Mapping[int, int], columns: Sequence[Column], moved: set[int]
) -> tuple[list[ColumnFoot], list[Footnote]]:
    """The notes of each column, and those that no column is high enough for."""
    feet: list[ColumnFoot] = []
    waiting: list[int] = []  # of columns before
    for at, column in enumerate(columns):
        here = [*waiting, *(number for number, place in where.items() if place == at and number not in moved)]
        waiting = [number for number, place in where.items() if place == at and number in moved]
        while here:
            rows = setter.rows(column, here)
            if rows.lines <= column.lines - LEAST_TEXT:
                feet.append(ColumnFoot(at, rows, rows.lines))
                break
            waiting.insert(0, here.pop())
    return feet, [note for note in setter.on(columns[-1]) if note.number in waiting]


def _pushed_out(
    where: Mapping[int, int], columns: Sequence[Column], pages: Sequence[int], column: int, moved: set[int]
) -> int:
    """The first note whose mark left a column when room was kept for it; 0 where it cannot go on to the next column."""
    if column + 1 == len(columns) or pages[column] != pages[column + 1]:
        return 0
    return next((number for number, place in where.items() if place == column + 1 and number not in moved), 0)
