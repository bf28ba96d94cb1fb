"""Small fonts of every kind that people have: TrueType, CFF with names and with CIDs, CFF2, variable, collections.

Each has the characters of `CHARACTERS`: Han are squares of 1 em, letters and digits bars of ½ em. Of variable fonts the
bars and squares reach further up with the weight (axis `wght` from 200 to 900, instances Light, Regular and Black), so
that a glyph's height tells which instance it is of: `height(weight)`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from fontTools.cffLib import FDArrayIndex, FDSelect, FontDict
from fontTools.cffLib.CFFToCFF2 import convertCFFToCFF2
from fontTools.designspaceLib import AxisDescriptor, DesignSpaceDocument, InstanceDescriptor, SourceDescriptor
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont
from fontTools.varLib import build as build_variable

CHARACTERS = " 0123456789ABCabc.,，。、“”—柳河镇的秋天从晒谷场开始秤"
LIGHT, REGULAR, BLACK = 200, 400, 900
DATE = 3_786_912_000  # the first of 2024, in seconds since 1904 as font files count


def height(weight: float) -> int:
    """How high a square reaches, in thousandths of an em."""
    return round(500 + 300 * (weight - LIGHT) / (BLACK - LIGHT))


def is_wide(character: str) -> bool:
    return ord(character) > 0x2000


def font(
    *,
    cff: bool,
    weight: float = REGULAR,
    family: str = "Kinds",
    units: int = 1000,
    rights: int = 0,
    characters: str = CHARACTERS,
) -> TTFont:
    """A static font with TrueType or CFF outlines."""
    names = {character: f"u{ord(character):04X}" for character in f" {characters}"}
    order = [".notdef", *names.values()]
    wide = {".notdef": True} | {name: is_wide(character) for character, name in names.items()}
    widths = {name: units if wide[name] else units // 2 for name in order}
    top = height(weight) * units // 1000
    builder = FontBuilder(units, isTTF=not cff)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({ord(character): name for character, name in names.items()})
    glyphs = {}
    for name in order:
        pen = T2CharStringPen(widths[name], None) if cff else TTGlyphPen(None)
        if name != names[" "]:
            right = widths[name] - units // 20
            pen.moveTo((units // 20, 0))
            for point in ((units // 20, top), (right, top), (right, 0)):
                pen.lineTo(point)
            pen.closePath()
        glyphs[name] = pen.getCharString() if cff else pen.glyph()
    ps_name = f"{family}-{round(weight)}".replace(" ", "")
    if cff:
        matrix = {} if units == 1000 else {"FontMatrix": [1 / units, 0, 0, 1 / units, 0, 0]}
        builder.setupCFF(ps_name, matrix, glyphs, {})
    else:
        builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics({name: (widths[name], units // 20) for name in order})
    builder.setupHorizontalHeader(ascent=units * 88 // 100, descent=-units * 12 // 100)
    builder.setupNameTable(
        {"familyName": family, "styleName": "Regular", "psName": ps_name, "fullName": f"{family} Regular"}, mac=False
    )
    builder.setupOS2(
        version=4,
        usWeightClass=round(weight),
        sTypoAscender=units * 88 // 100,
        sTypoDescender=-units * 12 // 100,
        fsType=rights,
    )
    builder.setupPost(keepGlyphNames=False)
    builder.font["head"].created = builder.font["head"].modified = DATE
    builder.font.recalcTimestamp = False
    return builder.font


def with_cids(units: int = 1000) -> TTFont:
    """CFF outlines whose glyphs have CIDs that are not their numbers, as those of 思源 have."""
    made = font(cff=True, units=units)
    top = made["CFF "].cff.topDictIndex[0]
    cids = [".notdef", *(f"cid{100 + 7 * at:05d}" for at in range(1, len(made.getGlyphOrder())))]
    strings = {cid: top.CharStrings[name] for cid, name in zip(cids, made.getGlyphOrder(), strict=True)}
    private = top.Private
    top.ROS, top.CIDCount = ("Adobe", "Identity", 0), 10_000
    one = FontDict()
    one.setCFF2(False)
    one.Private, one.FontName = private, "Kinds-One"
    top.FDArray = FDArrayIndex()
    top.FDArray.append(one)
    top.FDSelect = FDSelect(format=3)
    top.FDSelect.gidArray = [0] * len(cids)
    top.CharStrings.charStrings = strings
    top.CharStrings.fdArray, top.CharStrings.fdSelect = top.FDArray, top.FDSelect
    top.charset = cids
    for name in ("Private", "Encoding"):
        top.rawDict.pop(name, None)
        top.__dict__.pop(name, None)
    order = dict(zip(made.getGlyphOrder(), cids, strict=True))
    for table in made["cmap"].tables:
        table.cmap = {code: order[name] for code, name in table.cmap.items()}
    made["hmtx"].metrics = {order[name]: metrics for name, metrics in made["hmtx"].metrics.items()}
    made.setGlyphOrder(cids)
    return made


def variable(*, cff: bool) -> TTFont:
    """A variable font; with `cff` its outlines are CFF2."""
    space = DesignSpaceDocument()
    space.addAxis(AxisDescriptor(name="Weight", tag="wght", minimum=LIGHT, default=REGULAR, maximum=BLACK))
    for weight in (LIGHT, REGULAR, BLACK):
        space.addSource(SourceDescriptor(font=font(cff=cff, weight=weight), location={"Weight": weight}))
    for name, weight in (("Light", LIGHT), ("Regular", REGULAR), ("Black", BLACK)):
        space.addInstance(InstanceDescriptor(familyName="Kinds", styleName=name, location={"Weight": weight}))
    made, _, _ = build_variable(space)
    made.recalcTimestamp = False
    return made


def cff2() -> TTFont:
    """CFF2 outlines without axes."""
    made = font(cff=True)
    convertCFFToCFF2(made)
    return made


def collection(*, cff: bool) -> TTCollection:
    """Two faces: `Kinds One`, light, and `Kinds Two`, black."""
    made = TTCollection()
    made.fonts = [
        font(cff=cff, weight=weight, family=name) for name, weight in (("Kinds One", LIGHT), ("Kinds Two", BLACK))
    ]
    return made


# Kind → what makes it, what a style writes after the file's name, the suffix, and how high its squares are.
KINDS: dict[str, tuple[Callable[[], TTFont | TTCollection], str, str, int]] = {
    "TrueType": (lambda: font(cff=False), "", ".ttf", height(REGULAR)),
    "CFF": (lambda: font(cff=True), "", ".otf", height(REGULAR)),
    "CFF of 2048 units": (lambda: font(cff=True, units=2048), "", ".otf", height(REGULAR)),
    "CFF with CIDs": (with_cids, "", ".otf", height(REGULAR)),
    "CFF2": (cff2, "", ".otf", height(REGULAR)),
    "variable TrueType, as it is": (lambda: variable(cff=False), "", ".ttf", height(REGULAR)),
    "variable TrueType, a weight": (lambda: variable(cff=False), "#weight=900", ".ttf", height(BLACK)),
    "variable TrueType, an instance": (lambda: variable(cff=False), "#Light", ".ttf", height(LIGHT)),
    "variable CFF2, as it is": (lambda: variable(cff=True), "", ".otf", height(REGULAR)),
    "variable CFF2, a weight": (lambda: variable(cff=True), "#wght=650", ".otf", height(650)),
    "collection of TrueType, by number": (lambda: collection(cff=False), "#2", ".ttc", height(BLACK)),
    "collection of CFF, by name": (lambda: collection(cff=True), "#Kinds Two", ".ttc", height(BLACK)),
}


def write(kind: str, folder: Path) -> tuple[Path, int]:
    """Makes the font; what a style names it by, and how high its squares are."""
    make, choice, suffix, top = KINDS[kind]
    file = folder / f"kinds{suffix}"
    make().save(file)
    return file.with_name(file.name + choice), top
