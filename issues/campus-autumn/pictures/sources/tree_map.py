"""Draws the map of the campus to ../tree-map.svg: python tree_map.py. Every dot stands for about four trees."""

import math
import random
from itertools import pairwise

from drawing import path, smooth, svg

SPECIES = [
    ("camphor", 612, "#2c6a3d"),
    ("ginkgo", 437, "#eeb422"),
    ("plane", 389, "#9c9a3a"),
    ("osmanthus", 356, "#ef8a2c"),
    ("metasequoia", 288, "#b5652b"),
    ("sweetgum", 141, "#d9402a"),
    ("tallow", 96, "#8a2a55"),
    ("other", 867, "#8fa79a"),
]

QUOTA = {name: round(count / 4) for name, count, _ in SPECIES}


def tree_map() -> None:
    chance = random.Random(3186)
    width, height = 1680, 400
    lake = smooth(
        [
            (980, 236),
            (1010, 190),
            (1080, 170),
            (1160, 184),
            (1228, 168),
            (1296, 190),
            (1330, 238),
            (1300, 292),
            (1220, 322),
            (1130, 300),
            (1064, 316),
            (1000, 290),
        ]
    )
    island = smooth([(1148, 238), (1164, 226), (1184, 232), (1190, 248), (1170, 258), (1152, 252)])
    stream = "M1322 250C1380 262 1420 300 1470 318S1580 330 1690 312"
    roads = [
        ("M-10 214C120 206 240 210 420 214S700 214 900 214", 15),
        ("M212 -10C214 80 206 140 208 214S214 330 206 410", 11),
        ("M560 -10V410", 13),
        ("M900 -10C896 90 902 150 900 214S906 330 896 410", 11),
        (
            "M900 214C930 150 1000 118 1110 120S1330 112 1392 170S1420 290 1380 340S1180 378 1080 362S930 320 900 214",
            10,
        ),
        ("M1404 200C1480 190 1560 180 1690 186", 12),
        ("M1500 -10C1504 60 1498 120 1500 190", 10),
        ("M560 96H900", 8),
        ("M208 110H560", 8),
        ("M208 318H560", 8),
        ("M560 326H898", 8),
    ]
    # x, y, width, height; the library, halls, dormitories, canteens, gymnasium and the old boiler house.
    houses = [
        (40, 40, 120, 34),
        (40, 96, 120, 34),
        (40, 150, 120, 30),
        (36, 262, 54, 92),
        (112, 262, 54, 92),
        (252, 34, 96, 48),
        (374, 34, 150, 48),
        (252, 140, 120, 46),
        (404, 140, 118, 46),
        (250, 244, 118, 44),
        (398, 244, 126, 44),
        (252, 348, 150, 30),
        (430, 348, 92, 30),
        (604, 24, 116, 44),
        (758, 24, 104, 44),
        (612, 124, 90, 60),
        (742, 124, 118, 60),
        (604, 246, 110, 50),
        (748, 246, 112, 50),
        (606, 354, 120, 26),
        (756, 354, 104, 26),
        (950, 22, 78, 62),
        (1070, 30, 128, 46),
        (1246, 26, 116, 46),
        (1428, 22, 40, 92),
        (1536, 24, 110, 40),
        (1536, 92, 110, 40),
        (1452, 232, 96, 44),
        (1576, 226, 74, 60),
        (1448, 356, 88, 28),
        (1572, 356, 80, 28),
    ]
    parts = [f'<rect width="{width}" height="{height}" fill="#e9efdf"/>']
    lawns = [
        smooth([(920, 330), (980, 342), (1040, 380), (1000, 410), (910, 410)]),
        smooth([(600, 194), (740, 196), (870, 194), (872, 238), (740, 234), (604, 238)]),
        smooth([(1400, 150), (1480, 140), (1490, 176), (1420, 186)]),
        smooth([(30, 226), (190, 226), (192, 248), (28, 248)]),
    ]
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
    parts.append(
        '<rect x="1428" y="22" width="40" height="92" fill="#b5533a"/>'
        '<rect x="1428" y="22" width="20" height="92" fill="#c4664b"/><circle cx="1484" cy="34" r="8" fill="#8e3a28"/>'
    )
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

    lanes = [
        ((-10, 214), (900, 214), 14),
        ((210, -10), (210, 410), 12),
        ((560, -10), (560, 410), 13),
        ((900, -10), (900, 410), 12),
        ((1404, 198), (1690, 184), 13),
        ((1500, -10), (1500, 190), 11),
        ((560, 96), (900, 96), 11),
        ((208, 110), (560, 110), 11),
        ((208, 318), (560, 318), 11),
        ((560, 326), (898, 326), 11),
    ]
    lanes += [
        ((900, 214), (960, 146), 11),
        ((960, 146), (1110, 120), 11),
        ((1110, 120), (1300, 128), 11),
        ((1300, 128), (1392, 170), 11),
        ((1392, 170), (1408, 260), 11),
        ((1408, 260), (1380, 340), 11),
        ((1380, 340), (1240, 372), 11),
        ((1240, 372), (1080, 362), 11),
        ((1080, 362), (960, 310), 11),
        ((960, 310), (900, 214), 11),
        ((1322, 250), (1400, 276), 13),
        ((1400, 276), (1470, 318), 13),
        ((1470, 318), (1690, 314), 13),
    ]

    def off_road(x: float, y: float) -> bool:
        for (x0, y0), (x1, y1), clear in lanes:
            t = max(0.0, min(1.0, ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / ((x1 - x0) ** 2 + (y1 - y0) ** 2)))
            if math.hypot(x - x0 - t * (x1 - x0), y - y0 - t * (y1 - y0)) < clear:
                return False
        return True

    dots: dict[str, list[tuple[float, float]]] = {name: [] for name, _, _ in SPECIES}

    def put(name: str, x: float, y: float, gap: float = 10.2) -> None:
        if len(dots[name]) < QUOTA[name] and free(x, y, gap):
            taken.append((x, y))
            dots[name].append((x, y))

    def along(name: str, points: list[tuple[float, float]], offset: float, step: float, both: bool = True) -> None:
        for (x0, y0), (x1, y1) in pairwise(points):
            length = math.hypot(x1 - x0, y1 - y0)
            nx, ny = -(y1 - y0) / length, (x1 - x0) / length
            for k in range(int(length / step)):
                t = (k + 0.5) * step / length
                for side in (-1, 1) if both else (1,):
                    put(
                        name,
                        x0 + (x1 - x0) * t + nx * offset * side + chance.uniform(-1, 1),
                        y0 + (y1 - y0) * t + ny * offset * side + chance.uniform(-1, 1),
                    )

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
            put(
                "metasequoia" if 0.4 < a < 3.4 else "tallow" if a > 5.2 or a < 0.2 else "other",
                1156 + (182 + ring) * math.cos(a) * 1.02,
                244 + (82 + ring) * math.sin(a) * 1.04,
                9.6,
            )
    along("metasequoia", [(1330, 262), (1400, 284), (1470, 318), (1580, 328), (1680, 316)], 15, 10.5)
    # Groves and scattered trees.
    groves = [
        ("metasequoia", 960, 368, 70, 34),
        ("sweetgum", 1440, 162, 44, 22),
        ("sweetgum", 1110, 96, 90, 18),
        ("tallow", 1180, 352, 90, 26),
        ("osmanthus", 100, 236, 80, 12),
        ("osmanthus", 740, 312, 130, 14),
        ("camphor", 380, 212, 150, 24),
        ("ginkgo", 740, 200, 120, 30),
        ("ginkgo", 1600, 300, 60, 24),
        ("sweetgum", 300, 120, 70, 14),
        ("camphor", 60, 200, 40, 60),
    ]
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
    assert all(len(dots[name]) == QUOTA[name] for name in QUOTA)


if __name__ == "__main__":
    tree_map()
