"""A persimmon branch after the leaves have fallen, before a whitewashed gable and its tiles."""

# ruff: noqa: RUF005 — arrays are added here, not joined

from __future__ import annotations

import numpy as np
import studio as s

rng = np.random.default_rng(1107)
STALK = np.array([0.001, 0.0006, 0.0335])  # where a fruit is held, from its middle


def fruit() -> s.Shape:
    theta = np.linspace(0.001, np.pi - 0.001, 26)[:, None]
    phi = np.linspace(0, 2 * np.pi, 40, endpoint=False)[None]
    lobes = 1 - 0.035 * np.sin(theta) ** 2 * (0.5 + 0.5 * np.cos(4 * phi)) ** 3
    r = 0.034 * lobes * (1 + 0.03 * np.cos(2 * theta))
    dip = 0.009 * np.exp(-((theta / 0.42) ** 2)) - 0.002 * np.exp(-(((np.pi - theta) / 0.25) ** 2))
    points = np.stack(
        [r * np.sin(theta) * np.cos(phi), r * np.sin(theta) * np.sin(phi), 0.82 * r * np.cos(theta) - dip], axis=-1
    )
    return s.surface(points, closed=True)


def calyx() -> s.Shape:
    """Four dry lobes, curled up, and the stub of the stalk."""
    parts = []
    for quarter in range(4):
        u, v = np.meshgrid(np.linspace(0, 1, 9), np.linspace(-1, 1, 7), indexing="ij")
        width = 0.0125 * np.sin(np.pi * np.clip(u * 0.82 + 0.16, 0, 1)) ** 0.8
        curl = rng.uniform(0.5, 1.3)
        points = np.stack(
            [0.003 + 0.0215 * u, v * width, 0.0212 - 0.003 * u + curl * 0.007 * u**3 + 0.002 * np.abs(v) * u], axis=-1
        )
        parts.append(
            s.surface(points, tint=rng.random()).moved((0, 0, 0), s.turn(0, 0, quarter * 90 + rng.normal(0, 6)))
        )
    stub = np.array([[0, 0, 0.018], [0.0005, 0, 0.026], [0.001, 0.0006, 0.034]])
    parts.append(s.tube(stub, [0.0042, 0.0030, 0.0026], 8, 0.2))
    return s.join(parts)


def wander(start: s.Array, heading: s.Array, length: float, steps: int, bend: float, rise: float) -> s.Array:
    """A twig's path: it goes on as it came, swerves at its buds, and turns up a little."""
    path, heading = [start], heading / np.linalg.norm(heading)
    for step in range(steps):
        swerve = rng.normal(0, bend * (2.4 if step % 5 == 0 else 0.6), 3)
        heading = heading + swerve + np.array([0, 0, rise])
        heading /= np.linalg.norm(heading)
        path.append(path[-1] + heading * length / steps)
    return np.array(path)


def tree() -> tuple[s.Shape, list[s.Array], s.Array]:
    wood, tips, twigs = [], [], []
    main = wander(np.array([-0.42, 0.04, 0.30]), np.array([1.0, 0.0, 0.10]), 0.98, 40, 0.07, -0.006)
    wood.append(s.tube(main, np.linspace(0.016, 0.0042, 41) * (1 + 0.1 * np.sin(np.arange(41) * 1.7)), 14, 0.4))
    upper = wander(main[6], np.array([0.5, 0.1, 0.75]), 0.62, 28, 0.08, 0.0)
    wood.append(s.tube(upper, np.linspace(0.011, 0.003, 29), 12, 0.5))
    lower = wander(main[13], np.array([0.75, -0.15, -0.55]), 0.46, 24, 0.09, -0.01)
    wood.append(s.tube(lower, np.linspace(0.0085, 0.0026, 25), 12, 0.5))
    for stem, first in ((main, 9), (upper, 5), (lower, 4)):
        side = 1
        for index in range(first, len(stem) - 1, 2):
            along = stem[min(index + 1, len(stem) - 1)] - stem[index - 1]
            along /= np.linalg.norm(along)
            side = -side
            heading = along * 0.75 + np.array([0, rng.normal(0, 0.35), side * rng.uniform(0.4, 0.9)])
            length = rng.uniform(0.05, 0.17)
            twig = wander(stem[index], heading, length, 10, 0.16, 0.012)
            wood.append(s.tube(twig, np.linspace(0.0036, 0.0016, 11), 8, rng.random()))
            tips += [twig[-1], twig[7]]
            twigs.append(twig)
            if rng.random() < 0.5:
                spur = wander(twig[5], heading[[0, 1, 2]] * [1, 1, -0.6], length * 0.5, 7, 0.18, 0.0)
                wood.append(s.tube(spur, np.linspace(0.0022, 0.0011, 8), 6, rng.random()))
                tips.append(spur[-1])
                twigs.append(spur)
        tips.append(stem[-1])
    return s.join(wood), tips, np.concatenate([main, upper, lower, *twigs])


def hang(tips: list[s.Array], stems: s.Array, most: int) -> tuple[s.Array, s.Array, s.Array]:
    """Fruits hung by their stalks from the tips, clear of each other and of the wood: places, tilts, sizes."""
    order = rng.permutation(len(tips))
    places: list[s.Array] = []
    tilts, sizes = [], []
    for index in order:
        tilt, size = s.turn(rng.normal(0, 9), rng.normal(0, 9), rng.random() * 360), rng.uniform(0.84, 1.06)
        place = tips[index] - tilt @ STALK * size
        clear = np.linalg.norm(stems - place, axis=1).min() > 0.031 * size
        if clear and len(places) < most and all(np.linalg.norm(place - other) > 0.066 for other in places):
            places.append(place)
            tilts.append(tilt)
            sizes.append(size)
    return np.array(places), np.array(tilts), np.array(sizes)


def gable() -> None:
    wall = s.Paint("limewash")
    stain = wall.mix(
        wall.ramp(wall.noise(0.9, 8, (1, 1, 0.35)), (0.38, "#000000"), (0.72, "#ffffff")), "#c9c7c0", "#ece9e1"
    )
    wall.set(Base_Color=stain, Roughness=0.9).bump(wall.noise(6, 8), 0.02, 0.5)
    s.place(
        "wall",
        s.surface(np.array([[[-4, 1.9, -3], [4, 1.9, -3]], [[-4, 1.9, 0.30], [4, 1.9, 0.30]]], dtype=float)),
        wall.material,
    )
    tile = s.speckled("tile", (0.0, "#2c2e31"), (0.5, "#474a4d"), (1.0, "#63655f"), rough=0.75)
    tile.bump(tile.noise(40, 5), 0.004, 0.6)
    parts = []
    t = np.linspace(0, np.pi, 9)
    for column in range(-16, 17):
        for course in range(8):
            x, y, z = column * 0.205, 1.60 + course * 0.115, 0.30 + course * 0.062
            for up, shift in ((1, 0.0), (-1, 0.1025)):
                arc = np.stack(
                    [x + shift + 0.062 * np.cos(t), 0 * t, up * 0.036 * np.sin(t) + (0.03 if up > 0 else 0.0)], axis=-1
                )
                lip = np.stack([arc + [0, y - 0.10, z - 0.02], arc + [0, y + 0.09, z + 0.045]])
                thick = np.concatenate([lip[:1] - [0, 0, 0.012], lip[:1], lip[1:]])
                parts.append(s.surface(thick, tint=float(np.clip(rng.normal(0.5, 0.2), 0, 1))))
    s.place("tiles", s.join(parts), tile.material)
    beam = s.plain("fascia", "#4a3527", 0.7)
    s.place("fascia", s.box((9, 0.05, 0.07), (0, 1.66, 0.245)), beam.material, smooth=False)


def sky() -> None:
    tree_of_world = s.bpy.context.scene.world.node_tree
    node = tree_of_world.nodes.new("ShaderNodeTexSky")
    node.sky_type = "NISHITA"
    node.sun_disc, node.sun_elevation, node.sun_rotation = False, np.radians(30), np.radians(-125)
    node.air_density, node.dust_density = 1.2, 1.6
    tree_of_world.links.new(node.outputs[0], tree_of_world.nodes["Background"].inputs[0])
    tree_of_world.nodes["Background"].inputs[1].default_value = 0.30


def main() -> None:
    s.empty_scene()
    skin = s.Paint("persimmon")
    flush = skin.ramp(skin.tint(), (0.0, "#c93606"), (0.5, "#d94f08"), (1.0, "#e86d0e"))
    skin.set(
        Base_Color=skin.mix(skin.ramp(skin.noise(26, 6), (0.52, "#000000"), (0.8, "#777777")), flush, "#b8360c"),
        Roughness=0.27,
        Subsurface_Weight=0.25,
        Subsurface_Radius=(0.02, 0.006, 0.002),
        Coat_Weight=0.25,
        Coat_Roughness=0.2,
    )
    skin.bump(skin.noise(160, 3), 0.0004, 0.5)
    dry = s.speckled("calyx", (0.0, "#4b3a20"), (0.5, "#6d5a31"), (1.0, "#8a7a48"), rough=0.75)
    bark = s.Paint("bark")
    rind = bark.noise(70, 8, (1, 1, 1), 0.7)
    bark.set(Base_Color=bark.ramp(rind, (0.3, "#2b241d"), (0.55, "#5d5247"), (0.75, "#8b8173")), Roughness=0.85).bump(
        rind, 0.004, 1.0
    )

    wood, tips, stems = tree()
    s.place("tree", wood, bark.material)
    places, tilts, sizes = hang(tips, stems, 27)
    shades = rng.random(len(places))
    s.place("fruit", s.scatter(fruit(), places, tilts, sizes, shades), skin.material)
    s.place(
        "calyx", s.join([calyx().moved(p, t, k) for p, t, k in zip(places, tilts, sizes, strict=True)]), dry.material
    )
    gable()
    sky()
    s.sun(31, -128, 4.4, "#ffe7c2", 0.6)
    s.camera((0.06, -1.55, 0.10), (0.06, 0.03, 0.207), 68, (0.03, 0.0, 0.25), 4.5)
    s.render("persimmons", 900, 980, 112, exposure=0.1)


main()
