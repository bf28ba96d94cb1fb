"""Setting and composing text blocks: short texts in a width of their own, off the grid."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from ...composition import PlacedLine
from ...errors import SourceLocation
from ...style.grid import ASCENT_EM
from ...text.paragraph import Paragraph, TextRun
from ..canvas import Canvas
from ..composed_lines import composed_line, setting_of
from ..parts.text_block import TextBlock

UNLIMITED_WIDTH = 10_000.0  # em: a measure that holds any line


def set_text_block(
    canvas: Canvas,
    role: str,
    text: str | Sequence[TextRun],
    width: float | None,
    mark: SourceLocation | None,
    *,
    size: float | None = None,
    owner: str = "",
    **changes: Any,
) -> TextBlock:
    """Sets a text in the style of its role into `width` pt, or in one line where that is None.

    `size` (pt) replaces the style's own, and the leading changes in proportion; `changes` are those of `setting_of`. `owner`
    is the article or float whose language the text has; the publication's, where it is empty.
    """
    style = canvas.style.text_style(role)
    if size is not None and size != style.size:
        style = replace(style, size=size, leading=style.leading * size / style.size)
    runs = [TextRun(text, style.face)] if isinstance(text, str) else list(text)
    known = {"indent": 0.0} | changes
    language = canvas.language(owner)
    measure = UNLIMITED_WIDTH if width is None else width / style.size
    if width is None:
        known["align"] = "left"
    setting = setting_of(style, language, measure, **known)
    paragraph = Paragraph(canvas.glyphs.runs(runs, mark, language), setting, canvas.faces)
    ends = paragraph.break_lines([measure], style.breaking) if paragraph.characters else []
    lines = tuple(paragraph.lines(ends, [measure])) if ends else ()
    text_block = TextBlock(style, paragraph, lines, width or 0.0, mark)
    return text_block if width is not None else replace(text_block, width=text_block.extent)


def compose_text_block(
    canvas: Canvas,
    text_block: TextBlock,
    x: float,
    top: float,
    *,
    number: int = 1,
    colours: Mapping[str, str] | None = None,
) -> tuple[PlacedLine, ...]:
    """The block's lines with its top left corner at (x, top) pt; `number` is that of their paragraph."""
    style = text_block.style
    first = top + first_baseline(text_block)
    return tuple(
        composed_line(
            line,
            text_block.paragraph.runs,
            style,
            canvas.style,
            x,
            first + row * style.leading,
            ends_paragraph=row == len(text_block.lines) - 1,
            number=number,
            mark=text_block.mark,
            colours=colours,
            faces=canvas.faces,
            language=text_block.paragraph.setting.language,
        )
        for row, line in enumerate(text_block.lines)
    )


def first_baseline(text_block: TextBlock) -> float:
    """The distance of the first baseline from the block's top in pt."""
    style = text_block.style
    return (style.leading - style.size) / 2 + ASCENT_EM * style.size


def whole_lines(canvas: Canvas, height: float) -> int:
    """The number of lines of the grid that hold `height` pt."""
    return math.ceil(height / canvas.grid.leading - 1e-6)
