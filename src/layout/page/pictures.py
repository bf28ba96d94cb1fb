"""A picture in its box, cropped about its focus, with caption and credit under it (rules H6, J8)."""

from __future__ import annotations

import math
from collections.abc import Mapping

from ..composition import Frame, Picture
from ..issue.model import Picture as IssuePicture
from ..style.model import Style
from ..text.faces import Face
from ..text.paragraph import Paragraph, Run
from .lines import composed_line, setting

CREDIT_GAP = "\u3000"


def crop_about(focus: tuple[float, float], picture: float, box: float) -> tuple[float, float, float, float]:
    """The part of a picture (ratio `picture`, width by height) that fills a box of ratio `box`.

    As large as can be, with the focus as near its middle as the edges allow; (left, top, right, bottom), 0 to 1.
    """
    width, height = (box / picture, 1.0) if picture > box else (1.0, picture / box)
    left = min(max(focus[0] - width / 2, 0.0), 1.0 - width)
    top = min(max(focus[1] - height / 2, 0.0), 1.0 - height)
    return left, top, left + width, top + height


def place_picture(
    picture: IssuePicture,
    article: str,
    file: str,
    box: tuple[float, float, float, float],
    style: Style,
    faces: Mapping[str, Face],
    order: int,
) -> tuple[Picture, list[Frame]]:
    """The picture and its caption's frame in a box (x, y, width, height; pt) of whole lines.

    The picture's top stands where the em box of a first line of text would, the caption takes whole lines below.
    """
    x, y, width, height = box
    leading = style.grid.leading
    caption = style.text_style("caption")
    inset = (leading - style.grid.size) / 2
    frames: list[Frame] = []
    taken = 0.0
    text = (picture.caption, picture.credit)
    if any(text):
        runs = [Run(picture.caption, caption.face)] if picture.caption else []
        if picture.credit:
            credit = style.text_style("credit")
            runs.append(Run((CREDIT_GAP if runs else "") + picture.credit, credit.face))
        measure = width / caption.size
        paragraph = Paragraph(runs, setting(caption), faces)
        ends = paragraph.break_lines([measure], caption.breaking)
        align = "center" if len(ends) == 1 else None
        if align:
            paragraph = Paragraph(runs, setting(caption, align=align), faces)
        lines = paragraph.lines(ends, [measure])
        rows = math.ceil(len(lines) * caption.leading / leading)
        taken = rows * leading
        top = y + height - taken
        frames.append(
            Frame(
                article,
                "caption",
                x,
                top,
                width,
                taken,
                tuple(
                    composed_line(
                        line,
                        runs,
                        caption,
                        style,
                        x,
                        top + (number + 1) * caption.leading - caption.leading * 0.3,
                        number == len(lines) - 1,
                        picture.mark,
                        1,
                    )
                    for number, line in enumerate(lines)
                ),
                order=order,
            )
        )
    room = height - taken - inset - (inset if not taken else 0)
    ratio = picture.width / picture.height if picture.width and picture.height else width / room
    crop = crop_about(picture.focus, ratio, width / room)
    placed = Picture(file, x, y + inset, width, room, crop, picture.alt, article, picture.mark, order)
    return placed, frames
