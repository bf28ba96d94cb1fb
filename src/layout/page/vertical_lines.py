"""Set lines become vertical lines on the page: cells under each other, readings and emphasis dots at the right (rules
V1, V4 to V8)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from ..composition import Colour, DrawnShape, PlacedLine, Span
from ..errors import SourceLocation
from ..style.model import Style
from ..style.texts import ResolvedTextStyle
from ..text.fonts.faces import Face
from ..text.paragraph import LinePiece, SetLine, TextRun
from ..text.vertical import WIDEST_ACROSS, is_turned, parts_of, with_units, with_vertical_marks
from .canvas import Canvas
from .composed_lines import DOT, disc

DOT_BESIDE = 0.62  # em between the middle of a line and that of an emphasis dot at its right (rule V7)
RUBY_BESIDE = 0.02  # em of the text between it and a reading at its right (rule V8)


def vertical_runs(canvas: Canvas, runs: Sequence[TextRun]) -> list[TextRun]:
    """The runs of a vertical paragraph: units upright in their cells, marks in a face with forms for them."""
    return with_units(with_vertical_marks(runs, canvas.faces, canvas.style.fallback))


def composed_vertical_line(
    line: SetLine,
    runs: Sequence[TextRun],
    text: ResolvedTextStyle,
    style: Style,
    middle: float,
    top: float,
    *,
    ends_paragraph: bool,
    number: int,
    faces: Mapping[str, Face],
    mark: SourceLocation | None = None,
    typed: Sequence[int] = (),
    colours: Mapping[str, str] | None = None,
) -> PlacedLine:
    """A line whose cells are centred on x = `middle`, its measure's head at y = `top` (pt); else as `composed_line`."""
    spans: list[Span] = []
    size, tagged = text.size, colours or {}
    for piece in line.pieces:
        run = runs[piece.run]
        colour = style.colour(text.colour if piece.text.isspace() else tagged.get(run.tag, text.colour))
        spans += _spans(piece, run, text, top, colour, faces[piece.face])
        if piece.ruby:
            spans += _ruby(piece, text, top, colour, faces[piece.face])
    start, end = (typed[line.start], typed[line.end]) if typed else (line.start, line.end)
    return PlacedLine(
        line.text,
        middle,
        top + line.x * size,
        line.width * size,
        size,
        tuple(spans),
        number,
        start,
        end,
        ends_paragraph,
        line.loose,
        True,
        mark,
    )


def _spans(
    piece: LinePiece, run: TextRun, text: ResolvedTextStyle, top: float, colour: Colour, face: Face
) -> Iterator[Span]:
    size = text.size * (1.0 if piece.text.isspace() else piece.size)
    for orientation, start, end in parts_of(piece.text, run.cells, face):
        letters, ys = piece.text[start:end], [top + at * text.size for at in piece.xs[start:end]]
        scale = 1.0
        if orientation == "across":
            ys = [ys[0]] * len(letters)
            width = sum(face.advances[letter] for letter in letters) / 1000
            scale = min(1.0, WIDEST_ACROSS[min(len(letters), 3)] / width) if width else 1.0
        elif orientation == "upright" and run.cells:
            first = top + piece.xs[0] * text.size + (start and size)  # under digits that share a cell
            ys = [first + place * size for place in range(len(letters))]
        elif orientation == "upright":  # a cell is an em high, whatever the letter's width
            ys = [
                y + (face.advances[letter] / 1000 - 1) / 2 * size if 0 < face.advances[letter] < 1000 else y
                for letter, y in zip(letters, ys, strict=True)
            ]
        rise = piece.rise * text.size
        turned, across = orientation == "turned", orientation == "across"
        yield Span(letters, piece.face, size, ys, colour, rise, scale, turned, run.link, across=across)


def _ruby(piece: LinePiece, text: ResolvedTextStyle, top: float, colour: Colour, face: Face) -> Iterator[Span]:
    """The reading at the right of a piece; Western letters lie on their side, others stand upright (rule V8)."""
    size = piece.ruby_size * text.size
    rise = (piece.size / 2 + RUBY_BESIDE) * text.size + size / 2
    at = top + piece.ruby_x * text.size
    for turned, group in groupby(piece.ruby, key=lambda character: is_turned(character, face)):
        letters, ys = "".join(group), []
        for letter in letters:
            ys.append(at)
            at += face.advances[letter] * size / 1000
        yield Span(letters, piece.face, size, ys, colour, rise=rise, turned=turned)


def emphasis_dots_beside(
    line: SetLine, composed: PlacedLine, text: ResolvedTextStyle, style: Style, top: float
) -> list[DrawnShape]:
    """The emphasis dots at the right of a line whose measure begins at `top`, in pt on the page (rule V7)."""
    size, colour = text.size, style.colour(text.colour)
    return [
        disc(composed.x + DOT_BESIDE * size, top + dot * size, DOT * size, colour)
        for piece in line.pieces
        for dot in piece.dots
    ]
