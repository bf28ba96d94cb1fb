"""Pull quotes (引语摘句): a sentence of the story in larger type between rules, whole lines high."""

from __future__ import annotations

from itertools import accumulate

from msgspec.structs import replace

from ..composition import Frame
from ..issue.insets import PullQuote
from ..text.partition import Breaker
from ..text.printed import Printed, measure
from .boxes import box_style
from .dummy import Dummy
from .passages import Passage, compose_passage, set_passage, whole_lines
from .pictures import Rectangle
from .rules import around


def quote_lines(dummy: Dummy, quote: PullQuote, article: str, width: float) -> int:
    """Whole lines that the quote takes in a column `width` pt wide."""
    style = dummy.style.quotes
    height = sum(passage.height for passage in _passages(dummy, quote, width))
    return whole_lines(dummy, height + (style.air + 2 * style.padding) * dummy.grid.leading)


def place_quote(dummy: Dummy, page: int, quote: PullQuote, article: str, box: Rectangle, order: int) -> None:
    """The quote in the middle of a box; what the box has to spare stands above and below."""
    style, leading = dummy.style.quotes, dummy.grid.leading
    x, y, width, height = box
    passages = _passages(dummy, quote, width)
    inner = sum(passage.height for passage in passages) + 2 * style.padding * leading
    top = y + (height - inner) / 2
    inset = 0.0
    if style.box and (frame := box_style(dummy, style.box, quote.mark)):
        dummy.add_boxes(page, around(dummy.style, frame, x, top, width, inner))
        inset = _inset(dummy)
    top += style.padding * leading
    for passage, role in zip(passages, ("pull_quote", "speaker"), strict=False):
        lines = compose_passage(dummy, passage, x + inset, top)
        dummy.add_frames(
            page, [Frame(article, role, x + inset, top, width - 2 * inset, passage.height, lines, order=order)]
        )
        top += passage.height


def _passages(dummy: Dummy, quote: PullQuote, width: float) -> list[Passage]:
    room = width - 2 * (_inset(dummy) if dummy.style.quotes.box else 0.0)
    found = [_by_sense(dummy, set_passage(dummy, "pull_quote", quote.text.whole, room, quote.place("text")), quote)]
    if quote.speaker:
        found.append(set_passage(dummy, "speaker", f"——{quote.speaker}", room, quote.place("speaker")))
    return found


def _by_sense(dummy: Dummy, passage: Passage, quote: PullQuote) -> Passage:
    """The quote in no more lines than it takes, but broken between words as headlines are, or at the editor's |."""
    text, style = passage.paragraph.text, passage.style
    parts = quote.text.split("|")
    breaks = tuple(accumulate(len(part) for part in parts[:-1]))
    words = Printed(text, tuple(range(len(text))), frozenset(), breaks)
    measured = passage.width / style.size
    breaker = Breaker(measure(words, dummy.faces[style.face], style.gap), terms=dummy.terms, cache=dummy.known)
    found = breaker.fewest([measured], max(len(passage.lines), len(parts)))
    if found is None:
        return passage
    try:
        lines = passage.paragraph.lines([end for _, end in breaker.lines(found[1])], [measured])
    except ValueError:  # a | where no line may end
        return passage
    made = replace(passage, lines=tuple(lines))
    return passage if made.over() else made


def _inset(dummy: Dummy) -> float:
    """What the box of quotes keeps free at the left and right, pt: nothing where it has only rules above and below."""
    box = dummy.style.boxes.get(dummy.style.quotes.box)
    return box.padding * dummy.grid.em if box and (box.fill or box.stroke or box.rule) else 0.0
