"""Pull quotes of a vertical article: vertical lines in larger type between upright rules (rule V11)."""

from __future__ import annotations

from math import ceil

from ....composition import Box, Frame
from ....issue.floats import PullQuote
from ....roles import Role
from ....text.paragraph import Paragraph, TextRun
from ...canvas import Canvas
from ...composed_lines import setting_of
from ...parts.text_block import TextBlock
from ...vertical_lines import composed_vertical_line, vertical_runs
from ..boxes import box_style
from ..pictures import BoxCorners
from ..rules import rule_height


def vertical_quote_lines(canvas: Canvas, quote: PullQuote, measure: float, pitch: float) -> int:
    """The lines `pitch` pt apart that the quote takes in a tier `measure` em high."""
    style = canvas.style.quotes
    width = sum(_width(block) for block in _set(canvas, quote, measure * canvas.grid.em))
    return max(2, ceil((width + (style.air + 2 * style.padding) * canvas.grid.leading) / pitch - 1e-6))


def place_vertical_quote(
    canvas: Canvas, page: int, quote: PullQuote, article: str, box: BoxCorners, order: int
) -> None:
    """Places the quote in the middle of a box that `figure_box` gives; the rules of its box stand at both sides."""
    over = (canvas.grid.leading - canvas.grid.em) / 2
    x, y, width, height = box[0], box[1] + over, box[2], box[3] - 2 * over
    style, leading = canvas.style.quotes, canvas.grid.leading
    blocks = _set(canvas, quote, height)
    inner = sum(map(_width, blocks)) + 2 * style.padding * leading
    right = x + (width + inner) / 2
    if style.box and (frame := box_style(canvas, style.box, quote.mark)):
        fill, stroke = (canvas.style.colour(name) if name else None for name in (frame.fill, frame.stroke))
        if fill or stroke:
            thick = frame.width if stroke else 0.0
            shown = Box("frame", right - inner, y, inner, height, fill=fill, stroke=stroke, stroke_width=thick)
            canvas.add_boxes(page, [shown])
        for name, side in ((frame.top, right), (frame.foot, right - inner)):
            if (rule := canvas.style.rules.get(name)) and rule.width:
                at = side - rule_height(canvas.style, name) if side == right else side
                colour = canvas.style.colour(rule.colour)
                canvas.add_boxes(page, [Box("rule", at, y, rule.width, height, fill=colour, name="box_rule")])
    right -= style.padding * leading
    for block, role in zip(blocks, (Role.PULL_QUOTE, Role.SPEAKER), strict=False):
        own = block.style
        lines = tuple(
            composed_vertical_line(
                line,
                block.paragraph.runs,
                own,
                canvas.style,
                right - (number + 0.5) * own.leading,
                y,
                ends_paragraph=number == len(block.lines) - 1,
                number=1,
                mark=block.mark,
                faces=canvas.faces,
            )
            for number, line in enumerate(block.lines)
        )
        across = _width(block)
        canvas.add_frames(page, [Frame(article, role, right - across, y, across, height, lines, order=order)])
        right -= across


def _width(block: TextBlock) -> float:
    return len(block.lines) * block.style.leading


def _set(canvas: Canvas, quote: PullQuote, height: float) -> list[TextBlock]:
    """The quote and its speaker in lines as long as the tier is high (pt)."""
    texts = [("pull_quote", quote.text.whole, quote.place("text"))]
    if quote.speaker:
        texts.append(("speaker", f"——{quote.speaker}", quote.place("speaker")))
    found = []
    for role, text, mark in texts:
        style = canvas.style.text_style(role)
        language = canvas.language(quote.id)
        runs = vertical_runs(canvas, canvas.glyphs.runs([TextRun(text, style.face)], mark, language))
        paragraph = Paragraph(runs, setting_of(style, language, indent=0.0, vertical=True), canvas.faces)
        measure = height / style.size
        ends = paragraph.break_lines([measure], style.breaking)
        found.append(TextBlock(style, paragraph, tuple(paragraph.lines(ends, [measure])), height, mark))
    return found
