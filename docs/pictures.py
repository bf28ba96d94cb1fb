"""The pictures in README and documentation, made from the sample issues: python docs/pictures.py"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image

import layout

TOP = Path(__file__).parent.parent
sys.path.insert(0, str(TOP / "tests"))  # where the specimen is put into other styles
SHEETS = {"2026-11": 2, "campus-autumn": 4, "bulletin-12": 2, "specimen": 2}  # issue → pages in a row
SPECIMENS = {"campus": 4, "bulletin": 5}
WIDTH, SMALL, GAP = 1600, 1000, 16


def sheet(pdf: Path, across: int, total: int = WIDTH) -> Image.Image:
    """The pages of a PDF side by side, as they face each other."""
    document = pypdfium2.PdfDocument(pdf)
    width = (total - GAP * (across - 1)) // across
    pages = [page.render(scale=width / page.get_width()).to_pil().convert("RGB") for page in document]
    height = pages[0].height
    rows = -(-len(pages) // across)
    picture = Image.new("RGB", (total, rows * height + (rows - 1) * GAP), "#9a9a9a")
    for number, page in enumerate(pages):
        picture.paste(page, (number % across * (width + GAP), number // across * (height + GAP)))
    return picture


def save(issue: Path, name: str, across: int, width: int) -> None:
    """The pages of an issue as one picture of the documentation."""
    with tempfile.TemporaryDirectory() as folder:
        report = layout.build(issue, Path(folder) / f"{name}.pdf", screen=True)
        assert report.pdf, [problem.in_language() for problem in report.problems]
        target = TOP / "docs" / "pictures" / f"{name}.webp"
        sheet(report.pdf, across, width).save(target, quality=80, method=6)
        print(target, target.stat().st_size // 1024, "KiB")


def main() -> None:
    from specimens import specimen

    for name, across in SHEETS.items():
        save(TOP / "issues" / name, name, across, WIDTH)
    with tempfile.TemporaryDirectory() as folder:
        for style, across in SPECIMENS.items():
            save(specimen(style, Path(folder) / style), f"specimen-{style}", across, SMALL)


if __name__ == "__main__":
    main()
