"""What the picture scripts share: meshes from arrays, materials, camera, daylight, and the print from the negative.

The pictures of this issue are computed, not taken: each script beside this one builds a scene and renders it with
Blender's path tracer (`pip install "bpy<5" pillow`, Python 3.11), then writes a JPEG for print:

    python bridge.py [--draft]
"""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from pathlib import Path

import bpy
import numpy as np
from PIL import Image, ImageFilter

Array = np.ndarray
PICTURES = Path(__file__).resolve().parent.parent


# ---------------------------------------------------------------------------------------------------- meshes


class Shape:
    """Vertices, quadrilaterals and one random number a vertex, ready to be joined with others."""

    def __init__(self, vertices: Array, quads: Array, tint: float | Array = 0.5) -> None:
        self.vertices = np.asarray(vertices, dtype=np.float32).reshape(-1, 3)
        self.quads = np.asarray(quads, dtype=np.int32).reshape(-1, 4)
        self.tint = np.broadcast_to(np.asarray(tint, dtype=np.float32), (len(self.vertices),)).copy()

    def moved(
        self, offset: Sequence[float] = (0, 0, 0), turn: Array | None = None, scale: float | Array = 1.0
    ) -> Shape:
        vertices = self.vertices * scale
        if turn is not None:
            vertices = vertices @ np.asarray(turn).T
        return Shape(vertices + np.asarray(offset), self.quads, self.tint)


def join(shapes: Sequence[Shape]) -> Shape:
    starts = np.cumsum([0] + [len(shape.vertices) for shape in shapes])
    return Shape(
        np.concatenate([shape.vertices for shape in shapes]),
        np.concatenate([shape.quads + start for shape, start in zip(shapes, starts, strict=False)]),
        np.concatenate([shape.tint for shape in shapes]),
    )


def scatter(shape: Shape, places: Array, turns: Array, scales: Array, tints: Array) -> Shape:
    """Copies of a shape: places (n, 3), turns (n, 3, 3), scales (n,) or (n, 3), tints (n,)."""
    count, size = len(places), len(shape.vertices)
    scales = scales.reshape(count, 1, -1)
    vertices = np.einsum("nij,nvj->nvi", turns, shape.vertices[None] * scales) + places[:, None]
    quads = shape.quads[None] + (np.arange(count) * size)[:, None, None]
    return Shape(vertices.reshape(-1, 3), quads.reshape(-1, 4), np.repeat(tints, size))


def turn(x: float = 0, y: float = 0, z: float = 0) -> Array:
    """A rotation: about x, then y, then z; angles in degrees."""
    a, b, c = np.radians([x, y, z])
    about_x = np.array([[1, 0, 0], [0, np.cos(a), -np.sin(a)], [0, np.sin(a), np.cos(a)]])
    about_y = np.array([[np.cos(b), 0, np.sin(b)], [0, 1, 0], [-np.sin(b), 0, np.cos(b)]])
    about_z = np.array([[np.cos(c), -np.sin(c), 0], [np.sin(c), np.cos(c), 0], [0, 0, 1]])
    return about_z @ about_y @ about_x


def turns(rng: np.random.Generator, count: int, tilt: float = 180) -> Array:
    """Random rotations: any heading, a tilt of at most so many degrees about the two other axes."""
    angles = rng.uniform(-1, 1, (count, 3)) * [tilt, tilt, 180]
    return np.array([turn(*row) for row in angles])


def surface(points: Array, closed: bool = False, tint: float | Array = 0.5) -> Shape:
    """A sheet through a grid of points (rows, columns, 3); `closed` joins the last column to the first."""
    rows, columns = points.shape[:2]
    index = np.arange(rows * columns).reshape(rows, columns)
    if closed:
        index = np.concatenate([index, index[:, :1]], axis=1)
    quads = np.stack([index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1]], axis=-1)
    return Shape(points.reshape(-1, 3), quads, tint)


def box(size: Sequence[float], centre: Sequence[float] = (0, 0, 0), tint: float = 0.5) -> Shape:
    corners = np.array([[x, y, z] for z in (-1, 1) for y in (-1, 1) for x in (-1, 1)]) * 0.5
    quads = [[0, 2, 3, 1], [4, 5, 7, 6], [0, 1, 5, 4], [2, 6, 7, 3], [0, 4, 6, 2], [1, 3, 7, 5]]
    return Shape(corners * size + np.asarray(centre), quads, tint)


def _frames(path: Array, up: Sequence[float] | Array) -> tuple[Array, Array, Array]:
    along = np.gradient(path, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True) + 1e-9
    up = np.broadcast_to(np.asarray(up, dtype=float), path.shape)
    side = np.cross(along, up)
    short = np.linalg.norm(side, axis=1, keepdims=True)
    side = np.where(short > 1e-4, side / (short + 1e-9), np.array([1.0, 0, 0]))
    return along, side, np.cross(side, along)


def tube(
    path: Array, radius: float | Array, sides: int = 8, tint: float = 0.5, up: Sequence[float] = (0, 0.02, 1)
) -> Shape:
    """A round rod along a path; `radius` one number or one a point."""
    path = np.asarray(path, dtype=float)
    _, side, over = _frames(path, up)
    angles = np.linspace(0, 2 * np.pi, sides, endpoint=False)
    radius = np.broadcast_to(np.asarray(radius, dtype=float), (len(path),))[:, None, None]
    ring = side[:, None] * np.cos(angles)[None, :, None] + over[:, None] * np.sin(angles)[None, :, None]
    return surface(path[:, None] + ring * radius, closed=True, tint=tint)


def ribbon(path: Array, width: float, thickness: float, normal: Array, tint: float = 0.5) -> Shape:
    """A flat strip along a path, `normal` (n, 3) pointing out of its face; edges slightly rounded."""
    path = np.asarray(path, dtype=float)
    along = np.gradient(path, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True) + 1e-9
    normal = np.broadcast_to(np.asarray(normal, dtype=float), path.shape)
    across = np.cross(normal, along)
    across /= np.linalg.norm(across, axis=1, keepdims=True) + 1e-9
    out = np.cross(along, across)
    profile = np.array(
        [[-0.5, -0.3], [-0.42, -0.5], [0.42, -0.5], [0.5, -0.3], [0.5, 0.3], [0.42, 0.5], [-0.42, 0.5], [-0.5, 0.3]]
    )
    points = (
        path[:, None]
        + across[:, None] * (profile[:, 0] * width)[None, :, None]
        + out[:, None] * (profile[:, 1] * thickness)[None, :, None]
    )
    return surface(points, closed=True, tint=tint)


def ball(segments: int = 12, rings: int = 8, radii: Sequence[float] = (1, 1, 1)) -> Shape:
    theta = np.linspace(0.001, np.pi - 0.001, rings)[:, None]
    phi = np.linspace(0, 2 * np.pi, segments, endpoint=False)[None]
    points = np.stack([np.sin(theta) * np.cos(phi), np.sin(theta) * np.sin(phi), np.cos(theta) + 0 * phi], axis=-1)
    return surface(points * radii, closed=True)


def place(
    name: str,
    shape: Shape,
    material: bpy.types.Material,
    smooth: bool = True,
    bevel: float = 0.0,
    subdivide: int = 0,
) -> bpy.types.Object:
    """The shape as an object of the scene, its random numbers as the attribute `tint`."""
    mesh = bpy.data.meshes.new(name)
    mesh.vertices.add(len(shape.vertices))
    mesh.vertices.foreach_set("co", shape.vertices.ravel())
    mesh.loops.add(shape.quads.size)
    mesh.loops.foreach_set("vertex_index", shape.quads.ravel())
    mesh.polygons.add(len(shape.quads))
    mesh.polygons.foreach_set("loop_start", np.arange(0, shape.quads.size, 4, dtype=np.int32))
    mesh.polygons.foreach_set("use_smooth", np.full(len(shape.quads), smooth))
    mesh.update(calc_edges=True)
    attribute = mesh.attributes.new("tint", "FLOAT", "POINT")
    attribute.data.foreach_set("value", shape.tint)
    mesh.materials.append(material)
    item = bpy.data.objects.new(name, mesh)
    bpy.context.scene.collection.objects.link(item)
    if bevel:
        modifier = item.modifiers.new("edge", "BEVEL")
        modifier.width, modifier.segments, modifier.limit_method = bevel, 2, "ANGLE"
    if subdivide:
        modifier = item.modifiers.new("round", "SUBSURF")
        modifier.levels = modifier.render_levels = subdivide
    return item


# ------------------------------------------------------------------------------------------------- materials


class Paint:
    """A material's node graph, written as expressions. Colours are sRGB hex, as an eye picks them."""

    def __init__(self, name: str) -> None:
        self.material = bpy.data.materials.new(name)
        self.material.use_nodes = True
        self.tree = self.material.node_tree
        self.shader = self.tree.nodes["Principled BSDF"]
        self.output = self.tree.nodes["Material Output"]

    def node(self, kind: str, settings: dict[str, object] | None = None, **inputs: object) -> bpy.types.Node:
        node = self.tree.nodes.new(kind)
        for key, value in (settings or {}).items():
            setattr(node, key, value)
        for key, value in inputs.items():
            self.wire(value, node.inputs[key.replace("_", " ")])
        return node

    def wire(self, value: object, socket: bpy.types.NodeSocket) -> None:
        if isinstance(value, bpy.types.Node):
            value = value.outputs[0]
        if isinstance(value, bpy.types.NodeSocket):
            self.tree.links.new(value, socket)
        elif isinstance(value, str):
            socket.default_value = colour(value)
        else:
            socket.default_value = value

    def set(self, **inputs: object) -> Paint:
        for key, value in inputs.items():
            self.wire(value, self.shader.inputs[key.replace("_", " ")])
        return self

    def where(self, stretch: Sequence[float] = (1, 1, 1), space: str = "Object") -> bpy.types.NodeSocket:
        place_in = self.node("ShaderNodeTexCoord").outputs[space]
        return self.node("ShaderNodeMapping", Vector=place_in, Scale=tuple(stretch)).outputs[0]

    def noise(
        self, scale: float, detail: float = 4, stretch: Sequence[float] = (1, 1, 1), rough: float = 0.55
    ) -> bpy.types.NodeSocket:
        return self.node(
            "ShaderNodeTexNoise", Vector=self.where(stretch), Scale=scale, Detail=detail, Roughness=rough
        ).outputs[0]

    def tint(self) -> bpy.types.NodeSocket:
        return self.node("ShaderNodeAttribute", {"attribute_name": "tint"}).outputs["Fac"]

    def ramp(self, fac: object, *stops: tuple[float, str]) -> bpy.types.NodeSocket:
        node = self.node("ShaderNodeValToRGB", Fac=fac)
        while len(node.color_ramp.elements) < len(stops):
            node.color_ramp.elements.new(0.5)
        for element, (position, value) in zip(node.color_ramp.elements, stops, strict=True):
            element.position, element.color = position, colour(value)
        return node.outputs[0]

    def mix(self, fac: object, a: object, b: object, blend: str = "MIX") -> bpy.types.NodeSocket:
        node = self.node("ShaderNodeMix", {"data_type": "RGBA", "blend_type": blend})
        for value, index in ((fac, 0), (a, 6), (b, 7)):
            self.wire(value, node.inputs[index])
        return node.outputs[2]

    def math(self, operation: str, a: object, b: object = 0.5) -> bpy.types.NodeSocket:
        node = self.node("ShaderNodeMath", {"operation": operation})
        self.wire(a, node.inputs[0])
        self.wire(b, node.inputs[1])
        return node.outputs[0]

    def bump(self, height: object, distance: float, strength: float = 1.0) -> Paint:
        node = self.node("ShaderNodeBump", Height=height, Distance=distance, Strength=strength)
        old = self.shader.inputs["Normal"]
        if old.is_linked:
            self.tree.links.new(old.links[0].from_socket, node.inputs["Normal"])
        self.tree.links.new(node.outputs[0], old)
        return self

    def haze(self, near: float, far: float, air: str, most: float = 1.0, strength: float = 1.0) -> Paint:
        """Air between the camera and what is far away: the shader fades to a colour between two distances."""
        distance = self.node("ShaderNodeCameraData").outputs["View Distance"]
        share = self.node("ShaderNodeMapRange", {"clamp": True})
        for index, value in enumerate((distance, near, far, 0.0, most)):
            self.wire(value, share.inputs[index])
        air_light = self.node("ShaderNodeEmission", Color=air, Strength=strength)
        blended = self.node("ShaderNodeMixShader")
        self.wire(share.outputs[0], blended.inputs[0])
        self.wire(self.shader.outputs[0], blended.inputs[1])
        self.wire(air_light.outputs[0], blended.inputs[2])
        self.wire(blended, self.output.inputs["Surface"])
        return self

    def glow(self, value: str, strength: float) -> Paint:
        return self.set(Base_Color="#000000", Emission_Color=value, Emission_Strength=strength)


def colour(value: str) -> tuple[float, float, float, float]:
    """sRGB hex to the linear light that the renderer counts in."""
    channels = [int(value[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return red, green, blue, 1.0


def plain(name: str, value: str, rough: float = 0.6, **inputs: object) -> Paint:
    return Paint(name).set(Base_Color=value, Roughness=rough, **inputs)


def speckled(name: str, *stops: tuple[float, str], rough: float = 0.5, **inputs: object) -> Paint:
    """Every copy of a scattered shape in its own shade."""
    paint = Paint(name)
    return paint.set(Base_Color=paint.ramp(paint.tint(), *stops), Roughness=rough, **inputs)


# --------------------------------------------------------------------------------------------- camera, light


def empty_scene() -> bpy.types.Scene:
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.world = bpy.data.worlds.new("air")
    scene.world.use_nodes = True
    return scene


def camera(
    eye: Sequence[float],
    target: Sequence[float],
    lens: float,
    focus: Sequence[float] | None = None,
    stop: float = 8.0,
    shift: tuple[float, float] = (0, 0),
) -> None:
    """A camera on 36 mm film; `focus` a point that is sharp, `stop` the aperture number."""
    from mathutils import Vector

    data = bpy.data.cameras.new("camera")
    data.lens, data.shift_x, data.shift_y, data.clip_end = lens, *shift, 5000
    item = bpy.data.objects.new("camera", data)
    item.location = eye
    item.rotation_euler = (Vector(target) - Vector(eye)).to_track_quat("-Z", "Y").to_euler()
    if focus is not None:
        data.dof.use_dof = True
        data.dof.focus_distance = (Vector(focus) - Vector(eye)).length
        data.dof.aperture_fstop = stop
    bpy.context.scene.collection.objects.link(item)
    bpy.context.scene.camera = item


def sun(elevation: float, heading: float, strength: float, value: str = "#fff1dc", size: float = 0.6) -> None:
    """Sunlight from a height and a compass heading, both in degrees (heading 0 is +y, 90 is +x)."""
    data = bpy.data.lights.new("sun", "SUN")
    data.energy, data.angle, data.color = strength, math.radians(size), colour(value)[:3]
    item = bpy.data.objects.new("sun", data)
    item.rotation_euler = (math.radians(90 - elevation), 0, math.radians(180 - heading))
    bpy.context.scene.collection.objects.link(item)


def lamp(place_at: Sequence[float], power: float, value: str, radius: float = 0.1) -> None:
    data = bpy.data.lights.new("lamp", "POINT")
    data.energy, data.color, data.shadow_soft_size = power, colour(value)[:3], radius
    item = bpy.data.objects.new("lamp", data)
    item.location = place_at
    item.visible_glossy = False
    bpy.context.scene.collection.objects.link(item)


def pane(
    place_at: Sequence[float], target: Sequence[float], size: tuple[float, float], power: float, value: str
) -> None:
    """A window or a reflector: a rectangle of light."""
    from mathutils import Vector

    data = bpy.data.lights.new("pane", "AREA")
    data.shape, data.size, data.size_y = "RECTANGLE", *size
    data.energy, data.color = power, colour(value)[:3]
    item = bpy.data.objects.new("pane", data)
    item.location = place_at
    item.rotation_euler = (Vector(target) - Vector(place_at)).to_track_quat("-Z", "Y").to_euler()
    bpy.context.scene.collection.objects.link(item)


def even_sky(value: str, strength: float) -> None:
    background = bpy.context.scene.world.node_tree.nodes["Background"]
    background.inputs[0].default_value = colour(value)
    background.inputs[1].default_value = strength


def clouded_sky(
    elevation: float,
    heading: float,
    strength: float,
    haze: float,
    cloud: str,
    shadow: str,
    cover: float,
    scale: float = 1.6,
) -> None:
    """The sky's own light for a height of the sun, with thin cloud drawn out along the horizon."""
    tree = bpy.context.scene.world.node_tree
    air = tree.nodes.new("ShaderNodeTexSky")
    air.sky_type, air.sun_disc = "NISHITA", False
    air.sun_elevation, air.sun_rotation = math.radians(elevation), math.radians(heading)
    air.dust_density, air.air_density = haze, 1.0
    place_in = tree.nodes.new("ShaderNodeTexCoord")
    stretch = tree.nodes.new("ShaderNodeMapping")
    stretch.inputs["Scale"].default_value = (scale, scale, scale * 5)
    stretch.inputs["Location"].default_value = (3.1, 0.7, 0.2)
    drift = tree.nodes.new("ShaderNodeTexNoise")
    drift.inputs["Scale"].default_value, drift.inputs["Detail"].default_value = 1.4, 9
    drift.inputs["Roughness"].default_value = 0.58
    share = tree.nodes.new("ShaderNodeValToRGB")
    share.color_ramp.elements[0].position, share.color_ramp.elements[1].position = 1 - cover - 0.12, 1 - cover + 0.22
    body = tree.nodes.new("ShaderNodeMix")
    body.data_type = "RGBA"
    body.inputs[6].default_value, body.inputs[7].default_value = colour(shadow), colour(cloud)
    scaled = tree.nodes.new("ShaderNodeMix")
    scaled.data_type = "RGBA"
    tree.links.new(place_in.outputs["Generated"], stretch.inputs[0])
    tree.links.new(stretch.outputs[0], drift.inputs["Vector"])
    tree.links.new(drift.outputs[0], share.inputs[0])
    tree.links.new(share.outputs[0], scaled.inputs[0])
    tree.links.new(share.outputs[0], body.inputs[0])
    dim = tree.nodes.new("ShaderNodeVectorMath")
    dim.operation = "SCALE"
    dim.inputs["Scale"].default_value = strength
    tree.links.new(air.outputs[0], dim.inputs[0])
    tree.links.new(dim.outputs[0], scaled.inputs[6])
    tree.links.new(body.outputs[2], scaled.inputs[7])
    tree.links.new(scaled.outputs[2], tree.nodes["Background"].inputs[0])


# -------------------------------------------------------------------------------------------------- printing


def render(
    name: str, width: int, height: int, samples: int, exposure: float = 0.0, look: str = "AgX - Medium High Contrast"
) -> None:
    """Expose, develop with a trace of grain, and write `../name.jpg`, or a small draft of it to the current folder."""
    draft = "--draft" in sys.argv
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    scene.cycles.device = "CPU"
    scene.cycles.samples = samples // 4 if draft else samples
    scene.cycles.adaptive_threshold = 0.04
    scene.cycles.use_denoising = True
    scene.cycles.denoiser = "OPENIMAGEDENOISE"
    scene.cycles.max_bounces, scene.cycles.seed = 8, 11
    scene.cycles.sample_clamp_indirect = 6
    scene.render.resolution_x, scene.render.resolution_y = width, height
    scene.render.resolution_percentage = 33 if draft else 100
    scene.view_settings.view_transform = "AgX"
    scene.view_settings.look = look
    scene.view_settings.exposure = exposure
    negative = Path.cwd() / f"{name}-negative.png"
    scene.render.filepath = str(negative)
    bpy.ops.render.render(write_still=True)
    picture = Image.open(negative).convert("RGB")
    picture = picture.filter(ImageFilter.UnsharpMask(radius=1.1, percent=55, threshold=2))
    grain = np.random.default_rng(11).normal(0, 2.2, (picture.height, picture.width, 1))
    picture = Image.fromarray(np.clip(np.asarray(picture, dtype=float) + grain, 0, 255).astype(np.uint8))
    if draft:
        picture.save(Path.cwd() / f"{name}-draft.png")
    else:
        picture.save(PICTURES / f"{name}.jpg", quality=92, subsampling=0, optimize=True, dpi=(300, 300))
        negative.unlink()
