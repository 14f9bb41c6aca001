"""The light of a room by path tracing (Cycles), and what metals mirror: pictures beside the models.

Runs in an environment of its own (`scripts/bake` makes it): Blender's module needs Python 3.11. Never imported by the
product. Seed, samples and tile order are fixed, so one machine gives the same picture again; another processor may
round differently, which is why the pictures are compared by value and not by byte.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import bpy
import numpy as np
from PIL import Image

from resilience.plant.light.scene import Placed, furnished
from resilience.plant.shapes.palette import MATERIALS, linear

SIDE = 384  # texels of a room's light: some 3 cm on the walls of a chamber
SAMPLES = 32  # a texel; the noise that is left is taken out afterwards
MARGIN = 8  # texels by which islands are widened before the noise is taken out
BRIGHT = 0.62  # what a white floor would show, on average, at the exposure chosen
RANGE = 2.0  # the light that the brightest value of a picture stands for
LAMP = 12.0  # emission of a lamp relative to its colour; only its share of the exposure matters
Block = tuple[tuple[float, float, float], tuple[float, float, float], str, float]  # middle, size, colour, glow
STUDIO = (256, 128)  # of the picture that metals mirror
QUALITY = 92


def bake(kind: str, folder: Path, side: int = SIDE, samples: int = SAMPLES) -> dict[str, Any]:
    """Bake one room into `<kind>.webp`; returns what the report says of it."""
    started = time.perf_counter()
    _empty(samples)
    things = furnished(kind)
    shell = things[0]
    room = _mesh(shell.only(shell.baked), baked=True)
    for thing in (shell.only(shell.away), *things[1:]):
        _mesh(thing)
    picture = bpy.data.images.new("light", side, side, alpha=True, float_buffer=True)
    for slot in room.material_slots:
        nodes = slot.material.node_tree.nodes
        target = nodes.new("ShaderNodeTexImage")
        target.image = picture
        nodes.active = target
    _choose(room)
    bpy.ops.object.bake(
        type="DIFFUSE", pass_filter={"DIRECT", "INDIRECT"}, margin=MARGIN, margin_type="EXTEND", use_clear=True
    )
    raw = np.array(picture.pixels[:], dtype=np.float32).reshape(side, side, 4)
    light = _denoised(raw, side, side)
    floor = shell.floor_level(light)
    exposure = BRIGHT / max(floor, 1e-6)
    size = _write(light * exposure, folder / f"{kind}.webp")
    return {
        "bytes": size,
        "exposure": round(float(exposure), 4),
        "range": RANGE,
        "samples": samples,
        "seconds": round(time.perf_counter() - started, 1),
        "side": side,
        "things": len(things) - 1,
    }


def studio(folder: Path, samples: int = 64) -> dict[str, Any]:
    """What polished metal mirrors: a bright room of strip lights with dark and light edges, seen all round."""
    started = time.perf_counter()
    _empty(samples)
    scene = bpy.context.scene
    boxes: list[Block] = [
        ((0, 0, -1.6), (8, 8, 0.02), "floor", 0.0),
        ((0, 0, 1.6), (8, 8, 0.02), "ceiling", 0.0),
        ((4, 0, 0), (0.02, 8, 3.2), "wall", 0.0),
        ((-4, 0, 0), (0.02, 8, 3.2), "wall", 0.0),
        ((0, 4, 0), (8, 0.02, 3.2), "wall", 0.0),
        ((0, -4, 0), (8, 0.02, 3.2), "wall", 0.0),
    ]
    boxes += [((x, y, 1.57), (1.6, 0.4, 0.02), "lamp", LAMP) for x in (-2.2, 0.0, 2.2) for y in (-2.4, -0.8, 0.8, 2.4)]
    # dark uprights and a dark bench give edges to mirror: without them steel looks like glass
    boxes += [((x, y, -0.2), (0.35, 0.35, 2.8), "mid", 0.0) for x in (-3.6, 3.6) for y in (-3.6, 3.6, 0.0)]
    boxes += [((0, 3.4, -1.1), (5.0, 0.7, 0.9), "steel_dark", 0.0), ((0, -3.5, -0.6), (1.1, 0.2, 2.0), "dark", 0.0)]
    for at, size, colour, glow in boxes:
        bpy.ops.mesh.primitive_cube_add(size=1, location=at)
        block = bpy.context.object
        block.scale = size
        block.data.materials.append(_plain(colour, glow))
    camera = bpy.data.objects.new("eye", bpy.data.cameras.new("eye"))
    scene.collection.objects.link(camera)
    camera.data.type = "PANO"
    camera.data.panorama_type = "EQUIRECTANGULAR"
    camera.rotation_euler = (np.pi / 2, 0, 0)
    scene.camera = camera
    light = _denoised(_rendered(*STUDIO), *STUDIO)
    exposure = 0.6 / float(light.mean())
    written = _write(light * exposure, folder / "studio.webp")
    return {
        "bytes": written,
        "exposure": round(exposure, 4),
        "range": RANGE,
        "samples": samples,
        "seconds": round(time.perf_counter() - started, 1),
        "side": STUDIO[0],
    }


def _empty(samples: int) -> None:
    """A scene with nothing in it, set for the same result every time."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    scene.cycles.device = "CPU"
    scene.cycles.samples = samples
    scene.cycles.seed = 7
    scene.cycles.use_adaptive_sampling = False
    scene.cycles.use_denoising = False
    scene.cycles.max_bounces = 6
    scene.cycles.diffuse_bounces = 5
    scene.cycles.caustics_reflective = scene.cycles.caustics_refractive = False
    scene.render.threads_mode = "FIXED"
    scene.render.threads = 2
    scene.view_settings.view_transform = "Raw"
    world = bpy.data.worlds.new("dark")
    scene.world = world


def _mesh(thing: Placed, baked: bool = False) -> Any:
    """A thing as a mesh object: Blender has z up."""
    data = bpy.data.meshes.new(thing.kind)
    points = np.stack([thing.points[:, 0], -thing.points[:, 2], thing.points[:, 1]], axis=1)
    data.from_pydata(points.tolist(), [], thing.faces.tolist())
    names = sorted({*thing.materials})
    for name in names:
        data.materials.append(_material(name))
    data.polygons.foreach_set("material_index", np.array([names.index(m) for m in thing.materials], dtype=np.int32))
    colour = data.color_attributes.new("colour", "FLOAT_COLOR", "POINT")
    colour.data.foreach_set("color", thing.colours.astype(np.float32).ravel())
    if baked:
        layer = data.uv_layers.new(name="light")
        layer.data.foreach_set("uv", thing.light[thing.faces.ravel()].astype(np.float32).ravel())
    data.update()
    item = bpy.data.objects.new(thing.kind, data)
    bpy.context.scene.collection.objects.link(item)
    return item


def _material(name: str) -> Any:
    """A material of the palette, coloured by its vertices."""
    made = bpy.data.materials.new(name)
    made.use_nodes = True
    nodes, links = made.node_tree.nodes, made.node_tree.links
    shader = nodes["Principled BSDF"]
    source = nodes.new("ShaderNodeVertexColor")
    source.layer_name = "colour"
    links.new(source.outputs["Color"], shader.inputs["Base Color"])
    material = MATERIALS[name]
    shader.inputs["Roughness"].default_value = max(material.roughness, 0.3)
    shader.inputs["Metallic"].default_value = min(material.metallic, 0.6)
    if material.emissive:
        links.new(source.outputs["Color"], shader.inputs["Emission Color"])
        shader.inputs["Emission Strength"].default_value = LAMP
    return made


def _plain(colour: str, glow: float) -> Any:
    made = bpy.data.materials.new(colour)
    made.use_nodes = True
    shader = made.node_tree.nodes["Principled BSDF"]
    shader.inputs["Base Color"].default_value = [float(v) for v in linear(colour)]
    shader.inputs["Roughness"].default_value = 0.6
    if glow:
        shader.inputs["Emission Color"].default_value = (1.0, 1.0, 1.0, 1.0)
        shader.inputs["Emission Strength"].default_value = glow
    return made


def _choose(item: Any) -> None:
    for other in bpy.context.scene.objects:
        other.select_set(other is item)
    bpy.context.view_layer.objects.active = item


def _rendered(width: int, height: int) -> Any:
    """The scene as its camera sees it, linear light (height, width, 4)."""
    scene = bpy.context.scene
    scene.render.resolution_x, scene.render.resolution_y, scene.render.resolution_percentage = width, height, 100
    scene.render.image_settings.file_format = "OPEN_EXR"
    scene.render.image_settings.color_depth = "32"
    path = Path(bpy.app.tempdir) / "picture.exr"
    scene.render.filepath = str(path)
    bpy.ops.render.render(write_still=True)
    picture = bpy.data.images.load(str(path))
    return np.array(picture.pixels[:], dtype=np.float32).reshape(height, width, 4)


def _denoised(pixels: Any, width: int, height: int) -> Any:
    """Without noise (Open Image Denoise, by way of the compositor); light alone, (height, width, 3)."""
    scene = bpy.context.scene
    source = bpy.data.images.new("noisy", width, height, alpha=True, float_buffer=True)
    source.pixels.foreach_set(np.ascontiguousarray(pixels, dtype=np.float32).ravel())
    source.update()
    tree = bpy.data.node_groups.new("denoise", "CompositorNodeTree")
    scene.compositing_node_group = tree
    tree.interface.new_socket("Image", in_out="OUTPUT", socket_type="NodeSocketColor")
    image, clean, out = (
        tree.nodes.new(f"{n}") for n in ("CompositorNodeImage", "CompositorNodeDenoise", "NodeGroupOutput")
    )
    image.image = source
    tree.links.new(image.outputs["Image"], clean.inputs["Image"])
    tree.links.new(clean.outputs["Image"], out.inputs["Image"])
    if scene.camera is None:
        scene.camera = bpy.data.objects.new("still", bpy.data.cameras.new("still"))
        scene.collection.objects.link(scene.camera)
    for item in scene.objects:
        item.hide_render = item.type != "CAMERA"
    scene.cycles.samples = 1
    result = _rendered(width, height)
    return result[:, :, :3]


def _write(light: Any, path: Path) -> int:
    """Eight bits a channel in sRGB's curve, `RANGE` the brightest; the first row of the picture is the top."""
    share = np.clip(light / RANGE, 0, 1)
    curve = np.where(share <= 0.0031308, 12.92 * share, 1.055 * np.maximum(share, 1e-9) ** (1 / 2.4) - 0.055)
    bytes_ = np.round(curve * 255).astype(np.uint8)[::-1]
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(bytes_).save(path, "WEBP", quality=QUALITY, method=6)
    return path.stat().st_size
