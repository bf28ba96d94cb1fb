"""Pictures wider than a column amid a story: the text runs round them, column by column (串文, rule H13)."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from ..canvas import Canvas
from ..elements.floats import FLOAT_ORDER, LEAST_PART, float_has_no_space, float_lines, place_float
from ..elements.pictures import BoxCorners
from ..map.columns import Column
from ..map.threads import Story
from ..parts.flow_block import FlowBlock
from .filling import solve_flow
from .thread import Thread

LEAST_LINES = 3  # lines of text over or under a picture; fewer and it stands at the column's head or foot


def flow_around(
    canvas: Canvas, story: Story, blocks: Sequence[FlowBlock], columns: list[Column], pages: list[int], order: int
) -> tuple[list[FlowBlock], list[Column], list[int]]:
    """Places the blocks that span columns at the position that the text has reached before them.

    Returns the other blocks, the columns without the lines taken, and the page of each. A picture takes whole
    columns, so no line beside it is shorter than its column.
    """
    rest = list(blocks)
    for block in blocks:
        if block.span < 2:
            continue
        at = next(index for index, one in enumerate(rest) if one is block)
        rest.pop(at)
        index, row = _position_of_text(canvas, rest, at, columns)
        over, row, lines, width = _place(canvas, story, block, columns, pages, index, row)
        if not over:
            canvas.problems.append(float_has_no_space(story.article, block.content, lines, pages[index]))
            continue
        grid = canvas.grid
        first = columns[over[0]]
        box: BoxCorners = grid.x(min(columns[at].start for at in over)), grid.y(row), width, lines * grid.leading
        if row > first.line:
            air = canvas.style.pictures.air * grid.leading
            box = box[0], box[1] + air, box[2], box[3] - air
        place_float(canvas, pages[over[0]], block.content, story.id, box, order + FLOAT_ORDER)  # type: ignore[arg-type]
        foot = row + lines
        if foot < first.end:
            foot = min(first.end, foot + block.style.after)
        columns, pages = _cut_out(columns, pages, over, row, foot)
    return rest, columns, pages


def _position_of_text(
    canvas: Canvas, blocks: Sequence[FlowBlock], at: int, columns: Sequence[Column]
) -> tuple[int, int]:
    """The column (its index) and the line of the grid that the text has reached before block `at`."""
    thread = Thread(columns, canvas.grid.em)
    used = solve_flow(blocks[:at], columns, canvas.grid.em, canvas.caches.solutions).used if at else 0
    return thread.position(min(used, thread.slots - 1))


def _place(
    canvas: Canvas,
    story: Story,
    block: FlowBlock,
    columns: Sequence[Column],
    pages: Sequence[int],
    index: int,
    row: int,
) -> tuple[list[int], int, int, float]:
    """The indices of the columns that the block covers, its first line on the grid, its lines, its width in pt.

    No columns where they have no space for the block and `LEAST_LINES` of text.
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
    start, end = min(columns[at].start for at in over), max(columns[at].start + columns[at].measure for at in over)
    width = (end - start) * canvas.grid.em
    top, foot = max(columns[at].line for at in over), min(columns[at].end for at in over)
    wanted = float_lines(canvas, block.content, story.id, width)  # type: ignore[arg-type]
    lines = min(wanted, foot - top - LEAST_LINES)
    if lines < wanted * LEAST_PART:
        return [], row, wanted, width
    row = min(max(row, top), foot - lines)
    if row - top < LEAST_LINES:
        row = top
    elif foot - row - lines < LEAST_LINES + block.style.after:
        row = foot - lines
    return over, row, lines, width


def _cut_out(
    columns: Sequence[Column], pages: Sequence[int], over: Sequence[int], row: int, foot: int
) -> tuple[list[Column], list[int]]:
    """The columns, and the page of each; those in `over` lose the lines from `row` to before `foot`."""
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
