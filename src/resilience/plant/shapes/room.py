"""The filling room: coved vinyl floor, flush panels with silicone joints, HEPA terminals and light panels, fittings."""

from __future__ import annotations

import numpy as np

from resilience.plant.shapes.mesh import Floats, Mesh, box, join, lathe, loft, sheet, slab
from resilience.plant.shapes.model import Model, makes
from resilience.plant.shapes.wall import Wall, panels
from resilience.plant.specs import Spec

SKIRT = 0.10  # the vinyl runs up the wall by this, metres


@makes("filling-room")
def filling_room(spec: Spec) -> Model:
    model = Model("filling-room", reach=0.8, strength=0.55)
    _floor(model, spec)
    for wall in walls(spec):
        panels(model, wall, spec)
        _extracts(model, wall, spec)
    _corridor(model, spec)
    _ceiling(model, spec)
    _gauge(model, spec)
    _hatch(model, spec)
    return model


def walls(spec: Spec) -> list[Wall]:
    """Four walls; u runs to the right as one faces it. Openings are left for door and hatch in the south wall."""
    length, height, width = spec.size
    x, z = length / 2, width / 2
    door, hatch = spec.mounts["door"].at[0], spec.points["hatch"]
    clear = 1.09 / 2 - 0.004
    return [
        Wall("north", (0, 0, -z), 0.0, length, height),
        Wall("east", (x, 0, 0), -90.0, width, height, extracts=(-1.45, 1.55)),
        Wall(
            "south",
            (0, 0, z),
            180.0,
            length,
            height,
            holes=(
                (-door - clear, -door + clear, 0.0, 2.166),
                (-hatch[0] - 0.30, -hatch[0] + 0.30, hatch[1], hatch[1] + 0.60),
            ),
        ),
        Wall("west", (-x, 0, 0), 90.0, width, height, extracts=(-1.55, 1.45)),
    ]


def _floor(model: Model, spec: Spec) -> None:
    """Sheet vinyl, coved up the walls in one piece; darker on the cove, a welded seam across the room."""
    length, _, width = spec.size
    cove = spec.dimension("cove_radius")
    flat = sheet(length - 2 * cove, width - 2 * cove, 42, 34).turned("x", -90)
    model.add("floor", Mesh(flat.points, flat.faces), "satin", "floor")
    for z in (-0.66, 0.66):
        seam = sheet(length - 2 * cove, 0.004, 24, 1).turned("x", -90).moved(0, 0.0006, z)
        model.add("floor", Mesh(seam.points, seam.faces), "satin", "cove", occluded=False)
    door = spec.mounts["door"].at[0]
    rise = [(cove * (1 - np.sin(a)), cove * (1 - np.cos(a))) for a in np.linspace(0, np.pi / 2, 6)]
    rise.append((0.0, SKIRT))
    profile = [(inset, y) for inset, y in rise]
    x, z = length / 2, width / 2
    rings: list[Floats] = []
    steps = {"x": 40, "z": 32}
    for inset, y in profile:
        a, b = x - inset, z - inset
        ring = [(t, y, b) for t in np.linspace(-a, a, steps["x"], endpoint=False)]
        ring += [(a, y, t) for t in np.linspace(b, -b, steps["z"], endpoint=False)]
        ring += [(t, y, -b) for t in np.linspace(a, -a, steps["x"], endpoint=False)]
        ring += [(-a, y, t) for t in np.linspace(-b, b, steps["z"], endpoint=False)]
        rings.append(np.asarray(ring))
    skirt = loft(rings, cap_start=False, cap_end=False).flipped()
    middle = skirt.points[skirt.faces].mean(axis=1)
    doorway = (middle[:, 2] > z - cove - 0.01) & (np.abs(middle[:, 0] - door) < 0.545)
    model.add("floor", Mesh(skirt.points, skirt.faces[~doorway]), "satin", "cove", crease=60)
    sill = sheet(1.09, cove, 4, 2).turned("x", -90).moved(door, 0.0, z - cove + (cove + 0.0) / 2)
    model.add("floor", Mesh(sill.points, sill.faces), "satin", "floor")


def _extracts(model: Model, wall: Wall, spec: Spec) -> None:
    """Low-level return air grilles: frame and blades."""
    width, height = spec.dimension("extract_width"), spec.dimension("extract_height")
    for u in wall.extracts:
        base = 0.16
        dark = sheet(width - 0.04, height - 0.04).moved(u, base + height / 2, 0.002)
        model.add("walls", wall.placed(Mesh(dark.points, dark.faces)), "matt", "black", occluded=False)
        for dx, dy, w, h in (
            (0, height / 2 - 0.0125, width, 0.025),
            (0, -height / 2 + 0.0125, width, 0.025),
            (width / 2 - 0.0125, 0, 0.025, height - 0.05),
            (-width / 2 + 0.0125, 0, 0.025, height - 0.05),
        ):
            bar = box((w, h, 0.016), (u + dx, base + height / 2 + dy, 0.008), 0.003)
            model.add("walls", wall.placed(bar), "satin", "white")
        blades = [
            box((width - 0.05, 0.022, 0.002), (0, 0, 0), 0.0006).turned("x", -38).moved(u, base + y, 0.009)
            for y in np.arange(0.040, height - 0.03, 0.021)
        ]
        model.add("walls", wall.placed(join(blades)), "satin", "white")


def _corridor(model: Model, spec: Spec) -> None:
    """What one sees through the door: a short length of the corridor beyond."""
    door, z = spec.mounts["door"].at[0], spec.size[2] / 2
    far, half, top = z + 1.6, 1.3, 2.4
    back = sheet(2 * half, top, 6, 6).turned("y", 180).moved(door, top / 2, far)
    floor = sheet(2 * half, far - z, 6, 4).turned("x", -90).moved(door, -0.001, (far + z) / 2)
    model.add("corridor", Mesh(back.points, back.faces), "satin", "wall", occluded=False)
    model.add("corridor", Mesh(floor.points, floor.faces), "satin", "floor", occluded=False)
    rail = box((2 * half, 0.09, 0.02), (door, 0.95, far - 0.012), 0.004)
    model.add("corridor", rail, "satin", "accent", occluded=False)
    lamp = sheet(1.2, 0.3).turned("x", 90).moved(door, top, z + 0.8)
    model.add("corridor", Mesh(lamp.points, lamp.faces), "glow", "lamp", occluded=False)


def _ceiling(model: Model, spec: Spec) -> None:
    length, height, width = spec.size
    flat = sheet(length, width, 30, 24).turned("x", 90).moved(0, height, 0)
    model.add("ceiling", Mesh(flat.points, flat.faces), "satin", "ceiling")
    joints = [box((0.008, 0.003, width), (x, height - 0.0010, 0), 0.001) for x in np.arange(-1.875, 2.0, 1.25)]
    joints += [box((length, 0.003, 0.008), (0, height - 0.0010, z), 0.001) for z in (-1.0, 0.0, 1.0)]
    model.add("ceiling", joints, "matt", "joint", longest=0.7, occluded=False)
    _trims(model, spec)
    side = spec.dimension("hepa_side")
    for x in (-1.25, 1.25):
        for z in (-0.55, 0.95):
            _terminal(model, x, z, height, side)
    long, wide = spec.dimension("light_length"), spec.dimension("light_width")
    for x in (-1.25, 0.0, 1.25):
        for z in (-1.25, 0.2, 1.55) if x else (-0.85, 0.5, 1.55):
            frame = _frame(long + 0.03, wide + 0.03, 0.02)
            model.add("ceiling", frame.moved(x, height - 0.004, z), "satin", "white", occluded=False)
            pane = sheet(long, wide).turned("x", 90).moved(x, height - 0.003, z)
            model.add("ceiling", Mesh(pane.points, pane.faces), "glow", "lamp", occluded=False)


def _trims(model: Model, spec: Spec) -> None:
    """Quarter-round profiles where walls meet each other and the ceiling: no corner that cannot be wiped."""
    length, height, width = spec.size
    radius = 0.04
    arc = [(radius * (1 - np.sin(a)), radius * (1 - np.cos(a))) for a in np.linspace(0, np.pi / 2, 5)]
    for yaw, at, run in (
        (0, (0, -width / 2), length),
        (180, (0, width / 2), length),
        (90, (-length / 2, 0), width),
        (-90, (length / 2, 0), width),
    ):
        ends = [np.array([(x, height - drop, out) for drop, out in arc]) for x in (-run / 2, run / 2)]
        model.add(
            "ceiling", _strip(ends).turned("y", yaw).moved(at[0], 0, at[1]), "satin", "wall", crease=80, longest=0.5
        )
        corner = [np.array([(-run / 2 + out, y, drop) for drop, out in arc]) for y in (SKIRT, height)]
        model.add(
            "walls", _strip(corner).turned("y", yaw).moved(at[0], 0, at[1]), "satin", "wall", crease=80, longest=0.3
        )


def _strip(ends: list[Floats]) -> Mesh:
    """A skin between two open lines, facing the middle of the room (the side of the first line's last point)."""
    skin = loft(ends, cap_start=False, cap_end=False, closed=False)
    a, b, c = skin.points[skin.faces[0]]
    inward = np.array([0.0, 1.2, 2.0]) - a
    return skin if np.dot(np.cross(b - a, c - a), inward) > 0 else skin.flipped()


def _frame(length: float, width: float, bar: float, thick: float = 0.008) -> Mesh:
    """A flat rectangular frame lying in xz, about its centre."""
    return join(
        [
            box((length, thick, bar), (0, 0, width / 2 - bar / 2), 0.002),
            box((length, thick, bar), (0, 0, -width / 2 + bar / 2), 0.002),
            box((bar, thick, width - 2 * bar), (length / 2 - bar / 2, 0, 0), 0.002),
            box((bar, thick, width - 2 * bar), (-length / 2 + bar / 2, 0, 0), 0.002),
        ]
    )


def _terminal(model: Model, x: float, z: float, height: float, side: float) -> None:
    """HEPA terminal with a perforated face."""
    model.add("ceiling", _frame(side, side, 0.032, 0.014).moved(x, height - 0.007, z), "steel", "steel")
    face = sheet(side - 0.06, side - 0.06, 4, 4).turned("x", 90).moved(x, height - 0.004, z)
    model.add("ceiling", Mesh(face.points, face.faces), "satin", "white", occluded=False)
    count = 11
    for n in range(count):
        for m in range(count):
            hole = sheet(0.026, 0.026).turned("x", 90)
            place = ((n + 0.5) / count - 0.5) * (side - 0.08), ((m + 0.5) / count - 0.5) * (side - 0.08)
            model.add(
                "ceiling",
                Mesh(hole.points, hole.faces).moved(x + place[0], height - 0.0046, z + place[1]),
                "matt",
                "mid",
                occluded=False,
            )


def _gauge(model: Model, spec: Spec) -> None:
    """Differential pressure gauge on a plate: dial 0 to 60 Pa, its needle at the room's 15 Pa."""
    x, y, z = spec.points["gauge"]
    parts: list[tuple[Mesh, str, str]] = []
    parts.append((slab((0.160, 0.004, 0.220), 0.010, 0.001, 4).turned("x", 90).moved(0, -0.020, 0), "steel", "steel"))
    rim = [(0.064, 0.0), (0.064, 0.018), (0.061, 0.024), (0.056, 0.024), (0.053, 0.018)]
    parts.append((lathe(rim, 36).turned("x", 90).moved(z=0.004), "satin", "dark"))
    parts.append((lathe([(0.054, 0.0), (0, 0.0)], 36).turned("x", 90).moved(z=0.020), "satin", "paper"))
    for pascal in range(0, 61, 5):
        angle = 120 - 240 * pascal / 60
        long = pascal % 10 == 0
        tick = sheet(0.0016 if long else 0.001, 0.010 if long else 0.006).moved(0, 0.044, 0.0206).turned("z", angle)
        parts.append((Mesh(tick.points, tick.faces), "matt", "red" if pascal < 10 else "dark"))
    needle = sheet(0.0022, 0.050).moved(0, 0.018, 0.0216).turned("z", 120 - 240 * 15 / 60)
    parts.append((Mesh(needle.points, needle.faces), "matt", "red"))
    parts.append((lathe([(0.006, 0), (0.005, 0.002), (0, 0.002)], 14).turned("x", 90).moved(z=0.0218), "satin", "dark"))
    parts.append((slab((0.090, 0.001, 0.024), 0.003, 0.0003).turned("x", 90).moved(0, -0.105, 0.004), "satin", "white"))
    parts.append(
        (
            lathe([(0.0035, 0), (0.0035, 0.008), (0, 0.008)], 8).turned("x", 90).moved(-0.012, -0.078, 0.004),
            "steel",
            "steel_dark",
        )
    )
    for shape, material, colour in parts:
        model.add("gauge", shape.turned("y", 180).moved(x, y, z + 0.03), material, colour, occluded=False)


def _hatch(model: Model, spec: Spec) -> None:
    """Pass-through hatch in the south wall: steel chamber behind a glazed door, interlock lamps."""
    x, base, _ = spec.points["hatch"]
    z, side, deep = spec.size[2] / 2, 0.60, 0.50
    y = base + side / 2

    def placed(shape: Mesh) -> Mesh:
        return shape.turned("y", 180).moved(x, y, z)

    inner = 0.53
    for shape in (
        sheet(inner, inner, 4, 4).moved(z=-deep),
        sheet(deep, inner, 4, 4).turned("y", 90).moved(-inner / 2, 0, -deep / 2),
        sheet(deep, inner, 4, 4).turned("y", -90).moved(inner / 2, 0, -deep / 2),
        sheet(inner, deep, 4, 4).turned("x", -90).moved(0, -inner / 2, -deep / 2),
        sheet(inner, deep, 4, 4).turned("x", 90).moved(0, inner / 2, -deep / 2),
    ):
        model.add("hatch", placed(Mesh(shape.points, shape.faces)), "steel", "steel")
    lamp = sheet(0.30, 0.06).turned("x", 90).moved(0, inner / 2 - 0.004, -deep / 2)
    model.add("hatch", placed(Mesh(lamp.points, lamp.faces)), "glow", "lamp", occluded=False)
    model.add(
        "hatch", placed(_frame(side + 0.05, side + 0.05, 0.060, 0.024).turned("x", 90).moved(z=0.010)), "steel", "steel"
    )
    model.add(
        "hatch", placed(_frame(side - 0.05, side - 0.05, 0.040, 0.022).turned("x", 90).moved(z=0.024)), "satin", "white"
    )
    model.add("hatch", placed(box((side - 0.12, side - 0.12, 0.006), (0, 0, 0.022), 0.001)), "glass", "pane", 0.18)
    handle = lathe([(0.0, -0.06), (0.008, -0.06), (0.009, -0.05), (0.009, 0.05), (0.008, 0.06), (0.0, 0.06)], 12).moved(
        side / 2 - 0.045, 0, 0.062
    )
    stubs = [box((0.010, 0.010, 0.034), (side / 2 - 0.045, dy, 0.046), 0.002) for dy in (-0.045, 0.045)]
    model.add("hatch", placed(join([handle, *stubs])), "steel", "steel_dark")
    for n, colour in enumerate(("red_off", "green")):
        dot = (
            lathe([(0.009, 0), (0.008, 0.003), (0, 0.005)], 14)
            .turned("x", 90)
            .moved(-0.22 + n * 0.03, side / 2 + 0.004, 0.022)
        )
        model.add("hatch", placed(dot), "satin", colour, occluded=False)
