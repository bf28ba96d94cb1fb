"""Pictures wider than a column in the middle of a story: the text runs round them, column by column (串文, rule H13)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from msgspec.structs import replace

from .columns import Column
from .dummy import Dummy
from .flow import Block
from .insets import INSET, LEAST_PART, inset_lines, no_room, place_inset
from .pictures import Rectangle
from .pouring import way_through
from .threads import Story

LEAST = 3  # lines of text over or under a picture; fewer and it stands at the column's head or foot


def run_round(
    dummy: Dummy, story: Story, blocks: Sequence[Block], columns: list[Column], pages: list[int], order: int
) -> tuple[list[Block], list[Column], list[int]]:
    """Places the blocks that span columns where the text has come to them; what is left of blocks and columns.

    A picture takes whole columns, so no line beside it is shorter than its column.
    """
    rest = list(blocks)
    for block in blocks:
        if block.span < 2:
            continue
        at = next(index for index, one in enumerate(rest) if one is block)
        rest.pop(at)
        index, row = _reached(dummy, rest, at, columns)
        over, row, lines, width = _place(dummy, story, block, columns, pages, index, row)
        if not over:
            dummy.problems.append(no_room(story.article, block.content, lines, pages[index]))
            continue
        grid = dummy.grid
        first = columns[over[0]]
        box: Rectangle = grid.x(first.start), grid.y(row), width, lines * grid.leading
        if row > first.line:
            air = dummy.style.pictures.air * grid.leading
            box = box[0], box[1] + air, box[2], box[3] - air
        place_inset(dummy, pages[over[0]], block.content, story.id, box, order + INSET)  # type: ignore[arg-type]
        foot = row + lines
        if foot < first.end:
            foot = min(first.end, foot + block.style.after)
        columns, pages = _cut_out(columns, pages, over, row, foot)
    return rest, columns, pages


def _reached(dummy: Dummy, blocks: Sequence[Block], at: int, columns: Sequence[Column]) -> tuple[int, int]:
    """The column and line of the grid that the text has reached before block `at`."""
    starts = [0, *accumulate(column.lines for column in columns)]
    used = way_through(blocks[:at], columns, dummy.grid.em, dummy.ways).used if at else 0
    slot = min(used, starts[-1] - 1)
    index = min(bisect_right(starts, slot) - 1, len(columns) - 1)
    return index, columns[index].line + slot - starts[index]


def _place(
    dummy: Dummy, story: Story, block: Block, columns: Sequence[Column], pages: Sequence[int], index: int, row: int
) -> tuple[list[int], int, int, float]:
    """The columns that the block stands over, the line where it begins, its lines and its width in pt.

    No columns where there is not room enough for it and some text.
    """
    here = columns[index]
    level = [
        at
        for at, column in enumerate(columns)
        if column.area == here.area and column.line <= row < column.end and pages[at] == pages[index]
    ]
    span = min(block.span, len(level))
    first = min(level.index(index), len(level) - span)
    over = level[first : first + span]
    start, end = columns[over[0]].start, columns[over[-1]].start + columns[over[-1]].measure
    width = (end - start) * dummy.grid.em
    top, foot = max(columns[at].line for at in over), min(columns[at].end for at in over)
    wanted = inset_lines(dummy, block.content, story.id, width)  # type: ignore[arg-type]
    lines = min(wanted, foot - top - LEAST)
    if lines < wanted * LEAST_PART:
        return [], row, wanted, width
    row = min(max(row, top), foot - lines)
    if row - top < LEAST:
        row = top
    elif foot - row - lines < LEAST + block.style.after:
        row = foot - lines
    return over, row, lines, width


def _cut_out(
    columns: Sequence[Column], pages: Sequence[int], over: Sequence[int], row: int, foot: int
) -> tuple[list[Column], list[int]]:
    """The columns without the lines from `row` to before `foot` of those in `over`."""
    left: list[Column] = []
    on: list[int] = []
    for at, column in enumerate(columns):
        parts = [column]
        if at in over:
            parts = [
                replace(column, lines=row - column.line),
                replace(column, line=foot, lines=column.end - foot),
            ]
        for part in parts:
            if part.lines > 0:
                left.append(part)
                on.append(pages[at])
    return left, on
