"""A picture in its box, cropped about its focus, with caption and credit under it (rules H6, J8)."""

from __future__ import annotations

from ...composition import Frame, PlacedPicture
from ...errors import Message, Problem, Severity
from ...issue.floats import Picture as IssuePicture
from ...issue.floats import PictureGroup
from ...roles import Role
from ...text.paragraph import TextRun
from ..canvas import Canvas
from ..parts.text_block import TextBlock
from .composer import WholeComposer
from .text_blocks import compose_text_block, set_text_block, whole_lines

CREDIT_GAP = "\u3000"
USUAL_RATIO = 1.5  # width by height of a picture of unknown size
BoxCorners = tuple[float, float, float, float]


def crop_about(focus: tuple[float, float], picture: float, box: float, keep: BoxCorners | None = None) -> BoxCorners:
    """The part of a picture (ratio `picture`, width by height) that fills a box of ratio `box`.

    The largest part, with the focus as near its middle as the edges and `keep` allow: (left, top, right, bottom), 0 to
    1. Where `keep` does not fit, it is cut equally on both sides.
    """
    width, height = (box / picture, 1.0) if picture > box else (1.0, picture / box)
    kept = keep or (focus[0], focus[1], focus[0], focus[1])
    left = _placed(focus[0], width, kept[0], kept[2])
    top = _placed(focus[1], height, kept[1], kept[3])
    return left, top, left + width, top + height


def _placed(focus: float, length: float, first: float, last: float) -> float:
    """The start of a stretch within 0 to 1 that has `focus` near its middle and contains `first` to `last`."""
    start = focus - length / 2
    start = min(max(start, last - length), first) if last - first <= length else (first + last - length) / 2
    return min(max(start, 0.0), 1.0 - length)


def ratio_of(picture: IssuePicture) -> float:
    """Width divided by height, uncropped or cropped as little as its range allows."""
    ratio = picture.width / picture.height if picture.width and picture.height else USUAL_RATIO
    return min(max(ratio, picture.crop[0]), picture.crop[1]) if picture.crop else ratio


def picture_lines(canvas: Canvas, picture: IssuePicture, article: str, width: float) -> int:
    """The whole lines of a picture and its caption at a `width` in pt, uncropped where its range allows that."""
    if picture.lines:
        return picture.lines
    changed = canvas.decisions.crops.get(picture.id, 0)
    float_ = canvas.grid.leading - canvas.grid.em
    caption = set_caption(canvas, picture, width)
    lines = round((width / ratio_of(picture) + float_) / canvas.grid.leading)
    return max(2, lines + changed) + (whole_lines(canvas, caption.height) if caption else 0)


def place_picture(canvas: Canvas, page: int, picture: IssuePicture, article: str, box: BoxCorners, order: int) -> None:
    """Fills a box (x, y, width, height in pt; whole lines) with the picture, and lines at its foot with the caption.

    The picture's top is that of the em box of a first line of text, its foot that of a last line.
    """
    x, y, width, height = box
    float_ = (canvas.grid.leading - canvas.grid.em) / 2
    caption = place_caption(canvas, page, picture, article, box, order)
    place_image(canvas, page, picture, article, (x, y + float_, width, height - caption - 2 * float_), order)


def place_image(canvas: Canvas, page: int, picture: IssuePicture, article: str, box: BoxCorners, order: int) -> None:
    """Fills a box with the picture itself."""
    (x, y, width, height), crop = visible_part(canvas, page, picture, box)
    file = str(picture.path)
    canvas.add_picture(
        page, PlacedPicture(file, x, y, width, height, crop, alt_text(picture), article, picture.mark, order)
    )


def alt_text(picture: IssuePicture) -> str:
    """The alternative text of the picture: its own, else its caption."""
    return picture.alt or picture.caption


def visible_part(canvas: Canvas, page: int, picture: IssuePicture, box: BoxCorners) -> tuple[BoxCorners, BoxCorners]:
    """The place of the picture in a box, and the part of it that shows; adds the problems of that crop.

    A drawing without `crop` is shown whole, in the middle of the box.
    """
    x, y, width, height = box
    ratio = picture.width / picture.height if picture.width and picture.height else width / height
    if is_drawing(picture) and not picture.crop:
        across = min(width, height * ratio)
        x, y = x + (width - across) / 2, y + (height - across / ratio) / 2
        width, height = across, across / ratio
    crop = crop_about(picture.focus, ratio, width / height, picture.keep)
    canvas.problems += _problems(canvas, page, picture, crop, width, height)
    return (x, y, width, height), crop


# Captions.


def place_caption(
    canvas: Canvas,
    page: int,
    owner: IssuePicture | PictureGroup,
    article: str,
    box: BoxCorners,
    order: int,
    *,
    loose: bool = False,
) -> float:
    """Places the caption at the foot of the box, centred if it is one line; returns its height: whole lines, in pt.

    A `loose` one begins at the top of its box and is as high as its own lines.
    """
    x, y, width, height = box
    caption = set_caption(canvas, owner, width)
    if caption is None:
        return 0.0
    taken = caption.height if loose else whole_lines(canvas, caption.height) * canvas.grid.leading
    top = y if loose else y + height - taken
    lines = compose_text_block(canvas, caption, x, top, colours=canvas.setup.tag_colours)
    canvas.add_frames(page, [Frame(article, Role.CAPTION, x, top, width, taken, lines, order=order)])
    return taken


def set_caption(canvas: Canvas, owner: IssuePicture | PictureGroup, width: float) -> TextBlock | None:
    """Caption and credit set for a width in pt; None where there is neither."""
    credit = canvas.style.text_style("credit")
    runs = [TextRun(owner.caption, canvas.style.text_style("caption").face)] if owner.caption else []
    if owner.credit:
        runs.append(TextRun((CREDIT_GAP if runs else "") + owner.credit, credit.face, tag="credit"))
    if not runs:
        return None
    mark = owner.mark
    caption = set_text_block(canvas, "caption", runs, width, mark, owner=owner.id)
    if len(caption.lines) > 1:
        return caption
    return set_text_block(canvas, "caption", runs, width, mark, align="center", owner=owner.id)


# Problems of a picture.


def is_drawing(picture: IssuePicture) -> bool:
    return picture.path.suffix.lower() in (".svg", ".pdf")


def _problems(
    canvas: Canvas, page: int, picture: IssuePicture, crop: BoxCorners, width: float, height: float
) -> list[Problem]:
    found = []
    ratio = width / height
    if picture.crop and not picture.crop[0] - 0.005 <= ratio <= picture.crop[1] + 0.005:
        found.append(_outside_its_range(picture, ratio, page))
    if picture.keep and not _shows_kept_part(crop, picture.keep):
        found.append(_crop_problem(picture, page))
    if not is_drawing(picture) and picture.width and picture.height:
        ppi = min((crop[2] - crop[0]) * picture.width / width, (crop[3] - crop[1]) * picture.height / height) * 72
        if round(ppi) < canvas.style.pictures.least_ppi:
            found.append(_low_resolution(picture, ppi, canvas.style.pictures.least_ppi, page))
    return found


def _shows_kept_part(crop: BoxCorners, keep: BoxCorners) -> bool:
    near = 0.005
    return (
        crop[0] <= keep[0] + near
        and crop[1] <= keep[1] + near
        and keep[2] <= crop[2] + near
        and keep[3] <= crop[3] + near
    )


def _outside_its_range(picture: IssuePicture, ratio: float, page: int) -> Problem:
    assert picture.crop is not None
    least, most = picture.crop
    return Problem(
        "crop-range",
        Message(
            f"图片 {picture.file} 的位置宽是高的 {ratio:.2f} 倍，不在 crop 的 {least:g}–{most:g} 之内",
            f"the place of {picture.file} is {ratio:.2f} times as wide as high, outside its crop of {least:g} to {most:g}",
        ),
        Message("改区域的高或宽，或放宽 crop", "change the height or width of its area, or widen its crop"),
        picture.place("crop"),
        page=page,
    )


def _crop_problem(picture: IssuePicture, page: int) -> Problem:
    return Problem(
        "crop-keep",
        Message(f"图片 {picture.file} 的 keep 在它的位置上放不全", f"the place of {picture.file} cuts into its keep"),
        Message("改区域的高或宽，或缩小 keep", "change the height or width of its area, or make keep smaller"),
        picture.place("keep"),
        page=page,
    )


def _low_resolution(picture: IssuePicture, ppi: float, least: int, page: int) -> Problem:
    return Problem(
        "low-resolution",
        Message(
            f"图片 {picture.file} 印出来只有 {ppi:.0f} 像素/英寸，少于 {least}",
            f"{picture.file} prints with {ppi:.0f} pixels an inch, fewer than {least}",
        ),
        Message(
            f"换像素更多的原图，或缩小到现在的 {ppi / least:.0%}",
            f"take a larger original, or print it at {ppi / least:.0%} of this size",
        ),
        picture.place("file"),
        Severity.WARNING,
        page=page,
    )


COMPOSER = WholeComposer(picture_lines, place_picture)
