"""Words as flat shapes: the outlines of the product's own face (Atkinson Hyperlegible), triangulated once a letter.

Letters that are geometry stay sharp at any distance, cost no texture and merge with everything else.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from resilience.plant.shapes.mesh import Floats, Ints, Mesh, join, mesh

FACE = Path(__file__).parents[4] / "client/node_modules/@fontsource/atkinson-hyperlegible/files"
FILES = ("atkinson-hyperlegible-latin-700-normal.woff", "atkinson-hyperlegible-latin-ext-700-normal.woff")
FINE = 0.04  # metres: from this height on, each curve of a letter has two straight pieces, below it one
ROOFED = dict(zip("ŵŷŴŶ", "wyWY", strict=True))  # Welsh letters the face lacks: set from the letter and its circumflex
SPACE = 0.36  # of a capital's height, between words


@cache
def _fonts() -> tuple[tuple[Any, dict[int, str], float], ...]:
    """Glyph sets with their characters, and the height of a capital in font units."""
    from fontTools.ttLib import TTFont

    fonts = []
    for name in FILES:
        if not (FACE / name).exists():
            raise FileNotFoundError(
                f"{FACE / name}: is not there; install the client's packages first (npm ci in client/)"
            )
        font = TTFont(FACE / name)
        fonts.append((font.getGlyphSet(), font.getBestCmap(), float(font["OS/2"].sCapHeight)))
    return tuple(fonts)


@cache
def _glyph(letter: str, steps: int = 1) -> tuple[Floats, Ints, float]:
    """Points (n, 2), faces and advance of a letter; a capital is 1 high."""
    if letter in ROOFED:
        return _roofed(ROOFED[letter], steps)
    for glyphs, characters, capital in _fonts():
        if ord(letter) in characters:
            glyph = glyphs[characters[ord(letter)]]
            points, faces = _filled(_contours(glyph, glyphs, steps))
            return points / capital, faces, glyph.width / capital
    raise ValueError(f"the face has no letter {letter!r}")


def _roofed(letter: str, steps: int) -> tuple[Floats, Ints, float]:
    """A letter under its circumflex."""
    points, faces, advance = _glyph(letter, steps)
    roof, more, _ = _glyph("\u02c6", steps)
    across = points[:, 0].min() + points[:, 0].max() - roof[:, 0].min() - roof[:, 0].max()
    rise = points[:, 1].max() - _glyph("x")[0][:, 1].max()
    placed = roof + np.array([across / 2, rise])
    return np.vstack([points, placed]), np.vstack([faces, more + len(points)]), advance


def _contours(glyph: Any, glyphs: Any, steps: int) -> list[Floats]:
    """Closed outlines of straight pieces, in font units."""
    from fontTools.pens.basePen import decomposeQuadraticSegment
    from fontTools.pens.recordingPen import DecomposingRecordingPen

    pen = DecomposingRecordingPen(glyphs)
    glyph.draw(pen)
    result: list[Floats] = []
    line: list[tuple[float, float]] = []
    for step, points in pen.value:
        if step in ("moveTo", "lineTo"):
            line.append(points[0])
        elif step == "qCurveTo":
            if points[-1] is None:  # a closed curve without a corner starts between its first and last
                first, last = points[0], points[-2]
                start = ((first[0] + last[0]) / 2, (first[1] + last[1]) / 2)
                line, points = [start], (*points[:-1], start)
            for control, end in decomposeQuadraticSegment(points):
                a, b, c = np.asarray(line[-1]), np.asarray(control), np.asarray(end)
                for t in np.linspace(0, 1, steps + 1)[1:]:
                    x, y = (1 - t) ** 2 * a + 2 * t * (1 - t) * b + t**2 * c
                    line.append((float(x), float(y)))
        elif step in ("closePath", "endPath"):
            ring = np.asarray(line)
            result.append(ring[:-1] if np.allclose(ring[0], ring[-1]) else ring)
            line = []
    return result


def _filled(contours: list[Floats]) -> tuple[Floats, Ints]:
    """Triangles of outlines with their holes (a hole lies inside another outline and runs the other way)."""
    from build123d import Face, Wire

    from resilience.plant.shapes.solids import tessellated

    if not contours:
        return np.zeros((0, 2)), np.zeros((0, 3), dtype=np.int64)
    solid = [ring for ring in contours if _area(ring) < 0]
    holes = [ring for ring in contours if _area(ring) > 0]
    shapes = []
    for ring in solid:
        inside = [hole for hole in holes if _contains(ring, hole[0])]
        outer, *inner = (Wire.make_polygon([(x, y, 0) for x, y in loop], close=True) for loop in (ring, *inside))
        shape = tessellated(Face(outer, inner), 0.01, 1.0)
        a, b, c = shape.points[shape.faces[0]]
        up = np.cross(b - a, c - a)[2] > 0
        shapes.append(shape if up else shape.flipped())
    whole = join(shapes)
    return whole.points[:, :2] * 1000, whole.faces


def _area(ring: Floats) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return float((x * np.roll(y, -1) - np.roll(x, -1) * y).sum() / 2)


def _contains(ring: Floats, point: Floats) -> bool:
    """Whether a point lies inside an outline (even and odd crossings)."""
    (x, y), inside = point, False
    for (ax, ay), (bx, by) in zip(ring, np.roll(ring, -1, axis=0), strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
    return inside


def width_of(words: str, height: float) -> float:
    """How long a line of words is, in metres."""
    return height * sum(SPACE if letter == " " else _glyph(letter)[2] for letter in words)


def text(words: str, height: float, align: float = 0.5) -> Mesh:
    """A line of words in xy facing +z, its capitals `height` metres high from y = 0.

    `align`: the share of its length that lies left of x = 0 (0.5: centred, 0: starts there).
    """
    at, pieces = -align * width_of(words, height), []
    for letter in words:
        if letter == " ":
            at += SPACE * height
            continue
        points, faces, advance = _glyph(letter, 2 if height >= FINE else 1)
        flat = np.column_stack([points * height, np.zeros(len(points))])
        pieces.append(mesh(flat + np.array([at, 0.0, 0.0]), faces))
        at += advance * height
    return join(pieces)
