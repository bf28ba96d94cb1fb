"""Set lines (em, from their measure's edge) become composed lines (pt, on the page)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..composition import Line, Span
from ..errors import Mark
from ..style.model import SetText, Style
from ..text.paragraph import Run, SetLine, Setting


def setting(style: SetText, **changes: Any) -> Setting:
    """How the composer is to set this text style."""
    known: dict[str, Any] = {
        "level": style.level,
        "scheme": style.scheme,
        "pairs": style.pairs,
        "line_end": style.line_end,
        "indent": style.indent,
        "hanging_indent": style.hanging,
        "left": style.left,
        "right": style.right,
        "gap": style.gap,
        "align": style.align,
        "hanging_punctuation": style.hang,
        "digit_width": style.digits,
    }
    return Setting(**(known | changes))


def composed_line(
    line: SetLine,
    runs: Sequence[Run],
    text: SetText,
    style: Style,
    x: float,
    baseline: float,
    *,
    ends_paragraph: bool,
    number: int,
    mark: Mark | None = None,
    typed: Sequence[int] = (),
    colours: Mapping[str, str] | None = None,
) -> Line:
    """A line with its measure's left edge at `x` and on `baseline` (pt).

    `typed` maps a character of the set text to its place in the text as typed; `colours` gives a run's `tag` a
    colour of the style's other than the text's own.
    """
    spans = []
    for piece in line.pieces:
        run = runs[piece.run]
        colour = style.colour((colours or {}).get(run.tag, text.colour))
        spans.append(
            Span(
                piece.text,
                piece.face,
                text.size * piece.size,
                [x + at * text.size for at in piece.xs],
                colour,
                rise=piece.rise * text.size,
                link=run.link,
            )
        )
    left = x + line.x * text.size
    start, end = (typed[line.start], typed[line.end]) if typed else (line.start, line.end)
    return Line(
        "".join(span.text for span in spans),
        left,
        baseline,
        line.width * text.size,
        text.size,
        tuple(spans),
        number,
        start,
        end,
        ends_paragraph,
        line.loose,
        mark=mark,
    )
