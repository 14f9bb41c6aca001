"""The shell of any room from its specification: floor, walls, ceiling, and what one sees through its openings."""

from __future__ import annotations

import numpy as np

from resilience.plant.rooms import Room
from resilience.plant.shapes import ceiling, fixtures, markings
from resilience.plant.shapes.mesh import Floats, Mesh, box, loft, sheet
from resilience.plant.shapes.model import Model
from resilience.plant.shapes.wall import SKIRT, Around, Wall, panels, walls
from resilience.plant.specs import Spec, SpecError

FINE = 0.16  # metres between points of a wall, for its shading
POINTS = 5000  # triangles of floor, walls and ceiling; a hall is divided more coarsely than a chamber
NEAR = 0.03  # metres behind the wall where the corridor begins: in its plane it would shimmer through
FINISH = {"cleanroom": "wall", "laboratory": "wall", "classroom": "wall_warm"}


def shell(spec: Spec) -> Model:
    """The model of a kind that has a `room` block: parts as the block says."""
    if spec.room is None:
        raise SpecError(spec.kind, "room", "is not given; only a room has a shell")
    room = spec.room
    model = Model(spec.kind, reach=0.8, strength=0.55)
    around = walls(spec)
    step = grain(spec)
    _floor(model, spec, room, around, step)
    for wall in around.values():
        _wall(model, wall, spec, room, step)
    ceiling.ceiling(model, spec, room, step)
    _beyond(model, around, spec)
    markings.marks(model, room)
    markings.wall_signs(model, room, around)
    fixtures.gauges(model, room, around)
    fixtures.windows(model, room, around)
    fixtures.runs(model, room)
    return model


def grain(spec: Spec) -> float:
    """How far apart the points of large flats are, metres."""
    if "grain" in spec.dimensions:
        return spec.dimension("grain")
    length, height, width = spec.size
    area = 2 * length * width + 2 * height * (length + width)
    return float(max(FINE, np.sqrt(2 * area / POINTS)))


def _wall(model: Model, wall: Wall, spec: Spec, room: Room, step: float) -> None:
    joint = 0.0 if room.finish == "classroom" else spec.dimension("joint")
    panels(model, wall, spec.dimension("panel_width"), joint, step, FINISH[room.finish])
    fixtures.extracts(model, wall, spec, room)
    if room.band:
        for left, right in wall.columns(wall.length):
            for low, high in wall.spans(left, right, SKIRT):
                if low < 1.50 < 1.58 < high:
                    strip = sheet(right - left, 0.08, max(1, round((right - left) / 0.5)), 1)
                    placed = wall.placed(strip.moved((left + right) / 2, 1.54, 0.0006))
                    model.add("walls", Mesh(placed.points, placed.faces), "satin", room.band)


def _floor(model: Model, spec: Spec, room: Room, around: Around, step: float) -> None:
    """Sheet covering with welded seams, coved up the walls in one piece; darker on the cove."""
    length, _, width = spec.size
    cove = spec.dimension("cove_radius")
    across, along = round(length / step), round(width / step)
    flat = sheet(length - 2 * cove, width - 2 * cove, across, along).turned("x", -90)
    model.add(
        "floor",
        Mesh(flat.points, flat.faces),
        "matt" if room.finish == "classroom" else "satin",
        room.floor,
        baked=True,
    )
    if room.finish != "classroom":
        for z in np.arange(-width / 2 + 1.34, width / 2 - 0.5, 1.32):
            seam = sheet(length - 2 * cove, 0.004, 24, 1).turned("x", -90).moved(0, 0.0006, z)
            model.add("floor", Mesh(seam.points, seam.faces), "satin", "cove", occluded=False)
    skirt, ways = _skirt(length, width, cove, across, along), []
    middle = skirt.points[skirt.faces].mean(axis=1)
    open_ = np.zeros(len(middle), dtype=bool)
    for wall in around.values():
        a = np.radians(wall.yaw)
        u = np.cos(a) * (middle[:, 0] - wall.at[0]) - np.sin(a) * (middle[:, 2] - wall.at[2])
        deep = np.sin(a) * (middle[:, 0] - wall.at[0]) + np.cos(a) * (middle[:, 2] - wall.at[2])
        for left, right, low, _ in wall.holes:
            if low < 0.05:
                open_ |= (deep < cove + 0.01) & (u > left - 0.004) & (u < right + 0.004)
                sill = sheet(right - left + 0.008, cove, 4, 2).turned("x", -90).moved((left + right) / 2, 0, cove / 2)
                ways.append(wall.placed(sill))
    model.add("floor", Mesh(skirt.points, skirt.faces[~open_]), "satin", "cove", crease=60, baked=True)
    for sill in ways:
        model.add("floor", Mesh(sill.points, sill.faces), "satin", room.floor)


def _skirt(length: float, width: float, cove: float, across: int, along: int) -> Mesh:
    rise = [(cove * (1 - np.sin(a)), cove * (1 - np.cos(a))) for a in np.linspace(0, np.pi / 2, 6)]
    x, z = length / 2, width / 2
    rings: list[Floats] = []
    for inset, y in [*rise, (0.0, SKIRT)]:
        a, b = x - inset, z - inset
        ring = [(t, y, b) for t in np.linspace(-a, a, across, endpoint=False)]
        ring += [(a, y, t) for t in np.linspace(b, -b, along, endpoint=False)]
        ring += [(t, y, -b) for t in np.linspace(a, -a, across, endpoint=False)]
        ring += [(-a, y, t) for t in np.linspace(-b, b, along, endpoint=False)]
        rings.append(np.asarray(ring))
    return loft(rings, cap_start=False, cap_end=False).flipped()


def _beyond(model: Model, around: Around, spec: Spec) -> None:
    """What one sees through doors: a short length of the corridor beyond each."""
    if "corridor" not in spec.parts:
        return
    for wall in around.values():
        for left, right, low, high in wall.holes:
            if low > 0.05 or high < 1.8:
                continue
            u, far, half, top = (left + right) / 2, 1.6, (right - left) / 2 + 0.75, 2.4
            deep, middle = far - NEAR, -(far + NEAR) / 2
            back = sheet(2 * half, top, 6, 6).moved(u, top / 2, -far)
            floor = sheet(2 * half, deep, 6, 4).turned("x", -90).moved(u, -0.001, middle)
            lid = sheet(2 * half, deep, 2, 2).turned("x", 90).moved(u, top, middle)
            ends = [sheet(deep, top, 2, 2).turned("y", s * 90).moved(u - s * half, top / 2, middle) for s in (-1, 1)]
            plain = [Mesh(part.points, part.faces) for part in (back, *ends)]
            model.add("corridor", [wall.placed(part) for part in plain], "satin", "wall", occluded=False)
            model.add("corridor", wall.placed(Mesh(floor.points, floor.faces)), "satin", "floor", occluded=False)
            model.add("corridor", wall.placed(Mesh(lid.points, lid.faces)), "satin", "ceiling", occluded=False)
            rail = box((2 * half, 0.09, 0.02), (u, 0.95, -far + 0.012), 0.004)
            model.add("corridor", wall.placed(rail), "satin", "accent", occluded=False)
            lamp = sheet(1.2, 0.3).turned("x", 90).moved(u, top - 0.002, -far / 2)
            model.add("corridor", wall.placed(Mesh(lamp.points, lamp.faces)), "glow", "lamp", occluded=False)
