"""Setting lines in a face whose Han are 1 em and whose letters and digits are ½ em, so that a test is arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from layout.text.fonts.faces import load_faces
from layout.text.paragraph import LineSetting, Paragraph, SetLine, TextRun

FACES = load_faces({"Square": Path(__file__).parent.parent / "fonts" / "Square.ttf"})
HALF, FULL = 0.5, 1.0
PLAIN = {"indent": 0.0, "gap": 0.25}
Text = str | Sequence[TextRun]


def paragraph(text: Text, **setting: object) -> Paragraph:
    runs = [TextRun(text, "Square")] if isinstance(text, str) else text
    return Paragraph(runs, LineSetting(**{**PLAIN, **setting}), FACES)  # type: ignore[arg-type]


def compose(text: Text, *measures: float, breaking: str = "first-fit", **setting: object) -> list[SetLine]:
    """The lines of a text; without an indent unless the setting has one."""
    p = paragraph(text, **setting)
    return p.lines(p.break_lines(measures, breaking), measures)  # type: ignore[call-overload, no-any-return]


def texts(text: Text, *measures: float, **setting: object) -> list[str]:
    return [line.text for line in compose(text, *measures, **setting)]  # type: ignore[arg-type]


def glyphs(line: SetLine) -> list[tuple[str, float]]:
    """Each character of a line with its origin."""
    return [(c, round(x, 4)) for piece in line.pieces for c, x in zip(piece.text, piece.xs, strict=True)]


def origins(line: SetLine) -> list[float]:
    return [x for _, x in glyphs(line)]


def origin(line: SetLine, character: str) -> float:
    return next(x for c, x in glyphs(line) if c == character)


def steps(line: SetLine) -> list[float]:
    """The distance from each origin to the next."""
    xs = origins(line)
    return [round(after - before, 4) for before, after in pairwise(xs)]


def solid(text: Text, **setting: object) -> SetLine:
    """The text on one line wide enough for it."""
    (line,) = compose(text, 1000, **setting)
    return line
