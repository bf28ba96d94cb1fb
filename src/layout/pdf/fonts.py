"""Faces become fonts of the file: character codes while pages are painted, subsets at the end."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Protocol

from ..errors import LayoutError, Message, Problem
from ..runtime.store import ArtifactStore, digest, versions
from .cff import with_cids
from .form_xobject import ShownGlyph
from .writer import Writer

# Tables that a font in a PDF has no use for (ISO 32000-1 9.9).
_DROPPED = [
    "BASE",
    "DSIG",
    "GDEF",
    "GPOS",
    "GSUB",
    "JSTF",
    "OS/2",
    "STAT",
    "VORG",
    "cmap",
    "meta",
    "name",
    "post",
    "vhea",
    "vmtx",
]
_ESCAPED = {ord("("): r"\(", ord(")"): r"\)", ord("\\"): r"\\", ord("\r"): r"\r"}
_BYTES = [_ESCAPED.get(byte, chr(byte)) for byte in range(256)]
_LAST_CODE = 0xFFFF
_UNSEEN = -1
_JOINED = 0.004  # em by which origins of a ligature's letters may be off


class FaceFile(Protocol):
    """A face as far as its file goes."""

    @property
    def name(self) -> str: ...
    @property
    def path(self) -> Path: ...


class PdfFace(FaceFile, Protocol):
    """The properties of a face that the painter uses: a TrueType or CFF file, and glyphs and advances (thousandths of an em) of any
    character; glyph 0 is that of a character it lacks."""

    @property
    def stroke(self) -> float: ...
    @property
    def advances(self) -> Mapping[str, int]: ...
    @property
    def glyphs(self) -> Mapping[str, int]: ...
    @property
    def vertical(self) -> Mapping[str, int]: ...
    def shape(self, text: str, *, vertical: bool = False) -> list[int]: ...
    def forms(self, tag: str) -> Mapping[str, int]: ...
    def advance(self, glyph: int) -> int: ...
    def made(self, char: str) -> Sequence[Part]: ...
    @property
    def western(self) -> Mapping[str, int]: ...


class Part(Protocol):
    """A smaller character of which another is made: its place, size and rise in em of the text."""

    @property
    def character(self) -> str: ...
    @property
    def x(self) -> float: ...
    @property
    def size(self) -> float: ...
    @property
    def rise(self) -> float: ...


class CharacterCodes(dict[str, str]):
    """Character → its code in a string, each byte a character of Latin-1; a new character gets its code when it is
    first asked for.

    `narrow` is whether any of those whose UTF-8 is three bytes long, as Han and its punctuation are, is not as wide as
    the em.
    """

    def __init__(self, code: Callable[[str], int], advances: Mapping[str, int]) -> None:
        super().__init__()
        self.narrow = False
        self._code = code
        self._advances = advances

    def __missing__(self, character: str) -> str:
        self[character] = data = _string(self._code(character))
        self.narrow = self.narrow or ("\u0800" <= character <= "\uffff" and self._advances[character] != 1000)
        return data


class AdvancesInPoints(dict[str, float]):
    """Character → its advance in pt at one size."""

    def __init__(self, advance: Callable[[str], int], size: float) -> None:
        super().__init__()
        self._advance = advance
        self._thousandth = size / 1000

    def __missing__(self, character: str) -> float:
        self[character] = width = self._advance(character) * self._thousandth
        return width


def _string(code: int) -> str:
    """Two bytes as they stand in a literal string (ISO 32000-1 7.3.4.2); none for what is never seen."""
    if code == _UNSEEN:
        return ""
    return _BYTES[code >> 8] + _BYTES[code & 255]


class EmbeddedFont:
    """One face in one file.

    A glyph's code is its number in the face, so that imported forms need no change. Where two characters share a glyph
    the second gets a code of its own, counted down from the last, which the CIDToGIDMap leads to the same glyph: a
    code can stand for one character only when text is taken out again (ISO 32000-1 9.10.3).
    """

    def __init__(self, face: PdfFace, label: bytes, writer: Writer) -> None:
        self.face = face
        self.label = label
        self.number = writer.reserve()
        self.vertical_number = 0
        self.codes = CharacterCodes(self._horizontal, face.advances)
        self.vertical_codes = CharacterCodes(self._vertical, face.advances)
        self.half_codes = CharacterCodes(self._half, face.advances)
        self.western_codes = CharacterCodes(self._western, face.advances)
        self.missing: dict[str, None] = {}
        self.made: dict[str, Sequence[Part]] = {}  # characters shown that the face makes of smaller ones
        self._widths: dict[tuple[float, bool, bool], AdvancesInPoints] = {}
        self._shaped: dict[tuple[str, int], str] = {}
        self._writer = writer
        self._used: dict[int, tuple[int, int, str]] = {}  # code → glyph, advance, text
        self._second_codes: dict[tuple[int, str], int] = {}  # of glyphs that stand for several texts
        self._spare = _LAST_CODE

    def adopt(self, glyph: ShownGlyph) -> None:
        """Adds a glyph that a form XObject shows, by its number in the face."""
        self._used.setdefault(glyph.number, (glyph.number, glyph.advance, glyph.text))

    def needs_vertical(self) -> int:
        self.vertical_number = self.vertical_number or self._writer.reserve()
        return self.vertical_number

    def shaped(self, text: str, vertical: bool) -> list[str]:
        """The codes of a text whose glyphs depend on each other (the two dashes of a 破折号)."""
        cells, cached = [], self._shaped
        for cell in zip(text, self.face.shape(text, vertical=vertical), strict=True):
            if cell not in cached:
                cached[cell] = _string(self._code(*cell, self.face.advances[cell[0]]))
            cells.append(cached[cell])
        return cells

    def glyph_code(self, glyph: int, advance: int, text: str) -> str:
        """The code of a glyph of a shaped word, which stands for any number of characters."""
        if not glyph:
            self.missing.update(dict.fromkeys(text))
            return _string(0)
        return _string(self._code_of(glyph, advance, text))

    def widths(self, size: float, half: bool, western: bool = False) -> AdvancesInPoints:
        """The advances at a size; `half` has digits of ½ em, `western` the marks and ligatures of Latin text."""
        cached = self._widths.get((size, half, western))
        if cached is None:
            advance: Callable[[str], int] = self.face.advances.__getitem__
            if half or western:
                advance = self.western_advance if western else self.half_advance
            cached = self._widths[size, half, western] = AdvancesInPoints(advance, size)
        return cached

    def western_parts(self, text: str, xs: Sequence[float], size: float) -> tuple[list[str], list[float]]:
        """A text of Latin type in characters and ligatures, with the origin of each. Letters are joined where the composer
        gave them the ligature's advance: not over a place where a word may be hyphenated."""
        parts, origins, at = [], [], 0
        joined = [letters for letters in self.face.western if len(letters) > 1]  # the longest first
        while at < len(text):
            part = text[at]
            for letters in joined if part == "f" else ():
                if text.startswith(letters, at):
                    width = self.face.advance(self.face.western[letters]) * size / 1000
                    reach = xs[at + len(letters) - 1] - xs[at]
                    if abs(reach - width * (1 - 1 / len(letters))) < _JOINED * size:
                        part = letters
                        break
            parts.append(part)
            origins.append(xs[at])
            at += len(part)
        return parts, origins

    def _horizontal(self, character: str) -> int:
        return self._code(character, self.face.glyphs[character], self.face.advances[character])

    def _vertical(self, character: str) -> int:
        return self._code(character, self.face.vertical[character], self.face.advances[character])

    def _half(self, character: str) -> int:
        """A digit in its form of ½ em; all else as it is."""
        if character not in "0123456789":
            return self._horizontal(character)
        glyph = self.face.forms("hwid")[character]
        return self._code(character, glyph, self.face.advance(glyph))

    def _western(self, part: str) -> int:
        """A character of Latin text, or several that are one ligature."""
        glyph = self.face.western.get(part, 0)
        return self._code(part, glyph, self.face.advance(glyph)) if glyph else self._horizontal(part)

    def western_advance(self, part: str) -> int:
        glyph = self.face.western.get(part, 0)
        return self.face.advance(glyph) if glyph else self.face.advances[part]

    def half_advance(self, character: str) -> int:
        if character not in "0123456789":
            return self.face.advances[character]
        return self.face.advance(self.face.forms("hwid")[character])

    def _code(self, character: str, glyph: int, advance: int) -> int:
        if not glyph:
            self.missing[character] = None
            return 0
        if not advance and glyph == self.face.glyphs[" "]:
            return _UNSEEN  # a joiner or a variation selector
        if len(character) == 1 and (parts := self.face.made(character)):
            self.made[character] = parts
            advance = self.face.advance(glyph)  # it is the size of the text that is smaller
        return self._code_of(glyph, advance, character)

    def _code_of(self, glyph: int, advance: int, text: str) -> int:
        owner = self._used.setdefault(glyph, (glyph, advance, text))
        if owner[2] == text:
            return glyph
        if (code := self._second_codes.get((glyph, text))) is None:
            while self._spare in self._used:
                self._spare -= 1
            code = self._second_codes[glyph, text] = self._spare
            self._used[code] = (glyph, advance, text)
        return code

    def write(self, store: ArtifactStore) -> None:
        """Writes the font: subset, widths, and what its codes stand for."""
        writer, used = self._writer, self._used
        if self._spare < _LAST_CODE and self._spare <= max(glyph for glyph, _, _ in used.values()):
            raise ValueError(f"{self.face.name}: more glyphs than one font can hold")
        subset = _Subset.of(self.face, {code: glyph for code, (glyph, _, _) in sorted(used.items())}, store)
        tag = blake2b(subset.program, digest_size=6).digest()
        name = b"/" + bytes(65 + byte % 26 for byte in tag) + b"+Newsletter" + _in_a_name(self.face.name)
        kind, descriptor, leads_to = self._write_program(name, subset)
        widths = b"".join(
            b"%d[%d]" % (code, advance) for code, (_, advance, _) in sorted(used.items()) if advance != 1000
        )
        descendant = writer.add(
            b"<</Type/Font/Subtype/%s/BaseFont%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
            b"/Supplement 0>>/DW 1000/W[%s]/DW2[%d -1000]%s/FontDescriptor %d 0 R>>"
            % (kind, name, widths, subset.metrics[-1], leads_to, descriptor)
        )
        texts = writer.stream(b"", _to_unicode({code: text for code, (_, _, text) in used.items()}))
        for number, encoding in ((self.number, b"H"), (self.vertical_number, b"V")):
            if number:
                writer.add(
                    b"<</Type/Font/Subtype/Type0/BaseFont%s/Encoding/Identity-%s/DescendantFonts[%d 0 R]"
                    b"/ToUnicode %d 0 R>>" % (name, encoding, descendant, texts),
                    number,
                )

    def _write_program(self, name: bytes, subset: _Subset) -> tuple[bytes, int, bytes]:
        """The font program and its descriptor: which kind of CIDFont has it, the descriptor's number, and the map from
        CIDs to glyphs that TrueType needs. CFF has the CIDs in itself (ISO 32000-1 9.7.4.2, table 126)."""
        writer = self._writer
        if subset.is_cff:
            kind, file, leads_to = b"CIDFontType0", b"FontFile3", b""
            program = writer.stream(b"/Subtype/CIDFontType0C/Filter/FlateDecode", subset.program)
        else:
            kind, file = b"CIDFontType2", b"FontFile2"
            program = writer.stream(b"/Length1 %d/Filter/FlateDecode" % subset.length, subset.program)
            glyphs = bytearray(2 * max(self._used) + 2)
            for code, (glyph, _, _) in self._used.items():
                struct.pack_into(">H", glyphs, 2 * code, subset.glyphs[glyph])
            leads_to = b"/CIDToGIDMap %d 0 R" % writer.stream(b"", bytes(glyphs))
        left, bottom, right, top, ascent, descent, _ = subset.metrics
        descriptor = writer.add(
            b"<</Type/FontDescriptor/FontName%s/Flags 4/FontBBox[%d %d %d %d]/ItalicAngle 0/Ascent %d/Descent %d"
            b"/CapHeight %d/StemV 80/%s %d 0 R>>"
            % (name, left, bottom, right, top, ascent, descent, ascent, file, program)
        )
        return kind, descriptor, leads_to


class EmbeddedFonts:
    """The fonts of one file, by the name of their face."""

    def __init__(self, faces: Mapping[str, PdfFace], writer: Writer) -> None:
        self._faces = faces
        self._writer = writer
        self.fonts: dict[str, EmbeddedFont] = {}

    def __getitem__(self, face: str) -> EmbeddedFont:
        """Raises KeyError where there is no such face."""
        font = self.fonts.get(face)
        if font is None:
            font = self.fonts[face] = EmbeddedFont(self._faces[face], b"F%d" % len(self.fonts), self._writer)
        return font

    def number(self, face: str) -> int:
        return self[face].number

    def write(self, store: ArtifactStore) -> None:
        for font in self.fonts.values():
            font.write(store)


_HEADER = ">IH?7h"


class _Subset:
    """The part of a face that a file needs: the font program, deflated, and where the glyphs of TrueType went. CFF
    stands bare, and its CIDs are the codes."""

    def __init__(self, packed: bytes) -> None:
        self.length, count, self.is_cff, *self.metrics = struct.unpack_from(_HEADER, packed)
        at = struct.calcsize(_HEADER)
        pairs = struct.unpack_from(f">{2 * count}H", packed, at)
        self.glyphs = dict(zip(pairs[::2], pairs[1::2], strict=True))
        self.program = packed[at + 4 * count :]

    @classmethod
    def of(cls, face: PdfFace, codes: Mapping[int, int], store: ArtifactStore) -> _Subset:
        """`codes`: code → glyph of the face, in the order of the codes."""
        pairs = struct.pack(f">{2 * len(codes)}H", *codes, *codes.values())
        key = digest("subset", versions("uharfbuzz", "fonttools"), fingerprint(face.path), pairs)
        if (packed := store.get(key)) is None:
            try:
                packed = _make_subset(face.path, codes)
            except (RuntimeError, ValueError, LookupError, struct.error) as error:  # what is in the file is no font
                raise LayoutError([_damaged_font(face.path, error)]) from error
            store.put(key, packed)
        return cls(packed)


def fingerprint(path: Path) -> bytes:
    """The table directory of a font holds the checksum of every table (OpenType, otff)."""
    with path.open("rb") as file:
        head = file.read(12)
        return head + file.read(16 * struct.unpack_from(">H", head, 4)[0])


def _damaged_font(path: Path, error: Exception) -> Problem:
    """The problem of a font whose glyphs cannot be taken out of its file."""
    return Problem(
        "font-unusable",
        Message(
            f"字体 {path.name} 已损坏，嵌不进 PDF：{error}",
            f"the font {path.name} is damaged, it cannot be embedded: {error}",
        ),
        Message("换一个完好的字体文件", "give a sound font file"),
    )


def _make_subset(path: Path, codes: Mapping[int, int]) -> bytes:
    import uharfbuzz as hb

    face = hb.Face(hb.Blob.from_file_path(str(path)))
    wanted = hb.SubsetInput()
    wanted.glyph_set.update(codes.values())
    wanted.drop_table_tag_set.update(int.from_bytes(tag.ljust(4).encode(), "big") for tag in _DROPPED)
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.NOTDEF_OUTLINE
    plan = hb.SubsetPlan(face, wanted)
    places = dict(plan.old_to_new_glyph_mapping.items())
    made = plan.execute()
    is_cff = "CFF " in made.table_tags
    program = made.blob.data
    if is_cff:
        program = with_cids(made.reference_table("CFF ").data, {code: places[glyph] for code, glyph in codes.items()})
    units = 1000 / face.upem
    head = face.reference_table("head").data
    metrics = face.reference_table("hhea").data
    box = [round(value * units) for value in struct.unpack_from(">4h", head, 36)]
    ascent, descent = (round(value * units) for value in struct.unpack_from(">2h", metrics, 4))
    os2 = face.reference_table("OS/2").data
    top, bottom = (round(value * units) for value in struct.unpack_from(">2h", os2, 68)) if len(os2) >= 72 else (0, 0)
    origin = top if top - bottom == 1000 else 880  # of a cell in vertical setting: the top of the em box
    pairs = [value for pair in sorted(places.items()) for value in pair]
    return (
        struct.pack(_HEADER, len(program), len(places), is_cff, *box, ascent, descent, origin)
        + struct.pack(f">{len(pairs)}H", *pairs)
        + zlib.compress(program, 6)
    )


def _in_a_name(text: str) -> bytes:
    """As it may stand in a name (ISO 32000-1 7.3.5); spaces are left out."""
    return b"".join(
        b"%c" % byte if 33 <= byte <= 126 and byte not in b"()<>[]{}/%#" else b"#%02X" % byte
        for byte in text.replace(" ", "").encode()
    )


def _to_unicode(texts: dict[int, str]) -> bytes:
    rows = [b"<%04x><%s>\n" % (code, text.encode("utf-16-be").hex().encode()) for code, text in sorted(texts.items())]
    blocks = [rows[at : at + 100] for at in range(0, len(rows), 100)]
    return (
        b"/CIDInit/ProcSet findresource begin 12 dict begin begincmap\n"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
        b"/CMapName/Adobe-Identity-UCS def/CMapType 2 def\n"
        b"1 begincodespacerange\n<0000><ffff>\nendcodespacerange\n"
        + b"".join(b"%d beginbfchar\n%sendbfchar\n" % (len(block), b"".join(block)) for block in blocks)
        + b"endcmap CMapName currentdict/CMap defineresource pop end end"
    )
