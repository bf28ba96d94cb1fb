"""The headline block (题区): standing head, kicker, headline, deck and summary, always in whole lines (占行)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import partial

from msgspec.structs import replace

from ...composition import Box, Colour, Frame, PlacedLine, PlacedPicture, Span
from ...errors import Message, Problem, SourceLocation, counted
from ...issue.files import picture_size
from ...issue.model import Article
from ...roles import Role
from ...style.grid import ASCENT_EM
from ...style.texts import DeckStyle, HeadlineStyle
from ...text.headline.fitting import TIGHT, HeadlineLine, fit_headline
from ...text.headline.shaped import fit_shaped_headline
from ...text.language import LEFTWARD_LANGUAGES
from ...text.language_classes import CENTRED_LANGUAGES, is_western
from ...text.paragraph import LineSetting, TextRun
from ...text.setting import setting_in
from ...text.shaping.scripts import COMPLEX
from ..canvas import Canvas
from ..composed_lines import centred_spans, with_glyphs
from ..parts.headline_block import HeadlineBlock, HeadlineRow, Ornament, StandingHeadLabel
from ..parts.text_block import TextBlock
from .rules import rule_across, rule_height
from .text_blocks import compose_text_block, set_text_block

DECK_LEADING = 1.4  # leading of kickers and decks, in sizes
_LABEL_GAP = 0.4  # between a standing head and what is under it, in its sizes
SUMMARY_GAP = 0.3  # lines between a deck and the summary under it
HEADPIECE = "题花"  # alternative text of a headpiece
ORNAMENT_GAP = 1.0  # em between a headpiece and the headline at its right


def has_headline_block(article: Article) -> bool:
    """Whether anything stands over the article's text."""
    return bool(article.headline or article.kicker or article.department or article.standing_head or article.summary)


def set_headline_block(canvas: Canvas, article: Article, width: float, height: float | None = None) -> HeadlineBlock:
    """The block in a box `width` pt wide: as high as it needs, or in `height` pt with the largest type that fits.

    Where no size fits, the block is set in the smallest, and `over` counts the characters too many.
    """
    key = (
        article.id,
        width,
        height,
        canvas.decisions.grades.get(article.id),
        article.id in canvas.decisions.no_deck,
    )
    cached = canvas.caches.headlines.get(key)
    if cached is None:
        cached = canvas.caches.headlines[key] = _set_headline_block(canvas, article, width, height)
    return cached


def _set_headline_block(canvas: Canvas, article: Article, width: float, height: float | None) -> HeadlineBlock:
    style = canvas.style.headline(article.rank, article.kind)
    steps = canvas.decisions.grades.get(article.id, 0)
    style = replace(style, sizes=style.sizes[max(0, steps) :])
    head = measure_headline_block(canvas, article, style, width, height, style.sizes)
    if steps < 0 and (grade := headline_grade(style, head)):
        at = max(0, grade + steps)
        larger = measure_headline_block(canvas, article, style, width, height, style.sizes[at : at + 1])
        head = head if larger.over else larger
    for smallest in range(1, len(style.sizes)):
        if height is None or (head.height <= height + 0.01 and not head.over):
            break
        head = measure_headline_block(canvas, article, style, width, height, style.sizes[smallest:])
    if not head.over and height is not None and head.height > height + 0.01:
        size = style.sizes[-1]
        rows = math.ceil((head.height - height) / (size * style.leading))
        head = replace(head, over=max(1, round(rows * width / size)))
    return head


def headline_grade(style: HeadlineStyle, head: HeadlineBlock) -> int:
    """The index of the headline's size among the sizes allowed; 0 is the largest."""
    size = next((row.set.size for row in head.rows if row.role is Role.HEADLINE), None)
    return style.sizes.index(size) if size in style.sizes else 0


def measure_headline_block(
    canvas: Canvas, article: Article, style: HeadlineStyle, width: float, height: float | None, sizes: Sequence[float]
) -> HeadlineBlock:
    """The block in one of these sizes, whether or not it fits in `height`."""
    label, ornaments, top = _standing_head(canvas, article, style, width)
    left, over = 0.0, _too_wide(label, width)
    if article.headpiece:
        drawing = _drawing(canvas, article, "headpiece", 0.0, top, style.headpiece * canvas.grid.leading, width / 3)
        ornaments = [*ornaments, drawing]
        left = drawing.width + ORNAMENT_GAP * canvas.grid.em
    rows, too_many = _rows(canvas, article, style, width - left, height, sizes, top)
    over = max(over, too_many)
    foot = max([top, *(row.top + row.height for row in rows), *(o.top + o.height for o in ornaments)])
    summary, summary_top = _summary(canvas, article, width), 0.0
    if summary:
        summary_top = foot + SUMMARY_GAP * canvas.grid.leading
        foot = summary_top + summary.height
    air = style.air * canvas.grid.leading
    lines = math.ceil((foot + air) / canvas.grid.leading - 1e-6)
    return HeadlineBlock(tuple(rows), foot, lines, over, label, tuple(ornaments), summary, summary_top, left)


def set_block_above(canvas: Canvas, article: Article, width: float) -> HeadlineBlock:
    """The horizontal part over the lines of a vertical headline: standing head, headpiece under it."""
    style = canvas.style.headline(article.rank, article.kind)
    label, ornaments, top = _standing_head(canvas, article, style, width)
    if article.headpiece:
        high = style.headpiece * canvas.grid.leading
        drawn = _drawing(canvas, article, "headpiece", 0.0, top, high, width)
        ornaments.append(replace(drawn, x=(width - drawn.width) / 2))
        top += drawn.height + _LABEL_GAP * style.department.size
    return HeadlineBlock((), top, 0, _too_wide(label, width), label, tuple(ornaments))


def set_block_below(canvas: Canvas, article: Article, width: float) -> HeadlineBlock:
    """The horizontal part under the lines of a vertical headline: the summary."""
    summary = _summary(canvas, article, width)
    top = SUMMARY_GAP * canvas.grid.leading
    return HeadlineBlock((), top + summary.height if summary else 0.0, 0, summary=summary, summary_top=top)


def _too_wide(label: StandingHeadLabel | None, width: float) -> int:
    """The characters by which a standing head is wider than the block."""
    if label is None or label.width <= width + 0.01:
        return 0
    return math.ceil((label.width - width) / label.words.style.size)


def _summary(canvas: Canvas, article: Article, width: float) -> TextBlock | None:
    if not article.summary:
        return None
    indent = canvas.style.text_style("summary").indent
    mark = article.place("summary")
    return set_text_block(canvas, "summary", article.summary, width, mark, indent=indent, owner=article.id)


def _rows(
    canvas: Canvas,
    article: Article,
    style: HeadlineStyle,
    width: float,
    height: float | None,
    sizes: Sequence[float],
    top: float,
) -> tuple[list[HeadlineRow], int]:
    rows: list[HeadlineRow] = []
    over, language = 0, canvas.language(article.id)
    parts: list[tuple[Role, str, DeckStyle | None]] = [
        (Role.KICKER, article.kicker, style.kicker),
        (Role.HEADLINE, article.headline, None),
        (Role.DECK, "" if article.id in canvas.decisions.no_deck else article.deck, style.deck),
    ]
    # a narrow headline beside its text may take as many lines as its area holds
    most = style.max_lines if height is None or height < width else max(style.max_lines, int(height / sizes[-1] / 1.5))
    for role, text, deck in parts:
        if not text:
            continue
        size = deck.size if deck else 0.0
        colour = deck.colour if deck else style.colour
        face = canvas.glyphs.face(deck.face if deck else style.face, language)
        align, lines = (deck.align if deck else None) or style.align, 2 if deck and most == style.max_lines else most
        mark = article.marks.get(role, article.mark)
        if COMPLEX.search(text) or language in LEFTWARD_LANGUAGES:
            fitted = fit_shaped_headline(
                text,
                partial(_headline_runs, canvas, face, mark, language),
                setting_in(LineSetting(indent=0.0, align=align, hyphenate=False), language),
                canvas.faces,
                width_pt=width,
                sizes=[size] if deck else list(sizes),
                max_lines=lines,
                height_pt=height,
                leading=DECK_LEADING if deck else style.leading,
            )
        else:
            fitted = fit_headline(
                text,
                width_pt=width,
                sizes=[size] if deck else list(sizes),
                max_lines=lines,
                face=canvas.faces[face],
                align=align,
                leading=DECK_LEADING if deck else style.leading,
                terms=canvas.setup.terms,
                letterspace=deck is None and not is_western(language),
                tracking_limit=0.0 if is_western(language) else TIGHT,
                language=language,
                cache=canvas.caches.results,
                mark=mark,
            )
        over = max(over, fitted.over)
        leading = fitted.size * (DECK_LEADING if deck else style.leading)
        rows.append(HeadlineRow(role, fitted, face, colour, top, leading, article.marks.get(role, article.mark)))
        top += leading * len(fitted.lines)
    return rows, over


def _headline_runs(
    canvas: Canvas, face: str, mark: SourceLocation | None, language: str, text: str
) -> Sequence[TextRun]:
    return canvas.glyphs.runs([TextRun(text, face)], mark, language)


# Standing heads (栏目) and headpieces (题花).


def _standing_head(
    canvas: Canvas, article: Article, style: HeadlineStyle, width: float
) -> tuple[StandingHeadLabel | None, list[Ornament], float]:
    """The standing head in words, the drawn one, and the top in pt of what stands under it."""
    own = style.department
    if article.standing_head:
        drawn = _drawing(canvas, article, "standing_head", 0.0, 0.0, own.lines * canvas.grid.leading, width)
        return None, [drawn], drawn.height + _LABEL_GAP * own.size
    if not article.department:
        return None, [], 0.0
    runs = [TextRun(article.department, own.face)]
    mark = article.place("department")
    words = set_text_block(canvas, "department", runs, None, mark, size=own.size, owner=article.id)
    padding = own.padding * own.size if own.fill else 0.0
    height = own.size + 2 * padding
    label = StandingHeadLabel(words, 0.0, words.extent + 3 * padding, height)
    return label, [], height + rule_height(canvas.style, own.rule) + _LABEL_GAP * own.size


def _drawing(
    canvas: Canvas, article: Article, field: str, x: float, top: float, height: float, most: float
) -> Ornament:
    """A drawing of the height in the style; lower where it would be wider than `most` (pt)."""
    file: str = getattr(article, field)
    path, mark = canvas.issue.folder / file, article.place(field)
    size, _ = picture_size(path, file, mark)
    ratio = size[0] / size[1] if size and size[1] else 1.0
    width = min(most, height * ratio)
    alt = article.department or article.title if field == "standing_head" else canvas.style.words.get(field, HEADPIECE)
    return Ornament(path, alt, mark, x, top, width, width / ratio)


# Placing.


def place_headline_block(
    canvas: Canvas,
    page: int,
    head: HeadlineBlock,
    article: Article,
    x: float,
    y: float,
    width: float,
    order: int,
    ink: str = "",
) -> None:
    """Puts the block on its page with its top left corner at (x, y) pt; `ink` is the colour of all its type."""
    style = canvas.style.headline(article.rank, article.kind).department
    align = canvas.style.headline(article.rank, article.kind).align
    if head.label:
        label = head.label
        left = x + ((width - label.width) / 2 if align == "center" else 0.0)
        padding = style.padding * style.size if style.fill else 0.0
        if style.fill:
            fill = canvas.style.colour(style.fill)
            canvas.add_boxes(page, [Box("frame", left, y, label.width, label.height, fill=fill, name="department")])
        canvas.add_boxes(page, rule_across(canvas.style, style.rule, x, y + label.height, width, "department_rule"))
        words = _recoloured(label.words, style.colour if style.fill else ink or style.colour)
        top = y + (label.height - label.words.height) / 2
        lines = compose_text_block(canvas, words, left + 1.5 * padding, top)
        canvas.add_frames(page, [Frame(article.id, Role.DEPARTMENT, x, y, width, label.height, lines, order=order)])
    for drawn in head.ornaments:
        place = x + drawn.x, y + drawn.top, drawn.width, drawn.height
        canvas.add_picture(
            page,
            PlacedPicture(str(drawn.file), *place, alt=drawn.alt, article=article.id, mark=drawn.mark, order=order),
        )
    canvas.add_frames(page, _row_frames(canvas, head, article.id, x + head.left, y, width - head.left, order, ink))
    if head.summary:
        top = y + head.summary_top
        lines = compose_text_block(canvas, _recoloured(head.summary, ink), x, top)
        canvas.add_frames(
            page, [Frame(article.id, Role.SUMMARY, x, top, width, head.summary.height, lines, order=order)]
        )


def _recoloured(text_block: TextBlock, ink: str) -> TextBlock:
    return replace(text_block, style=replace(text_block.style, colour=ink)) if ink else text_block


def _row_frames(
    canvas: Canvas, head: HeadlineBlock, article: str, x: float, y: float, width: float, order: int, ink: str
) -> Iterator[Frame]:
    for row in head.rows:
        size = row.set.size
        first = y + row.top + (row.leading - size) / 2 + ASCENT_EM * size
        lines = []
        for number, line in enumerate(row.set.lines):
            spans = tuple(_spans(canvas, row, line, x, ink, canvas.language(article)))
            lines.append(
                PlacedLine(
                    line.text,
                    min(spans[0].xs) if spans else x,
                    first + number * row.leading,
                    line.width,
                    size,
                    spans,
                    paragraph=1,
                    start=line.start,
                    end=line.end,
                    ends_paragraph=number == len(row.set.lines) - 1 and not row.goes_on,
                    mark=row.mark,
                )
            )
        yield Frame(article, row.role, x, y + row.top, width, row.height, tuple(lines), order=order)


def _spans(canvas: Canvas, row: HeadlineRow, line: HeadlineLine, x: float, ink: str, language: str) -> list[Span]:
    """The line as spans, in its face and in the fallback faces of characters that it lacks."""
    spans, at = [], 0
    colour = canvas.style.colour(ink or row.colour)
    if line.pieces:
        return _pieces_as_spans(line, x, colour)
    for text, face in canvas.glyphs.parts(line.text, row.face, row.mark):
        xs = tuple(x + place for place in line.xs[at : at + len(text)])
        span = Span(text, face, row.set.size, xs, colour, scale=line.scale)
        spans += centred_spans(span, canvas.faces[face], language) if language in CENTRED_LANGUAGES else [span]
        at += len(text)
    return spans


def _pieces_as_spans(line: HeadlineLine, x: float, colour: Colour) -> list[Span]:
    """The spans of a line with words that are shaped, from left to right."""
    left, size = min(min(piece.xs) for piece in line.pieces), line.size
    spans = []
    for piece in line.pieces:
        xs = tuple(x + line.xs[0] + (at - left) * size for at in piece.xs)
        span = Span(piece.text, piece.face, size * piece.size, xs, colour)
        spans.append(with_glyphs(span, piece, size) if piece.glyphs else span)
    return sorted(spans, key=lambda span: min(span.xs))


def headline_too_long(article: Article, over: int, page: int) -> Problem:
    return Problem(
        "headline-long",
        Message(
            f"《{article.title}》的标题放不进题框，约多 {over} 字",
            f"the headline “{article.title}” is about {counted(over, 'character')} too long for its box",
        ),
        Message(
            f"标题删去约 {over} 字，或把题区加高、加宽",
            f"shorten it by about {counted(over, 'character')}, or make its area higher or wider",
        ),
        article.marks.get("headline", article.mark),
        page=page,
    )
