"""PDFs as anybody sends them: ours and others', with bytes, objects and operators changed."""

from __future__ import annotations

import contextlib
import io
import tempfile
import zlib
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object
from PIL import Image
from press.press_sheets import clean

import layout
from issues import article, issue, write
from layout.errors import LayoutError
from layout.press.imposition import impose
from layout.press.preflight.preflight import preflight
from layout.press.preflight.report import html_report, json_report, text_report
from layout.press.printer import load_printer

from . import mutation, oracles
from .case import BUILT, REFUSED, Input, Kind
from .watch import Fault

OPERATORS = [
    "q",
    "Q",
    "cm",
    "w",
    "J",
    "j",
    "M",
    "d",
    "ri",
    "i",
    "gs",
    "m",
    "l",
    "c",
    "v",
    "y",
    "h",
    "re",
    "S",
    "s",
    "f",
    "F",
    "f*",
    "B",
    "B*",
    "b",
    "b*",
    "n",
    "W",
    "W*",
    "BT",
    "ET",
    "Tc",
    "Tw",
    "Tz",
    "TL",
    "Tf",
    "Tr",
    "Ts",
    "Td",
    "TD",
    "Tm",
    "T*",
    "Tj",
    "TJ",
    "'",
    '"',
    "CS",
    "cs",
    "SC",
    "SCN",
    "sc",
    "scn",
    "G",
    "g",
    "RG",
    "rg",
    "K",
    "k",
    "sh",
    "BI",
    "ID",
    "EI",
    "Do",
    "MP",
    "DP",
    "BMC",
    "BDC",
    "EMC",
    "BX",
    "EX",
    "d0",
    "d1",
]
OPERANDS = ("0", "1", "-1", "9.5", "1e400", "nan", "2147483648", "--5", "/F", "/Im", "/On", "/All", "/X", "(a)", "<00>", "<0", "[", "]", "<<", ">>",
            "true", "null", "(", ")", "[1 2]", "<</MCID 0>>", "/DeviceCMYK", "/Pattern", "0.5 0.5 0.5 0.5", "100 0 0 100 0 0")  # fmt: skip
VALUES: tuple[Any, ...] = (
    0, 1, -1, 2**31 - 1, True, None, b"", b"\xff\xfe", "文", Name.Nothing, Name.DeviceRGB, Name.FlateDecode, Name.Page,
)  # fmt: skip


@lru_cache(maxsize=1)
def sources() -> tuple[bytes, ...]:
    """Sound files: of this library for press and screen, a press sheet, a form of streams, pictures, WeasyPrint's."""
    found = []
    with tempfile.TemporaryDirectory() as place, contextlib.suppress(LayoutError):
        folder = Path(place)
        data = issue({"a": article(120), "b": article(60)}, [{7: "nameplate"}, {20: "a a"}, {10: "b"}], {"a": 2})
        loaded = layout.load(write(folder, data))
        layout.compose(loaded).write_pdf(folder / "a.pdf")
        found.append((folder / "a.pdf").read_bytes())
        layout.build(folder, folder / "s.pdf", screen=True, cache=False)
        found.append((folder / "s.pdf").read_bytes())
    for number in (1, 5):
        with io.BytesIO() as out, clean(number) as pdf:
            pdf.save(out, deterministic_id=True)
            found.append(out.getvalue())
    for mode in ("1", "L", "RGB", "CMYK", "P"):
        with io.BytesIO() as out:
            Image.new(mode, (60, 80)).save(out, "PDF", resolution=72)
            found.append(out.getvalue())
    import weasyprint

    html = "<h1>渡口</h1><p style='color: #a00; opacity: .5'>照常<a href='https://example.org'>表</a></p><form><input name=a></form>"
    found.append(weasyprint.HTML(string=html).write_pdf(pdf_forms=True) or b"")
    return tuple(found)


@lru_cache(maxsize=16)
def plain(number: int) -> bytes:
    """A source with its streams unpacked, so that bytes changed in it mean something."""
    with pikepdf.open(io.BytesIO(sources()[number])) as pdf, io.BytesIO() as out:
        pdf.save(out, qdf=True, stream_decode_level=pikepdf.StreamDecodeLevel.generalized, deterministic_id=True,
                 object_stream_mode=pikepdf.ObjectStreamMode.disable)  # fmt: skip
        return out.getvalue()


def content(random: Random) -> bytes:
    parts = []
    for _ in range(random.choice((5, 40, 200))):
        parts += random.choices(OPERANDS, k=random.randint(0, 6))
        parts.append(random.choice(OPERATORS))
    return " ".join(parts).encode()


def changed_objects(random: Random, data: bytes) -> bytes:
    """Objects of a sound file replaced, removed, led back to themselves; streams with operators by chance."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        objects = [each for each in pdf.objects if isinstance(each, Object)]
        holders: list[Any] = [each for each in objects if isinstance(each, Dictionary | Array | pikepdf.Stream)]
        holders += [pdf.Root, *(page.obj for page in pdf.pages)]
        for _ in range(random.choice((1, 1, 2, 4))):
            holder = random.choice(holders)
            with contextlib.suppress(
                ValueError, TypeError, KeyError, IndexError, pikepdf.PdfError, RuntimeError, NotImplementedError
            ):
                _change(random, pdf, holder, holders)
        out = io.BytesIO()
        try:
            pdf.save(out, deterministic_id=True)
        except (ValueError, pikepdf.PdfError, RuntimeError, TypeError):
            return mutation.change_bytes(random, data)
        return out.getvalue()


def _change(random: Random, pdf: pikepdf.Pdf, holder: Any, holders: list[Any]) -> None:
    if isinstance(holder, pikepdf.Stream) and random.random() < 0.4:
        roll = random.random()
        if roll < 0.4:
            holder.write(content(random))
        elif roll < 0.6:
            holder.write(mutation.change_bytes(random, holder.read_raw_bytes()), filter=Name.FlateDecode)
        elif roll < 0.7:
            holder.write(zlib.compress(bytes(random.choice((10**6, 5 * 10**7)))), filter=Name.FlateDecode)
        else:
            holder.write(holder.read_bytes() + b"\n" + content(random))
        return
    keys: list[Any] = list(range(len(holder))) if isinstance(holder, Array) else list(holder.keys())
    if not keys:
        return
    key = random.choice(keys)
    match random.randrange(5):
        case 0:
            del holder[key]
        case 1:
            holder[key] = random.choice(holders)
        case 2:
            holder[key] = holder if not isinstance(holder, Array) else Array([1, 2, 3])
        case 3:
            holder[key] = Array([holder[key]] * random.choice((0, 1, 3)))
        case _:
            holder[key] = random.choice(VALUES)


def generate(random: Random) -> Input:
    number = random.randrange(len(sources()))
    roll = random.random()
    if roll < 0.5:
        data = changed_objects(random, sources()[number])
    elif roll < 0.8:
        data = plain(number)
        for _ in range(random.choice((1, 3, 20))):
            data = mutation.change_bytes(random, data)
    elif roll < 0.95:
        data = mutation.change_bytes(random, sources()[number])
    else:
        data = random.choice(
            (b"", b"%PDF-1.6", b"%PDF-1.4\n%%EOF", random.randbytes(400), sources()[number][: random.randint(1, 4000)])
        )
    options: dict[str, Any] = {"impose": random.choice(("saddle", "2-up"))}
    if random.random() < 0.1:
        options["report"] = True
    return Input("pdfs", {"a.pdf": data}, {}, options)


def attempt(given: Input, folder: Path) -> str:
    path, printer = folder / "a.pdf", load_printer("offset-coated")
    found = preflight(path, printer, ink=False)
    oracles.check_problems(found)
    text = (
        json_report(path, found, printer)
        + text_report(path, found, printer, "zh")
        + text_report(path, found, printer, "en")
    )
    text.encode()
    if given.options.get("report") and "</html>" not in html_report(path, found, printer, "zh"):
        raise Fault("report", "not whole")
    target = folder.parent / "out" / "b.pdf"
    try:
        impose(path, target, style=given.options.get("impose", "saddle"))
    except LayoutError as error:
        oracles.check_problems(error.problems)
        if target.exists():
            raise Fault("half-file", target) from None
        return REFUSED
    if not target.is_file():
        raise Fault("half-file", "nothing was written")
    return BUILT


KIND = Kind("pdfs", generate, attempt, weight=12, full=3_000)
