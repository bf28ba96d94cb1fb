"""CFF programs for CIDFonts: their CIDs are the character codes of the text."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO


def with_cids(program: bytes, glyphs: Mapping[int, int]) -> bytes:
    """A CFF program in which each CID leads to a glyph of `program`; two CIDs of one glyph have it twice, because
    viewers identify a glyph by its CID when text is extracted (ISO 32000-1 9.7.4.2, 9.10.3).

    `glyphs`: CID → number of the glyph; `.notdef` is CID 0 besides.
    """
    from fontTools.cffLib import CFFFontSet, CharStrings
    from fontTools.ttLib import TTFont

    fonts = CFFFontSet()
    fonts.decompile(BytesIO(program), None, isCFF2=False)
    top = fonts.topDictIndex[0]
    old = [top.CharStrings.getItemAndSelector(name) for name in top.charset]
    if not hasattr(top, "ROS"):
        _make_cid_keyed(top)
    numbers = {0: 0} | dict(sorted(glyphs.items()))
    names = [f"cid{cid:05d}" for cid in numbers]
    names[0] = ".notdef"
    strings = CharStrings(None, None, fonts.GlobalSubrs, None, top.FDSelect, top.FDArray)
    for name, number in zip(names, numbers.values(), strict=True):
        strings.charStrings[name] = old[number][0]
    top.FDSelect.gidArray = [old[number][1] or 0 for number in numbers.values()]
    top.CharStrings, top.charset, top.CIDCount = strings, names, max(numbers) + 1
    top.ROS = ("Adobe", "Identity", 0)
    out = BytesIO()
    fonts.compile(out, TTFont(recalcBBoxes=False), isCFF2=False)
    return out.getvalue()


def _make_cid_keyed(top: object) -> None:
    """Turns a font with glyph names into a CID-keyed one with a single font dictionary (Adobe TN 5176, 18–19)."""
    from fontTools.cffLib import FDArrayIndex, FDSelect, FontDict

    part = FontDict()
    part.setCFF2(False)
    part.Private = top.Private  # type: ignore[attr-defined]
    if "FontMatrix" in top.rawDict:  # type: ignore[attr-defined]
        part.FontMatrix = top.FontMatrix  # type: ignore[attr-defined]
    for name in ("Private", "Encoding", "FontMatrix"):
        top.rawDict.pop(name, None)  # type: ignore[attr-defined]
        vars(top).pop(name, None)
    top.FDArray = FDArrayIndex()  # type: ignore[attr-defined]
    top.FDArray.append(part)  # type: ignore[attr-defined]
    top.FDSelect = FDSelect(format=3)  # type: ignore[attr-defined]
