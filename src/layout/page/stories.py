"""One article on its pages: headline block, text through its thread, jump lines, and what is left over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from ..composition import Fit, Overset
from ..errors import Problem, Words
from .areas import Area
from .blocks import blocks_of
from .columns import Column, divide
from .dummy import Dummy
from .flow import Block, Flow, pour
from .heads import head_frames, set_head, too_long
from .insets import INSET, set_at_head
from .jumps import place_jumps, reserve_jumps
from .poured import TEXT, place_flow
from .rules import around
from .threads import Story, column_counts

USUAL_PARAGRAPH = 120  # characters, for estimating what a line holds
HEAD = 0  # rank in an article's reading order: before the text


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
    reserved = reserve_jumps(dummy, columns, pages)
    flow = pour(_blocks(dummy, story, min(column.measure for column in reserved)), reserved, dummy.grid.em)
    place_flow(dummy, story, flow, reserved, pages, order)
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
    counts, _ = column_counts(story)
    for index, ((plan, area), count) in enumerate(zip(story.text, counts, strict=True)):
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
        dummy.add_boxes(page, around(style, box, x, y, width, height))
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
