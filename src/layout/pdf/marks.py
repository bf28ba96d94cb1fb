"""Printer's marks, in the slug: crop and register marks in all inks, a colour bar, a line that says what this is."""

from __future__ import annotations

from collections.abc import Sequence

from ..composition import BLACK, Colour, Page
from ..units import mm
from .painter import Canvas
from .target import Target

REGISTRATION = Colour(1.0, 1.0, 1.0, 1.0, spot="All")
_HAIR = 0.25
_GAP = mm(0.8)  # between the bleed and a mark
_PATCH = mm(4)
_PATCHES = (
    *(Colour(*inks) for inks in ((1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1))),
    *(Colour(*inks) for inks in ((0.5, 0, 0, 0), (0, 0.5, 0, 0), (0, 0, 0.5, 0), (0, 0, 0, 0.5))),
    Colour(0.5, 0.4, 0.4, 0),
)


def printers_marks(canvas: Canvas, page: Page, target: Target, inks: Sequence[str]) -> None:
    """Everything but the slug line's text; `inks` are the file's spot colours, which get patches of their own."""
    bleed, length = target.bleed, target.slug - 2 * _GAP
    near = bleed + _GAP
    width, height = page.width, page.height
    lines: list[tuple[float, float, float, float]] = []
    for x in (0.0, width):
        lines += [(x, -near, x, -near - length), (x, height + near, x, height + near + length)]
    for y in (0.0, height):
        lines += [(-near, y, -near - length, y), (width + near, y, width + near + length, y)]
    middle = near + length / 2
    centres = ((width / 2, -middle), (width / 2, height + middle), (-middle, height / 2), (width + middle, height / 2))
    canvas.strokes(lines, [(*centre, length / 2 - 1) for centre in centres], REGISTRATION, _HAIR)
    bar = [*_PATCHES, *(Colour(0, 0, 0, 0.5, spot=ink) for ink in inks)]
    start = width / 2 + mm(12)
    for index, colour in enumerate(bar):
        x = start + index * _PATCH
        if x + _PATCH > width - mm(4):
            break
        canvas.rectangle(x, -near - _PATCH, _PATCH, _PATCH, colour)
    canvas.fill(BLACK)


def slug_text(title: str, date: str, page: Page, pages: int, inks: Sequence[str]) -> str:
    plates = "  ".join(["Cyan", "Magenta", "Yellow", "Black", *inks])
    return f"{title}  {date}  {page.number}/{pages}  {plates}"
