"""What the things on a page need of its rows: headlines, pictures, tables, furniture by their shape, texts by trial."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from ..composition import Fit
from ..issue.insets import Chart, Picture, PictureGroup
from ..issue.model import Inset
from .areas import Area
from .boxes import enclose
from .columns import divide
from .dummy import FREE, Dummy
from .heads import Head, head_grade, set_head
from .heights import Need
from .insets import inset_lines
from .pictures import is_drawing, picture_lines, ratio_of
from .side_heads import set_side_head
from .spreads import head_lines_across
from .stories import LEAST_PICTURE, head_box, head_in, head_stands_beside, news_lines
from .threads import PagePlan, Story, column_counts

# What a line costs: text too long, left empty as the style lets it, and beyond that; a unit left empty over one line.
OVER, SHORT, HOLLOW, WHITE = 60.0, 1.0, 3.0, 1.2
RIGID = 600.0  # what cannot be cut, too high for its place
TRACKED = 8.0  # a line that tracking will have to take in
AIR = 2.0  # a headline a line lower than it asks with its air
CUT = 240.0  # a picture or a chart a line beyond its limit: rather is text left over in all columns beside it
BENT, STRAINED = 1.0, 6.0  # a chart or a group of pictures a line off its shape, and further than it should be
SQUEEZED, DRAWN = 0.2, 0.8  # of its height by which a group or a chart may be lower, and by which a chart may be higher
ANY = 1_000_000

May = Callable[[str, str], bool]  # measure, article


class Rows(Struct, frozen=True):
    """The rows of one page among those of several; `first` is where its own begin, of `count` in all."""

    plans: Sequence[PagePlan]  # two if it is a double truck
    heights: Sequence[int]
    first: int
    count: int

    def between(self, line: int, end: int) -> tuple[int, ...]:
        """1 for each row that stands between these lines of the page, 0 for all others."""
        found, top = [0] * self.count, 0
        for index, height in enumerate(self.heights):
            found[self.first + index] = int(line <= top < end)
            top += height
        return tuple(found)

    def has(self, plan: PagePlan) -> bool:
        return any(plan is one for one in self.plans)

    def hold(self, story: Story) -> bool:
        """Whether something of the story stands on the page."""
        return any(self.has(plan) for plan, _ in [*story.text, *([story.head] if story.head else [])])


def needs_of(dummy: Dummy, stories: Sequence[Story], rows: Rows, may: May) -> list[Need]:
    """Of everything on the page but its texts."""
    for story in stories:
        enclose(dummy, story)
    needs = [need for story in stories if story.head for need in _head(dummy, story, rows, may)]
    owners = dummy.issue.insets()
    for plan in rows.plans:
        for area in plan.areas:
            if area.continues:
                continue
            if area.name in owners:
                article, inset = owners[area.name]
                needs.append(_inset(dummy, area, inset, article, rows, may))
            elif area.name in dummy.style.furniture:
                least, most = dummy.style.plan.furniture.get(area.name, (3, ANY))
                needs.append(_need(dummy, area, rows, "other", least, least, most, RIGID, 0.0, 0.0, WHITE * area.units))
    for story in stories:
        if (news := _news(dummy, story, rows)) is not None:
            needs.append(news)
    return needs


def text_need(dummy: Dummy, story: Story, fit: Fit, pages: Sequence[Rows], *, may_track: bool) -> Need:
    """Of a story that has been set at these heights: it gains and loses whole lines in each of its columns.

    Where it may be tracked, it may be too long by what that will take in.
    """
    gains = [0] * pages[0].count
    constant = fit.lines
    counts, _ = column_counts(story)
    for (plan, area), count in zip(story.text, counts, strict=True):
        for rows in pages:
            if not rows.has(plan):
                continue
            sides = dummy.sides.get(area, FREE)
            for column in divide(area, count, dummy.grid, left=sides.left, right=sides.right)[0]:
                gains = [gain + row for gain, row in zip(gains, rows.between(column.line, column.end), strict=True)]
                constant -= column.lines
    used, rules = _lines_of(story, fit), dummy.style.fit
    tracked = round(used * rules.tracking) if may_track else 0
    most = used + rules.lines_short(counts[-1])
    return Need(story.id, "text", tuple(gains), constant, used - tracked, used, most, OVER, TRACKED, SHORT, HOLLOW)


def _lines_of(story: Story, fit: Fit) -> int:
    """The lines that a text takes; of one that has yet to be written, those of the length agreed on."""
    if fit.characters or not story.article.length or not fit.capacity:
        return fit.lines_used
    return fit.lines_used + math.ceil(story.article.length * fit.lines / fit.capacity)


def is_news_with_picture(dummy: Dummy, story: Story) -> bool:
    """Whether a picture takes what its text leaves, so that the text always fits."""
    return news_lines(dummy, story) is not None


def crops_of(dummy: Dummy, story: Story) -> list[tuple[str, int, int]]:
    """The pictures in a story's columns, each with the lines by which it may be lower (below 0) and higher."""
    named = {area.name for plan in dummy.plans for area in plan.areas}
    counts, _ = column_counts(story)
    (_, area), count = story.text[0], counts[0]
    columns, _ = divide(area, count, dummy.grid)
    found = []
    for picture in story.article.pictures:
        if picture.id in named or not columns or (story.article.kind == "picture_news"):
            continue
        last = columns[min(picture.columns, count) - 1]
        width = (last.start + last.measure - columns[0].start) * dummy.grid.em
        wants = picture_lines(dummy, picture, story.id, width) - dummy.choices.crops.get(picture.id, 0)
        fewest, most = picture_range(dummy, picture, width, True)
        found.append((picture.id, fewest - wants, most - wants))
    return found


def _need(
    dummy: Dummy,
    area: Area,
    rows: Rows,
    kind: str,
    least: int,
    wants: int,
    most: int,
    over: float,
    lower: float,
    higher: float,
    white: float,
) -> Need:
    """Of a rectangle, in the lines that its gap and its box leave of it; of furniture, in all of them."""
    sides = dummy.sides.get(area, FREE)
    constant = 0 if area.name in dummy.style.furniture else -dummy.gap(area) - sides.top - sides.foot
    name = f"{area.name}.{area.part}" if area.part else area.name
    return Need(name, kind, rows.between(area.line, area.end), constant, least, wants, most, over, lower, higher, white)


def _head(dummy: Dummy, story: Story, rows: Rows, may: May) -> Iterator[Need]:
    assert story.head
    plan, area = story.head
    if not rows.has(plan):
        return
    article = story.article
    limit = dummy.style.fit.headline if may("headline", article.id) else 0
    smaller = dummy.style.fit.price("headline")
    if area.beyond:
        wants = head_lines_across(dummy, article, area, 0)
        least = min(wants, head_lines_across(dummy, article, area, limit))
        yield _need(dummy, area, rows, "head", least, wants, wants, RIGID, smaller, 0.0, 2 * WHITE * area.units)
        return
    beside = head_stands_beside(story, area)
    box = head_box(dummy, story, beside=beside)
    padding = box.padding * dummy.grid.em if box else 0.0
    width = dummy.box(area)[2] - 2 * padding
    if article.headline_direction == "vertical" or beside:
        least = _least_beside(dummy, story, width, padding)
        yield _need(dummy, area, rows, "head", least, least, ANY, RIGID, 0.0, 0.0, 0.0)
        return
    yield _laid_across(dummy, story, area, rows, width, 2 * padding, limit)


def _laid_across(dummy: Dummy, story: Story, area: Area, rows: Rows, width: float, padding: float, limit: int) -> Need:
    """Of a headline across its text: how large it comes out is asked for each height, for that goes by jumps."""
    article, leading, white = story.article, dummy.grid.leading, WHITE * area.units
    style = dummy.style.headline(article.rank, article.kind)
    largest = set_head(dummy, article, width)

    def airy(head: Head) -> int:
        return math.ceil((head.height + padding + style.air * leading) / leading - 1e-6)

    wants, best = airy(largest), head_grade(style, largest)
    heads = [head_in(dummy, article, width, lines * leading - padding) for lines in range(wants)]
    grades = [max(0, head_grade(style, head) - best) for head in heads]
    fits = [not head.over and grade <= limit for head, grade in zip(heads, grades, strict=True)]
    least = fits.index(True) if True in fits else wants
    smaller = dummy.style.fit.price("headline")
    costs = [
        smaller * grade + (white * (lines - airy(head)) if lines >= airy(head) else AIR)
        if fit
        else RIGID * max(1, least - lines)
        for lines, (head, grade, fit) in enumerate(zip(heads, grades, fits, strict=True))
    ]
    need = _need(dummy, area, rows, "head", least, wants, wants, RIGID, smaller, 0.0, white)
    return replace(need, at=tuple(costs), grades=tuple(grades))


def _least_beside(dummy: Dummy, story: Story, width: float, padding: float) -> int:
    """The lowest box, in lines, that holds a headline at the side of its text."""
    article, leading = story.article, dummy.grid.leading

    def holds(lines: int) -> bool:
        height = lines * leading - 2 * padding
        if article.headline_direction == "vertical":
            return not set_side_head(dummy, article, width, height).over
        head = set_head(dummy, article, width, height)
        return not head.over and head.height <= height + 0.01

    key = ("least beside", article.id, width, padding, dummy.choices.steps.get(article.id))
    known = dummy.kept.get(key)
    if not isinstance(known, int):
        low, high = 2, dummy.grid.lines
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if holds(middle) else (middle + 1, high)
        known = dummy.kept[key] = low
    return known


def _inset(dummy: Dummy, area: Area, inset: Inset, article: str, rows: Rows, may: May) -> Need:
    width, white = dummy.box(area)[2], WHITE * area.units
    if area.beyond:  # across the fold, and the margins on both sides of it
        width += dummy.box(area.beyond)[2] + 2 * dummy.grid.left
    wants = inset_lines(dummy, inset, article, width)
    if isinstance(inset, Picture):
        least, most = picture_range(dummy, inset, width, may("crop", article))
        wants = min(max(wants, least), most)
        bent = dummy.style.fit.price("crop")
        need = _need(dummy, area, rows, "picture", least, wants, most, CUT, bent, bent, CUT)
        return replace(need, at=_torn(dummy, inset, width))
    if isinstance(inset, PictureGroup | Chart):
        least = wants - max(1, round(wants * SQUEEZED))
        most = wants + max(1, round(wants * (DRAWN if isinstance(inset, Chart) else SQUEEZED)))
        return _need(dummy, area, rows, "other", least, wants, most, CUT, 2 * BENT, BENT, STRAINED)
    return _need(dummy, area, rows, "other", wants, wants, wants, RIGID, 0.0, 0.0, white)


def _torn(dummy: Dummy, picture: Picture, width: float) -> tuple[float, ...]:
    """What it costs that a picture and its caption have hardly any lines."""
    caption = picture_lines(dummy, picture, "", width) - round(_shape_lines(dummy, width, ratio_of(picture)))
    floor = max(0, caption) + LEAST_PICTURE
    return tuple(RIGID * (floor - lines) for lines in range(floor))


def picture_range(dummy: Dummy, picture: Picture, width: float, may_crop: bool) -> tuple[int, int]:
    """The fewest and the most lines, with its caption, that a picture may take at a width in pt.

    Its own `crop` decides, else the style's; a drawing that nobody lets be cropped may only be made smaller.
    """
    wants = picture_lines(dummy, picture, "", width)
    if picture.lines or not may_crop:
        return wants, wants
    ratio, lost = ratio_of(picture), dummy.style.fit.crop
    if picture.crop:
        narrowest, widest = picture.crop
    elif is_drawing(picture):
        return wants - wants // 4, wants
    else:
        narrowest, widest = ratio * (1 - lost), ratio / (1 - lost)
    caption = wants - max(2, round(_shape_lines(dummy, width, ratio)))
    fewest = caption + math.ceil(_shape_lines(dummy, width, widest))
    most = caption + math.floor(_shape_lines(dummy, width, narrowest))
    return (min(fewest, wants), max(most, wants)) if fewest <= most else (wants, wants)


def _shape_lines(dummy: Dummy, width: float, ratio: float) -> float:
    """Lines of a picture of this shape without its caption."""
    return (width / ratio + dummy.grid.leading - dummy.grid.em) / dummy.grid.leading


def _news(dummy: Dummy, story: Story, rows: Rows) -> Need | None:
    """Of picture news: its picture takes what headline and text leave, and should keep its shape."""
    found = news_lines(dummy, story)
    if found is None or not story.text or not rows.has(story.text[0][0]):
        return None
    lines, width, inset = found
    wants = inset_lines(dummy, inset, story.id, width)
    if not isinstance(inset, Picture):  # a group shares out what it is given
        need = _need(dummy, story.text[0][1], rows, "group", wants, wants, ANY, STRAINED, 0.0, BENT, 0.0)
        return replace(need, constant=need.constant - lines)
    least, most = picture_range(dummy, inset, width, True)
    bent = dummy.style.fit.price("crop")
    need = _need(dummy, story.text[0][1], rows, "picture", least, wants, most, CUT, bent, bent, CUT)
    return replace(need, constant=need.constant - lines)
