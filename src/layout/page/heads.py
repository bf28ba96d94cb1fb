"""The headline block (题区): kicker, headline and deck, measured and set, always in whole lines (占行)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..composition import Frame, Line, Span
from ..errors import Mark, Problem, Words
from ..issue.model import Article
from ..style.grid import ASCENT_EM
from ..style.model import DeckStyle, HeadlineStyle, Style
from ..text.faces import Face
from ..text.headline import FittedHeadline, fit_headline

DECK_LEADING = 1.4  # leading of kickers and decks, in sizes


@dataclass(frozen=True, slots=True)
class Row:
    """One role's lines in the block; `top` in pt from the block's top, `leading` in pt."""

    role: str
    fitted: FittedHeadline
    face: str
    colour: str
    top: float
    leading: float
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class Head:
    """A measured block: `height` pt of type, `lines` of the grid that it occupies with its air."""

    rows: tuple[Row, ...]
    height: float
    lines: int
    over: int = 0  # characters too many, where nothing fits


def set_head(
    article: Article,
    style: Style,
    faces: Mapping[str, Face],
    width: float,
    lines: int | None = None,
    terms: Sequence[str] = (),
) -> Head:
    """The block in a box `width` pt wide: as high as it needs, or in `lines` lines with the largest type that fits.

    Where no size fits the box the block is set in the smallest and `over` says by how many characters.
    """
    headline_style = style.headlines[article.rank]
    sizes = tuple(headline_style.sizes)
    best: Head | None = None
    for start in range(len(sizes)):
        head = _measure(article, headline_style, style, faces, width, sizes[start:], terms)
        best = head
        if head.over == 0 and (lines is None or head.height <= lines * style.grid.leading):
            return head if lines is None else Head(head.rows, head.height, lines)
    assert best is not None
    over = best.over
    if not over and lines is not None:
        excess = best.height - lines * style.grid.leading
        over = max(1, math.ceil(excess / (sizes[-1] * headline_style.leading) * width / sizes[-1]))
    return Head(best.rows, best.height, best.lines if lines is None else lines, over)


def _measure(
    article: Article,
    headline: HeadlineStyle,
    style: Style,
    faces: Mapping[str, Face],
    width: float,
    sizes: Sequence[float],
    terms: Sequence[str],
) -> Head:
    rows: list[Row] = []
    top, over = 0.0, 0
    lesser: list[tuple[str, str, DeckStyle]] = [("kicker", article.kicker, headline.kicker)]
    parts = [*lesser, ("headline", article.headline, None), ("deck", article.deck, headline.deck)]
    for role, text, deck in parts:
        if not text:
            continue
        face = deck.face if deck else headline.face
        fitted = fit_headline(
            text,
            width_pt=width,
            sizes=[deck.size] if deck else list(sizes),
            max_lines=2 if deck else headline.max_lines,
            face=faces[face],
            align=(deck.align if deck else None) or headline.align,
            terms=terms,
        )
        over = max(over, fitted.over)
        leading = fitted.size * (DECK_LEADING if deck else headline.leading)
        mark = article.marks.get(role, article.mark)
        rows.append(Row(role, fitted, face, deck.colour if deck else headline.colour, top, leading, mark))
        top += leading * len(fitted.lines)
    air = headline.air * style.grid.leading
    return Head(tuple(rows), top, math.ceil((top + air) / style.grid.leading - 1e-6), over)


def head_frames(head: Head, article: str, style: Style, x: float, y: float, width: float, order: int) -> list[Frame]:
    """The block's frames with its top left corner at (x, y) pt."""
    frames = []
    for row in head.rows:
        size = row.fitted.size
        first = y + row.top + (row.leading - size) / 2 + ASCENT_EM * size
        lines = []
        for number, fitted in enumerate(row.fitted.lines):
            xs = tuple(x + at for at in fitted.xs)
            span = Span(fitted.text, row.face, size, xs, style.colour(row.colour), scale=fitted.scale)
            lines.append(
                Line(
                    fitted.text,
                    xs[0] if xs else x,
                    first + number * row.leading,
                    fitted.width,
                    size,
                    (span,),
                    paragraph=1,
                    start=fitted.start,
                    end=fitted.end,
                    ends_paragraph=number == len(row.fitted.lines) - 1,
                    mark=row.mark,
                )
            )
        height = row.leading * len(lines)
        frames.append(Frame(article, row.role, x, y + row.top, width, height, tuple(lines), order=order))
    return frames


def too_long(article: Article, head: Head, page: int) -> Problem:
    mark = article.marks.get("headline", article.mark)
    return Problem(
        "headline-long",
        Words(
            f"《{article.headline.replace('|', '')}》的标题放不进题框，约多 {head.over} 字",
            f"the headline “{article.headline.replace('|', '')}” is about {head.over} characters too long for its box",
        ),
        Words("缩短标题，或把题区加高、加宽", "shorten it, or make its area higher or wider"),
        mark,
        page=page,
    )
