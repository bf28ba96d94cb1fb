"""A basket maker's bench: a rice-washing basket, a handled basket and a tray by the window."""

# ruff: noqa: RUF005 — arrays are added here, not joined

from __future__ import annotations

import numpy as np
import studio as s

rng = np.random.default_rng(716)
Profile = list[tuple[float, float]]


def along(profile: Profile, count: int) -> tuple[s.Array, s.Array]:
    """Radius and height at even steps of a profile's length, on a smooth curve through its points."""
    knots = np.array(profile)
    t = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(knots, axis=0).T))])
    fine = np.linspace(0, t[-1], 400)
    curve = np.stack([np.interp(fine, t, knots[:, 0]), np.interp(fine, t, knots[:, 1])], axis=-1)
    for _ in range(60):
        curve[1:-1] = 0.25 * curve[:-2] + 0.5 * curve[1:-1] + 0.25 * curve[2:]
    length = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(curve, axis=0).T))])
    at = np.linspace(0, length[-1], count)
    return np.interp(at, length, curve[:, 0]), np.interp(at, length, curve[:, 1])


def woven(
    profile: Profile, stakes: int, rows: int, width: float, stretch: tuple[float, float] = (1, 1), twill: int = 1
) -> s.Shape:
    """Stakes from the middle of the base up to the rim, and weavers round them: over `twill`, under `twill`."""
    radius, height = along(profile, 160)
    slope = np.stack([np.gradient(radius), np.gradient(height)], axis=-1)
    slope /= np.linalg.norm(slope, axis=1, keepdims=True)
    out_r, out_z = slope[:, 1], -slope[:, 0]
    parts = []
    stake_width = min(width * 1.25, 2 * np.pi * radius.max() / stakes * 0.55)
    for index in range(stakes):
        a = 2 * np.pi * index / stakes
        path = np.stack([radius * np.cos(a) * stretch[0], radius * np.sin(a) * stretch[1], height], axis=-1)
        normal = np.stack([out_r * np.cos(a), out_r * np.sin(a), out_z], axis=-1)
        parts.append(s.ribbon(path[::2], stake_width, 0.0016, normal[::2], 0.15 + 0.35 * rng.random()))
    steps = stakes * 8
    a = np.linspace(0, 2 * np.pi, steps + 1)
    for row in range(rows):
        at = int(6 + (150 - 6) * (row + 0.5) / rows)
        phase = np.pi * row / twill
        swing = 0.0021 * np.tanh(2.2 * np.sin(a * stakes / (2 * twill) + phase)) / np.tanh(2.2)
        r, z = radius[at] + out_r[at] * swing, height[at] + out_z[at] * swing + rng.normal(0, 0.0004)
        path = np.stack([r * np.cos(a) * stretch[0], r * np.sin(a) * stretch[1], z + 0 * a], axis=-1)
        normal = np.stack([out_r[at] * np.cos(a), out_r[at] * np.sin(a), out_z[at] + 0 * a], axis=-1)
        parts.append(
            s.ribbon(path, width * rng.uniform(0.9, 1.06), 0.0012, normal, float(np.clip(rng.normal(0.6, 0.17), 0, 1)))
        )
    return s.join(parts)


def rim(radius: float, height: float, stretch: tuple[float, float] = (1, 1), width: float = 0.016) -> s.Shape:
    """Two hoops, and the strip that binds them, wound close."""
    a = np.linspace(0, 2 * np.pi, 241)
    parts = []
    for scale, lift, tint in ((1.012, 0.0, 0.8), (0.985, 0.0, 0.5)):
        path = np.stack(
            [radius * scale * np.cos(a) * stretch[0], radius * scale * np.sin(a) * stretch[1], height + lift + 0 * a],
            axis=-1,
        )
        parts.append(s.ribbon(path, width, 0.006, np.stack([np.cos(a), np.sin(a), 0 * a], axis=-1), tint))
    binds = int(radius * 2 * np.pi / 0.0135)
    for index in range(binds):
        turn = np.linspace(0, 2 * np.pi, 18)
        angle = 2 * np.pi * (index + turn / (2 * np.pi) * 0.9) / binds
        r = radius + (0.0105 + 0.004 * radius) * np.cos(turn)
        path = np.stack(
            [r * np.cos(angle) * stretch[0], r * np.sin(angle) * stretch[1], height + (width * 0.62) * np.sin(turn)],
            axis=-1,
        )
        out = np.stack([np.cos(turn) * np.cos(angle), np.cos(turn) * np.sin(angle), np.sin(turn)], axis=-1)
        parts.append(s.ribbon(path, 0.0062, 0.0012, out, float(np.clip(rng.normal(0.55, 0.15), 0, 1))))
    return s.join(parts)


def handle(span: float, foot: float, rise: float) -> s.Shape:
    """An arch of four rods, wrapped."""
    t = np.linspace(0, np.pi, 90)
    path = np.stack([span * np.cos(t), 0 * t, foot + rise * np.sin(t) ** 0.82], axis=-1)
    parts = []
    for dy, dz in ((-0.009, 0), (0.009, 0), (-0.003, 0.004), (0.003, 0.004)):
        parts.append(s.tube(path + [0, dy, dz], 0.0046, 8, 0.5 + 0.3 * rng.random()))
    turns = np.linspace(0.16, 0.84, 1500)
    centre = np.stack([np.interp(turns, np.linspace(0, 1, 90), path[:, k]) for k in range(3)], axis=-1)
    wind = 2 * np.pi * 46 * turns
    rise_of = np.gradient(centre, axis=0)
    rise_of /= np.linalg.norm(rise_of, axis=1, keepdims=True)
    over = np.cross(rise_of, [0.0, 1, 0])
    out = over * np.cos(wind)[:, None] * -1 + np.array([0.0, 1, 0]) * np.sin(wind)[:, None]
    wrap = centre + out * [1, 1, 1] * np.where(np.abs(np.sin(wind)) > 0.7, 0.0145, 0.0105)[:, None]
    parts.append(s.ribbon(wrap, 0.0068, 0.0012, out, 0.72))
    return s.join(parts)


def flat_weave(radius: float, width: float, gap: float) -> s.Shape:
    """A tray's floor: strips two over, two under, cut to a circle."""
    parts = []
    pitch = width + gap
    count = int(2 * radius / pitch)
    for direction in (0, 1):
        for index in range(count):
            at = -radius + (index + 0.5) * pitch
            half = np.sqrt(max(radius**2 - at**2, 0)) * 1.0
            if half < 0.03:
                continue
            t = np.linspace(-half, half, max(8, int(2 * half / pitch * 5)))
            cell = (t + radius) / pitch - 0.5
            lift = (
                0.0015
                * np.tanh(2 * np.sin(np.pi * (cell + 0.5 - index + direction * 2) / 2))
                * (1 if direction else -1)
            )
            ups = np.tile([0.0, 0, 1], (len(t), 1))
            path = (
                np.stack([t, at + 0 * t, lift], axis=-1) if direction == 0 else np.stack([at + 0 * t, t, lift], axis=-1)
            )
            parts.append(
                s.ribbon(path, width, 0.001, ups, float(np.clip(rng.normal(0.45 + 0.25 * direction, 0.13), 0, 1)))
            )
    return s.join(parts)


def coil(turns_: int, radius: float) -> s.Shape:
    """A hank of split bamboo, wound up and set down."""
    parts = []
    for index in range(turns_):
        a = np.linspace(0, 2 * np.pi, 120) + rng.random() * 6
        r = radius * (1 + 0.05 * rng.normal() + 0.03 * np.sin(2 * a + rng.random() * 6))
        z = 0.006 + index * 0.0011 + 0.006 * np.abs(np.sin(a + rng.random() * 6))
        path = np.stack([r * np.cos(a), r * np.sin(a) * 0.96, z], axis=-1)
        normal = np.stack([np.cos(a), np.sin(a), 0 * a], axis=-1)
        parts.append(s.ribbon(path, 0.0075, 0.0007, normal, rng.random()))
    return s.join(parts)


def shavings() -> s.Shape:
    parts = []
    for _ in range(46):
        t = np.linspace(0, 1, 26)
        bend, length = rng.normal(0, 3.2), rng.uniform(0.03, 0.12)
        heading = rng.random() * 6.3 + bend * t
        path = np.cumsum(np.stack([np.cos(heading), np.sin(heading), 0 * t], axis=-1), axis=0) * length / 26
        path[:, 2] = 0.002 + 0.006 * np.abs(np.sin(t * 3 + rng.random()))
        place = np.array([rng.normal(0.36, 0.17), rng.normal(-0.20, 0.07), 0.0])
        if -0.34 < place[1] < -0.10:
            parts.append(
                s.ribbon(path + place, rng.uniform(0.002, 0.006), 0.0005, np.tile([0.0, 0, 1], (26, 1)), rng.random())
            )
    return s.join(parts)


def knife(steel: s.Paint, wood: s.Paint) -> None:
    """The splitting knife: a short heavy blade and a turned grip."""
    heading, at = s.turn(0, 0, -24), np.array([0.22, -0.20, 0.0])
    t = np.linspace(0, 1, 24)
    back = np.stack([0.19 * t, 0.030 + 0.006 * np.sin(t * 2.6), 0 * t], axis=-1)
    edge = np.stack([0.19 * t, -0.032 + 0.028 * np.clip((t - 0.82) / 0.18, 0, 1) ** 2, 0 * t], axis=-1)
    rows = []
    for share, thick in ((0, 0.0045), (0.55, 0.004), (0.88, 0.0022), (1.0, 0.0002)):
        line = back * (1 - share) + edge * share
        rows.append((line, thick))
    top = np.array([line + [0, 0, 0.006 + thick / 2] for line, thick in rows])
    bottom = np.array([line + [0, 0, 0.006 - thick / 2] for line, thick in rows])[::-1]
    blade = s.surface(np.concatenate([top, bottom, top[:1]]))
    s.place("blade", blade.moved(at, heading), steel.material, smooth=False)
    grip = s.tube(
        np.stack([-0.012 - 0.125 * t, 0 * t, 0.0145 + 0 * t], axis=-1), 0.0125 + 0.0022 * np.sin(t * 5), 20, 0.3
    )
    s.place("grip", grip.moved(at, heading), wood.material)
    ferrule = s.tube(np.array([[0.004, 0, 0.0135], [-0.02, 0, 0.0145]]), 0.0142, 20)
    s.place("ferrule", ferrule.moved(at, heading), steel.material)


def rods() -> s.Shape:
    """Green bamboo against the wall, with its joints."""
    parts = []
    for index in range(6):
        x, lean = 0.86 + 0.085 * index + rng.normal(0, 0.012), rng.normal(0, 0.03)
        z = np.linspace(-0.02, 2.0, 240)
        girth = rng.uniform(0.024, 0.034)
        joint = np.abs((z / 0.31 + rng.random()) % 1 - 0.5)
        r = girth * (
            1 + 0.10 * np.exp(-(((joint - 0.5) / 0.012) ** 2)) - 0.05 * np.exp(-(((joint - 0.47) / 0.015) ** 2))
        )
        path = np.stack([x + lean * z, 0.60 - 0.07 * z + 0 * z, z], axis=-1)
        parts.append(s.tube(path, r, 20, rng.random()))
    return s.join(parts)


def room() -> None:
    wall = s.Paint("limewash")
    stain = wall.mix(wall.ramp(wall.noise(1.4, 8), (0.35, "#000000"), (0.75, "#ffffff")), "#cfc4b0", "#e3dccd")
    wall.set(
        Base_Color=wall.mix(wall.ramp(wall.noise(9, 6), (0.5, "#000000"), (0.9, "#777777")), stain, "#a99c86"),
        Roughness=0.9,
    )
    wall.bump(wall.noise(5, 8), 0.02, 0.5).bump(wall.noise(90, 3), 0.002, 0.5)
    s.place(
        "wall", s.surface(np.array([[[-2.2, 0.72, -1], [4, 0.72, -1]], [[-2.2, 0.72, 3], [4, 0.72, 3]]])), wall.material
    )

    bench = s.Paint("old wood")
    figure = bench.noise(2.2, 9, (1.2, 16, 16), 0.62)
    colour = bench.ramp(figure, (0.25, "#4a3626"), (0.5, "#7d6045"), (0.75, "#a5866a"))
    bench.set(
        Base_Color=bench.mix(bench.tint(), colour, bench.mix(0.6, colour, "#5c4633")),
        Roughness=bench.ramp(figure, (0.3, "#5a5a5a"), (0.8, "#9a9a9a")),
    )
    bench.bump(figure, 0.004, 0.8).bump(bench.noise(30, 4, (1, 14, 1)), 0.002, 0.5)
    boards = [
        s.box((3.6, 0.188, 0.05), (0.1, -0.46 + index * 0.192, -0.025 - rng.random() * 0.003), rng.random())
        for index in range(7)
    ]
    s.place("bench", s.join(boards), bench.material, smooth=False, bevel=0.004)


def window() -> None:
    """A latticed window to the left: four panes of sun on the wall and the bench."""
    frame = s.plain("frame", "#222222")
    bars = []
    for z in (0.42, 0.80, 1.18, 1.56):
        bars.append(s.box((0.04, 1.9, 0.035), (-2.1, -0.35, z)))
    for y in (-1.2, -0.78, -0.36, 0.06, 0.48):
        bars.append(s.box((0.04, 0.035, 1.4), (-2.1, y, 1.0)))
    bars.append(s.box((0.05, 3.0, 2.0), (-2.1, -0.3, 2.6)))
    bars.append(s.box((0.05, 3.0, 1.0), (-2.1, -2.7, 1.0)))
    s.place("frame", s.join(bars), frame.material, smooth=False)


def main() -> None:
    s.empty_scene()
    bamboo = s.speckled(
        "bamboo", (0.0, "#8e6a35"), (0.35, "#bd9150"), (0.7, "#d9b677"), (1.0, "#ead2a0"), rough=0.38, Coat_Weight=0.12
    )
    bamboo.bump(bamboo.noise(160, 4, (0.25, 0.25, 3)), 0.0006, 0.5)
    green = s.speckled("green bamboo", (0.0, "#6d7a3b"), (0.5, "#8d9450"), (1.0, "#a7a45e"), rough=0.32)
    green.bump(green.noise(20, 5, (1, 1, 0.2)), 0.002, 0.3)
    steel = s.plain("steel", "#6c6c6e", 0.34, Metallic=1.0)
    steel.bump(steel.noise(60, 6), 0.0008, 0.6)
    grip = s.Paint("boxwood").set(Base_Color="#7a4f2c", Roughness=0.4)

    room()
    window()
    washing: Profile = [
        (0.004, 0.012),
        (0.10, 0.004),
        (0.165, 0.01),
        (0.205, 0.05),
        (0.238, 0.12),
        (0.258, 0.185),
        (0.265, 0.205),
    ]
    basket = s.join([woven(washing, 76, 48, 0.0056), rim(0.266, 0.207)])
    s.place("washing basket", basket.moved((-0.30, 0.10, 0), s.turn(0, 0, 12)), bamboo.material)

    ingot: Profile = [(0.004, 0.012), (0.09, 0.004), (0.15, 0.012), (0.172, 0.06), (0.196, 0.13), (0.206, 0.16)]
    shape = s.join(
        [woven(ingot, 52, 25, 0.0075, (1.22, 0.86)), rim(0.207, 0.163, (1.22, 0.86)), handle(0.250, 0.11, 0.285)]
    )
    s.place("handled basket", shape.moved((0.40, 0.13, 0), s.turn(0, 0, -16)), bamboo.material)

    creel: Profile = [
        (0.004, 0.01),
        (0.09, 0.004),
        (0.118, 0.03),
        (0.128, 0.10),
        (0.108, 0.17),
        (0.062, 0.215),
        (0.058, 0.235),
        (0.078, 0.262),
    ]
    s.place(
        "creel",
        s.join([woven(creel, 40, 30, 0.0066), rim(0.079, 0.263, width=0.012)]).moved((0.76, 0.10, 0), s.turn(0, 0, 40)),
        bamboo.material,
    )

    tray = s.join([flat_weave(0.40, 0.0105, 0.0008), rim(0.402, 0.004, width=0.03), rim(0.398, -0.012, width=0.018)])
    s.place("tray", tray.moved((-0.77, 0.585, 0.40), s.turn(76, 0, 6)), bamboo.material)
    small = s.join([flat_weave(0.21, 0.0075, 0.0006), rim(0.212, 0.004, width=0.02)])
    s.place("small tray", small.moved((0.07, 0.655, 0.222), s.turn(75, 0, -4)), bamboo.material)

    s.place("hank", coil(34, 0.125).moved((-0.60, -0.08, 0)), bamboo.material)
    s.place("hank", coil(22, 0.09).moved((-0.36, -0.25, 0)), green.material)
    s.place("shavings", shavings(), bamboo.material)
    s.place("rods", rods(), green.material)
    knife(steel, grip)

    s.sun(27, -99, 7.5, "#ffdcae", 1.0)
    s.pane((-1.9, -1.4, 1.5), (0.1, 0.1, 0.1), (1.6, 1.4), 44, "#d6e4f2")
    s.pane((2.4, -1.9, 1.2), (0.2, 0.1, 0.2), (1.4, 1.2), 16, "#ffe6c4")
    s.even_sky("#c8d3e2", 0.3)
    s.camera((0.02, -1.74, 0.80), (0.03, 0.16, 0.185), 47, (-0.05, 0.02, 0.15), 7.1)
    s.render("baskets", 1520, 856, 112, exposure=0.22)


main()
