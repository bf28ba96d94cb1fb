"""Bamboo trays in a farmyard: new rice, beans, maize and chillies in the morning sun."""

from __future__ import annotations

import numpy as np
import studio as s

rng = np.random.default_rng(1115)


def disc(count: int, radius: float) -> s.Array:
    r, a = radius * np.sqrt(rng.random(count)), rng.random(count) * 2 * np.pi
    return np.stack([r * np.cos(a), r * np.sin(a)], axis=-1)


def heap(xy: s.Array, radius: float, height: float, furrow: float = 0.0, pitch: float = 0.075) -> s.Array:
    """How high the crop lies: a low mound, drawn through with the fingers in rings."""
    r = np.hypot(xy[..., 0], xy[..., 1])
    wander = 0.012 * np.sin(5 * xy[..., 0] / radius + 2) + 0.012 * np.cos(4 * xy[..., 1] / radius)
    rings = np.sin(2 * np.pi * (r + wander) / pitch)
    return height * (1 - (r / radius) ** 2.4) + furrow * rings + 0.012


def bed(radius: float, height: float, furrow: float, paint: s.Paint, centre: s.Array) -> None:
    r, a = np.meshgrid(np.linspace(0.001, radius, 60), np.linspace(0, 2 * np.pi, 96, endpoint=False), indexing="ij")
    xy = np.stack([r * np.cos(a), r * np.sin(a)], axis=-1)
    points = np.concatenate([xy, heap(xy, radius, height, furrow)[..., None] - 0.004], axis=-1)
    s.place("bed", s.surface(points + centre, closed=True, tint=0.2), paint.material)


def tray(centre: s.Array, radius: float, bamboo: s.Paint, weave: s.Paint) -> None:
    """The winnowing tray: a woven floor and wall, two hoops bound together."""
    rim = 0.065
    profile = np.array([[0.001, 0.004], [0.5, 0.004], [0.93, 0.006], [0.99, 0.02], [1.0, 0.05], [1.005, 0.075]])
    a = np.linspace(0, 2 * np.pi, 120, endpoint=False)
    points = np.stack(
        [
            np.outer(profile[:, 0], np.cos(a)) * radius,
            np.outer(profile[:, 0], np.sin(a)) * radius,
            np.repeat(profile[:, 1:], len(a), axis=1),
        ],
        axis=-1,
    )
    s.place("floor", s.surface(points + centre, closed=True), weave.material)
    a = np.linspace(0, 2 * np.pi, 161)
    parts = []
    for hoop, z, width, tint in (
        (1.012, rim, 0.034, 0.75),
        (0.985, rim + 0.002, 0.03, 0.55),
        (1.02, rim - 0.03, 0.014, 0.35),
    ):
        wave = 1 + 0.0025 * np.sin(3 * a + z * 50)
        path = np.stack(
            [np.cos(a) * radius * hoop * wave, np.sin(a) * radius * hoop * wave, np.full_like(a, z)], axis=-1
        )
        normal = np.stack([np.cos(a), np.sin(a), 0 * a], axis=-1)
        parts.append(s.ribbon(path + centre, width, 0.009, normal, tint))
    for angle in np.arange(0, 2 * np.pi, 0.16 / radius) + rng.random() * 0.2:
        turn = np.linspace(-0.25, 2 * np.pi + 0.25, 22)
        lean = np.radians(9) * (turn / np.pi - 1) * 0.25 / radius
        r = radius * 1.0 + 0.022 * np.cos(turn)
        path = np.stack([r * np.cos(angle + lean), r * np.sin(angle + lean), rim + 0.024 * np.sin(turn)], axis=-1)
        out = np.stack([np.cos(turn) * np.cos(angle), np.cos(turn) * np.sin(angle), np.sin(turn)], axis=-1)
        parts.append(s.ribbon(path + centre, 0.011, 0.003, out, 0.2 + 0.2 * rng.random()))
    s.place("rim", s.join(parts), bamboo.material)


def strewn(
    shape: s.Shape,
    count: int,
    radius: float,
    height: float,
    furrow: float,
    centre: s.Array,
    tilt: float,
    spread: float = 0.2,
    lift: float = 0.0,
) -> s.Shape:
    xy = disc(count, radius)
    z = heap(xy, radius, height, furrow) + rng.random(count) * lift
    places = np.concatenate([xy, z[:, None]], axis=-1) + centre
    return s.scatter(
        shape, places, s.turns(rng, count, tilt), rng.normal(1, spread * 0.5, count).clip(0.7, 1.3), rng.random(count)
    )


def chilli() -> tuple[s.Shape, s.Shape]:
    t = np.linspace(0, 1, 12)
    path = np.stack([(t - 0.5) * 0.085, 0.016 * np.sin(t * 2.4), 0.003 * np.sin(5 * t)], axis=-1)
    body = s.tube(path, 0.0068 * np.clip(1.15 * (1 - t) ** 0.55, 0.05, 1) * np.clip(t * 9, 0.5, 1), 8)
    stalk = s.tube(
        np.array([[-0.0425, 0, 0], [-0.05, -0.002, 0.001], [-0.06, -0.007, 0.003]]), [0.004, 0.0019, 0.0015], 6
    )
    return body, stalk


def cob() -> s.Shape:
    parts = []
    for ring in range(30):
        along = (ring - 14.5) * 0.0054
        girth = 0.0235 * (1 - (abs(along) / 0.088) ** 3.2) ** 0.5
        for row in range(14):
            angle = 2 * np.pi * (row + 0.03 * ring) / 14
            kernel = s.ball(6, 5, (0.0033, 0.0058, 0.0052))
            parts.append(kernel.moved((0, 0, girth)).moved((along, 0, 0), s.turn(np.degrees(angle), 0, 0)))
    whole = s.join(parts)
    whole.tint = np.repeat(rng.random(30 * 14), 30).astype(np.float32)
    return whole


def yard() -> None:
    stone = s.Paint("stone")
    slabs = stone.node(
        "ShaderNodeTexBrick",
        {"offset": 0.43, "squash": 1.3, "squash_frequency": 3},
        Vector=stone.where(),
        Scale=1.0,
        Color1="#8f8779",
        Color2="#a59c8b",
        Mortar="#4a463f",
        Mortar_Size=0.012,
        Mortar_Smooth=0.3,
        Bias=0.0,
        Brick_Width=1.05,
        Row_Height=0.62,
    )
    worn = stone.mix(stone.math("MULTIPLY", stone.noise(3.1, 8), 0.75), slabs, "#6f695d")
    damp = stone.mix(stone.ramp(stone.noise(0.9, 5), (0.42, "#000000"), (0.7, "#ffffff")), worn, "#b8ae9b")
    stone.set(
        Base_Color=stone.mix(stone.ramp(stone.noise(60, 4), (0.45, "#000000"), (0.8, "#888888")), damp, "#5b564c"),
        Roughness=0.78,
    )
    stone.bump(stone.noise(70, 6), 0.003, 0.7).bump(stone.noise(7, 4), 0.012, 0.6)
    joints = stone.math("MULTIPLY", slabs.outputs[1], -1.0)
    stone.bump(joints, 0.012, 0.9)
    s.place(
        "yard", s.surface(np.array([[[-6, -6, 0], [6, -6, 0]], [[-6, 6, 0], [6, 6, 0]]], dtype=float)), stone.material
    )


def shade() -> None:
    """A branch of a tree outside the picture throws its shadow across a corner."""
    leaf = s.plain("leaf", "#4d6a35")
    parts = []
    for _ in range(420):
        at = np.array([-5.75, 1.2, 2.5]) + rng.normal(0, 1, 3).clip(-1.6, 1.6) * [0.6, 0.5, 0.4]
        size = rng.uniform(0.05, 0.09)
        flat = np.array([[[-1, 0, 0], [0, -0.5, 0]], [[0, 0.5, 0.1], [1.2, 0, 0]]]) * size
        parts.append(s.surface(flat).moved(at, s.turn(*rng.uniform(-70, 70, 2), rng.uniform(0, 360))))
    s.place("leaves", s.join(parts), leaf.material, smooth=False)


def main() -> None:
    s.empty_scene()
    bamboo = s.speckled("bamboo", (0.0, "#9c7440"), (0.6, "#c79d5e"), (1.0, "#dcbb80"), rough=0.42)
    bamboo.bump(bamboo.noise(40, 5, (1, 1, 12)), 0.002, 0.5)
    weave = s.Paint("weave")
    checks = weave.node("ShaderNodeTexChecker", Vector=weave.where(), Scale=56, Color1="#b98f55", Color2="#8d6a3c")
    weave.set(Base_Color=checks, Roughness=0.6).bump(checks.outputs[1], 0.004)
    yard()
    shade()

    husk = s.speckled("husk", (0.0, "#a87423"), (0.35, "#cf9b3c"), (0.75, "#e2b759"), (1.0, "#efd288"), rough=0.55)
    red = s.speckled("red bean", (0.0, "#4d0f12"), (0.6, "#7c1a1d"), (1.0, "#97302c"), rough=0.32)
    green = s.speckled("mung bean", (0.0, "#3d4a1f"), (0.6, "#5f7031"), (1.0, "#81904a"), rough=0.4)
    maize = s.speckled("maize", (0.0, "#cc7d13"), (0.6, "#e8a52a"), (1.0, "#f3c257"), rough=0.34)
    pepper = s.speckled("chilli", (0.0, "#6f0b0c"), (0.5, "#a80f10"), (1.0, "#c8231b"), rough=0.24)
    stalks = s.speckled("stalk", (0.0, "#5c6b2c"), (1.0, "#8a8a45"), rough=0.6)
    radish = s.speckled("radish", (0.0, "#cdbb93"), (0.6, "#e4d7b7"), (1.0, "#f2e9d2"), rough=0.6)

    grain = s.ball(6, 6, (0.0055, 0.0024, 0.0021))
    bean = s.ball(8, 6, (0.0062, 0.0044, 0.0042))
    seed = s.ball(8, 6, (0.0042, 0.0035, 0.0034))
    strip = s.tube(
        np.stack(
            [np.linspace(-0.032, 0.032, 7), 0.008 * np.sin(np.linspace(0, 3, 7)), 0.004 * np.cos(np.linspace(0, 4, 7))],
            axis=-1,
        ),
        [0.002, 0.0045, 0.0055, 0.005, 0.0055, 0.004, 0.002],
        5,
    )

    crops = (
        (np.array([-0.50, 0.02, 0]), 0.74, "rice"),
        (np.array([1.02, 0.62, 0]), 0.60, "chilli"),
        (np.array([0.80, -0.59, 0]), 0.50, "maize"),
        (np.array([-1.72, 0.86, 0]), 0.56, "red"),
        (np.array([0.07, 1.17, 0]), 0.45, "radish"),
        (np.array([-1.62, -0.62, 0]), 0.46, "green"),
        (np.array([2.02, -0.30, 0]), 0.58, "rice"),
        (np.array([-0.80, 1.69, 0]), 0.52, "rice"),
        (np.array([2.05, 1.38, 0]), 0.50, "green"),
        (np.array([-0.02, -1.18, 0]), 0.40, "red"),
    )
    for centre, radius, crop in crops:
        tray(centre, radius, bamboo, weave)
        inner = radius * 0.93
        if crop == "rice":
            bed(inner, 0.03, 0.006, husk, centre)
            s.place(
                "rice",
                strewn(grain, int(52000 * inner**2 / 0.47), inner, 0.03, 0.006, centre, 25, lift=0.003),
                husk.material,
            )
        elif crop == "red":
            bed(inner, 0.02, 0.004, red, centre)
            s.place(
                "beans",
                strewn(bean, int(15000 * inner**2 / 0.27), inner, 0.02, 0.004, centre, 60, lift=0.003),
                red.material,
            )
        elif crop == "green":
            bed(inner, 0.02, 0.004, green, centre)
            s.place(
                "seeds",
                strewn(seed, int(21000 * inner**2 / 0.21), inner, 0.02, 0.004, centre, 90, lift=0.002),
                green.material,
            )
        elif crop == "radish":
            s.place("radish", strewn(strip, 900, inner, 0.02, 0, centre, 18, lift=0.02), radish.material)
        elif crop == "maize":
            xy = disc(900, inner * 0.88)
            keep: list[s.Array] = []
            for point in xy:
                if all(np.hypot(*(point - other)) > 0.058 for other in keep):
                    keep.append(point)
            level = 0.03 + 0.022 * (rng.random((len(keep), 1)) > 0.6)
            places = np.concatenate([np.array(keep), level], axis=-1) + centre
            tilted = s.turns(rng, len(keep), 4)
            shape = s.scatter(cob(), places, tilted, np.ones(len(keep)), np.zeros(len(keep)))
            shape.tint = rng.random(len(keep) * 420).repeat(30).astype(np.float32)
            s.place("cobs", shape, maize.material)
        else:
            body, stalk = chilli()
            state = rng.bit_generator.state
            s.place("chillies", strewn(body, 1100, inner, 0.025, 0, centre, 16, lift=0.022), pepper.material)
            rng.bit_generator.state = state
            s.place("stalks", strewn(stalk, 1100, inner, 0.025, 0, centre, 16, lift=0.022), stalks.material)

    loose = np.concatenate(
        [rng.normal([-0.2, -0.85], [0.5, 0.12], (160, 2)), rng.normal([0.35, 0.4], [0.14, 0.3], (120, 2))]
    )
    places = np.concatenate([loose, np.full((len(loose), 1), 0.003)], axis=-1)
    s.place(
        "spilt",
        s.scatter(grain, places, s.turns(rng, len(loose), 8), np.ones(len(loose)), rng.random(len(loose))),
        husk.material,
    )

    s.sun(34, -52, 5.2, "#ffe3b8", 0.7)
    s.even_sky("#a9c3e0", 0.75)
    s.camera((0.18, -3.35, 3.7), (0.12, 0.08, 0), 50, (0.0, -0.1, 0), 9)
    s.render("harvest", 1520, 856, 80, exposure=0.22)


main()
