"""The editor's note (编者按) over a story: in a box across the columns that begin it, where the style has one."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from ...composition import Box, DrawnShape, Frame, PlacedLine
from ...issue.body import Block as BodyBlock
from ...issue.body import Run
from ...issue.model import Article
from ...roles import Role
from ...style.model import Style
from ...style.texts import ResolvedTextStyle
from ...text.paragraph import TextRun
from ..canvas import Canvas
from ..composed_lines import emphasis_dots
from ..map.columns import Column
from ..parts.text_block import TextBlock
from ..text_lines import has_lines, text_lines
from .boxes import box_style
from .rules import rules_around
from .text_blocks import compose_text_block, set_text_block, whole_lines

_GAP = "\u3000"  # after the label
BOX = ROLE = Role.EDITORS_NOTE


def is_boxed(style: Style) -> bool:
    """Whether the style has a box for notes; else they are the first paragraphs of the text."""
    return BOX in style.boxes


def text_run(run: Run, face: str, tag: str = "") -> TextRun:
    """A run of a body in its face."""
    return TextRun(
        run.text,
        face,
        run.dots,
        run.ruby,
        link=run.link,
        tag=tag,
        language=run.lang,
        line=run.line,
        span=run.span,
        struck=run.struck,
        whole=run.whole,
    )


def note_runs(
    style: Style, text: ResolvedTextStyle, block: BodyBlock, first: bool, language: str
) -> tuple[list[TextRun], int]:
    """The runs of a paragraph of the note, and the length of the style's label before the first unless it was typed."""
    runs = [text_run(run, text.bold if run.bold else text.kai if run.kai else text.face) for run in block.runs]
    label = style.word(ROLE, "", language)
    if not first or not label or block.text.startswith(label):
        return runs, 0
    face = style.text_style("note_label").face
    return [TextRun(label, face, tag="note_label"), TextRun(_GAP, text.face), *runs], len(label) + len(_GAP)


def set_note(canvas: Canvas, article: Article, columns: list[Column], pages: list[int], order: int) -> list[Column]:
    """Places a boxed note across the columns that begin the text; returns the columns below it."""
    if not article.editors_note or not is_boxed(canvas.style):
        return columns
    box = box_style(canvas, BOX, article.place("editors_note"))
    assert box is not None
    grid = canvas.grid
    over = [c for c in columns if c.area == columns[0].area and c.line == columns[0].line]
    start, end = over[0].start, over[-1].start + over[-1].measure
    padding = box.padding * grid.em
    x, y, width = grid.x(start), grid.y(over[0].line), (end - start) * grid.em
    text_blocks = _text_blocks(canvas, article, width - 2 * padding)
    inner = sum(text_block.height for text_block in text_blocks) + 2 * padding
    float_ = (grid.leading - grid.em) / 2
    canvas.add_boxes(pages[0], rules_around(canvas.style, box, x, y + float_, width, inner))
    top, lines = y + float_ + padding, list[PlacedLine]()
    for number, text_block in enumerate(text_blocks, 1):
        placed = compose_text_block(
            canvas, text_block, x + padding, top, number=number, colours=canvas.setup.tag_colours
        )
        canvas.add_boxes(pages[0], _drawn(canvas, text_block, placed, x + padding))
        lines += placed
        top += text_block.height
    frame = x + padding, y + float_ + padding, width - 2 * padding, inner - 2 * padding
    canvas.add_frames(pages[0], [Frame(article.id, ROLE, *frame, tuple(lines), order=order)])
    taken = whole_lines(canvas, inner + float_ + grid.leading / 2)
    return [c.without_head(taken) if c in over else c for c in columns]


def _drawn(canvas: Canvas, block: TextBlock, placed: Sequence[PlacedLine], x: float) -> list[Box]:
    """The emphasis dots of a text block, and the lines under and through its text."""
    style, runs, shapes = canvas.style, block.paragraph.runs, list[DrawnShape]()
    for line, composed in zip(block.lines, placed, strict=True):
        shapes += emphasis_dots(line, composed, block.style, style, x)
        if has_lines(runs):
            shapes += text_lines(line, runs, composed, block.style, style, x, canvas.faces, canvas.setup.tag_colours)
    box = Box("drawing", 0.0, 0.0, style.sheet.width, style.sheet.height, shapes=tuple(shapes), name="text_lines")
    return [box] if shapes else []


def _text_blocks(canvas: Canvas, article: Article, width: float) -> Sequence[TextBlock]:
    style = canvas.style.text_style(ROLE)
    box = canvas.style.boxes[BOX]
    made = []
    for index, block in enumerate(article.editors_note.blocks):
        runs, _ = note_runs(canvas.style, style, block, index == 0, canvas.language(article.id))
        changes: dict[str, float] = {"indent": style.indent, "left": 0.0, "right": 0.0}
        text_block = set_text_block(canvas, ROLE, runs, width, block.mark, owner=article.id, **changes)
        made.append(replace(text_block, style=replace(text_block.style, colour=box.text)) if box.text else text_block)
    return made
