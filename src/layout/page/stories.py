"""One article on its pages: headline block, text through its thread, jump lines, and what is left over."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from math import ceil

from ..composition import Fit, Frame, Line, Overset
from ..errors import Problem, Words
from .areas import Area
from .blocks import blocks_of
from .columns import Column, divide
from .dummy import Dummy
from .flow import Block, Flow, pour
from .heads import head_frames, set_head, too_long
from .insets import INSET, place_inset, set_at_head
from .jumps import place_jumps, reserve_jumps
from .lines import composed_line
from .rules import column_rules
from .threads import Story

USUAL_PARAGRAPH = 120  # characters, for estimating what a line holds
# Reading order inside an article: head, text, byline; captions follow.
HEAD, TEXT = 0, 4


def set_story(dummy: Dummy, story: Story, order: int) -> None:
    """Places headline and text of one article; `order` ranks it among the others for reading."""
    columns, pages = _columns(dummy, story)
    if not columns:
        return
    if story.head:
        plan, area = story.head
        _head_in_its_area(dummy, story, plan.number, area, order + HEAD)
    elif story.article.headline:
        columns = _head_on_its_text(dummy, story, columns, pages, order + HEAD)
    columns = set_at_head(dummy, story.article, columns, pages, order + INSET)
    reserved = reserve_jumps(columns, pages)
    flow = pour(_blocks(dummy, story, min(column.measure for column in reserved)), reserved, dummy.grid.em)
    _place_text(dummy, story, flow, reserved, pages, order + TEXT)
    place_jumps(dummy, story, columns, pages, flow, order + TEXT)
    _report(dummy, story, flow, reserved, pages)


def _blocks(dummy: Dummy, story: Story, measure: float) -> list[Block]:
    key = ("blocks", story.id, measure, dummy.choices.tracking.get(story.id))
    known = dummy.kept.get(key)
    if not isinstance(known, list):
        known = dummy.kept[key] = blocks_of(story.article, dummy, measure)
    return known


def _columns(dummy: Dummy, story: Story) -> tuple[list[Column], list[int]]:
    """The thread's columns, and the page of each."""
    columns: list[Column] = []
    pages: list[int] = []
    for index, (plan, area) in enumerate(story.text):
        own = plan.spec.columns.get(f"{area.name}.{area.part}") if area.part else None
        counts = own or plan.spec.columns.get(story.id) or max(1, area.units // 2)
        on_page = [place[1] for place in story.text if place[0] is plan].index(area)
        count = counts if isinstance(counts, int) else counts[min(on_page, len(counts) - 1)]
        divided, problems = divide(area, count, dummy.grid, index)
        dummy.problems += problems
        gap = dummy.gap(area)
        columns += [c.without_head(gap) if c.line == area.line else c for c in divided]
        pages += [plan.number] * len(divided)
    return columns, pages


def _head_in_its_area(dummy: Dummy, story: Story, page: int, area: Area, order: int) -> None:
    x, y, width, height = dummy.box(area)
    style = dummy.style
    box = style.boxes.get(style.headlines[story.article.rank].box) if _beside_its_text(story, area) else None
    padding = box.padding * dummy.grid.em if box else 0.0
    head = set_head(dummy, story.article, width - 2 * padding, height - 2 * padding)
    if head.over:
        dummy.problems.append(too_long(story.article, head, page))
    if box:
        dummy.add_boxes(page, [dummy.framed(box, x, y, width, height)])
    top = y + max(padding, (height - head.height) / 2)
    dummy.add_frames(page, head_frames(dummy, head, story.id, x + padding, top, width - 2 * padding, order))


def _beside_its_text(story: Story, area: Area) -> bool:
    """Whether the headline stands at the side of its text, not above it."""
    return any(text.line <= area.line < text.end for _, text in story.text)


def _head_on_its_text(dummy: Dummy, story: Story, columns: list[Column], pages: list[int], order: int) -> list[Column]:
    """Sets the head at the top of the first area, across all columns that begin there; returns what is left of them."""
    first = columns[0]
    over = [c for c in columns if c.area == first.area and c.line == first.line]
    span = story.text[0][0].spec.head_columns(story.id) or len(over)
    over = over[:span]
    start, measure = over[0].start, over[-1].start + over[-1].measure - over[0].start
    grid = dummy.grid
    head = set_head(dummy, story.article, measure * grid.em)
    room = min(column.lines for column in over)
    if head.over or head.lines >= room:
        dummy.problems.append(too_long(story.article, replace(head, over=max(head.over, 1)), pages[0]))
    slack = head.lines * grid.leading - head.height
    top = grid.y(first.line) + slack * 0.35
    frames = head_frames(dummy, head, story.id, grid.x(start), top, measure * grid.em, order)
    dummy.add_frames(pages[0], frames)
    return [c.without_head(head.lines) if c in over else c for c in columns]


def _place_text(
    dummy: Dummy, story: Story, flow: Flow, columns: Sequence[Column], pages: Sequence[int], order: int
) -> None:
    grid = dummy.grid
    starts = [0, *accumulate(column.lines for column in columns)]
    stretches: list[tuple[int, str, list[tuple[int, Line]]]] = []
    ends = [column.line for column in columns]
    for block, slot, line, last in flow.lines():
        if slot >= flow.slots:
            break
        index = min(bisect_right(starts, slot) - 1, len(columns) - 1)
        row = columns[index].line + slot - starts[index]
        ends[index] = max(ends[index], row + 1)
        composed = composed_line(
            line,
            block.paragraph.runs if block.paragraph else (),
            block.style,
            dummy.style,
            grid.x(columns[index].start),
            grid.baseline(row),
            ends_paragraph=last,
            number=block.number,
            mark=block.mark,
            typed=block.typed,
        )
        if not stretches or stretches[-1][:2] != (index, block.role):
            stretches.append((index, block.role, []))
        stretches[-1][2].append((row, composed))
    for index, role, rows in stretches:
        column = columns[index]
        first, last_row = rows[0][0], rows[-1][0]
        x, width = grid.x(column.start), column.measure * grid.em
        y, height = grid.y(first), (last_row + 1 - first) * grid.leading
        lines = tuple(line for _, line in rows)
        dummy.add_frames(pages[index], [Frame(story.id, role, x, y, width, height, lines, index + 1, order)])
    for placed in flow.placed:
        if placed.block.content is not None and placed.slots[-1] < flow.slots:
            index = bisect_right(starts, placed.slots[0]) - 1
            column, row = columns[index], columns[index].line + placed.slots[0] - starts[index]
            ends[index] = max(ends[index], row + placed.block.solid)
            box = grid.x(column.start), grid.y(row), column.measure * grid.em, placed.block.solid * grid.leading
            place_inset(dummy, pages[index], placed.block.content, story.id, box, order)
    by_page: dict[int, list[int]] = {}
    for index, page in enumerate(pages):
        by_page.setdefault(page, []).append(index)
    for page, indices in by_page.items():
        dummy.add_boxes(page, column_rules(dummy, [columns[i] for i in indices], [ends[i] for i in indices]))


def _report(dummy: Dummy, story: Story, flow: Flow, columns: Sequence[Column], pages: Sequence[int]) -> None:
    characters = sum(placed.block.characters for placed in flow.placed)
    room = (flow.slots - flow.used) * _density(columns) if flow.used <= flow.slots else -flow.overset_characters
    capacity = max(0, round(characters + room))
    on = tuple(dict.fromkeys(pages))
    dummy.fit.append(Fit(story.id, capacity, characters, flow.slots, flow.used, pages[0], on))
    rest = flow.overset_from
    if rest is None:
        return
    block, _ = rest
    mark = block.mark or story.article.mark
    over, lines = flow.overset_characters, flow.overset_lines
    dummy.overset.append(Overset(story.id, over, lines, mark, pages[-1]))
    dummy.problems.append(
        Problem(
            "overset",
            Words(
                f"《{story.article.title}》超出 {over} 字（{lines} 行），第 {pages[-1]} 版 {story.id}",
                f"“{story.article.title}” is {over} characters ({lines} lines) too long, page {pages[-1]} {story.id}",
            ),
            Words(
                f"删去 {over} 字，或把区域加高 {-(-lines // len(columns))} 行",
                f"cut {over} characters, or add lines to its area",
            ),
            mark,
            page=pages[-1],
        )
    )


def _density(columns: Sequence[Column]) -> float:
    """Characters that a line of these columns holds on average, in paragraphs of usual length."""
    slots = sum(column.lines for column in columns)
    held = (column.lines * USUAL_PARAGRAPH / ceil((USUAL_PARAGRAPH + 2) / column.measure) for column in columns)
    return sum(held) / slots if slots else 0.0
