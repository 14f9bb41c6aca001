"""Small parts that many things have: frames, feet, handles, hinges, flat sheets without uv."""

from __future__ import annotations

from collections.abc import Sequence

from resilience.plant.shapes.mesh import Mesh, box, join, lathe, sheet
from resilience.plant.shapes.sweep import tube


def frame(length: float, width: float, bar: float, thick: float = 0.008) -> Mesh:
    """A flat rectangular frame lying in xz, about its centre."""
    return join(
        [
            box((length, thick, bar), (0, 0, width / 2 - bar / 2), 0.002),
            box((length, thick, bar), (0, 0, -width / 2 + bar / 2), 0.002),
            box((bar, thick, width - 2 * bar), (length / 2 - bar / 2, 0, 0), 0.002),
            box((bar, thick, width - 2 * bar), (-length / 2 + bar / 2, 0, 0), 0.002),
        ]
    )


def flat(width: float, height: float, columns: int = 1, rows: int = 1) -> Mesh:
    """A rectangle in xy facing +z, without uv."""
    face = sheet(width, height, columns, rows)
    return Mesh(face.points, face.faces)


def handle(length: float, reach: float, radius: float = 0.006, upright: bool = True, segments: int = 8) -> Mesh:
    """A bow handle about its middle, standing out along +z from z = 0."""
    half = length / 2
    line = [(0.0, -half, 0.0), (0.0, -half, reach), (0.0, half, reach), (0.0, half, 0.0)]
    bow = tube(line, radius, segments, reach * 0.5)
    return bow if upright else bow.turned("z", 90)


def feet(places: Sequence[tuple[float, float]], radius: float = 0.022, height: float = 0.034) -> Mesh:
    """Levelling feet, their soles on the floor."""
    one = [(radius, 0), (radius * 1.1, 0.004), (radius * 0.9, 0.012), (radius * 0.4, 0.014), (radius * 0.4, height)]
    return join([lathe(one, 10).moved(x, 0, z) for x, z in places])


def button(radius: float, rise: float = 0.004) -> Mesh:
    """A round push button facing +z, its back at z = 0."""
    return lathe([(radius, 0), (radius, rise * 0.7), (radius * 0.85, rise), (0, rise)], 14).turned("x", 90)


def knob(radius: float, depth: float) -> Mesh:
    """A turning knob with a pointer ridge, facing +z, its back at z = 0."""
    body = lathe([(radius, 0), (radius * 0.92, depth), (0, depth)], 18).turned("x", 90)
    return body + box((radius * 0.22, radius * 1.5, depth * 0.3), (0, radius * 0.2, depth * 1.1), 0.0008)


def corners(width: float, depth: float) -> list[tuple[float, float]]:
    """The four corners of a rectangle (x, z) about the origin."""
    return [(sx * width / 2, sz * depth / 2) for sx in (-1, 1) for sz in (-1, 1)]
