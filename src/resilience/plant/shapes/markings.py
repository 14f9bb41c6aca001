"""What is laid on floors and fixed to walls: lines, zones, arrows, feet, words, signs."""

from __future__ import annotations

import numpy as np

from resilience.plant.rooms import Mark, Room
from resilience.plant.shapes.lettering import text
from resilience.plant.shapes.mesh import Mesh, divided, join, sheet
from resilience.plant.shapes.model import Model
from resilience.plant.shapes.prints import polygon
from resilience.plant.shapes.signs import lines_of, put_sign
from resilience.plant.shapes.wall import Around

LIFT = 0.0012  # metres above the floor
LETTER = 0.09  # a capital on the floor, metres


def marks(model: Model, room: Room) -> None:
    for mark in room.marks:
        width, depth = mark.x[1] - mark.x[0], mark.z[1] - mark.z[0]
        flat = join(_drawn(mark, width, depth)).turned("x", -90).turned("y", mark.turn)
        place = flat.moved((mark.x[0] + mark.x[1]) / 2, LIFT, (mark.z[0] + mark.z[1]) / 2)
        model.add("marks", place, "satin", mark.colour)


def _drawn(mark: Mark, width: float, depth: float) -> list[Mesh]:
    """The mark in xy about its middle, facing +z, its top away from the reader."""
    if mark.shape in ("line", "field"):
        return [_plain(width, depth)]
    if mark.shape == "outline":
        w = mark.width
        sides = [_plain(width, w).moved(y=s * (depth - w) / 2) for s in (-1, 1)]
        return sides + [_plain(w, depth - 2 * w).moved(x=s * (width - w) / 2) for s in (-1, 1)]
    if mark.shape == "hatched":
        count = max(2, round(max(width, depth) / (3 * mark.width)))
        return [_stripe(width, depth, (n + 0.5) / count - 0.5, 0.5 / count) for n in range(count)]
    if mark.shape == "arrow":
        head = [(-width / 2, depth * 0.1), (width / 2, depth * 0.1), (0.0, depth / 2)]
        return [_plain(width * 0.4, depth * 0.6).moved(y=-depth * 0.2), polygon(head)]
    if mark.shape == "feet":
        return [_sole(depth).scaled(x=s).moved(x=s * width * 0.26) for s in (-1, 1)]
    lines = lines_of(mark.words) if mark.words else []
    return [
        text(line, LETTER).moved(y=(len(lines) / 2 - n - 1) * LETTER * 1.6 + LETTER * 0.3)
        for n, line in enumerate(lines)
    ]


def _plain(width: float, depth: float) -> Mesh:
    flat = sheet(width, depth)
    return divided(Mesh(flat.points, flat.faces), 0.45)


def _stripe(width: float, depth: float, middle: float, share: float) -> Mesh:
    """One slanted stripe of a hatched strip."""
    if width >= depth:
        x, half, lean = middle * width, share * width / 2, min(depth / 2, share * width / 2)
        return polygon(
            [
                (x - half - lean, -depth / 2),
                (x + half - lean, -depth / 2),
                (x + half + lean, depth / 2),
                (x - half + lean, depth / 2),
            ]
        )
    return _stripe(depth, width, middle, share).turned("z", 90)


def _sole(length: float) -> Mesh:
    """The right sole of a shoe, toes up."""
    a = np.linspace(0, 2 * np.pi, 20, endpoint=False)
    broad = 0.17 * length * (1 + 0.24 * np.sin(a + 0.5))
    return polygon([(float(w * np.cos(t)), float(length / 2 * np.sin(t))) for w, t in zip(broad, a, strict=True)])


def wall_signs(model: Model, room: Room, around: Around) -> None:
    for sign in room.signs.values():
        wall = around[sign.wall]
        look = f"grade-{room.grade}" if sign.look == "grade" else sign.look
        x, y, z = wall.placed(Mesh(np.array([[sign.u, sign.y, 0.001]]), np.zeros((0, 3), dtype=np.int64))).points[0]
        put_sign(
            model, "signs", look, sign.words, sign.height, (float(x), float(y), float(z)), wall.yaw, size=sign.size
        )
