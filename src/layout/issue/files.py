"""The files that an issue names: they lie in its folder, and a picture is one."""

from __future__ import annotations

import functools
import os
import warnings
from pathlib import Path, PureWindowsPath

from ..errors import Mark, Problem, Words
from ..records import nearest

PICTURES = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".svg"})
RASTER = ("JPEG", "PNG", "TIFF", "WEBP")


def find_file(folder: Path, name: str, mark: Mark) -> tuple[Path | None, list[Problem]]:
    """The file that a name means, inside the issue's folder.

    Problems: `outside-folder`, `no-file` with the nearest name that is there.
    """
    try:
        path, root = (folder / name).resolve(), folder.resolve()
    except (OSError, ValueError, RuntimeError):
        path, root = folder / "?", folder
    absolute = Path(name).is_absolute() or PureWindowsPath(name).is_absolute()
    if absolute or (not path.is_relative_to(root)):
        what = Words(f"文件 {name} 不在本期的文件夹里", f"the file {name} lies outside the issue's folder")
        remedy = Words("把它复制到本期文件夹，写相对路径", "copy it into the folder and give its path from there")
        return None, [Problem("outside-folder", what, remedy, mark)]
    try:
        is_file = path.is_file()
    except (OSError, ValueError):
        is_file = False
    if is_file:
        return folder / name, []
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


def look_at_picture(path: Path, name: str, mark: Mark) -> tuple[tuple[float, float] | None, list[Problem]]:
    """Width and height of a picture, in pixels, or of an SVG in its own units.

    Problems: `corrupt-picture`, `picture-kind`.
    """
    try:
        status = path.stat()
        size = _size(os.path.abspath(path), status.st_size, status.st_mtime_ns)
    except _Unfit as error:
        remedy = Words("换成 JPEG、PNG、TIFF、WebP 或 SVG", "give a JPEG, PNG, TIFF, WebP or SVG")
        return None, [Problem("picture-kind", error.words(name), remedy, mark)]
    except Exception as error:  # decoders raise whatever they please on broken files
        reason = str(error).replace(os.path.abspath(path), name)[:120]
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
    with open(path, "rb") as file:
        head = file.read(1024)
    if path.lower().endswith(".svg") or b"<svg" in head:
        return _svg_size(path)
    return _raster_size(path)


def _raster_size(path: str) -> tuple[float, float]:
    """Decodes the picture, small where the format can: a header alone does not tell that the rest is missing."""
    from PIL import Image, ImageFile

    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint, where it is loaded, lets half a picture pass

    with warnings.catch_warnings(action="ignore"), Image.open(path) as image:
        if image.format not in RASTER:
            raise _Unfit(str(image.format))
        width, height = image.size
        turned = image.getexif().get(0x0112, 1) in (5, 6, 7, 8)
        image.draft(None, (max(1, width // 8), max(1, height // 8)))
        image.load()
    return (height, width) if turned else (width, height)


def _svg_size(path: str) -> tuple[float, float]:
    from xml.etree import ElementTree

    root = ElementTree.parse(path).getroot()
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
