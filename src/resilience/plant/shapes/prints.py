"""Printed signs that never change: flat shapes in xy, to be laid on a face or bent round a bottle."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from resilience.plant.shapes.mesh import Mesh, divided, join, mesh, sheet

Print = tuple[Mesh, str]  # shape facing +z, colour


def polygon(corners: Sequence[tuple[float, float]]) -> Mesh:
    """A filled outline (counter-clockwise), fanned from its middle."""
    ring = np.asarray([(x, y, 0.0) for x, y in corners])
    count = len(ring)
    faces = [(count, n, (n + 1) % count) for n in range(count)]
    return mesh(np.vstack([ring, ring.mean(axis=0)]), faces)


def _bar(x: float, y: float, width: float, height: float) -> Mesh:
    flat = sheet(width, height, max(1, round(width / 0.012)), 1)
    return Mesh(flat.points, flat.faces).moved(x, y)


def _lines(x: float, top: float, width: float, count: int, pitch: float) -> Mesh:
    """What reads as small print from where one stands."""
    return join(
        [
            _bar(x - width * 0.07 * (n % 3), top - n * pitch, width * (1 - 0.14 * (n % 3)), pitch * 0.38)
            for n in range(count)
        ]
    )


def _outlined(corners: Sequence[tuple[float, float]], share: float) -> tuple[Mesh, Mesh]:
    """A frame's area and its smaller inside."""
    middle = np.mean(corners, axis=0)
    inner = [
        (float(middle[0] + (x - middle[0]) * share), float(middle[1] + (y - middle[1]) * share)) for x, y in corners
    ]
    return polygon(corners), polygon(inner).moved(z=0.0001)


def flammable(side: float) -> list[Print]:
    """The GHS02 sign: a flame in a red diamond (UN GHS, annex 1)."""
    frame, inside = _outlined([(0, -side / 2), (side / 2, 0), (0, side / 2), (-side / 2, 0)], 0.80)
    flame = [
        (-0.13, -0.12),
        (0.12, -0.13),
        (0.16, 0.02),
        (0.09, 0.10),
        (0.08, 0.02),
        (0.0, 0.26),
        (-0.06, 0.06),
        (-0.12, 0.10),
        (-0.17, -0.02),
    ]
    black = polygon([(x * side, y * side) for x, y in flame]).moved(z=0.0002)
    foot = _bar(0, -0.20 * side, 0.26 * side, 0.035 * side).moved(z=0.0002)
    return [(frame, "red"), (inside, "paper"), (join([black, foot]), "black")]


def bottle_print(width: float, height: float) -> list[Print]:
    """Label of a spray bottle: a band of the maker's colour, the sign, small print."""
    band = _bar(0, height * 0.40, width, height * 0.20)
    text = _lines(width * 0.17, height * 0.16, width * 0.42, 5, height * 0.10)
    title = _bar(-width * 0.12, height * 0.40, width * 0.44, height * 0.07).moved(z=0.0001)
    sign = [(shape.moved(-width * 0.25, -height * 0.10), colour) for shape, colour in flammable(height * 0.46)]
    return [(band, "accent"), (title, "paper"), (text, "dark"), *sign]


def sharps_print(width: float, height: float) -> list[Print]:
    """Label of a sharps bin: a warning triangle with a needle, and lines to fill in."""
    side = height * 0.80
    frame, inside = _outlined([(-side / 2, -side * 0.40), (side / 2, -side * 0.40), (0, side * 0.46)], 0.74)
    needle = join(
        [_bar(0, 0.02 * side, 0.36 * side, 0.10 * side), _bar(0.24 * side, 0.02 * side, 0.16 * side, 0.025 * side)]
    )
    needle = needle.moved(-0.06 * side, 0.0, 0.0).turned("z", -50).moved(0, -0.10 * side, 0.0003)
    left = -width * 0.26
    signs = [(frame.moved(left), "black"), (inside.moved(left), "yellow"), (needle.moved(left), "black")]
    return [*signs, (_lines(width * 0.22, height * 0.30, width * 0.44, 4, height * 0.19), "dark")]


def pouch_print(width: float, height: float) -> list[Print]:
    """Label of a pouch of wipes: a folded cloth and small print."""
    cloth = [(-0.30, -0.22), (0.02, -0.30), (0.30, -0.06), (-0.02, 0.10)]
    fold = [(-0.30, -0.22), (-0.02, 0.10), (0.10, 0.30), (-0.20, 0.04)]
    left = -width * 0.26
    art = [
        (polygon([(x * height, y * height) for x, y in shape]).moved(left), colour)
        for shape, colour in ((cloth, "accent"), (fold, "nitrile"))
    ]
    return [*art, (_lines(width * 0.20, height * 0.26, width * 0.46, 5, height * 0.13), "dark")]


def bent(shape: Mesh, radius: float) -> Mesh:
    """Round a cylinder about y: x runs along its girth, the middle towards +z."""
    shape = divided(shape, radius / 5)  # short enough to follow the curve
    angle = shape.points[:, 0] / radius
    reach = radius + 4 * shape.points[:, 2]  # layers farther apart than chords sag
    return Mesh(np.stack([np.sin(angle) * reach, shape.points[:, 1], np.cos(angle) * reach], axis=1), shape.faces)
