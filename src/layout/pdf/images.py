"""Pictures prepared for the target: upright, cropped, at no more than its resolution, in its inks."""

from __future__ import annotations

import io
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..runtime.gate import Gate, Outside
from ..runtime.limits import PICTURE_PIXELS, LimitError, over
from ..runtime.store import ArtifactStore, digest, versions
from .form_xobject import NUMBER_PLACEHOLDER, FormXObject
from .target import Target

if TYPE_CHECKING:
    from PIL.Image import Image

Crop = tuple[float, float, float, float]
WHOLE: Crop = (0.0, 0.0, 1.0, 1.0)

_FLAT = 4096  # a picture of no more colours is flat art, which JPEG would smear
_LINE_ART_PPI = 2400.0


class BadPicture(ValueError):
    """The file is no picture, or a damaged one."""


def convert_picture(
    data: bytes, width: float, height: float, crop: Crop, target: Target, store: ArtifactStore
) -> FormXObject:
    """The picture in a file's bytes as an image XObject for a box of this size (pt).

    Colours go through the picture's own profile (sRGB or none where it has none) and the target's, relative
    colorimetric with black point compensation. Grey stays grey, which the press prints with black alone; one with a
    profile is converted to the tones of sRGB. Photographs become JPEG of 4:4:4, flat art and line art stay exact;
    transparency becomes a soft mask. Raises BadPicture.
    """
    box = f"{width:.3f} {height:.3f} {crop} {target.max_ppi} {target.target_ppi} {target.jpeg_quality} {target.edition}"
    key = digest("picture", data, box, target.icc.read_bytes(), versions("pillow"))
    if (packed := store.get(key)) is not None:
        return FormXObject.unpack(packed)
    form = _convert(data, width, height, crop, target)
    store.put(key, form.pack())
    return form


def pixel_size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels, upright. Raises BadPicture."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as image:
            _is_within_limits(image)
            turned = _is_rotated(image)
            width, height = image.size
    except BadPicture:
        raise
    except UnidentifiedImageError as error:
        raise BadPicture("unknown kind of file") from error
    except Exception as error:  # decoders raise whatever they please on broken files; there is nothing else in here
        raise BadPicture(str(error) or type(error).__name__) from error
    return (height, width) if turned else (width, height)


def _convert(data: bytes, width: float, height: float, crop: Crop, target: Target) -> FormXObject:
    from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint, where it is loaded, would have half a picture printed
    try:
        image: Image.Image = Image.open(io.BytesIO(data))
        _is_within_limits(image)
        photograph = image.format in ("JPEG", "MPO")
        is_negative = _is_negative(image)
        pixels = _pixels(image, width, height, crop, target)
        if pixels and image.format == "JPEG":
            _draft(image, pixels, crop)
        image.load()
        profile = image.info.get("icc_profile")
        image = ImageOps.exif_transpose(image)
    except BadPicture:
        raise
    except UnidentifiedImageError as error:
        raise BadPicture("unknown kind of file") from error
    except Exception as error:  # as above
        raise BadPicture(str(error) or type(error).__name__) from error
    image = ImageOps.invert(_plain(image)) if is_negative else _plain(image)
    if crop != WHOLE:
        left, top, right, bottom = crop
        edges = (left * image.width, top * image.height, right * image.width, bottom * image.height)
        x0, y0, x1, y1 = (round(edge) for edge in edges)
        image = image.crop((x0, y0, max(x1, x0 + 1), max(y1, y0 + 1)))
    if pixels:
        image = image.resize(pixels, Image.Resampling.NEAREST if image.mode == "1" else Image.Resampling.LANCZOS)
    alpha = None
    if image.mode in ("LA", "RGBA"):
        alpha = image.getchannel("A")
        image = image.convert(image.mode[:-1])
        if alpha.getextrema() == (255, 255):
            alpha = None
    flat = not photograph and (image.mode == "1" or image.getcolors(_FLAT) is not None)
    image = _separate(image, profile, target)
    objects: list[tuple[bytes, bytes | None]] = []
    mask = b""
    if alpha is not None:
        objects.append(_flate(alpha, b""))
        mask = b"/SMask " + NUMBER_PLACEHOLDER + b"0" + NUMBER_PLACEHOLDER
    objects.append(_flate(image, mask) if flat else _jpeg(image, mask, target))
    return FormXObject(tuple(objects))


def _is_within_limits(image: Image) -> None:
    """Checks the limits before anything is decoded. Raises BadPicture that names the limit."""
    pixels = image.width * image.height
    if pixels > PICTURE_PIXELS.most:
        raise BadPicture(over(PICTURE_PIXELS, found=pixels).what.en)


def _is_negative(image: Any) -> bool:
    """Whether it is a TIFF of 16 bits in which zero is white. Pillow inverts those of 8 bits only.

    Planes of 16 bits it reads wrongly; they are rejected rather than printed so.
    """
    if image.format != "TIFF":
        return False
    if image.tag_v2.get(284) == 2 and max(image.tag_v2.get(258, (8,))) > 8:
        raise BadPicture("TIFF of 16 bits in planes（16 位、按通道分开存的 TIFF）: save it interleaved（请改存为交错）")
    return bool(image.mode.startswith("I;16") and image.tag_v2.get(262) == 0)


def _is_rotated(image: Image) -> bool:
    """Whether EXIF turns the picture by a quarter."""
    return image.getexif().get(0x0112, 1) in (5, 6, 7, 8)


def _pixels(image: Image, width: float, height: float, crop: Crop, target: Target) -> tuple[int, int] | None:
    """The size in pixels to which its crop is reduced; None where its resolution is within the target's."""
    across, down = (image.height, image.width) if _is_rotated(image) else image.size
    ppi = min((crop[2] - crop[0]) * across / (width / 72), (crop[3] - crop[1]) * down / (height / 72))
    most, wanted = target.max_ppi, target.target_ppi
    if image.mode == "1":
        most, wanted = _LINE_ART_PPI, _LINE_ART_PPI / 2
    if ppi <= most:
        return None
    return max(1, round(width / 72 * wanted)), max(1, round(height / 72 * wanted))


def _draft(image: Any, pixels: tuple[int, int], crop: Crop) -> None:
    """Lets a JPEG be decoded at ½, ¼ or ⅛ where that is still fine enough."""
    across, down = pixels[0] / (crop[2] - crop[0]), pixels[1] / (crop[3] - crop[1])
    image.draft(image.mode, (round(down), round(across)) if _is_rotated(image) else (round(across), round(down)))


def _plain(image: Image) -> Image:
    """Any mode of Pillow as 1, L, LA, RGB, RGBA, CMYK or LAB, eight bits a channel."""
    if image.mode.startswith("I;16"):
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode in ("I", "F"):
        _, high = image.getextrema()
        top = 65535 if isinstance(high, (int, float)) and high > 255 else 255
        return image.convert("F").point(lambda value: value * (255 / top)).convert("L")
    if "transparency" in image.info or image.mode in ("PA", "La", "RGBa"):
        alphas = image.info.get("transparency")
        if image.mode == "P" and isinstance(alphas, bytes):  # more than there are colours mean nothing
            image.info["transparency"] = alphas[: len(image.getpalette() or ()) // 3]
        return image.convert("LA" if image.mode in ("1", "L", "La") else "RGBA")
    if image.mode in ("1", "L", "LA", "RGB", "RGBA", "CMYK", "LAB"):
        return image
    return image.convert("RGB")


def _separate(image: Image, profile: bytes | None, target: Target) -> Image:
    """Into the target's colours: grey stays grey, everything else becomes CMYK, or RGB for a screen."""
    if image.mode == "1":
        return image
    if image.mode == "L" or (image.mode == "RGB" and _is_grey(image)):
        return _through(image, profile, None).getchannel(0) if _profile(profile, image.mode) else image.getchannel(0)
    printer = target.icc.read_bytes()
    if not _profile(profile, image.mode):
        profile = None  # what is reported where the picture is read
    if target.edition == "screen":
        if image.mode == "RGB" and not profile:
            return image
        return _through(image, profile or (printer if image.mode == "CMYK" else None), None)
    if image.mode == "CMYK" and (not profile or profile == printer):
        return image
    return _through(image, profile, printer)


def _is_grey(image: Image) -> bool:
    from PIL import Image as Pillow
    from PIL import ImageChops

    if max(image.size) > 96 and not _is_grey(image.resize((64, 64), Pillow.Resampling.NEAREST)):
        return False
    red, green, blue = image.split()
    differences = (ImageChops.difference(red, green), ImageChops.difference(green, blue))
    return all(int(difference.getextrema()[1]) <= 2 for difference in differences)  # type: ignore[arg-type]


def _profile(data: bytes | None, mode: str) -> Any:
    """A picture's own profile; None where it has none, or a damaged one, or one for other colours than it has."""
    from PIL import ImageCms

    if not data:
        return None
    try:
        opened = ImageCms.ImageCmsProfile(io.BytesIO(data))
        space = opened.profile.xcolor_space.strip()
    except (
        OSError,
        ImageCms.PyCMSError,
        UnicodeDecodeError,
    ):  # its colour space is four bytes, of ASCII in a sound one
        return None
    return opened if space == {"LAB": "Lab", "L": "GRAY"}.get(mode, mode) else None


def _through(image: Image, source: bytes | None, result: bytes | None) -> Image:
    """From one profile to another; None is sRGB, or Lab where the picture is."""
    from PIL import ImageCms

    srgb = ImageCms.createProfile("sRGB")
    own: Any = _profile(source, image.mode) or (ImageCms.createProfile("LAB") if image.mode == "LAB" else srgb)
    other: Any = ImageCms.ImageCmsProfile(io.BytesIO(result)) if result else srgb
    try:
        transform = _transform(own, other, image.mode, bool(result))
    except ImageCms.PyCMSError:  # a profile whose head is sound and whose body is not
        if not source:
            raise
        if image.mode == "CMYK":
            return image if result else image.convert("RGB")
        return _through(image, None, result)
    converted = ImageCms.applyTransform(image, transform)
    assert converted is not None
    return converted


def _transform(own: Any, other: Any, mode: str, to_press: bool) -> Any:
    from PIL import ImageCms

    return ImageCms.buildTransform(
        own,
        other,
        mode,
        "CMYK" if to_press else "RGB",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )


_SPACES = {"1": b"/DeviceGray", "L": b"/DeviceGray", "RGB": b"/DeviceRGB", "CMYK": b"/DeviceCMYK"}


def _head(image: Image, more: bytes) -> bytes:
    bits = 1 if image.mode == "1" else 8
    return b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace%s/BitsPerComponent %d%s" % (
        image.width,
        image.height,
        _SPACES[image.mode],
        bits,
        more,
    )


def _flate(image: Image, more: bytes) -> tuple[bytes, bytes]:
    return _head(image, more) + b"/Filter/FlateDecode", zlib.compress(image.tobytes(), 6)


def _jpeg(image: Image, more: bytes, target: Target) -> tuple[bytes, bytes]:
    file = io.BytesIO()
    sampling = 2 if target.edition == "screen" else 0
    image.save(file, "JPEG", quality=target.jpeg_quality, subsampling=sampling, optimize=False)
    if image.mode == "CMYK":
        more += b"/Decode[1 0 1 0 1 0 1 0]"  # Pillow writes them inverted, as Adobe does
    return _head(image, more) + b"/Filter/DCTDecode", file.getvalue()


def read_picture(path: Path, folders: tuple[str, ...] = ()) -> bytes:
    """The bytes of a picture's file, which lies in one of the folders where these are given. Raises BadPicture."""
    try:
        return Gate(folders or (path.parent,)).read(path)
    except Outside as error:
        raise BadPicture("outside the folders of the issue and its style") from error
    except OSError as error:
        raise BadPicture(error.strerror or str(error)) from error
    except LimitError as error:
        raise BadPicture(error.problems[0].what.en) from error
