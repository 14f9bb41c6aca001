"""Ceilings: panels or tiles with their joints, rounded trims, HEPA terminals and light panels."""

from __future__ import annotations

import numpy as np

from resilience.plant.rooms import Room
from resilience.plant.shapes.mesh import Floats, Mesh, box, loft, sheet
from resilience.plant.shapes.model import Model
from resilience.plant.shapes.parts import frame
from resilience.plant.shapes.wall import SKIRT
from resilience.plant.specs import Spec

HOLES = 11  # in a row of a terminal's perforated face


def ceiling(model: Model, spec: Spec, room: Room, step: float) -> None:
    length, height, width = spec.size
    flat = sheet(length, width, round(length / step), round(width / step)).turned("x", 90).moved(0, height, 0)
    model.add("ceiling", Mesh(flat.points, flat.faces), "satin", "ceiling", baked=True)
    across, along = room.joints
    count_x, count_z = round(length / across), round(width / along)
    joints = [
        box((0.008, 0.003, width), ((n / count_x - 0.5) * length, height - 0.001, 0), 0.001) for n in range(1, count_x)
    ]
    joints += [
        box((length, 0.003, 0.008), (0, height - 0.001, (n / count_z - 0.5) * width), 0.001) for n in range(1, count_z)
    ]
    model.add("ceiling", joints, "matt", "joint", longest=0.7, occluded=False)
    if room.finish == "cleanroom":
        _trims(model, spec)
    if room.terminals:
        for x, z in room.terminals.at:
            _terminal(model, x, z, height, room.terminals.side)
    _lights(model, room, height)


def _lights(model: Model, room: Room, height: float) -> None:
    long, wide = room.lights.size if room.lights.along == "x" else room.lights.size[::-1]
    for x, z in room.lights.at:
        rim = frame(long + 0.03, wide + 0.03, 0.02)
        model.add("ceiling", rim.moved(x, height - 0.004, z), "satin", "white", occluded=False)
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
        top = _strip(ends, height).turned("y", yaw).moved(at[0], 0, at[1])
        model.add("ceiling", top, "satin", "wall", crease=80, longest=0.5)
        corner = [np.array([(-run / 2 + out, y, drop) for drop, out in arc]) for y in (SKIRT, height)]
        side = _strip(corner, height).turned("y", yaw).moved(at[0], 0, at[1])
        model.add("walls", side, "satin", "wall", crease=80, longest=0.3)


def _strip(ends: list[Floats], height: float) -> Mesh:
    """A skin between two open lines, facing the middle of the room."""
    skin = loft(ends, cap_start=False, cap_end=False, closed=False)
    a, b, c = skin.points[skin.faces[0]]
    inward = np.array([0.0, height * 0.45, 2.0]) - a
    return skin if np.dot(np.cross(b - a, c - a), inward) > 0 else skin.flipped()


def _terminal(model: Model, x: float, z: float, height: float, side: float) -> None:
    """HEPA terminal with a perforated face."""
    model.add("ceiling", frame(side, side, 0.032, 0.014).moved(x, height - 0.007, z), "steel", "steel")
    face = sheet(side - 0.06, side - 0.06, 4, 4).turned("x", 90).moved(x, height - 0.004, z)
    model.add("ceiling", Mesh(face.points, face.faces), "satin", "white", occluded=False)
    hole = sheet(0.026, 0.026).turned("x", 90)
    places = (np.arange(HOLES) + 0.5) / HOLES - 0.5
    holes = [
        Mesh(hole.points, hole.faces).moved(x + a * (side - 0.08), height - 0.0046, z + b * (side - 0.08))
        for a in places
        for b in places
    ]
    model.add("ceiling", holes, "matt", "mid", occluded=False)
