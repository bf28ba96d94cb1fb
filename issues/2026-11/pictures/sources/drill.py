"""Rescue boats at the jetty on a foggy morning, before the drill."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import bpy
import numpy as np
import studio as s

rng = np.random.default_rng(1106)
FOG = "#d3d7d6"
NEAR, FAR = 7, 62
FONT = Path(__file__).resolve().parents[4] / "fonts" / "Hei-Bold.ttf"


def foggy(paint: s.Paint) -> s.Paint:
    return paint.haze(NEAR, FAR, FOG)


def hull_line() -> s.Array:
    """The middle of the air tube, from the stern round the raised bow and back."""
    side = np.stack([np.linspace(-2.15, 1.0, 40), np.full(40, -0.74), 0.20 + 0.02 * np.linspace(0, 1, 40) ** 2], -1)
    a = np.linspace(-np.pi / 2, np.pi / 2, 41)[1:-1]
    nose = np.stack([1.0 + 1.18 * np.cos(a), 0.74 * np.sin(a), 0.22 + 0.36 * np.cos(a) ** 1.6], -1)
    return np.concatenate([side, nose, side[::-1] * [1, -1, 1]])


def along(line: s.Array, share: float) -> tuple[s.Array, s.Array]:
    index = int(share * (len(line) - 1))
    ahead = line[min(index + 1, len(line) - 1)] - line[max(index - 1, 0)]
    return line[index], ahead / np.linalg.norm(ahead)


def boat(number: int, at: s.Array, heading: float, paints: dict[str, s.Paint]) -> None:
    spin = s.turn(rng.normal(0, 1.2), rng.normal(0, 0.8), heading)
    line = hull_line()
    girth = np.full(len(line), 0.235)
    girth[:7] = girth[-7:][::-1] = [0.05, 0.13, 0.185, 0.21, 0.225, 0.232, 0.235]

    def put(name: str, shape: s.Shape, paint: str, smooth: bool = True, bevel: float = 0.0) -> None:
        s.place(name, shape.moved(at, spin), paints[paint].material, smooth, bevel)

    put("tube", s.tube(line, girth, 32, rng.random()), "orange")
    bands, patches, rope = [], [], []
    for share in (0.10, 0.22, 0.34, 0.43, 0.57, 0.66, 0.78, 0.90):
        index = int(share * (len(line) - 1))
        bands.append(s.tube(line[index - 1 : index + 2], 0.239, 32))
    for share in np.linspace(0.06, 0.94, 15):
        middle, ahead = along(line, share)
        out = np.cross(ahead, [0, 0, 1])
        out /= np.linalg.norm(out)
        patches.append(s.ball(14, 8, (0.065, 0.065, 0.022)).moved(middle + out * 0.2 + [0, 0, 0.125], s.turn(0, 0, 0)))
    knots = [
        along(line, share)[0] + np.cross(along(line, share)[1], [0, 0, 1]) * 0.225 + [0, 0, 0.13]
        for share in np.linspace(0.06, 0.94, 15)
    ]
    for start, end in pairwise(knots):
        t = np.linspace(0, 1, 12)[:, None]
        rope.append(s.tube(start * (1 - t) + end * t - [0, 0, 0.075] * np.sin(np.pi * t), 0.011, 8))
    put("bands", s.join(bands), "grey")
    put("patches", s.join(patches), "black")
    put("rope", s.join(rope), "rope")
    rubbing = (
        line
        + np.cross(
            np.gradient(line, axis=0) / np.linalg.norm(np.gradient(line, axis=0), axis=1, keepdims=True), [0, 0, 1]
        )
        * 0.225
    )
    put(
        "rubbing strake",
        s.ribbon(rubbing[4:-4] - [0, 0, 0.045], 0.075, 0.03, np.cross(np.gradient(rubbing[4:-4], axis=0), [0, 0, 1.0])),
        "black",
    )
    put("floor", s.box((3.2, 1.15, 0.06), (-0.35, 0, 0.10)), "deck", False, 0.01)
    put("thwart", s.tube(np.array([[0.1, -0.62, 0.33], [0.1, 0.62, 0.33]]), 0.15, 24), "grey")
    put("board", s.box((0.30, 1.1, 0.035), (-0.95, 0, 0.38)), "deck", False, 0.01)
    put("transom", s.box((0.05, 1.05, 0.5), (-1.72, 0, 0.27)), "deck", False, 0.01)
    theta = np.linspace(0.001, np.pi - 0.001, 22)[:, None]
    phi = np.linspace(0, 2 * np.pi, 36, endpoint=False)[None]

    def soft(value: s.Array) -> s.Array:
        return np.sign(value) * np.abs(value) ** 0.45

    cowl = np.stack(
        [
            0.23 * soft(np.sin(theta)) * soft(np.cos(phi)) * (1 - 0.12 * np.cos(theta)),
            0.155 * soft(np.sin(theta)) * soft(np.sin(phi)),
            0.2 * soft(np.cos(theta)) + 0 * phi,
        ],
        -1,
    )
    put("motor", s.surface(cowl, closed=True).moved((-1.95, 0, 0.74), s.turn(0, -7, 0)), "motor")
    put(
        "leg",
        s.join([s.box((0.16, 0.1, 0.6), (-1.93, 0, 0.3)), s.box((0.2, 0.2, 0.1), (-1.8, 0, 0.52))]),
        "motor",
        False,
        0.015,
    )
    put(
        "tiller",
        s.tube(np.array([[-1.78, 0.05, 0.66], [-1.45, 0.16, 0.7], [-1.2, 0.22, 0.72]]), [0.03, 0.022, 0.028], 10),
        "motor",
    )
    put("stripe", s.box((0.305, 0.315, 0.05), (-1.95, 0, 0.70)).moved((0, 0, 0)), "white", False, 0.01)
    oar = np.array([[-1.3, -0.46, 0.24], [1.3, -0.36, 0.46]])
    put(
        "oar",
        s.join(
            [
                s.tube(oar, 0.02, 10),
                s.tube(
                    np.array([[1.25, -0.362, 0.455], [1.35, -0.36, 0.465], [1.7, -0.345, 0.50]]),
                    [0.02, 0.075, 0.07],
                    10,
                ),
            ]
        ),
        "deck",
    )
    label(f"苇泾救援 {number:02d}", at, spin, paints["white"])


def label(words: str, at: s.Array, spin: s.Array, paint: s.Paint) -> None:
    """The boat's name on both tubes, bent round them."""
    curve = bpy.data.curves.new("name", "FONT")
    curve.font = bpy.data.fonts.load(str(FONT), check_existing=True)
    curve.body, curve.size, curve.align_x, curve.align_y = words, 0.18, "CENTER", "CENTER"
    curve.resolution_u = 3
    item = bpy.data.objects.new("name", curve)
    bpy.context.scene.collection.objects.link(item)
    mesh = bpy.data.meshes.new_from_object(item.evaluated_get(bpy.context.evaluated_depsgraph_get()))
    bpy.data.objects.remove(item)
    flat = np.array([vertex.co for vertex in mesh.vertices])
    angle = flat[:, 1] / 0.24 + 0.18
    for side in (-1, 1):
        bent = np.stack(
            [-0.63 - side * flat[:, 0], side * (0.74 + 0.2375 * np.cos(angle)), 0.205 + 0.2375 * np.sin(angle)], -1
        )
        copy = mesh.copy()
        copy.vertices.foreach_set("co", (bent @ spin.T + at).astype(np.float32).ravel())
        copy.materials.clear()
        copy.materials.append(paint.material)
        bpy.context.scene.collection.objects.link(bpy.data.objects.new("name", copy))


def jetty(paints: dict[str, s.Paint]) -> None:
    planks, posts, ropes, rings, bands = [], [], [], [], []
    for y in np.arange(-7, 40, 0.163):
        planks.append(
            s.box(
                (1.9 + rng.normal(0, 0.02), 0.148, 0.045),
                (2.35 + rng.normal(0, 0.012), y, 0.62 + rng.normal(0, 0.004)),
                rng.random(),
            )
        )
    planks.append(s.box((0.09, 48, 0.16), (1.5, 16, 0.51), 0.2))
    planks.append(s.box((0.09, 48, 0.16), (3.2, 16, 0.51), 0.2))
    tops = []
    for y in np.arange(-3.2, 40, 2.6):
        for x in (1.36, 3.34):
            height = 1.42 + rng.normal(0, 0.04)
            posts.append(
                s.tube(
                    np.array([[x, y, -1.2], [x + rng.normal(0, 0.02), y, height]]),
                    [0.085, 0.078],
                    14,
                    rng.random(),
                    up=(0, 1, 0),
                )
            )
            posts.append(s.ball(14, 6, (0.078, 0.078, 0.02)).moved((x, y, height)))
            if x > 2:
                tops.append(np.array([x, y, 1.22]))
    for start, end in pairwise(tops):
        t = np.linspace(0, 1, 14)[:, None]
        ropes.append(s.tube(start * (1 - t) + end * t - [0, 0, 0.16] * np.sin(np.pi * t), 0.022, 8))
    for y in (2.0, 7.2, 12.4):  # lifebuoys on the posts
        a = np.linspace(0, 2 * np.pi, 49)
        middle = np.array([1.24, y - 0.02, 0.98])
        path = np.stack([middle[0] + 0 * a, middle[1] + 0.27 * np.cos(a), middle[2] + 0.27 * np.sin(a)], -1)
        rings.append(s.tube(path, 0.068, 18, up=(1, 0, 0)))
        for quarter in range(4):
            start = 6 + quarter * 12
            bands.append(s.tube(path[start - 2 : start + 3], 0.0705, 18, up=(1, 0, 0)))
    s.place("planks", s.join(planks), paints["plank"].material, False, 0.004)
    s.place("posts", s.join(posts), paints["plank"].material)
    s.place("ropes", s.join(ropes), paints["rope"].material)
    s.place("rings", s.join(rings), paints["orange"].material)
    s.place("bands", s.join(bands), paints["white"].material)


def crew(paints: dict[str, s.Paint]) -> None:
    """Men of the crews, far down the jetty in the fog."""
    cloth, vests, heads = [], [], []
    for x, y, facing in ((1.95, 20.5, 20), (2.7, 21.2, 200), (2.25, 23.6, 150), (1.9, 28.0, 60), (2.9, 29.0, -80)):
        spin, place = s.turn(0, 0, facing), np.array([x, y, 0.64])
        step = rng.uniform(0.06, 0.13)
        for side in (-1, 1):
            leg = np.array(
                [[side * 0.11, -side * step, 0.0], [side * 0.1, -side * step * 0.4, 0.44], [side * 0.08, 0, 0.86]]
            )
            cloth.append(s.tube(leg, [0.075, 0.085, 0.1], 12, 0.2, up=(0, 1, 0)).moved(place, spin))
            arm = np.array(
                [[side * 0.2, 0, 1.36], [side * 0.29, 0.04, 1.12], [side * 0.24, 0.18 if side > 0 else 0.06, 0.92]]
            )
            cloth.append(s.tube(arm, [0.07, 0.058, 0.045], 10, 0.3, up=(0, 1, 0)).moved(place, spin))
        trunk = np.array([[0, 0, 0.8], [0, 0, 1.05], [0, 0, 1.3], [0, 0, 1.44], [0, 0.01, 1.5]])
        body = s.tube(trunk, [0.155, 0.165, 0.19, 0.12, 0.06], 18, up=(0, 1, 0))
        body.vertices *= np.array([1.12, 0.75, 1])
        vests.append(body.moved(place, spin))
        heads.append(s.ball(16, 12, (0.085, 0.1, 0.12)).moved((0, 0.015, 1.62)).moved(place, spin))
        cloth.append(s.ball(16, 10, (0.098, 0.112, 0.085)).moved((0, 0.0, 1.675)).moved(place, spin))
    s.place("cloth", s.join(cloth), paints["cloth"].material)
    s.place("vests", s.join(vests), paints["orange"].material)
    s.place("heads", s.join(heads), paints["skin"].material)


def reeds(
    count: int,
    where: tuple[float, float],
    spread: tuple[float, float],
    tall: tuple[float, float],
    paints: dict[str, s.Paint],
) -> None:
    stems, heads = [], []
    for _ in range(count):
        foot = np.array([rng.normal(where[0], spread[0]), rng.normal(where[1], spread[1]), -0.1])
        high, lean, way = rng.uniform(*tall), rng.uniform(0.02, 0.2), rng.normal(0.3, 0.7)
        t = np.linspace(0, 1, 12)[:, None]
        to = np.array([np.cos(way), np.sin(way), 0])
        path = foot + to * lean * high * t**2 + np.array([0, 0, 1]) * high * t
        stems.append(s.tube(path, np.linspace(0.008, 0.003, 12), 5, rng.random()))
        for _ in range(5):
            at, heading, length = path[rng.integers(2, 10)], rng.random() * 6.3, rng.uniform(0.35, 0.7)
            u = np.linspace(0, 1, 8)[:, None]
            out = np.array([np.cos(heading), np.sin(heading), 0])
            leaf = at + out * length * 0.75 * u + np.array([0, 0, 1]) * length * (0.8 * u - 0.95 * u**2.2)
            stems.append(s.ribbon(leaf, 0.018, 0.0015, np.tile([-out[1], out[0], 0.6], (8, 1)), rng.random()))
        for _ in range(40):
            at, heading, length = (
                path[-1] - np.array([0, 0, rng.random() * 0.28]),
                way + rng.normal(0, 0.7),
                rng.uniform(0.06, 0.19),
            )
            u = np.linspace(0, 1, 4)[:, None]
            out = np.array([np.cos(heading), np.sin(heading), 0.3])
            heads.append(
                s.tube(
                    at + out * length * u - np.array([0, 0, 0.9]) * length * u**2,
                    np.linspace(0.007, 0.001, 4),
                    4,
                    rng.random(),
                )
            )
    s.place("stems", s.join(stems), paints["reed"].material)
    s.place("plumes", s.join(heads), paints["plume"].material)


def main() -> None:
    s.empty_scene()
    plank = s.Paint("plank")
    grey = plank.ramp(plank.tint(), (0.0, "#5b5349"), (0.5, "#7a7062"), (1.0, "#93897a"))
    plank.set(
        Base_Color=plank.mix(
            plank.ramp(plank.noise(6, 8, (1, 10, 10)), (0.4, "#000000"), (0.75, "#aaaaaa")), grey, "#463f36"
        ),
        Roughness=0.5,
    )
    plank.bump(plank.noise(9, 6, (1, 10, 10)), 0.006, 0.6)
    rubber = s.Paint("hypalon")
    rubber.set(
        Base_Color=rubber.mix(
            rubber.ramp(rubber.noise(3, 6), (0.45, "#000000"), (0.8, "#666666")), "#e2500f", "#b83c0c"
        ),
        Roughness=0.36,
        Coat_Weight=0.15,
    )
    rubber.bump(rubber.noise(1.6, 3), 0.02, 0.25)
    paints = {
        "orange": rubber,
        "plank": plank,
        "grey": s.plain("grey", "#4b4f52", 0.5),
        "black": s.plain("black", "#1b1c1d", 0.5),
        "deck": s.plain("deck", "#8d9294", 0.45),
        "motor": s.plain("motor", "#202326", 0.28),
        "white": s.plain("white", "#eceae4", 0.5),
        "rope": s.plain("rope", "#d8cfb4", 0.8),
        "cloth": s.plain("cloth", "#232c38", 0.8),
        "skin": s.plain("skin", "#8c6049", 0.6),
        "reed": s.speckled("reed", (0.0, "#5f5733"), (0.5, "#857748"), (1.0, "#a39565"), rough=0.7),
        "plume": s.speckled("plume", (0.0, "#77644f"), (0.5, "#9d8a70"), (1.0, "#c2b295"), rough=0.9),
    }
    for paint in paints.values():
        foggy(paint)
    sheet = s.Paint("water").set(Base_Color="#46524f", Roughness=0.035, IOR=1.33, Specular_IOR_Level=0.7)
    sheet.bump(sheet.noise(0.6, 4, (1, 1.8, 1)), 0.06, 0.30).bump(sheet.noise(3.2, 3, (1, 2, 1)), 0.012, 0.3)
    sheet.haze(12, 75, FOG)
    s.place(
        "water",
        s.surface(np.array([[[-300, -20, 0], [300, -20, 0]], [[-300, 400, 0], [300, 400, 0]]], dtype=float)),
        sheet.material,
    )

    for number, y in enumerate((2.3, 5.0, 7.7, 10.5, 13.3, 16.3, 19.6), start=1):
        boat(number, np.array([-1.15 + rng.normal(0, 0.12), y + rng.normal(0, 0.1), -0.04]), rng.normal(0, 5), paints)
    jetty(paints)
    crew(paints)
    reeds(60, (-5.6, 3.4), (0.7, 1.6), (1.5, 2.5), paints)
    reeds(170, (-15, 26), (5.5, 2.5), (2.0, 3.0), paints)
    reeds(150, (11, 30), (4.5, 2.5), (2.0, 3.0), paints)

    s.sun(14, -60, 1.5, "#ffe4c2", 14)
    s.even_sky(FOG, 1.0)
    s.camera((0.15, -4.4, 2.75), (-0.35, 6.0, 0.15), 33, (-0.8, 3.5, 0.4), 8)
    s.render("drill", 1280, 840, 72, exposure=0.7)


main()
