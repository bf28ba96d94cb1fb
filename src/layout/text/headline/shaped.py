"""Headlines with words that are shaped: set as paragraphs, in the largest size that fits, lines as even as can be."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ..paragraph import ComposerFace, LineSetting, Paragraph, SetLine, TextRun
from .fitting import FittedHeadline, HeadlineLine

_EXCESS = 0.01  # em by which a line may be too wide
_STEPS = 8  # halvings of the measure in search of the narrowest


def fit_shaped_headline(
    text: str,
    runs_of: Callable[[str], Sequence[TextRun]],
    setting: LineSetting,
    faces: Mapping[str, ComposerFace],
    *,
    width_pt: float,
    sizes: Sequence[float],
    max_lines: int,
    height_pt: float | None = None,
    leading: float = 1.2,
) -> FittedHeadline:
    """As `fit_headline`, for any script that lines of a paragraph can hold (rule S8).

    It is broken at `|` where each part fits in a line, else between words. Words keep their letters' widths and places:
    nothing is tracked or scaled. `over` counts the characters of lines that do not fit at the smallest size.
    """
    parts = [part.strip() for part in text.split("|")]
    whole = Paragraph(runs_of(" ".join(parts)), setting, faces)
    fixed = [Paragraph(runs_of(part), setting, faces) for part in parts]
    for size in sorted(sizes, reverse=True):
        measure = width_pt / size
        allowed = max_lines if height_pt is None else min(max_lines, int((height_pt / size - 1) / leading + 1.01))
        for paragraphs in ([fixed] if 1 < len(fixed) <= allowed else []) + [[whole]]:
            lines = [one for paragraph in paragraphs for one in _even_lines(paragraph, measure)]
            if len(lines) <= max(allowed, 1) and all(line.width <= measure + _EXCESS for line in lines):
                return _fitted(lines, size, measure)
    lines = _even_lines(whole, measure)
    wide = [line for line in lines if line.width > measure + _EXCESS]
    over = sum(len(line.text) for line in lines[max(allowed, 1) :]) + sum(
        max(1, round(len(line.text) * (1 - measure / line.width))) for line in wide
    )
    return _fitted(lines, size, measure, over)


def _even_lines(paragraph: Paragraph, measure: float) -> list[SetLine]:
    """The fewest lines, in the narrowest measure that holds so many of them, but placed in the whole one."""
    ends = paragraph.break_lines([measure])
    narrow, wide = measure / max(len(ends), 1), measure
    for _ in range(_STEPS if len(ends) > 1 else 0):
        middle = (narrow + wide) / 2
        closer = paragraph.break_lines([middle])
        if len(closer) <= len(ends) and all(
            line.width <= middle + _EXCESS for line in paragraph.lines(closer, [middle])
        ):
            wide, ends = middle, closer
        else:
            narrow = middle
    return paragraph.lines(ends, [measure])


def _fitted(lines: Sequence[SetLine], size: float, measure: float, over: int = 0) -> FittedHeadline:
    made = []
    for line in lines:
        left = min((min(piece.xs) for piece in line.pieces), default=line.x)
        made.append(
            HeadlineLine(
                line.text,
                (left * size,) * max(len(line.text), 1),
                line.width * size,
                size,
                0.0,
                1.0,
                line.start,
                line.end,
                line.pieces,
            )
        )
    fill = max((line.width / measure for line in lines), default=0.0)
    return FittedHeadline(tuple(made), size, 0.0, 1.0, fill, 0.0, over)
