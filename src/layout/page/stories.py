"""One article on its pages: headline block, text through its thread, jump lines, and what is left over."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from msgspec import Struct
from msgspec.structs import replace

from ..composition import Fit, Overset
from ..errors import Problem, Words
from ..issue.insets import Picture, PictureGroup
from ..issue.model import Article, insets_of
from ..issue.texts import Text
from ..style.elements import BoxStyle
from .areas import Area
from .blocks import blocks_of
from .boxes import box_style, boxed, enclose
from .columns import Column, divide
from .dummy import FREE, Dummy
from .flow import Block, Flow, Way
from .heads import Head, has_head, place_head, set_head, too_long
from .insets import INSET, news_picture, no_room, place_inset, set_at_head
from .jumps import place_jumps, reserve_jumps
from .level import level
from .notes import set_note
from .poured import TEXT, place_flow
from .pouring import lay, way_through
from .rules import around
from .runaround import run_round
from .side_heads import needs_an_area, place_side_head, set_side_head
from .spreads import place_head_across
from .threads import Story, column_counts

USUAL_PARAGRAPH = 120  # characters, for estimating what a line holds
HEAD, NOTE = 0, 2  # ranks in an article's reading order: before the text
ABOVE = 0.35  # of the air of a headline block, what stands over it
HOLLOW = 2.0  # what a line costs that stays empty amid a text
LEAST_PICTURE = 4  # lines of a news picture


class Poured(Struct, frozen=True):
    """A story's text in its columns, each on one of `pages`. `whole` are the columns before lines were taken from
    them for jump lines and for levelling, `reserved` those that the text has."""

    flow: Flow
    whole: list[Column]
    reserved: list[Column]
    pages: list[int]


def set_story(dummy: Dummy, story: Story, order: int) -> None:
    """Places headline and text of one article; `order` ranks it among the others for reading."""
    if poured := pour_story(dummy, story, order):
        place_flow(dummy, story, poured.flow, poured.reserved, poured.whole, poured.pages, order)
        place_jumps(dummy, story, poured.whole, poured.pages, poured.flow, order + TEXT)


def pour_story(dummy: Dummy, story: Story, order: int) -> Poured | None:
    """Places the headline, and pours the text into what it leaves; None where there is no room for any."""
    found = _through(dummy, story, order)
    if found is None:
        return None
    blocks, way, columns, reserved, pages = found
    _report(dummy, story, blocks, way, reserved, pages)
    if dummy.style.fit.level:
        way, reserved = level(blocks, reserved, way, dummy.grid.em, dummy.ways)
    flow = lay(blocks, reserved, dummy.grid.em, way)
    if dummy.ways:
        dummy.ways.keep_lines(flow)
    return Poured(flow, columns, reserved, pages)


def measure_story(dummy: Dummy, story: Story) -> tuple[Fit, float] | None:
    """How full a story's place is, and the flaws of its text, widows and holes, by what they cost; its lines are not
    set. What it has too many is told in lines alone."""
    found = _through(dummy, story, 0)
    if found is None:
        return None
    blocks, way, _, reserved, pages = found
    return _fit(story, blocks, way, reserved, pages, 0), way.cost + HOLLOW * _holes(way, reserved)


def _through(
    dummy: Dummy, story: Story, order: int
) -> tuple[list[Block], Way, list[Column], list[Column], list[int]] | None:
    """The headline placed, and the way of the text's blocks through what it leaves: the columns, those without what
    jump lines take, and their pages."""
    enclose(dummy, story)
    columns, pages = _columns(dummy, story)
    if not columns:
        return None
    if story.article.kind == "picture_news":
        columns = _picture_on_top(dummy, story, columns, pages, order)
    if story.head:
        plan, area = story.head
        _head_in_its_area(dummy, story, plan.number, area, order + HEAD)
    elif has_head(story.article):
        columns = _head_on_its_text(dummy, story, columns, pages, order + HEAD)
    columns = set_note(dummy, story.article, columns, pages, order + NOTE)
    columns = set_at_head(dummy, story.article, columns, pages, order + INSET)
    blocks = _blocks(dummy, story, min(column.measure for column in columns))
    blocks, columns, pages = run_round(dummy, story, blocks, columns, pages, order)
    reserved = reserve_jumps(dummy, columns, pages)
    return blocks, way_through(blocks, reserved, dummy.grid.em, dummy.ways), columns, reserved, pages


def _blocks(dummy: Dummy, story: Story, measure: float) -> list[Block]:
    kept = dummy.kept.setdefault(("blocks", story.id), {})
    assert isinstance(kept, dict)
    crops = tuple(dummy.choices.crops.get(inset.id, 0) for inset in insets_of(story.article))
    key = measure, dummy.choices.tracking.get(story.id), crops
    known: list[Block] | None = kept.get(key)
    if known is None:
        known = kept[key] = blocks_of(story.article, dummy, measure)
    return known


def let_go(dummy: Dummy, story: Story) -> None:
    """Forgets the text of a story as it was analysed: a hundred times the text itself, of many stories too much."""
    dummy.kept.pop(("blocks", story.id), None)


def _columns(dummy: Dummy, story: Story) -> tuple[list[Column], list[int]]:
    """The thread's columns, and the page of each."""
    columns: list[Column] = []
    pages: list[int] = []
    counts, _ = column_counts(story)
    for index, ((plan, area), count) in enumerate(zip(story.text, counts, strict=True)):
        sides = dummy.sides.get(area, FREE)
        divided, problems = divide(area, count, dummy.grid, index, left=sides.left, right=sides.right)
        dummy.problems += problems
        top, foot = dummy.gap(area) + sides.top, sides.foot
        for column in divided:
            cut = column.without_head(top) if column.line == area.line else column
            columns.append(replace(cut, lines=max(0, cut.lines - foot)) if cut.end == area.end else cut)
        pages += [plan.number] * len(divided)
    return columns, pages


def _head_in_its_area(dummy: Dummy, story: Story, page: int, area: Area, order: int) -> None:
    article, (x, y, width, height) = story.article, dummy.box(area)
    if area.beyond:
        place_head_across(dummy, page, article, area, order)
        return
    box = head_box(dummy, story, beside=head_stands_beside(story, area))
    ink = dummy.inks.get(story.id, "")
    if box:
        dummy.add_boxes(page, boxed(dummy, box, x, y, width, height))
        padding = box.padding * dummy.grid.em
        x, y, width, height = x + padding, y + padding, width - 2 * padding, height - 2 * padding
        ink = box.text or ink
    if article.headline_direction == "vertical":
        inset = (dummy.grid.leading - dummy.grid.em) / 2  # level with the text beside it, and as far in as the box
        y, height = y + inset, height - 2 * inset
        side = set_side_head(dummy, article, width, height)
        if side.over:
            dummy.problems.append(too_long(article, side.over, page))
        place_side_head(dummy, page, side, article, (x, y, width, height), order, ink, centred=box is not None)
        return
    head = head_in(dummy, article, width, height)
    if head.over:
        dummy.problems.append(too_long(article, head.over, page))
    place_head(dummy, page, head, article, x, y + max(0.0, (height - head.height) / 2), width, order, ink)


def head_in(dummy: Dummy, article: Article, width: float, height: float) -> Head:
    """The block in an area of its own (pt), with its air if there is room for that too."""
    air = dummy.style.headline(article.rank, article.kind).air * dummy.grid.leading
    head = set_head(dummy, article, width, height - air)
    # it may be so full that it touches what stands round it
    return set_head(dummy, article, width, height) if head.over else head


def head_box(dummy: Dummy, story: Story, *, beside: bool) -> BoxStyle | None:
    """The box of the headline: the article's own, else the one its rank has beside the text."""
    article = story.article
    if article.headline_box:
        return box_style(dummy, article.headline_box, article.place("headline_box"))
    return dummy.style.boxes.get(dummy.style.headline(article.rank, article.kind).box) if beside else None


def head_stands_beside(story: Story, area: Area) -> bool:
    """Whether the headline stands at the side of its text, not above it."""
    return any(text.line <= area.line < text.end for _, text in story.text)


def _head_on_its_text(dummy: Dummy, story: Story, columns: list[Column], pages: list[int], order: int) -> list[Column]:
    """Sets the head at the top of the first area, across all columns that begin there; returns what is left of them."""
    article, grid = story.article, dummy.grid
    if article.headline_direction == "vertical":
        dummy.problems.append(needs_an_area(article, pages[0]))
    over = _level(columns)
    over = over[: story.text[0][0].spec.head_columns(story.id) or len(over)]
    start, measure = over[0].start, over[-1].start + over[-1].measure - over[0].start
    box, ink = head_box(dummy, story, beside=False), dummy.inks.get(story.id, "")
    padding = box.padding * grid.em if box else 0.0
    x, y, width = grid.x(start), grid.y(over[0].line), measure * grid.em
    head = set_head(dummy, article, width - 2 * padding)
    room = min(column.lines for column in over)
    inset = (grid.leading - grid.em) / 2
    lines = head.lines
    if box:  # the air under a box is that of any headline
        air = dummy.style.headline(article.rank, article.kind).air * grid.leading
        lines = ceil((inset + head.height + 2 * padding + air) / grid.leading - 1e-6)
    if head.over or lines >= room:
        dummy.problems.append(too_long(article, max(head.over, 1), pages[0]))
    top = y + (lines * grid.leading - head.height) * ABOVE
    if box:
        dummy.add_boxes(pages[0], around(dummy.style, box, x, y + inset, width, head.height + 2 * padding))
        top, ink = y + inset + padding, box.text or ink
    place_head(dummy, pages[0], head, article, x + padding, top, width - 2 * padding, order, ink)
    return [c.without_head(lines) if c in over else c for c in columns]


def _level(columns: Sequence[Column]) -> list[Column]:
    """The columns that begin the text side by side."""
    if not columns:
        return []
    return [c for c in columns if c.area == columns[0].area and c.line == columns[0].line]


def _picture_on_top(dummy: Dummy, story: Story, columns: list[Column], pages: list[int], order: int) -> list[Column]:
    """Picture news: the picture fills what headline and text leave of the area, and stands over both (图片新闻)."""
    article, grid, over = story.article, dummy.grid, _level(columns)
    picture = news_picture(dummy, article)
    if picture is None:
        return columns
    start, (width, rest) = over[0].start, _under_a_picture(dummy, story, over)
    room = min(column.lines for column in over)
    lines = max(min(LEAST_PICTURE, room), room - rest)
    picture = picture if article.body else replace(picture, caption=Text(), credit=Text())
    box = grid.x(start), grid.y(over[0].line), width, lines * grid.leading
    place_inset(dummy, pages[0], picture, story.id, box, order + HEAD)
    return [c.without_head(lines) if c in over else c for c in columns]


def _under_a_picture(dummy: Dummy, story: Story, over: Sequence[Column]) -> tuple[float, int]:
    """The width of the picture over these columns (pt), and the lines of headline and text under it."""
    width = (over[-1].start + over[-1].measure - over[0].start) * dummy.grid.em
    head = set_head(dummy, story.article, width).lines if has_head(story.article) and not story.head else 0
    blocks = _blocks(dummy, story, over[0].measure)
    column = replace(over[0], lines=1000)
    used = way_through(blocks, [column], dummy.grid.em, dummy.ways).used if blocks else 0
    return width, head + ceil(used / len(over))


def news_lines(dummy: Dummy, story: Story) -> tuple[int, float, Picture | PictureGroup] | None:
    """Of picture news: the lines of its headline and text, the width of its picture in pt, and that."""
    if story.article.kind != "picture_news" or (picture := news_picture(dummy, story.article)) is None:
        return None
    over = _level(_columns(dummy, story)[0])
    if not over:
        return None
    width, rest = _under_a_picture(dummy, story, over)
    picture = picture if story.article.body else replace(picture, caption=Text(), credit=Text())
    return rest, width, picture


def _fit(
    story: Story, blocks: Sequence[Block], way: Way, columns: Sequence[Column], pages: Sequence[int], over: int
) -> Fit:
    """How full the story's place is; `over` are the characters too many."""
    slots = sum(column.lines for column in columns)
    characters = sum(block.characters for block in blocks)
    room = (slots - way.used) * _density(columns) if way.used <= slots else -over
    capacity = max(0, round(characters + room))
    return Fit(story.id, capacity, characters, slots, way.used, pages[0], tuple(dict.fromkeys(pages)))


def _report(
    dummy: Dummy, story: Story, blocks: Sequence[Block], way: Way, columns: Sequence[Column], pages: Sequence[int]
) -> None:
    slots = sum(column.lines for column in columns)
    flow = lay(blocks, columns, dummy.grid.em, way) if way.used > slots else None
    dummy.fit.append(_fit(story, blocks, way, columns, pages, flow.overset_characters if flow else 0))
    if flow is None:
        return
    dummy.problems += [no_room(story.article, block.content, block.solid, pages[-1]) for block in flow.overset_solids]
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


def _holes(way: Way, columns: Sequence[Column]) -> int:
    """Lines that stay empty at the foot of columns before the last, but for one each, because nothing may part there."""
    holes, foot = 0, 0
    for column in columns:
        foot += column.lines
        if foot < way.used:
            ends = [min(slots[-1], foot - 1) for slots, _ in way.steps if slots and slots[0] < foot]
            holes += max(0, foot - max(ends, default=foot - 1) - 2)
    return holes


def _density(columns: Sequence[Column]) -> float:
    """Characters that a line of these columns holds on average, in paragraphs of usual length."""
    slots = sum(column.lines for column in columns)
    held = (column.lines * USUAL_PARAGRAPH / ceil((USUAL_PARAGRAPH + 2) / column.measure) for column in columns)
    return sum(held) / slots if slots else 0.0
