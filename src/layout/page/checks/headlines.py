"""Checks of headlines and crossheads (rules H12, I6, I8, I11)."""

from __future__ import annotations

from itertools import combinations

from ...composition import Box
from ...roles import Role
from ...text.headline.printed import is_han_ideograph
from .inspection import PageInspection, PageItem

_HEADS = {"headline", "kicker", "deck", "summary", "department"}
NOT_TEXT = _HEADS | {"caption", "credit", "jump_line", "continuation_line", "editors_note", "teasers"}
FOLLOWING = 2  # lines of text after a crosshead (rule I8)
_RUNT_CHARACTERS = 2  # Han in a line of a headline (rule I6)


def check_tombstones(inspection: PageInspection) -> None:
    """Headline blocks, kicker and all, that begin at one height side by side (rule H12)."""
    blocks: dict[str, Box] = {}
    for frame in inspection.page.frames:
        if frame.role in _HEADS and not frame.lines[0].vertical and not inspection.boxed(frame):
            known = blocks.get(frame.article)
            top = min(frame.y, known.y) if known else frame.y
            left = min(frame.x, known.x) if known else frame.x
            right = max(frame.x + frame.width, known.x + known.width if known else 0.0)
            blocks[frame.article] = Box("rule", left, top, right - left, frame.y + frame.height - top)
    for (left_id, one), (right_id, other) in combinations(sorted(blocks.items(), key=lambda item: item[1].x), 2):
        apart = other.x - one.x - one.width
        near = -1 <= apart <= (inspection.grid.gutter_em + 1) * inspection.grid.em
        if near and abs(one.y - other.y) < 1.5 * inspection.grid.leading:
            a, b = inspection.title(left_id), inspection.title(right_id)
            inspection.add_problem(
                "tombstone",
                f"《{a}》与《{b}》两题相碰（碰题）",
                f"the headlines of “{a}” and “{b}” stand side by side",
                other,
                right_id,
            )


def check_headline_runts(inspection: PageInspection) -> None:
    """Lines of one or two characters in headlines of several lines (rule I6)."""
    for head in inspection.page.frames:
        if head.role is not Role.HEADLINE or head.lines[0].vertical:
            continue
        short = [
            line
            for line in head.lines
            if sum(map(is_han_ideograph, line.text)) <= _RUNT_CHARACTERS and len(line.text) <= _RUNT_CHARACTERS + 1
        ]
        if len(head.lines) > 1 and short:
            inspection.add_problem(
                "headline-runt",
                f"《{inspection.title(head.article)}》的标题有一行只有“{short[0].text}”",
                f"a line of the headline “{inspection.title(head.article)}” is only “{short[0].text}”",
                head,
                head.article,
            )


def check_headline_cover(inspection: PageInspection) -> None:
    """Columns of text over which nothing of their article stands (题盖文, rule I11)."""
    for story, area in inspection.text_areas():
        head = [f for f in inspection.page.frames if f.article == story.id and f.role in _HEADS]
        if not head or story.text[0][1] is not area or any(f.lines and f.lines[0].vertical for f in head):
            continue
        own: list[PageItem] = [*head, *(p for p in inspection.page.pictures if p.article == story.id)]
        own += [
            f for f in inspection.page.frames if f.article == story.id and f.role in (Role.CAPTION, Role.EDITORS_NOTE)
        ]
        own += [box for box in inspection.page.boxes if box.article == story.id]
        top = inspection.grid.y(area.line)
        left = inspection.grid.x(inspection.grid.start(area.unit))
        right = left + inspection.grid.measure(area.units) * inspection.grid.em
        if all(f.x + f.width < left or f.x > right for f in head):
            continue  # the headline stands at the side
        for ending in inspection.endings(story, area):
            column = ending.column
            if column.line > area.line + 1:
                continue
            middle = inspection.grid.x(column.start + column.measure / 2)
            if not any(
                one.x - 1 <= middle <= one.x + one.width + 1 and one.y < top + inspection.grid.height for one in own
            ):
                inspection.add_problem(
                    "head-cover",
                    f"《{story.article.title}》的标题没有盖住全文",
                    f"the headline of “{story.article.title}” does not cover its text",
                    head[0],
                    story.id,
                )
                break


def check_stranded_heads(inspection: PageInspection) -> None:
    """Crossheads at a column's foot, fewer than FOLLOWING lines of text after them (rule I8)."""
    for frame in inspection.page.frames:
        if frame.role not in (Role.CROSSHEAD, Role.ITEM_HEAD):
            continue
        column = [f for f in inspection.page.frames if f.article == frame.article and abs(f.x - frame.x) < 1]
        below = sorted((f for f in column if f.y > frame.y + 1), key=lambda f: f.y)
        after = sum(len(f.lines) for f in below if f.role not in NOT_TEXT)
        goes_on = any(f.column > frame.column for f in inspection.page.frames if f.article == frame.article)
        if after < FOLLOWING and (goes_on or after == 0):
            words = frame.lines[0].text
            inspection.add_problem(
                "stranded-head",
                f"小标题“{words}”落在栏尾（背题）",
                f"the crosshead “{words}” is stranded at a column's foot",
                frame,
                frame.article,
            )


CHECKS = (check_tombstones, check_stranded_heads, check_headline_cover, check_headline_runts)
