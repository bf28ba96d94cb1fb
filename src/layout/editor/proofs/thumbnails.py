"""Contact sheets: thumbnails of pages, one numbered row for each file or plan."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ...errors import LayoutError, Message, Problem
from ...issue.model import Issue
from ...planning import Plan
from ...production import compose
from ...runtime.cache import cache_folder
from ...runtime.files import whole_file
from ...runtime.resources import data_folder
from ..page_images import page_count, pdf_of, render_page
from .proof_files import proof_target

if TYPE_CHECKING:
    from PIL.Image import Image

_WIDTH, _GAP, _ACROSS = 200, 10, 8  # pixels of a page and between pages; pages in a row
GROUND, INK = "#9a9a9a", "#ffffff"


def contact_sheet(files: Sequence[bytes]) -> Image:
    """Thumbnails of the pages of PDFs, one file below the other, with the file's number before its first page."""
    import PIL.Image
    from PIL import ImageDraw, ImageFont

    pages = [[_page(pdf, number) for number in range(1, page_count(pdf) + 1)] for pdf in files]
    rows = [(name, row[at : at + _ACROSS]) for name, row in enumerate(pages, 1) for at in range(0, len(row), _ACROSS)]
    first = {name: at for at, (name, _) in reversed(list(enumerate(rows)))}
    margin = 4 * _GAP
    width = margin + max(sum(page.width + _GAP for page in row) for _, row in rows)
    heights = [max(page.height for page in row) + _GAP for _, row in rows]
    picture = PIL.Image.new("RGB", (width, _GAP + sum(heights)), GROUND)
    font = ImageFont.truetype(str(data_folder("fonts") / "Hei-Bold.ttf"), 2 * _GAP)
    top = _GAP
    for at, (name, row) in enumerate(rows):
        if first[name] == at:
            ImageDraw.Draw(picture).text((margin // 2, top), str(name), INK, font, anchor="mt")
        left = margin
        for page in row:
            picture.paste(page, (left, top))
            left += page.width + _GAP
        top += heights[at]
    return picture


def draw_plans(issue: Issue, plans: Sequence[Plan], file: Path) -> None:
    """Writes a picture of the composed pages of each plan, a row a plan.

    Raises:
        LayoutError: the file cannot be written, or its suffix names no kind of picture.
    """
    from PIL import Image

    target = replace(proof_target(), max_ppi=72.0, target_ppi=72.0)
    rows = [pdf_of(compose(plan.of(issue)), target, cache_folder()) for plan in plans]
    try:
        picture = contact_sheet(rows)
        kind = Image.registered_extensions().get(file.suffix.lower())
        if kind not in Image.SAVE:
            raise ValueError(f"unknown file extension: {file.suffix}")
        with whole_file(file) as draft:
            picture.save(draft, kind)
    except (OSError, ValueError) as error:
        what = Message(f"写不出 {file}：{error}", f"{file} cannot be written: {error}")
        remedy = Message(
            "写 .png 或 .webp，放在能写的文件夹里", "name a .png or .webp, in a folder that can be written to"
        )
        raise LayoutError([Problem("unwritable", what, remedy)]) from error


def _page(pdf: bytes, number: int) -> Image:
    import PIL.Image

    large = render_page(pdf, 1.0, number=number).convert("RGB")
    return large.resize((_WIDTH, round(large.height * _WIDTH / large.width)), PIL.Image.Resampling.LANCZOS)
