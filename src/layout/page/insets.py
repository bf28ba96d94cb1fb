"""What stands beside or in a text under a name of its own: in an area, at its place in the text, or at the text's head."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from ..issue.insets import Picture, Table
from ..issue.model import Article, insets_of
from .columns import Column
from .dummy import Dummy
from .pictures import Rectangle, picture_lines, place_picture
from .tables import place_table, table_lines

INSET = 8  # rank in its article's reading order: after the text

LinesOf = Callable[[Dummy, Any, str, float], int]
Place = Callable[[Dummy, int, Any, str, Rectangle, int], None]
# kind of inset → how many whole lines it takes at a width (pt), and what sets it into a box of whole lines
MAKERS: dict[type, tuple[LinesOf, Place]] = {
    Picture: (picture_lines, place_picture),
    Table: (table_lines, place_table),
}


def inset_lines(dummy: Dummy, inset: Any, article: str, width: float) -> int:
    return MAKERS[type(inset)][0](dummy, inset, article, width)


def place_inset(dummy: Dummy, page: int, inset: Any, article: str, box: Rectangle, order: int) -> None:
    MAKERS[type(inset)][1](dummy, page, inset, article, box, order)


def place_insets(dummy: Dummy, reading: Sequence[str]) -> None:
    """Every inset that an area names; `reading` ranks the articles that they belong to."""
    owners = dummy.issue.insets()
    for plan in dummy.plans:
        for area in plan.areas:
            if area.name in owners:
                article, inset = owners[area.name]
                rank = reading.index(article) + 1 if article in reading else len(reading) + 1
                place_inset(dummy, plan.number, inset, article, dummy.box(area), rank * 10 + INSET)


def head_insets(dummy: Dummy, article: Article) -> list[Any]:
    """Insets that neither an area nor the text names: they stand at the head of the text."""
    named = {area.name for plan in dummy.plans for area in plan.areas}
    named |= {block.name for block in article.body.blocks if block.kind == "figure"}
    return [inset for inset in insets_of(article) if inset.id not in named]


def set_at_head(dummy: Dummy, article: Article, columns: list[Column], pages: list[int], order: int) -> list[Column]:
    """Sets those insets into the last of the columns that begin the text; returns what is left of the columns."""
    grid = dummy.grid
    for inset in head_insets(dummy, article):
        first = columns[0]
        level = [c for c in columns if c.area == first.area and c.line == first.line]
        over = level[-min(getattr(inset, "columns", 1), len(level)) :]
        start, end = over[0].start, over[-1].start + over[-1].measure
        width = (end - start) * grid.em
        lines = min(inset_lines(dummy, inset, article.id, width), min(c.lines for c in over))
        box = grid.x(start), grid.y(over[0].line), width, lines * grid.leading
        place_inset(dummy, pages[0], inset, article.id, box, order)
        columns = [replace(c, line=c.line + lines, lines=c.lines - lines) if c in over else c for c in columns]
    return columns
