"""A story that was flowed on its pages: its lines in frames, what stands among them, and the rules between its columns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby

from msgspec.structs import replace

from ...composition import Box, DrawnShape, Frame, PlacedLine, Span
from ...issue.floats import Picture, PictureGroup
from ...roles import Role
from ...style.grid import ASCENT_EM
from ..canvas import Canvas
from ..composed_lines import composed_line, emphasis_dots
from ..elements.floats import FLOAT_ORDER, PlaceableRows, place_float
from ..elements.rules import column_rules
from ..map.columns import Column
from ..map.threads import Story
from .solution import FlowBlock, FlowedStory, Initial, PlacedBlock

TEXT_ORDER = 4  # rank of the text in its article's reading order


def place_flowed_story(
    canvas: Canvas,
    story: Story,
    flow: FlowedStory,
    columns: Sequence[Column],
    whole: Sequence[Column],
    pages: Sequence[int],
    order: int,
) -> None:
    """Prints what found room. `whole` are the columns before lines were taken from them for jump lines and levelling;
    `order` is the article's rank for reading."""
    grid = canvas.grid
    starts = [0, *accumulate(column.lines for column in columns)]
    ends = [column.line for column in columns]
    stretches: list[tuple[int, Role, list[tuple[int, PlacedLine]]]] = []
    dots: dict[int, list[DrawnShape]] = {}

    def row_of(slot: int) -> tuple[int, int]:
        """The column of a slot, and its line on the grid."""
        index = min(bisect_right(starts, slot) - 1, len(columns) - 1)
        return index, columns[index].line + slot - starts[index]

    parted = False  # by something that is no text
    for placed in flow.placed:
        block = placed.block
        parted = parted or block.content is not None
        runs, last_line = block.paragraph.runs if block.paragraph else (), len(placed.lines) - 1
        for at, (slot, line) in enumerate(zip(placed.slots, placed.lines, strict=False)):
            if slot >= flow.slots:
                break
            index, row = row_of(slot)
            if row >= ends[index]:
                ends[index] = row + 1
            left = grid.x(columns[index].start)
            initial = block.initial if block.initial and at < block.initial.lines else None
            x = left + (initial.width * block.style.size if initial else 0.0)
            composed = composed_line(
                line,
                runs,
                block.style,
                canvas.style,
                x,
                grid.baseline(row),
                ends_paragraph=at == last_line,
                number=block.number,
                mark=block.mark,
                typed=block.typed,
                colours=canvas.tag_colours,
                faces=canvas.faces,
            )
            if initial and at == 0:
                composed = _with_initial(canvas, composed, initial, left)
            if shapes := emphasis_dots(line, composed, block.style, canvas.style, x):
                dots.setdefault(pages[index], []).extend(shapes)
            if parted or not stretches or stretches[-1][:2] != (index, block.role):
                stretches.append((index, block.role, []))
                parted = False
            stretches[-1][2].append((row, composed))
    for index, role, rows in stretches:
        column = columns[index]
        first, last_row = rows[0][0], rows[-1][0]
        x, width = grid.x(column.start), column.measure * grid.em
        y, height = grid.y(first), (last_row + 1 - first) * grid.leading
        lines = tuple(line for _, line in rows)
        canvas.add_frames(
            pages[index], [Frame(story.id, role, x, y, width, height, lines, index + 1, order + TEXT_ORDER)]
        )
    for page, all_dots in dots.items():
        page_width, page_height = canvas.style.sheet.width, canvas.style.sheet.height
        canvas.add_boxes(
            page, [Box("drawing", 0.0, 0.0, page_width, page_height, shapes=tuple(all_dots), name="emphasis_dots")]
        )
    for placed in flow.placed:
        if placed.block.content is not None and placed.slots and placed.slots[-1] < flow.slots:
            for begin, end, slots in _parts(placed, starts):
                index, row = row_of(slots[0])
                ends[index] = max(ends[index], row + len(slots))
                _place_part(
                    canvas, story, placed.block, begin, end, columns[index], row, len(slots), pages[index], order
                )
    by_page: dict[int, list[int]] = {}
    for index, page in enumerate(pages):
        by_page.setdefault(page, []).append(index)
    for page, indices in by_page.items():
        canvas.add_boxes(page, column_rules(canvas, [whole[i] for i in indices], [ends[i] for i in indices]))


def _parts(placed: PlacedBlock, starts: Sequence[int]) -> Iterator[tuple[int, int, Sequence[int]]]:
    """The parts of a block of rows by column: its rows from one to before another, and the slots they take."""
    rows, begin = placed.block.rows, 0
    for _, group in groupby(placed.slots, key=lambda slot: bisect_right(starts, slot)):
        slots = list(group)
        end = rows.fit(begin, len(slots))[0] if rows else 0
        yield begin, end, slots
        begin = end


def _place_part(
    canvas: Canvas,
    story: Story,
    block: FlowBlock,
    begin: int,
    end: int,
    column: Column,
    row: int,
    lines: int,
    page: int,
    order: int,
) -> None:
    grid, float_ = canvas.grid, block.content
    x, y, width, height = grid.x(column.start), grid.y(row), column.measure * grid.em, lines * grid.leading
    if block.rows is not None:
        rows: PlaceableRows = block.rows  # type: ignore[assignment]  # what `rows_of` made
        edges = {"at_head": row == column.line, "at_foot": row + lines == column.end}
        rows.place(canvas, page, begin, end, story.id, (x, y, width, height), order + FLOAT_ORDER, **edges)
        return
    if isinstance(float_, Picture | PictureGroup) and row > column.line:
        air = canvas.style.pictures.air * grid.leading  # a picture under text keeps clear of it
        y, height = y + air, height - air
    place_float(canvas, page, float_, story.id, (x, y, width, height), order + FLOAT_ORDER)  # type: ignore[arg-type]


def _with_initial(canvas: Canvas, line: PlacedLine, initial: Initial, x: float) -> PlacedLine:
    """The first line of a paragraph with its drop initial, whose em box spans those of its lines."""
    em, below = canvas.grid.em, 1 - ASCENT_EM
    rise = below * (initial.size - em) - (initial.lines - 1) * canvas.grid.leading
    colour = canvas.style.colour(initial.colour)
    letter = Span(initial.text, initial.face, initial.size, [x + at for at in initial.xs], colour, rise=rise)
    return replace(
        line,
        text=initial.text + line.text,
        x=x,
        width=line.x + line.width - x,
        spans=(letter, *line.spans),
        start=0,
    )
