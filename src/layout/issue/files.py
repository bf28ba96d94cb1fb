"""The files that an issue names: they lie in its folder, and a picture is one."""

from __future__ import annotations

import functools
import io
import os
import re
import warnings
from pathlib import Path

from ..errors import Mark, Problem, Words
from ..records import nearest
from ..runtime.gate import Gate, leads_out, lies_outside

PICTURES = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".svg"})
RASTER = ("JPEG", "PNG", "TIFF", "WEBP")
_IN_MEMORY = re.compile(r"<_io\.BytesIO[^>]*>")  # what Pillow calls a picture that it was given as bytes


def find_file(folder: Path, name: str, mark: Mark) -> tuple[Path | None, list[Problem]]:
    """The file that a name means, inside the issue's folder.

    Problems: `outside-folder`, `no-file` with the nearest name that is there.
    """
    gate, path = Gate((folder,)), folder / name
    if leads_out(name) or not gate.holds(path):
        return None, [lies_outside(name, mark)]
    if gate.is_file(path):
        return path, []
    what = Words(f"找不到文件 {name}", f"there is no file {name}")
    remedy = Words("改正文件名，或补上文件", "mend the name, or add the file")
    if "\\" in name:
        remedy = Words("文件夹之间用 / 隔开", "write / between folders")
    elif near := _near(folder, name):
        remedy = Words(f"是 {near} 吗？", f"do you mean {near}?")
    return None, [Problem("no-file", what, remedy, mark)]


def _near(folder: Path, name: str) -> str:
    """The file of the folder whose name is most like a name."""
    files = []
    for place, folders, names in os.walk(folder):
        folders.sort()
        files += [Path(place, file).relative_to(folder).as_posix() for file in sorted(names)]
        if len(files) > 2000:
            break
    wanted = Path(name)
    kinds = PICTURES if wanted.suffix.lower() in PICTURES else {wanted.suffix.lower(), ".md", ".txt"}
    files = [file for file in files if Path(file).suffix.lower() in kinds]
    same = [file for file in files if Path(file).stem.lower() == wanted.stem.lower()]
    return same[0] if same else nearest(name, files)


def look_at_picture(
    path: Path, name: str, mark: Mark, folder: Path | None = None
) -> tuple[tuple[float, float] | None, list[Problem]]:
    """Width and height of a picture, in pixels, or of an SVG in its own units; it lies in the issue's `folder`.

    Problems: `corrupt-picture`, `picture-kind`.
    """
    try:
        real = (Gate((folder,)) if folder else Gate((path.parent,))).find(path)
        status = real.stat()
        size = _size(str(real), status.st_size, status.st_mtime_ns)
    except _Unfit as error:
        remedy = Words("换成 JPEG、PNG、TIFF、WebP 或 SVG", "give a JPEG, PNG, TIFF, WebP or SVG")
        return None, [Problem("picture-kind", error.words(name), remedy, mark)]
    except Exception as error:  # decoders raise whatever they please on broken files
        reason = _IN_MEMORY.sub(repr(name), str(error))[:120]
        what = Words(f"图片 {name} 已损坏或读不出来", f"the picture {name} is broken or cannot be read: {reason}")
        remedy = Words("重新导出或复制这个文件", "export or copy the file anew")
        return None, [Problem("corrupt-picture", what, remedy, mark)]
    return size, []


class _Unfit(Exception):
    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind

    def words(self, name: str) -> Words:
        return Words(f"图片 {name} 是 {self.kind}，不能用", f"the picture {name} is {self.kind}, which is not taken")


@functools.lru_cache(maxsize=512)
def _size(path: str, length: int, modified: int) -> tuple[float, float]:
    """Asked once for a file as long as it stays the same."""
    del length, modified
    data = Gate((os.path.dirname(path),)).read(path)
    if path.lower().endswith(".svg") or b"<svg" in data[:1024]:
        return _svg_size(data)
    return _raster_size(data)


def _raster_size(data: bytes) -> tuple[float, float]:
    """Decodes the picture, small where the format can: a header alone does not tell that the rest is missing."""
    from PIL import Image, ImageFile

    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint, where it is loaded, lets half a picture pass

    with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data)) as image:
        if image.format not in RASTER:
            raise _Unfit(str(image.format))
        width, height = image.size
        turned = image.getexif().get(0x0112, 1) in (5, 6, 7, 8)
        image.draft(None, (max(1, width // 8), max(1, height // 8)))
        image.load()
    return (height, width) if turned else (width, height)


def _svg_size(data: bytes) -> tuple[float, float]:
    from xml.etree import ElementTree

    root = ElementTree.fromstring(data)
    if root.tag.rpartition("}")[2] != "svg":
        raise _Unfit("XML")
    box = root.get("viewBox", "").replace(",", " ").split()
    width, height = (
        (float(box[2]), float(box[3])) if len(box) == 4 else (_units(root.get("width")), _units(root.get("height")))
    )
    if not (width > 0 and height > 0):
        raise ValueError("no viewBox and no size")
    return width, height


def _units(text: str | None) -> float:
    number = "".join(c for c in text or "" if c in "0123456789.")
    return float(number or 0)
