"""What touches the trim goes on to the bleed's edge, so that no white shows where the knife is off (CY/T 15)."""

from __future__ import annotations

from msgspec.structs import replace

from ...composition import Box, Page, PlacedPicture

_Rectangle = tuple[float, float, float, float]  # x, y, width, height
_NEAR = 0.05  # pt from the trim that count as on it


def overhang(rectangle: _Rectangle, page: Page, bleed: float) -> _Rectangle:
    """How far each edge of a rectangle is moved out: left, top, right, bottom; nothing for one inside the trim."""
    x, y, width, height = rectangle
    right, bottom = page.width - x - width, page.height - y - height
    left, top, right, bottom = (max(edge + bleed, 0.0) if edge <= _NEAR else 0.0 for edge in (x, y, right, bottom))
    return left, top, right, bottom


def edges_of(box: Box, page: Page, bleed: float) -> _Rectangle:
    """How far furniture that bleeds goes out of its box."""
    return overhang((box.x, box.y, box.width, box.height), page, bleed) if box.bleed else (0.0, 0.0, 0.0, 0.0)


def bled(rectangle: _Rectangle, page: Page, bleed: float) -> _Rectangle:
    """A rectangle with the edges that touch the trim at the bleed's edge."""
    x, y, width, height = rectangle
    left, top, right, bottom = overhang(rectangle, page, bleed)
    return x - left, y - top, width + left + right, height + top + bottom


def bled_picture(picture: PlacedPicture, page: Page, bleed: float) -> PlacedPicture:
    """A picture that touches the trim shows more of its file; where there is no more, it is enlarged by a little."""
    box = picture.x, picture.y, picture.width, picture.height
    left, top, right, bottom = overhang(box, page, bleed)
    if not (left or top or right or bottom):
        return picture
    x, y, width, height = bled(box, page, bleed)
    across = (picture.crop[2] - picture.crop[0]) / picture.width  # of the file, a point
    down = (picture.crop[3] - picture.crop[1]) / picture.height
    wanted = (
        picture.crop[0] - left * across,
        picture.crop[1] - top * down,
        picture.crop[2] + right * across,
        picture.crop[3] + bottom * down,
    )
    there = max(wanted[0], 0.0), max(wanted[1], 0.0), min(wanted[2], 1.0), min(wanted[3], 1.0)
    part = min((there[2] - there[0]) / (width * across), (there[3] - there[1]) / (height * down), 1.0)
    crop = (
        *_within(wanted[0], wanted[2], there[0], there[2], part),
        *_within(wanted[1], wanted[3], there[1], there[3], part),
    )
    return replace(picture, x=x, y=y, width=width, height=height, crop=(crop[0], crop[2], crop[1], crop[3]))


def _within(first: float, last: float, least: float, most: float, part: float) -> tuple[float, float]:
    """A stretch of `part` of first…last, as near its middle as least…most lets it."""
    length = (last - first) * part
    start = min(max((first + last - length) / 2, least), most - length)
    return start, start + length
