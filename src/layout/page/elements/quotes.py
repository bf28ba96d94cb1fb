"""Pull quotes (引语摘句): a sentence of the story in larger type between rules, whole lines high."""

from __future__ import annotations

from itertools import accumulate

from msgspec.structs import replace

from ...composition import Frame
from ...issue.floats import PullQuote
from ...roles import Role
from ...text.headline.breaking import HeadlineBreaker
from ...text.headline.printed import PrintedHeadline, measure_headline
from ...text.language_classes import is_western
from ..canvas import Canvas
from ..parts.text_block import TextBlock
from .boxes import box_style
from .composer import WholeComposer
from .pictures import BoxCorners
from .rules import rules_around
from .text_blocks import compose_text_block, set_text_block, whole_lines


def quote_lines(canvas: Canvas, quote: PullQuote, article: str, width: float) -> int:
    """The whole lines of the quote at a `width` in pt."""
    style = canvas.style.quotes
    height = sum(text_block.height for text_block in _text_blocks(canvas, quote, width))
    return whole_lines(canvas, height + (style.air + 2 * style.padding) * canvas.grid.leading)


def place_quote(canvas: Canvas, page: int, quote: PullQuote, article: str, box: BoxCorners, order: int) -> None:
    """Places the quote in the vertical middle of a box."""
    style, leading = canvas.style.quotes, canvas.grid.leading
    x, y, width, height = box
    text_blocks = _text_blocks(canvas, quote, width)
    inner = sum(text_block.height for text_block in text_blocks) + 2 * style.padding * leading
    top = y + (height - inner) / 2
    float_ = 0.0
    if style.box and (frame := box_style(canvas, style.box, quote.mark)):
        canvas.add_boxes(page, rules_around(canvas.style, frame, x, top, width, inner))
        float_ = _inset(canvas)
    top += style.padding * leading
    for text_block, role in zip(text_blocks, (Role.PULL_QUOTE, Role.SPEAKER), strict=False):
        lines = compose_text_block(canvas, text_block, x + float_, top)
        canvas.add_frames(
            page, [Frame(article, role, x + float_, top, width - 2 * float_, text_block.height, lines, order=order)]
        )
        top += text_block.height


def _text_blocks(canvas: Canvas, quote: PullQuote, width: float) -> list[TextBlock]:
    room = width - 2 * (_inset(canvas) if canvas.style.quotes.box else 0.0)
    text = set_text_block(canvas, "pull_quote", quote.text.whole, room, quote.place("text"), owner=quote.id)
    found = [_by_sense(canvas, text, quote)]
    if quote.speaker:
        speaker = f"{'—' if is_western(canvas.language(quote.id)) else '——'}{quote.speaker}"
        found.append(set_text_block(canvas, "speaker", speaker, room, quote.place("speaker"), owner=quote.id))
    return found


def _by_sense(canvas: Canvas, text_block: TextBlock, quote: PullQuote) -> TextBlock:
    """The quote in its least number of lines, broken between words as headlines are, or at the editor's `|`."""
    text, style = text_block.paragraph.text, text_block.style
    parts = quote.text.split("|")
    breaks = tuple(accumulate(len(part) for part in parts[:-1]))
    words = PrintedHeadline(text, tuple(range(len(text))), frozenset(), breaks)
    measured = text_block.width / style.size
    breaker = HeadlineBreaker(
        measure_headline(words, canvas.faces[style.face], style.gap),
        terms=canvas.setup.terms,
        cache=canvas.caches.results,
    )
    found = breaker.fewest([measured], max(len(text_block.lines), len(parts)))
    if found is None:
        return text_block
    try:
        lines = text_block.paragraph.lines([end for _, end in breaker.lines(found[1])], [measured])
    except ValueError:  # a | where no line may end
        return text_block
    made = replace(text_block, lines=tuple(lines))
    return text_block if made.over() else made


def _inset(canvas: Canvas) -> float:
    """The padding at left and right of the box of quotes in pt; 0 where it has only rules above and below."""
    box = canvas.style.boxes.get(canvas.style.quotes.box)
    return box.padding * canvas.grid.em if box and (box.fill or box.stroke or box.rule) else 0.0


COMPOSER = WholeComposer(quote_lines, place_quote)
