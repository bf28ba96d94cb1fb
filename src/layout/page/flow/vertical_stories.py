"""A vertical article (直排) in its tiers: the headline at their right, pictures as high as a tier (rules V9, V10, V11, V12)."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from msgspec.structs import replace

from ...errors import Message, Problem
from ...issue.model import Article
from ...issue.texts import Text
from ...text.shaping.scripts import COMPLEX
from ..canvas import NO_INSETS, Canvas
from ..elements.floats import LEAST_PART, LEAST_UNDER, float_has_no_space, floats_at_head, place_float
from ..elements.headlines import headline_too_long
from ..elements.rules import rules_around
from ..elements.vertical.figures import figure_box, figure_lines
from ..elements.vertical.headlines import place_vertical_block, set_vertical_block
from ..map.columns import Column
from ..map.threads import Story, column_counts
from ..map.tiers import divide_into_tiers

HEAD_PART = 0.5  # the most of the tiers' width that a headline at their right takes


def tiers_of(canvas: Canvas, story: Story) -> tuple[list[Column], list[int]]:
    """The thread's tiers, and the page of each."""
    tiers: list[Column] = []
    pages: list[int] = []
    counts, _ = column_counts(story)
    for index, ((plan, area), count) in enumerate(zip(story.text, counts, strict=True)):
        sides = canvas.sides.get(area, NO_INSETS)
        top = canvas.setup.gap(area) + sides.top
        divided, problems = divide_into_tiers(
            area, count, canvas.grid, index, left=sides.left, right=sides.right, top=top, foot=sides.foot
        )
        canvas.problems += problems
        tiers += divided
        pages += [plan.number] * len(divided)
    return tiers, pages


def head_at_the_right(
    canvas: Canvas, story: Story, tiers: Sequence[Column], pages: Sequence[int], order: int
) -> list[Column]:
    """Places the headline, in vertical lines, at the right of the tiers that begin the text; returns what they leave.

    It is as high as these tiers together, or as those that `head_spans` counts.
    """
    article, grid = without_summary(story.article), canvas.grid
    style = canvas.style.headline(article.rank, article.kind)
    over = _level(tiers)
    over = over[: story.text[0][0].spec.head_columns(story.id) or len(over)]
    first, last = over[0], over[-1]
    room = min(tier.lines for tier in over)
    box = canvas.style.boxes.get(article.headline_box)
    padding = box.padding * grid.em if box else 0.0
    top, height = grid.top + first.start * grid.em, (last.start + last.measure - first.start) * grid.em
    widest = max(HEAD_PART * room * first.pitch - 2 * padding, style.sizes[-1])
    head = set_vertical_block(canvas, article, widest, height - 2 * padding)
    label = head.above.label.width if head.above.label else 0.0
    width = max(head.width, label, *(one.width for one in head.above.ornaments), 1.0)
    head = set_vertical_block(canvas, article, width, height - 2 * padding)
    lines = ceil((width + 2 * padding + style.air * grid.leading) / first.pitch - 1e-6)
    if head.over or lines >= room:
        canvas.problems.append(headline_too_long(article, max(head.over, 1), pages[0]))
    x, ink = first.edge - width - 2 * padding, canvas.inks.get(story.id, "")
    if box:
        canvas.add_boxes(pages[0], rules_around(canvas.style, box, x, top, width + 2 * padding, height))
        ink = box.text or ink
    place = x + padding, top + padding, width, height - 2 * padding
    place_vertical_block(canvas, pages[0], head, article, place, order, ink)
    return [tier.without_head(lines) if tier in over else tier for tier in tiers]


def set_at_the_right(
    canvas: Canvas, article: Article, tiers: Sequence[Column], pages: Sequence[int], order: int
) -> list[Column]:
    """Places the pictures without a place at the right of the tiers that begin the text, from the last one up; returns
    what they leave."""
    left = list(tiers)
    for float_ in floats_at_head(canvas, article):
        level = _level(left)
        wanted = figure_lines(canvas, float_, article.id, level[0].measure, level[0].pitch)
        tier = max(reversed(level), key=lambda tier: min(tier.lines - LEAST_UNDER, wanted))
        room = tier.lines - LEAST_UNDER
        if room < wanted * LEAST_PART:
            canvas.problems.append(float_has_no_space(article, float_, wanted, pages[0]))
            continue
        lines = min(wanted, room)
        box = figure_box(canvas, tier, tier.line, lines)
        place_float(canvas, pages[0], float_, article.id, box, order)
        left = [one.without_head(lines + 1) if one is tier else one for one in left]
    return left


def without_summary(article: Article) -> Article:
    """The article as its headline at the right is set: the summary is the beginning of its text."""
    return replace(article, summary=Text()) if article.summary else article


def _level(tiers: Sequence[Column]) -> list[Column]:
    """The tiers one under the other, with one right edge, that begin the text."""
    found: list[Column] = []
    for tier in tiers:
        if (tier.area, tier.edge, tier.pitch) == (tiers[0].area, tiers[0].edge, tiers[0].pitch):
            found.append(tier)
    return found


def not_vertical(canvas: Canvas, article: Article, page: int) -> list[Problem]:
    """Problems: kinds of article, languages and scripts that are not set in vertical lines."""
    language = canvas.language(article.id)
    text = "".join([article.summary, article.editors_note.text, *(block.text for block in article.body.blocks)])
    if article.kind == "picture_news":
        what = Message(
            f"图片新闻《{article.title}》不能直排", f"the picture news “{article.title}” cannot run downwards"
        )
        remedy = Message("去掉 direction，或把 kind 改成 story", "take direction away, or make it a story")
    elif not language.startswith(("zh", "ja")):
        what = Message(
            f"《{article.title}》的语言是 {language}，不能直排",
            f"“{article.title}” is in {language} and cannot run downwards",
        )
        remedy = Message("去掉 direction", "take direction away")
    elif COMPLEX.search(text):
        what = Message(
            f"《{article.title}》里有要整形的文字，不能直排",
            f"“{article.title}” holds a script that is shaped and cannot run downwards",
        )
        remedy = Message("去掉 direction，或去掉这些文字", "take direction away, or those words")
    elif any(run.note or run.line or run.struck for block in article.body.blocks for run in block.runs):
        what = Message(
            f"《{article.title}》有脚注或字旁的线，不能直排",
            f"“{article.title}” has footnotes or lines drawn at its text and cannot run downwards",
        )
        remedy = Message("去掉 direction，或去掉脚注和线", "take direction away, or the footnotes and lines")
    else:
        return []
    return [Problem("vertical-article", what, remedy, article.marks.get("direction", article.mark), page=page)]
