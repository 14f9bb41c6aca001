"""Hygienic pipework: tube, clamps, valves, hoses, lagged lines. A fitting lies along y through the origin, its handle
or actuator towards +z; `placed` brings it to where it belongs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from resilience.plant.shapes.mesh import Floats, Mesh, join, lathe, loft, mesh
from resilience.plant.shapes.model import Model
from resilience.plant.shapes.sweep import tube

Point = Sequence[float] | Floats
Bit = tuple[Mesh, str, str]  # shape, material, colour
Bits = list[Bit]

UP = (0.0, 1.0, 0.0)
FRONT = (0.0, 0.0, 1.0)
SMOOTH = 62.0  # degrees between the sides of what is shaded round


@dataclass
class Assembly(Model):
    """A model of many turned and bent parts: edges up to `SMOOTH` look round, so that a tube may have six sides."""

    def add(
        self,
        part: str,
        shape: Mesh | Sequence[Mesh],
        material: str,
        colour: str,
        alpha: float = 1.0,
        crease: float = SMOOTH,
        occluded: bool = True,
        longest: float = 0.0,
        baked: bool = False,
    ) -> None:
        super().add(part, shape, material, colour, alpha, crease, occluded, longest, baked)


def placed(shape: Mesh, at: Point = (0, 0, 0), along: Point = UP, facing: Point = FRONT) -> Mesh:
    """The shape with its y axis along `along` and its z axis as near to `facing` as that allows, moved to `at`."""
    y = np.asarray(along, dtype=float)
    y = y / np.linalg.norm(y)
    z = np.asarray(facing, dtype=float)
    z = z - y * np.dot(y, z)
    if np.linalg.norm(z) < 1e-6:  # any direction square to the axis will do
        z = np.cross(y, (1.0, 0.0, 0.0) if abs(y[0]) < 0.9 else (0.0, 0.0, 1.0))
    z = z / np.linalg.norm(z)
    turn = np.stack([np.cross(y, z), y, z], axis=1)
    return Mesh(shape.points @ turn.T + np.asarray(at, dtype=float), shape.faces, shape.uv)


def shifted(point: Point, x: float = 0.0, y: float = 0.0, z: float = 0.0) -> Floats:
    """The point moved by some metres."""
    moved: Floats = np.asarray(point, dtype=float) + np.array([x, y, z])
    return moved


def put(
    model: Model,
    part: str,
    bits: Iterable[Bit],
    at: Point = (0, 0, 0),
    along: Point = UP,
    facing: Point = FRONT,
    occluded: bool = True,
) -> None:
    """Add a fitting to a part of a model."""
    for shape, material, colour in bits:
        model.add(part, placed(shape, at, along, facing), material, colour, occluded=occluded)


def at_each(bits: Bits, places: Iterable[Point], along: Point = UP, facing: Point = FRONT) -> Bits:
    """The same fitting at several places."""
    return [(placed(shape, at, along, facing), m, c) for at in places for shape, m, c in bits]


def brick(size: Sequence[float], centre: Sequence[float] = (0, 0, 0)) -> Mesh:
    """A box of twelve triangles, for what is too small for its edges to be seen."""
    x, y, z = (side / 2 for side in size)
    points = [(sx * x, sy * y, sz * z) for sx in (-1, 1) for sy in (-1, 1) for sz in (-1, 1)]
    quads = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]
    faces = [t for a, b, c, d in quads for t in ((a, b, c), (a, c, d))]
    return mesh(points, faces).moved(*centre)


def bar(size: Sequence[float], centre: Sequence[float] = (0, 0, 0), ease: float = 0.003) -> Mesh:
    """A box whose four long edges are eased and whose ends are open, for frames: its ends meet other bars."""
    along = max(range(3), key=lambda axis: size[axis])
    a, b = ((1, 2), (2, 0), (0, 1))[along]
    u, v = size[a] / 2, size[b] / 2
    ring = [(u, v - ease), (u - ease, v), (ease - u, v), (-u, v - ease), (-u, ease - v), (ease - u, -v), (u - ease, -v)]
    ring.append((u, ease - v))
    rings = []
    for end in (-0.5, 0.5):
        points = np.zeros((8, 3))
        points[:, along] = end * size[along]
        points[:, a], points[:, b] = np.asarray(ring).T
        rings.append(points)
    return loft(rings, cap_start=False, cap_end=False).moved(*centre)


def disc(radius: float, low: float, high: float, segments: int = 12, ease: float = 0.0) -> Mesh:
    """A closed cylinder about y, its rims eased."""
    if ease <= 0:
        return lathe([(0, low), (radius, low), (radius, high), (0, high)], segments)
    rim = radius - ease
    return lathe([(0, low), (rim, low), (radius, low + ease), (radius, high - ease), (rim, high), (0, high)], segments)


def pipe(path: Sequence[Point], diameter: float, bend: float | None = None, segments: int = 0) -> Mesh:
    """Polished tube along a path; bends of 1.5 diameters where nothing else is said (DIN 11852: r about 1.5 d)."""
    if not segments:
        segments = 6 if diameter < 0.03 else 8 if diameter < 0.06 else 10
    return tube(bent(path, 1.5 * diameter if bend is None else bend), diameter / 2, segments, caps=False)


def bent(path: Sequence[Point], reach: float, steps: int = 2) -> list[Floats]:
    """The path with its corners rounded in `steps` pieces, from and to `reach` before and after each corner."""
    line = [np.asarray(point, dtype=float) for point in path]
    if reach <= 0:
        return line
    result = [line[0]]
    for before, corner, after in zip(line, line[1:], line[2:], strict=False):
        one, two = before - corner, after - corner
        near = min(reach, float(np.linalg.norm(one)) / 2.01, float(np.linalg.norm(two)) / 2.01)
        start, end = corner + one / np.linalg.norm(one) * near, corner + two / np.linalg.norm(two) * near
        turns = np.linspace(0, 1, steps + 1)
        result += [(1 - t) ** 2 * start + 2 * t * (1 - t) * corner + t**2 * end for t in turns]
    return [*result, line[-1]]


def ferrule(diameter: float) -> float:
    """Outer diameter of the ferrule of a hygienic clamp for a tube, metres (ISO 2852; ASME BPE for the small ones)."""
    for tube_od, rim in ((0.0127, 0.025), (0.0381, 0.0505), (0.0508, 0.064), (0.0635, 0.0775), (0.0762, 0.091)):
        if diameter <= tube_od + 1e-4:
            return rim
    return 0.119


def clamp(diameter: float, segments: int = 0) -> Bits:
    """A hygienic clamp joint about y: two ferrules, gasket, the clamp's ring with its wing nut towards +z."""
    rim, tube_r = ferrule(diameter) / 2, diameter / 2
    band = rim + 0.005
    small = diameter < 0.03
    segments = segments or (6 if small else 9)
    width = 0.016 if diameter > 0.02 else 0.012
    ring = lathe(
        [(tube_r, -width * 0.8), (band, -width / 2), (band, width / 2), (tube_r, width * 0.8)],
        segments,
    )
    nut = [] if small else [brick((0.022, width * 0.7, 0.020), (0.003, 0, band + 0.006))]
    return [(join([ring, *nut]), "steel", "steel")]


def diaphragm_valve(diameter: float, driven: bool = False, colour: str = "blue", segments: int = 10) -> Bits:
    """A diaphragm valve in a line along y: forged body, bonnet towards +z with a handwheel or an air actuator."""
    d, half = diameter, diameter * 1.35 + 0.012
    if driven and d < 0.015:  # one of a block of many
        block = brick((d * 1.5, half * 1.5, d * 1.3), (0, 0, 0))
        body = disc(d * 1.05, d * 0.6, d * 3.2, 8).turned("x", 90)
        return [
            (join([block, disc(d / 2, -half, half, 6)]), "steel", "steel"),
            (body, "satin", "white"),
            (disc(d * 0.5, d * 3.2, d * 3.6, 6).turned("x", 90), "satin", colour),
        ]
    barrel = lathe(
        [
            (d / 2, -half),
            (d * 0.54, -half * 0.62),
            (d * 0.66, -half * 0.4),
            (d * 0.66, half * 0.4),
            (d * 0.54, half * 0.62),
        ],
        segments - 2,
    )
    side = d * 1.9 + 0.008
    tail = lathe([(d * 0.54, half * 0.62), (d / 2, half)], segments - 2)
    steel = [barrel, tail, brick((side, side, 0.009), (0, 0, d * 0.62))]
    rise = d * 0.62 + 0.004
    if driven:
        r, tall = d * 1.02 + 0.006, d * 2.3 + 0.018
        body = lathe(
            [(r, rise), (r, rise + tall * 0.76), (r * 0.66, rise + tall * 0.9), (0, rise + tall * 0.9)],
            segments,
        ).turned("x", 90)
        top = rise + tall
        cap = lathe([(r * 0.36, top - tall * 0.1), (r * 0.36, top), (0, top)], 7).turned("x", 90)
        port = brick((r * 0.5, 0.007, 0.007), (r * 1.15, 0, rise + tall * 0.3))
        return [
            (join(steel), "steel", "steel"),
            (body, "satin", "white"),
            (cap, "satin", colour),
            (port, "steel", "steel"),
        ]
    stem = lathe([(d * 0.55, rise), (d * 0.3, rise + d * 0.9)], segments - 2).turned("x", 90)
    wheel_at, r = rise + d * 0.9, d * 0.85 + 0.008
    wheel = lathe(
        [(0, wheel_at), (r, wheel_at + 0.003), (r, wheel_at + 0.012), (0, wheel_at + 0.02)],
        9,
    ).turned("x", 90)
    return [(join([*steel, stem]), "steel", "steel"), (wheel, "satin", colour)]


def ball_valve(diameter: float, colour: str = "blue", closed: bool = False) -> Bits:
    """A ball valve in a line along y with a lever on its +z side: along the line when open, across it when closed."""
    d = diameter
    body = lathe([(d * 0.62, -d * 1.3), (d * 0.85, -d * 0.9), (d * 0.85, d * 0.9), (d * 0.62, d * 1.3)], 8)
    stem = brick((d * 0.4, d * 0.4, d * 0.8), (0, 0, d))
    lever = brick((d * 0.55, d * 4.2 + 0.02, 0.006), (0, d * 1.9, d * 1.35))
    sleeve = brick((d * 0.7, d * 2.6, 0.011), (0, d * 2.7, d * 1.35))
    turn = 90.0 if closed else 0.0
    return [
        (join([body, stem, lever.turned("z", turn)]), "steel", "steel"),
        (sleeve.turned("z", turn), "satin", colour),
    ]


def check_valve(diameter: float) -> Bits:
    """A non-return valve in a line along y, with its union nuts."""
    d = diameter
    body = lathe([(d * 0.6, -d), (d * 0.95, -d * 0.6), (d * 0.95, d * 0.6), (d * 0.6, d)], 8)
    return [(body, "steel", "steel_dark")]


def hose(path: Sequence[Point], diameter: float, bend: float = 0.06, segments: int = 6) -> Mesh:
    """Flexible tubing that hangs in wide bends."""
    return tube(bent(path, bend), diameter / 2, segments, caps=False)


def lagged(path: Sequence[Point], diameter: float, bend: float = 0.10, segments: int = 8) -> Bits:
    """An insulated line in its metal cladding, with a band at each end and about every 0.6 m."""
    line = [np.asarray(point, dtype=float) for point in path]
    bits: Bits = [(tube(bent(line, bend), diameter / 2, segments, caps=False), "steel", "aluminium")]
    band = lathe([(diameter / 2 + 0.002, -0.009), (diameter / 2 + 0.002, 0.009)], segments)
    for start, end in pairwise(line):
        length = float(np.linalg.norm(end - start))
        for share in np.linspace(0, 1, max(1, round(length / 0.6)) + 2)[1:-1]:
            bits.append((placed(band, start + (end - start) * share, end - start), "steel", "steel_dark"))
    return bits


def arrow(length: float, width: float) -> Mesh:
    """A flow arrow lying in the xy plane, pointing to +y, facing +z."""
    shaft, head = width * 0.36, length * 0.45
    ring = [(-shaft / 2, 0), (shaft / 2, 0), (shaft / 2, length - head), (width / 2, length - head), (0, length)]
    ring += [(-width / 2, length - head), (-shaft / 2, length - head)]
    points = [(x, y - length / 2, 0.0) for x, y in ring]
    return mesh(points, [(0, 1, 2), (0, 2, 6), (6, 2, 3), (6, 3, 4), (6, 4, 5)])


def pinch_clamp(diameter: float, colour: str = "white") -> Bits:
    """A plastic ratchet clamp on tubing that runs along y; its jaw opens towards +z."""
    d = diameter
    back = brick((d * 0.9, d * 1.1, 0.004), (0, 0, -d * 0.8))
    jaw = brick((d * 0.9, d * 0.5, 0.005), (0, d * 0.2, d * 0.8)).turned("x", 10)
    sides = brick((d * 0.9, 0.005, d * 1.8), (0, d * 0.75, 0))
    nose = brick((d * 0.9, 0.006, d * 0.8), (0, -d * 0.6, -d * 0.4))
    return [(join([back, jaw, sides, nose]), "satin", colour)]


def aseptic_connector(diameter: float) -> Bits:
    """A genderless single-use connector in tubing along y: two faces, a pull tab between them."""
    d = diameter
    body = lathe([(d * 0.6, -d * 2), (d * 0.9, -d * 1.6), (d * 1.7, -d * 0.4), (d * 1.7, d * 0.4)], 10)
    other = lathe([(d * 1.7, d * 0.4), (d * 0.9, d * 1.6), (d * 0.6, d * 2)], 10)
    tab = brick((d * 1.2, 0.002, d * 2.4), (0, 0, d * 2.2))
    return [(join([body, other]), "satin", "white"), (tab, "satin", "blue")]
