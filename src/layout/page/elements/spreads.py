"""Elements across the fold of a double truck (跨版): a picture is cut at the fold, a headline is broken on both sides."""

from __future__ import annotations

import math

from msgspec.structs import replace

from ...composition import PlacedPicture
from ...issue.floats import Picture as IssuePicture
from ...issue.model import Article
from ...roles import Role
from ...style.texts import HeadlineStyle
from ...units import MM
from ..canvas import Canvas
from ..map.areas import Area
from ..parts.headline_block import HeadlineBlock, HeadlineRow
from .headlines import headline_too_long, measure_headline_block, place_headline_block
from .pictures import BoxCorners, alt_text, is_drawing, place_caption, visible_part

BLEED = 3 * MM  # pt of a picture that each page shows beyond the fold


def place_picture_across(
    canvas: Canvas, page: int, picture: IssuePicture, article: str, area: Area, order: int
) -> None:
    """Fills an area and its continuation on the facing page with one picture, its caption under the left part.

    Each page shows its part up to the fold and `BLEED` beyond; at the fold the parts meet.
    """
    assert area.beyond
    x, y, width, height = canvas.box(area)
    beyond_x, _, beyond_width, _ = canvas.box(area.beyond)
    fold = canvas.style.sheet.width
    inset = (canvas.grid.leading - canvas.grid.em) / 2
    caption = place_caption(canvas, page, picture, article, (x, y, width, height), order)
    whole = x, y + inset, fold - x + beyond_x + beyond_width, height - caption - 2 * inset
    (x, y, width, height), crop = visible_part(canvas, page, picture, whole)
    left, right = _parts(picture, width, fold - x, crop)
    file, alt, mark = str(picture.path), alt_text(picture), picture.mark
    for number, at, (part, part_crop) in ((page, x, left), (page + 1, x + width - fold - right[0], right)):
        canvas.add_picture(number, PlacedPicture(file, at, y, part, height, part_crop, alt, article, mark, order))


def _parts(
    picture: IssuePicture, width: float, fold: float, crop: BoxCorners
) -> tuple[tuple[float, BoxCorners], tuple[float, BoxCorners]]:
    """The width (pt) and crop of both parts of a picture `width` pt wide that is cut `fold` pt from its left edge.

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


def place_head_across(canvas: Canvas, page: int, article: Article, area: Area, order: int) -> None:
    """Places a headline in one line across the fold, broken by sense between the left and the right page.

    Kicker, deck and the other parts of the block stand on the left page, and so does a headline that is too short to
    be broken. The style's headline `spread`, where it has one, replaces the article's own.
    """
    assert area.beyond
    x, y, width, height = canvas.box(area)
    beyond_x, _, beyond_width, _ = canvas.box(area.beyond)
    style = replace(_style(canvas, article), max_lines=2)
    half = min(width, beyond_width)
    for smallest in range(len(style.sizes)):
        whole = measure_headline_block(canvas, article, style, half, None, style.sizes[smallest:])
        left, right = _parted(whole, style, width)
        if left.height <= height + 0.01 and not left.over:
            break
    if left.over or left.height > height + 0.01:
        canvas.problems.append(headline_too_long(article, max(left.over, 1), page))
    top, ink = y + max(0.0, (height - left.height) / 2), canvas.inks.get(article.id, "")
    place_headline_block(canvas, page, left, article, x, top, width, order, ink)
    place_headline_block(canvas, page + 1, right, article, beyond_x, top, beyond_width, order, ink)


def head_lines_across(canvas: Canvas, article: Article, area: Area, smallest: int) -> int:
    """The whole lines of a headline across the fold in its grade `smallest` (0 is the largest)."""
    assert area.beyond
    width, beyond_width = canvas.box(area)[2], canvas.box(area.beyond)[2]
    style = replace(_style(canvas, article), max_lines=2)
    sizes = style.sizes[smallest:] or style.sizes[-1:]
    left, _ = _parted(
        measure_headline_block(canvas, article, style, min(width, beyond_width), None, sizes), style, width
    )
    return math.ceil((left.height + style.air * canvas.grid.leading) / canvas.grid.leading - 1e-6)


def _style(canvas: Canvas, article: Article) -> HeadlineStyle:
    """The style's headline `spread`, where it has one, else the article's own."""
    return canvas.style.headlines.get("spread") or canvas.style.headline(article.rank, article.kind)


def _parted(head: HeadlineBlock, style: HeadlineStyle, width: float) -> tuple[HeadlineBlock, HeadlineBlock]:
    """Splits a block whose headline has two lines: the left page's block, and the second line as the right page's.

    `width` is that of the left part. Both parts keep to the left of their pages, or else to the fold.
    """
    left: list[HeadlineRow] = []
    right: list[HeadlineRow] = []
    start = up = 0.0
    for row in head.rows:
        lines = row.set.lines
        if row.role is Role.HEADLINE and len(lines) == 2:
            start = 0.0 if style.align == "left" else width - lines[0].width
            left.append(replace(_only(row, 0, start), goes_on=True))
            right.append(_only(row, 1, 0.0))
            up = row.leading
        else:
            left.append(replace(row, top=row.top - up))
    # the rows over and under the headline begin where it begins, as far as they fit
    left = [row if row.role is Role.HEADLINE else _moved(row, min(start, width - _extent(row))) for row in left]
    parted = replace(head, rows=tuple(left), height=head.height - up, summary_top=head.summary_top - up)
    return parted, HeadlineBlock(tuple(right), 0.0, 0)


def _only(row: HeadlineRow, number: int, start: float) -> HeadlineRow:
    """The row with one of its lines only, which begins `start` pt from the left."""
    line = row.set.lines[number]
    return _moved(replace(row, set=replace(row.set, lines=(line,))), start - line.xs[0])


def _moved(row: HeadlineRow, right: float) -> HeadlineRow:
    lines = tuple(replace(line, xs=tuple(x + right for x in line.xs)) for line in row.set.lines)
    return replace(row, set=replace(row.set, lines=lines))


def _extent(row: HeadlineRow) -> float:
    """The right edge of the row's widest line in pt."""
    return max((line.xs[0] + line.width for line in row.set.lines), default=0.0)
