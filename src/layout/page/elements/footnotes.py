"""Footnotes (脚注): set smaller under a short rule, at the foot of their column or after their article (rules N2, N4)."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor

from msgspec import Struct
from msgspec.structs import replace

from ...composition import Box, DrawnShape, Frame, PlacedLine
from ...issue.body import Block as BodyBlock
from ...issue.footnotes import sign
from ...issue.model import Article
from ...roles import Role
from ...style.grid import ASCENT_EM
from ...style.model import Style
from ...text.paragraph import TextRun
from ..canvas import Canvas
from ..composed_lines import composed_line, emphasis_dots
from ..parts.text_block import TextBlock
from ..text_lines import has_lines, text_lines, with_title_lines
from .notes import text_run
from .pictures import BoxCorners
from .rules import rule_across
from .text_blocks import set_text_block

MARK_SIZE = 1.12  # of the text's size, for a mark's own superscript size: ⅔ of the text
_SIZE = 0.8  # of the body's, where the style has no text style for notes
_GAP, _BLANK = 0.3, "\u3000"  # em between a note's sign and its words
_CLEAR = 0.4  # lines: least white between the text and the ink of the notes, in whose middle the rule stands


def sign_of(style: Style, number: int) -> str:
    """The sign of a note in the style's form."""
    return {"digits": str(number), "brackets": f"[{number}]"}.get(style.footnotes.sign, sign(number))


class Footnote(Struct, frozen=True):
    """A note in its lines. `paragraph` is the number of its block in the body, from 1."""

    number: int
    paragraph: int
    text: TextBlock
    typed: Sequence[int]

    @property
    def characters(self) -> int:
        return self.text.paragraph.characters


class FootnoteRows:
    """Notes under one rule, a row a line of them; their last line stands on the grid."""

    def __init__(self, canvas: Canvas, notes: Sequence[Footnote]) -> None:
        self.notes = notes
        self.rows = [(note, at) for note in notes for at in range(len(note.text.lines))]
        style = notes[0].text.style
        self._leading, self._ascent = style.leading, ASCENT_EM * style.size
        grid = canvas.grid
        self._under = grid.leading - (grid.baseline(0) - grid.y(0))  # from the last baseline to the foot of its line
        self._line = grid.leading

    @property
    def count(self) -> int:
        return len(self.rows)

    @property
    def characters(self) -> int:
        """The number of characters of the notes, their signs included."""
        return sum(note.characters for note in self.notes)

    @property
    def lines(self) -> int:
        """How many lines of the grid they take."""
        return self.fit(0, 1_000_000)[1]

    def fit(self, begin: int, room: int) -> tuple[int, int]:
        """The rows from `begin` on that fit in `room` lines: the index after the last one, and the lines they take."""
        rest = room * self._line - self._height(1)
        if rest < 0:
            return begin, 0
        end = min(self.count, begin + 1 + floor(rest / self._leading + 1e-6))
        return end, ceil(self._height(end - begin) / self._line - 1e-6)

    def _height(self, rows: int) -> float:
        """The height of so many rows with the white over them, pt."""
        return _CLEAR * self._line + self._ascent + (rows - 1) * self._leading + self._under

    def place(
        self,
        canvas: Canvas,
        page: int,
        begin: int,
        end: int,
        article: str,
        box: BoxCorners,
        order: int,
        *,
        at_head: bool,
        at_foot: bool,
    ) -> None:
        """Sets the rows into a box of whole lines: the last on its last baseline, the rule over the first."""
        x, y, width, height = box
        baseline = y + height - self._under - (end - begin - 1) * self._leading
        top = baseline - self._ascent
        canvas.add_boxes(page, _rule(canvas.style, x, top - _CLEAR * self._line / 2, width))
        lines: list[PlacedLine] = []
        shapes: list[DrawnShape] = []
        colours, faces = canvas.setup.tag_colours, canvas.faces
        for row, (note, at) in enumerate(self.rows[begin:end]):
            text = note.text
            line, runs = text.lines[at], text.paragraph.runs
            placed = composed_line(
                line,
                runs,
                text.style,
                canvas.style,
                x,
                baseline + row * self._leading,
                ends_paragraph=at == len(text.lines) - 1,
                number=note.paragraph,
                mark=text.mark,
                typed=note.typed,
                colours=colours,
                faces=faces,
                language=text.paragraph.setting.language,
            )
            lines.append(placed)
            shapes += emphasis_dots(line, placed, text.style, canvas.style, x)
            if has_lines(runs):
                shapes += text_lines(line, runs, placed, text.style, canvas.style, x, faces, colours)
        if shapes:
            sheet = canvas.style.sheet
            canvas.add_boxes(
                page, [Box("drawing", 0.0, 0.0, sheet.width, sheet.height, shapes=tuple(shapes), name="text_lines")]
            )
        frame = Frame(article, Role.FOOTNOTE, x, top, width, y + height - top, tuple(lines), order=order)
        canvas.add_frames(page, [frame])


def set_footnotes(canvas: Canvas, article: Article, width: float) -> list[Footnote]:
    """The article's notes in lines of `width` pt."""
    blocks = enumerate(article.body.blocks, 1)
    return [_set(canvas, article, block, number, width) for number, block in blocks if block.kind == "note"]


def _set(canvas: Canvas, article: Article, block: BodyBlock, paragraph: int, width: float) -> Footnote:
    style = canvas.style.text_style(Role.FOOTNOTE)
    label = sign_of(canvas.style, block.number)
    size = None if Role.FOOTNOTE in canvas.style.text else style.size * _SIZE
    sign_width = sum(canvas.faces[style.face].advances[character] for character in label) / 1000
    hanging = sign_width + _GAP
    runs = [TextRun(label, style.face, tag="note_sign"), TextRun(_BLANK, style.face, size=_GAP, tag="note_sign")]
    for run in block.runs:
        runs.append(text_run(run, style.bold if run.bold else style.kai if run.kai else style.face))
    if canvas.style.text_lines.brackets:
        runs = with_title_lines(runs)
    known = {"indent": 0.0, "hanging_indent": hanging, "left": 0.0, "right": 0.0}
    text = set_text_block(canvas, Role.FOOTNOTE, runs, width, block.mark, size=size, owner=article.id, **known)
    if ink := canvas.inks.get(article.id, ""):
        text = replace(text, style=replace(text.style, colour=ink))
    return Footnote(block.number, paragraph, text, [*[0] * (len(label) + 1), *block.typed])


def _rule(style: Style, x: float, y: float, width: float) -> list[Box]:
    """The short rule over notes, its middle at `y`."""
    own = style.footnotes
    length = min(width, own.rule_length * style.grid.size)
    if own.rule:
        rule = style.rules.get(own.rule)
        return rule_across(style, own.rule, x, y - (rule.height if rule else 0.0) / 2, length, "footnote_rule")
    if not length:
        return []
    thickness = 0.25
    colour = style.colour("black")
    return [Box("rule", x, y - thickness / 2, length, thickness, fill=colour, name="footnote_rule")]
