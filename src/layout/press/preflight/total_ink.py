"""Total ink from separations: Ghostscript renders the four plates, and the ink is averaged over squares.

`UsePDFX3Profile` leaves DeviceCMYK unchanged and converts everything else by the file's output intent; an output
profile of Ghostscript's own would convert everything again.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...errors import Message, PageRectangle
from ...runtime.processes.children import run_bounded
from ...units import MM
from ..page_boxes import PageBoxes
from .findings import Findings

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

RESOLUTION = 72  # dots an inch: 42 dots to a square of 15 mm
_BATCH = 8  # pages rendered at a time, to limit the disk space
_SECONDS_A_PAGE = 60
_MOST_SECONDS = 900  # of one file
_MOST_DOTS = 40_000_000  # of one page
_MOST_SQUARES = 20  # of one page that are reported


def check_ink(path: Path, pages: Mapping[int, PageBoxes], findings: Findings) -> None:
    """Checks rule R0026 on each page; a page that cannot be measured is a finding."""
    ghostscript = shutil.which("gs")
    if ghostscript is None:
        _not_measured(findings, "没有装 Ghostscript", "Ghostscript is not installed")
        return
    measured = set()
    limits = findings.printer.ink
    small = [number for number, boxes in pages.items() if _dots(boxes) <= _MOST_DOTS]
    try:
        import numpy

        for number, plates in separations(path, ghostscript, small):
            boxes = pages[number]
            if boxes.rotation:
                plates = numpy.rot90(plates, boxes.rotation // 90)
            measured.add(number)
            for amount, place in heavy_squares(plates, boxes, limits.square, limits.limit):
                findings.report("GWG R0026", number, [place], value=amount, limit=limits.limit)
    except (OSError, subprocess.SubprocessError, ImportError):
        pass
    missing = len(pages) - len(measured)
    if missing:
        _not_measured(
            findings, f"Ghostscript 有 {missing} 页画不出来", f"Ghostscript cannot paint {missing} of the pages"
        )


def _dots(boxes: PageBoxes) -> float:
    """The number of dots of a page at `RESOLUTION`."""
    left, bottom, right, top = boxes.media
    return (right - left) * (top - bottom) * (RESOLUTION / 72) ** 2


def separations(path: Path, ghostscript: str, pages: Sequence[int]) -> Iterator[tuple[int, NDArray[numpy.uint8]]]:
    """The plates of these pages, as rows of dots of C, M, Y, K, 0–255, over the whole MediaBox at `RESOLUTION`."""
    import numpy
    from PIL import Image

    end = time.monotonic() + _MOST_SECONDS
    with tempfile.TemporaryDirectory(prefix="ink-") as folder:
        for first in range(0, len(pages), _BATCH):
            if time.monotonic() > end:
                return  # the remaining pages are reported as not measured
            batch = pages[first : first + _BATCH]
            _paint(ghostscript, path, folder, batch)
            for index, number in enumerate(batch, 1):
                picture = Path(folder) / f"{index}.tif"
                if not picture.is_file():
                    continue
                try:
                    with Image.open(picture) as image:
                        plates = numpy.asarray(image) if image.mode == "CMYK" else None
                except (OSError, ValueError, Image.DecompressionBombError):
                    plates = None
                picture.unlink()
                if plates is not None:
                    yield number, plates


def _paint(ghostscript: str, path: Path, folder: str, pages: Sequence[int]) -> None:
    arguments = [
        ghostscript,
        "-dBATCH",
        "-dNOPAUSE",
        "-dQUIET",
        "-dSAFER",
        "-sDEVICE=tiff32nc",
        "-dUsePDFX3Profile",
        "-sCompression=lzw",
        f"-r{RESOLUTION}",
        f"-sPageList={','.join(map(str, pages))}",
        f"-sOutputFile={folder}/%d.tif",
        "-f",
        str(path.resolve()),
    ]
    run_bounded(arguments, _SECONDS_A_PAGE * len(pages), {**os.environ, "TMPDIR": folder})


def heavy_squares(
    plates: NDArray[numpy.uint8], boxes: PageBoxes, side: float, limit: float
) -> list[tuple[float, PageRectangle]]:
    """The heaviest squares with more ink than `limit`, at most one in each connected region.

    `side` is in pt, amounts are in per cent. Only the area inside the bleed counts, so colour bars do not.
    """
    import numpy

    scale = RESOLUTION / 72
    left, bottom, right, top = boxes.bleed
    x0, y1 = boxes.media[0], boxes.media[3]
    rows = slice(max(round((y1 - top) * scale), 0), max(round((y1 - bottom) * scale), 0))
    columns = slice(max(round((left - x0) * scale), 0), max(round((right - x0) * scale), 0))
    total = plates[rows, columns].sum(axis=2, dtype=numpy.float64) * (100 / 255)
    width = round(side * scale)
    height, across = min(width, total.shape[0]), min(width, total.shape[1])
    if not height or not across:
        return []
    sums: Any = numpy.zeros((total.shape[0] + 1, total.shape[1] + 1))
    sums[1:, 1:] = total.cumsum(axis=0).cumsum(axis=1)
    means = (sums[height:, across:] - sums[:-height, across:] - sums[height:, :-across] + sums[:-height, :-across]) / (
        height * across
    )
    found: list[tuple[float, PageRectangle]] = []
    while len(found) < _MOST_SQUARES:
        at = int(means.argmax())
        row, column = divmod(at, means.shape[1])
        amount = float(means[row, column])
        if amount <= limit + 0.5:
            break
        x = left + column / scale - boxes.trim[0]
        y = boxes.trim[3] - top + row / scale
        place = PageRectangle(
            round(x / MM, 2), round(y / MM, 2), round(across / scale / MM, 2), round(height / scale / MM, 2)
        )
        found.append((amount, place))
        means[max(row - height, 0) : row + height, max(column - across, 0) : column + across] = 0
    return found


def _not_measured(findings: Findings, zh: str, en: str) -> None:
    findings.report("not-checked", subject=Message(f"总墨量没有测：{zh}", f"total ink was not measured: {en}"))
