"""Floats: named elements beside or in a text, in an area, at their place in the text, or at its head."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from msgspec.structs import replace

from ...errors import Message, Problem
from ...issue.floats import Picture, PictureGroup, kind_of
from ...issue.model import Article, Float, floats_of
from ...records import Record
from ..canvas import Canvas
from ..map.columns import Column
from ..parts.flow_block import DivisibleRows
from .composer import RowsComposer, composer_of
from .pictures import BoxCorners
from .spreads import place_picture_across

FLOAT_ORDER = 8  # rank in its article's reading order: after the text
LEAST_UNDER = 2  # lines of text under a float at a column's head
LEAST_PART = 0.6  # least share of its height that a picture at the head of the text may have


class PlaceableRows(DivisibleRows, Protocol):
    """Rows of a float that can be placed in parts, each in a box at the head or foot of its column, or between."""

    def place(
        self,
        canvas: Canvas,
        page: int,
        begin: int,
        end: int,
        article: str,
        box: BoxCorners,
        order: int,
        *,
        at_head: bool,
        at_foot: bool,
    ) -> None: ...


def rows_of(canvas: Canvas, float_: Float, width: float) -> PlaceableRows | None:
    """The rows of a float that may be divided, set for a width in pt; None for one that stays in one piece."""
    composer = composer_of(float_)
    return composer.rows(canvas, float_, width) if isinstance(composer, RowsComposer) else None


def float_lines(canvas: Canvas, float_: Float, article: str, width: float) -> int:
    """How many whole lines an element takes in a width (pt)."""
    composer = composer_of(float_)
    if isinstance(composer, RowsComposer):
        return composer.rows(canvas, float_, width).fit(0, 1_000_000)[1]
    return composer.lines(canvas, float_, article, width)


def place_float(canvas: Canvas, page: int, float_: Float, article: str, box: BoxCorners, order: int) -> None:
    """Sets a whole element into a box of whole lines."""
    composer = composer_of(float_)
    if isinstance(composer, RowsComposer):
        rows = composer.rows(canvas, float_, box[2])
        rows.place(canvas, page, 0, rows.count, article, box, order, at_head=True, at_foot=False)
    else:
        composer.place(canvas, page, float_, article, box, order)


def place_floats(canvas: Canvas, reading: Sequence[str]) -> None:
    """Places every float that an area names; `reading` lists the articles in reading order."""
    owners = canvas.issue.floats()
    for plan in canvas.plans:
        for area in plan.areas:
            if area.name in owners and not area.continues:
                article, float_ = owners[area.name]
                rank = reading.index(article) + 1 if article in reading else len(reading) + 1
                if area.beyond and isinstance(float_, Picture):
                    place_picture_across(canvas, plan.number, float_, article, area, rank * 10 + FLOAT_ORDER)
                    continue
                box = canvas.box(area)
                lines = round(box[3] / canvas.grid.leading)
                is_visual = kind_of(float_).stands == "head"  # it is scaled to its area
                wanted = lines if is_visual else float_lines(canvas, float_, article, box[2])
                if wanted > lines:
                    canvas.problems.append(_too_high(area.name, wanted, lines, plan.number, float_))
                place_float(canvas, plan.number, float_, article, box, rank * 10 + FLOAT_ORDER)


def _unplaced_floats(canvas: Canvas, article: Article) -> list[Float]:
    """The floats that no area, no group and no place in the text names."""
    floats = floats_of(article)
    if not floats:
        return []
    named = {area.name for plan in canvas.plans for area in plan.areas}
    named |= {block.name for block in article.body.blocks if block.kind == "figure"}
    named |= {name for other in canvas.issue.articles.values() for group in other.groups for name in group.pictures}
    return [float_ for float_ in floats if float_.id not in named]


def stands_in_text(canvas: Canvas, article: Article) -> list[Float]:
    """Tables, name lists and pull quotes without a place, which go into the text; in a `chart` article, charts too."""
    floats = _unplaced_floats(canvas, article)
    return [float_ for float_ in floats if not kind_of(float_).is_visual_in(article.kind)]


def floats_at_head(canvas: Canvas, article: Article) -> list[Float]:
    """Pictures, groups and charts without a place: they stand at the head of the text."""
    apart = [*stands_in_text(canvas, article), news_picture(canvas, article)]
    return [float_ for float_ in _unplaced_floats(canvas, article) if float_ not in apart]


def news_picture(canvas: Canvas, article: Article) -> Picture | PictureGroup | None:
    """The picture or group that picture news (图片新闻) is about, if it has no area of its own."""
    if article.kind != "picture_news":
        return None
    return next((one for one in _unplaced_floats(canvas, article) if isinstance(one, Picture | PictureGroup)), None)


def set_at_head(canvas: Canvas, article: Article, columns: list[Column], pages: list[int], order: int) -> list[Column]:
    """Places the floats at the head of the last columns that begin the text; returns the columns below them."""
    grid = canvas.grid
    for float_ in floats_at_head(canvas, article):
        first = columns[0]
        level = [c for c in columns if c.area == first.area and c.line == first.line]
        span = float_.columns if isinstance(float_, Picture) else 1
        over = level[-min(span, len(level)) :]
        start, end = over[0].start, over[-1].start + over[-1].measure
        width = (end - start) * grid.em
        wanted, room = float_lines(canvas, float_, article.id, width), min(c.lines for c in over) - LEAST_UNDER
        if room < wanted * LEAST_PART:
            canvas.problems.append(float_has_no_space(article, float_, wanted, pages[0]))
            continue
        lines = min(wanted, room)
        box = grid.x(start), grid.y(over[0].line), width, lines * grid.leading
        place_float(canvas, pages[0], float_, article.id, box, order)
        columns = [replace(c, line=c.line + lines, lines=c.lines - lines) if c in over else c for c in columns]
    return columns


def _too_high(name: str, wanted: int, lines: int, page: int, float_: Float) -> Problem:
    return Problem(
        "inset-high",
        Message(f"“{name}”要 {wanted} 行，区域只有 {lines} 行", f"“{name}” wants {wanted} lines, its area has {lines}"),
        Message(f"把区域加高 {wanted - lines} 行，或加宽", f"make its area {wanted - lines} lines higher, or wider"),
        float_.mark,
        page=page,
    )


def float_has_no_space(article: Article, float_: object, lines: int, page: int) -> Problem:
    mark = float_.mark if isinstance(float_, Record) else article.mark
    return Problem(
        "inset-left-over",
        Message(
            f"《{article.title}》里的一件图表要 {lines} 行，它的栏里放不下",
            f"a figure of “{article.title}” wants {lines} lines, which its columns do not have",
        ),
        Message("把区域加高，或在 areas 里给它单独的区域", "make the area higher, or give it an area of its own"),
        mark,
        page=page,
    )
