"""Words shaped by HarfBuzz: glyphs in their order from left to right, with their places (rule S2)."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    import uharfbuzz as hb

_CONTEXT = 4  # characters on either side that can join to a word's first and last letter


class ShapingFace(Protocol):
    """A face as far as the shaper uses it."""

    @property
    def path(self) -> Path: ...


class ShapedGlyph(NamedTuple):
    """A glyph of a word: its number in the font, its origin in thousandths of an em from the word's left edge and
    above the baseline, its advance, and the characters of the word that it stands for (none where another does)."""

    number: int
    x: float
    y: float
    advance: int
    start: int
    end: int


class ShapedWord(NamedTuple):
    """A word in one face and direction; `advance` and `xs`, an origin a character, are in thousandths of an em.
    `space` is the face's, for the white after it."""

    glyphs: tuple[ShapedGlyph, ...]
    advance: float
    xs: tuple[float, ...]
    space: ShapedGlyph


def shape_word(face: ShapingFace, text: str, start: int, end: int, *, leftward: bool, language: str) -> ShapedWord:
    """The characters of `text` from start to end; what stands beside them decides how the outer letters join."""
    before, after = text[max(start - _CONTEXT, 0) : start], text[end : end + _CONTEXT]
    state = face.path.stat()
    return _shaped(face.path, state.st_mtime_ns, text[start:end], before, after, leftward, language)


@lru_cache(maxsize=16384)
def _shaped(path: Path, changed: int, word: str, before: str, after: str, leftward: bool, language: str) -> ShapedWord:
    import uharfbuzz as hb

    font, units = _font(path, changed)
    buffer = hb.Buffer()
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.add_str(before + word + after, len(before), len(word))
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if leftward else "ltr"
    buffer.language = language
    hb.shape(font, buffer)
    number = font.get_nominal_glyph(ord(" ")) or 0
    space = ShapedGlyph(number, 0.0, 0.0, round(font.get_glyph_h_advance(number) * 1000 / units), 0, 0)
    return _word(buffer, len(before), len(word), 1000 / units, leftward, space)


@lru_cache(maxsize=16)
def _font(path: Path, changed: int) -> tuple[hb.Font, int]:
    import uharfbuzz as hb

    face = hb.Face(hb.Blob.from_file_path(str(path)))
    return hb.Font(face), face.upem


def _word(buffer: hb.Buffer, offset: int, size: int, unit: float, leftward: bool, space: ShapedGlyph) -> ShapedWord:
    infos, places = buffer.glyph_infos, buffer.glyph_positions
    starts = sorted({info.cluster - offset for info in infos} | {0, size})
    ends = dict(pairwise(starts))
    glyphs, edges, x = [], dict[int, tuple[float, float]](), 0.0
    shown = set()
    # The first glyph of a cluster in the order of reading stands for its characters.
    order = [*zip(infos, places, strict=True)]
    for info, place in order:
        start = info.cluster - offset
        left, right = edges.get(start, (x, x))
        advance = place.x_advance * unit
        edges[start] = min(left, x), max(right, x + advance)
        glyphs.append(
            ShapedGlyph(
                info.codepoint,
                x + place.x_offset * unit,
                place.y_offset * unit,
                round(advance),
                start,
                start if start in shown else ends[start],
            )
        )
        shown.add(start)
        x += advance
    xs = [0.0] * size
    for start, (left, right) in edges.items():
        count = ends[start] - start
        for at in range(count):
            part = count - 1 - at if leftward else at
            xs[start + at] = left + (right - left) * part / count
    return ShapedWord(tuple(glyphs), x, tuple(xs), space)
