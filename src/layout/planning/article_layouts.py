"""Layouts of one article in a rectangle: the places of its headline and pictures, the number of columns of its text.

The number of rows of text is left open. The line of space above an article belongs to its rectangle.
Forms: `plain` the headline across the text, pictures in it at the right; `under` the pictures across, under the
headline; `over` over it; `beside` at the right of the headline; `side` the headline at the left of the text; `news`
picture news; `bare` pictures without a text.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from .evaluator import MapPiece
from .measured_articles import HeadlineSize, MeasuredArticle, PictureBlock

_LEAST_ROWS = 3  # lines of text under a headline
LEAST_FOOT = 3  # lines of text under a picture
HEAD_TO_TEXT = 0.6  # least lines of text for a line of headline
LEAST_SIDE = 5  # lines of text beside a headline
SIDE_UNITS = 2  # width of a headline at the side; a vertical one takes one or two
FULL_HEADLINE_FILL = 70  # percent of its width that a headline should fill
VERSE_EM = 30.0  # widest column of a poem, which has one column


class Hole(Struct, frozen=True):
    """The part of a rectangle, at its foot and right, that other articles take: units and lines."""

    units: int
    lines: int


NO_HOLE = Hole(0, 0)


class ArticleLayout(Struct, frozen=True):
    """A layout of an article across `units` of the grid.

    A rectangle `base + rows` lines high holds `columns × rows − taken` lines of text. `edge` is 0 where a headline
    is at its top edge, else 1.
    """

    form: str
    units: int
    columns: int
    base: int
    least: int  # rows
    taken: int
    cost: int
    edge: int
    head: MapPiece | None = None
    picture_block: PictureBlock | None = None
    picture_block_at: tuple[int, int] = (0, 0)  # unit and line of its corner; line -1 for the foot
    text: tuple[int, int] = (0, 0)  # unit and line where the text begins
    across: int = 0  # units that it runs across; 0 for all
    only: int = 0  # the one height it may have; 0 for any
    head_lines: int = 0  # about how many lines a headline at the side fills

    @property
    def text_units(self) -> int:
        """The units that the text runs across."""
        return self.across or self.units

    def lines(self, rows: int, hole: Hole = NO_HOLE) -> int:
        """Lines of text in all columns together."""
        in_hole = self.columns * hole.units // self.units * hole.lines
        return self.columns * rows - self.taken - in_hole


def article_layouts(one: MeasuredArticle, units: int) -> Iterator[ArticleLayout]:
    """All layouts of an article across so many units."""
    if not one.has_text:
        yield from _bare(one, units)
    elif one.article.kind == "picture_news" and one.visuals:
        yield from _news(one, units)
    else:
        for columns in divisions(one, units) if not one.upright else ():
            if not one.visuals:
                yield from _plain(one, units, columns)
            yield from _with_pictures(one, units, columns)
        if one.has_head and not one.box and (one.upright or one.article.kind != "verse"):
            yield from _side(one, units)


def divisions(one: MeasuredArticle, units: int) -> list[int]:
    """The numbers of columns that the article may have across so many units."""
    least, most = one.context.plan.measures
    if one.article.kind == "verse":
        return [1] if least <= one.measure(units, 1) <= VERSE_EM else []
    wide = [count for count in range(1, units + 1) if one.measure(units, count) >= least]
    found = [count for count in wide if one.measure(units, count) <= most] or wide[-1:]
    suiting = [count for count in found if one.suits(units, count)]
    if not suiting and units == one.context.grid.units:  # the article must have some layout
        return [count for count in wide if one.suits(units, count)] or wide[:1]
    return suiting


def _plain(one: MeasuredArticle, units: int, columns: int) -> Iterator[ArticleLayout]:
    pad, gap = one.padding_lines, one.context.style.grid.gap
    note, edge = one.text(units, columns)[1], 1 if one.box else 0
    for heading, extra in _headings(one, units):
        cost = _cost(one, units, columns, heading, extra, units)
        top = gap + pad + (heading.airy + extra if heading else 0)
        base, least = top + note + pad, _least(heading)
        if heading is None or (heading.grade == 0 and not extra):  # the headline needs no area of its own
            yield ArticleLayout("plain", units, columns, base, least, 0, cost, edge)
        else:
            head = MapPiece(one.head_name, 0, 0, units, top)
            yield ArticleLayout("plain", units, columns, base, least, 0, cost, edge, head, text=(0, top))


def _with_pictures(one: MeasuredArticle, units: int, columns: int) -> Iterator[ArticleLayout]:
    pad, gap = one.padding_lines, one.context.style.grid.gap
    note = one.text(units, columns)[1]
    for span in range(1, columns + 1):
        across, rest = divmod(span * units, columns)
        if rest:
            continue
        for picture_block in one.picture_blocks(across):
            for heading, extra in _headings(one, units):
                if extra:  # the pictures vary in height already
                    continue
                cost = _cost(one, units, columns, heading, 0, units) + picture_block.cost + _size_cost(one, across)
                top = gap + pad + heading.bare if heading else 0
                head = MapPiece(one.head_name, 0, 0, units, top) if heading else None
                if span < columns:
                    least = max(_least(heading), picture_block.lines - gap + LEAST_FOOT)
                    base, taken = top + gap + note + pad + (0 if heading else pad), span * (picture_block.lines - gap)
                    corner = units - across, top
                    yield ArticleLayout(
                        "plain", units, columns, base, least, taken, cost, 0, head, picture_block, corner, (0, top)
                    )
                    continue
                if heading:
                    base = top + picture_block.lines + gap + note + pad
                    text = 0, top + picture_block.lines
                    yield ArticleLayout(
                        "under", units, columns, base, _least(heading), 0, cost, 0, head, picture_block, (0, top), text
                    )
                yield _over(one, units, columns, heading, picture_block, note, cost)
            if span < columns and not one.box and not note:
                yield from _beside(one, units, columns, across, span, picture_block)


def _over(
    one: MeasuredArticle,
    units: int,
    columns: int,
    heading: HeadlineSize | None,
    picture_block: PictureBlock,
    note: int,
    cost: int,
) -> ArticleLayout:
    pad, gap = one.padding_lines, one.context.style.grid.gap
    line = picture_block.lines + pad
    head, text = None, (0, line)
    if heading and heading.grade:
        head = MapPiece(one.head_name, 0, line, units, gap + heading.airy)
        text = (0, head.end)
    base = line + gap + (heading.airy if heading else 0) + note + pad
    return ArticleLayout("over", units, columns, base, _least(heading), 0, cost, 1, head, picture_block, (0, 0), text)


def _beside(
    one: MeasuredArticle, units: int, columns: int, across: int, span: int, picture_block: PictureBlock
) -> Iterator[ArticleLayout]:
    gap, left = one.context.style.grid.gap, units - across
    for heading, extra in _headings(one, left):
        if heading is None or extra:
            continue
        cost = _cost(one, units, columns, heading, 0, left) + picture_block.cost + _size_cost(one, across)
        least, corner = _least(heading), (left, 0)
        top = gap + heading.bare
        if picture_block.lines > top:
            rows, taken = picture_block.lines - top - gap + LEAST_FOOT, span * (picture_block.lines - top - gap)
            head = MapPiece(one.head_name, 0, 0, left, top)
            yield ArticleLayout(
                "beside",
                units,
                columns,
                top + gap,
                max(least, rows),
                taken,
                cost,
                0,
                head,
                picture_block,
                corner,
                (0, top),
            )
        top = gap + heading.airy
        rows = picture_block.lines - top
        if rows >= least:  # the pictures reach the foot
            head = MapPiece(one.head_name, 0, 0, left, top)
            yield ArticleLayout(
                "beside",
                units,
                columns,
                top,
                rows,
                span * rows,
                cost,
                0,
                head,
                picture_block,
                corner,
                (0, top),
                only=picture_block.lines,
            )


def _side(one: MeasuredArticle, units: int) -> Iterator[ArticleLayout]:
    """The headline at the left of its text; pictures in the text, over it, under the headline or at the right."""
    gap = one.context.style.grid.gap
    for beside in (1, SIDE_UNITS) if one.upright else (SIDE_UNITS,):
        if units - beside < 1 or one.context.grid.measure(beside) < (6 if one.upright else 12):
            continue
        head = MapPiece(one.head_name, 0, 0, beside, 0)
        fills = one.side_lines(beside)
        least = max(LEAST_SIDE, fills)
        for across in range(1, units - beside + 1):
            right = units - beside - across
            for columns in divisions(one, across):
                cost = _cost(one, across, columns, None, 0, 0) + (0 if one.upright else one.context.weights.side_head)
                if right:
                    for picture_block in one.picture_blocks(right):
                        if picture_block.lines - gap >= least:
                            yield ArticleLayout(
                                "side", units, columns, gap, least, 0, cost + picture_block.cost + _size_cost(one, right), 0,
                                head, picture_block, (units - right, 0), (beside, 0), across, picture_block.lines, fills,
                            )  # fmt: skip
                elif one.visuals:
                    yield from _side_with_pictures(one, units, columns, beside, across, least, cost, head)
                else:
                    yield ArticleLayout(
                        "side", units, columns, gap, least, 0, cost, 0, head, text=(beside, 0), across=across,
                        head_lines=fills,
                    )  # fmt: skip


def _side_with_pictures(
    one: MeasuredArticle, units: int, columns: int, beside: int, across: int, least: int, cost: int, head: MapPiece
) -> Iterator[ArticleLayout]:
    gap = one.context.style.grid.gap
    for span in range(1, columns + 1):
        wide, odd = divmod(span * across, columns)
        if odd:
            continue
        for picture_block in one.picture_blocks(wide):
            penalty = cost + picture_block.cost + _size_cost(one, wide)
            if span == columns:
                yield ArticleLayout(
                    "side", units, columns, picture_block.lines + gap, max(_LEAST_ROWS, least - picture_block.lines), 0, penalty, 0,
                    head, picture_block, (beside, 0), (beside, picture_block.lines), across, head_lines=least,
                )  # fmt: skip
            else:
                yield ArticleLayout(
                    "side", units, columns, gap, max(least, picture_block.lines - gap + LEAST_FOOT),
                    span * (picture_block.lines - gap), penalty, 0, head, picture_block, (units - wide, 0), (beside, 0), across,
                    head_lines=least,
                )  # fmt: skip
    if beside > 1 and not one.upright:
        for picture_block in one.picture_blocks(beside):
            yield ArticleLayout(
                "side", units, columns, gap, least + picture_block.lines, 0, cost + picture_block.cost + _size_cost(one, beside), 0,
                head, picture_block, (0, -1), (beside, 0), across, head_lines=least + picture_block.lines,
            )  # fmt: skip


def _news(one: MeasuredArticle, units: int) -> Iterator[ArticleLayout]:
    """Picture news: the picture over headline and text, in one area."""
    pad, gap = one.padding_lines, one.context.style.grid.gap
    heading = next(iter(one.headings(units)), None)
    for columns in divisions(one, units):
        for picture_block in one.picture_blocks(units):
            base = gap + 2 * pad + (heading.airy if heading else 0) + picture_block.lines - 1
            cost = _cost(one, units, columns, heading, 0, units) + picture_block.cost + _size_cost(one, units)
            yield ArticleLayout("news", units, columns, base, 1, 0, cost, 1)


def _bare(one: MeasuredArticle, units: int) -> Iterator[ArticleLayout]:
    """Pictures with nothing but their captions, one over the other."""
    pad, gap = one.padding_lines, one.context.style.grid.gap
    heading = next(iter(one.headings(units)), None)
    for picture_block in one.picture_blocks(units):
        if len({piece.unit for piece in picture_block.pieces}) == 1:
            base = gap + 2 * pad + (heading.airy if heading else 0) + picture_block.lines - len(picture_block.pieces)
            yield ArticleLayout("bare", units, 1, base, 0, 0, picture_block.cost + _size_cost(one, units), 1, only=base)


def _headings(one: MeasuredArticle, units: int) -> list[tuple[HeadlineSize | None, int]]:
    """The headline's sizes, each with no extra line of space and with one."""
    found: list[tuple[HeadlineSize | None, int]] = [(h, extra) for h in one.headings(units) for extra in (0, 1)]
    return found or ([] if one.has_head else [(None, 0)])


def _least(heading: HeadlineSize | None) -> int:
    return max(_LEAST_ROWS, round(HEAD_TO_TEXT * heading.bare) if heading else 1)


def _cost(
    one: MeasuredArticle, units: int, columns: int, heading: HeadlineSize | None, extra: int, head_units: int
) -> int:
    weights, plan = one.context.weights, one.context.plan
    off = abs(one.measure(units, columns) - plan.column)
    cost = int(weights.measure * max(0.0, off - 1) / 10)
    if units % columns:
        cost += weights.measure // 3
    if heading:
        cost += weights.headline * (heading.grade + heading.broken) + max(0, FULL_HEADLINE_FILL - heading.fill) // 2
    return cost + extra * weights.white * head_units * 8 // 10


def _size_cost(one: MeasuredArticle, units: int) -> int:
    """The cost of pictures across so many units.

    They should have two thirds of the page for a lead, a half for a major article and a third for the others; the
    cost grows with the square of what is missing. Those of other articles should not exceed a half.
    """
    whole = one.context.grid.units
    usual = {3: 2 * whole // 3, 2: whole // 2}.get(one.rank, whole // 3)
    most = whole if one.rank >= 2 else whole // 2
    return (max(0, usual - units) ** 2 + max(0, units - most)) * one.context.weights.small_picture
