"""Lines drawn under or through text: of proper names (专名号), of titles (书名线), underlines, strikes (rules M3–M5)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from math import ceil

from msgspec.structs import replace

from ..composition import DrawnShape, PlacedLine
from ..style.model import Style
from ..style.texts import ResolvedTextStyle
from ..text.fonts.faces import Face
from ..text.paragraph import LinePiece, SetLine, TextRun

# Rule M6. em of the text: how far a line's middle lies under the baseline, how thick it is.
UNDER, UNDER_DESCENDERS, THROUGH, THICK = 0.18, 0.27, -0.38, 0.045
INSET = 0.07  # em by which a name's line is shorter at each end, so that two names that touch are two (CLREQ 专名号)
WAVE, SWING = 0.14, 0.05  # em: length of half a wave, and how far its crest lies from the middle
_TITLE = re.compile("《([^《》]+)》")
_DESCENDERS = re.compile("[gjpqyQ,;()_]")
_OPENING, _CLOSING = frozenset("（《〈「『【〖〔“‘"), frozenset("）》〉」』】〗〕”’，、。；：！？")
_HALF_EM = 0.5


def has_lines(runs: Sequence[TextRun]) -> bool:
    """Whether something is drawn under or through one of the runs."""
    return any(run.line or run.struck for run in runs)


def with_title_lines(runs: Sequence[TextRun]) -> list[TextRun]:
    """The runs with the line of a title under what stands between 《 and 》 (rule M4)."""
    titles = [found.span(1) for found in _TITLE.finditer("".join(run.text for run in runs))]
    if not titles:
        return list(runs)
    found, at = [], 0
    for run in runs:
        cuts = {0, len(run.text)} | {cut - at for title in titles for cut in title if 0 < cut - at < len(run.text)}
        places = sorted(cuts)
        for start, end in pairwise(places):
            inside = next((number for number, (a, b) in enumerate(titles) if a <= at + start and at + end <= b), None)
            part = replace(run, text=run.text[start:end])
            found.append(part if inside is None or run.line else replace(part, line="title", span=-1 - inside))
        at += len(run.text)
    return found


def text_lines(
    line: SetLine,
    runs: Sequence[TextRun],
    composed: PlacedLine,
    text: ResolvedTextStyle,
    style: Style,
    x: float,
    faces: Mapping[str, Face],
    colours: Mapping[str, str] | None = None,
) -> list[DrawnShape]:
    """What is drawn under (M3, M4) and through (M5) a line whose measure begins at `x`, in pt on the page.

    A line is broken where the text is, and goes on under all pieces of one span.
    """
    shapes = []
    for key in (_under, _through):
        for (kind, _), group in groupby(line.pieces, key=lambda piece, key=key: key(runs[piece.run])):  # type: ignore[misc]
            pieces = list(group)
            if kind and _is_drawn(kind, style):
                run = runs[pieces[0].run]
                colour = style.colour(style.text_lines.colour or (colours or {}).get(run.tag, text.colour))
                start, end, down = _extent(kind, pieces, runs, faces)
                size = text.size
                path, thickness = _path(kind, x + start * size, x + end * size, composed.baseline + down * size, size)
                shapes.append(DrawnShape(path, stroke=colour, stroke_width=thickness))
    return shapes


def _under(run: TextRun) -> tuple[str, int]:
    return run.line, 0 if run.line == "underline" else run.span


def _through(run: TextRun) -> tuple[str, int]:
    return "strike" if run.struck else "", 0


def _is_drawn(kind: str, style: Style) -> bool:
    return {"name": style.text_lines.name, "title": style.text_lines.title}.get(kind, "line") != "none"


def _extent(
    kind: str, pieces: Sequence[LinePiece], runs: Sequence[TextRun], faces: Mapping[str, Face]
) -> tuple[float, float, float]:
    """Left and right end of a line in em from the measure's edge, and its middle under the baseline."""
    first, last = pieces[0], pieces[-1]
    start = first.xs[0] + (_HALF_EM * first.size if first.text[0] in _OPENING else 0.0)
    cell = _HALF_EM if last.text[-1] in _CLOSING else faces[last.face].advances[last.text[-1]] / 1000
    end = last.xs[-1] + cell * last.size
    largest = max(piece.size for piece in pieces)
    if kind == "strike":
        return start, end, THROUGH * largest
    dotted = any(runs[piece.run].dots for piece in pieces)
    low = not dotted and any(_DESCENDERS.search(piece.text) for piece in pieces)
    inset = 0.0 if kind == "underline" else INSET
    return start + inset, end - inset, (UNDER_DESCENDERS if low else UNDER) * largest


def _path(
    kind: str, start: float, end: float, y: float, size: float
) -> tuple[tuple[tuple[str | float, ...], ...], float]:
    """The centre line in pt and its thickness; that of a title is wavy and as long in whole half waves."""
    if kind != "title":
        return (("m", start, y), ("l", end, y)), THICK * size
    return (("m", start, y), *_waves(start, end, y, size)), THICK * size


def _waves(start: float, end: float, y: float, size: float) -> Iterator[tuple[str | float, ...]]:
    count = max(2, ceil((end - start) / (WAVE * size) / 2) * 2)
    step = (end - start) / count
    for index in range(count):
        # the middle points of a cubic are 4/3 of the height that its curve reaches
        crest = y + (SWING if index % 2 else -SWING) * size * 4 / 3
        at = start + index * step
        yield "c", at + 0.36 * step, crest, at + 0.64 * step, crest, at + step, y
