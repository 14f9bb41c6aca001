"""Frames on castors, and what stands on one: the chromatography skid with its flow path laid out on the front."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from resilience.plant.shapes.instruments_process import (
    diaphragm_pump,
    emergency_stop,
    flow_cell,
    flowmeter,
    gauge,
    light_castor,
    panel,
    stack_light,
    tag,
    transmitter,
)
from resilience.plant.shapes.mesh import Mesh, box, join, lathe, sheet, slab
from resilience.plant.shapes.model import Model, makes
from resilience.plant.shapes.piping import (
    Assembly,
    at_each,
    bar,
    brick,
    clamp,
    diaphragm_valve,
    disc,
    pipe,
    put,
)
from resilience.plant.shapes.sweep import tube
from resilience.plant.shapes.vessels import outwards
from resilience.plant.specs import Spec

Levels = Sequence[float]


def frame(
    model: Model,
    half: tuple[float, float],
    wide: float,
    feet: float,
    levels: Levels,
    top: float,
    open_front: Levels = (),
) -> None:
    """Square tube round a rectangle (half widths x, z): posts, and rails at `levels`; at `open_front` none in front."""
    x, z = half[0] - wide / 2, half[1] - wide / 2
    posts = [bar((wide, top - feet, wide), (sx * x, (top + feet) / 2, sz * z)) for sx in (-1, 1) for sz in (-1, 1)]
    rails: list[Mesh] = []
    for y in [*levels, *open_front]:
        sides = (-1,) if y in open_front else (-1, 1)
        rails += [bar((2 * x - wide, wide, wide), (0, y, s * z)) for s in sides]
        rails += [bar((wide, wide, 2 * z - wide), (s * x, y, 0)) for s in (-1, 1)]
    ends = [brick((wide, 0.004, wide), (sx * x, top - 0.002, sz * z)) for sx in (-1, 1) for sz in (-1, 1)]
    model.add("frame", [*posts, *rails, *ends], "steel", "steel")


def castors(model: Model, half: tuple[float, float], diameter: float, plate: float) -> None:
    """Four braked castors under the corners."""
    for n, (sx, sz) in enumerate(((-1, -1), (1, -1), (-1, 1), (1, 1))):
        at = (sx * (half[0] - 0.045), 0, sz * (half[1] - 0.075))
        put(model, "castors", light_castor(diameter, plate), at, facing=outwards((170, 200, -12, 25)[n]))


@makes("chromatography-skid")
def chromatography_skid(spec: Spec) -> Model:
    model, d = Assembly("chromatography-skid", reach=0.20, strength=0.75, floor=True), spec.dimension
    half, wide, deck, top, line = (0.62, 0.345), d("bar"), d("deck"), d("top"), d("line")
    plate = d("castor") + 0.04
    frame(model, half, wide, plate, (plate + wide / 2, top - wide / 2), top, (0.72,))
    castors(model, half, d("castor"), plate)
    tray = slab((2 * half[0] - 0.02, 0.045, 2 * half[1] - 0.02), 0.02, 0.003, 2).moved(y=deck - 0.045)
    model.add("drip-tray", tray, "steel", "steel", longest=0.7)
    model.add("drip-tray", disc(0.014, deck - 0.10, deck - 0.04, 8).moved(0.45, 0, 0.20), "steel", "steel_dark")
    cabinet = box((0.40, top - deck - 0.10, 0.36), (half[0] - 0.24, (deck + top) / 2 + 0.01, -0.12), 0.006)
    model.add("cabinet", cabinet, "satin", "white", longest=0.5)
    vents = [brick((0.001, 0.010, 0.22), (half[0] - 0.0395, 0.60 + 0.03 * n, -0.12)) for n in range(8)]
    model.add("cabinet", vents, "matt", "dark", occluded=False)
    back = box((0.80, 0.94, 0.012), (-0.20, 0.82, -0.02), 0.002)
    model.add("frame", back, "steel", "steel", longest=0.24)
    shelf = box((0.56, 0.012, 2 * half[1] - 0.06), (-0.31, top + 0.006, 0.0), 0.002)
    model.add("column-shelf", shelf, "steel", "steel", longest=0.4)
    _pumps(model, deck, line)
    _inlets(model, line)
    _treatment(model, line)
    _column_valves(model, spec, line)
    _detectors(model, line)
    _outlets(model, deck, line)
    at = spec.points["hmi"]
    tilt = np.radians(10)
    arm = tube([(at[0], top - 0.02, 0.16), (at[0], at[1], 0.16), (at[0], at[1], at[2] - 0.05)], 0.022, 10, 0.07)
    model.add("hmi-panel", arm, "steel", "steel")
    panel(model, "hmi-panel", "hmi", spec.screens["hmi"].size, at, (0, np.sin(tilt), np.cos(tilt)))
    put(model, "stack-light", stack_light(spec.size[1] - top), (half[0] - 0.06, top, -half[1] + 0.08))
    stop = spec.controls["e-stop"].at
    shelf = box((0.10, 0.09, 0.30), (stop[0], stop[1], 0.09), 0.003)
    model.add("cabinet", shelf, "satin", "white")
    put(model, "e-stop", emergency_stop(), (stop[0], stop[1], 0.238))
    put(model, "cabinet", tag("CR-301", 0.024), (half[0] - 0.24, 0.92, 0.0605))
    size = spec.screens["nameplate"].size
    at = (half[0] - 0.24, 1.02, 0.0602)
    model.add("nameplate", sheet(*size).moved(at[0], at[1], at[2] + 0.004), "screen", "paper", occluded=False)
    sign = slab((size[0] + 0.01, 0.004, size[1] + 0.01), 0.004, 0.001, 2).turned("x", 90)
    model.add("cabinet", sign.moved(*at), "steel", "steel")
    return model


def _pumps(model: Model, deck: float, line: float) -> None:
    """Two pumps side by side on the deck, heads to the front; both deliver into one line upwards."""
    for part, x in (("system-pump-a", -0.42), ("system-pump-b", -0.10)):
        put(model, part, diaphragm_pump(0.42), (x, 0.45, 0.14))
        foot = box((0.12, 0.15, 0.20), (x, deck + 0.07, -0.02), 0.004)
        model.add(part, foot, "steel", "steel_dark")
        suction = pipe([(x - 0.11, 0.45, 0.165), (x - 0.14, 0.45, 0.165), (x - 0.14, 0.33, 0.165)], line)
        delivery = pipe([(x + 0.11, 0.45, 0.165), (x + 0.14, 0.45, 0.165), (x + 0.14, 0.66, 0.165)], line)
        model.add(part, [suction, delivery], "steel", "steel")
        put(model, part, at_each(clamp(line), [(x - 0.118, 0.45, 0.165), (x + 0.118, 0.45, 0.165)], (1, 0, 0)))
    model.add("system-pump-b", pipe([(-0.28, 0.66, 0.165), (0.04, 0.66, 0.165)], line), "steel", "steel")


def _inlets(model: Model, line: float) -> None:
    """Four buffers to pump A low in front, four to pump B behind them; each has a coupling on the left flank."""
    for n in range(8):
        row = n // 4
        x, y, z = -0.555 + 0.155 * (n % 4), 0.31 + 0.10 * row, 0.255 - 0.09 * row
        colour = ("green", "blue")[row]
        put(model, "inlet-valves", diaphragm_valve(0.0127, True, colour), (x, y, z))
    for row, y in enumerate((0.345, 0.395)):
        z = 0.255 - 0.09 * row
        run = pipe([(-0.575, y, z), (-0.07, y, z)], line)
        model.add("inlet-manifold", run, "steel", "steel")
    flank = slab((0.36, 0.006, 0.40), 0.01, 0.001, 2).turned("x", 90).turned("y", -90).moved(-0.594, 0.62, 0.10)
    model.add("inlet-manifold", flank, "steel", "steel")
    for n in range(8):
        at = (-0.597, 0.50 + 0.075 * (n % 4), 0.18 - 0.14 * (n // 4))
        ring = lathe([(0.012, 0.012), (0.017, 0.017), (0.012, 0.024)], 8)
        put(
            model,
            "inlet-manifold",
            [(disc(0.010, 0, 0.038, 8), "steel", "steel"), (ring, "satin", ("green", "blue")[n // 4])],
            at,
            (-1, 0, 0),
        )


def _treatment(model: Model, line: float) -> None:
    """From the pumps through the air trap and the filter to the column valves."""
    x = -0.12
    model.add(
        "bubble-trap",
        pipe([(0.04, 0.66, 0.165), (0.04, 0.74, 0.165), (x, 0.74, 0.165), (x, 0.80, 0.165)], line),
        "steel",
        "steel",
    )
    ends = [disc(0.050, y - 0.012, y + 0.012, 13, 0.003).moved(x, 0, 0.165) for y in (0.812, 1.058)]
    rods = [
        disc(0.005, 0.80, 1.07, 6).moved(x + 0.042 * np.cos(a), 0, 0.165 + 0.042 * np.sin(a))
        for a in np.radians([30, 150, 270])
    ]
    model.add("bubble-trap", [*ends, *rods], "steel", "steel")
    model.add(
        "bubble-trap", lathe([(0.033, 0.824), (0.033, 0.98), (0, 0.98)], 10).moved(x, 0, 0.165), "liquid", "water", 0.7
    )
    model.add("bubble-trap", lathe([(0.037, 0.824), (0.037, 1.046)], 12).moved(x, 0, 0.165), "glass", "clear", 0.32)
    put(model, "bubble-trap", [(disc(0.010, 0, 0.05, 8), "satin", "dark")], (x, 1.07, 0.165))
    fx = -0.30
    model.add(
        "inline-filter",
        pipe(
            [(x - 0.02, 0.79, 0.165), (-0.21, 0.79, 0.165), (-0.21, 1.12, 0.165), (fx, 1.12, 0.165), (fx, 1.06, 0.165)],
            line,
        ),
        "steel",
        "steel",
    )
    body = lathe(
        [(0.012, 0.80), (0.042, 0.83), (0.042, 1.00), (0.056, 1.004), (0.056, 1.026), (0.040, 1.03), (0.012, 1.06)], 12
    )
    model.add("inline-filter", body.moved(fx, 0, 0.165), "steel", "steel")
    put(model, "inline-filter", [(disc(0.006, 0, 0.03, 6), "steel", "steel_dark")], (fx, 1.05, 0.185))
    model.add(
        "pre-column-pressure",
        pipe([(fx, 0.80, 0.165), (fx, 0.74, 0.165), (-0.42, 0.74, 0.165), (-0.42, 0.86, 0.165)], line),
        "steel",
        "steel",
    )
    put(model, "pre-column-pressure", transmitter(line, stem=0.035), (-0.42, 0.86, 0.165))
    put(model, "pre-column-pressure", gauge(0.063, 0.35, 0.02), (fx + 0.06, 0.745, 0.165))


def _column_valves(model: Model, spec: Spec, line: float) -> None:
    """Forward flow, reverse flow and by-pass round the column's two ports on the left flank."""
    y_in, y_out = spec.points["column-inlet"][1], spec.points["column-outlet"][1]
    z = 0.165
    model.add(
        "column-valves",
        pipe([(-0.42, 0.86, z), (-0.50, 0.86, z), (-0.50, y_in, z), (-0.56, y_in, z)], line),
        "steel",
        "steel",
    )
    model.add("column-valves", pipe([(-0.56, y_out, z), (-0.36, y_out, z)], line), "steel", "steel")
    for x, y in ((-0.50, 0.93), (-0.50, 1.12), (-0.44, y_out)):
        axis = (1, 0, 0) if x > -0.45 else (0, 1, 0)
        put(model, "column-valves", diaphragm_valve(line, True, "amber", 8), (x, y, z), axis)
    model.add("column-bypass", pipe([(-0.50, 1.06, z), (-0.37, 1.06, z), (-0.37, y_out, z)], line), "steel", "steel")
    put(model, "column-bypass", diaphragm_valve(line, True, "amber", 8), (-0.43, 1.06, z), (1, 0, 0))
    for point, flag in ((spec.points["column-inlet"], "blue"), (spec.points["column-outlet"], "green")):
        run = pipe([(-0.56, point[1], z), (-0.59, point[1], z), (-0.59, point[1], point[2])], line, 0.02)
        model.add("column-ports", run, "steel", "steel")
        put(model, "column-ports", clamp(line), (-0.59, point[1], point[2] - 0.02), (0, 0, 1), (0, 1, 0))
        ring = lathe([(0.0100, 0.0), (0.0135, 0.004), (0.0100, 0.010)], 8)
        put(model, "column-ports", [(ring, "satin", flag)], (-0.59, point[1], 0.205), (0, 0, 1))


def _detectors(model: Model, line: float) -> None:
    """After the column: UV, conductivity, pH in line, then flow and back pressure."""
    y, z = 1.17, 0.165
    run = pipe([(-0.36, 0.98, z), (-0.34, 0.98, z), (-0.34, y, z), (0.14, y, z), (0.14, 0.36, z)], line)
    model.add("outlet-manifold", run, "steel", "steel")
    for part, x, colour in (
        ("uv-cell", -0.24, "blue"),
        ("conductivity-cell", -0.11, "amber"),
        ("ph-cell", 0.02, "green"),
    ):
        put(model, part, flow_cell(0.085, colour), (x, y, z), (1, 0, 0))
    put(model, "flow-meter", flowmeter(line), (0.14, 0.96, z))
    put(model, "back-pressure-valve", diaphragm_valve(line, False, "dark", 8), (0.14, 0.79, z))


def _outlets(model: Model, deck: float, line: float) -> None:
    """Six outlets for fractions and one to waste, low on the right."""
    y, z = 0.36, 0.165
    model.add("outlet-manifold", pipe([(0.14, y, z), (0.57, y, z)], line), "steel", "steel")
    for n in range(6):
        x = 0.19 + 0.062 * n
        put(model, "outlet-valves", diaphragm_valve(0.0127, True, "white", 7), (x, y - 0.035, z + 0.0))
        model.add("outlet-valves", pipe([(x, y - 0.06, z), (x, deck + 0.002, z)], 0.0127, segments=6), "steel", "steel")
    drop = pipe([(0.57, y, z), (0.57, y, z + 0.08), (0.57, deck + 0.002, z + 0.08)], line)
    model.add("waste-outlet", drop, "steel", "steel")
    put(model, "waste-outlet", diaphragm_valve(line, True, "red", 8), (0.57, y - 0.05, z + 0.08), facing=(0, 0, 1))
    tag = box((0.05, 0.022, 0.004), (0.57, y + 0.05, z + 0.02), 0.001)
    model.add("waste-outlet", join([tag]), "satin", "red")
