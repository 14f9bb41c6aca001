"""What a room's walls and ceiling carry: return air grilles, pressure gauges, windows, pipes, ducts, cable trays."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from resilience.plant.rooms import Room, Run
from resilience.plant.shapes.mesh import Floats, Mesh, box, join, lathe, sheet, slab
from resilience.plant.shapes.model import Model
from resilience.plant.shapes.parts import frame
from resilience.plant.shapes.signs import dial, sign
from resilience.plant.shapes.sweep import tube
from resilience.plant.shapes.wall import Around, Wall
from resilience.plant.specs import Spec

SCALE = 60.0  # pascal at the end of a room's gauge
RADIUS = 0.064  # of the gauge, metres


def extracts(model: Model, wall: Wall, spec: Spec, room: Room) -> None:
    """Low-level return air grilles: frame and blades."""
    if wall.name not in room.extracts:
        return
    width, height = spec.dimension("extract_width"), spec.dimension("extract_height")
    for u in room.extracts[wall.name]:
        base = 0.16
        dark = sheet(width - 0.04, height - 0.04).moved(u, base + height / 2, 0.002)
        model.add("walls", wall.placed(Mesh(dark.points, dark.faces)), "matt", "black", occluded=False)
        rim = frame(width, height, 0.025, 0.016).turned("x", 90).moved(u, base + height / 2, 0.008)
        model.add("walls", wall.placed(rim), "satin", "white")
        blades = [
            box((width - 0.05, 0.022, 0.002), (0, 0, 0), 0.0006).turned("x", -38).moved(u, base + y, 0.009)
            for y in np.arange(0.040, height - 0.03, 0.021)
        ]
        model.add("walls", wall.placed(join(blades)), "satin", "white")


def gauges(model: Model, room: Room, around: Around) -> None:
    """Differential pressure gauges, 0 to 60 Pa, red below 10 Pa, each on a plate that says between what."""
    for gauge in room.gauges:
        wall = around[gauge.wall]
        bits = [(slab((0.160, 0.004, 0.240), 0.010, 0.001, 4).turned("x", 90).moved(0, -0.030, 0), "steel", "steel")]
        bits += [(s.moved(z=0.004), m, c) for s, m, c in dial(RADIUS, gauge.pascal / SCALE, gauge.words, 0.0)]
        tap = lathe([(0.0035, 0), (0.0035, 0.008), (0, 0.008)], 8).turned("x", 90).moved(-0.012, -0.078, 0.004)
        bits.append((tap, "steel", "steel_dark"))
        label = sign("label", gauge.words, 0.009, (0.140, 0.046))
        bits += [(s.moved(0, -0.118, 0.004), m, c) for s, m, c in label]
        for shape, material, colour in bits:
            placed = wall.placed(shape.moved(gauge.u, gauge.y, 0.001))
            model.add("gauge", placed, material, colour, occluded=False)


def windows(model: Model, room: Room, around: Around) -> None:
    """Flush panes with a thin frame; behind each, daylight over a lawn or the pale next room."""
    for window in room.windows.values():
        wall, (width, height) = around[window.wall], window.size
        y = window.y + height / 2
        pane = box((width - 0.004, height - 0.004, 0.006), (window.u, y, -0.006), 0.001)
        model.add("windows", wall.placed(pane), "glass", "pane", 0.14)
        rim = frame(width + 0.05, height + 0.05, 0.05, 0.012).turned("x", 90).moved(window.u, y, 0.004)
        model.add("windows", wall.placed(rim), "satin", "white" if room.finish == "classroom" else "grey")
        reveal = [
            sheet(0.20, height).turned("y", s * 90).moved(window.u - s * width / 2, y, -0.10) for s in (-1, 1)
        ] + [sheet(width, 0.20).turned("x", -s * 90).moved(window.u, y - s * height / 2, -0.10) for s in (-1, 1)]
        model.add("windows", [wall.placed(Mesh(part.points, part.faces)) for part in reveal], "satin", "wall")
        if room.finish == "classroom":
            views = [("sky", 1.6, height * 0.5 + 0.9), ("grass", 0.8, -height * 0.5 + 0.1)]
        else:
            views = [("ceiling", 2 * height, 0.0)]
        for colour, tall, rise in views:
            back = sheet(width + 2.4, tall).moved(window.u, y + rise, -1.2)
            material = "glow" if colour == "sky" else "matt"
            model.add("windows", wall.placed(Mesh(back.points, back.faces)), material, colour, occluded=False)


def runs(model: Model, room: Room) -> None:
    for run in room.runs:
        path = [np.asarray(point, dtype=float) for point in run.path]
        {"pipe": _pipe, "lagged": _lagged, "duct": _duct, "tray": _tray}[run.kind](model, run, path)


def _pipe(model: Model, run: Run, path: list[Floats]) -> None:
    """A pipe with a band of its colour and a label of what flows at the middle of its longest piece."""
    radius = run.size / 2
    model.add("runs", tube(path, radius, 10, run.size * 1.5, caps=True), "steel", "steel", occluded=False)
    start, end = max(pairwise(path), key=lambda ends: float(np.linalg.norm(ends[1] - ends[0])))
    along, middle = (end - start) / np.linalg.norm(end - start), (start + end) / 2
    if run.colour != "steel":
        band = tube([middle - along * 0.09, middle + along * 0.09], radius * 1.05, 12)
        model.add("runs", band, "satin", run.colour, occluded=False)
    for place in np.arange(0.4, float(np.linalg.norm(end - start)) - 0.2, 1.2):
        clip = tube([start + along * (place - 0.012), start + along * (place + 0.012)], radius * 1.3, 10)
        model.add("runs", clip, "satin", "mid", occluded=False)


def _lagged(model: Model, run: Run, path: list[Floats]) -> None:
    """Insulated pipe in smooth metal cladding, with bands."""
    radius = run.size / 2
    model.add("runs", tube(path, radius, 12, run.size * 1.2), "steel", "aluminium", occluded=False)
    for start, end in pairwise(path):
        long = float(np.linalg.norm(end - start))
        along = (end - start) / long
        for place in np.arange(0.5, long - 0.3, 1.0):
            at = start + along * place
            model.add("runs", tube([at - along * 0.01, at + along * 0.01], radius * 1.03, 12), "steel", "steel_dark")


def _duct(model: Model, run: Run, path: list[Floats]) -> None:
    """Round ventilation duct with flanged joints."""
    radius = run.size / 2
    model.add("runs", tube(path, radius, 16, run.size), "steel", "steel", occluded=False)
    for start, end in pairwise(path):
        long = float(np.linalg.norm(end - start))
        along = (end - start) / long
        for place in np.arange(0.8, long - 0.4, 1.5):
            at = start + along * place
            model.add("runs", tube([at - along * 0.015, at + along * 0.015], radius * 1.06, 16), "steel", "steel_dark")


def _tray(model: Model, run: Run, path: list[Floats]) -> None:
    """A cable ladder: two rails, rungs, and a bundle of cables; lies level."""
    half = run.size / 2
    for start, end in pairwise(path):
        long = float(np.linalg.norm(end - start))
        along = (end - start) / long
        across = np.cross(along, [0.0, 1.0, 0.0])
        yaw = float(np.degrees(np.arctan2(-along[2], along[0])))
        middle = (start + end) / 2
        bars = [box((long, 0.05, 0.003), (0, 0.025, s * half), 0.001) for s in (-1, 1)]
        bars += [box((0.03, 0.004, 2 * half), (x, 0.004, 0), 0.001) for x in np.arange(-long / 2 + 0.1, long / 2, 0.3)]
        model.add("runs", join(bars).turned("y", yaw).moved(*middle), "steel", "steel", occluded=False)
        for n, colour in enumerate(("dark", "grey", "dark", "blue")):
            off = across * half * (-0.6 + 0.35 * n) + np.array([0.0, 0.016, 0.0])
            model.add("runs", tube([start + off, end + off], 0.010, 6, caps=False), "matt", colour, occluded=False)
