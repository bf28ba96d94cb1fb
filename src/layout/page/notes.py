"""The editor's note (编者按) over a story: in a box across the columns that begin it, where the style has one."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from ..composition import Frame, Line
from ..issue.body import Block as BodyBlock
from ..issue.model import Article
from ..style.model import Style
from ..style.texts import SetText
from ..text.paragraph import Run
from .boxes import box_style
from .columns import Column
from .dummy import Dummy
from .passages import Passage, compose_passage, set_passage, whole_lines
from .rules import around

GAP = "\u3000"  # after the label
BOX = ROLE = "editors_note"


def is_boxed(style: Style) -> bool:
    """Whether notes stand in a box of their own; else they are the first paragraphs of the text."""
    return BOX in style.boxes


def note_runs(style: Style, text: SetText, block: BodyBlock, first: bool) -> tuple[list[Run], int]:
    """A paragraph of the note, the first behind the style's label unless it was typed; and the label's length."""
    runs = [
        Run(run.text, text.bold if run.bold else text.kai if run.kai else text.face, run.dots, run.ruby, link=run.link)
        for run in block.runs
    ]
    label = style.words.get(ROLE, "")
    if not first or not label or block.text.startswith(label):
        return runs, 0
    face = style.text_style("note_label").face
    return [Run(label, face, tag="note_label"), Run(GAP, text.face), *runs], len(label) + len(GAP)


def set_note(dummy: Dummy, article: Article, columns: list[Column], pages: list[int], order: int) -> list[Column]:
    """Sets a boxed note across the columns that begin the text; what is left of them."""
    if not article.editors_note or not is_boxed(dummy.style):
        return columns
    box = box_style(dummy, BOX, article.place("editors_note"))
    assert box is not None
    grid = dummy.grid
    over = [c for c in columns if c.area == columns[0].area and c.line == columns[0].line]
    start, end = over[0].start, over[-1].start + over[-1].measure
    padding = box.padding * grid.em
    x, y, width = grid.x(start), grid.y(over[0].line), (end - start) * grid.em
    passages = _passages(dummy, article, width - 2 * padding)
    inner = sum(passage.height for passage in passages) + 2 * padding
    inset = (grid.leading - grid.em) / 2
    dummy.add_boxes(pages[0], around(dummy.style, box, x, y + inset, width, inner))
    top, lines = y + inset + padding, list[Line]()
    for number, passage in enumerate(passages, 1):
        lines += compose_passage(dummy, passage, x + padding, top, number=number, colours=dummy.tag_colours)
        top += passage.height
    frame = x + padding, y + inset + padding, width - 2 * padding, inner - 2 * padding
    dummy.add_frames(pages[0], [Frame(article.id, ROLE, *frame, tuple(lines), order=order)])
    taken = whole_lines(dummy, inner + inset + grid.leading / 2)
    return [c.without_head(taken) if c in over else c for c in columns]


def _passages(dummy: Dummy, article: Article, width: float) -> Sequence[Passage]:
    style = dummy.style.text_style(ROLE)
    box = dummy.style.boxes[BOX]
    made = []
    for index, block in enumerate(article.editors_note.blocks):
        runs, _ = note_runs(dummy.style, style, block, index == 0)
        passage = set_passage(dummy, ROLE, runs, width, block.mark, indent=style.indent, left=0.0, right=0.0)
        made.append(replace(passage, style=replace(passage.style, colour=box.text)) if box.text else passage)
    return made
