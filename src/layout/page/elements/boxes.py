"""Boxes round stories (框, 底纹): the areas in a box, its place, and the part of the areas that it leaves to the text."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ...composition import Box
from ...errors import Message, Problem, SourceLocation
from ...records import nearest_match
from ...style.elements import BoxStyle
from ...style.model import Style
from ..canvas import BoxInsets, Canvas
from ..map.areas import Area
from ..map.threads import PagePlan, Story
from .rules import rules_around


def enclose(canvas: Canvas, story: Story) -> None:
    """Draws the box of an article that has one, and keeps its edges free in the areas inside."""
    name = story.article.box or canvas.style.kind(story.article.kind).box
    box = box_style(canvas, name, story.article.place("box")) if name else None
    if box is None or not story.text:
        return
    canvas.boxed.add(story.id)
    if box.text:
        canvas.inks[story.id] = box.text
    for plan in {plan.number: plan for plan, _ in story.text}.values():
        _enclose_on_page(canvas, story, box, plan)


def box_style(canvas: Canvas, name: str, mark: SourceLocation | None) -> BoxStyle | None:
    """The style's box of that name; None, and a problem, where it has none."""
    box = canvas.style.boxes.get(name)
    if box is None:
        problem = _unknown_box(canvas.style, name, mark)
        if problem not in canvas.problems:
            canvas.problems.append(problem)
    return box


def padding_lines(canvas: Canvas, box: BoxStyle) -> int:
    """Whole lines that hold the box's padding, at its top and at its foot."""
    return math.ceil(box.padding * canvas.grid.em / canvas.grid.leading - 1e-6)


def draw_box(canvas: Canvas, box: BoxStyle, x: float, y: float, width: float, height: float) -> list[Box]:
    """A box over whole lines: its edges are on the em boxes of the first and last line, as those of a picture."""
    inset = (canvas.grid.leading - canvas.grid.em) / 2
    return rules_around(canvas.style, box, x, y + inset, width, height - 2 * inset)


def _enclose_on_page(canvas: Canvas, story: Story, box: BoxStyle, plan: PagePlan) -> None:
    own = [area for area in plan.areas if canvas.setup.owner(area.name) == story.id]
    texts = [area for area in own if area.name == story.id]
    areas = next((areas for areas in (own, texts) if _tiles(areas)), None)
    if areas is None:
        canvas.problems.append(_not_a_rectangle(story, plan.number, texts[0]))
        return
    grid = canvas.grid
    first, last = min(area.unit for area in areas), max(area.unit + area.units for area in areas)
    top, foot = min(area.line for area in areas), max(area.end for area in areas)
    gap = max(canvas.setup.gap(area) for area in areas if area.line == top)
    lines = padding_lines(canvas, box)
    for area in areas:
        canvas.sides[area] = BoxInsets(
            box.padding if area.unit == first else 0.0,
            box.padding if area.unit + area.units == last else 0.0,
            lines if area.line == top else 0,
            lines if area.end == foot else 0,
        )
    x, y = grid.x(grid.start(first)), grid.y(top + gap)
    width, height = grid.measure(last - first) * grid.em, (foot - top - gap) * grid.leading
    canvas.add_boxes(plan.number, draw_box(canvas, box, x, y, width, height))


def _tiles(areas: Sequence[Area]) -> bool:
    """Whether areas make up a rectangle together."""
    covered = sum(strip.units * strip.lines for area in areas for strip in area.strips)
    units = max(area.unit + area.units for area in areas) - min(area.unit for area in areas)
    lines = max(area.end for area in areas) - min(area.line for area in areas)
    return covered == units * lines


def _not_a_rectangle(story: Story, page: int, area: Area) -> Problem:
    return Problem(
        "box-shape",
        Message(
            f"《{story.article.title}》在第 {page} 版的区域不是一个矩形，加不了框",
            f"the areas of “{story.article.title}” on page {page} are no rectangle and cannot be boxed",
        ),
        Message("让它的标题区、正文区拼成一个矩形，或去掉 box", "make them one rectangle, or take box away"),
        area.mark,
        page=page,
    )


def _unknown_box(style: Style, name: str, mark: SourceLocation | None) -> Problem:
    near = nearest_match(name, list(style.boxes))
    known = "、".join(style.boxes), ", ".join(style.boxes)
    return Problem(
        "unknown-box",
        Message(f"样式里没有叫“{name}”的框", f"the style has no box called “{name}”"),
        Message(f"是 {near} 吗？", f"do you mean {near}?")
        if near
        else Message(f"可用的有：{known[0]}", f"there are: {known[1]}"),
        mark,
    )
