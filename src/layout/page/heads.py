"""The headline block (题区): kicker, headline and deck, measured and set, always in whole lines (占行)."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from ..composition import Frame, Line, Span
from ..errors import Mark, Problem, Words
from ..issue.model import Article
from ..style.grid import ASCENT_EM
from ..style.model import DeckStyle, HeadlineStyle
from ..text.headline import Headline, HeadlineLine, fit_headline
from .dummy import Dummy

DECK_LEADING = 1.4  # leading of kickers and decks, in sizes


@dataclass(frozen=True, slots=True)
class Row:
    """One role's lines in the block; `top` in pt from the block's top, `leading` in pt."""

    role: str
    set: Headline
    face: str
    colour: str
    top: float
    leading: float
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class Head:
    """A measured block: `height` pt of type, `lines` of the grid that it occupies with its air.

    `over` counts the characters that are too many where nothing fits.
    """

    rows: tuple[Row, ...]
    height: float
    lines: int
    over: int = 0


def set_head(dummy: Dummy, article: Article, width: float, height: float | None = None) -> Head:
    """The block in a box `width` pt wide: as high as it needs, or in `height` pt with the largest type that fits.

    Where no size fits, the block is set in the smallest, and `over` says by how many characters.
    """
    key = ("head", article.id, width, height, dummy.choices.steps.get(article.id), article.id in dummy.choices.no_deck)
    known = dummy.kept.get(key)
    if not isinstance(known, Head):
        known = dummy.kept[key] = _set_head(dummy, article, width, height)
    return known


def _set_head(dummy: Dummy, article: Article, width: float, height: float | None) -> Head:
    style = dummy.style.headlines[article.rank]
    style = replace(style, sizes=style.sizes[dummy.choices.steps.get(article.id, 0) :])
    head = _measure(dummy, article, style, width, height, style.sizes)
    for smallest in range(1, len(style.sizes)):
        if height is None or (head.height <= height + 0.01 and not head.over):
            break
        head = _measure(dummy, article, style, width, height, style.sizes[smallest:])
    if not head.over and height is not None and head.height > height + 0.01:
        size = style.sizes[-1]
        rows = math.ceil((head.height - height) / (size * style.leading))
        head = replace(head, over=max(1, round(rows * width / size)))
    return head


def _measure(
    dummy: Dummy, article: Article, style: HeadlineStyle, width: float, height: float | None, sizes: tuple[float, ...]
) -> Head:
    rows: list[Row] = []
    top, over = 0.0, 0
    parts: list[tuple[str, str, DeckStyle | None]] = [
        ("kicker", article.kicker, style.kicker),
        ("headline", article.headline, None),
        ("deck", "" if article.id in dummy.choices.no_deck else article.deck, style.deck),
    ]
    # beside its text a narrow head may take as many lines as its box holds
    most = style.max_lines if height is None or height < width else max(style.max_lines, int(height / sizes[-1] / 1.5))
    for role, text, deck in parts:
        if not text:
            continue
        size = deck.size if deck else 0.0
        fitted = fit_headline(
            text,
            width_pt=width,
            sizes=[size] if deck else list(sizes),
            max_lines=2 if deck and most == style.max_lines else most,
            face=dummy.faces[deck.face if deck else style.face],
            align=(deck.align if deck else None) or style.align,
            leading=DECK_LEADING if deck else style.leading,
            terms=dummy.terms,
            letterspace=deck is None,
            mark=article.marks.get(role, article.mark),
        )
        over = max(over, fitted.over)
        leading = fitted.size * (DECK_LEADING if deck else style.leading)
        face, colour = (deck.face, deck.colour) if deck else (style.face, style.colour)
        rows.append(Row(role, fitted, face, colour, top, leading, article.marks.get(role, article.mark)))
        top += leading * len(fitted.lines)
    air = style.air * dummy.grid.leading
    return Head(tuple(rows), top, math.ceil((top + air) / dummy.grid.leading - 1e-6), over)


def head_frames(dummy: Dummy, head: Head, article: str, x: float, y: float, width: float, order: int) -> list[Frame]:
    """The block's frames with its top left corner at (x, y) pt."""
    frames = []
    for row in head.rows:
        size = row.set.size
        first = y + row.top + (row.leading - size) / 2 + ASCENT_EM * size
        lines = []
        for number, line in enumerate(row.set.lines):
            spans = tuple(_spans(dummy, row, line, x))
            lines.append(
                Line(
                    line.text,
                    spans[0].xs[0] if spans else x,
                    first + number * row.leading,
                    line.width,
                    size,
                    spans,
                    paragraph=1,
                    start=line.start,
                    end=line.end,
                    ends_paragraph=number == len(row.set.lines) - 1,
                    mark=row.mark,
                )
            )
        height = row.leading * len(lines)
        frames.append(Frame(article, row.role, x, y + row.top, width, height, tuple(lines), order=order))
    return frames


def _spans(dummy: Dummy, row: Row, line: HeadlineLine, x: float) -> list[Span]:
    """The line in its face, and in the faces that stand in for what it lacks."""
    spans, at = [], 0
    for text, face in dummy.glyphs.parts(line.text, row.face, row.mark):
        xs = tuple(x + place for place in line.xs[at : at + len(text)])
        spans.append(Span(text, face, row.set.size, xs, dummy.style.colour(row.colour), scale=line.scale))
        at += len(text)
    return spans


def too_long(article: Article, head: Head, page: int) -> Problem:
    return Problem(
        "headline-long",
        Words(
            f"《{article.title}》的标题放不进题框，约多 {head.over} 字",
            f"the headline “{article.title}” is about {head.over} characters too long for its box",
        ),
        Words("缩短标题，或把题区加高、加宽", "shorten it, or make its area higher or wider"),
        article.marks.get("headline", article.mark),
        page=page,
    )
