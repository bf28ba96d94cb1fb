"""Groups of pictures (组图): rows of pictures of one height, their captions under them, a caption for all at the foot."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from ..issue.insets import Picture, PictureGroup
from .dummy import Dummy
from .passages import whole_lines
from .pictures import Rectangle, caption_of, place_caption, place_image, ratio_of


def group_lines(dummy: Dummy, group: PictureGroup, article: str, width: float) -> int:
    """Whole lines that the group takes at a width in pt, its pictures as little cropped as can be."""
    height = sum(_natural(dummy, row, width) + _captions(dummy, row, width) for row in _rows(dummy, group))
    height += (len(_rows(dummy, group)) - 1) * _gutter(dummy)
    caption = caption_of(dummy, group, width)
    lines = (caption.height if caption else 0.0) + dummy.grid.leading - dummy.grid.em
    return max(2, whole_lines(dummy, height + lines))


def place_group(dummy: Dummy, page: int, group: PictureGroup, article: str, box: Rectangle, order: int) -> None:
    """Fills a box with the group: rows share its height as their pictures' shapes ask."""
    x, y, width, height = box
    inset = (dummy.grid.leading - dummy.grid.em) / 2
    rows = _rows(dummy, group)
    caption = place_caption(dummy, page, group, article, box, order)
    room = height - caption - (len(rows) - 1) * _gutter(dummy) - inset - (0 if caption else inset)
    room -= sum(_captions(dummy, row, width) for row in rows)
    natural = [_natural(dummy, row, width) for row in rows]
    top = y + inset
    for row, share in zip(rows, natural, strict=True):
        tall = room * share / sum(natural)
        across = _across(dummy, row, width)
        left = x
        for picture in row:
            place_image(dummy, page, picture, article, (left, top, across, tall), order)
            under = caption_of(dummy, picture, across)
            if under:
                place_caption(
                    dummy, page, picture, article, (left, top + tall + inset, across, under.height), order, loose=True
                )
            left += across + _gutter(dummy)
        top += tall + _captions(dummy, row, width) + _gutter(dummy)


def _rows(dummy: Dummy, group: PictureGroup) -> list[tuple[Picture, ...]]:
    insets = dummy.issue.insets()
    pictures = [found for name in group.pictures if isinstance(found := insets[name][1], Picture)]
    across = ceil(len(pictures) / ceil(len(pictures) / group.columns))  # 5 in threes: 3 and 2; 4 in threes: 2 and 2
    return [tuple(pictures[at : at + across]) for at in range(0, len(pictures), across)]


def _gutter(dummy: Dummy) -> float:
    return dummy.style.pictures.gutter * dummy.grid.em


def _across(dummy: Dummy, row: Sequence[Picture], width: float) -> float:
    return (width - (len(row) - 1) * _gutter(dummy)) / len(row)


def _natural(dummy: Dummy, row: Sequence[Picture], width: float) -> float:
    ratio = sum(ratio_of(picture) for picture in row) / len(row)
    return _across(dummy, row, width) / ratio


def _captions(dummy: Dummy, row: Sequence[Picture], width: float) -> float:
    """What the captions under a row take, with the air over them that any caption has, pt."""
    captions = [caption_of(dummy, picture, _across(dummy, row, width)) for picture in row]
    inset = (dummy.grid.leading - dummy.grid.em) / 2
    return max((inset + caption.height for caption in captions if caption), default=0.0)
