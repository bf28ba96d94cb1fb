"""Draws the flat vector pictures of this issue to ../*.svg: python draw.py. Colours are the campus style's and the trees'."""

import math
import random
from pathlib import Path

OUT = Path(__file__).parent.parent
FONTS = OUT.parents[2] / "fonts"
TEAL, ORANGE, SAND, INK = "#0f5b5e", "#d9752b", "#f3ead6", "#20343a"


def svg(name: str, width: float, height: float, *parts: str) -> None:
    body = "\n".join(parts)
    text = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}">\n{body}\n</svg>\n'
    (OUT / f"{name}.svg").write_text(text, encoding="utf-8")


def path(d: str, fill: str = "none", stroke: str = "", width: float = 0, **more: str) -> str:
    line = f' stroke="{stroke}" stroke-width="{width:g}" stroke-linecap="round" stroke-linejoin="round"' if stroke else ""
    extra = "".join(f' {key.replace("_", "-")}="{value}"' for key, value in more.items())
    return f'<path d="{d}" fill="{fill}"{line}{extra}/>'


def smooth(points: list[tuple[float, float]], closed: bool = True) -> str:
    """A Catmull-Rom curve through points, as cubic Béziers."""
    n = len(points)
    d = f"M{points[0][0]:.1f} {points[0][1]:.1f}"
    for i in range(n if closed else n - 1):
        p = [points[(i + k) % n] if closed else points[max(0, min(n - 1, i + k))] for k in (-1, 0, 1, 2)]
        c1 = (p[1][0] + (p[2][0] - p[0][0]) / 6, p[1][1] + (p[2][1] - p[0][1]) / 6)
        c2 = (p[2][0] - (p[3][0] - p[1][0]) / 6, p[2][1] - (p[3][1] - p[1][1]) / 6)
        d += f"C{c1[0]:.1f} {c1[1]:.1f} {c2[0]:.1f} {c2[1]:.1f} {p[2][0]:.1f} {p[2][1]:.1f}"
    return d + ("Z" if closed else "")


def halves(right: list[tuple[float, float]], x: float = 150) -> tuple[str, str]:
    """The left and the right half of a leaf, each closed along its midrib, from the right edge's points."""
    top, foot = right[0], right[-1]
    edges = (smooth([(2 * x - px, py) for px, py in right], closed=False), smooth(right, closed=False))
    left, right_half = (f"{edge}L{x} {foot[1]}L{x} {top[1]}Z" for edge in edges)
    return left, right_half


# Leaves: 300 × 400, the stalk at the foot.


def leaf_camphor() -> None:
    left, right = halves([(150, 26), (160, 66), (192, 118), (222, 184), (214, 246), (182, 296), (150, 322)])
    veins = [f"M150 {y}Q{150 + s * w * 0.5:.0f} {y - 22} {150 + s * w} {y - rise}" for y, w, rise in ((296, 52, 96), (250, 56, 74), (206, 52, 66), (160, 32, 48)) for s in (-1, 1)]
    svg("leaf-camphor", 300, 400, path(left, "#2c6a3d"), path(right, "#3c8049"), path(" ".join(veins), "none", "#cfe0b4", 2.4),
        path("M150 52V322Q150 352 142 388", "none", "#cfe0b4", 5))


def leaf_ginkgo() -> None:
    outer = []
    for k in range(25):
        a = math.radians(205 + k * 130 / 24)
        r = 196 + 7 * math.sin(k * 1.7) + 5 * math.cos(k * 2.9)
        outer.append((150 + r * math.cos(a) * 0.78, 268 + r * math.sin(a)))
    d = "M150 276 " + "C118 262 62 250 " + f"{outer[0][0]:.1f} {outer[0][1]:.1f}"
    curve = smooth(outer[:12], closed=False)[1:]
    d += " L" + curve + " Q148 128 150 190 Q152 128 " + f"{outer[13][0]:.1f} {outer[13][1]:.1f} L" + smooth(outer[13:], closed=False)[1:]
    d += " C238 250 182 262 150 276Z"
    veins = []
    for k in range(1, 24):
        if k == 12:
            continue
        x, y = outer[k]
        veins.append(f"M{150 + (x - 150) * 0.10:.1f} {272 + (y - 272) * 0.10:.1f}L{150 + (x - 150) * 0.93:.1f} {272 + (y - 272) * 0.93:.1f}")
    svg("leaf-ginkgo", 300, 400, path(d, "#eeb422"), path(" ".join(veins), "none", "#cf8f12", 1.7),
        path("M150 274Q149 330 158 386", "none", "#c98f1c", 7))


def lobed(lobes: list[tuple[float, float, float]], hollow: float, centre: tuple[float, float], teeth: bool) -> list[tuple[float, float]]:
    """A palmate outline: lobes as (angle°, reach, half width°), hollows between them."""
    points = []
    for index, (angle, reach, width) in enumerate(lobes):
        steps = [(-width, 0.56), (-width * 0.62, 0.74), (-width * 0.40, 0.70), (0, 1.0), (width * 0.40, 0.70), (width * 0.62, 0.74), (width, 0.56)] if teeth else \
                [(-width, 0.55), (-width * 0.55, 0.80), (0, 1.0), (width * 0.55, 0.80), (width, 0.55)]
        for da, share in steps:
            a = math.radians(angle + da)
            points.append((centre[0] + reach * share * math.cos(a), centre[1] - reach * share * math.sin(a)))
        if index + 1 < len(lobes):
            a = math.radians((angle + lobes[index + 1][0]) / 2)
            points.append((centre[0] + hollow * math.cos(a), centre[1] - hollow * math.sin(a)))
    return points


def poly(points: list[tuple[float, float]]) -> str:
    """Pointed lobes: straight to the tips, rounded in the hollows."""
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z"


def leaf_plane() -> None:
    lobes = [(-10, 126, 21), (38, 164, 19), (90, 214, 20), (142, 164, 19), (190, 126, 21)]
    outline = lobed(lobes, 74, (150, 262), True)
    outline = [*outline, (118, 292), (150, 270), (182, 292)]
    veins = [f"M150 266L{150 + r * 0.86 * math.cos(math.radians(a)):.1f} {262 - r * 0.86 * math.sin(math.radians(a)):.1f}" for a, r, _ in lobes]
    side = []
    for a, r, w in lobes:
        for t in (0.42, 0.62):
            for s in (-1, 1):
                x, y = 150 + r * t * math.cos(math.radians(a)), 262 - r * t * math.sin(math.radians(a))
                side.append(f"M{x:.1f} {y:.1f}l{r * 0.17 * math.cos(math.radians(a + s * 38)):.1f} {-r * 0.17 * math.sin(math.radians(a + s * 38)):.1f}")
    svg("leaf-plane", 300, 400, path(poly(outline), "#a9823a", "#a9823a", 8), path(" ".join(veins), "none", "#e9d3a0", 4.4),
        path(" ".join(side), "none", "#e9d3a0", 2.2), path("M150 268Q151 330 140 386", "none", "#7d5a24", 8))


def leaf_sweetgum() -> None:
    lobes = [(26, 148, 24), (90, 226, 25), (154, 148, 24)]
    d = "M150 290C176 296 206 292 220 268C244 262 268 236 285 194C250 190 222 192 206 206C212 150 196 84 150 40C104 84 88 150 94 206C78 192 50 190 15 194C32 236 56 262 80 268C94 292 124 296 150 290Z"
    veins = [f"M150 284Q{150 + r * 0.4 * math.cos(math.radians(a)):.1f} {276 - r * 0.4 * math.sin(math.radians(a)):.1f} {150 + r * 0.88 * math.cos(math.radians(a)):.1f} {268 - r * 0.88 * math.sin(math.radians(a)):.1f}" for a, r, _ in lobes]
    side = []
    for a, r, _ in lobes:
        for t in (0.40, 0.58, 0.74):
            for s in (-1, 1):
                x, y = 150 + r * t * math.cos(math.radians(a)), 270 - r * t * math.sin(math.radians(a))
                side.append(f"M{x:.1f} {y:.1f}l{r * 0.16 * math.cos(math.radians(a + s * 34)):.1f} {-r * 0.16 * math.sin(math.radians(a + s * 34)):.1f}")
    svg("leaf-sweetgum", 300, 400, path(d, "#c8402a"), path(" ".join(veins), "none", "#f4b79b", 4.2), path(" ".join(side), "none", "#f4b79b", 2),
        path("M150 284Q150 336 164 388", "none", "#8f2a1c", 7))


def leaf_tallow() -> None:
    left, right = halves([(150, 30), (156, 66), (174, 104), (214, 148), (246, 194), (234, 238), (194, 276), (150, 298)])
    veins = [f"M150 {y}Q{150 + s * w * 0.5:.0f} {y - 12} {150 + s * w} {y - 38}" for y, w in ((272, 50), (244, 72), (214, 74), (182, 48), (150, 26)) for s in (-1, 1)]
    svg("leaf-tallow", 300, 400, path(left, "#7c2348"), path(right, "#93305a"), path(" ".join(veins), "none", "#e6a9b8", 2.4),
        path("M150 56V298Q150 346 138 388", "none", "#e6a9b8", 4.4))


def leaf_metasequoia() -> None:
    leaflets = []
    for k in range(15):
        y = 326 - k * 18.2
        length = 118 * math.sin(math.pi * (0.22 + 0.74 * k / 15)) + 6
        for s in (-1, 1):
            tip_x, tip_y = 150 + s * length, y - length * 0.30 - 6
            leaflets.append(f"M150 {y:.1f}Q{150 + s * length * 0.55:.1f} {y - length * 0.26 - 13:.1f} {tip_x:.1f} {tip_y:.1f}Q{150 + s * length * 0.6:.1f} {y - length * 0.10 + 2:.1f} 150 {y + 3:.1f}Z")
    leaflets.append("M150 66Q138 44 150 22Q162 44 150 66Z")
    svg("leaf-metasequoia", 300, 400, path(" ".join(leaflets), "#b5652b"), path("M150 60V300Q150 350 144 388", "none", "#7b3d17", 4.6))


# The map of the campus: every dot about four trees.

SPECIES = [("camphor", 612, "#2c6a3d"), ("ginkgo", 437, "#eeb422"), ("plane", 389, "#9c9a3a"), ("osmanthus", 356, "#ef8a2c"),
           ("metasequoia", 288, "#b5652b"), ("sweetgum", 141, "#d9402a"), ("tallow", 96, "#8a2a55"), ("other", 867, "#8fa79a")]


def tree_map() -> None:
    chance = random.Random(3186)
    width, height = 1680, 400
    lake = smooth([(980, 236), (1010, 190), (1080, 170), (1160, 184), (1228, 168), (1296, 190), (1330, 238), (1300, 292), (1220, 322), (1130, 300), (1064, 316), (1000, 290)])
    island = smooth([(1148, 238), (1164, 226), (1184, 232), (1190, 248), (1170, 258), (1152, 252)])
    stream = "M1322 250C1380 262 1420 300 1470 318S1580 330 1690 312"
    roads = [
        ("M-10 214C120 206 240 210 420 214S700 214 900 214", 15),
        ("M212 -10C214 80 206 140 208 214S214 330 206 410", 11),
        ("M560 -10V410", 13),
        ("M900 -10C896 90 902 150 900 214S906 330 896 410", 11),
        ("M900 214C930 150 1000 118 1110 120S1330 112 1392 170S1420 290 1380 340S1180 378 1080 362S930 320 900 214", 10),
        ("M1404 200C1480 190 1560 180 1690 186", 12),
        ("M1500 -10C1504 60 1498 120 1500 190", 10),
        ("M560 96H900", 8), ("M208 110H560", 8), ("M208 318H560", 8), ("M560 326H898", 8),
    ]
    # x, y, width, height; the library, halls, dormitories, canteens, gymnasium and the old boiler house.
    houses = [(40, 40, 120, 34), (40, 96, 120, 34), (40, 150, 120, 30), (36, 262, 54, 92), (112, 262, 54, 92),
              (252, 34, 96, 48), (374, 34, 150, 48), (252, 140, 120, 46), (404, 140, 118, 46), (250, 244, 118, 44), (398, 244, 126, 44), (252, 348, 150, 30), (430, 348, 92, 30),
              (604, 24, 116, 44), (758, 24, 104, 44), (612, 124, 90, 60), (742, 124, 118, 60), (604, 246, 110, 50), (748, 246, 112, 50), (606, 354, 120, 26), (756, 354, 104, 26),
              (950, 22, 78, 62), (1070, 30, 128, 46), (1246, 26, 116, 46), (1428, 22, 40, 92), (1536, 24, 110, 40), (1536, 92, 110, 40), (1452, 232, 96, 44), (1576, 226, 74, 60),
              (1448, 356, 88, 28), (1572, 356, 80, 28)]
    parts = [f'<rect width="{width}" height="{height}" fill="#e9efdf"/>']
    lawns = [smooth([(920, 330), (980, 342), (1040, 380), (1000, 410), (910, 410)]), smooth([(600, 194), (740, 196), (870, 194), (872, 238), (740, 234), (604, 238)]),
             smooth([(1400, 150), (1480, 140), (1490, 176), (1420, 186)]), smooth([(30, 226), (190, 226), (192, 248), (28, 248)])]
    parts += [path(lawn, "#dbe6c6") for lawn in lawns]
    parts.append(path(stream, "none", "#b7d6dd", 16))
    parts += [path(d, "none", "#ffffff", w) for d, w in roads]
    parts.append(path(lake, "#b7d6dd"))
    parts.append(path(smooth([(1010, 244), (1040, 208), (1090, 196), (1150, 206)], closed=False), "none", "#d2e6ea", 5))
    parts.append(path(island, "#dbe6c6"))
    parts.append(path("M1190 244C1240 246 1290 240 1330 226", "none", "#ffffff", 4))
    for x, y, w, h in houses:
        parts.append(f'<rect x="{x}" y="{y}" width="{w}" height="{h}" fill="#d8cfc0"/>')
        parts.append(f'<rect x="{x}" y="{y}" width="{w}" height="{h * 0.5:g}" fill="#e4dccf"/>')
    parts.append('<rect x="1428" y="22" width="40" height="92" fill="#b5533a"/><rect x="1428" y="22" width="20" height="92" fill="#c4664b"/><circle cx="1484" cy="34" r="8" fill="#8e3a28"/>')
    parts.append('<polygon points="1170,232 1180,238 1180,248 1170,254 1160,248 1160,238" fill="#b5533a"/>')

    taken: list[tuple[float, float]] = []

    def in_lake(x: float, y: float, edge: float = 0) -> bool:
        return ((x - 1156) / (182 + edge)) ** 2 + ((y - 244) / (82 + edge)) ** 2 < 1

    def free(x: float, y: float, gap: float) -> bool:
        if not (6 < x < width - 6 and 6 < y < height - 6):
            return False
        # The fold of the double truck stays clear.
        if abs(x - width / 2) < 4:
            return False
        if any(hx - 5 < x < hx + w + 5 and hy - 5 < y < hy + h + 5 for hx, hy, w, h in houses) or in_lake(x, y, 4):
            return False
        return all((x - tx) ** 2 + (y - ty) ** 2 > gap * gap for tx, ty in taken)

    lanes = [((-10, 214), (900, 214), 14), ((210, -10), (210, 410), 12), ((560, -10), (560, 410), 13), ((900, -10), (900, 410), 12), ((1404, 198), (1690, 184), 13),
             ((1500, -10), (1500, 190), 11), ((560, 96), (900, 96), 11), ((208, 110), (560, 110), 11), ((208, 318), (560, 318), 11), ((560, 326), (898, 326), 11)]
    lanes += [((900, 214), (960, 146), 11), ((960, 146), (1110, 120), 11), ((1110, 120), (1300, 128), 11), ((1300, 128), (1392, 170), 11), ((1392, 170), (1408, 260), 11), ((1408, 260), (1380, 340), 11),
              ((1380, 340), (1240, 372), 11), ((1240, 372), (1080, 362), 11), ((1080, 362), (960, 310), 11), ((960, 310), (900, 214), 11), ((1322, 250), (1400, 276), 13), ((1400, 276), (1470, 318), 13), ((1470, 318), (1690, 314), 13)]

    def off_road(x: float, y: float) -> bool:
        for (x0, y0), (x1, y1), clear in lanes:
            t = max(0.0, min(1.0, ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / ((x1 - x0) ** 2 + (y1 - y0) ** 2)))
            if math.hypot(x - x0 - t * (x1 - x0), y - y0 - t * (y1 - y0)) < clear:
                return False
        return True

    dots: dict[str, list[tuple[float, float]]] = {name: [] for name, _, _ in SPECIES}

    def put(name: str, x: float, y: float, gap: float = 10.2) -> None:
        quota = round(dict((n, c) for n, c, _ in SPECIES)[name] / 4)
        if len(dots[name]) < quota and free(x, y, gap):
            taken.append((x, y))
            dots[name].append((x, y))

    def along(name: str, points: list[tuple[float, float]], offset: float, step: float, both: bool = True) -> None:
        for (x0, y0), (x1, y1) in zip(points, points[1:], strict=False):
            length = math.hypot(x1 - x0, y1 - y0)
            nx, ny = -(y1 - y0) / length, (x1 - x0) / length
            for k in range(int(length / step)):
                t = (k + 0.5) * step / length
                for side in ((-1, 1) if both else (1,)):
                    put(name, x0 + (x1 - x0) * t + nx * offset * side + chance.uniform(-1, 1), y0 + (y1 - y0) * t + ny * offset * side + chance.uniform(-1, 1))

    # Avenues: ginkgoes on the long road, planes on the cross roads, metasequoias by stream and lake.
    along("ginkgo", [(0, 214), (208, 208), (420, 214), (900, 214)], 15, 11.5)
    along("plane", [(208, 0), (208, 210), (208, 400)], 13, 12)
    along("plane", [(560, 0), (560, 400)], 14, 12)
    along("plane", [(900, 0), (900, 214), (898, 400)], 13, 12)
    along("camphor", [(1400, 200), (1560, 182), (1680, 186)], 14, 11)
    along("camphor", [(560, 96), (900, 96)], 11, 11)
    along("camphor", [(208, 110), (560, 110)], 11, 11)
    along("osmanthus", [(208, 318), (560, 318)], 11, 11)
    along("osmanthus", [(560, 326), (898, 326)], 11, 11)
    along("camphor", [(1500, 0), (1500, 180)], 12, 11)
    for k in range(64):
        a = k * math.tau / 64
        for ring in (12, 24):
            put("metasequoia" if 0.4 < a < 3.4 else "tallow" if a > 5.2 or a < 0.2 else "other", 1156 + (182 + ring) * math.cos(a) * 1.02, 244 + (82 + ring) * math.sin(a) * 1.04, 9.6)
    along("metasequoia", [(1330, 262), (1400, 284), (1470, 318), (1580, 328), (1680, 316)], 15, 10.5)
    # Groves and scattered trees.
    groves = [("metasequoia", 960, 368, 70, 34), ("sweetgum", 1440, 162, 44, 22), ("sweetgum", 1110, 96, 90, 18), ("tallow", 1180, 352, 90, 26), ("osmanthus", 100, 236, 80, 12),
              ("osmanthus", 740, 312, 130, 14), ("camphor", 380, 212, 150, 24), ("ginkgo", 740, 200, 120, 30), ("ginkgo", 1600, 300, 60, 24), ("sweetgum", 300, 120, 70, 14), ("camphor", 60, 200, 40, 60)]
    for name, cx, cy, rx, ry in groves:
        for _ in range(220):
            a, r = chance.uniform(0, math.tau), math.sqrt(chance.random())
            x, y = cx + rx * r * math.cos(a), cy + ry * r * math.sin(a)
            if off_road(x, y):
                put(name, x, y)
    order = [name for name, _, _ in SPECIES]
    for name in (*order, *order):
        for _ in range(4000):
            x, y = chance.uniform(6, width - 6), chance.uniform(6, height - 6)
            if off_road(x, y):
                put(name, x, y)
    for name, _, colour in SPECIES:
        circles = "".join(f"M{x - 4.3:.1f} {y:.1f}a4.3 4.3 0 1 0 8.6 0a4.3 4.3 0 1 0 -8.6 0" for x, y in dots[name])
        parts.append(path(circles, colour))
    svg("tree-map", width, height, *parts)
    print({name: (len(dots[name]), round(count / 4)) for name, count, _ in SPECIES})


# The illustration: a mug on the sill under an osmanthus bough. 810 × 1000, in the manner of a woodcut of five blocks.


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
    night, deep, bough, leaf, flower, cream, red, wood = "#123f4a", "#0c2e38", "#2b1d17", "#2f6b52", "#f0a030", "#f5ecd8", "#c23a26", "#8a5230"
    parts = [f'<rect width="810" height="1000" fill="{night}"/>']
    # Night sky cut in long strokes round the moon.
    for k in range(26):
        r = 196 + k * 26
        start, sweep = chance.uniform(0, 6.28), chance.uniform(0.5, 1.5)
        for _ in range(3):
            x0, y0 = 566 + r * math.cos(start), 262 + r * math.sin(start)
            x1, y1 = 566 + r * math.cos(start + sweep), 262 + r * math.sin(start + sweep)
            parts.append(path(f"M{x0:.0f} {y0:.0f}A{r} {r} 0 0 1 {x1:.0f} {y1:.0f}", "none", deep if k % 2 else "#1b5461", 7))
            start += sweep + chance.uniform(0.3, 0.9)
    parts.append(f'<circle cx="566" cy="262" r="150" fill="{cream}"/>')
    parts.append(path("M470 214A150 150 0 0 1 560 124M486 330A130 130 0 0 0 560 388M640 176A110 110 0 0 1 668 240", "none", "#e4d6b4", 9))
    # Roofs with a few lit windows.
    parts.append(path("M0 700L96 640L214 700V760H300V684L402 628L520 690V742H604V662L716 604L810 656V840H0Z", deep))
    for x, y in ((70, 716), (112, 716), (380, 690), (432, 690), (690, 664), (738, 664), (738, 712)):
        parts.append(f'<rect x="{x}" y="{y}" width="24" height="30" fill="{flower}"/>')
    # The bough.
    parts.append(path("M-20 96C120 130 220 190 330 214S520 262 640 372", "none", bough, 24))
    parts.append(path("M180 158C240 120 300 92 372 84M330 214C372 290 396 340 410 430M470 256C540 246 620 232 700 214M560 306C570 372 560 420 540 474", "none", bough, 12))
    sprigs = [(60, 112), (120, 130), (186, 158), (250, 116), (312, 92), (372, 84), (258, 192), (330, 214), (360, 276), (390, 344), (408, 424), (420, 238), (480, 254), (540, 246), (620, 232), (700, 214), (560, 306), (566, 374), (540, 470), (600, 336), (640, 372)]
    for x, y in sprigs:
        turn = chance.uniform(0, 360)
        for k in range(3):
            a = turn + k * 120 + chance.uniform(-22, 22)
            length = chance.uniform(74, 104)
            parts.append(f'<g transform="translate({x} {y}) rotate({a:.0f})">' + path(f"M0 0Q{length * 0.45:.0f} {-length * 0.30:.0f} {length:.0f} 0Q{length * 0.45:.0f} {length * 0.30:.0f} 0 0Z", leaf)
                         + path(f"M8 0L{length - 14:.0f} 0", "none", night, 3.2) + "</g>")
    for x, y in sprigs:
        for _ in range(chance.randint(5, 8)):
            fx, fy = x + chance.uniform(-30, 30), y + chance.uniform(-26, 30)
            parts.append(blossom(fx, fy, chance.uniform(9, 12.5), chance.uniform(0, 90), flower, red))
    for x, y in ((236, 470), (322, 548), (470, 560), (182, 600), (426, 640), (600, 520), (300, 706)):
        parts.append(blossom(x, y, 11, chance.uniform(0, 90), flower, red))
    # Window frame and sill.
    parts.append(f'<rect x="0" y="838" width="810" height="162" fill="{wood}"/><rect x="0" y="838" width="810" height="22" fill="#a8693f"/>')
    for k in range(15):
        y = 880 + k * 8.4
        x = chance.uniform(-40, 500)
        parts.append(path(f"M{x:.0f} {y:.0f}h{chance.uniform(140, 360):.0f}", "none", "#6d3e22", 3))
    parts.append(f'<rect x="0" y="0" width="40" height="838" fill="{bough}"/><rect x="40" y="0" width="12" height="838" fill="#4a3226"/>')
    # The mug: enamel with a blue rim, a chip on the last character.
    parts.append(path("M604 700C700 690 716 800 612 822", "none", cream, 34) + path("M604 700C700 690 716 800 612 822", "none", "#d9ccb0", 8))
    parts.append(path("M282 612H622L606 886C604 906 580 914 452 914S300 906 298 886Z", cream))
    parts.append(path("M548 622L534 911C580 906 604 900 606 886L621 622Z", "#e6dabf"))
    parts.append(path("M274 596C274 578 630 578 630 596V618C630 634 274 634 274 618Z", "#1d5a8a"))
    parts.append(path("M296 600C330 590 574 590 608 600C574 616 330 616 296 600Z", "#3b2417"))
    for x, y in ((400, 602), (468, 606), (530, 600)):
        parts.append(blossom(x, y, 9, 20, flower, red))
    for character, x, y in (("劳", 346, 742), ("动", 450, 742), ("光", 346, 850), ("荣", 450, 850)):
        parts.append(path(glyph(character, 100, x, y), red))
    parts.append(path("M520 826L548 818L560 838L546 858L522 852Z", "#221c1a") + path("M520 826L548 818L560 838L546 858L522 852Z", "none", "#cbbd9e", 5))
    svg("mug", 810, 1000, *parts)


def blossom(x: float, y: float, r: float, turn: float, petal: str, heart: str) -> str:
    """An osmanthus flower: four round petals."""
    petals = ""
    for k in range(4):
        a = math.radians(turn + k * 90)
        cx, cy = x + r * 0.62 * math.cos(a), y + r * 0.62 * math.sin(a)
        petals += f"M{cx - r * 0.56:.1f} {cy:.1f}a{r * 0.56:.1f} {r * 0.56:.1f} 0 1 0 {r * 1.12:.1f} 0a{r * 0.56:.1f} {r * 0.56:.1f} 0 1 0 {-r * 1.12:.1f} 0"
    return path(petals, petal) + f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r * 0.24:.1f}" fill="{heart}"/>'


def emblem() -> None:
    """A crossed collar in a round seal: 青衿."""
    ring = f'<circle cx="100" cy="100" r="96" fill="{TEAL}"/><circle cx="100" cy="100" r="87" fill="{SAND}"/><circle cx="100" cy="100" r="82" fill="{TEAL}"/>'
    neck = path("M56 34Q100 16 144 34Q132 66 104 98Q74 70 56 34Z", SAND)
    under = path("M56 34C66 58 80 76 103 99", "none", ORANGE, 11)
    over = path("M144 34C128 70 98 112 48 158", "none", ORANGE, 13)
    seam = path("M158 52C142 92 112 134 68 174", "none", SAND, 3.4) + path("M42 52C50 68 60 82 74 97", "none", SAND, 3.4)
    svg("emblem", 200, 200, ring, neck, under, over, seam)


if __name__ == "__main__":
    for draw in (leaf_camphor, leaf_ginkgo, leaf_plane, leaf_metasequoia, leaf_sweetgum, leaf_tallow, tree_map, mug, emblem):
        draw()
