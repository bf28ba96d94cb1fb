"""Draws the mug on the sill under an osmanthus bough to ../mug.svg: python mug.py. A woodcut of five blocks."""

import math
import random

from drawing import FONTS, path, svg


def glyph(character: str, size: float, x: float, y: float, face: str = "Song-Black") -> str:
    """The outline of a character, `size` high, with the left end of its baseline at (x, y)."""
    from fontTools.pens.svgPathPen import SVGPathPen
    from fontTools.pens.transformPen import TransformPen
    from fontTools.ttLib import TTFont

    font = TTFont(FONTS / f"{face}.ttf", lazy=True)
    glyphs, scale = font.getGlyphSet(), size / font["head"].unitsPerEm
    pen = SVGPathPen(glyphs, ntos=lambda value: f"{value:.1f}")
    glyphs[font.getBestCmap()[ord(character)]].draw(TransformPen(pen, (scale, 0, 0, -scale, x, y)))
    return pen.getCommands()


def mug() -> None:
    chance = random.Random(4)
    night, deep, bough, leaf, flower, cream, red, wood = (
        "#123f4a",
        "#0c2e38",
        "#2b1d17",
        "#2f6b52",
        "#f0a030",
        "#f5ecd8",
        "#c23a26",
        "#8a5230",
    )
    parts = [f'<rect width="810" height="1000" fill="{night}"/>']
    # Night sky cut in long strokes round the moon.
    for k in range(26):
        r = 196 + k * 26
        start, sweep = chance.uniform(0, 6.28), chance.uniform(0.5, 1.5)
        for _ in range(3):
            x0, y0 = 566 + r * math.cos(start), 262 + r * math.sin(start)
            x1, y1 = 566 + r * math.cos(start + sweep), 262 + r * math.sin(start + sweep)
            parts.append(
                path(f"M{x0:.0f} {y0:.0f}A{r} {r} 0 0 1 {x1:.0f} {y1:.0f}", "none", deep if k % 2 else "#1b5461", 7)
            )
            start += sweep + chance.uniform(0.3, 0.9)
    parts.append(f'<circle cx="566" cy="262" r="150" fill="{cream}"/>')
    parts.append(
        path(
            "M470 214A150 150 0 0 1 560 124M486 330A130 130 0 0 0 560 388M640 176A110 110 0 0 1 668 240",
            "none",
            "#e4d6b4",
            9,
        )
    )
    # Roofs with a few lit windows.
    parts.append(path("M0 700L96 640L214 700V760H300V684L402 628L520 690V742H604V662L716 604L810 656V840H0Z", deep))
    for x, y in ((70, 716), (112, 716), (380, 690), (432, 690), (690, 664), (738, 664), (738, 712)):
        parts.append(f'<rect x="{x}" y="{y}" width="24" height="30" fill="{flower}"/>')
    # The bough.
    parts.append(path("M-20 96C120 130 220 190 330 214S520 262 640 372", "none", bough, 24))
    parts.append(
        path(
            "M180 158C240 120 300 92 372 84M330 214C372 290 396 340 410 430M470 256C540 246 620 232 700 214M560 306C570 372 560 420 540 474",
            "none",
            bough,
            12,
        )
    )
    sprigs = [
        (60, 112),
        (120, 130),
        (186, 158),
        (250, 116),
        (312, 92),
        (372, 84),
        (258, 192),
        (330, 214),
        (360, 276),
        (390, 344),
        (408, 424),
        (420, 238),
        (480, 254),
        (540, 246),
        (620, 232),
        (700, 214),
        (560, 306),
        (566, 374),
        (540, 470),
        (600, 336),
        (640, 372),
    ]
    for x, y in sprigs:
        turn = chance.uniform(0, 360)
        for k in range(3):
            a = turn + k * 120 + chance.uniform(-22, 22)
            length = chance.uniform(74, 104)
            parts.append(
                f'<g transform="translate({x} {y}) rotate({a:.0f})">'
                + path(
                    f"M0 0Q{length * 0.45:.0f} {-length * 0.30:.0f} {length:.0f} 0Q{length * 0.45:.0f} {length * 0.30:.0f} 0 0Z",
                    leaf,
                )
                + path(f"M8 0L{length - 14:.0f} 0", "none", night, 3.2)
                + "</g>"
            )
    for x, y in sprigs:
        for _ in range(chance.randint(5, 8)):
            fx, fy = x + chance.uniform(-30, 30), y + chance.uniform(-26, 30)
            parts.append(blossom(fx, fy, chance.uniform(9, 12.5), chance.uniform(0, 90), flower, red))
    for x, y in ((236, 470), (322, 548), (470, 560), (182, 600), (426, 640), (600, 520), (300, 706)):
        parts.append(blossom(x, y, 11, chance.uniform(0, 90), flower, red))
    # Window frame and sill.
    parts.append(
        f'<rect x="0" y="838" width="810" height="162" fill="{wood}"/><rect x="0" y="838" width="810" height="22" fill="#a8693f"/>'
    )
    for k in range(15):
        y = 880 + k * 8.4
        x = chance.uniform(-40, 500)
        parts.append(path(f"M{x:.0f} {y:.0f}h{chance.uniform(140, 360):.0f}", "none", "#6d3e22", 3))
    parts.append(
        f'<rect x="0" y="0" width="40" height="838" fill="{bough}"/><rect x="40" y="0" width="12" height="838" fill="#4a3226"/>'
    )
    # The mug: enamel with a blue rim, a chip on the last character.
    parts.append(
        path("M604 700C700 690 716 800 612 822", "none", cream, 34)
        + path("M604 700C700 690 716 800 612 822", "none", "#d9ccb0", 8)
    )
    parts.append(path("M282 612H622L606 886C604 906 580 914 452 914S300 906 298 886Z", cream))
    parts.append(path("M548 622L534 911C580 906 604 900 606 886L621 622Z", "#e6dabf"))
    parts.append(path("M274 596C274 578 630 578 630 596V618C630 634 274 634 274 618Z", "#1d5a8a"))
    parts.append(path("M296 600C330 590 574 590 608 600C574 616 330 616 296 600Z", "#3b2417"))
    for x, y in ((400, 602), (468, 606), (530, 600)):
        parts.append(blossom(x, y, 9, 20, flower, red))
    for character, x, y in (("劳", 346, 742), ("动", 450, 742), ("光", 346, 850), ("荣", 450, 850)):
        parts.append(path(glyph(character, 100, x, y), red))
    parts.append(
        path("M520 826L548 818L560 838L546 858L522 852Z", "#221c1a")
        + path("M520 826L548 818L560 838L546 858L522 852Z", "none", "#cbbd9e", 5)
    )
    svg("mug", 810, 1000, *parts)


def blossom(x: float, y: float, r: float, turn: float, petal: str, heart: str) -> str:
    """An osmanthus flower: four round petals."""
    petals = ""
    for k in range(4):
        a = math.radians(turn + k * 90)
        cx, cy = x + r * 0.62 * math.cos(a), y + r * 0.62 * math.sin(a)
        petals += f"M{cx - r * 0.56:.1f} {cy:.1f}a{r * 0.56:.1f} {r * 0.56:.1f} 0 1 0 {r * 1.12:.1f} 0a{r * 0.56:.1f} {r * 0.56:.1f} 0 1 0 {-r * 1.12:.1f} 0"
    return path(petals, petal) + f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r * 0.24:.1f}" fill="{heart}"/>'


if __name__ == "__main__":
    mug()
