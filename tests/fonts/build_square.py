#!/usr/bin/env python3
"""Makes `Square.ttf`, the face that tests set type in: every width in it can be told by heart.

    python tests/fonts/build_square.py

Han and full-width signs are squares of 1 em (Greek, Russian and kana too), letters and digits bars of ½ em, the
blank is ¼ em. Marks are 1 em with their ink in one half, so that the other can give: opening marks in the right
half, closing marks and stops in the left. `—` and `⸺` are bars from edge to edge, so that `——` joins; `…` is three
dots; `·`, `–` and `/` are ½ em. It has GB/T 2312, ASCII, Latin-1 and the marks of GB/T 15834. Each character has a
glyph of its own, made of a few shared shapes; the same script gives the same bytes.
"""

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

EM, HALF, QUARTER = 1000, 500, 250
DATE = 3_786_912_000  # the first of 2024, in seconds since 1904 as font files count

# shape: advance, rectangles (left, bottom, right, top)
SHAPES = {
    "blank": (QUARTER, []),
    "wide_blank": (EM, []),
    "square": (EM, [(50, -70, 950, 830)]),
    "bar": (HALF, [(50, 0, 450, 700)]),
    "opening": (EM, [(600, -70, 900, 830)]),
    "closing": (EM, [(100, -70, 400, 830)]),
    "stop": (EM, [(100, -70, 400, 230)]),
    "dash": (EM, [(0, 340, 1000, 420)]),
    "long_dash": (2 * EM, [(0, 340, 2000, 420)]),
    "wave": (EM, [(50, 340, 950, 420)]),
    "dots": (EM, [(120, 330, 220, 430), (450, 330, 550, 430), (780, 330, 880, 430)]),
    "dot": (HALF, [(200, 330, 300, 430)]),
    "low_bar": (HALF, [(50, 340, 450, 420)]),
}
CHARACTERS = {
    "blank": " \u00a0",
    "wide_blank": "\u3000",
    "opening": "“‘（〔【〖［｛《〈「『",
    "closing": "”’）〕】〗］｝》〉」』",
    "stop": "，。、．；：！？",
    "dash": "—―",
    "long_dash": "⸺",
    "wave": "～",
    "dots": "…⋯",
    "dot": "·",
    "low_bar": "-–",
}


def characters() -> dict[str, str]:
    """The shape of each character of the face."""
    gb2312 = [bytes((row, cell)).decode("gb2312", "ignore") for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF)]
    shapes = {char: "bar" if char.isalpha() and ord(char) < 0x250 else "square" for char in gb2312 if char}
    shapes |= {chr(code): "bar" for code in (*range(0x21, 0x7F), *range(0xA1, 0x100)) if chr(code) not in shapes}
    for shape, chars in CHARACTERS.items():
        shapes |= dict.fromkeys(chars, shape)
    return shapes


def rectangles(boxes: list[tuple[int, int, int, int]]) -> object:
    pen = TTGlyphPen(None)
    for left, bottom, right, top in boxes:
        pen.moveTo((left, bottom))
        pen.lineTo((left, top))
        pen.lineTo((right, top))
        pen.lineTo((right, bottom))
        pen.closePath()
    return pen.glyph()


def build(path: Path) -> None:
    shapes = characters()
    # Wide glyphs last: a font file gives the width of a row of equal ones at its end only once.
    order = sorted(shapes, key=lambda char: (SHAPES[shapes[char]][0] == EM, char))
    names = {char: f"u{ord(char):04X}" for char in order}
    drawn = {shape: rectangles(boxes) for shape, (_, boxes) in SHAPES.items()}
    glyphs = {".notdef": rectangles([(0, -120, 1000, 880)])} | drawn
    for char, name in names.items():
        pen = TTGlyphPen(drawn)
        if SHAPES[shapes[char]][1]:
            pen.addComponent(shapes[char], (1, 0, 0, 1, 0, 0))
        glyphs[name] = pen.glyph()
    widths = {".notdef": EM} | {shape: width for shape, (width, _) in SHAPES.items()}
    widths |= {name: SHAPES[shapes[char]][0] for char, name in names.items()}

    font = FontBuilder(EM, isTTF=True)
    font.setupGlyphOrder(list(glyphs))
    font.setupCharacterMap({ord(char): name for char, name in names.items()})
    font.setupGlyf(glyphs)
    table = font.font["glyf"]
    font.setupHorizontalMetrics({name: (width, table[name].xMin) for name, width in widths.items()})
    font.setupHorizontalHeader(ascent=880, descent=-120)
    font.setupNameTable({"familyName": "Square", "styleName": "Regular", "psName": "Square-Regular"}, mac=False)
    font.setupOS2(sTypoAscender=880, sTypoDescender=-120, sCapHeight=700, sxHeight=700, fsType=0, version=4)
    font.setupPost(keepGlyphNames=False)
    font.font["head"].created = font.font["head"].modified = DATE
    font.font.recalcTimestamp = False
    font.save(path)


if __name__ == "__main__":
    build(Path(__file__).with_name("Square.ttf"))
