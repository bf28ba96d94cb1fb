"""The boxes of a page (ISO 32000-1 14.11.2) and their places relative to the trim."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from ..errors import PageRectangle
from ..pdfcontent.matrices import Matrix
from ..pdfcontent.objects import FAULTS, integer, number_array
from ..pdfcontent.rectangles import Rectangle
from ..pdfcontent.resources import inherited
from ..units import MM


class PageBoxes(Struct, frozen=True):
    """Boxes in the page's space, pt; `None` where the file has none. `trim` falls back as in viewers."""

    media: Rectangle
    crop: Rectangle | None
    bleed_box: Rectangle | None
    trim_box: Rectangle | None
    art_box: Rectangle | None
    rotation: int = 0  # degrees clockwise
    has_media: bool = True

    @property
    def trim(self) -> Rectangle:
        return self.trim_box or self.art_box or self.crop or self.media

    @property
    def bleed(self) -> Rectangle:
        return self.bleed_box or self.trim

    @property
    def size(self) -> tuple[float, float]:
        x0, y0, x1, y1 = self.trim
        return x1 - x0, y1 - y0

    def place(self, box: Rectangle) -> PageRectangle:
        """A box in mm from the trim's top left, clipped to the page."""
        x0, y0, x1, y1 = (  # in this order NaN becomes the page's edge
            max(self.media[0], box[0]),
            max(self.media[1], box[1]),
            min(self.media[2], box[2]),
            min(self.media[3], box[3]),
        )
        left, _, _, top = self.trim
        return PageRectangle(
            round((x0 - left) / MM, 2),
            round((top - y1) / MM, 2),
            round(max(x1 - x0, 0) / MM, 2),
            round(max(y1 - y0, 0) / MM, 2),
        )


A4: Rectangle = (0.0, 0.0, 595.276, 841.89)


def boxes_of(page: Any) -> PageBoxes:
    """The boxes of a page; one that is not a rectangle counts as missing."""
    media = _box(inherited(page, "/MediaBox"))
    return PageBoxes(
        media or A4,
        _box(inherited(page, "/CropBox")),
        _box(page.get("/BleedBox")),
        _box(page.get("/TrimBox")),
        _box(page.get("/ArtBox")),
        _rotation(page),
        media is not None,
    )


def _rotation(page: Any) -> int:
    try:
        return integer(inherited(page, "/Rotate") or 0) // 90 * 90 % 360
    except FAULTS:
        return 0


def _box(value: Any) -> Rectangle | None:
    if value is None:
        return None
    try:
        x0, y0, x1, y1 = number_array(value, 4)
    except FAULTS:
        return None
    if x0 == x1 or y0 == y1:
        return None
    return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def upright(box: Rectangle, rotation: int) -> Matrix:
    """The matrix that rotates a page as displayed and moves the lower left corner of `box` to the origin."""
    x0, y0, x1, y1 = box
    turned: dict[int, Matrix] = {
        0: (1, 0, 0, 1, -x0, -y0),
        90: (0, -1, 1, 0, -y0, x1),
        180: (-1, 0, 0, -1, x1, y1),
        270: (0, 1, -1, 0, y1, -x0),
    }
    return turned[rotation]


def contains(outer: Rectangle, inner: Rectangle, tolerance: float = 0.01) -> bool:
    return (
        outer[0] <= inner[0] + tolerance
        and outer[1] <= inner[1] + tolerance
        and outer[2] >= inner[2] - tolerance
        and outer[3] >= inner[3] - tolerance
    )
