"""What stands beside or in a text under a name of its own: in an area, at its place in the text, or at the text's head."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from msgspec import Struct
from msgspec.structs import replace

from ..errors import Problem, Words
from ..issue.insets import Chart, NameGroup, Picture, PictureGroup, PullQuote, Table
from ..issue.model import Article, Inset, insets_of
from ..records import Record
from .columns import Column
from .dummy import Dummy
from .flow import Rows
from .pictures import Rectangle, picture_lines, place_picture
from .spreads import place_picture_across

INSET = 8  # rank in its article's reading order: after the text
LEAST_UNDER = 2  # lines of text under what stands at a column's head
LEAST_PART = 0.6  # of its height that a picture at the head of the text may be brought down to


class RowsInPlace(Rows, Protocol):
    """Rows of an inset that can be set into a box at the head or foot of its column or between, some here and the rest
    there."""

    def place(
        self,
        dummy: Dummy,
        page: int,
        begin: int,
        end: int,
        article: str,
        box: Rectangle,
        order: int,
        *,
        at_head: bool,
        at_foot: bool,
    ) -> None: ...


LinesOf = Callable[[Dummy, Any, str, float], int]
Place = Callable[[Dummy, int, Any, str, Rectangle, int], None]


class Maker(Struct, frozen=True):
    """How many whole lines an inset takes at a width (pt), and what sets it into a box of whole lines."""

    lines: LinesOf
    place: Place


def _maker(inset: Inset) -> Maker:
    """Imports are made where there is something to make: most issues have no charts, and not every one has groups."""
    if isinstance(inset, Picture):
        return Maker(picture_lines, place_picture)
    if isinstance(inset, PictureGroup):
        from .groups import group_lines, place_group

        return Maker(group_lines, place_group)
    if isinstance(inset, Chart):
        from .charts import chart_lines, place_chart

        return Maker(chart_lines, place_chart)
    from .quotes import place_quote, quote_lines

    return Maker(quote_lines, place_quote)


def rows_of(dummy: Dummy, inset: Inset, width: float) -> RowsInPlace | None:
    """The rows of what may be parted, set for a width in pt; None for what stays in one piece."""
    if isinstance(inset, Table):
        from .tables import TableRows

        return TableRows(dummy, inset, width)
    if isinstance(inset, NameGroup):
        from .names import NameRows

        return NameRows(dummy, inset, width)
    return None


def inset_lines(dummy: Dummy, inset: Inset, article: str, width: float) -> int:
    rows = rows_of(dummy, inset, width)
    if rows is not None:
        return rows.fit(0, 1_000_000)[1]
    return _maker(inset).lines(dummy, inset, article, width)


def place_inset(dummy: Dummy, page: int, inset: Inset, article: str, box: Rectangle, order: int) -> None:
    rows = rows_of(dummy, inset, box[2])
    if rows is not None:
        rows.place(dummy, page, 0, rows.count, article, box, order, at_head=True, at_foot=False)
    else:
        _maker(inset).place(dummy, page, inset, article, box, order)


def place_insets(dummy: Dummy, reading: Sequence[str]) -> None:
    """Every inset that an area names; `reading` ranks the articles that they belong to."""
    owners = dummy.issue.insets()
    for plan in dummy.plans:
        for area in plan.areas:
            if area.name in owners and not area.continues:
                article, inset = owners[area.name]
                rank = reading.index(article) + 1 if article in reading else len(reading) + 1
                if area.beyond and isinstance(inset, Picture):
                    place_picture_across(dummy, plan.number, inset, article, area, rank * 10 + INSET)
                    continue
                box = dummy.box(area)
                lines = round(box[3] / dummy.grid.leading)
                wanted = (
                    lines
                    if isinstance(inset, Picture | PictureGroup | Chart)
                    else inset_lines(dummy, inset, article, box[2])
                )
                if wanted > lines:
                    dummy.problems.append(_too_high(area.name, wanted, lines, plan.number, inset))
                place_inset(dummy, plan.number, inset, article, box, rank * 10 + INSET)


def _without_place(dummy: Dummy, article: Article) -> list[Inset]:
    """Insets that no area, no group and no place in the text names."""
    insets = insets_of(article)
    if not insets:
        return []
    named = {area.name for plan in dummy.plans for area in plan.areas}
    named |= {block.name for block in article.body.blocks if block.kind == "figure"}
    named |= {name for other in dummy.issue.articles.values() for group in other.groups for name in group.pictures}
    return [inset for inset in insets if inset.id not in named]


def stands_in_the_text(dummy: Dummy, article: Article) -> list[Inset]:
    """Tables, lists of names and quotes without a place; in an article of charts, charts too."""
    kinds: tuple[type, ...] = (Table, NameGroup, PullQuote)
    if article.kind == "chart":
        kinds = (*kinds, Chart)
    return [inset for inset in _without_place(dummy, article) if isinstance(inset, kinds)]


def head_insets(dummy: Dummy, article: Article) -> list[Inset]:
    """Pictures, groups and charts without a place: they stand at the head of the text."""
    apart = [*stands_in_the_text(dummy, article), news_picture(dummy, article)]
    return [inset for inset in _without_place(dummy, article) if inset not in apart]


def news_picture(dummy: Dummy, article: Article) -> Picture | PictureGroup | None:
    """The picture or group that picture news (图片新闻) is about, if it has no area of its own."""
    if article.kind != "picture_news":
        return None
    return next((one for one in _without_place(dummy, article) if isinstance(one, Picture | PictureGroup)), None)


def set_at_head(dummy: Dummy, article: Article, columns: list[Column], pages: list[int], order: int) -> list[Column]:
    """Sets those insets into the last of the columns that begin the text; returns what is left of the columns."""
    grid = dummy.grid
    for inset in head_insets(dummy, article):
        first = columns[0]
        level = [c for c in columns if c.area == first.area and c.line == first.line]
        span = inset.columns if isinstance(inset, Picture) else 1
        over = level[-min(span, len(level)) :]
        start, end = over[0].start, over[-1].start + over[-1].measure
        width = (end - start) * grid.em
        wanted, room = inset_lines(dummy, inset, article.id, width), min(c.lines for c in over) - LEAST_UNDER
        if room < wanted * LEAST_PART:
            dummy.problems.append(no_room(article, inset, wanted, pages[0]))
            continue
        lines = min(wanted, room)
        box = grid.x(start), grid.y(over[0].line), width, lines * grid.leading
        place_inset(dummy, pages[0], inset, article.id, box, order)
        columns = [replace(c, line=c.line + lines, lines=c.lines - lines) if c in over else c for c in columns]
    return columns


def _too_high(name: str, wanted: int, lines: int, page: int, inset: Inset) -> Problem:
    return Problem(
        "inset-high",
        Words(f"“{name}”要 {wanted} 行，区域只有 {lines} 行", f"“{name}” wants {wanted} lines, its area has {lines}"),
        Words(f"把区域加高 {wanted - lines} 行，或加宽", f"make its area {wanted - lines} lines higher, or wider"),
        inset.mark,
        page=page,
    )


def no_room(article: Article, inset: object, lines: int, page: int) -> Problem:
    mark = inset.mark if isinstance(inset, Record) else article.mark
    return Problem(
        "inset-left-over",
        Words(
            f"《{article.title}》里的一件图表要 {lines} 行，它的栏里放不下",
            f"a figure of “{article.title}” wants {lines} lines, which its columns do not have",
        ),
        Words("把区域加高，或在 areas 里给它单独的区域", "make the area higher, or give it an area of its own"),
        mark,
        page=page,
    )
