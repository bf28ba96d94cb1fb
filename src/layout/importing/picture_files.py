"""Pictures as files, unchanged; only formats that cannot be placed are converted, and reported."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from ..errors import Message
from ..issue import svg
from ..issue.files import RASTER
from ..runtime.limits import PICTURE_PIXELS, LimitError
from .manuscript import Figure, ImportLog, SourcePicture

_SUFFIX = {"JPEG": ".jpg", "MPO": ".jpg", "PNG": ".png", "TIFF": ".tif", "WEBP": ".webp"}
LOSSLESS = ("GIF", "BMP", "DIB", "PCX", "TGA", "PPM", "ICO", "JPEG2000")  # converted to PNG without loss
TINY = 64  # pixels; a smaller picture is probably an ornament
# Formats that Pillow does not decode, by their first bytes.
_MAGIC = (
    (b"\x01\x00\x00\x00", b" EMF", 40, ".emf", "EMF"),
    (b"\xd7\xcd\xc6\x9a", b"", 0, ".wmf", "WMF"),
    (b"\x01\x00\x09\x00", b"", 0, ".wmf", "WMF"),
    (b"%PDF", b"", 0, ".pdf", "PDF"),
    (b"%!PS", b"", 0, ".eps", "EPS"),
    (b"\xc5\xd0\xd3\xc6", b"", 0, ".eps", "EPS"),
    (b"II\xbc\x01", b"", 0, ".wdp", "HD Photo"),
)
_HEIC = (b"ftyphei", b"ftyphev", b"ftypmif1", b"ftypmsf1")  # at the fourth byte
# Behind the end of a JPEG, perhaps after a name: a box of type ftyp with its length and brand (ISO/IEC 14496-12 4.3).
_FILM = re.compile(rb"(?<=\xff\xd9)(?:[\x00-\xff]{0,64}?)\x00\x00\x00[\x10-\x40]ftyp(?:mp4|iso|qt|M4V|avc|3gp)")
_QUALITY = 95  # of the JPEG converted from HEIC
AS_JPEG = Message(
    "手机里把它另存成 JPEG 再发（苹果手机：设置—相机—格式—兼容性最佳），或者装上 pip install 'newsletter-layout[heic]' 再导入",
    "ask for a JPEG (on an iPhone: Settings, Camera, Formats, Most Compatible), or pip install 'newsletter-layout[heic]'",
)
REPLACE = Message(
    "向作者要原图（JPEG 或 PNG），放进 pictures 文件夹，写进稿件的 pictures",
    "ask the author for a JPEG or PNG, put it in the folder pictures and name it under the article's pictures",
)


def prepared(figure: Figure, number: int, notes: ImportLog) -> SourcePicture:
    """A figure as a file to be saved; `number` counts the article's pictures."""
    data, suffix, usable, what = _kind(figure, number, notes)
    where = (
        Message(f"在第 {figure.number} 段后", f"after paragraph {figure.number}")
        if figure.number
        else Message("在最前面", "at the top")
    )
    zh, en = f"图片 {number}（{what.zh}）原来{where.zh}", f"picture {number} ({what.en}) stood {where.en}"
    notes.report("picture", zh, en)
    return SourcePicture(data, suffix, figure.caption, figure.credit, figure.alt, figure.focus, usable)


def _kind(figure: Figure, number: int, notes: ImportLog) -> tuple[bytes, str, bool, Message]:
    from PIL import Image, ImageFile

    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint sets this to True

    data, at = _still(figure.data, number, figure.number, notes), figure.number
    for start, sign, offset, suffix, name in _MAGIC:
        if data.startswith(start) and data[offset : offset + len(sign)] == sign:
            zh = f"图片 {number} 是 {name}，版面上不能用，只存了文件"
            en = f"picture {number} is {name}, which no page can show; its file was saved"
            notes.report("picture-kind", zh, en, at=at, remedy=REPLACE, needs_review=True)
            return data, suffix, False, Message(name, name)
    if data[4:12].startswith(_HEIC):
        return _from_heic(data, number, at, notes)
    if b"<svg" in data[:2048]:
        try:
            svg.drawing_size(data)
        except (LimitError, svg.DamagedSvg) as error:
            zh, en = (
                f"图片 {number}（SVG）不能用（{error}），只存了文件",
                f"picture {number} (SVG) is not usable ({error}); saved",
            )
            notes.report("corrupt-picture", zh, en, at=at, remedy=REPLACE, needs_review=True)
            return data, ".svg", False, Message("SVG", "SVG")
        return data, ".svg", True, Message("SVG", "SVG")
    png, moving = b"", False
    try:
        with _quiet(), Image.open(io.BytesIO(data)) as image:
            kind, (width, height) = str(image.format), image.size
            if kind not in _SUFFIX and kind not in LOSSLESS:
                raise ValueError(kind)
            if width * height <= PICTURE_PIXELS.most:
                image.draft(None, (max(1, width // 8), max(1, height // 8)))
                if kind in LOSSLESS:
                    moving = bool(getattr(image, "is_animated", False))
                    out = io.BytesIO()
                    image.save(out, "PNG")
                    png = out.getvalue()
                else:
                    image.load()
    except Image.DecompressionBombError as error:
        return _huge(data, "", Message("像素太多", str(error)), number, at, notes)
    except MemoryError:
        return _huge(data, "", Message("内存不够", "not enough memory"), number, at, notes)
    except Exception as error:  # decoders raise any exception on broken files
        reason = (str(error).splitlines() or [type(error).__name__])[0][:100]
        zh = f"图片 {number}（{figure.name}）已损坏或不认识，只存了文件"
        en = f"picture {number} ({figure.name}) is broken or of an unknown kind ({reason}); its file was saved"
        notes.report("corrupt-picture", zh, en, at=at, remedy=REPLACE, needs_review=True)
        suffix = "." + figure.name.rpartition(".")[2].lower() if "." in figure.name else ".bin"
        return (
            data,
            suffix if suffix.isascii() and suffix[1:].isalnum() else ".bin",
            False,
            Message("不能用", "not usable"),
        )
    size = Message(f"{kind}，{width}×{height} 像素", f"{kind}, {width}×{height} pixels")
    if width * height > PICTURE_PIXELS.most:
        return _huge(data, kind, size, number, at, notes)
    if png:
        zh, en = f"图片 {number} 由 {kind} 转成了 PNG", f"picture {number} became a PNG; it was {kind}"
        if moving:
            zh, en = f"{zh}，是动图，取第一幅", f"{en}, of which the first frame was taken"
        notes.report("picture-kind", zh, en, at=at, needs_review=moving)
        return png, ".png", True, size
    if max(width, height) < TINY:
        zh, en = (
            f"图片 {number} 只有 {width}×{height} 像素，像是装饰",
            f"picture {number} has {width}×{height} pixels: an ornament?",
        )
        notes.report(
            "tiny-picture",
            zh,
            en,
            at=at,
            remedy=Message("不要就从 pictures 里删去", "if so, delete it under pictures"),
            needs_review=True,
        )
    assert kind in RASTER or kind == "MPO"
    return data, _SUFFIX[kind], True, size


def _still(data: bytes, number: int, at: int, notes: ImportLog) -> bytes:
    """A JPEG without the film that a phone appends to it (Android's motion photo: an MP4 behind the picture)."""
    film = _FILM.search(data) if data.startswith(b"\xff\xd8") else None
    end = data.rfind(b"\xff\xd9", 0, film.start()) if film else -1
    if film is None or end < 0:
        return data
    zh = f"图片 {number} 是动态照片，取静止的一幅，后面的短片（{len(data) - end - 2:,} 字节）没有带进来"
    en = f"picture {number} is a motion photo: its still was taken, the film ({len(data) - end - 2:,} bytes) left out"
    notes.report("picture-kind", zh, en, at=at)
    return data[: end + 2]


@contextmanager
def _quiet() -> Iterator[None]:
    """Suppresses Pillow's warnings, which are reported as problems."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _huge(
    data: bytes, kind: str, size: Message, number: int, at: int, notes: ImportLog
) -> tuple[bytes, str, bool, Message]:
    """A picture with more pixels than the limit of a build: saved unchanged, not placed."""
    zh = f"图片 {number} 太大（{size.zh}），排版时打不开，只存了文件"
    en = f"picture {number} is too large for a build ({size.en}); its file was saved"
    remedy = Message(
        "用看图软件缩到 8000 像素以内，另存后写进 pictures",
        "scale it to at most 8000 pixels, save it, and name it under pictures",
    )
    notes.report("huge-picture", zh, en, at=at, remedy=remedy, needs_review=True)
    return data, _SUFFIX.get(kind, ".png" if data.startswith(b"\x89PNG") else ".jpg"), False, size


def _from_heic(data: bytes, number: int, at: int, notes: ImportLog) -> tuple[bytes, str, bool, Message]:
    """A HEIC picture as an upright JPEG of the same pixels; unchanged where pillow-heif is not installed."""
    from PIL import Image, ImageOps

    try:
        import pillow_heif  # an extra

        pillow_heif.register_heif_opener()
        with _quiet(), Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > PICTURE_PIXELS.most:
                return _huge(data, "HEIC", Message("HEIC", "HEIC"), number, at, notes)
            profile, turned = image.info.get("icc_profile"), ImageOps.exif_transpose(image).convert("RGB")
    except Exception as error:  # not installed, or an error of the decoder
        absent = isinstance(error, ImportError)
        reason = (
            Message("没有装读它的扩展", "its reader is not installed")
            if absent
            else Message("读不出来", f"broken: {error}")
        )
        zh = f"图片 {number} 是 HEIC（{reason.zh}），只存了文件"
        en = f"picture {number} is HEIC ({reason.en}); its file was saved"
        notes.report("picture-kind", zh, en, at=at, remedy=AS_JPEG, needs_review=True)
        return data, ".heic", False, Message("HEIC", "HEIC")
    out = io.BytesIO()
    turned.save(out, "JPEG", quality=_QUALITY, subsampling=0, icc_profile=profile)
    zh, en = f"图片 {number} 由 HEIC 转成了 JPEG", f"picture {number} became a JPEG; it was HEIC"
    notes.report("picture-kind", zh, en, at=at)
    size = Message(f"JPEG，{turned.width}×{turned.height} 像素", f"JPEG, {turned.width}×{turned.height} pixels")
    return out.getvalue(), ".jpg", True, size
