"""Vertical headlines (竖题): kicker, headline and deck in lines from right to left, in an area of their own (rule I12).

Standing head and headpiece stand horizontally over them, the summary under them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from ....composition import Colour, Frame, PlacedLine, Span
from ....errors import Message, Problem, SourceLocation
from ....issue.model import Article
from ....roles import Role
from ....text.headline.vertical import ASCENT, VerticalHeadline, VerticalLine, VerticalPart, set_vertical
from ...canvas import Canvas
from ...parts.headline_block import HeadlineBlock
from ..headlines import place_headline_block, set_block_above, set_block_below
from ..pictures import BoxCorners

PART_GAP = 0.6  # between kicker, headline and deck, in sizes of the headline
TURNED_IN = 2.0  # em of a deck by which it begins lower than its headline


class VerticalHeadlinePart(Struct, frozen=True):
    """One role's lines; `x` and `top` (pt) from the block's top left corner."""

    role: Role
    set: VerticalHeadline
    face: str
    colour: str
    x: float
    top: float
    mark: SourceLocation | None


class VerticalHeadlineBlock(Struct, frozen=True):
    """Lines that take `width` pt; `over` counts the characters too many where no size fits."""

    parts: tuple[VerticalHeadlinePart, ...]
    width: float
    over: int = 0
    above: HeadlineBlock = HeadlineBlock((), 0.0, 0)
    below: HeadlineBlock = HeadlineBlock((), 0.0, 0)


def set_vertical_block(canvas: Canvas, article: Article, width: float, height: float) -> VerticalHeadlineBlock:
    """The block in the largest size in which it fits a box (pt); else in the smallest, with `over`."""
    style = canvas.style.headline(article.rank, article.kind)
    above, below = set_block_above(canvas, article, width), set_block_below(canvas, article, width)
    height = max(height - above.height - below.height, float(style.sizes[-1]))
    head = VerticalHeadlineBlock((), 0.0, 1)
    for size in style.sizes[canvas.decisions.grades.get(article.id, 0) :]:
        head = replace(_measure(canvas, article, size, height), above=above, below=below)
        if not head.over and head.width <= width + 0.01:
            return replace(head, over=above.over)
    over = head.over or max(1, round((head.width - width) * height / style.sizes[-1] ** 2))
    return replace(head, over=over)


def _measure(canvas: Canvas, article: Article, size: float, height: float) -> VerticalHeadlineBlock:
    style = canvas.style.headline(article.rank, article.kind)
    deck = "" if article.id in canvas.decisions.no_deck else article.deck
    roles = [
        (Role.DECK, deck, style.deck.face, style.deck.colour, float(style.deck.size)),
        (Role.HEADLINE, article.headline, style.face, style.colour, size),
        (Role.KICKER, article.kicker, style.kicker.face, style.kicker.colour, float(style.kicker.size)),
    ]
    parts: list[VerticalHeadlinePart] = []
    x, over = 0.0, 0
    for role, text, face, colour, own in roles:  # the block's left edge first
        if not text:
            continue
        top = TURNED_IN * own if role is Role.DECK else 0.0
        made = set_vertical(
            text,
            height_pt=height - top,
            size=own,
            face=canvas.faces[face],
            max_lines=style.max_lines + 1,
            leading=style.leading_vertical,
            terms=canvas.setup.terms,
            mark=article.marks.get(role, article.mark),
        )
        if parts:
            x += PART_GAP * size
        parts.append(VerticalHeadlinePart(role, made, face, colour, x, top, article.marks.get(role, article.mark)))
        x += made.width
        over = max(over, made.over)
    return VerticalHeadlineBlock(tuple(parts), x, over)


def place_vertical_block(
    canvas: Canvas,
    page: int,
    head: VerticalHeadlineBlock,
    article: Article,
    box: BoxCorners,
    order: int,
    ink: str = "",
    *,
    centred: bool = False,
) -> None:
    """Places the block in the horizontal middle of a box, at its top or `centred`; the kicker is read first."""
    deep = max((part.top + line.height for part in head.parts for line in part.set.lines), default=0.0)
    spare = box[3] - head.above.height - deep - head.below.height
    start = box[1] + (max(0.0, spare) / 2 if centred else 0.0)
    left, top = box[0] + (box[2] - head.width) / 2, start + head.above.height
    x, width = box[0], box[2]
    if article.is_vertical and head.above.label and not head.above.ornaments:  # over the line that is read first
        width = head.above.label.width
        x += box[2] - width
    place_headline_block(canvas, page, head.above, article, x, start, width, order, ink)
    for part in reversed(head.parts):
        lines = [
            line for one in part.set.lines for line in _lines(canvas, part, one, left + part.x, top + part.top, ink)
        ]
        height = max((line.height for line in part.set.lines), default=0.0)
        frame = left + part.x, top + part.top, part.set.width, height
        canvas.add_frames(page, [Frame(article.id, part.role, *frame, tuple(lines), order=order)])
    place_headline_block(canvas, page, head.below, article, box[0], top + deep, box[2], order, ink)


def _lines(
    canvas: Canvas, part: VerticalHeadlinePart, line: VerticalLine, x: float, y: float, ink: str
) -> Iterator[PlacedLine]:
    """A vertical line; figures side by side in it are horizontal lines of their own (纵中横排)."""
    size, middle, top = part.set.size, x + line.x, y + line.top
    colour = canvas.style.colour(ink or part.colour)
    at = line.start
    last = part.set.lines[-1] is line
    for across, group in groupby(line.parts, key=lambda one: one.orientation == "across"):
        parts = list(group)
        text = "".join(one.text for one in parts)
        first = top + parts[0].ys[0]
        ends = last and parts[-1] is line.parts[-1]
        spans: list[Span] = []
        for one in parts:
            if across:
                spans.append(
                    Span(one.text, part.face, size, [middle + place for place in one.xs], colour, scale=one.scale)
                )
            else:
                spans += _upright(canvas, part, one, top, colour)
        baseline = first + ASCENT * size if across else first
        left = spans[0].xs[0] if across else middle
        # cleaning for print changes the length of a headline by one mark at most
        end = line.end if parts[-1] is line.parts[-1] else min(line.end, at + len(text))
        yield PlacedLine(
            text, left, baseline, size, size, tuple(spans), 1, at, end, ends, vertical=not across, mark=part.mark
        )
        at = end


def _upright(
    canvas: Canvas, part: VerticalHeadlinePart, one: VerticalPart, top: float, colour: Colour
) -> Iterator[Span]:
    at = 0
    for text, face in canvas.glyphs.parts(one.text, part.face, part.mark):
        ys = [top + place for place in one.ys[at : at + len(text)]]
        yield Span(text, face, part.set.size, ys, colour, turned=one.orientation == "turned")
        at += len(text)


def has_head_area(canvas: Canvas, article: Article) -> bool:
    """Whether a map gives the article's headline an area of its own."""
    return any(area.name == article.id and area.part == "headline" for plan in canvas.plans for area in plan.areas)


def needs_own_area(article: Article, page: int) -> Problem:
    return Problem(
        "vertical-headline",
        Message(
            f"《{article.title}》的竖题没有自己的区域",
            f"the vertical headline “{article.title}” has no area of its own",
        ),
        Message(
            f"在区域图里正文的旁边写上 {article.id}.headline", f"write {article.id}.headline beside its text in the map"
        ),
        article.marks.get("headline_direction", article.mark),
        page=page,
    )
