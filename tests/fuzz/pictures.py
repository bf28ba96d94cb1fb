"""Pictures: every format and mode, with headers, EXIF and colour profiles changed, cut short, or under another name."""

from __future__ import annotations

import io
import struct
import zlib
from functools import lru_cache
from pathlib import Path
from random import Random

from PIL import Image, ImageCms

from layout.runtime.resources import data_folder

from . import issues, mutation
from .case import Input, Kind
from .styles import REACHES

MODES = {
    "JPEG": ("L", "RGB", "CMYK"), "PNG": ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"), "WEBP": ("RGB", "RGBA"), "GIF": ("P", "L"),
    "TIFF": ("1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "LAB", "I;16", "I", "F", "YCbCr"), "BMP": ("RGB",), "PPM": ("RGB",),
    "ICO": ("RGBA",), "TGA": ("RGB",), "PDF": ("RGB",), "JPEG2000": ("RGB",), "MPO": ("RGB",), "AVIF": ("RGB",),
}  # fmt: skip
SUFFIX = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "TIFF": "tif"}
SIZES = ((1, 1), (2, 3), (60, 40), (200, 150), (400, 3), (3, 400), (640, 480), (901, 601))
COMPRESSIONS = (None, "tiff_lzw", "tiff_deflate", "packbits", "jpeg", "group4", "zstd", "lzma")


@lru_cache(maxsize=8)
def profile(name: str) -> bytes:
    if name == "cmyk":
        return (data_folder("styles") / "printers" / "FOGRA39-coated-300.icc").read_bytes()
    return ImageCms.ImageCmsProfile(ImageCms.createProfile({"rgb": "sRGB", "lab": "LAB", "xyz": "XYZ"}[name])).tobytes()


def image(random: Random, mode: str) -> Image.Image:
    size = random.choice(SIZES)
    if random.random() < 0.4:
        plain = Image.frombytes("RGB", size, random.randbytes(3 * size[0] * size[1]))
    else:
        plain = Image.new("RGB", size, tuple(random.randrange(256) for _ in range(3)))
    if mode in ("I;16", "I", "F"):
        return plain.convert("L").convert("I").convert(mode) if mode != "F" else plain.convert("F")
    if mode == "LAB":
        srgb, lab = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
        made = ImageCms.profileToProfile(plain, srgb, lab, outputMode="LAB")
        assert made is not None
        return made
    return plain.convert("RGBA").convert(mode) if mode in ("LA", "RGBA") else plain.convert(mode)


def written(random: Random, kind: str, mode: str) -> bytes:
    """A sound file of a format and mode."""
    picture, options = image(random, mode), {}
    if random.random() < 0.4:
        name = random.choice(("cmyk", "rgb", "lab", "xyz"))
        data = profile(name)
        options["icc_profile"] = mutation.change_bytes(random, data) if random.random() < 0.5 else data
    if random.random() < 0.3 and kind in ("JPEG", "TIFF", "WEBP", "PNG"):
        exif = Image.Exif()
        exif[0x0112] = random.choice((1, 2, 3, 4, 5, 6, 7, 8, 0, 9, 65535))
        exif[0x010E] = "说明"
        options["exif"] = exif.tobytes() if random.random() < 0.7 else mutation.change_bytes(random, exif.tobytes())
    if kind == "TIFF":
        options["compression"] = random.choice(COMPRESSIONS)
        options["dpi"] = random.choice(((72, 72), (0, 0), (1e9, 1), (300, 300)))
    if kind == "JPEG":
        options |= {"progressive": random.random() < 0.3, "quality": random.choice((1, 50, 95))}
    if kind == "PNG" and mode in ("P", "L", "RGB") and random.random() < 0.3:
        options["transparency"] = 0 if mode != "RGB" else (0, 0, 0)
    for chosen in (options, {}):
        with io.BytesIO() as file:
            try:
                picture.save(file, kind, **chosen)
            except (OSError, ValueError, KeyError, TypeError, struct.error, RuntimeError, OverflowError, SyntaxError):
                continue
            return file.getvalue()
    with io.BytesIO() as file:
        picture.convert("RGB").save(file, "PNG")
        return file.getvalue()


def png(random: Random) -> bytes:
    """A PNG chunk by chunk, with sound check sums whatever it says."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    width, height = (
        random.choice((1, 8, 65535, 2**31 - 1, 0, 20_000)),
        random.choice((1, 8, 65535, 2**31 - 1, 0, 20_000)),
    )
    head = struct.pack(">IIBBBBB", width, height, random.choice((1, 2, 4, 8, 16, 3)), random.choice((0, 2, 3, 4, 6, 9)),
                       random.choice((0, 0, 1)), 0, random.choice((0, 1, 2)))  # fmt: skip
    parts = [chunk(b"IHDR", head)]
    more = [
        chunk(b"PLTE", random.randbytes(random.choice((3, 768, 4)))), chunk(b"tRNS", random.randbytes(random.choice((1, 6, 300)))),
        chunk(b"iCCP", b"x\0\0" + zlib.compress(bytes(random.choice((0, 200, 5_000_000))))), chunk(b"gAMA", b"\0\0\0\0"),
        chunk(b"zTXt", b"k\0\0" + zlib.compress(b"a" * random.choice((10, 3_000_000)))), chunk(b"eXIf", random.randbytes(40)),
        chunk(b"acTL", struct.pack(">II", random.choice((0, 1, 2**31)), 0)), chunk(b"pHYs", bytes(9)),
    ]  # fmt: skip
    parts += random.sample(more, random.randint(0, 3))
    parts.append(chunk(b"IDAT", zlib.compress(bytes(random.choice((0, 9, 4_000_000))))))
    if random.random() < 0.8:
        parts.append(chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def svg(random: Random) -> bytes:
    """A drawing with shapes, references and lengths that mean something or nothing."""
    numbers = ("0", "1", "9.5", "-3", "1e9", "1e-9", "nan", "inf", "50%", "2em", "", "auto", "3mm", "1e400", "٣")

    def n() -> str:
        return random.choice(numbers)

    def shape(level: int) -> str:
        paint = random.choice(
            ("red", "url(#a)", "url(#nothing)", "none", "currentColor", "#12", "rgb(300,-1,0)", "device-cmyk(1 0 0 0)")
        )
        look = f'fill="{paint}" stroke="{paint}" stroke-width="{n()}" opacity="{n()}" stroke-dasharray="{n()} {n()}"'
        choices = [
            f'<rect x="{n()}" width="{n()}" height="{n()}" rx="{n()}" {look}/>', f'<circle r="{n()}" {look}/>',
            f'<path d="M0 0 L9 9 C1 2 3 4 {n()} {n()} A{n()} {n()} 0 1 1 9 9 z" {look}/>', f'<text font-size="{n()}">字a</text>',
            f'<use href="#{random.choice("abcd")}" x="{n()}"/>', f'<image href="{escape(random.choice(REACHES))}" width="9" height="9"/>',
            f'<polygon points="{n()} {n()} 5 5 {n()}" {look}/>', '<path d="M"/>', '<path d="m 1 1 q"/>', "<nothing/>", "<style>*{fill:red}</style>",
            f'<a href="javascript:1"><line x2="{n()}" {look}/></a>', "<foreignObject><p>x</p></foreignObject>", "<switch/>", "<script>1</script>",
        ]  # fmt: skip
        if level < 4 and random.random() < 0.35:
            inner = "".join(shape(level + 1) for _ in range(random.randint(0, 3)))
            turned = random.choice(
                ("", "rotate(9)", "scale(0)", "matrix(1 0 0 0 0 0)", "translate(1e9)", "nothing(1)", "scale(nan)")
            )
            return f'<g id="{random.choice("abcd")}" transform="{turned}" filter="url(#f)" mask="url(#m)" clip-path="url(#c)">{inner}</g>'
        return random.choice(choices)

    defs = '<linearGradient id="a" href="#b"><stop offset="0" stop-color="red"/><stop offset="2"/></linearGradient>'
    defs += f'<radialGradient id="b" href="#a" r="{n()}"/><pattern id="c" width="{n()}" height="1">{shape(3)}</pattern>'
    defs += (
        f'<mask id="m">{shape(3)}</mask><clipPath id="c">{shape(3)}</clipPath><filter id="f"><feGaussianBlur/></filter>'
    )
    defs += f'<marker id="d">{shape(3)}</marker><symbol id="a" viewBox="0 0 0 0">{shape(3)}</symbol>'
    box = random.choice(
        (
            f'viewBox="0 0 {n()} {n()}"',
            'viewBox="0 0 60 40"',
            'viewBox="0 0 60 40"',
            f'width="{n()}" height="{n()}"',
            "",
        )
    )
    prolog = random.choice(("", "", '<?xml version="1.0" encoding="gb2312"?>', '<!DOCTYPE svg [<!ENTITY e SYSTEM "../secret.md">]>',
                            '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>', "<!--"))  # fmt: skip
    body = "".join(shape(0) for _ in range(random.randint(0, 8))) + ("&e;" if "SYSTEM" in prolog else "")
    text = f'{prolog}<svg xmlns="http://www.w3.org/2000/svg" {box}><defs>{defs if random.random() < 0.5 else ""}</defs>{body}</svg>'
    return text.encode()


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def generate(random: Random) -> Input:
    roll = random.random()
    if roll < 0.25:
        name, data = "p.svg", svg(random)
        if random.random() < 0.2:
            data = mutation.change_bytes(random, data)
    elif roll < 0.35:
        name, data = "p.png", png(random)
    else:
        kind = random.choice(("JPEG", "JPEG", "PNG", "PNG", "TIFF", "TIFF", "WEBP", random.choice([*MODES])))
        data = written(random, kind, random.choice(MODES[kind]))
        name = f"p.{SUFFIX.get(kind, random.choice(('png', 'jpg')))}"
        if random.random() < 0.5:
            data = mutation.change_bytes(random, data, 0 if random.random() < 0.3 else 8)
    if random.random() < 0.05:
        name = f"p.{random.choice(('png', 'jpg', 'svg', 'tif', 'webp', 'gif', 'PNG', 'jpeg'))}"
    shown = {"file": name, "id": "p", "alt": "图"}
    if random.random() < 0.3:
        shown |= {
            "crop": [random.choice((0.1, 0.5, 1)), random.choice((1, 2, 10))],
            "focus": [random.random(), random.random()],
        }
    issue = {
        "publication": {"title": "试刊", "sponsor": "试刊社", "publisher": "试刊社"},
        "number": 1,
        "date": "2026-11-20",
        "articles": {"a": {"headline": "渡口添了新船", "body": "新船7月10日下水。", "pictures": [shown]}},
        "pages": [{"name": "要闻", "areas": [{20: "p a"}]}],
    }
    if random.random() < 0.2:
        issue["pages"][0]["areas"] = [{20: "a"}]  # type: ignore[index]
        issue["articles"]["a"]["body"] += "\n\n![](p)\n\n完。"  # type: ignore[index]
    if random.random() < 0.1:
        issue["publication"]["emblem"] = name  # type: ignore[index]
        issue["pages"][0]["areas"].insert(0, {7: "nameplate"})  # type: ignore[index]
    options = {"pdf": True} | ({"twice": True} if random.random() < 0.02 else {})
    if random.random() < 0.03:
        options["command"] = ["build", "{issue}", "-o", "{out}/s.pdf", "--screen"]
    return Input("pictures", {"issue.yaml": issues.dump(issue).encode(), name: data}, {}, options)


def attempt(given: Input, folder: Path) -> str:
    return issues.attempt(given, folder)


KIND = Kind("pictures", generate, attempt, weight=10, full=5_000)
