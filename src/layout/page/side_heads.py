"""Vertical headlines (竖题): kicker, headline and deck in lines from right to left, in an area of their own (rule I12).

The standing head and the headpiece lie across over them, the summary under them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from ..composition import Colour, Frame, Line, Span
from ..errors import Mark, Problem, Words
from ..issue.model import Article
from ..text.vertical import ASCENT, VerticalHeadline, VerticalLine, VerticalPart, set_vertical
from .dummy import Dummy
from .heads import Head, place_head, set_crown, set_socle
from .pictures import Rectangle

PART_GAP = 0.6  # between kicker, headline and deck, in sizes of the headline
TURNED_IN = 2.0  # em of its size by which a deck begins lower than its headline


class SidePart(Struct, frozen=True):
    """One role's lines; `x` and `top` (pt) from the block's top left corner."""

    role: str
    set: VerticalHeadline
    face: str
    colour: str
    x: float
    top: float
    mark: Mark | None


class SideHead(Struct, frozen=True):
    """Lines that take `width` pt; `over` counts the characters that are too many where nothing fits."""

    parts: tuple[SidePart, ...]
    width: float
    over: int = 0
    crown: Head = Head((), 0.0, 0)
    socle: Head = Head((), 0.0, 0)


def set_side_head(dummy: Dummy, article: Article, width: float, height: float) -> SideHead:
    """The block in the largest size in which it fits a box (pt); else in the smallest, with `over`."""
    style = dummy.style.headline(article.rank, article.kind)
    crown, socle = set_crown(dummy, article, width), set_socle(dummy, article, width)
    height = max(height - crown.height - socle.height, float(style.sizes[-1]))
    head = SideHead((), 0.0, 1)
    for size in style.sizes[dummy.choices.steps.get(article.id, 0) :]:
        head = replace(_measure(dummy, article, size, height), crown=crown, socle=socle)
        if not head.over and head.width <= width + 0.01:
            return replace(head, over=crown.over)
    over = head.over or max(1, round((head.width - width) * height / style.sizes[-1] ** 2))
    return replace(head, over=over)


def _measure(dummy: Dummy, article: Article, size: float, height: float) -> SideHead:
    style = dummy.style.headline(article.rank, article.kind)
    deck = "" if article.id in dummy.choices.no_deck else article.deck
    roles = [
        ("deck", deck, style.deck.face, style.deck.colour, float(style.deck.size)),
        ("headline", article.headline, style.face, style.colour, size),
        ("kicker", article.kicker, style.kicker.face, style.kicker.colour, float(style.kicker.size)),
    ]
    parts: list[SidePart] = []
    x, over = 0.0, 0
    for role, text, face, colour, own in roles:  # the block's left edge first
        if not text:
            continue
        top = TURNED_IN * own if role == "deck" else 0.0
        made = set_vertical(
            text,
            height_pt=height - top,
            size=own,
            face=dummy.faces[face],
            max_lines=style.max_lines + 1,
            leading=style.leading_vertical,
            terms=dummy.terms,
            mark=article.marks.get(role, article.mark),
        )
        if parts:
            x += PART_GAP * size
        parts.append(SidePart(role, made, face, colour, x, top, article.marks.get(role, article.mark)))
        x += made.width
        over = max(over, made.over)
    return SideHead(tuple(parts), x, over)


def place_side_head(
    dummy: Dummy,
    page: int,
    head: SideHead,
    article: Article,
    box: Rectangle,
    order: int,
    ink: str = "",
    *,
    centred: bool = False,
) -> None:
    """Puts the block into the middle of a box, its top at the box's top unless it is `centred`; the kicker is read
    first."""
    deep = max((part.top + line.height for part in head.parts for line in part.set.lines), default=0.0)
    spare = box[3] - head.crown.height - deep - head.socle.height
    start = box[1] + (max(0.0, spare) / 2 if centred else 0.0)
    left, top = box[0] + (box[2] - head.width) / 2, start + head.crown.height
    place_head(dummy, page, head.crown, article, box[0], start, box[2], order, ink)
    for part in reversed(head.parts):
        lines = [
            line for one in part.set.lines for line in _lines(dummy, part, one, left + part.x, top + part.top, ink)
        ]
        height = max((line.height for line in part.set.lines), default=0.0)
        frame = left + part.x, top + part.top, part.set.width, height
        dummy.add_frames(page, [Frame(article.id, part.role, *frame, tuple(lines), order=order)])
    place_head(dummy, page, head.socle, article, box[0], top + deep, box[2], order, ink)


def _lines(dummy: Dummy, part: SidePart, line: VerticalLine, x: float, y: float, ink: str) -> Iterator[Line]:
    """A vertical line; figures side by side in it are lines of their own, which run across (纵中横排)."""
    size, middle, top = part.set.size, x + line.x, y + line.top
    colour = dummy.style.colour(ink or part.colour)
    at = line.start
    last = part.set.lines[-1] is line
    for across, group in groupby(line.parts, key=lambda one: one.way == "across"):
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
                spans += _upright(dummy, part, one, top, colour)
        baseline = first + ASCENT * size if across else first
        left = spans[0].xs[0] if across else middle
        # the text of a headline that was cleaned for print is longer or shorter than as typed by a mark at most
        end = line.end if parts[-1] is line.parts[-1] else min(line.end, at + len(text))
        yield Line(
            text, left, baseline, size, size, tuple(spans), 1, at, end, ends, vertical=not across, mark=part.mark
        )
        at = end


def _upright(dummy: Dummy, part: SidePart, one: VerticalPart, top: float, colour: Colour) -> Iterator[Span]:
    at = 0
    for text, face in dummy.glyphs.parts(one.text, part.face, part.mark):
        ys = [top + place for place in one.ys[at : at + len(text)]]
        yield Span(text, face, part.set.size, ys, colour, turned=one.way == "turned")
        at += len(text)


def needs_an_area(article: Article, page: int) -> Problem:
    return Problem(
        "vertical-headline",
        Words(
            f"《{article.title}》的竖题没有自己的区域",
            f"the vertical headline “{article.title}” has no area of its own",
        ),
        Words(
            f"在区域图里正文的旁边写上 {article.id}.headline", f"write {article.id}.headline beside its text in the map"
        ),
        article.marks.get("headline_direction", article.mark),
        page=page,
    )
