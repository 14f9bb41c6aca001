"""Signs and labels: a plate in two colours, Welsh above English, with a pictogram where the look has one."""

from __future__ import annotations

import numpy as np

from resilience.plant.facts import Wording
from resilience.plant.shapes.lettering import text, width_of
from resilience.plant.shapes.mesh import Mesh, join, lathe, sheet, slab
from resilience.plant.shapes.model import Model
from resilience.plant.shapes.palette import LOOKS
from resilience.plant.shapes.prints import polygon

LEADING = 1.75  # from line to line, in heights of a capital
MARGIN = 0.9  # round the words, likewise
LAYER = 0.0006  # metres between what is printed and what it is printed on
Bits = list[tuple[Mesh, str, str]]  # shape facing +z, material, colour


def lines_of(words: Wording) -> list[str]:
    """Welsh first, then English; "|" breaks a line; what both languages share stands once."""
    both = [*words["cy"].split("|"), *words["en"].split("|")]
    return list(dict.fromkeys(both))


def sign(look: str, words: Wording, height: float, size: tuple[float, float] | None = None) -> Bits:
    """A plate about its middle, facing +z, its back at z = 0. `height`: of a capital letter, in metres."""
    ground, ink = LOOKS[look]
    lines = lines_of(words)
    pictured = look in ("must", "warning", "safe")
    tall = ((len(lines) - 1) * LEADING + 1 + 2 * MARGIN) * height
    if pictured:
        tall = max(tall, 4.2 * height)
    picture = tall - 1.2 * height if pictured else 0.0
    wide = max(width_of(line, height) for line in lines) + 2 * MARGIN * height + picture
    if size:
        shrink = min(1.0, size[0] / wide, size[1] / tall)
        height, picture, (wide, tall) = height * shrink, picture * shrink, size
    plate = slab((wide, 0.002, tall), min(0.010, 0.12 * tall), 0.0006, 2).turned("x", 90)
    bits: Bits = [(plate, "matt", ground)]
    block = ((len(lines) - 1) * LEADING + 1) * height
    left = -wide / 2 + (picture + 1.1 * height if pictured else MARGIN * height)
    align, at = (0.0, left) if pictured else (0.5, 0.0)
    for n, line in enumerate(lines):
        y = block / 2 - height - n * LEADING * height
        bits.append((text(line, height, align).moved(at, y, 0.002 + LAYER), "matt", ink))
    if pictured:
        bits += [
            (shape.moved(-wide / 2 + 0.3 * height + picture / 2, 0, 0.002 + LAYER), "matt", colour)
            for shape, colour in pictogram(look, picture)
        ]
    return bits


def pictogram(look: str, side: float) -> list[tuple[Mesh, str]]:
    """White disc with a bang (mandatory), black triangle with a bang (warning), an arrow into a door (way out)."""
    stroke = join([_bar(0, 0.07, 0.10, 0.34, side), _bar(0, -0.22, 0.11, 0.11, side)])
    if look == "must":
        disc = lathe([(side * 0.46, 0), (0, 0)], 28).turned("x", 90)
        return [(disc, "lamp"), (stroke.moved(z=LAYER), "must")]
    if look == "warning":
        corners = [(-0.48, -0.42), (0.48, -0.42), (0.0, 0.46)]
        outer = polygon([(x * side, y * side) for x, y in corners])
        inner = polygon([(x * side * 0.74, (y * 0.74 - 0.03) * side) for x, y in corners]).moved(z=LAYER)
        bang = stroke.scaled(0.8, 0.8, 1).moved(0, -0.05 * side, 2 * LAYER)
        return [(outer, "ink"), (inner, "warning"), (bang, "ink")]
    frame = join([_bar(0.18, 0, 0.44, 0.80, side)])
    shaft = _bar(-0.10, 0, 0.40, 0.12, side).moved(z=LAYER)
    head = polygon([(x * side, y * side) for x, y in ((0.08, -0.18), (0.30, 0.0), (0.08, 0.18))]).moved(z=LAYER)
    outside = _bar(-0.17, 0, 0.26, 0.12, side)
    inside = join([shaft, head])
    return [(frame, "lamp"), (outside, "lamp"), (inside, "safe")]


def _bar(x: float, y: float, width: float, height: float, side: float) -> Mesh:
    flat = sheet(width * side, height * side)
    return Mesh(flat.points, flat.faces).moved(x * side, y * side)


def put_sign(
    model: Model,
    part: str,
    look: str,
    words: Wording,
    height: float,
    at: tuple[float, float, float],
    yaw: float = 0.0,
    tilt: float = 0.0,
    size: tuple[float, float] | None = None,
) -> None:
    """A sign or label on a part: its middle at `at`, tilted back, then turned (degrees)."""
    for shape, material, colour in sign(look, words, height, size):
        model.add(part, shape.turned("x", -tilt).turned("y", yaw).moved(*at), material, colour, occluded=False)


def dial(radius: float, share: float, words: Wording | None = None, zero: float = 0.5) -> Bits:
    """A round gauge facing +z, its back at z = 0: the needle stands at `share` of a turn of 240 degrees."""
    rim = [(radius, 0.0), (radius, 0.018), (radius * 0.95, 0.024), (radius * 0.88, 0.024), (radius * 0.84, 0.018)]
    face = lathe([(radius * 0.86, 0.0), (0, 0.0)], 28).turned("x", 90).moved(z=0.019)
    bits: Bits = [(lathe(rim, 28).turned("x", 90), "satin", "dark"), (face, "satin", "paper")]
    for n in range(13):
        long = n % 3 == 0
        tick = sheet(radius * (0.03 if long else 0.018), radius * (0.16 if long else 0.09))
        placed = tick.moved(0, radius * 0.72, 0.0196).turned("z", 120 - 20 * n)
        low = abs(n / 12 - zero) < 0.13
        bits.append((Mesh(placed.points, placed.faces), "matt", "red" if low else "ink"))
    needle = polygon([(-0.03 * radius, -0.1 * radius), (0.03 * radius, -0.1 * radius), (0.0, 0.70 * radius)])
    bits.append((needle.moved(z=0.0206).turned("z", 120 - 240 * float(np.clip(share, 0, 1))), "matt", "red"))
    hub = lathe([(radius * 0.10, 0), (radius * 0.08, 0.002), (0, 0.002)], 12).turned("x", 90).moved(z=0.0208)
    bits.append((hub, "satin", "ink"))
    if words:
        bits.append((text("Pa", radius * 0.2).moved(0, -radius * 0.52, 0.0196), "matt", "ink"))
    return bits
