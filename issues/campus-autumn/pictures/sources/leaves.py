"""Draws the six leaves to ../leaf-*.svg: python leaves.py. Each is 300 × 400, its stalk at the foot."""

import math

from drawing import halves, path, smooth, svg


def leaf_camphor() -> None:
    left, right = halves([(150, 26), (160, 66), (192, 118), (222, 184), (214, 246), (182, 296), (150, 322)])
    veins = [
        f"M150 {y}Q{150 + s * w * 0.5:.0f} {y - 22} {150 + s * w} {y - rise}"
        for y, w, rise in ((296, 52, 96), (250, 56, 74), (206, 52, 66), (160, 32, 48))
        for s in (-1, 1)
    ]
    svg(
        "leaf-camphor",
        300,
        400,
        path(left, "#2c6a3d"),
        path(right, "#3c8049"),
        path(" ".join(veins), "none", "#cfe0b4", 2.4),
        path("M150 52V322Q150 352 142 388", "none", "#cfe0b4", 5),
    )


def leaf_ginkgo() -> None:
    outer = []
    for k in range(25):
        a = math.radians(205 + k * 130 / 24)
        r = 196 + 7 * math.sin(k * 1.7) + 5 * math.cos(k * 2.9)
        outer.append((150 + r * math.cos(a) * 0.78, 268 + r * math.sin(a)))
    d = "M150 276 " + "C118 262 62 250 " + f"{outer[0][0]:.1f} {outer[0][1]:.1f}"
    curve = smooth(outer[:12], closed=False)[1:]
    d += (
        " L"
        + curve
        + " Q148 128 150 190 Q152 128 "
        + f"{outer[13][0]:.1f} {outer[13][1]:.1f} L"
        + smooth(outer[13:], closed=False)[1:]
    )
    d += " C238 250 182 262 150 276Z"
    veins = []
    for k in range(1, 24):
        if k == 12:
            continue
        x, y = outer[k]
        veins.append(
            f"M{150 + (x - 150) * 0.10:.1f} {272 + (y - 272) * 0.10:.1f}L{150 + (x - 150) * 0.93:.1f} {272 + (y - 272) * 0.93:.1f}"
        )
    svg(
        "leaf-ginkgo",
        300,
        400,
        path(d, "#eeb422"),
        path(" ".join(veins), "none", "#cf8f12", 1.7),
        path("M150 274Q149 330 158 386", "none", "#c98f1c", 7),
    )


def lobed(
    lobes: list[tuple[float, float, float]], hollow: float, centre: tuple[float, float]
) -> list[tuple[float, float]]:
    """A toothed palmate outline: lobes as (angle°, reach, half width°), hollows between them."""
    steps = [(-1, 0.56), (-0.62, 0.74), (-0.40, 0.70), (0, 1.0), (0.40, 0.70), (0.62, 0.74), (1, 0.56)]
    points = []
    for index, (angle, reach, width) in enumerate(lobes):
        for turn, share in steps:
            a = math.radians(angle + turn * width)
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
    outline = lobed(lobes, 74, (150, 262))
    outline = [*outline, (118, 292), (150, 270), (182, 292)]
    veins = [
        f"M150 266L{150 + r * 0.86 * math.cos(math.radians(a)):.1f} {262 - r * 0.86 * math.sin(math.radians(a)):.1f}"
        for a, r, _ in lobes
    ]
    side = []
    for a, r, _ in lobes:
        for t in (0.42, 0.62):
            for s in (-1, 1):
                x, y = 150 + r * t * math.cos(math.radians(a)), 262 - r * t * math.sin(math.radians(a))
                side.append(
                    f"M{x:.1f} {y:.1f}l{r * 0.17 * math.cos(math.radians(a + s * 38)):.1f} {-r * 0.17 * math.sin(math.radians(a + s * 38)):.1f}"
                )
    svg(
        "leaf-plane",
        300,
        400,
        path(poly(outline), "#a9823a", "#a9823a", 8),
        path(" ".join(veins), "none", "#e9d3a0", 4.4),
        path(" ".join(side), "none", "#e9d3a0", 2.2),
        path("M150 268Q151 330 140 386", "none", "#7d5a24", 8),
    )


def leaf_sweetgum() -> None:
    lobes = [(26, 148, 24), (90, 226, 25), (154, 148, 24)]
    d = (
        "M150 290C176 296 206 292 220 268C244 262 268 236 285 194C250 190 222 192 206 206C212 150 196 84 150 40"
        "C104 84 88 150 94 206C78 192 50 190 15 194C32 236 56 262 80 268C94 292 124 296 150 290Z"
    )
    veins = []
    for a, r, _ in lobes:
        x, y = r * math.cos(math.radians(a)), r * math.sin(math.radians(a))
        veins.append(f"M150 284Q{150 + x * 0.4:.1f} {276 - y * 0.4:.1f} {150 + x * 0.88:.1f} {268 - y * 0.88:.1f}")
    side = []
    for a, r, _ in lobes:
        for t in (0.40, 0.58, 0.74):
            for s in (-1, 1):
                x, y = 150 + r * t * math.cos(math.radians(a)), 270 - r * t * math.sin(math.radians(a))
                side.append(
                    f"M{x:.1f} {y:.1f}l{r * 0.16 * math.cos(math.radians(a + s * 34)):.1f} {-r * 0.16 * math.sin(math.radians(a + s * 34)):.1f}"
                )
    svg(
        "leaf-sweetgum",
        300,
        400,
        path(d, "#c8402a"),
        path(" ".join(veins), "none", "#f4b79b", 4.2),
        path(" ".join(side), "none", "#f4b79b", 2),
        path("M150 284Q150 336 164 388", "none", "#8f2a1c", 7),
    )


def leaf_tallow() -> None:
    left, right = halves([(150, 30), (156, 66), (174, 104), (214, 148), (246, 194), (234, 238), (194, 276), (150, 298)])
    veins = [
        f"M150 {y}Q{150 + s * w * 0.5:.0f} {y - 12} {150 + s * w} {y - 38}"
        for y, w in ((272, 50), (244, 72), (214, 74), (182, 48), (150, 26))
        for s in (-1, 1)
    ]
    svg(
        "leaf-tallow",
        300,
        400,
        path(left, "#7c2348"),
        path(right, "#93305a"),
        path(" ".join(veins), "none", "#e6a9b8", 2.4),
        path("M150 56V298Q150 346 138 388", "none", "#e6a9b8", 4.4),
    )


def leaf_metasequoia() -> None:
    leaflets = []
    for k in range(15):
        y = 326 - k * 18.2
        length = 118 * math.sin(math.pi * (0.22 + 0.74 * k / 15)) + 6
        for s in (-1, 1):
            tip_x, tip_y = 150 + s * length, y - length * 0.30 - 6
            bow = f"Q{150 + s * length * 0.55:.1f} {y - length * 0.26 - 13:.1f} {tip_x:.1f} {tip_y:.1f}"
            back = f"Q{150 + s * length * 0.6:.1f} {y - length * 0.10 + 2:.1f} 150 {y + 3:.1f}Z"
            leaflets.append(f"M150 {y:.1f}{bow}{back}")
    leaflets.append("M150 66Q138 44 150 22Q162 44 150 66Z")
    svg(
        "leaf-metasequoia",
        300,
        400,
        path(" ".join(leaflets), "#b5652b"),
        path("M150 60V300Q150 350 144 388", "none", "#7b3d17", 4.6),
    )


if __name__ == "__main__":
    for draw in (leaf_camphor, leaf_ginkgo, leaf_plane, leaf_metasequoia, leaf_sweetgum, leaf_tallow):
        draw()
