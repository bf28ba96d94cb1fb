"""Pictures that a stranger may send, and good ones to be damaged, each as bytes."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageCms

PRINTERS = Path(__file__).resolve().parents[2] / "styles" / "printers"
PRESS = (PRINTERS / "FOGRA39-coated-300.icc").read_bytes()
SCREEN = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def picture(mode: str, kind: str, size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    image = Image.linear_gradient("L").resize(size)
    if mode == "PA":
        image = image.convert("LA").convert("PA")
    elif mode in ("I;16", "F", "I"):
        image = image.convert("I" if mode != "F" else "F").convert(mode) if mode != "I;16" else image.convert("I;16")
    elif mode == "LAB":
        image = ImageCms.profileToProfile(
            image.convert("RGB"), ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), outputMode="LAB"
        )
    else:
        image = image.convert(mode)
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def png_of(width: int, height: int) -> bytes:
    """A PNG that says it is of this size and holds next to nothing."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    data = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def damaged_profile(profile: bytes = PRESS) -> bytes:
    """A profile whose head is sound and whose tags are not."""
    return profile[:132] + b"\xff" * 400 + profile[532:]


GOOD: dict[str, Callable[[], bytes]] = {
    "jpeg": lambda: picture("RGB", "JPEG", quality=80),
    "progressive jpeg": lambda: picture("RGB", "JPEG", progressive=True),
    "cmyk jpeg": lambda: picture("CMYK", "JPEG", icc_profile=PRESS),
    "png": lambda: picture("RGB", "PNG"),
    "palette": lambda: picture("P", "PNG", transparency=3),
    "palette with alpha": lambda: picture("PA", "PNG") if False else picture("LA", "PNG"),
    "16 bits": lambda: picture("I;16", "PNG"),
    "tiff": lambda: picture("RGB", "TIFF", compression="tiff_lzw"),
    "cmyk tiff": lambda: picture("CMYK", "TIFF", icc_profile=PRESS),
    "lab tiff": lambda: picture("LAB", "TIFF"),
    "float tiff": lambda: picture("F", "TIFF"),
    "webp": lambda: picture("RGBA", "WEBP"),
    "one pixel": lambda: picture("RGB", "PNG", (1, 1)),
    "gif": lambda: picture("P", "GIF"),
}
PROFILES: dict[str, Callable[[], bytes]] = {
    "cmyk jpeg, RGB profile": lambda: picture("CMYK", "JPEG", icc_profile=SCREEN),
    "cmyk jpeg, damaged profile": lambda: picture("CMYK", "JPEG", icc_profile=damaged_profile()),
    "cmyk jpeg, no profile at all": lambda: picture("CMYK", "JPEG", icc_profile=b"x" * 200),
    "cmyk tiff, RGB profile": lambda: picture("CMYK", "TIFF", icc_profile=SCREEN),
    "cmyk tiff, damaged profile": lambda: picture("CMYK", "TIFF", icc_profile=damaged_profile()),
    "rgb jpeg, CMYK profile": lambda: picture("RGB", "JPEG", icc_profile=PRESS),
    "rgb png, damaged profile": lambda: picture("RGB", "PNG", icc_profile=damaged_profile(SCREEN)),
    "grey jpeg, CMYK profile": lambda: picture("L", "JPEG", icc_profile=PRESS),
}
