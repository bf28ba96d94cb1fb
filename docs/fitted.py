"""The picture of fitted pages in the documentation: python docs/fitted.py"""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
from pictures import GAP, TOP, WIDTH
from PIL import Image, ImageDraw

import layout

NAME, PAGES = "2026-11", (2, 4)
HEIGHT = re.compile(r"^(\s+- )\d+:(\s+\S)")
LINES = 50
WRONG = "#c80000"


def copied(folder: Path, *, auto: bool) -> Path:
    """A copy of the sample with its rows all `auto`, or all alike."""
    shutil.copytree(TOP / "issues" / NAME, folder)
    file = folder / "issue.yaml"
    head, pages = re.split(r"^(?=pages:)", file.read_text(encoding="utf-8"), maxsplit=1, flags=re.MULTILINE)
    parts = re.split(r"^(?=    areas:)", pages, flags=re.MULTILINE)
    for number, part in enumerate(parts):
        rows = len([line for line in part.splitlines() if HEIGHT.match(line)])
        lines = [
            HEIGHT.sub(rf"\g<1>{'auto' if auto else LINES // max(1, rows)}:\2", line) for line in part.splitlines()
        ]
        parts[number] = "\n".join(lines) + "\n"
    file.write_text(head + "".join(parts), encoding="utf-8")
    return folder


def images(folder: Path, pdf: Path, width: int) -> list[Image.Image]:
    """The chosen pages, a red line where a text is cut off."""
    pages = layout.compose(layout.load(folder))
    pages.write_pdf(pdf)
    document = pypdfium2.PdfDocument(pdf)
    shown = []
    for number in PAGES:
        page = document[number - 1]
        scale = width / page.get_width()
        picture = page.render(scale=scale).to_pil().convert("RGB")
        draw = ImageDraw.Draw(picture)
        for one in pages.overset:
            frames = [f for f in pages.pages[number - 1].frames if f.article == one.article and f.role == "body"]
            if one.page == number and frames:
                last = max(frames, key=lambda frame: (frame.column, frame.y))
                foot = (last.y + last.height) * scale
                draw.rectangle((last.x * scale, foot, (last.x + last.width) * scale, foot + 5), fill=WRONG)
        shown.append(picture)
    return shown


def main() -> None:
    across = 2 * len(PAGES)
    width = (WIDTH - GAP * (across - 1)) // across
    with tempfile.TemporaryDirectory() as place:
        alike, fitted = (
            images(copied(Path(place) / name, auto=auto), Path(place) / f"{name}.pdf", width)
            for name, auto in (("alike", False), ("fitted", True))
        )
    sheet = Image.new("RGB", (WIDTH, alike[0].height), "#9a9a9a")
    for at, picture in enumerate(one for pair in zip(alike, fitted, strict=True) for one in pair):
        sheet.paste(picture, (at * (width + GAP), 0))
    target = TOP / "docs" / "pictures" / "fitted.webp"
    sheet.save(target, quality=80, method=6)
    print(target, target.stat().st_size // 1024, "KiB")


if __name__ == "__main__":
    main()
