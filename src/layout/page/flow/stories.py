"""One article on its pages: headline block, text in its columns, jump lines, overset."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from msgspec.structs import replace

from ...composition import Fit, Overset
from ...errors import Message, Problem, SourceLocation, character_location, counted
from ...issue.floats import Picture, PictureGroup
from ...issue.model import Article, floats_of
from ...issue.texts import Text
from ...style.elements import BoxStyle
from ...style.grid import Grid
from ...text.language import LEFTWARD_LANGUAGES
from ..canvas import NO_INSETS, Canvas
from ..elements.boxes import box_style, draw_box, enclose
from ..elements.floats import FLOAT_ORDER, float_has_no_space, news_picture, place_float, set_at_head
from ..elements.footnotes import FootnoteRows
from ..elements.headlines import (
    has_headline_block,
    headline_too_long,
    place_headline_block,
    set_headline_block,
)
from ..elements.notes import set_note
from ..elements.rules import rules_around
from ..elements.spreads import place_head_across
from ..elements.vertical.headlines import needs_own_area, place_vertical_block, set_vertical_block
from ..map.areas import Area
from ..map.columns import Column, divide
from ..map.threads import Story, column_counts
from ..parts.flow_block import FlowBlock
from ..parts.flow_solution import FlowSolution
from ..parts.headline_block import HeadlineBlock
from .blocks import blocks_of
from .filling import APART_EM, ORPHAN_COST, lay_lines, solve_flow
from .footnotes import FootnoteFill, fill_over_notes, notes_at_feet
from .jumps import place_jumps, reserve_jumps
from .levelling import level_columns, shortened_columns
from .placement import TEXT_ORDER, FilledStory, place_flowed_story
from .runaround import flow_around
from .vertical_stories import head_at_the_right, not_vertical, set_at_the_right, tiers_of

USUAL_PARAGRAPH = 120  # characters of a paragraph of usual length
HEADLINE_ORDER, NOTE_ORDER = 0, 2  # ranks in an article's reading order: before the text
ABOVE = 0.35  # share of a headline block's air that is above it
_HOLE_COST = 2.0  # a line that stays empty amid a text, in units of the flow's cost
LEAST_PICTURE_LINES = 4  # lines: least height of a news picture


def set_story(canvas: Canvas, story: Story, order: int) -> None:
    """Places headline and text of one article; `order` ranks it among the others for reading."""
    if filled := fill_story(canvas, story, order):
        place_flowed_story(canvas, story, filled, order)
        place_jumps(canvas, story, filled.whole, filled.pages, filled.flow, order + TEXT_ORDER)


def fill_story(canvas: Canvas, story: Story, order: int) -> FilledStory | None:
    """Places the headline and fills the text into the rest of the columns; None where there are no columns."""
    found = _solve(canvas, story, order)
    if found is None:
        return None
    blocks, fill, columns, pages = found
    _report(canvas, story, blocks, fill, pages)
    if canvas.style.fit.level:
        fill = _level_columns(canvas, story, blocks, fill, columns, pages)
    flow = lay_lines(blocks, fill.columns, canvas.grid.em, fill.solution)
    if canvas.caches.solutions:
        canvas.caches.solutions.store_lines(flow)
    return FilledStory(flow, columns, fill.columns, pages, fill.feet)


def measure_story(canvas: Canvas, story: Story) -> tuple[Fit, float] | None:
    """How full a story's columns are, and the cost of widows and holes in its text.

    Lines are not set, so overset is given in lines only, not in characters.
    """
    found = _solve(canvas, story, 0)
    if found is None:
        return None
    blocks, fill, _, pages = found
    solution = fill.solution
    cost = solution.cost + _HOLE_COST * _holes(solution, fill.columns)
    return _fit(story, blocks, solution, fill.columns, pages, 0), cost


def _solve(
    canvas: Canvas, story: Story, order: int
) -> tuple[list[FlowBlock], FootnoteFill, list[Column], list[int]] | None:
    """Places the headline and what stands at the head of the text, then solves the flow of the rest.

    Returns the blocks, how they fill the columns without jump lines and footnotes, the columns, and the page of each.
    """
    enclose(canvas, story)
    columns, pages = tiers_of(canvas, story) if story.article.is_vertical else _columns(canvas, story)
    if not columns:
        return None
    if story.article.is_vertical:
        return _solve_vertical(canvas, story, columns, pages, order)
    if story.article.kind == "picture_news":
        columns = _picture_on_top(canvas, story, columns, pages, order)
    if story.head:
        plan, area = story.head
        _head_in_its_area(canvas, story, plan.number, area, order + HEADLINE_ORDER)
    elif has_headline_block(story.article):
        columns = _head_on_its_text(canvas, story, columns, pages, order + HEADLINE_ORDER)
    columns = set_note(canvas, story.article, columns, pages, order + NOTE_ORDER)
    columns = set_at_head(canvas, story.article, columns, pages, order + FLOAT_ORDER)
    blocks = _blocks(canvas, story, min(column.measure for column in columns))
    if canvas.language(story.id) in LEFTWARD_LANGUAGES:
        columns = sorted(columns, key=lambda column: (column.area, -column.number))
    blocks, columns, pages = flow_around(canvas, story, blocks, columns, pages, order)
    reserved = reserve_jumps(canvas, columns, pages)
    if notes_at_feet(canvas, story):
        return blocks, fill_over_notes(canvas, story, blocks, reserved, pages), columns, pages
    solution = solve_flow(blocks, reserved, canvas.grid.em, canvas.caches.solutions)
    return blocks, FootnoteFill(solution, reserved), columns, pages


def _level_columns(
    canvas: Canvas,
    story: Story,
    blocks: Sequence[FlowBlock],
    fill: FootnoteFill,
    columns: Sequence[Column],
    pages: Sequence[int],
) -> FootnoteFill:
    """The story with the columns of its last area level (rule H11), its footnotes under them."""
    if not fill.feet:
        level = level_columns(blocks, fill.columns, fill.solution, canvas.grid.em, canvas.caches.solutions)
        return FootnoteFill(*level)
    short = sum(column.lines for column in fill.columns) - fill.solution.used
    reserved = reserve_jumps(canvas, columns, pages)
    for shorter in shortened_columns(reserved, short):
        again = fill_over_notes(canvas, story, blocks, shorter, pages)
        fits = again.solution.used <= sum(column.lines for column in again.columns) and not again.left
        if fits and again.solution.cost < fill.solution.cost + ORPHAN_COST:
            return again
    return fill


def _solve_vertical(
    canvas: Canvas, story: Story, tiers: list[Column], pages: list[int], order: int
) -> tuple[list[FlowBlock], FootnoteFill, list[Column], list[int]]:
    """What `_solve` does, in tiers (直排)."""
    canvas.problems += not_vertical(canvas, story.article, pages[0])
    if story.head:
        plan, area = story.head
        _head_in_its_area(canvas, story, plan.number, area, order + HEADLINE_ORDER)
    elif has_headline_block(story.article):
        tiers = head_at_the_right(canvas, story, tiers, pages, order + HEADLINE_ORDER)
    tiers = set_at_the_right(canvas, story.article, tiers, pages, order + FLOAT_ORDER)
    blocks = _blocks(canvas, story, min(tier.measure for tier in tiers), max(tier.pitch for tier in tiers))
    reserved = reserve_jumps(canvas, tiers, pages)
    solution = solve_flow(blocks, reserved, canvas.grid.em, canvas.caches.solutions)
    return blocks, FootnoteFill(solution, reserved), tiers, pages


def _blocks(canvas: Canvas, story: Story, measure: float, pitch: float = 0.0) -> list[FlowBlock]:
    crops = tuple(canvas.decisions.crops.get(float_.id, 0) for float_ in floats_of(story.article))
    key = measure, canvas.decisions.tracking.get(story.id), crops, pitch
    of_story = canvas.caches.blocks.setdefault(story.id, {})
    cached = of_story.get(key)
    if cached is None:
        cached = of_story[key] = blocks_of(story.article, canvas, measure, pitch)
    return cached


def clear_analysis(canvas: Canvas, story: Story) -> None:
    """Drops the analysed text of a story from the cache: it takes about a hundred times the memory of the text."""
    canvas.caches.blocks.pop(story.id, None)


def _columns(canvas: Canvas, story: Story) -> tuple[list[Column], list[int]]:
    """The thread's columns, and the page of each."""
    columns: list[Column] = []
    pages: list[int] = []
    counts, _ = column_counts(story)
    for index, ((plan, area), count) in enumerate(zip(story.text, counts, strict=True)):
        sides = canvas.sides.get(area, NO_INSETS)
        divided, problems = divide(area, count, canvas.grid, index, left=sides.left, right=sides.right)
        canvas.problems += problems
        top, foot = canvas.setup.gap(area) + sides.top, sides.foot
        for column in divided:
            cut = column.without_head(top) if column.line == area.line else column
            columns.append(replace(cut, lines=max(0, cut.lines - foot)) if cut.end == area.end else cut)
        pages += [plan.number] * len(divided)
    return columns, pages


def _head_in_its_area(canvas: Canvas, story: Story, page: int, area: Area, order: int) -> None:
    article, (x, y, width, height) = story.article, canvas.box(area)
    if area.beyond:
        place_head_across(canvas, page, article, area, order)
        return
    beside = headline_stands_beside(story, area)
    box = headline_box_of(canvas, story, beside=beside)
    ink = canvas.inks.get(story.id, "")
    if box:
        canvas.add_boxes(page, draw_box(canvas, box, x, y, width, height))
        padding = box.padding * canvas.grid.em
        x, y, width, height = x + padding, y + padding, width - 2 * padding, height - 2 * padding
        ink = box.text or ink
    if headline_is_vertical(article, beside=beside):
        float_ = (canvas.grid.leading - canvas.grid.em) / 2  # level with the text beside it
        y, height = y + float_, height - 2 * float_
        side = set_vertical_block(canvas, article, width, height)
        if side.over:
            canvas.problems.append(headline_too_long(article, side.over, page))
        place_vertical_block(canvas, page, side, article, (x, y, width, height), order, ink, centred=box is not None)
        return
    head = headline_in(canvas, article, width, height)
    if head.over:
        canvas.problems.append(headline_too_long(article, head.over, page))
    place_headline_block(canvas, page, head, article, x, y + max(0.0, (height - head.height) / 2), width, order, ink)


def headline_in(canvas: Canvas, article: Article, width: float, height: float) -> HeadlineBlock:
    """The block in an area of its own (pt), with its air where that fits too."""
    air = canvas.style.headline(article.rank, article.kind).air * canvas.grid.leading
    head = set_headline_block(canvas, article, width, height - air)
    # where it needs the air too, it may touch its neighbours
    return set_headline_block(canvas, article, width, height) if head.over else head


def headline_box_of(canvas: Canvas, story: Story, *, beside: bool) -> BoxStyle | None:
    """The box of the headline: the article's own, else, `beside` the text, that of its rank."""
    article = story.article
    if article.headline_box:
        return box_style(canvas, article.headline_box, article.place("headline_box"))
    return canvas.style.boxes.get(canvas.style.headline(article.rank, article.kind).box) if beside else None


def headline_is_vertical(article: Article, *, beside: bool) -> bool:
    """Whether a headline in an area of its own has vertical lines: `beside` a vertical text it always has."""
    return article.headline_direction == "vertical" or (article.is_vertical and beside)


def headline_stands_beside(story: Story, area: Area) -> bool:
    """Whether the headline stands at the side of its text, not above it."""
    return any(text.line <= area.line < text.end for _, text in story.text)


def _head_on_its_text(
    canvas: Canvas, story: Story, columns: list[Column], pages: list[int], order: int
) -> list[Column]:
    """Places the headline block across the columns at the head of the first area; returns the columns below it."""
    article, grid = story.article, canvas.grid
    if article.headline_direction == "vertical":
        canvas.problems.append(needs_own_area(article, pages[0]))
    over = _level(columns)
    over = over[: story.text[0][0].spec.head_columns(story.id) or len(over)]
    start, measure = over[0].start, over[-1].start + over[-1].measure - over[0].start
    box, ink = headline_box_of(canvas, story, beside=False), canvas.inks.get(story.id, "")
    padding = box.padding * grid.em if box else 0.0
    x, y, width = grid.x(start), grid.y(over[0].line), measure * grid.em
    head = set_headline_block(canvas, article, width - 2 * padding)
    room = min(column.lines for column in over)
    float_ = (grid.leading - grid.em) / 2
    lines = head.lines
    if box:  # under the box stands the same air as under a headline without one
        air = canvas.style.headline(article.rank, article.kind).air * grid.leading
        lines = ceil((float_ + head.height + 2 * padding + air) / grid.leading - 1e-6)
    if head.over or lines >= room:
        canvas.problems.append(headline_too_long(article, max(head.over, 1), pages[0]))
    top = y + (lines * grid.leading - head.height) * ABOVE
    if box:
        canvas.add_boxes(pages[0], rules_around(canvas.style, box, x, y + float_, width, head.height + 2 * padding))
        top, ink = y + float_ + padding, box.text or ink
    place_headline_block(canvas, pages[0], head, article, x + padding, top, width - 2 * padding, order, ink)
    return [c.without_head(lines) if c in over else c for c in columns]


def _level(columns: Sequence[Column]) -> list[Column]:
    """The columns side by side that begin the text."""
    if not columns:
        return []
    return [c for c in columns if c.area == columns[0].area and c.line == columns[0].line]


def _picture_on_top(canvas: Canvas, story: Story, columns: list[Column], pages: list[int], order: int) -> list[Column]:
    """Picture news (图片新闻): the picture stands over headline and text, as high as they leave space for."""
    article, grid, over = story.article, canvas.grid, _level(columns)
    picture = news_picture(canvas, article)
    if picture is None:
        return columns
    start, (width, rest) = over[0].start, _under_a_picture(canvas, story, over)
    room = min(column.lines for column in over)
    lines = max(min(LEAST_PICTURE_LINES, room), room - rest)
    picture = picture if article.body else replace(picture, caption=Text(), credit=Text())
    box = grid.x(start), grid.y(over[0].line), width, lines * grid.leading
    place_float(canvas, pages[0], picture, story.id, box, order + HEADLINE_ORDER)
    return [c.without_head(lines) if c in over else c for c in columns]


def _under_a_picture(canvas: Canvas, story: Story, over: Sequence[Column]) -> tuple[float, int]:
    """The width of the picture over these columns (pt), and the lines of headline and text under it."""
    width = (over[-1].start + over[-1].measure - over[0].start) * canvas.grid.em
    head = (
        set_headline_block(canvas, story.article, width).lines
        if has_headline_block(story.article) and not story.head
        else 0
    )
    blocks = _blocks(canvas, story, over[0].measure)
    column = replace(over[0], lines=1000)
    used = solve_flow(blocks, [column], canvas.grid.em, canvas.caches.solutions).used if blocks else 0
    return width, head + ceil(used / len(over))


def news_lines(canvas: Canvas, story: Story) -> tuple[int, float, Picture | PictureGroup] | None:
    """Of picture news: the lines of its headline and text, the width of its picture in pt, the picture or group."""
    if (
        story.article.kind != "picture_news"
        or story.article.is_vertical
        or (picture := news_picture(canvas, story.article)) is None
    ):
        return None
    over = _level(_columns(canvas, story)[0])
    if not over:
        return None
    width, rest = _under_a_picture(canvas, story, over)
    picture = picture if story.article.body else replace(picture, caption=Text(), credit=Text())
    return rest, width, picture


def _fit(
    story: Story,
    blocks: Sequence[FlowBlock],
    solution: FlowSolution,
    columns: Sequence[Column],
    pages: Sequence[int],
    over: int,
) -> Fit:
    """How full the story's columns are; `over` is the overset in characters."""
    slots = sum(column.lines for column in columns)
    characters = sum(block.characters for block in blocks)
    room = (slots - solution.used) * _density(columns) if solution.used <= slots else -over
    capacity = max(0, round(characters + room))
    return Fit(story.id, capacity, characters, slots, solution.used, pages[0], tuple(dict.fromkeys(pages)))


def _report(
    canvas: Canvas,
    story: Story,
    blocks: Sequence[FlowBlock],
    fill: FootnoteFill,
    pages: Sequence[int],
) -> None:
    solution, columns = fill.solution, fill.columns
    slots = sum(column.lines for column in columns)
    flow = lay_lines(blocks, columns, canvas.grid.em, solution) if solution.used > slots else None
    notes = FootnoteRows(canvas, fill.left) if fill.left else None
    solids = flow.overset_solids if flow else []
    if notes is None:  # those after the article
        notes = next((block.content for block in solids if isinstance(block.content, FootnoteRows)), None)
    over = (flow.overset_characters if flow else 0) + (notes.characters if notes else 0)
    canvas.fit.append(_fit(story, blocks, solution, columns, pages, over))
    canvas.problems += [
        float_has_no_space(story.article, block.content, block.solid, pages[-1])
        for block in solids
        if not isinstance(block.content, FootnoteRows)
    ]
    rest = flow.overset_from if flow else None
    if rest is None and notes is None:
        return
    mark = _begin_of(story, *rest) if rest else (notes.notes[0].text.mark if notes else None) or story.article.mark
    lines = (flow.overset_lines if flow else 0) + (notes.lines if fill.left and notes else 0)
    cut = over + (ceil(APART_EM) if blocks[-1].shares_line else 0)  # the byline needs a gap after the text
    canvas.overset.append(Overset(story.id, over, lines, mark, pages[-1]))
    canvas.problems.append(
        Problem(
            "overset",
            Message(
                f"《{story.article.title}》超出 {over} 字（{lines} 行），第 {pages[-1]} 版 {story.id}",
                f"“{story.article.title}” is {counted(over, 'character')} ({counted(lines, 'line')}) too long, "
                f"page {pages[-1]} {story.id}",
            ),
            _cut_or_heighten(cut, lines, columns, pages[-1], _room_on(canvas, pages[-1]), canvas.grid),
            mark,
            page=pages[-1],
        )
    )


def _begin_of(story: Story, block: FlowBlock, at: int) -> SourceLocation:
    """The place of a character of a text as set."""
    if block.mark is None:
        return story.article.mark
    typed = next(iter(story.article.body.blocks[block.number - 1 : block.number]), None)
    if typed is None or typed.mark != block.mark or at >= len(block.typed):
        return block.mark
    offset = block.typed[at]
    return character_location(typed.source[offset : offset + 1], typed.place_of(offset))


def _room_on(canvas: Canvas, page: int) -> int:
    """The lines of a page's type area that are under its last area."""
    areas = [area for plan in canvas.plans if plan.number == page for area in plan.areas]
    return canvas.grid.lines - max((area.end for area in areas), default=0)


def _cut_or_heighten(cut: int, lines: int, columns: Sequence[Column], page: int, room: int, grid: Grid) -> Message:
    """The remedy for an overset text: characters to cut, or lines by which its last area alone is to grow, where the
    page has them."""
    last = [column for column in columns if column.area == columns[-1].area]
    foot = max(column.end for column in last)
    more = -(-lines // sum(column.end == foot for column in last))
    if last[-1].pitch:
        return _cut_or_widen(cut, lines, last, grid)
    if more > room:
        return Message(
            f"删去 {cut} 字，或让它转到另一版：还要 {more} 行，这一版只余 {room} 行",
            f"cut {counted(cut, 'character')}, or let it run on to another page: it needs {counted(more, 'line')} more, "
            f"and this page has {room} left",
        )
    if len(last) == len(columns):
        return Message(
            f"删去 {cut} 字，或把区域加高 {more} 行",
            f"cut {counted(cut, 'character')}, or make its area {counted(more, 'line')} higher",
        )
    return Message(
        f"删去 {cut} 字，或把最后一块区域（第 {page} 版）加高 {more} 行，别的不动",
        f"cut {counted(cut, 'character')}, or make the last of its areas (page {page}) {counted(more, 'line')} higher, "
        "no other",
    )


def _cut_or_widen(over: int, lines: int, tiers: Sequence[Column], grid: Grid) -> Message:
    """The remedy for an overset vertical text: characters to cut, or em by which its last area is to get wider."""
    wider = ceil(ceil(lines / len({tier.start for tier in tiers})) * tiers[-1].pitch / grid.em)
    return Message(
        f"删去 {over} 字，或把最后一块区域加宽 {wider} 字，或加高",
        f"cut {over} characters, or make the last of its areas {wider} em wider, or higher",
    )


def _holes(solution: FlowSolution, columns: Sequence[Column]) -> int:
    """Empty lines at the feet of columns before the last, left to avoid bad breaks; one a column is not counted."""
    holes, foot = 0, 0
    for column in columns:
        foot += column.lines
        if foot < solution.used:
            ends = [min(slots[-1], foot - 1) for slots, _ in solution.steps if slots and slots[0] < foot]
            holes += max(0, foot - max(ends, default=foot - 1) - 2)
    return holes


def _density(columns: Sequence[Column]) -> float:
    """The average characters in a line of these columns, in paragraphs of usual length."""
    slots = sum(column.lines for column in columns)
    held = (column.lines * USUAL_PARAGRAPH / ceil((USUAL_PARAGRAPH + 2) / column.measure) for column in columns)
    return sum(held) / slots if slots else 0.0
