"""Compares two builds as pictures: ink of the old one alone in red, of the new one alone in blue."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy
from msgspec import Struct

from ...errors import LayoutError, Message, Problem
from ..page_images import page_count, render_trimmed_page

if TYPE_CHECKING:
    from PIL.Image import Image

SCALE = 150 / 72  # pixels a point
SEEN = 40  # of 255: smaller differences are anti-aliasing
CELL = 12  # pixels: differences nearer than this are merged
FRAME = (255, 140, 0)


class Difference(Struct, frozen=True):
    """A page that differs. `places` are rectangles round the differences in pixels of `picture`, which is None for a
    page that only one build has."""

    page: int
    places: tuple[tuple[int, int, int, int], ...]
    picture: Image | None = None
    only: str = ""


def compare(old: Path | bytes, new: Path | bytes) -> Iterator[Difference]:
    """The pages that differ, within their trim.

    Raises:
        LayoutError: One of them is not a PDF.
    """
    counts = [_pages(file) for file in (old, new)]
    for number in range(1, max(counts) + 1):
        if number > min(counts):
            yield Difference(number, (), None, "old" if counts[0] > counts[1] else "new")
            continue
        before, after = (render_trimmed_page(file, SCALE, number) for file in (old, new))
        places = tuple(_places(before, after))
        if places:
            yield Difference(number, places, _overlaid(before, after, places))


def _pages(file: Path | bytes) -> int:
    try:
        return page_count(file)
    except ValueError as error:
        name = file.name if isinstance(file, Path) else "PDF"
        what = Message(f"{name} 不是能读的 PDF", f"{name} is no PDF that can be read")
        raise LayoutError(
            [Problem("no-pdf", what, Message("给上一次排出的 PDF", "give the PDF of an earlier build"))]
        ) from error


def _matrix(picture: Image, size: tuple[int, int]) -> Any:
    if picture.size == size:
        return numpy.asarray(picture).astype(numpy.int16)
    sheet = numpy.full((size[1], size[0], 3), 255, numpy.int16)
    sheet[: picture.height, : picture.width] = numpy.asarray(picture)
    return sheet


def _pair(before: Image, after: Image) -> tuple[Any, Any]:
    size = max(before.width, after.width), max(before.height, after.height)
    return _matrix(before, size), _matrix(after, size)


def _places(before: Image, after: Image) -> Iterator[tuple[int, int, int, int]]:
    """Rectangles round the differences, neighbours merged."""
    old, new = _pair(before, after)
    differs = numpy.abs(old - new).max(axis=2) > SEEN
    height, width = differs.shape
    rows, columns = -(-height // CELL), -(-width // CELL)
    padded = numpy.zeros((rows * CELL, columns * CELL), bool)
    padded[:height, :width] = differs
    cells = padded.reshape(rows, CELL, columns, CELL).any(axis=(1, 3))
    waiting = {(int(row), int(column)) for row, column in numpy.argwhere(cells)}
    while waiting:
        group = [waiting.pop()]
        for row, column in group:
            near = {(row + i, column + j) for i in (-1, 0, 1) for j in (-1, 0, 1)} & waiting
            waiting -= near
            group.extend(near)
        top, left = min(row for row, _ in group), min(column for _, column in group)
        foot, right = max(row for row, _ in group) + 1, max(column for _, column in group) + 1
        yield left * CELL, top * CELL, min(right * CELL, width), min(foot * CELL, height)


def _overlaid(before: Image, after: Image, places: tuple[tuple[int, int, int, int], ...]) -> Image:
    from PIL import Image, ImageDraw

    size = max(before.width, after.width), max(before.height, after.height)
    old, new = (_matrix(p.convert("L").convert("RGB"), size)[:, :, 0] for p in (before, after))
    # Common ink is grey, old ink alone red, new ink alone blue.
    overlaid = numpy.stack([new, numpy.minimum(old, new), old], axis=2).astype(numpy.uint8)
    picture = Image.fromarray(overlaid)
    pencil = ImageDraw.Draw(picture)
    for left, top, right, foot in places:
        pencil.rectangle((left - 2, top - 2, right + 1, foot + 1), outline=FRAME, width=2)
    return picture
