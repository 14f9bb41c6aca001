"""Class II safety cabinet on a stand: white shell, stainless interior, tilted sash, grilles, fascia, exhaust."""

from __future__ import annotations

from math import radians, tan

import numpy as np

from resilience.plant.shapes.furniture import add_castors
from resilience.plant.shapes.mesh import Mesh, box, join, lathe, prism, sheet, slab
from resilience.plant.shapes.model import Model, makes
from resilience.plant.shapes.solids import block, eased, profile_x, tessellated
from resilience.plant.shapes.sweep import tube
from resilience.plant.specs import Spec

FRONT, BASE = 0.345, 0.80  # front edge of the side walls, underside of the body
OFFSET = 0.045  # fascia ahead of the pane


class _Frame:
    """The cabinet's own lines, from the specification."""

    def __init__(self, spec: Spec) -> None:
        self.spec = spec
        inside = spec.volumes["interior"]
        self.half, self.low, self.high = inside.x[1], inside.y[0], inside.y[1]
        self.back, self.front = inside.z
        self.sill = self.low + spec.dimension("aperture")
        self.slope = tan(radians(spec.dimension("sash_tilt_degrees")))
        self.top = spec.dimension("plenum_top")
        self.outer = spec.size[0] / 2

    def pane(self, y: float) -> float:
        """z of the pane at a height."""
        return float(self.front - (y - self.sill) * self.slope)

    def face(self, y: float) -> float:
        """z of the front of side walls and fascia at a height."""
        return FRONT - max(0.0, y - self.sill) * self.slope


@makes("cabinet", loose=("sash",))
def cabinet(spec: Spec) -> Model:
    model, f = Model("cabinet", reach=0.35, strength=0.7, floor=True), _Frame(spec)
    _shell(model, f)
    _interior(model, f)
    _grilles(model, f)
    _sash(model, f)
    _panel(model, f)
    _exhaust(model, f)
    _stand(model, f)
    return model


def _shell(model: Model, f: _Frame) -> None:
    back = -f.spec.size[2] / 2
    side = [(back, BASE), (f.face(BASE), BASE), (f.face(f.sill), f.sill), (f.face(f.top), f.top), (back, f.top)]
    head = [(back, f.high), (f.face(f.high), f.high), (f.face(f.top), f.top), (back, f.top)]
    foot = [(back, BASE), (f.face(BASE), BASE), (f.face(BASE), f.low - 0.010), (back, f.low - 0.010)]
    for s in (-1, 1):
        middle, half = s * (f.outer + f.half) / 2, (f.outer - f.half) / 2
        model.add("body", prism(side, middle - half, middle + half, 0.006), "satin", "white", longest=0.13)
    for outline in (head, foot):
        model.add("body", prism(outline, -f.half, f.half, 0.003), "satin", "white", longest=0.17)
    model.add(
        "body",
        box(
            (2 * f.half, f.high - f.low, f.back - back - 0.004),
            (0, (f.low + f.high) / 2, (back + f.back - 0.004) / 2),
            0.001,
        ),
        "satin",
        "white",
        longest=0.2,
    )
    # the armrest: a padded steel bar ahead of the grille
    rest = f.spec.size[2] / 2
    bar = [
        (f.front + 0.002, 0.868),
        (rest - 0.012, 0.862),
        (rest, 0.874),
        (rest, 0.884),
        (rest - 0.016, 0.8985),
        (f.front + 0.002, 0.8995),
    ]
    arm = eased(profile_x(bar, -f.half, f.half), 0.004)
    model.add("body", tessellated(arm, 0.0008, 0.5), "steel", "steel", longest=0.12)
    seam = [
        box((0.002, f.top - BASE - 0.10, 0.003), (s * (f.outer - 0.0006), (BASE + f.top) / 2, -0.25), 0.0005)
        for s in (-1, 1)
    ]
    model.add("body", seam, "matt", "joint", occluded=False)


def _interior(model: Model, f: _Frame) -> None:
    """Back and side walls of one bent sheet with coved corners; diffuser above."""
    cove, inset = 0.022, 0.0008
    half, back = f.half - inset, f.back + inset
    path: list[tuple[float, float, bool]] = [(-half, 1.0, True), (-half, 0.5, True), (-half, 0.0, True)]
    for n in range(1, 5):
        a = np.pi / 2 * n / 5
        path.append((-half + cove * (1 - np.cos(a)), back + cove * (1 - np.sin(a)), False))
    path += [(x, back, False) for x in np.linspace(-half + cove, half - cove, 13)]
    path += [(-x, z, flag) for x, z, flag in path[:7][::-1]]
    heights = [f.low + 0.0005, *np.linspace(f.low + 0.05, f.high, 8)]
    points = []
    for y in heights:
        front = f.face(y) - 0.006
        points += [(x, y, back + cove + z * (front - back - cove) if flag else z) for x, z, flag in path]
    across = len(path)
    faces = []
    for row in range(len(heights) - 1):
        for n in range(across - 1):
            a = row * across + n
            faces += [(a, a + 1, a + across + 1), (a, a + across + 1, a + across)]
    lining = Mesh(np.asarray(points), np.asarray(faces, dtype=np.int64))
    model.add("body", lining, "steel", "steel", crease=60)
    depth = f.pane(f.high) - f.back - 0.02
    ceiling = sheet(2 * half, depth, 14, 6).turned("x", 90).moved(0, f.high - 0.001, f.back + depth / 2)
    model.add("body", Mesh(ceiling.points, ceiling.faces), "satin", "white")
    holes = []
    for x in np.arange(-0.56, 0.5601, 0.056):
        for z in np.arange(f.back + 0.03, f.back + depth - 0.10, 0.056):
            holes.append(sheet(0.030, 0.030).turned("x", 90).moved(float(x), f.high - 0.0016, float(z)))
    model.add("body", [Mesh(h.points, h.faces) for h in holes], "matt", "grey", occluded=False)
    lamp = slab((1.04, 0.012, 0.042), 0.006, 0.002).moved(0, f.high - 0.014, f.pane(f.high) - 0.055)
    model.add("light", lamp, "glow", "lamp", occluded=False)
    for x in (-0.53, 0.53):
        model.add(
            "body", box((0.020, 0.018, 0.052), (x, f.high - 0.010, f.pane(f.high) - 0.055), 0.002), "satin", "grey"
        )
    outlet = box((0.004, 0.085, 0.115), (f.half - 0.003, 1.18, -0.14), 0.002)
    model.add("body", outlet, "satin", "white")
    lids = [box((0.006, 0.055, 0.044), (f.half - 0.006, 1.18, -0.14 + z), 0.003) for z in (-0.026, 0.026)]
    model.add("body", lids, "satin", "grey")


def _grilles(model: Model, f: _Frame) -> None:
    top, front, rear = (f.spec.surfaces[n] for n in ("worktop", "front-grille", "rear-grille"))
    width = 2 * f.half - 0.004
    middle = (0, top.y - 0.004, (top.z[0] + top.z[1]) / 2)
    tray = box((width, 0.008, top.z[1] - top.z[0] - 0.003), middle, 0.0015)
    model.add("worktop", tray, "steel", "steel", longest=0.09)
    # two finger holes to lift it out
    lift = [
        lathe([(0.011, 0.0), (0, 0.0)], 14).flipped().moved(x, top.y + 0.0003, top.z[0] + 0.025) for x in (-0.40, 0.40)
    ]
    model.add("worktop", lift, "matt", "black", occluded=False)
    for part, zone in (("front-grille", front), ("rear-grille", rear)):
        depth = zone.z[1] - zone.z[0]
        strip = slab((width, 0.006, depth - 0.002), 0.003, 0.0012, 2).moved(
            0, zone.y - 0.006, (zone.z[0] + zone.z[1]) / 2
        )
        model.add(part, strip, "steel", "steel", longest=0.09)
        rows = 3 if part == "front-grille" else 1
        slots = []
        for row in range(rows):
            z = zone.z[0] + depth * (row + 0.5) / rows
            count = 58
            for n in range(count):
                shift = 0.5 if row % 2 else 0.0
                x = (n + 0.5 + shift) / (count + 0.5) * (width - 0.03) - (width - 0.03) / 2
                slots.append(sheet(0.0062, depth / rows * 0.68).turned("x", -90).moved(x, zone.y + 0.0003, z))
        model.add(part, [Mesh(s.points, s.faces) for s in slots], "matt", "black", occluded=False)


def _sash(model: Model, f: _Frame) -> None:
    """The pane slides in channels; a handle along its lower edge."""
    tilt = -f.spec.dimension("sash_tilt_degrees")
    length = 0.575 / np.cos(np.radians(tilt))
    pane = box((2 * f.half - 0.012, length, 0.006), (0, length / 2, 0), 0.001)
    handle = eased(block((2 * f.half - 0.012, 0.024, 0.018), (0, 0.006, 0.004)), 0.005)
    grip = [box((0.16, 0.010, 0.022), (x, 0.006, 0.018), 0.004) for x in (-0.30, 0.30)]
    for shape, material, colour, alpha in (
        (pane, "glass", "pane", 0.16),
        (join([tessellated(handle, 0.0006, 0.6), *grip]), "steel", "steel", 1.0),
    ):
        model.add("sash", shape.turned("x", tilt).moved(0, f.sill, f.front), material, colour, alpha)
    for s in (-1, 1):
        channel = box((0.010, length + 0.01, 0.026), (0, length / 2, 0), 0.002).turned("x", tilt)
        model.add("body", channel.moved(s * (f.half - 0.004), f.sill - 0.005, f.front), "steel", "steel_dark")
    marks = [
        box((0.010, 0.002, 0.030), (s * (f.half + 0.012), f.sill, f.face(f.sill) - 0.014), 0.0005) for s in (-1, 1)
    ]
    model.add("body", marks, "satin", "accent", occluded=False)


def _panel(model: Model, f: _Frame) -> None:
    """Fascia: a recessed plate with display, four keys and the alarm lamp."""
    tilt, spec = -f.spec.dimension("sash_tilt_degrees"), f.spec

    def placed(shape: Mesh, x: float, y: float) -> Mesh:
        return shape.turned("x", tilt).moved(x, y, f.face(y))

    middle = spec.points["display"][1]
    plate = slab((0.58, 0.006, 0.125), 0.010, 0.0015, 4).turned("x", 90).moved(z=-0.0025)
    model.add("panel", placed(plate, 0.345, middle), "satin", "dark", occluded=False)
    width, height = spec.screens["display"].size
    bezel = slab((width + 0.012, 0.003, height + 0.012), 0.004, 0.0008).turned("x", 90).moved(z=0.003)
    model.add("panel", placed(bezel, spec.points["display"][0], middle), "satin", "black", occluded=False)
    model.add(
        "display",
        placed(sheet(width, height).moved(z=0.0068), spec.points["display"][0], middle),
        "screen",
        "dark",
        occluded=False,
    )
    for name, control in spec.controls.items():
        key = slab((0.040, 0.005, 0.040), 0.008, 0.0015, 4).turned("x", 90).moved(z=0.0032)
        colour = {"power": "green", "alarm-mute": "amber"}.get(name, "grey")
        model.add(control.part, placed(key, control.at[0], middle), "satin", colour, occluded=False)
        mark = {"power": (0.004, 0.016), "light": (0.016, 0.004), "sash": (0.004, 0.022), "alarm-mute": (0.016, 0.016)}[
            name
        ]
        sign = slab((mark[0], 0.0006, mark[1]), 0.0, 0.0001).turned("x", 90).moved(z=0.0082)
        model.add(control.part, placed(sign, control.at[0], middle), "satin", "white", occluded=False)
    lamp = (
        lathe([(0.012, 0), (0.012, 0.004), (0.009, 0.010), (0.004, 0.013), (0, 0.0135)], 18)
        .turned("x", 90)
        .moved(z=0.003)
    )
    model.add("alarm-lamp", placed(lamp, 0.600, middle), "satin", "amber", occluded=False)
    plaque = slab((0.16, 0.003, 0.022), 0.004, 0.0008).turned("x", 90).moved(z=-0.001)
    model.add("panel", placed(plaque, -0.52, middle + 0.02), "satin", "accent", occluded=False)
    seam = box((2 * f.outer - 0.03, 0.0025, 0.002), (0, 0, 0), 0.0005)
    model.add("panel", [placed(seam, 0, y) for y in (f.high + 0.035, 1.87)], "matt", "joint", occluded=False)


def _exhaust(model: Model, f: _Frame) -> None:
    top = f.spec.size[1]
    base = f.top
    housing = eased(block((0.62, 0.12, 0.46), (0, base + 0.058, -0.10)), 0.012)
    model.add("body", tessellated(housing, 0.001, 0.5), "satin", "white", longest=0.12)
    collar = [
        (0.150, base + 0.115),
        (0.150, base + 0.135),
        (0.128, base + 0.140),
        (0.125, top - 0.012),
        (0.131, top - 0.010),
        (0.131, top),
        (0.121, top),
        (0.118, base + 0.14),
    ]
    model.add("body", lathe(collar, 32).moved(z=-0.10), "steel", "steel")
    model.add(
        "body", lathe([(0.120, base + 0.150), (0, base + 0.150)], 24).moved(z=-0.10), "matt", "dark", occluded=False
    )
    latches = [box((0.030, 0.050, 0.010), (x, base + 0.062, 0.132), 0.003) for x in (-0.22, 0.22)]
    model.add("body", latches, "steel", "steel_dark", occluded=False)


def _stand(model: Model, f: _Frame) -> None:
    x, back, front = 0.60, -0.33, 0.24
    stem = 0.125
    rails = [box((0.05, 0.05, front - back + 0.14), (s * x, stem + 0.022, (front + back) / 2), 0.004) for s in (-1, 1)]
    legs = [
        box((0.05, BASE - stem - 0.04, 0.04), (s * x, (BASE + stem + 0.04) / 2, z), 0.004)
        for s in (-1, 1)
        for z in (back, front)
    ]
    beams = [box((2 * x, 0.05, 0.03), (0, y, back), 0.004) for y in (0.30, 0.74)]
    beams.append(box((2 * x, 0.04, 0.03), (0, BASE - 0.021, front), 0.004))
    model.add("stand", [*rails, *legs, *beams], "satin", "grey", longest=0.20)
    foot = tube([(-x, 0.30, front - 0.05), (x, 0.30, front - 0.05)], 0.015, 10)
    model.add("stand", foot, "steel", "steel")
    places = [(s * x, z) for s in (-1, 1) for z in (back + 0.045, front + 0.04)]
    add_castors(model, "stand", places, 0.080, stem)
    drain = tube([(0.35, BASE + 0.01, 0.10), (0.35, BASE - 0.06, 0.10), (0.35, BASE - 0.06, 0.18)], 0.010, 8, 0.02)
    model.add("stand", drain, "steel", "steel")
    model.add("stand", box((0.05, 0.012, 0.012), (0.35, BASE - 0.048, 0.165), 0.003), "satin", "red")
