"""Checks of the files that an issue names: inside its folder, present, and valid pictures."""

from __future__ import annotations

import functools
import io
import os
import re
import warnings
from pathlib import Path

from msgspec.structs import replace

from ..errors import Message, Problem, Severity, SourceLocation
from ..records import nearest_match
from ..runtime.gate import Gate, leads_out, lies_outside
from ..runtime.limits import PICTURE_PIXELS, PICTURE_SIDES, LimitError, over
from . import svg
from .svg import DamagedSvg

PICTURES = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".svg"})
RASTER = ("JPEG", "PNG", "TIFF", "WEBP")
_IN_MEMORY = re.compile(r"<_io\.BytesIO[^>]*>")  # Pillow's name of a picture opened from bytes


def find_file(folder: Path, name: str, mark: SourceLocation) -> tuple[Path | None, list[Problem]]:
    """The file of that name inside the issue's folder.

    Problems: `outside-folder`, `no-file` with the most similar name in the folder.
    """
    gate, path = Gate((folder,)), folder / name
    if leads_out(name) or not gate.holds(path):
        return None, [lies_outside(name, mark)]
    if gate.is_file(path):
        return path, []
    what = Message(f"找不到文件 {name}", f"there is no file {name}")
    remedy = Message("改正文件名，或补上文件", "mend the name, or add the file")
    if "\\" in name:
        remedy = Message("文件夹之间用 / 隔开", "write / between folders")
    elif near := _similar_file(folder, name):
        remedy = Message(f"是 {near} 吗？", f"do you mean {near}?")
    return None, [Problem("no-file", what, remedy, mark)]


def _similar_file(folder: Path, name: str) -> str:
    """The file in the folder whose name is most similar."""
    files = []
    for place, folders, names in os.walk(folder):
        folders.sort()
        files += [Path(place, file).relative_to(folder).as_posix() for file in sorted(names)]
        if len(files) > 2000:
            break
    named = Path(name)
    kinds = PICTURES if named.suffix.lower() in PICTURES else {named.suffix.lower(), ".md", ".txt"}
    files = [file for file in files if Path(file).suffix.lower() in kinds]
    same = [file for file in files if Path(file).stem.lower() == named.stem.lower()]
    return same[0] if same else nearest_match(name, files)


def picture_size(
    path: Path, name: str, mark: SourceLocation, folder: Path | None = None
) -> tuple[tuple[float, float] | None, list[Problem]]:
    """Width and height of a picture in the issue's `folder`, in pixels; of an SVG in its own units.

    Problems: `corrupt-picture`, `picture-kind`, `picture-profile` (a warning), `limit`.
    """
    try:
        real = (Gate((folder,)) if folder else Gate((path.parent,))).find(path)
        status = real.stat()
        size, sound = _size(str(real), status.st_size, status.st_mtime_ns)
    except _UnusablePicture as error:
        remedy = Message("换成 JPEG、PNG、TIFF、WebP 或 SVG", "give a JPEG, PNG, TIFF, WebP or SVG")
        return None, [Problem("picture-kind", error.words(name), remedy, mark)]
    except LimitError as error:
        return None, [replace(problem, mark=mark) for problem in error.problems]
    except (OSError, DamagedSvg, _Broken) as error:
        reason = _IN_MEMORY.sub(repr(name), str(error))[:120]
        what = Message(f"图片 {name} 已损坏或读不出来", f"the picture {name} is broken or cannot be read: {reason}")
        remedy = Message("重新导出或复制这个文件", "export or copy the file anew")
        return None, [Problem("corrupt-picture", what, remedy, mark)]
    if not sound:
        what = Message(
            f"图片 {name} 里的 ICC 已损坏，或不是它的颜色的",
            f"the ICC profile in {name} is damaged, or for other colours",
        )
        remedy = Message(
            "它没有用上；请用正确的 ICC 重新导出", "it is not used; export the picture with the right profile"
        )
        return size, [Problem("picture-profile", what, remedy, mark, Severity.WARNING)]
    return size, []


class _Broken(Exception):
    """A decoder's error about a picture."""


class _UnusablePicture(Exception):
    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind

    def words(self, name: str) -> Message:
        return Message(f"图片 {name} 是 {self.kind}，不能用", f"the picture {name} is {self.kind}, which is not taken")


@functools.lru_cache(maxsize=512)
def _size(path: str, length: int, modified: int) -> tuple[tuple[float, float], bool]:
    """Its size and whether its profile is valid; cached until the file changes."""
    del length, modified
    data = Gate((os.path.dirname(path),)).read(path)
    if path.lower().endswith(".svg") or b"<svg" in data[:1024]:
        size, profiled = svg.drawing_size(data), True
    else:
        size, profiled = _raster_size(data)
    if max(size) > PICTURE_SIDES.most * min(size):  # in a column it would be as high as a tower
        raise LimitError([over(PICTURE_SIDES, found=int(max(size) / min(size)) if min(size) > 0 else None)])
    return size, profiled


def _raster_size(data: bytes) -> tuple[tuple[float, float], bool]:
    """Decodes the picture, at a reduced size where the format allows: the header alone does not show that data are missing."""
    from PIL import Image, ImageFile

    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint sets this to True

    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data)) as image:
            if image.format not in RASTER:
                raise _UnusablePicture(str(image.format))
            width, height = image.size
            if width * height > PICTURE_PIXELS.most:
                raise LimitError([over(PICTURE_PIXELS, found=width * height)])
            turned = image.getexif().get(0x0112, 1) in (5, 6, 7, 8)
            mode, profile = image.mode, image.info.get("icc_profile")
            image.draft(None, (max(1, width // 8), max(1, height // 8)))
            image.load()
    except (_UnusablePicture, LimitError):
        raise
    except Image.DecompressionBombError as error:
        raise LimitError([over(PICTURE_PIXELS)]) from error
    except Exception as error:  # decoders raise any exception on broken files
        raise _Broken(str(error) or type(error).__name__) from error
    return ((height, width) if turned else (width, height)), not profile or _is_profile(profile, mode)


_PROFILED = {"L": "L", "LA": "L", "RGB": "RGB", "RGBA": "RGB", "P": "RGB", "PA": "RGB", "CMYK": "CMYK", "LAB": "LAB"}


def _is_profile(profile: bytes, mode: str) -> bool:
    """Whether colours of this mode can be converted by the profile."""
    from PIL import ImageCms

    if mode not in _PROFILED:
        return True
    try:
        opened = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        ImageCms.buildTransform(opened, ImageCms.createProfile("sRGB"), _PROFILED[mode], "RGB")
    except (OSError, ValueError, TypeError, ImageCms.PyCMSError):
        return False
    return True
