"""The demands of a page's content on its rows: by shape for headlines, floats and furniture, by trial for texts."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from ...composition import Fit
from ...issue.floats import Picture
from ...issue.model import Float
from ..canvas import NO_INSETS, Canvas
from ..elements.boxes import enclose
from ..elements.composer import WholeComposer, composer_of
from ..elements.floats import float_lines
from ..elements.headlines import headline_grade, set_headline_block
from ..elements.pictures import is_drawing, picture_lines, ratio_of
from ..elements.spreads import head_lines_across
from ..elements.vertical.headlines import set_vertical_block
from ..flow.stories import (
    LEAST_PICTURE_LINES,
    headline_box_of,
    headline_in,
    headline_is_vertical,
    headline_stands_beside,
    news_lines,
)
from ..map.areas import Area
from ..map.columns import divide
from ..map.threads import PagePlan, Story, column_counts
from ..parts.headline_block import HeadlineBlock
from .heights import Demand

# Costs of a line: overset; empty within the style's limit; empty beyond it; one unit wide and empty, of other things.
OVERSET_COST, EMPTY_LINE_COST, HOLLOW_COST, WHITE_COST = 60.0, 1.0, 3.0, 1.2
RIGID_COST = 600.0  # a line by which something that cannot be cut is too high for its place
TRACKING_COST = 8.0  # a line that tracking must take in
AIR = 2.0  # a headline without a line of its air
CUT_COST = 240.0  # a picture or chart a line beyond its limit: dearer than overset in all columns beside it
BENT_COST, STRAINED_COST = (
    1.0,
    6.0,
)  # a chart or picture group a line off its shape, and a line beyond its limits
UNLIMITED = 1_000_000

MayAdjust = Callable[[str, str], bool]  # (kind of adjustment, article) → whether it is allowed


class PageRows(Struct, frozen=True):
    """The rows of one page among those of several pages: `count` rows in all, its own from index `first` on."""

    plans: Sequence[PagePlan]  # two for a double truck
    heights: Sequence[int]
    first: int
    count: int

    def between(self, line: int, end: int) -> tuple[int, ...]:
        """1 for each row that begins between these lines of the page, 0 for all others."""
        found, top = [0] * self.count, 0
        for index, height in enumerate(self.heights):
            found[self.first + index] = int(line <= top < end)
            top += height
        return tuple(found)

    def includes(self, plan: PagePlan) -> bool:
        return any(plan is one for one in self.plans)

    def holds(self, story: Story) -> bool:
        """Whether text or headline of the story is on the page."""
        return any(self.includes(plan) for plan, _ in [*story.text, *([story.head] if story.head else [])])


def demands_of(canvas: Canvas, stories: Sequence[Story], rows: PageRows, may: MayAdjust) -> list[Demand]:
    """The demands of everything on the page but its texts."""
    for story in stories:
        enclose(canvas, story)
    demands = [demand for story in stories if story.head for demand in _head(canvas, story, rows, may)]
    owners = canvas.issue.floats()
    for plan in rows.plans:
        for area in plan.areas:
            if area.continues:
                continue
            if area.name in owners:
                article, float_ = owners[area.name]
                demands.append(_float(canvas, area, float_, article, rows, may))
            elif area.name in canvas.style.furniture:
                least, most = canvas.style.plan.furniture.get(area.name, (3, UNLIMITED))
                demands.append(
                    _demand(
                        canvas, area, rows, "other", least, least, most, RIGID_COST, 0.0, 0.0, WHITE_COST * area.units
                    )
                )
    for story in stories:
        if (news := _news(canvas, story, rows)) is not None:
            demands.append(news)
    return demands


def text_demand(canvas: Canvas, story: Story, fit: Fit, pages: Sequence[PageRows], *, may_track: bool) -> Demand:
    """The demand of a story that has been measured at these heights; a line of a row is a line in each of its columns.

    Where it may be tracked, overset that tracking can take in costs less.
    """
    if story.article.is_vertical:
        return _vertical_text_demand(canvas, story, fit, pages)
    gains = [0] * pages[0].count
    constant = fit.lines
    counts, _ = column_counts(story)
    for (plan, area), count in zip(story.text, counts, strict=True):
        for rows in pages:
            if not rows.includes(plan):
                continue
            sides = canvas.sides.get(area, NO_INSETS)
            for column in divide(area, count, canvas.grid, left=sides.left, right=sides.right)[0]:
                gains = [gain + row for gain, row in zip(gains, rows.between(column.line, column.end), strict=True)]
                constant -= column.lines
    used, rules = _lines_of(story, fit), canvas.style.fit
    tracked = round(used * rules.tracking) if may_track else 0
    most = used + rules.lines_short(counts[-1])
    return Demand(
        story.id,
        "text",
        tuple(gains),
        constant,
        used - tracked,
        used,
        most,
        OVERSET_COST,
        TRACKING_COST,
        EMPTY_LINE_COST,
        HOLLOW_COST,
    )


def _vertical_text_demand(canvas: Canvas, story: Story, fit: Fit, pages: Sequence[PageRows]) -> Demand:
    """The demand of a vertical text, whose lines get longer where its areas get higher: the height that it would fill,
    in lines of the grid, as a part of the height measured. A line of a row holds as much as one in several columns."""
    gains, high, constant = [0] * pages[0].count, 0, 0
    for plan, area in story.text:
        sides = canvas.sides.get(area, NO_INSETS)
        own = area.lines - canvas.setup.gap(area) - sides.top - sides.foot
        high, constant = high + own, constant + own
        for rows in pages:
            if rows.includes(plan):
                begun = rows.between(area.line, area.end)
                gains = [gain + row for gain, row in zip(gains, begun, strict=True)]
                constant -= area.lines
    used = math.ceil(high * _lines_of(story, fit) / fit.lines) if fit.lines else high + LEAST_PICTURE_LINES
    wide = max(1, story.text[0][1].units // 2)
    costs = wide * OVERSET_COST, wide * TRACKING_COST, wide * EMPTY_LINE_COST, wide * HOLLOW_COST
    return Demand(story.id, "text", tuple(gains), constant, used, used, used + 1, *costs)


def _lines_of(story: Story, fit: Fit) -> int:
    """The lines of a text; where it is not written yet, those of the length agreed on."""
    if fit.characters or not story.article.length or not fit.capacity:
        return fit.lines_used
    return fit.lines_used + math.ceil(story.article.length * fit.lines / fit.capacity)


def is_news_with_picture(canvas: Canvas, story: Story) -> bool:
    """Whether the story is picture news, whose picture takes the lines that the text leaves."""
    return news_lines(canvas, story) is not None


def crops_of(canvas: Canvas, story: Story) -> list[tuple[str, int, int]]:
    """The pictures in a story's columns: id, and the lines by which it may be lower (below 0) and higher."""
    if story.article.is_vertical:  # they are as high as a tier
        return []
    named = {area.name for plan in canvas.plans for area in plan.areas}
    counts, _ = column_counts(story)
    (_, area), count = story.text[0], counts[0]
    columns, _ = divide(area, count, canvas.grid)
    found = []
    for picture in story.article.pictures:
        if picture.id in named or not columns or (story.article.kind == "picture_news"):
            continue
        last = columns[min(picture.columns, count) - 1]
        width = (last.start + last.measure - columns[0].start) * canvas.grid.em
        wanted = picture_lines(canvas, picture, story.id, width) - canvas.decisions.crops.get(picture.id, 0)
        fewest, most = picture_range(canvas, picture, width, True)
        found.append((picture.id, fewest - wanted, most - wanted))
    return found


def _demand(
    canvas: Canvas,
    area: Area,
    rows: PageRows,
    kind: str,
    least: int,
    wanted: int,
    most: int,
    over: float,
    lower: float,
    higher: float,
    white: float,
) -> Demand:
    """The demand of a rectangle without its gap and its box's padding; furniture has neither."""
    sides = canvas.sides.get(area, NO_INSETS)
    constant = 0 if area.name in canvas.style.furniture else -canvas.setup.gap(area) - sides.top - sides.foot
    name = f"{area.name}.{area.part}" if area.part else area.name
    return Demand(
        name, kind, rows.between(area.line, area.end), constant, least, wanted, most, over, lower, higher, white
    )


def _head(canvas: Canvas, story: Story, rows: PageRows, may: MayAdjust) -> Iterator[Demand]:
    assert story.head
    plan, area = story.head
    if not rows.includes(plan):
        return
    article = story.article
    limit = canvas.style.fit.headline if may("headline", article.id) else 0
    smaller = canvas.style.fit.price("headline")
    if area.beyond:
        wanted = head_lines_across(canvas, article, area, 0)
        least = min(wanted, head_lines_across(canvas, article, area, limit))
        yield _demand(
            canvas, area, rows, "head", least, wanted, wanted, RIGID_COST, smaller, 0.0, 2 * WHITE_COST * area.units
        )
        return
    beside = headline_stands_beside(story, area)
    box = headline_box_of(canvas, story, beside=beside)
    padding = box.padding * canvas.grid.em if box else 0.0
    width = canvas.box(area)[2] - 2 * padding
    if article.headline_direction == "vertical" or beside:
        least = _least_beside(canvas, story, width, padding)
        yield _demand(canvas, area, rows, "head", least, least, UNLIMITED, RIGID_COST, 0.0, 0.0, 0.0)
        return
    yield _headline_across(canvas, story, area, rows, width, 2 * padding, limit)


def _headline_across(
    canvas: Canvas, story: Story, area: Area, rows: PageRows, width: float, padding: float, limit: int
) -> Demand:
    """The demand of a headline across its text: a cost for each height, because its size changes by grades."""
    article, leading, white = story.article, canvas.grid.leading, WHITE_COST * area.units
    style = canvas.style.headline(article.rank, article.kind)
    largest = set_headline_block(canvas, article, width)

    def airy(head: HeadlineBlock) -> int:
        return math.ceil((head.height + padding + style.air * leading) / leading - 1e-6)

    wanted, best = airy(largest), headline_grade(style, largest)
    heads = [headline_in(canvas, article, width, lines * leading - padding) for lines in range(wanted)]
    grades = [max(0, headline_grade(style, head) - best) for head in heads]
    fits = [not head.over and grade <= limit for head, grade in zip(heads, grades, strict=True)]
    least = fits.index(True) if True in fits else wanted
    smaller = canvas.style.fit.price("headline")
    costs = [
        smaller * grade + (white * (lines - airy(head)) if lines >= airy(head) else AIR)
        if fit
        else RIGID_COST * max(1, least - lines)
        for lines, (head, grade, fit) in enumerate(zip(heads, grades, fits, strict=True))
    ]
    demand = _demand(canvas, area, rows, "head", least, wanted, wanted, RIGID_COST, smaller, 0.0, white)
    return replace(demand, at=tuple(costs), grades=tuple(grades))


def _least_beside(canvas: Canvas, story: Story, width: float, padding: float) -> int:
    """The least height, in lines, of the area of a headline beside its text."""
    article, leading = story.article, canvas.grid.leading

    def holds(lines: int) -> bool:
        height = lines * leading - 2 * padding
        if headline_is_vertical(article, beside=True):
            return not set_vertical_block(canvas, article, width, height).over
        head = set_headline_block(canvas, article, width, height)
        return not head.over and head.height <= height + 0.01

    key = article.id, width, padding, canvas.decisions.grades.get(article.id)
    lines = canvas.caches.side_headline_lines.get(key)
    if lines is None:
        low, high = 2, canvas.grid.lines
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if holds(middle) else (middle + 1, high)
        lines = canvas.caches.side_headline_lines[key] = low
    return lines


def _float(canvas: Canvas, area: Area, float_: Float, article: str, rows: PageRows, may: MayAdjust) -> Demand:
    width, white = canvas.box(area)[2], WHITE_COST * area.units
    if area.beyond:  # across the fold: with the inner margins of both pages
        width += canvas.box(area.beyond)[2] + 2 * canvas.grid.left
    wanted = float_lines(canvas, float_, article, width)
    if isinstance(float_, Picture):
        least, most = picture_range(canvas, float_, width, may("crop", article))
        wanted = min(max(wanted, least), most)
        bent = canvas.style.fit.price("crop")
        demand = _demand(canvas, area, rows, "picture", least, wanted, most, CUT_COST, bent, bent, CUT_COST)
        return replace(demand, at=_tiny_picture_cost(canvas, float_, width))
    composer = composer_of(float_)
    if isinstance(composer, WholeComposer) and composer.stretch:
        least = wanted - max(1, round(wanted * composer.shrink))
        most = wanted + max(1, round(wanted * composer.stretch))
        return _demand(
            canvas, area, rows, "other", least, wanted, most, CUT_COST, 2 * BENT_COST, BENT_COST, STRAINED_COST
        )
    return _demand(canvas, area, rows, "other", wanted, wanted, wanted, RIGID_COST, 0.0, 0.0, white)


def _tiny_picture_cost(canvas: Canvas, picture: Picture, width: float) -> tuple[float, ...]:
    """The costs of a picture with fewer than `LEAST_PICTURE_LINES` lines besides its caption, by its lines."""
    caption = picture_lines(canvas, picture, "", width) - round(_shape_lines(canvas, width, ratio_of(picture)))
    floor = max(0, caption) + LEAST_PICTURE_LINES
    return tuple(RIGID_COST * (floor - lines) for lines in range(floor))


def picture_range(canvas: Canvas, picture: Picture, width: float, may_crop: bool) -> tuple[int, int]:
    """The fewest and the most lines, with its caption, that a picture may take at a width in pt.

    Its own `crop` decides, else the style's; a drawing without `crop` may only be made smaller.
    """
    wanted = picture_lines(canvas, picture, "", width)
    if picture.lines or not may_crop:
        return wanted, wanted
    ratio, lost = ratio_of(picture), canvas.style.fit.crop
    if picture.crop:
        narrowest, widest = picture.crop
    elif is_drawing(picture):
        return wanted - wanted // 4, wanted
    else:
        narrowest, widest = ratio * (1 - lost), ratio / (1 - lost)
    caption = wanted - max(2, round(_shape_lines(canvas, width, ratio)))
    fewest = caption + math.ceil(_shape_lines(canvas, width, widest))
    most = caption + math.floor(_shape_lines(canvas, width, narrowest))
    return (min(fewest, wanted), max(most, wanted)) if fewest <= most else (wanted, wanted)


def _shape_lines(canvas: Canvas, width: float, ratio: float) -> float:
    """The lines of a picture of this ratio without its caption."""
    return (width / ratio + canvas.grid.leading - canvas.grid.em) / canvas.grid.leading


def _news(canvas: Canvas, story: Story, rows: PageRows) -> Demand | None:
    """The demand of picture news: its picture takes the lines that headline and text leave, best in its own shape."""
    found = news_lines(canvas, story)
    if found is None or not story.text or not rows.includes(story.text[0][0]):
        return None
    lines, width, float_ = found
    wanted = float_lines(canvas, float_, story.id, width)
    if not isinstance(float_, Picture):  # a group divides any height among its rows
        demand = _demand(
            canvas, story.text[0][1], rows, "group", wanted, wanted, UNLIMITED, STRAINED_COST, 0.0, BENT_COST, 0.0
        )
        return replace(demand, constant=demand.constant - lines)
    least, most = picture_range(canvas, float_, width, True)
    bent = canvas.style.fit.price("crop")
    demand = _demand(canvas, story.text[0][1], rows, "picture", least, wanted, most, CUT_COST, bent, bent, CUT_COST)
    return replace(demand, constant=demand.constant - lines)
