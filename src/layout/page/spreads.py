"""What runs across the fold of a double truck (跨版): a picture is cut there, a headline's line is parted clear of it."""

from __future__ import annotations

import math

from ..composition import Picture
from ..issue.insets import Picture as IssuePicture
from ..units import MM
from .areas import Area
from .dummy import Dummy
from .pictures import Rectangle, is_drawing, place_caption, shown

BLEED = 3 * MM  # each page shows so much of a picture beyond the fold, where it is cut


def place_picture_across(dummy: Dummy, page: int, picture: IssuePicture, article: str, area: Area, order: int) -> None:
    """Fills an area and its continuation on the facing page with one picture, its caption under the left part.

    Each page shows its part up to the fold and as much beyond as bleeds; at the fold the parts meet.
    """
    assert area.beyond
    x, y, width, height = dummy.box(area)
    beyond_x, _, beyond_width, _ = dummy.box(area.beyond)
    fold = dummy.style.sheet.width
    inset = (dummy.grid.leading - dummy.grid.em) / 2
    caption = place_caption(dummy, page, picture, article, (x, y, width, height), order)
    whole = x, y + inset, fold - x + beyond_x + beyond_width, height - caption - 2 * inset
    (x, y, width, height), crop = shown(dummy, page, picture, whole)
    left, right = _parts(picture, width, fold - x, crop)
    file, alt, mark = str(picture.path), picture.alt, picture.mark
    for number, at, (part, part_crop) in ((page, x, left), (page + 1, x + width - fold - right[0], right)):
        dummy.add_picture(number, Picture(file, at, y, part, height, part_crop, alt, article, mark, order))


def _parts(
    picture: IssuePicture, width: float, fold: float, crop: Rectangle
) -> tuple[tuple[float, Rectangle], tuple[float, Rectangle]]:
    """(width, crop) of the left and of the right part of a picture `width` pt wide that is cut `fold` pt from its left.

    A photograph is cut between pixels, so that both parts show it in one raster.
    """
    first, top, last, foot = crop
    pixels = (last - first) * 1e6
    if not is_drawing(picture) and picture.width:
        first, last = round(first * picture.width) / picture.width, round(last * picture.width) / picture.width
        pixels = (last - first) * picture.width
    pixel = width / pixels
    left, right = (math.ceil((part + BLEED) / pixel - 1e-6) * pixel for part in (fold, width - fold))
    share = (last - first) / width
    return (left, (first, top, first + left * share, foot)), (right, (last - right * share, top, last, foot))
