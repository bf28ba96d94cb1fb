"""Set lines (em, from their measure's edge) become composed lines (pt, on the page)."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from ..composition import Colour, DrawnShape, PlacedLine, Span, SpanGlyph
from ..errors import SourceLocation
from ..style.grid import ASCENT_EM
from ..style.model import Style
from ..style.texts import ResolvedTextStyle
from ..text.fonts.faces import Face
from ..text.language import DEFAULT_LANGUAGE
from ..text.language_classes import CENTRED_LANGUAGES, centred_marks, is_western
from ..text.paragraph import LinePiece, LineSetting, SetLine, TextRun
from ..text.setting import setting_in

RUBY_ABOVE, RUBY_BELOW = 0.0, 0.22  # em of the text between it and a reading; em of the reading under its baseline
DOT, DOT_BELOW = 0.075, 0.34  # radius of an emphasis dot and how far its middle lies under the baseline, em (rule J6)
_HALF_EM = 0.5  # em
BEZIER_CIRCLE = 0.5523  # of the radius: distance of a cubic's control points from the ends of a quarter circle


_settings: dict[tuple[object, ...], tuple[ResolvedTextStyle, LineSetting]] = {}


def setting_of(
    style: ResolvedTextStyle, language: str = DEFAULT_LANGUAGE, measure: float | None = None, **changes: Any
) -> LineSetting:
    """The line setting of a text style in a language with these changes; paragraphs of equal style, language and
    changes share one object. `measure` (em) matters to languages that are set ragged in narrow columns."""
    key = id(style), language, measure if language != DEFAULT_LANGUAGE else None, *changes.items()
    known = _settings.get(key)
    if known is None or known[0] is not style:
        if len(_settings) >= 256:
            _settings.clear()
        known = _settings[key] = style, setting_in(_setting(style, changes), language, measure)
    return known[1]


def _setting(style: ResolvedTextStyle, changes: dict[str, Any]) -> LineSetting:
    known: dict[str, Any] = {
        "level": style.level,
        "scheme": style.scheme,
        "pairs": style.pairs,
        "line_end": style.line_end,
        "line_start": style.line_start,
        "indent": style.indent,
        "hanging_indent": style.hanging,
        "left": style.left,
        "right": style.right,
        "gap": style.gap,
        "gap_most": style.gap_most,
        "word_space": style.word_space,
        "interpunct": style.interpunct,
        "tight": style.tight,
        "hyphenate": style.hyphenate,
        "align": style.align,
        "hanging_punctuation": style.hang,
        "digit_width": style.digits,
        "ruby": style.ruby,
    }
    return LineSetting(**(known | changes))


def composed_line(
    line: SetLine,
    runs: Sequence[TextRun],
    text: ResolvedTextStyle,
    style: Style,
    x: float,
    baseline: float,
    *,
    ends_paragraph: bool,
    number: int,
    mark: SourceLocation | None = None,
    typed: Sequence[int] = (),
    colours: Mapping[str, str] | None = None,
    faces: Mapping[str, Face] | None = None,
    language: str = DEFAULT_LANGUAGE,
) -> PlacedLine:
    """A line with its measure's left edge at `x` and on `baseline` (pt).

    `typed` maps a character of the set text to its place in the text as typed; `colours` gives a run's `tag` a
    colour of the style in place of the text's own. Lines with ruby or digits of ½ em need `faces`. `language`
    is the paragraph's.
    """
    spans: list[Span] = []
    size, half, tagged = text.size, text.digits == _HALF_EM, colours or {}
    centred = CENTRED_LANGUAGES if faces else frozenset()
    for piece in line.pieces:
        run = runs[piece.run]
        blank = piece.text.isspace()
        colour = style.colour(text.colour if blank else tagged.get(run.tag, text.colour))
        xs = [x + at * size for at in piece.xs]
        if half and faces and not piece.glyphs:
            xs = _half_digits(piece, xs, size, faces)
        # an array takes a quarter of a list's memory; most numbers of a composition are these
        own = size * (1.0 if blank else piece.size)  # white space has the text's own size
        span = Span(
            piece.text,
            piece.face,
            own,
            array("d", xs),
            colour,
            piece.rise * size,
            1.0,
            False,
            run.link,
            half,
            is_western(run.language or language),
            run.language if run.language != language else "",
        )
        if piece.glyphs:
            spans.append(with_glyphs(span, piece, size))
        elif (run.language or language) in centred and faces:
            spans += centred_spans(span, faces[piece.face], run.language or language)
        else:
            spans.append(span)
        if piece.ruby and faces:
            spans.append(_ruby(piece, text, x, colour, faces))
    if any(span.glyphs for span in spans):  # words of a line that runs leftward are painted from left to right
        spans.sort(key=lambda span: min(span.xs))
    left = x + line.x * size
    start, end = (typed[line.start], typed[line.end]) if typed else (line.start, line.end)
    return PlacedLine(
        line.text,  # without ruby
        left,
        baseline,
        line.width * size,
        size,
        tuple(spans),
        number,
        start,
        end,
        ends_paragraph,
        line.loose,
        False,
        mark,
    )


def with_glyphs(span: Span, piece: LinePiece, size: float) -> Span:
    """The span of a shaped word with its glyphs; `size` is that of the text in pt."""
    glyphs = [SpanGlyph(one.number, one.x * size, one.y * size, one.advance, one.text) for one in piece.glyphs]
    return replace(span, glyphs=tuple(glyphs), leftward=piece.leftward)


def centred_spans(span: Span, face: Face, language: str) -> list[Span]:
    """A span divided at the marks that stand in the middle of their cell in a language, these moved there where the face
    has them at one side (rule L1)."""
    marks, spans, start = centred_marks(language), [], 0
    for at, character in enumerate(span.text):
        right, up = face.centring(character) if character in marks else (0.0, 0.0)
        if not (right or up):
            continue
        if start < at:
            spans.append(replace(span, text=span.text[start:at], xs=span.xs[start:at]))
        x, rise = span.xs[at] + right * span.size, span.rise + up * span.size
        spans.append(replace(span, text=character, xs=array("d", [x]), rise=rise))
        start = at + 1
    if start < len(span.text):
        spans.append(replace(span, text=span.text[start:], xs=span.xs[start:]))
    return spans


def _half_digits(piece: LinePiece, xs: list[float], size: float, faces: Mapping[str, Face]) -> list[float]:
    """A digit of ½ em fills its cell; one of a face that has no such form stands in the middle of it."""
    face = faces[piece.face]
    forms = face.forms("hwid")
    return [
        at + (_HALF_EM - face.advance(forms[character]) / 1000) / 2 * size if character in "0123456789" else at
        for character, at in zip(piece.text, xs, strict=True)
    ]


def _ruby(piece: LinePiece, text: ResolvedTextStyle, x: float, colour: Colour, faces: Mapping[str, Face]) -> Span:
    """The reading over a piece, from its left edge on, centred by the composer (rule J7)."""
    size = piece.ruby_size * text.size
    advances = faces[piece.face].advances
    xs, at = [], x + piece.ruby_x * text.size
    for character in piece.ruby:
        xs.append(at)
        at += advances[character] * size / 1000
    rise = (ASCENT_EM + RUBY_ABOVE) * text.size * piece.size + RUBY_BELOW * size
    return Span(piece.ruby, piece.face, size, xs, colour, rise=rise)


def emphasis_dots(
    line: SetLine, composed: PlacedLine, text: ResolvedTextStyle, style: Style, x: float
) -> list[DrawnShape]:
    """The emphasis dots (着重号) under a line whose measure begins at `x`, in pt on the page (rule J6)."""
    dots = [dot for piece in line.pieces for dot in piece.dots]
    if not dots:
        return []
    size = text.size
    y = composed.baseline + DOT_BELOW * size
    colour = style.colour(text.colour)
    return [_disc(x + dot * size, y, DOT * size, colour) for dot in dots]


def _disc(x: float, y: float, radius: float, colour: Colour) -> DrawnShape:
    bow = BEZIER_CIRCLE * radius
    path: list[tuple[str | float, ...]] = [("m", x + radius, y)]
    for ax, ay, bx, by in ((1, 0, 0, 1), (0, 1, -1, 0), (-1, 0, 0, -1), (0, -1, 1, 0)):
        first, second = (
            (x + ax * radius + bx * bow, y + ay * radius + by * bow),
            (x + bx * radius + ax * bow, y + by * radius + ay * bow),
        )
        path.append(("c", *first, *second, x + bx * radius, y + by * radius))
    return DrawnShape((*path, ("h",)), colour)
