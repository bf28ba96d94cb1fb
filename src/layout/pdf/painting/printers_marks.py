"""Printer's marks, in the slug: crop and register marks in all inks, a colour bar, a line that identifies the sheet."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate

from ...composition import Colour, Page, PlacedLine, Span
from ...units import mm
from ..fonts import PdfFace
from ..target import MarkStyle, Target
from .page_content import PageContent

ALL_INKS = Colour(1.0, 1.0, 1.0, 1.0, spot="All")
_PATCH = mm(4)
_PLATES = {
    "Cyan": Colour(1, 0, 0, 0),
    "Magenta": Colour(0, 1, 0, 0),
    "Yellow": Colour(0, 0, 1, 0),
    "Black": Colour(0, 0, 0, 1),
}
_TINTS = (
    Colour(0.5, 0, 0, 0),
    Colour(0, 0.5, 0, 0),
    Colour(0, 0, 0.5, 0),
    Colour(0, 0, 0, 0.5),
    Colour(0.5, 0.4, 0.4, 0),
)
_SIZE = 6.0


def draw_marks(
    content: PageContent, page: Page, target: Target, about: Mapping[str, str], pages: int, face: PdfFace
) -> None:
    """All marks of a page that is painted; each spot colour on it has a patch and its name in its own ink."""
    style = target.mark_style
    near = target.bleed + style.offset
    spots = [colour for colour in content.spots.values() if colour.spot != ALL_INKS.spot]
    _crop_and_register(content, page, near, style)
    if style.colour_bar:
        patch = min(_PATCH, style.length)
        for index, colour in enumerate([*_PLATES.values(), *_TINTS, *spots]):
            x = page.width / 2 + mm(12) + index * patch
            if x + patch < page.width - mm(4):
                content.rectangle(x, -near - patch, patch, patch, colour)
    if style.slug_line:
        message = f"{about.get('title', '')}  {about.get('date', '')}  {page.number}/{pages}"
        baseline = page.height + near + style.length / 2 + 0.36 * _SIZE
        _slug_line(content, message, _PLATES | {colour.spot: colour for colour in spots}, baseline, face)


def _slug_line(
    content: PageContent, message: str, plates: Mapping[str, Colour], baseline: float, face: PdfFace
) -> None:
    """The slug line: title and page on every plate, and the plates' names, each in its own ink."""
    x = mm(8)
    content.begin()
    for text, colour in ((message, ALL_INKS), *plates.items()):
        text = "".join(char if face.glyphs[char] else "?" for char in text)
        steps = [face.advances[char] * _SIZE / 1000 for char in text]
        xs = list(accumulate(steps[:-1], initial=x))
        span = Span(text, face.name, _SIZE, xs, colour)
        content.line(PlacedLine(text, x, baseline, sum(steps), _SIZE, (span,)))
        x += sum(steps) + mm(3)
    content.end()


def _crop_and_register(content: PageContent, page: Page, near: float, style: MarkStyle) -> None:
    width, height, far = page.width, page.height, near + style.length
    lines: list[tuple[float, float, float, float]] = []
    circles: list[tuple[float, float, float]] = []
    if style.crop:
        for x in (0.0, width):
            lines += [(x, -near, x, -far), (x, height + near, x, height + far)]
        for y in (0.0, height):
            lines += [(-near, y, -far, y), (width + near, y, width + far, y)]
    if style.register:
        middle, radius = near + style.length / 2, style.length / 2
        centres = (
            (width / 2, -middle),
            (width / 2, height + middle),
            (-middle, height / 2),
            (width + middle, height / 2),
        )
        circles = [(x, y, radius) for x, y in centres]
    if lines or circles:
        content.strokes(lines, circles, ALL_INKS, style.weight)
