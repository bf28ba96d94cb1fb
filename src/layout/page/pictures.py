"""A picture in its box, cropped about its focus, with caption and credit under it (rules H6, J8)."""

from __future__ import annotations

import math

from ..composition import Frame, Picture
from ..issue.insets import Picture as IssuePicture
from ..text.paragraph import Paragraph, Run, SetLine
from .dummy import Dummy
from .lines import composed_line, setting

CREDIT_GAP = "\u3000"
Rectangle = tuple[float, float, float, float]


def crop_about(focus: tuple[float, float], picture: float, box: float) -> Rectangle:
    """The part of a picture (ratio `picture`, width by height) that fills a box of ratio `box`.

    As large as can be, with the focus as near its middle as the edges allow; (left, top, right, bottom), 0 to 1.
    """
    width, height = (box / picture, 1.0) if picture > box else (1.0, picture / box)
    left = min(max(focus[0] - width / 2, 0.0), 1.0 - width)
    top = min(max(focus[1] - height / 2, 0.0), 1.0 - height)
    return left, top, left + width, top + height


def picture_lines(dummy: Dummy, picture: IssuePicture, article: str, width: float) -> int:
    """Whole lines that a picture with its caption takes in a column `width` pt wide, uncropped where it may be."""
    if picture.lines:
        return picture.lines
    ratio = picture.width / picture.height if picture.width and picture.height else 1.5
    if picture.crop:
        ratio = min(max(ratio, picture.crop[0]), picture.crop[1])
    inset = dummy.grid.leading - dummy.grid.em
    caption = _set_caption(dummy, picture, width)
    lines = (width / ratio + inset) / dummy.grid.leading
    return max(2, round(lines)) + (_caption_rows(dummy, len(caption[1])) if caption else 0)


def place_picture(dummy: Dummy, page: int, picture: IssuePicture, article: str, box: Rectangle, order: int) -> None:
    """Fills a box (x, y, width, height; pt, whole lines) with the picture, and whole lines at its foot with the caption.

    The picture's top stands where the em box of a first line of text would stand, its foot likewise.
    """
    x, y, width, height = box
    inset = (dummy.grid.leading - dummy.grid.em) / 2
    caption = _caption(dummy, page, picture, article, box, order)
    room = height - caption - 2 * inset
    ratio = picture.width / picture.height if picture.width and picture.height else width / room
    crop = crop_about(picture.focus, ratio, width / room)
    file = str(picture.path)
    dummy.add_picture(page, Picture(file, x, y + inset, width, room, crop, picture.alt, article, picture.mark, order))


def _caption(dummy: Dummy, page: int, picture: IssuePicture, article: str, box: Rectangle, order: int) -> float:
    """Sets the caption at the foot of the box, centred if it is one line; the height it takes, in whole lines (pt)."""
    x, y, width, height = box
    caption = _set_caption(dummy, picture, width)
    if caption is None:
        return 0.0
    style, credit = dummy.style.text_style("caption"), dummy.style.text_style("credit")
    paragraph, lines = caption
    taken = _caption_rows(dummy, len(lines)) * dummy.grid.leading
    top = y + height - taken
    composed = tuple(
        composed_line(
            line,
            paragraph.runs,
            style,
            dummy.style,
            x,
            top + number * style.leading + style.size,
            ends_paragraph=number == len(lines) - 1,
            number=1,
            mark=picture.mark,
            colours={"credit": credit.colour},
        )
        for number, line in enumerate(lines)
    )
    dummy.add_frames(page, [Frame(article, "caption", x, top, width, taken, composed, order=order)])
    return taken


def _set_caption(dummy: Dummy, picture: IssuePicture, width: float) -> tuple[Paragraph, list[SetLine]] | None:
    style, credit = dummy.style.text_style("caption"), dummy.style.text_style("credit")
    runs = [Run(picture.caption, style.face)] if picture.caption else []
    if picture.credit:
        runs.append(Run((CREDIT_GAP if runs else "") + picture.credit, credit.face, tag="credit"))
    if not runs:
        return None
    runs = dummy.glyphs.runs(runs, picture.mark)
    measure = width / style.size
    paragraph = Paragraph(runs, setting(style), dummy.faces)
    ends = paragraph.break_lines([measure], style.breaking)
    if len(ends) == 1:
        paragraph = Paragraph(runs, setting(style, align="center"), dummy.faces)
    return paragraph, paragraph.lines(ends, [measure])


def _caption_rows(dummy: Dummy, lines: int) -> int:
    return math.ceil(lines * dummy.style.text_style("caption").leading / dummy.grid.leading - 1e-6)
