"""Finished pages read back: what stands where in a PDF, by the origins of its glyphs, in another library.

Of the composition only the frames' rectangles are taken.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pymupdf
from msgspec import Struct

import layout
from layout.composition import Composition, Frame
from layout.text.fonts.faces import load_faces
from layout.units import MM

ISSUES = Path(__file__).parents[2] / "issues"
EM, LEADING, TOP = 9.0, 15.0, 50.0  # of the shipped style: body size, leading, head margin (pt)
LEFT = (210 * MM - 58 * EM) / 2
OPENING, CLOSING = "“‘（〔【〖［｛《〈「『", "”’）〕】〗］｝》〉」』"
PAUSES, STOPS = "、，；：", "。．！？"
FULL = OPENING + CLOSING + PAUSES + STOPS
FACES = load_faces()
HAN = re.compile("[\u4e00-\u9fff]")
TOLERANCE = 0.011  # em; the PDF's numbers are rounded


class Glyph(Struct, frozen=True, dict=True):
    text: str
    x: float  # em from the frame's left edge
    font: str


class PressLine(Struct, frozen=True, dict=True):
    """A line of a body frame; `y` its baseline and `measure` the frame's width, in pt and em."""

    glyphs: tuple[Glyph, ...]
    y: float
    measure: float
    last: bool  # of its paragraph
    article: str

    @property
    def text(self) -> str:
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def indented(self) -> bool:
        first = self.glyphs[0]
        return first.x > (1.4 if first.text in OPENING else 1.9)

    def steps(self) -> Iterator[tuple[str, str, float]]:
        """Neighbours and the distance of their origins, in em."""
        for before, after in pairwise(self.glyphs):
            yield before.text, after.text, after.x - before.x


def read(pdf: Path, pages: Composition) -> list[list[PressLine]]:
    """The lines of each body frame, in the order of reading."""
    flags = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_INHIBIT_SPACES
    columns = []
    with pymupdf.open(pdf) as opened:
        for sheet, page in zip(opened, pages.pages, strict=True):
            glyphs = [
                (char["c"], char["origin"][0] - sheet.trimbox.x0, char["origin"][1] - sheet.trimbox.y0, span)
                for block in sheet.get_text("rawdict", flags=flags)["blocks"]
                for line in block.get("lines", ())
                for span in line["spans"]
                for char in span["chars"]
                if abs(span["size"] - EM) < 0.01
            ]
            bylines = [frame for frame in page.frames if frame.role == "byline"]  # may end a line of text
            glyphs = [glyph for glyph in glyphs if not any(_inside(frame, *glyph[1:3]) for frame in bylines)]
            for frame in sorted(page.frames, key=lambda frame: frame.order):
                if frame.role == "body" and (lines := list(_lines(frame, glyphs))):
                    columns.append(lines)
    return columns


def _inside(frame: Frame, x: float, y: float) -> bool:
    """An opening mark begins half an em to the left of its column."""
    return frame.y <= y <= frame.y + frame.height and frame.x - 0.51 * EM <= x < frame.x + frame.width


def _lines(frame: Frame, glyphs: list[tuple[str, float, float, dict]]) -> Iterator[PressLine]:  # type: ignore[type-arg]
    rows: dict[float, list[Glyph]] = defaultdict(list)
    for text, x, y, span in glyphs:
        if _inside(frame, x, y):
            rows[round(y, 1)].append(Glyph(text, (x - frame.x) / EM, span["font"]))
    ends = {round(line.baseline, 1): line.ends_paragraph for line in frame.lines}
    for y in sorted(rows):
        line = tuple(sorted(rows[y], key=lambda glyph: glyph.x))
        yield PressLine(line, y, frame.width / EM, ends[y], frame.article)


def pressed(folder: Path, out: Path) -> tuple[Composition, list[list[PressLine]]]:
    """The composition of an issue and the lines of its PDF."""
    pages = layout.compose(layout.load(folder))
    pages.write_pdf(out)
    return pages, read(out, pages)


def last_advance(line: PressLine) -> float:
    """Of the last character: half for a mark, what the face says for others."""
    text = line.text[-1]
    if text in CLOSING + PAUSES + STOPS:
        return 0.5
    name = line.glyphs[-1].font.partition("+")[2] or line.glyphs[-1].font
    return FACES[name.removeprefix("Newsletter")].advances[text] / 1000
