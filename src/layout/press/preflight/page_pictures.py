"""Pages of a PDF as pictures, drawn by a process of bounded memory and time: a page may want any amount of both.

python -m layout.press.preflight.page_pictures FILE FOLDER NUMBER…     draws the pages into the folder
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import msgspec

from ...runtime.files import readable
from ...runtime.limits import PAGE_DRAWING_SECONDS, PDF_MEMORY
from ...runtime.processes.children import run_bounded
from ...runtime.processes.worker import can_start_python, environment

MOST_PAGES = 24  # shown as pictures; of a longer file those with findings come first
_PICTURE_WIDTH = 560  # dots
_TALLEST = 4  # a page higher than so many times its width is drawn narrower

Corners = tuple[float, float, float, float]  # left, bottom, right, top, pt


class PagePicture(msgspec.Struct, frozen=True):
    """A page as a JPEG of its crop box, not rotated."""

    number: int
    crop: Corners
    trim: Corners
    jpeg: bytes


def draw_pages(path: Path, wanted: Iterable[int]) -> list[PagePicture]:
    """All pages of a short file, of a long one those `wanted`. A page that cannot be drawn is left out, and so are those
    after the one at which memory or time ran out. Empty without PDFium."""
    numbers = sorted(set(wanted))
    if not can_start_python():
        return list(_draw(path, numbers))
    with tempfile.TemporaryDirectory() as folder:
        arguments = [sys.executable, "-m", __name__, str(path.absolute()), folder, *map(str, numbers[:MOST_PAGES])]
        with suppress(OSError, subprocess.SubprocessError):
            run_bounded(arguments, PAGE_DRAWING_SECONDS.most, environment(), PDF_MEMORY.most)
        pictures = []
        for drawn in sorted(Path(folder).iterdir()):
            with suppress(msgspec.DecodeError):  # the one that was being written
                pictures.append(msgspec.msgpack.decode(drawn.read_bytes(), type=PagePicture))
        return pictures


def _draw(path: Path, wanted: list[int]) -> Iterator[PagePicture]:
    try:
        import pypdfium2  # type: ignore[import-untyped]
    except ImportError:
        return
    try:
        document = pypdfium2.PdfDocument(readable(path))
    except (pypdfium2.PdfiumError, OSError):
        return
    try:
        count = len(document)
        numbers = range(1, count + 1) if count <= MOST_PAGES else [n for n in wanted if n <= count][:MOST_PAGES]
        for number in numbers:
            with suppress(pypdfium2.PdfiumError, ValueError, MemoryError):
                page = document[number - 1]
                crop, trim = page.get_cropbox(), page.get_trimbox()
                # Rendered without its rotation, so that places need not be rotated.
                scale = _PICTURE_WIDTH / max(crop[2] - crop[0], (crop[3] - crop[1]) / _TALLEST, 1)
                bitmap = page.render(scale=scale, rotation=-page.get_rotation() % 360)
                with io.BytesIO() as data:
                    bitmap.to_pil().convert("RGB").save(data, "JPEG", quality=80)
                    yield PagePicture(number, tuple(crop), tuple(trim), data.getvalue())
    finally:
        document.close()


def _main() -> None:
    path, folder, *numbers = sys.argv[1:]
    for picture in _draw(Path(path), list(map(int, numbers))):
        Path(folder, f"{picture.number:06}").write_bytes(msgspec.msgpack.encode(picture))


if __name__ == "__main__":
    _main()
