"""Reads character map, widths, glyph substitutions and metrics of a TrueType or OpenType file, never its outlines.

The tables are kept as bytes and decoded only for the characters that a text has, so that reading a face of 30,000
characters takes a millisecond. A test compares it with HarfBuzz (docs/decisions/font-reader.md).
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path
from struct import error as StructError
from struct import unpack_from
from typing import BinaryIO, NamedTuple

from ...errors import Message

_NEEDED = ("head", "hhea", "hmtx", "maxp", "cmap")
_READ = (*_NEEDED, "OS/2", "post", "name", "GSUB")
COLLECTION = b"ttcf"
_MOST_FACES = 256
# OS/2 fsType: embedding forbidden; subsetting forbidden; bitmaps only (OpenType, OS/2).
_RESTRICTED, _NO_SUBSET, _BITMAP = 2, 0x0100, 0x0200


class FontFileError(ValueError):
    """The file cannot be used; `words` is the reason."""

    def __init__(self, zh: str, en: str) -> None:
        self.words = Message(zh, en)
        super().__init__(en)


def _broken() -> FontFileError:
    return FontFileError("文件已损坏", "it is broken")


def _cut_short() -> FontFileError:
    return FontFileError("文件不完整", "it is cut short")


class FontFile(NamedTuple):
    """The description of one face in its file; lengths in thousandths of an em, y upwards."""

    path: Path
    family: str
    postscript_name: str
    outlines: str  # "glyf" TrueType, "CFF " PostScript
    glyph_count: int
    weight: int
    ascent: int
    descent: int
    cap_height: int
    x_height: int
    italic_angle: float
    bounds: tuple[int, int, int, int]
    units: int
    # Runs of code points that have consecutive glyphs: first code, last code, first glyph.
    firsts: array[int]
    lasts: array[int]
    glyphs: array[int]
    widths: array[int]  # font units; the last one holds for all glyphs after it
    gsub: bytes

    def glyph(self, code: int) -> int:
        """The glyph of a code point, 0 where there is none."""
        at = bisect_right(self.firsts, code) - 1
        if at < 0 or code > self.lasts[at]:
            return 0
        return self.glyphs[at] + code - self.firsts[at]

    def advance(self, glyph: int) -> int:
        """A glyph's width in thousandths of an em."""
        width = self.widths[min(glyph, len(self.widths) - 1)]
        return width if self.units == 1000 else round(width * 1000 / self.units)

    def forms(self, feature: str) -> dict[int, int]:
        """glyph → glyph under an OpenType feature that replaces one glyph by one (`vert`, `hwid`, `pwid` …)."""
        try:
            return dict(_single_substitutions(self.gsub, feature.encode("ascii"))) if self.gsub else {}
        except (StructError, IndexError):
            return {}  # GSUB is broken; text can be set without it

    def ink(self, glyph: int) -> tuple[float, float, float, float]:
        """The rectangle of a glyph's ink in em: left, bottom, right, top; all 0 for a blank one."""
        import uharfbuzz as hb  # marks of some languages alone are looked at so closely

        font = hb.Font(hb.Face(hb.Blob.from_file_path(str(self.path))))
        extents = font.get_glyph_extents(glyph)
        if extents is None:
            return 0.0, 0.0, 0.0, 0.0
        left, top, units = extents.x_bearing, extents.y_bearing, self.units
        return left / units, (top + extents.height) / units, (left + extents.width) / units, top / units

    def ligatures(self, feature: str) -> dict[tuple[int, ...], int]:
        """glyphs → the glyph that stands for all of them under an OpenType feature (`liga`)."""
        try:
            return dict(_ligatures(self.gsub, feature.encode("ascii"))) if self.gsub else {}
        except (StructError, IndexError):
            return {}


def read_font(path: Path) -> FontFile:
    """Reads a font file.

    Raises:
        FontFileError: there is no such file, it is of another kind, broken, or may not be embedded.
    """
    try:
        outlines, tables = _read_tables(path)
        return _describe(path, outlines, tables)
    except FileNotFoundError:
        raise FontFileError("文件不存在", "there is no such file") from None
    except OSError as error:
        raise FontFileError(f"读不出来：{error.strerror}", f"it cannot be read: {error.strerror}") from None
    except (StructError, IndexError, ValueError) as error:
        if isinstance(error, FontFileError):
            raise
        raise _broken() from None


def faces_in(path: Path) -> int:
    """How many faces a font file has: one, unless it is a collection."""
    with path.open("rb") as file:
        head = file.read(12)
    count: int = unpack_from(">I", head, 8)[0] if head[:4] == COLLECTION and len(head) == 12 else 1
    return min(count, _MOST_FACES)


def sfnt_tables(path: Path, number: int = 0, wanted: Sequence[str] = ()) -> dict[str, bytes]:
    """The tables of a face of the file, by tag; those not `wanted` are empty.

    Raises:
        FontFileError: it is no TrueType or OpenType font, or cut short.
    """
    try:
        with path.open("rb") as file:
            return {tag: data for tag, (_, _, data) in _tables(file, number, wanted).items()}
    except StructError:
        raise _broken() from None


def _tables(file: BinaryIO, number: int, wanted: Sequence[str]) -> dict[str, tuple[int, int, bytes]]:
    """The offset and length of each table, and its bytes if it is `wanted`."""
    head = file.read(12)
    if head[:4] == COLLECTION:
        file.seek(12 + 4 * number)
        file.seek(unpack_from(">I", file.read(4))[0])
        head = file.read(12)
    kind = head[:4]
    if kind in (b"wOFF", b"wOF2"):
        raise FontFileError(
            "是网页字体（WOFF），须用 .ttf 或 .otf", "it is a web font (WOFF); a .ttf or .otf is needed"
        )
    if kind not in (b"\0\1\0\0", b"true", b"OTTO"):
        raise FontFileError("不是 TrueType 或 OpenType 字体", "it is no TrueType or OpenType font")
    (count,) = unpack_from(">H", head, 4)
    directory = file.read(16 * count)
    size = file.seek(0, 2)
    tables = {}
    for at in range(count):
        tag, _, offset, length = unpack_from(">4sIII", directory, 16 * at)
        name, data = tag.decode("latin-1"), b""
        if name in wanted:
            if offset + length > size:
                raise _cut_short()
            file.seek(offset)
            data = file.read(length)
        tables[name] = offset, length, data
    return tables


def _read_tables(path: Path) -> tuple[str, dict[str, bytes]]:
    with path.open("rb") as file:
        if file.read(4) == COLLECTION:
            raise FontFileError("是字体集（.ttc），须写明哪一款", "it is a collection (.ttc); say which face of it")
        file.seek(0)
        found = _tables(file, 0, _READ)
        size = file.seek(0, 2)
    outlines = next((tag for tag in ("glyf", "CFF ") if tag in found), "")
    if not outlines:
        raise FontFileError("没有可印的轮廓（glyf 或 CFF）", "it has no outlines to print (glyf or CFF)")
    if any(tag not in found for tag in _NEEDED):
        raise _broken()
    offset, length, _ = found[outlines]
    if offset + length > size:
        raise _cut_short()
    return outlines, {tag: data for tag, (_, _, data) in found.items() if tag in _READ}


def _describe(path: Path, outlines: str, tables: dict[str, bytes]) -> FontFile:
    head, hhea, os2, post = tables["head"], tables["hhea"], tables.get("OS/2", b""), tables.get("post", b"")
    (units,) = unpack_from(">H", head, 18)
    if not units:
        raise _broken()

    def em(value: int) -> int:
        return round(value * 1000 / int(units))

    ascent, descent = unpack_from(">hh", hhea, 4)
    weight, cap_height, x_height = 400, em(ascent), em(ascent) // 2
    if len(os2) >= 72:
        weight, _, permission = unpack_from(">HHH", os2, 4)
        if permission & 0xF == _RESTRICTED or permission & _BITMAP:
            raise FontFileError(
                "许可不准嵌入 PDF（OS/2 fsType）", "its licence forbids embedding it in a PDF (OS/2 fsType)"
            )
        if permission & _NO_SUBSET:
            raise FontFileError(
                "许可不准只嵌入用到的字（OS/2 fsType）",
                "its licence forbids embedding but the glyphs used (OS/2 fsType)",
            )
        ascent, descent = unpack_from(">hh", os2, 68)
    if len(os2) >= 90:
        x_height, cap_height = map(em, unpack_from(">hh", os2, 86))
    names = _names(tables.get("name", b""))
    (count,) = unpack_from(">H", hhea, 34)
    widths = _numbers("H", tables["hmtx"][: 4 * count])[::2]
    if not widths:
        raise _broken()
    return FontFile(
        path=path,
        family=names.get(16) or names.get(1) or path.stem,
        postscript_name=names.get(6) or path.stem,
        outlines=outlines,
        glyph_count=unpack_from(">H", tables["maxp"], 4)[0],
        weight=weight,
        ascent=em(ascent),
        descent=em(descent),
        cap_height=cap_height,
        x_height=x_height,
        italic_angle=unpack_from(">i", post, 4)[0] / 65536 if len(post) >= 8 else 0.0,
        bounds=tuple(map(em, unpack_from(">hhhh", head, 36))),  # type: ignore[arg-type]
        units=units,
        **_characters(tables["cmap"]),
        widths=widths,
        gsub=tables.get("GSUB", b""),
    )


def _numbers(kind: str, data: bytes) -> array[int]:
    """Big-endian numbers, `H` of 16 or `I` of 32 bits."""
    numbers = array(kind)
    numbers.frombytes(data[: len(data) // numbers.itemsize * numbers.itemsize])
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers


def _characters(cmap: bytes) -> dict[str, array[int]]:
    """The character map; that of all Unicode where there are several."""
    best = (0, 0)
    for at in range(unpack_from(">H", cmap, 2)[0]):
        platform, encoding, offset = unpack_from(">HHI", cmap, 4 + 8 * at)
        form: int = unpack_from(">H", cmap, offset)[0]
        if (platform == 0 or (platform == 3 and encoding in (1, 10))) and form in (4, 12):
            best = max(best, (form, offset))
    form, offset = best
    if form == 12:
        (count,) = unpack_from(">I", cmap, offset + 12)
        groups = _numbers("I", cmap[offset + 16 : offset + 16 + 12 * count])
        if len(groups) != 3 * count:
            raise _broken()
        return {"firsts": groups[::3], "lasts": groups[1::3], "glyphs": groups[2::3]}
    if form == 4:
        firsts, lasts, glyphs = array("I"), array("I"), array("I")
        for first, last, glyph in _basic_runs(cmap, offset):
            firsts.append(first)
            lasts.append(last)
            glyphs.append(glyph)
        return {"firsts": firsts, "lasts": lasts, "glyphs": glyphs}
    raise FontFileError("没有 Unicode 字符表", "it has no table of Unicode characters")


def _basic_runs(cmap: bytes, offset: int) -> Iterator[tuple[int, int, int]]:
    """Format 4: segments of the first 65,536 code points, as first code, last code, first glyph."""
    count = unpack_from(">H", cmap, offset + 6)[0] // 2
    table = _numbers("H", cmap[offset + 14 :])
    lasts, firsts = table[:count], table[count + 1 : 2 * count + 1]
    deltas, places = table[2 * count + 1 : 3 * count + 1], table[3 * count + 1 : 4 * count + 1]
    before = -1
    for at, (first, last, delta, place) in enumerate(zip(firsts, lasts, deltas, places, strict=True)):
        if not before < first <= last:
            raise _broken()
        before = last
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = table[3 * count + 1 + at + place // 2 + code - first] if place else code
            if glyph:
                yield code, code, (glyph + delta) & 0xFFFF


def _names(data: bytes) -> dict[int, str]:
    """The texts of the name table by name ID, English where there is one."""
    names: dict[int, str] = {}
    for number, text in every_name(data):
        names.setdefault(number, text)
    return names


def every_name(data: bytes) -> Iterator[tuple[int, str]]:
    """(name ID, text) of a name table in every language, English first."""
    records: list[tuple[bool, int, str]] = []
    if len(data) >= 6:
        count, storage = unpack_from(">HH", data, 2)
        for at in range(min(count, (len(data) - 6) // 12)):
            platform, _, language, number, length, offset = unpack_from(">6H", data, 6 + 12 * at)
            text = data[storage + offset : storage + offset + length]
            decoded = text.decode("latin-1" if platform == 1 else "utf-16-be", "replace")
            records.append(((platform, language) != (3, 0x409), number, decoded))
    yield from ((number, text) for _, number, text in sorted(records, key=lambda record: record[0]))


def _single_substitutions(gsub: bytes, feature: bytes) -> Iterator[tuple[int, int]]:
    """(glyph, replacement) of every single substitution of the feature."""
    for kind, at in _subtables(gsub, feature):
        if kind == 1:
            form, covered = unpack_from(">HH", gsub, at)
            sources = _coverage(gsub, at + covered)
            if form == 1:
                (delta,) = unpack_from(">H", gsub, at + 4)
                yield from ((glyph, (glyph + delta) & 0xFFFF) for glyph in sources)
            else:
                (number,) = unpack_from(">H", gsub, at + 4)
                yield from zip(sources, unpack_from(f">{number}H", gsub, at + 6), strict=False)


def _ligatures(gsub: bytes, feature: bytes) -> Iterator[tuple[tuple[int, ...], int]]:
    """(glyphs, ligature) of every ligature of the feature."""
    for kind, at in _subtables(gsub, feature):
        if kind == 4:
            _, covered, count = unpack_from(">HHH", gsub, at)
            sets = unpack_from(f">{count}H", gsub, at + 6)
            for first, offset in zip(_coverage(gsub, at + covered), sets, strict=False):
                (number,) = unpack_from(">H", gsub, at + offset)
                for place in unpack_from(f">{number}H", gsub, at + offset + 2):
                    ligature, parts = unpack_from(">HH", gsub, at + offset + place)
                    rest = unpack_from(f">{max(parts - 1, 0)}H", gsub, at + offset + place + 4)
                    yield (first, *rest), ligature


def _subtables(gsub: bytes, feature: bytes) -> Iterator[tuple[int, int]]:
    """Kind and place of each subtable of the feature's lookups."""
    features, lookups = unpack_from(">HH", gsub, 6)
    wanted: dict[int, None] = {}
    for at in range(unpack_from(">H", gsub, features)[0]):
        tag, place = unpack_from(">4sH", gsub, features + 2 + 6 * at)
        if tag == feature:
            count = unpack_from(">H", gsub, features + place + 2)[0]
            wanted |= dict.fromkeys(unpack_from(f">{count}H", gsub, features + place + 4))
    for index in wanted:
        lookup = lookups + unpack_from(">H", gsub, lookups + 2 + 2 * index)[0]
        kind, _, count = unpack_from(">HHH", gsub, lookup)
        for place in unpack_from(f">{count}H", gsub, lookup + 6):
            own, at = kind, lookup + place
            if kind == 7:  # an extension: the lookup is elsewhere
                own, far = unpack_from(">HI", gsub, at + 2)
                at += far
            yield own, at


def _coverage(gsub: bytes, at: int) -> Iterator[int]:
    form, count = unpack_from(">HH", gsub, at)
    if form == 1:
        yield from unpack_from(f">{count}H", gsub, at + 4)
    else:
        before = -1
        for number in range(count):
            first, last, _ = unpack_from(">HHH", gsub, at + 4 + 6 * number)
            if not before < first <= last:
                raise IndexError("glyph ranges are out of order")
            before = last
            yield from range(first, last + 1)
