"""A filled story is placed on its pages: its lines in frames, its floats, and the rules between its columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from ...composition import Box, DrawnShape, Frame, PlacedLine, Span
from ...issue.floats import Picture, PictureGroup, PullQuote
from ...roles import Role
from ...style.grid import ASCENT_EM
from ..canvas import Canvas
from ..composed_lines import composed_line, emphasis_dots
from ..elements.floats import FLOAT_ORDER, PlaceableRows, place_float
from ..elements.rules import column_rules
from ..elements.vertical.figures import air_of, figure_box
from ..elements.vertical.quotes import place_vertical_quote
from ..map.columns import Column
from ..map.threads import Story
from ..parts.flow_block import FlowBlock, Initial
from ..parts.flow_solution import FlowedStory, PlacedBlock
from ..text_lines import has_lines, text_lines
from ..vertical_lines import composed_vertical_line, emphasis_dots_beside
from .footnotes import ColumnFoot
from .thread import Thread

TEXT_ORDER = 4  # rank of the text in its article's reading order


class FilledStory(Struct, frozen=True):
    """A story's text in its columns, each of which stands on one of `pages`.

    `whole` are the columns before jump lines and levelling shortened them, `reserved` those that hold the text.
    """

    flow: FlowedStory
    whole: list[Column]
    reserved: list[Column]
    pages: list[int]
    feet: Sequence[ColumnFoot] = ()  # footnotes under them


class _TextLine(NamedTuple):
    """A composed line in line `row` of the grid; `column` is an index, `part` counts the floats before it."""

    part: int
    column: int
    role: Role
    row: int
    line: PlacedLine
    dots: Sequence[DrawnShape]
    drawn: Sequence[DrawnShape] = ()  # under or through it


class _FloatPart(NamedTuple):
    """The part of a float in one column, from line `row` of the grid on; of a table, rows `begin` to before `end`."""

    block: FlowBlock
    column: int
    row: int
    lines: int
    begin: int
    end: int


def place_flowed_story(canvas: Canvas, story: Story, filled: FilledStory, order: int) -> None:
    """Places the lines and floats that have room; overset is left out. `order` is the article's rank for reading."""
    thread = Thread(filled.reserved, canvas.grid.em)
    lines = list(_text_lines(canvas, filled.flow, thread))
    floats = list(_float_parts(filled.flow, thread))
    _place_text(canvas, story, lines, filled, order + TEXT_ORDER)
    _place_dots(canvas, lines, filled.pages)
    for part in floats:
        _place_float_part(canvas, story, part, filled, order + FLOAT_ORDER)
    _place_footnotes(canvas, story, filled, order + FLOAT_ORDER)
    _place_column_rules(canvas, lines, floats, filled)


def _place_footnotes(canvas: Canvas, story: Story, filled: FilledStory, order: int) -> None:
    """The notes under the text of their columns."""
    grid = canvas.grid
    for index, rows, lines in filled.feet:
        column, page = filled.reserved[index], filled.pages[index]
        box = grid.x(column.start), grid.y(column.end), column.measure * grid.em, lines * grid.leading
        rows.place(canvas, page, 0, rows.count, story.id, box, order, at_head=False, at_foot=True)


def _text_lines(canvas: Canvas, flow: FlowedStory, thread: Thread) -> Iterator[_TextLine]:
    grid, part = canvas.grid, 0
    for placed in flow.placed:
        block = placed.block
        part += block.content is not None
        runs, last_line = block.paragraph.runs if block.paragraph else (), len(placed.lines) - 1
        colours, draws = canvas.setup.tag_colours, has_lines(runs)
        for at, (slot, line) in enumerate(zip(placed.slots, placed.lines, strict=False)):
            if slot >= flow.slots:
                break
            column, row = thread.position(slot)
            if thread.columns[column].pitch:
                yield _vertical_line(canvas, placed, at, part, thread, slot)
                continue
            left = grid.x(thread.columns[column].start)
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
                colours=colours,
                faces=canvas.faces,
                language=block.paragraph.setting.language if block.paragraph else canvas.setup.language,
            )
            if initial and at == 0:
                composed = _with_initial(canvas, composed, initial, left)
            dots = emphasis_dots(line, composed, block.style, canvas.style, x)
            drawn = (
                text_lines(line, runs, composed, block.style, canvas.style, x, canvas.faces, colours) if draws else ()
            )
            yield _TextLine(part, column, block.role, row, composed, dots, drawn)


def _vertical_line(canvas: Canvas, placed: PlacedBlock, at: int, part: int, thread: Thread, slot: int) -> _TextLine:
    """The line of a block at index `at`, in a tier (直排)."""
    block, line, grid = placed.block, placed.lines[at], canvas.grid
    column, row = thread.position(slot)
    tier = thread.columns[column]
    middle, head = tier.middle(row, grid.em), grid.top + tier.start * grid.em
    initial = block.initial if block.initial and at < block.initial.lines else None
    top = head + (initial.width * block.style.size if initial else 0.0)
    assert block.paragraph is not None
    composed = composed_vertical_line(
        line,
        block.paragraph.runs,
        block.style,
        canvas.style,
        middle,
        top,
        ends_paragraph=at == len(placed.lines) - 1,
        number=block.number,
        mark=block.mark,
        typed=block.typed,
        colours=canvas.setup.tag_colours,
        faces=canvas.faces,
    )
    if initial and at == 0:
        colour, ys = canvas.style.colour(initial.colour), [head + y for y in initial.xs]
        rise = (1 - initial.lines) * tier.pitch / 2
        letter = Span(initial.text, initial.face, initial.size, ys, colour, rise=rise)
        composed = replace(
            composed, text=initial.text + composed.text, baseline=head, spans=(letter, *composed.spans), start=0
        )
    dots = emphasis_dots_beside(line, composed, block.style, canvas.style, top)
    return _TextLine(part, column, block.role, row, composed, dots)


def _float_parts(flow: FlowedStory, thread: Thread) -> Iterator[_FloatPart]:
    for placed in flow.placed:
        block, begin = placed.block, 0
        if block.content is None or not placed.slots or placed.slots[-1] >= flow.slots:
            continue
        for _, group in groupby(placed.slots, key=thread.column):
            slots = list(group)
            end = block.rows.fit(begin, len(slots))[0] if block.rows else 0
            yield _FloatPart(block, *thread.position(slots[0]), len(slots), begin, end)
            begin = end


def _place_text(canvas: Canvas, story: Story, lines: Sequence[_TextLine], filled: FilledStory, order: int) -> None:
    """A frame for consecutive lines of one role in one column; a float between two lines parts the frame."""
    grid = canvas.grid
    for (_, index, role), group in groupby(lines, key=lambda line: line[:3]):
        column, rows = filled.reserved[index], list(group)
        x, y, width, height = column.box(grid, rows[0].row, rows[-1].row + 1 - rows[0].row)
        frame = Frame(story.id, role, x, y, width, height, tuple(one.line for one in rows), index + 1, order)
        canvas.add_frames(filled.pages[index], [frame])


def _place_dots(canvas: Canvas, lines: Sequence[_TextLine], pages: Sequence[int]) -> None:
    """The emphasis dots of the story in one drawing a page, and in another the lines under and through its text."""
    by_page: dict[tuple[int, str], list[DrawnShape]] = {}
    for line in lines:
        for name, shapes in (("emphasis_dots", line.dots), ("text_lines", line.drawn)):
            if shapes:
                by_page.setdefault((pages[line.column], name), []).extend(shapes)
    width, height = canvas.style.sheet.width, canvas.style.sheet.height
    for (page, name), drawn in by_page.items():
        canvas.add_boxes(page, [Box("drawing", 0.0, 0.0, width, height, shapes=tuple(drawn), name=name)])


def _place_float_part(canvas: Canvas, story: Story, part: _FloatPart, filled: FilledStory, order: int) -> None:
    grid, float_, page = canvas.grid, part.block.content, filled.pages[part.column]
    column, row, lines = filled.reserved[part.column], part.row, part.lines
    if column.pitch:
        box = figure_box(canvas, column, row, lines, air_of(canvas) if row > column.line else 0.0)
        if isinstance(float_, PullQuote):
            place_vertical_quote(canvas, page, float_, story.id, box, order)
        else:
            place_float(canvas, page, float_, story.id, box, order)  # type: ignore[arg-type]
        return
    x, y, width, height = grid.x(column.start), grid.y(row), column.measure * grid.em, lines * grid.leading
    if part.block.rows is not None:
        rows: PlaceableRows = part.block.rows  # type: ignore[assignment]  # what `rows_of` made
        edges = {"at_head": row == column.line, "at_foot": row + lines == column.end}
        rows.place(canvas, page, part.begin, part.end, story.id, (x, y, width, height), order, **edges)
        return
    if isinstance(float_, Picture | PictureGroup) and row > column.line:
        air = canvas.style.pictures.air * grid.leading  # white between a picture and the text over it
        y, height = y + air, height - air
    place_float(canvas, page, float_, story.id, (x, y, width, height), order)  # type: ignore[arg-type]


def _place_column_rules(
    canvas: Canvas, lines: Sequence[_TextLine], floats: Sequence[_FloatPart], filled: FilledStory
) -> None:
    """The rules in the gutters, on each page down to what stands lowest in the two columns."""
    ends = [column.line for column in filled.reserved]
    for line in lines:
        ends[line.column] = max(ends[line.column], line.row + 1)
    for part in floats:
        ends[part.column] = max(ends[part.column], part.row + part.lines)
    for index, _, taken in filled.feet:
        ends[index] = filled.reserved[index].end + taken
    by_page: dict[int, list[int]] = {}
    for index, page in enumerate(filled.pages):
        by_page.setdefault(page, []).append(index)
    for page, indices in by_page.items():
        canvas.add_boxes(page, column_rules(canvas, [filled.whole[i] for i in indices], [ends[i] for i in indices]))


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
