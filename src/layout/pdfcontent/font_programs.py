"""Whether a font program is of the kind that its dictionary names (ISO 32000-1 table 126, 9.9)."""

from __future__ import annotations

from struct import error as StructError
from struct import unpack_from
from typing import Any

import pikepdf

from ..errors import Message
from .colour import name_of
from .objects import inflated

TYPE1, TRUETYPE, CFF, OPENTYPE_CFF = "Type 1", "TrueType", "CFF", "OpenType/CFF"
_TRUETYPE_NEEDS = {b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp"}
# Key of the descriptor, and the stream's subtype: kinds of program, and of font dictionary, that go with it.
_TAKEN = {
    ("/FontFile", ""): ({TYPE1}, {"Type1", "MMType1"}),
    ("/FontFile2", ""): ({TRUETYPE}, {"TrueType", "CIDFontType2"}),
    ("/FontFile3", "Type1C"): ({CFF}, {"Type1", "MMType1"}),
    ("/FontFile3", "CIDFontType0C"): ({CFF}, {"CIDFontType0"}),
    ("/FontFile3", "OpenType"): ({TRUETYPE, OPENTYPE_CFF}, {"Type1", "TrueType", "CIDFontType0", "CIDFontType2"}),
}
_OUTLINES = {"TrueType": TRUETYPE, "CIDFontType2": TRUETYPE, "Type1": OPENTYPE_CFF, "CIDFontType0": OPENTYPE_CFF}


def program_fault(subtype: str, descriptor: Any) -> Message | None:
    """What is wrong with the embedded program of a font dictionary of that subtype, None where nothing is."""
    keys = [key for key in ("/FontFile", "/FontFile2", "/FontFile3") if key in descriptor]
    if len(keys) != 1:
        return Message("嵌了几份字体程序", "it has several font programs") if keys else None
    stream = descriptor[keys[0]]
    if not isinstance(stream, pikepdf.Stream):
        return Message("字体程序不是数据流", "its font program is no stream")
    message = name_of(stream.get("/Subtype", "")) if keys[0] == "/FontFile3" else ""
    try:
        found = _kind(inflated(stream))
    except (pikepdf.PdfError, MemoryError, OSError, RuntimeError, ValueError):
        return Message("字体程序损坏，读不出来", "its font program is damaged and cannot be read")
    label = f"{keys[0][1:]} {message}".strip()
    programs, dictionaries = _TAKEN.get((keys[0], message), (set(), set()))
    if found not in programs:
        what = found or "?"
        return Message(f"{label} 里装的是 {what}", f"{label} holds {what}")
    if subtype not in dictionaries or (message == "OpenType" and _OUTLINES[subtype] != found):
        return Message(f"{subtype} 配的是 {label}（{found}）", f"{subtype} goes with {label} ({found})")
    return None


def _kind(data: bytes) -> str:
    """What a font program is by its own first bytes and tables; empty where it is none."""
    if data[:2] == b"%!" or data[:2] == b"\x80\1":
        return TYPE1
    if data[:4] in (b"\0\1\0\0", b"true", b"OTTO"):
        try:
            (count,) = unpack_from(">H", data, 4)
            tables = {unpack_from(">4sIII", data, 12 + 16 * at) for at in range(count)}
        except StructError:
            return ""
        whole = {tag for tag, _, offset, length in tables if offset + length <= len(data)}
        return OPENTYPE_CFF if b"CFF " in whole else TRUETYPE if whole >= _TRUETYPE_NEEDS else ""
    return CFF if len(data) > 4 and data[0] == 1 and data[2] >= 4 and 1 <= data[3] <= 4 else ""
