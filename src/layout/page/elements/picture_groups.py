"""Groups of pictures (组图): rows of pictures of one height, their captions under them, a caption for all at the foot."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from ...errors import Message, Problem
from ...issue.floats import Picture, PictureGroup
from ..canvas import Canvas
from .composer import WholeComposer
from .pictures import BoxCorners, place_caption, place_image, ratio_of, set_caption
from .text_blocks import whole_lines


def group_lines(canvas: Canvas, group: PictureGroup, article: str, width: float) -> int:
    """The whole lines of the group at a width in pt, with its pictures cropped as little as possible."""
    height = sum(_natural(canvas, row, width) + _captions(canvas, row, width) for row in _rows(canvas, group))
    height += (len(_rows(canvas, group)) - 1) * _gutter(canvas)
    caption = set_caption(canvas, group, width)
    lines = (caption.height if caption else 0.0) + canvas.grid.leading - canvas.grid.em
    return max(2, whole_lines(canvas, height + lines))


def place_group(canvas: Canvas, page: int, group: PictureGroup, article: str, box: BoxCorners, order: int) -> None:
    """Fills a box with the group: rows share its height in proportion to their pictures' shapes."""
    x, y, width, height = box
    float_ = (canvas.grid.leading - canvas.grid.em) / 2
    rows = _rows(canvas, group)
    caption = place_caption(canvas, page, group, article, box, order)
    room = height - caption - (len(rows) - 1) * _gutter(canvas) - float_ - (0 if caption else float_)
    room -= sum(_captions(canvas, row, width) for row in rows)
    natural = [_natural(canvas, row, width) for row in rows]
    if room <= 0:
        canvas.problems.append(_too_low(group, page))
        return
    top = y + float_
    for row, share in zip(rows, natural, strict=True):
        tall = room * share / sum(natural)
        across = _across(canvas, row, width)
        left = x
        for picture in row:
            place_image(canvas, page, picture, article, (left, top, across, tall), order)
            under = set_caption(canvas, picture, across)
            if under:
                place_caption(
                    canvas, page, picture, article, (left, top + tall + float_, across, under.height), order, loose=True
                )
            left += across + _gutter(canvas)
        top += tall + _captions(canvas, row, width) + _gutter(canvas)


def _too_low(group: PictureGroup, page: int) -> Problem:
    return Problem(
        "inset-high",
        Message(
            f"图说占满了组图 {group.id} 的区域，放不下图片",
            f"captions fill the area of the group {group.id} and leave no room for its pictures",
        ),
        Message("把区域加高，或缩短图说", "make its area higher, or shorten the captions"),
        group.mark,
        page=page,
    )


def _rows(canvas: Canvas, group: PictureGroup) -> list[tuple[Picture, ...]]:
    floats = canvas.issue.floats()
    pictures = [found for name in group.pictures if isinstance(found := floats[name][1], Picture)]
    across = ceil(len(pictures) / ceil(len(pictures) / group.columns))  # 5 in threes: 3 and 2; 4 in threes: 2 and 2
    return [tuple(pictures[at : at + across]) for at in range(0, len(pictures), across)]


def _gutter(canvas: Canvas) -> float:
    return canvas.style.pictures.gutter * canvas.grid.em


def _across(canvas: Canvas, row: Sequence[Picture], width: float) -> float:
    return (width - (len(row) - 1) * _gutter(canvas)) / len(row)


def _natural(canvas: Canvas, row: Sequence[Picture], width: float) -> float:
    ratio = sum(ratio_of(picture) for picture in row) / len(row)
    return _across(canvas, row, width) / ratio


def _captions(canvas: Canvas, row: Sequence[Picture], width: float) -> float:
    """The height in pt of the captions under a row, with the air over them."""
    captions = [set_caption(canvas, picture, _across(canvas, row, width)) for picture in row]
    float_ = (canvas.grid.leading - canvas.grid.em) / 2
    return max((float_ + caption.height for caption in captions if caption), default=0.0)


COMPOSER = WholeComposer(group_lines, place_group, shrink=0.2, stretch=0.2)
