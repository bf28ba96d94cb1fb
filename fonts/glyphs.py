"""Glyphs of the faces: one for each character, marks at the widths of GB/T 15834, digits of half an em."""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Callable, Iterator

from fontTools.otlLib.builder import buildLigatureSubstSubtable, buildLookup, buildSingleSubstSubtable
from fontTools.pens.filterPen import DecomposingFilterPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import otTables
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphCoordinates
from fontTools.ttLib.tables.ttProgram import Program
from fontTools.varLib.featureVars import sortFeatureList

EM = 1000


def add_glyph(font: TTFont, name: str, glyph: Glyph, like: str, advance: int) -> str:
    """A new glyph at the end of the font, with the vertical metrics of the glyph `like`."""
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"].glyphOrder = font.getGlyphOrder()
    font["glyf"].glyphs[name] = glyph
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (advance, getattr(glyph, "xMin", 0))
    font["vmtx"][name] = font["vmtx"][like]
    return name


def append_characters(font: TTFont, source: TTFont, codes: list[int]) -> int:
    """Characters of the source that the font lacks, as glyphs at its end, so that all others keep their numbers.

    Their outlines are without components and without hints. The font's bounding box stays that of its other glyphs.

    Returns:
        How many were added.
    """
    drawn, glyf = source.getBestCmap(), font["glyf"]
    added = {code: f"u{code:04X}" for code in codes if code in drawn and code not in font.getBestCmap()}
    glyphs = source.getGlyphSet()
    for code, name in added.items():
        pen = TTGlyphPen(None)
        glyphs[drawn[code]].draw(DecomposingFilterPen(pen, glyphs))
        glyf.glyphs[name] = glyph = pen.glyph()
        glyph.recalcBounds(glyf)
        font["hmtx"][name] = source["hmtx"][drawn[code]]
        font["vmtx"][name] = source["vmtx"][drawn[code]]
    font.setGlyphOrder([*font.getGlyphOrder(), *added.values()])
    glyf.glyphOrder = font.getGlyphOrder()
    for table in font["cmap"].tables:
        if table.isUnicode() and table.format in (4, 12):
            table.cmap.update({code: name for code, name in added.items() if code <= 0xFFFF or table.format == 12})
    font["maxp"].numGlyphs = len(font.getGlyphOrder())
    return len(added)


def redraw(font: TTFont, name: str, glyph: Glyph, advance: int) -> None:
    """Give a glyph another outline and width; its name, and what the font does with it, stay."""
    font["glyf"].glyphs[name] = glyph
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (advance, getattr(glyph, "xMin", 0))


def moved(font: TTFont, name: str, point: Callable[[int, int], tuple[float, float]]) -> Glyph:
    """A copy of a glyph with every point of its outline moved by `point`."""
    coordinates, ends, flags = font["glyf"][name].getCoordinates(font["glyf"])
    glyph = Glyph()
    glyph.numberOfContours, glyph.endPtsOfContours, glyph.flags = len(ends), list(ends), flags
    glyph.coordinates = GlyphCoordinates([tuple(map(round, point(x, y))) for x, y in coordinates])
    glyph.program = Program()
    glyph.program.fromBytecode(b"")
    return glyph


def add_feature(font: TTFont, tag: str, subtable: object) -> None:
    """Add one GSUB lookup under a feature, for every script and language of the font."""
    gsub = font["GSUB"].table
    gsub.LookupList.Lookup.append(buildLookup([subtable]))
    record = otTables.FeatureRecord()
    record.FeatureTag, record.Feature = tag, otTables.Feature()
    record.Feature.FeatureParams = None
    record.Feature.LookupListIndex = [len(gsub.LookupList.Lookup) - 1]
    for script in gsub.ScriptList.ScriptRecord:
        for system in (script.Script.DefaultLangSys, *(item.LangSys for item in script.Script.LangSysRecord)):
            if system is not None:
                system.FeatureIndex.append(len(gsub.FeatureList.FeatureRecord))
    gsub.FeatureList.FeatureRecord.append(record)
    sortFeatureList(gsub)


def add_forms(font: TTFont, tag: str, forms: dict[str, str]) -> None:
    if forms:
        add_feature(font, tag, buildSingleSubstSubtable(forms))


def single_substitutions(font: TTFont, tag: str | None = None) -> Iterator[dict[str, str]]:
    """Every mapping glyph → glyph of the font's GSUB, or of one feature."""
    gsub = font["GSUB"].table
    indices = {
        index
        for record in gsub.FeatureList.FeatureRecord
        if tag in (None, record.FeatureTag)
        for index in record.Feature.LookupListIndex
    }
    for index in sorted(indices):
        for subtable in gsub.LookupList.Lookup[index].SubTable:
            subtable = getattr(subtable, "ExtSubTable", subtable)
            if subtable.LookupType == 1:
                yield subtable.mapping


def one_glyph_a_character(font: TTFont) -> None:
    """Where characters share a glyph, all but one get a reference to it as a glyph of their own.

    The one in GB/T 2312, else the lowest, keeps the glyph itself and so its kerning and spacing.
    """
    sharing = defaultdict(list)
    for code, name in font.getBestCmap().items():
        sharing[name].append(code)
    for name, codes in sharing.items():
        codes.sort(key=lambda code: (not chr(code).encode("gb2312", "ignore"), code))
        for code in codes[1:]:
            glyph = Glyph()
            if font["glyf"][name].numberOfContours:
                pen = TTGlyphPen(font["glyf"].glyphs)
                pen.addComponent(name, (1, 0, 0, 1, 0, 0))
                glyph = pen.glyph()
            own = add_glyph(font, f"{name}.{code:04X}", glyph, like=name, advance=font["hmtx"][name][0])
            for table in font["cmap"].tables:
                if table.isUnicode() and code in table.cmap:
                    table.cmap[code] = own
            for mapping in single_substitutions(font):
                if name in mapping:
                    mapping[own] = mapping[name]


# ---------------------------------------------------------------- Chinese marks


def stretched(font: TTFont, name: str, low: int, high: int, *, upright: bool = False) -> Glyph:
    """A dash whose ends stand at `low` and `high`: of x, or of y where it is `upright`. The ends keep their form."""
    glyph = font["glyf"][name]
    first, last = (glyph.yMin, glyph.yMax) if upright else (glyph.xMin, glyph.xMax)

    def end(at: int) -> int:
        return at - first + low if at < (first + last) / 2 else at - last + high

    return moved(font, name, lambda x, y: (x, end(y)) if upright else (end(x), y))


def chinese_marks(font: TTFont) -> None:
    """Widths of GB/T 15834: 破折号 2 em and without a gap, 一字线 1 em, 间隔号 ½ em, 引号 1 em.

    The dash of one em keeps clear of its neighbours, so two of them would not join: features `init` and `fina`
    hold a first and a second half that do, overlapping a little so that no seam shows; `ccmp` makes one glyph of
    two for shapers that join by themselves.
    """
    cmap = font.getBestCmap()
    dash, two_em, upright = cmap[0x2014], cmap[0x2E3A], cmap[0xFE31]
    full = {glyph: wide for mapping in single_substitutions(font, "fwid") for glyph, wide in mapping.items()}
    clear = 70
    for name, width in ((dash, EM), (two_em, 2 * EM)):
        redraw(font, name, stretched(font, full.get(name, name), clear, width - clear), width)
    top = font["glyf"][upright].yMax + font["vmtx"][upright][1]
    redraw(font, upright, stretched(font, upright, top - EM + clear, top - clear, upright=True), EM)
    font["vmtx"][upright] = (EM, clear)
    overlap = 10
    halves = {
        "init": (
            stretched(font, dash, clear, EM + overlap),
            stretched(font, upright, top - EM - overlap, top - clear, upright=True),
        ),
        "fina": (
            stretched(font, dash, -overlap, EM - clear),
            stretched(font, upright, top - EM + clear, top + overlap, upright=True),
        ),
    }
    for tag, glyphs in halves.items():
        forms = {
            name: add_glyph(font, f"{name}.{tag}", glyph, like=name, advance=EM)
            for name, glyph in zip((dash, upright), glyphs, strict=True)
        }
        add_forms(font, tag, forms)
    if not any(dash in mapping for mapping in single_substitutions(font, "vert")):
        add_forms(font, "vert", {dash: upright})
    if not joins(font, dash):
        add_feature(font, "ccmp", buildLigatureSubstSubtable({(dash, dash): two_em}))

    narrow_quotes = {}
    for code, side in ((0x2018, "right"), (0x201C, "right"), (0x2019, "left"), (0x201D, "left")):
        name = cmap[code]
        advance = font["hmtx"][name][0]
        if advance != EM:
            shift = EM - advance if side == "right" else 0
            narrow_quotes[name] = add_glyph(
                font, f"{name}.pwid", copy.deepcopy(font["glyf"][name]), like=name, advance=advance
            )
            redraw(font, name, moved(font, name, lambda x, y, shift=shift: (x + shift, y)), EM)
    add_forms(font, "pwid", narrow_quotes)

    dot = cmap[0x00B7]
    shift = (EM // 2 - font["hmtx"][dot][0]) / 2
    redraw(font, dot, moved(font, dot, lambda x, y: (x + shift, y)), EM // 2)


def joins(font: TTFont, dash: str) -> bool:
    """Whether the font makes a ligature of two dashes."""
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for subtable in lookup.SubTable:
            subtable = getattr(subtable, "ExtSubTable", subtable)
            if subtable.LookupType == 4 and any(len(item.Component) == 2 for item in subtable.ligatures.get(dash, ())):
                return True
    return False


def half_digits(font: TTFont) -> None:
    """Digits of ½ em under `hwid` where the source has none: narrowed to the width, as 长体 is."""
    cmap = font.getBestCmap()
    if not any(cmap[0x30] in mapping for mapping in single_substitutions(font, "hwid")):
        forms = {}
        for code in range(0x30, 0x3A):
            name = cmap[code]
            narrow = EM // 2 / font["hmtx"][name][0]
            glyph = moved(font, name, lambda x, y, narrow=narrow: (x * narrow, y))
            forms[name] = add_glyph(font, f"{name}.hwid", glyph, like=name, advance=EM // 2)
        add_forms(font, "hwid", forms)
