"""Pouches: sterile packs, wipes, gloves. A pillow of film on non-woven with sealed edges."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from resilience.plant.shapes.mesh import Floats, Mesh, join, sheet, slab
from resilience.plant.shapes.model import Model, makes
from resilience.plant.shapes.prints import pouch_print
from resilience.plant.specs import Spec

Plan = tuple[float, float, float]  # length, width and shift of the filled part, metres


def _pillow(x: Floats, z: Floats, length: float, width: float, shift: float) -> Floats:
    """Relative height 0..1 of a filled pouch over its plan, the filling moved along x by `shift`."""
    sharp = 2.6
    u, v = np.clip(np.abs(2 * (x - shift) / length), 0, 1), np.clip(np.abs(2 * z / width), 0, 1)
    height: Floats = (1 - u**sharp) ** 0.75 * (1 - v**sharp) ** 0.62
    return height


def _creases(x: Floats, z: Floats, length: float, width: float, shift: float) -> Floats:
    """Wrinkles that run in from the seals, strongest half way up the slope."""
    x = x - shift
    rim = np.maximum(np.abs(2 * x / length), np.abs(2 * z / width))
    angle = np.arctan2(z / width, x / length)
    waves = np.sin(17 * angle + 1.3) + 0.6 * np.sin(29 * angle + 0.4 + 3 * rim) + 0.4 * np.sin(41 * angle)
    result: Floats = waves * np.clip(rim - 0.35, 0, 1) * np.clip(1.02 - rim, 0, 1) * 4
    return result


def pouch(
    length: float,
    width: float,
    height: float,
    pillow: Plan,
    base: float,
    grid: tuple[int, int],
    wrinkle: float,
) -> tuple[Mesh, Mesh]:
    """Upper and lower skin of a pouch lying in xz; `pillow` is the plan of the filled part."""
    across, along = grid
    u = np.linspace(-1, 1, across + 1)
    v = np.linspace(-1, 1, along + 1)
    # more points where the pillow meets the seal
    u, v = np.sign(u) * (1 - (1 - np.abs(u)) ** 1.15), np.sign(v) * (1 - (1 - np.abs(v)) ** 1.15)
    x, z = (a.ravel() for a in np.meshgrid(u * length / 2, v * width / 2))
    rise = _pillow(x, z, *pillow)
    top = base + (height - base) * rise + wrinkle * _creases(x, z, *pillow) * (rise > 0.02)
    top = np.minimum(np.maximum(top, base * 0.9), height)
    ripple = 0.0014 * np.sin(38 * x + 5) * np.sin(31 * z + 2) * (rise <= 0.02)
    bottom = base * 0.55 * (1 - np.clip(rise * 3, 0, 1))
    grid_mesh = sheet(length, width, across, along).turned("x", -90)
    upper = Mesh(np.stack([x, top + np.abs(ripple), -z], axis=1), grid_mesh.faces)
    lower = Mesh(np.stack([x, bottom + np.abs(ripple) * 0.9, -z], axis=1), grid_mesh.faces[:, ::-1])
    return upper, lower


def _tape(x: list[float], z: list[float], surface: tuple[float, float, float, Plan], lift: float) -> Mesh:
    """A patch that lies on a pillow, uv 0..1 (u along x, v towards -z)."""
    height, base, wrinkle, pillow = surface
    columns, rows = 8, 5
    patch = sheet(1, 1, columns, rows)
    assert patch.uv is not None
    px = x[0] + (x[1] - x[0]) * patch.uv[:, 0]
    pz = z[1] + (z[0] - z[1]) * patch.uv[:, 1]
    top = base + (height - base) * _pillow(px, pz, *pillow) + wrinkle * _creases(px, pz, *pillow)
    return Mesh(np.stack([px, np.minimum(top, height) + lift, pz], axis=1), patch.faces, patch.uv)


def _laid(shape: Mesh, z: float, surface: tuple[float, float, float, Plan], lift: float) -> Mesh:
    """A flat print laid on a pillow, its middle at x = 0 and `z`, its upper edge towards -z."""
    height, base, wrinkle, pillow = surface
    x, away = shape.points[:, 0], z - shape.points[:, 1]
    top = base + (height - base) * _pillow(x, away, *pillow) + wrinkle * _creases(x, away, *pillow)
    return Mesh(np.stack([x, np.minimum(top, height) + lift + shape.points[:, 2], away], axis=1), shape.faces)


@makes("pack", loose=("wrap", "outer"))
def pack(spec: Spec) -> Model:
    """Peel pouch: non-woven above, clear film below, chevron seal at the peel end (+x)."""
    model, d = Model("pack", reach=0.05, floor=True), spec.dimension
    length, height, width = spec.size
    pillow = (d("pillow_length"), d("pillow_width"), d("pillow_shift"))
    upper, _ = pouch(length, width, height, pillow, 0.004, (24, 14), 0.0022)
    _, lower = pouch(length, width, height, pillow, 0.004, (10, 6), 0.0022)
    rim = _flat(upper, pillow)
    model.add("outer", Mesh(upper.points, upper.faces[~rim]), "matt", "tyvek", crease=60)
    model.add("outer", Mesh(upper.points, upper.faces[rim]), "satin", "film", crease=60)
    model.add("outer", lower, "satin", "film", crease=60)
    model.add("outer", _chevron(spec), "matt", "seal", crease=180, occluded=False)
    surface = (height, 0.004, 0.0022, pillow)
    dot = _tape([-0.104, -0.092], [-0.006, 0.006], surface, 0.0016)
    model.add("outer", Mesh(dot.points, dot.faces), "matt", "green", occluded=False)
    half, deep = d("label_length") / 2, d("label_width") / 2
    label = _tape([pillow[2] - half, pillow[2] + half], [-deep, deep], surface, 0.0008)
    model.add("label", label, "screen", "paper", crease=180, occluded=False)
    _wrap(model, spec)
    return model


def _flat(skin: Mesh, pillow: Plan) -> NDArray[np.bool_]:
    """The triangles outside the filled part, where film lies on film."""
    cells = skin.points[skin.faces].reshape(-1, 6, 3).mean(axis=1)  # two triangles make a cell of the grid
    flat: NDArray[np.bool_] = np.repeat(_pillow(cells[:, 0], cells[:, 2], *pillow) <= 0.05, 2)
    return flat


def _chevron(spec: Spec) -> Mesh:
    """The seal: a band along three edges and the V at the peel end, printed slightly darker."""
    d = spec.dimension
    length, width = spec.size[0], spec.size[2]
    seal, deep = d("seal"), d("chevron")
    end = length / 2 - 0.010
    bands = []
    for side in (-1, 1):
        bands.append(
            [
                (end - deep, side * width / 2 * 0.96),
                (end, 0.0),
                (end - 0.011, 0.0),
                (end - deep - 0.011, side * width / 2 * 0.96),
            ]
        )
        bands.append(
            [
                (-length / 2 + 0.004, side * (width / 2 - 0.002)),
                (end - deep, side * (width / 2 - 0.002)),
                (end - deep, side * (width / 2 - 0.002 - seal * 0.5)),
                (-length / 2 + 0.004, side * (width / 2 - 0.002 - seal * 0.5)),
            ]
        )
    bands.append(
        [
            (-length / 2 + 0.003, -width / 2 + 0.004),
            (-length / 2 + 0.003, width / 2 - 0.004),
            (-length / 2 + 0.003 + seal, width / 2 - 0.004),
            (-length / 2 + 0.003 + seal, -width / 2 + 0.004),
        ]
    )
    return join([_band(band) for band in bands])


def _band(corners: list[tuple[float, float]], y: float = 0.0068) -> Mesh:
    """A flat strip of four corners (x, z), divided along its length, facing up."""
    a, b, c, e = (np.array([x, y, z]) for x, z in corners)
    steps = 5
    near = [a + (b - a) * t for t in np.linspace(0, 1, steps + 1)]
    far = [e + (c - e) * t for t in np.linspace(0, 1, steps + 1)]
    points = np.asarray([*near, *far])
    faces = []
    for n in range(steps):
        faces += [(n, n + 1, n + steps + 2), (n, n + steps + 2, n + steps + 1)]
    strip = Mesh(points, np.asarray(faces, dtype=np.int64))
    first = strip.points[strip.faces[0]]
    return strip if np.cross(first[1] - first[0], first[2] - first[0])[1] > 0 else strip.flipped()


def _wrap(model: Model, spec: Spec) -> None:
    """The opened pouch: lower skin crumpled, upper skin peeled back over it."""
    length, _, width = spec.size
    columns, rows = 10, 6
    flat = sheet(1, 1, columns, rows)
    assert flat.uv is not None
    u, v = 2 * flat.uv[:, 0] - 1, 2 * flat.uv[:, 1] - 1
    crumple = 0.006 * np.sin(7 * u + 3 * v) * np.sin(5 * v - 2 * u + 1) + 0.004 * np.sin(13 * u - 4 * v)
    lower = 0.012 + crumple + 0.020 * u**2 + 0.012 * v**2
    x = u * length * 0.47
    z = v * width * (0.46 - 0.05 * u**2)
    base = Mesh(np.stack([x, np.maximum(lower, 0.001), -z], axis=1), flat.turned("x", -90).faces)
    # peeled back: starts at the closed end (-x) and rolls over
    run = (u + 1) / 2
    roll = np.clip((run - 0.35) / 0.65, 0, 1) * np.pi * 0.95
    px = (
        -length * 0.46
        + np.minimum(run, 0.35) * length * 0.9
        + 0.030 * np.sin(roll)
        - 0.06 * np.clip(roll - np.pi / 2, 0, 9)
    )
    py = 0.028 + 0.018 * np.minimum(run, 0.35) + 0.018 * (1 - np.cos(roll)) + crumple * 0.7
    peeled = Mesh(np.stack([px, np.minimum(py, 0.0715), -z * 0.97], axis=1), flat.turned("x", -90).faces)
    for skin, material, colour in ((base, "satin", "film"), (peeled, "matt", "tyvek")):
        model.add("wrap", skin, material, colour, crease=180)
        lining = Mesh(skin.points - [0, 0.0006, 0], skin.faces[:, ::-1])
        model.add("wrap", lining, material, colour, crease=180, occluded=False)


@makes("wipes", loose=("wipe",))
def wipes(spec: Spec) -> Model:
    model, d = Model("wipes", reach=0.05, floor=True), spec.dimension
    length, width = spec.size[0], spec.size[2]
    pillow = (length - 0.010, width - 0.028, 0.0)
    upper, lower = pouch(length, width, d("pillow_height"), pillow, 0.003, (14, 16), 0.0011)
    model.add("body", upper, "satin", "film", crease=60)
    model.add("body", lower, "satin", "film", crease=60)
    ends = [
        _band(
            [
                (-length / 2, s * (width / 2 - 0.001)),
                (length / 2, s * (width / 2 - 0.001)),
                (length / 2, s * (width / 2 - 0.011)),
                (-length / 2, s * (width / 2 - 0.011)),
            ],
            0.0052,
        )
        for s in (-1, 1)
    ]
    model.add("body", ends, "satin", "accent")
    flap = slab((0.078, 0.0015, 0.060), 0.010, 0.0005).moved(0, d("pillow_height") - 0.0008, -0.040)
    model.add("body", flap, "satin", "accent")
    surface = (d("pillow_height"), 0.003, 0.0011, pillow)
    plate = _tape([-0.045, 0.045], [0.012, 0.067], surface, 0.0009)
    model.add("label", Mesh(plate.points, plate.faces), "matt", "paper", crease=180, occluded=False)
    for shape, colour in pouch_print(0.090, 0.055):
        model.add("label", _laid(shape, 0.0395, surface, 0.0019), "matt", colour, crease=180, occluded=False)
    model.add("wipe", _wipe(spec.size[1], d("wipe_side") * 0.5), "matt", "paper", crease=180)
    return model


def _wipe(top: float, side: float) -> Mesh:
    """A folded wipe drawn half way out of the pouch."""
    flat = sheet(1, 1, 8, 8)
    assert flat.uv is not None
    u, v = 2 * flat.uv[:, 0] - 1, 2 * flat.uv[:, 1] - 1
    peak = np.exp(-2.2 * (u**2 + 0.7 * v**2))
    y = 0.0385 + (top - 0.0385) * peak + 0.0016 * np.sin(6 * u + 2) * np.sin(5 * v) * (1 - peak)
    front = Mesh(
        np.stack([u * side * 0.5, np.minimum(y, top), -v * side * 0.55 - 0.042], axis=1), flat.turned("x", -90).faces
    )
    return join([front, Mesh(front.points - [0, 0.0007, 0], front.faces[:, ::-1])])


@makes("glove-pack")
def glove_pack(spec: Spec) -> Model:
    model, d = Model("glove-pack", reach=0.03, floor=True), spec.dimension
    length, height, width = spec.size
    pillow = (length - 0.014, width - 0.020, 0.0)
    upper, _ = pouch(length, width, height, pillow, 0.003, (10, 14), 0.0007)
    _, lower = pouch(length, width, height, pillow, 0.003, (5, 7), 0.0007)
    model.add("outer", upper, "matt", "tyvek", crease=60)
    model.add("outer", lower, "satin", "film", crease=60)
    ends = [
        _band(
            [
                (-length / 2, s * (width / 2 - 0.001)),
                (length / 2, s * (width / 2 - 0.001)),
                (length / 2, s * (width / 2 - 0.010)),
                (-length / 2, s * (width / 2 - 0.010)),
            ],
            0.0052,
        )
        for s in (-1, 1)
    ]
    model.add("outer", ends, "matt", "nitrile")
    half, deep = d("label_length") / 2, d("label_width") / 2
    model.add(
        "label",
        _tape([-half, half], [0.025 - deep, 0.025 + deep], (height, 0.003, 0.0007, pillow), 0.0008),
        "screen",
        "paper",
        crease=180,
        occluded=False,
    )
    return model
