"""The covered bridge over the Weitang at evening: three stone arches, a timber gallery, lamps just lit."""

# ruff: noqa: RUF005 — arrays are added here, not joined

from __future__ import annotations

import numpy as np
import studio as s

rng = np.random.default_rng(1112)
ARCHES = ((-20.5, 7.4, 3.7), (0.0, 9.6, 4.7), (20.5, 7.4, 3.7))  # centre, half span, rise
FRONT, LENGTH = 3.5, 42.0
AIR = "#d9c3b4"


def deck(x: s.Array) -> s.Array:
    return 6.2 - 2.1 * (np.asarray(x) / LENGTH) ** 2


def vault(x: s.Array) -> s.Array:
    low = np.full_like(x, -1.5)
    for centre, half, rise in ARCHES:
        inside = np.clip(1 - ((x - centre) / half) ** 2, 0, None)
        low = np.where(np.abs(x - centre) < half, rise * np.sqrt(inside) + 0.25, low)
    return low


def stonework() -> None:
    stone = s.Paint("stone")
    axes = stone.node("ShaderNodeSeparateXYZ", Vector=stone.where())
    upright = stone.node("ShaderNodeCombineXYZ", X=axes.outputs[0], Y=axes.outputs[2])
    courses = stone.node(
        "ShaderNodeTexBrick",
        {"offset": 0.5},
        Vector=upright,
        Scale=1.0,
        Color1="#9c9080",
        Color2="#b7aa96",
        Mortar="#6a6156",
        Mortar_Size=0.018,
        Bias=0.0,
        Brick_Width=1.1,
        Row_Height=0.42,
    )
    worn = stone.mix(
        stone.ramp(stone.noise(0.5, 8, (1, 1, 0.4)), (0.4, "#000000"), (0.75, "#999999")), courses, "#75705f"
    )
    wet = stone.node("ShaderNodeMapRange", Value=axes.outputs[2])
    for index, value in ((1, 0.15), (2, 0.75), (3, 0.85), (4, 0.0)):
        wet.inputs[index].default_value = value
    stone.set(Base_Color=stone.mix(wet.outputs[0], worn, "#3f4436"), Roughness=0.85)
    stone.bump(courses.outputs[1], 0.03, -0.6).bump(stone.noise(4, 8), 0.03, 0.5)
    stone.haze(70, 900, AIR)

    x = np.concatenate(
        [np.arange(-60, 60.01, 0.2)]
        + [
            centre + side * half * np.cos(np.linspace(0.001, 0.35, 16))
            for centre, half, _ in ARCHES
            for side in (-1, 1)
        ]
    )
    x = np.unique(np.round(x, 4))
    top, low = np.where(np.abs(x) > LENGTH, deck(np.full_like(x, LENGTH)), deck(x)), vault(x)
    for side in (-FRONT, FRONT):
        wall = np.stack([np.stack([x, 0 * x + side, low], -1), np.stack([x, 0 * x + side, top], -1)])
        s.place("spandrel", s.surface(wall), stone.material, smooth=False)
    under = np.stack([np.stack([x, 0 * x - FRONT, low], -1), np.stack([x, 0 * x + FRONT, low], -1)])
    over = np.stack([np.stack([x, 0 * x - FRONT, top], -1), np.stack([x, 0 * x + FRONT, top], -1)])
    s.place("vault", s.surface(under), stone.material, smooth=False)
    s.place("deck", s.surface(over), stone.material, smooth=False)

    pale = s.speckled("voussoir", (0.0, "#8f8474"), (0.5, "#b3a793"), (1.0, "#cabda7"), rough=0.8)
    pale.bump(pale.noise(6, 6), 0.02, 0.6).haze(70, 900, AIR)
    parts = []
    for centre, half, rise in ARCHES:
        for angle in np.arange(0.0, np.pi, np.pi / 33):
            a = np.linspace(angle + 0.004, angle + np.pi / 33 - 0.004, 5)
            path = np.stack(
                [centre + (half + 0.3) * np.cos(a), 0 * a - FRONT - 0.04, (rise + 0.3) * np.sin(a) + 0.25], -1
            )
            parts.append(s.ribbon(path, 0.6, 0.16, np.tile([0.0, -1, 0], (5, 1)), rng.random()))
    line = np.linspace(-LENGTH, LENGTH, 120)
    for side in (-1, 1):
        for z, depth in ((0.0, 0.34), (-0.3, 0.16)):
            path = np.stack([line, 0 * line + side * (FRONT + 0.1), deck(line) + z], -1)
            parts.append(s.ribbon(path, 0.5, depth, np.tile([0.0, 0, 1], (120, 1)), 0.7))
    for pier in (-10.4, 10.4):  # cutwaters
        nose = np.array([[pier - 0.9, -FRONT, 0], [pier, -FRONT - 1.5, 0], [pier + 0.9, -FRONT, 0]])
        parts.append(
            s.surface(
                np.stack(
                    [nose + [0, 0, -1], nose + [0, 0, 1.5], (nose + [0, 0, 1.9] + [[0, 0, 0], [0, 1.4, 0], [0, 0, 0]])]
                ),
                tint=0.3,
            )
        )
    s.place("dressed stone", s.join(parts), pale.material, smooth=False)


def tiles(points: s.Array, across: s.Array, pitch: float = 0.3, high: float = 0.075) -> s.Shape:
    """A roof slope with its rows of cover tiles; `across` is the place along the eave of each point."""
    lifted = points.copy()
    lifted[..., 2] += high * np.abs(np.cos(np.pi * across / pitch)) ** 0.6
    lifted[..., 2] += 0.03 * ((np.arange(points.shape[0]) % 2)[:, None])
    return s.surface(lifted, tint=np.repeat(rng.random(points.shape[0]), points.shape[1]).astype(np.float32))


def gallery_roof(parts: list[s.Shape]) -> None:
    x = np.arange(-38, 38.001, 0.05)
    u = np.linspace(0, 1, 22)
    for side in (-1, 1):
        xx, uu = np.meshgrid(x, u)
        z = deck(xx) + 3.15 + 2.0 * (1 - uu) ** 1.4
        parts.append(tiles(np.stack([xx, side * 4.5 * uu, z], -1), xx))
    for height, girth in ((5.28, 0.2), (5.5, 0.13)):
        parts.append(s.tube(np.stack([x[::8], 0 * x[::8], deck(x[::8]) + height], -1), girth, 8, 0.1, up=(0, 1, 0)))


def hipped_roof(
    centre: float, base: float, half: float, depth: float, ridge: float, rise: float, lift: float
) -> s.Shape:
    """Four concave slopes with corners turned up; returns its tiles and ridges."""
    parts: list[s.Shape] = []
    v, u = np.meshgrid(np.linspace(-1, 1, 200), np.linspace(0, 1, 20))
    swing = np.abs(v) ** 5 * u**2
    z = base + rise * (1 - u) ** 1.5 + lift * swing
    for side in (-1, 1):
        x = v * (ridge + (half - ridge) * u) * (1 + 0.05 * swing)
        parts.append(tiles(np.stack([centre + x, side * depth * u * (1 + 0.07 * swing), z], -1), x))
        y = v * depth * u * (1 + 0.07 * swing)
        parts.append(tiles(np.stack([centre + side * (ridge + (half - ridge) * u) * (1 + 0.05 * swing), y, z], -1), y))
    t = np.linspace(0, 1, 24)
    for sx in (-1, 1):
        for sy in (-1, 1):
            hip = np.stack(
                [
                    centre + sx * (ridge + (half - ridge) * t) * (1 + 0.05 * t**2),
                    sy * depth * t * (1 + 0.07 * t**2),
                    base + rise * (1 - t) ** 1.5 + lift * t**2 + 0.1,
                ],
                -1,
            )
            tip = hip[-1] + (hip[-1] - hip[-3]) * [0.5, 0.5, 1] + [0, 0, 0.22]
            parts.append(s.tube(np.concatenate([hip, tip[None]]), np.linspace(0.15, 0.06, 25), 8, 0.1))
    ends = np.linspace(-ridge - 0.3, ridge + 0.3, 20)
    parts.append(
        s.tube(
            np.stack([centre + ends, 0 * ends, base + rise + 0.16 + 0.25 * (np.abs(ends) / ridge) ** 6], -1),
            0.19,
            8,
            0.1,
            up=(0, 1, 0),
        )
    )
    return s.join(parts)


def timber() -> None:
    roof = s.speckled("roof tile", (0.0, "#26292c"), (0.5, "#3b3f42"), (1.0, "#51544f"), rough=0.6)
    roof.bump(roof.noise(5, 6), 0.03, 0.5).haze(70, 900, AIR)
    parts: list[s.Shape] = []
    gallery_roof(parts)
    parts.append(hipped_roof(0, float(deck(0)) + 5.0, 7.6, 5.3, 3.6, 2.7, 1.0))
    for end in (-37.5, 37.5):
        parts.append(hipped_roof(end, float(deck(end)) + 4.3, 4.3, 5.2, 1.6, 2.3, 0.9))
    s.place("roofs", s.join(parts), roof.material)

    wood = s.speckled("timber", (0.0, "#3d2117"), (0.5, "#5e3322"), (1.0, "#7a4630"), rough=0.55)
    wood.bump(wood.noise(9, 6, (1, 1, 0.2)), 0.01, 0.5).haze(70, 900, AIR)
    frame: list[s.Shape] = []
    line = np.linspace(-38, 38, 160)
    for side in (-1, 1):
        for x in np.arange(-38.4, 38.5, 3.2):
            foot = float(deck(x))
            frame.append(
                s.tube(
                    np.array([[x, side * 3.0, foot], [x, side * 3.0, foot + 3.5]]), 0.17, 12, rng.random(), up=(0, 1, 0)
                )
            )
            for reach in (-1, 1):  # brackets under the beam
                frame.append(
                    s.surface(
                        np.array(
                            [
                                [[x, side * 3.0, foot + 2.3], [x, side * 3.0, foot + 3.0]],
                                [
                                    [x + reach * 0.18, side * 3.0, foot + 2.62],
                                    [x + reach * 0.75, side * 3.0, foot + 3.0],
                                ],
                            ]
                        ),
                        tint=0.2,
                    )
                )
        for z, wide, high in ((3.1, 0.2, 0.34), (2.55, 0.08, 0.14), (1.05, 0.09, 0.09), (0.52, 0.42, 0.08)):
            path = np.stack([line, 0 * line + side * (3.0 + (0.14 if z == 1.05 else 0)), deck(line) + z], -1)
            frame.append(s.ribbon(path, wide, high, np.tile([0.0, 0, 1], (160, 1)), 0.5))
        for x in np.arange(-38, 38, 0.2):
            foot = float(deck(x))
            frame.append(s.box((0.045, 0.05, 0.52), (x, side * 3.1, foot + 0.78), rng.random()))
            if int(x * 5) % 2 == 0:
                frame.append(s.box((0.05, 0.04, 0.46), (x, side * 3.02, foot + 2.82), 0.3))
        path = np.stack([line, 0 * line + side * 4.42, deck(line) + 3.12], -1)
        frame.append(s.ribbon(path, 0.06, 0.22, np.tile([0.0, 0, 1], (160, 1)), 0.4))
        ceiling = np.stack(
            [
                np.stack([line, 0 * line, deck(line) + 4.9], -1),
                np.stack([line, 0 * line + side * 4.4, deck(line) + 3.1], -1),
            ]
        )
        frame.append(s.surface(ceiling, tint=0.6))
    for x in (-6.4, -3.2, 0, 3.2, 6.4):
        for side in (-1, 1):
            frame.append(
                s.tube(
                    np.array([[x, side * 3.0, float(deck(0)) + 3], [x, side * 3.0, float(deck(0)) + 5.4]]),
                    0.17,
                    12,
                    0.4,
                    up=(0, 1, 0),
                )
            )
    frame.append(s.box((13.4, 6.4, 1.0), (0, 0, float(deck(0)) + 4.75), 0.35))
    for end in (-37.5, 37.5):
        frame.append(s.box((5.4, 6.2, 0.9), (end, 0, float(deck(end)) + 3.9), 0.35))
    s.place("frame", s.join(frame), wood.material, smooth=False)


def lights() -> None:
    lantern = s.Paint("lantern").glow("#ff4a1c", 1.9)
    bulb = s.Paint("bulb").glow("#ffb865", 16.0)
    globes, bulbs = [], []
    for x in np.arange(-36.8, 37, 3.2):
        foot = float(deck(x))
        globes.append(s.ball(14, 10, (0.19, 0.19, 0.24)).moved((x, -3.35, foot + 2.72)))
        bulbs.append(s.ball(8, 6, (0.1, 0.1, 0.08)).moved((x, 0, foot + 3.3)))
    for x in np.arange(-35.2, 36, 6.4):
        s.lamp((x, 0, float(deck(x)) + 2.9), 420, "#ffae5c", 0.25)
    s.place("lanterns", s.join(globes), lantern.material)
    s.place("bulbs", s.join(bulbs), bulb.material)


def people() -> None:
    cloth = s.speckled(
        "cloth", (0.0, "#27374d"), (0.3, "#8c2f2b"), (0.5, "#3f4a3c"), (0.75, "#c9b79a"), (1.0, "#4a4a52"), rough=0.8
    )
    skin = s.plain("skin", "#9a6a4f", 0.6)
    hair = s.plain("hair", "#17130f", 0.7)
    for x in (-30.6, -26.1, -24.9, -15.2, -8.3, -4.7, 1.4, 5.2, 11.9, 12.7, 19.5, 27.3):
        tall, y, foot = rng.uniform(1.5, 1.75), rng.uniform(-2.3, -0.9), float(deck(x))
        coat = np.array(
            [
                [x, y, foot + 0.45],
                [x, y, foot + tall * 0.55],
                [x + 0.03, y, foot + tall * 0.78],
                [x + 0.03, y, foot + tall * 0.86],
            ]
        )
        s.place("coat", s.tube(coat, [0.2, 0.19, 0.22, 0.09], 12, rng.random(), up=(0, 1, 0)), cloth.material)
        s.place("face", s.ball(12, 8, (0.1, 0.1, 0.13)).moved((x + 0.03, y, foot + tall * 0.94)), skin.material)
        s.place(
            "hair", s.ball(12, 8, (0.108, 0.108, 0.1)).moved((x + 0.03, y + 0.02, foot + tall * 0.975)), hair.material
        )


def water() -> None:
    sheet = s.Paint("water")
    sheet.set(Base_Color="#20302b", Roughness=0.04, IOR=1.33, Specular_IOR_Level=0.6)
    sheet.bump(sheet.noise(0.35, 4, (1, 2.2, 1)), 0.10, 0.35).bump(sheet.noise(1.7, 4, (1, 2.6, 1)), 0.022, 0.4)
    s.place(
        "water",
        s.surface(np.array([[[-90, -120, 0], [90, -120, 0]], [[-90, 700, 0], [90, 700, 0]]], dtype=float)),
        sheet.material,
    )


def land() -> None:
    grass = s.Paint("bank")
    grass.set(
        Base_Color=grass.ramp(grass.noise(0.6, 8), (0.3, "#4b4a2a"), (0.55, "#6d6a3c"), (0.75, "#93804c")),
        Roughness=0.95,
    )
    grass.bump(grass.noise(3, 6), 0.15, 0.7).haze(70, 900, AIR)
    quay = s.Paint("quay")
    quay.set(Base_Color=quay.ramp(quay.noise(1.2, 8), (0.3, "#54504a"), (0.7, "#8b8478")), Roughness=0.9).bump(
        quay.noise(2.5, 6), 0.06, 0.7
    ).haze(70, 900, AIR)
    for side in (-1, 1):
        y = np.linspace(-60, 700, 300)
        edge = side * (32.5 + 1.2 * np.sin(y / 31) + (8 if side > 0 else 4) * np.clip((y - 60) / 200, 0, 1.4))
        rows = [(0.0, -1.0), (0.15, 1.5), (1.2, 1.7), (40, 2.2), (900, 2.0)]
        points = np.stack([np.stack([edge + side * out, y, 0 * y + up], -1) for out, up in rows])
        s.place("quay", s.surface(points[:2]), quay.material, smooth=False)
        s.place("land", s.surface(points[1:]), grass.material)
    s.place(
        "far land",
        s.surface(np.array([[[-900, 700, 0.5], [900, 700, 0.5]], [[-900, 1400, 2], [900, 1400, 2]]], dtype=float)),
        grass.material,
    )
    hill = s.plain("hill", "#55665c", 1.0)
    hill.haze(40, 1300, AIR, 0.9)
    for distance, height, phase in ((900, 46, 0.0), (1150, 78, 2.1)):
        x = np.linspace(-900, 1200, 240)
        crest = height * (
            0.45 + 0.3 * np.sin(x / 170 + phase) + 0.2 * np.sin(x / 71 + 2 * phase) + 0.05 * np.sin(x / 19)
        )
        s.place(
            "hill",
            s.surface(
                np.stack(
                    [
                        np.stack([x, 0 * x + distance, 0 * x], -1),
                        np.stack([x, 0 * x + distance, np.clip(crest, 2, None)], -1),
                    ]
                )
            ),
            hill.material,
        )


def tree(at: s.Array, tall: float, count: int = 900) -> tuple[s.Shape, s.Shape]:
    crowns = [np.array([rng.normal(0, 0.22), rng.normal(0, 0.22), rng.uniform(0.45, 0.92)]) * tall for _ in range(9)]
    core = np.array([crowns[i] for i in rng.integers(0, 9, count)])
    places = core + rng.normal(0, 1, (count, 3)).clip(-2, 2) * 0.115 * tall
    flat = s.Shape(np.array([[-1, 0, 0], [0, -0.6, 0], [1, 0, 0.1], [0, 0.6, 0]]), [[0, 1, 2, 3]])
    shade = np.clip(0.5 + 0.7 * (places[:, 2] / tall - 0.7) + rng.normal(0, 0.14, count) + rng.normal(0, 0.12), 0, 1)
    leaves = s.scatter(
        flat,
        places + at,
        s.turns(rng, count, 90),
        rng.uniform(0.3, 0.6, count) * tall / 9 * (900 / count) ** 0.5,
        shade,
    )
    trunk = s.tube(
        np.array([at, at + [0.02 * tall, 0, 0.35 * tall], at + [0, 0.03 * tall, 0.7 * tall]]),
        [0.035 * tall, 0.025 * tall, 0.01 * tall],
        8,
    )
    return leaves, trunk


def trees() -> None:
    leaf = s.speckled("leaf", (0.0, "#23301c"), (0.45, "#4a5a2c"), (0.8, "#7d7c3a"), (1.0, "#b79440"), rough=0.8)
    leaf.haze(70, 620, AIR, 0.85)
    bark = s.plain("bark", "#3b3129", 0.9).haze(70, 620, AIR, 0.85)
    crowns, trunks = [], []
    spots = [(-36 - rng.random() * 4, y, rng.uniform(6, 9)) for y in (9, 31, 58, 79, 120)]
    spots += [(36 + rng.random() * 7, y, rng.uniform(7, 12)) for y in (8, 16, 27, 36, 49, 60, 75, 92, 110, 131, 155)]
    spots += [(rng.uniform(-200, 260), rng.uniform(230, 420), rng.uniform(9, 15)) for _ in range(130)]
    spots += [(50 + rng.random() * 60, 40 + rng.random() * 160, rng.uniform(8, 13)) for _ in range(34)]
    spots += [(44.5, -9, 8.5), (48, 3, 10.0), (-46.5, 7, 9.0)]
    for x, y, tall in spots:
        crown, trunk = tree(np.array([x, y, 1.6]), tall, 12000 if y < 20 else 2500 if y < 100 else 900)
        crowns.append(crown)
        trunks.append(trunk)
    s.place("crowns", s.join(crowns), leaf.material, smooth=False)
    s.place("trunks", s.join(trunks), bark.material)


def town() -> None:
    lime = s.Paint("limewash")
    lime.set(
        Base_Color=lime.ramp(lime.noise(0.5, 8, (1, 1, 0.3)), (0.3, "#b5aea2"), (0.65, "#e9e3d8")), Roughness=0.9
    ).haze(70, 620, AIR, 0.85)
    roof = s.speckled("old tile", (0.0, "#2a2c2e"), (1.0, "#4b4d4b"), rough=0.7).haze(70, 620, AIR, 0.85)
    dark = s.plain("door", "#33251c", 0.6).haze(70, 620, AIR, 0.85)
    lit = s.Paint("window").glow("#ffb45e", 3.2)
    walls, roofs, doors, panes = [], [], [], []
    y = 12.0
    while y < 230:
        wide, deep, tall = rng.uniform(7, 11), rng.uniform(8, 10), rng.choice([3.4, 5.8, 6.2])
        x = -36.5 - deep / 2 - rng.random() * 1.5 - 4 * np.clip((y - 60) / 200, 0, 1.4)
        middle = np.array([x, y + wide / 2, 1.6])
        walls.append(s.box((deep, wide, tall), middle + [0, 0, tall / 2]))
        v = np.arange(-wide / 2 - 0.2, wide / 2 + 0.2, 0.06)
        u = np.linspace(0, 1, 10)
        vv, uu = np.meshgrid(v, u)
        for side in (-1, 1):
            points = np.stack(
                [x + side * (deep / 2 + 0.7) * uu, middle[1] + vv, 1.6 + tall - 0.25 + 2.3 * (1 - uu) ** 1.25], -1
            )
            roofs.append(tiles(points, vv, 0.36, 0.09))
        for end in (-1, 1):  # stepped gables
            for reach, up in ((0.5, 1.1), (0.33, 1.9), (0.16, 2.75)):
                walls.append(s.box((deep * reach * 2, 0.34, up), middle + [0, end * wide / 2, tall + up / 2]))
                cap = middle + [0, end * wide / 2, tall + up + 0.09]
                roofs.append(s.box((deep * reach * 2 + 0.5, 0.6, 0.2), cap, 0.2))
        for floor in range(2 if tall > 5 else 1):
            for index in range(3):
                spot = middle + [deep / 2 + 0.03, (index - 1) * wide * 0.3, 1.55 + floor * 2.9]
                shape = s.box((0.08, 1.15, 1.25), spot)
                (panes if rng.random() < 0.3 else doors).append(shape)
        y += wide + (0.1 if rng.random() < 0.75 else 3.5)
    s.place("walls", s.join(walls), lime.material, smooth=False)
    s.place("roofs", s.join(roofs), roof.material)
    s.place("doors", s.join(doors), dark.material, smooth=False)
    s.place("windows", s.join(panes), lit.material, smooth=False)


def ferry(at: tuple[float, float], heading: float) -> None:
    """The old ferry at its stake: a flat timber boat with a mat awning."""
    t = np.linspace(0, 1, 40)
    half = 0.78 * np.clip(np.sin(np.pi * (0.09 + 0.82 * t)), 0, 1) ** 0.55
    sheer = 0.46 + 0.55 * np.abs(2 * t - 1) ** 3.2
    keel = -0.12 + 0.5 * np.abs(2 * t - 1) ** 4
    x = (t - 0.5) * 6.6
    section = [
        np.stack([x, side * half * share, keel + (sheer - keel) * up], -1)
        for side, share, up in (
            (-1, 1.0, 1.0),
            (-1, 0.93, 0.45),
            (-1, 0.72, 0.06),
            (1, 0.72, 0.06),
            (1, 0.93, 0.45),
            (1, 1.0, 1.0),
        )
    ]
    inner = [line * [0.985, 0.93, 1] + [0, 0, 0.05] for line in section[::-1]]
    wood = s.Paint("hull")
    wood.set(
        Base_Color=wood.ramp(wood.noise(3, 8, (0.4, 4, 4)), (0.3, "#2c221b"), (0.7, "#5b4735")), Roughness=0.7
    ).bump(wood.noise(5, 6, (0.3, 4, 4)), 0.02, 0.6)
    mat = s.plain("mat", "#2b2a27", 0.85)
    mat.bump(mat.noise(14, 3), 0.02, 0.8)
    place, spin = np.array([*at, 0.0]), s.turn(0, 0, heading)
    hull = s.surface(np.array(section + inner + section[:1]))
    thwarts = [s.box((0.26, 1.3, 0.05), (off, 0, 0.38)) for off in (-2.1, -1.3, 1.6, 2.3)]
    s.place("hull", s.join([hull, *thwarts]).moved(place, spin), wood.material)
    a = np.linspace(0, np.pi, 20)
    hoops = [
        np.stack([0 * a + off, 0.86 * np.cos(a), 0.42 + 0.98 * np.sin(a) + 0.03 * (index % 2)], -1)
        for index, off in enumerate(np.linspace(-0.9, 1.1, 9))
    ]
    s.place("awning", s.surface(np.array(hoops)).moved(place, spin), mat.material)
    pole = s.plain("pole", "#8a7444", 0.5)
    s.place(
        "pole", s.tube(np.array([[-3.3, 0.5, 0.75], [3.6, -0.15, 1.28]]), 0.035, 8).moved(place, spin), pole.material
    )
    stake = place + spin @ np.array([3.7, 0.4, 0])
    s.place(
        "stake", s.tube(np.array([stake - [0, 0, 1], stake + [0.05, 0, 1.35]]), 0.07, 10, up=(0, 1, 0)), wood.material
    )
    rope = np.linspace(0, 1, 16)[:, None]
    bow = place + spin @ np.array([3.2, 0, 0.98])
    line = bow * (1 - rope) + (stake + [0.05, 0, 0.95]) * rope - np.array([0, 0, 0.22]) * np.sin(np.pi * rope)
    s.place("rope", s.tube(line, 0.018, 6), pole.material)


def reeds(count: int, middle: tuple[float, float], spread: tuple[float, float], tall: tuple[float, float]) -> None:
    stalk = s.speckled("reed", (0.0, "#6e6433"), (0.5, "#9a8848"), (1.0, "#c0aa68"), rough=0.7)
    plume = s.speckled("plume", (0.0, "#8a6f52"), (0.5, "#b99b78"), (1.0, "#e2cba6"), rough=0.9, Subsurface_Weight=0.3)
    stems, heads = [], []
    for _ in range(count):
        foot = np.array([rng.normal(middle[0], spread[0]), rng.normal(middle[1], spread[1]), -0.1])
        high, lean, way = rng.uniform(*tall), rng.uniform(0.02, 0.22), rng.normal(0.4, 0.6)
        t = np.linspace(0, 1, 14)[:, None]
        to = np.array([np.cos(way), np.sin(way), 0])
        path = foot + to * lean * high * t**2 + np.array([0, 0, 1]) * high * t * (1 - 0.1 * lean * t)
        stems.append(s.tube(path, np.linspace(0.008, 0.003, 14), 6, rng.random()))
        for _ in range(6):
            at = path[rng.integers(3, 12)]
            turn, length = rng.random() * 6.3, rng.uniform(0.35, 0.75)
            u = np.linspace(0, 1, 10)[:, None]
            out = np.array([np.cos(turn), np.sin(turn), 0])
            leaf = at + out * length * 0.75 * u + np.array([0, 0, 1]) * length * (0.75 * u - 0.95 * u**2.2)
            normal = np.tile([-out[1], out[0], 0.6], (10, 1))
            stems.append(s.ribbon(leaf, 0.018, 0.0015, normal, rng.random()))
        top = path[-1]
        for _ in range(70):
            at = top - np.array([0, 0, 1]) * rng.random() * 0.28 - to * 0.02
            turn, length = way + rng.normal(0, 0.7), rng.uniform(0.06, 0.2)
            u = np.linspace(0, 1, 5)[:, None]
            out = np.array([np.cos(turn), np.sin(turn), 0.3])
            strand = at + out * length * u + np.array([0, 0, -1]) * length * 0.9 * u**2
            heads.append(s.tube(strand, np.linspace(0.006, 0.001, 5), 4, rng.random()))
    s.place("stems", s.join(stems), stalk.material)
    s.place("plumes", s.join(heads), plume.material)


def main() -> None:
    s.empty_scene()
    stonework()
    timber()
    lights()
    people()
    water()
    land()
    trees()
    town()
    ferry((-10.2, -32.5), 162)
    reeds(44, (-22.6, -50.8), (0.75, 0.7), (1.6, 2.7))
    reeds(40, (-9.6, -48.6), (0.9, 0.7), (1.1, 1.9))
    s.sun(9, -112, 6.5, "#ffb672", 1.0)
    s.clouded_sky(6.5, -112, 0.34, 2.4, "#ffcb9e", "#a68690", 0.47)
    s.camera((-21.5, -58, 2.6), (0.6, 0, 4.7), 31, (-6, 0, 6), 9)
    s.render("bridge", 1440, 820, 64, exposure=0.6)


main()
