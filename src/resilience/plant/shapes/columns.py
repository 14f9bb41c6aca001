"""Chromatography columns: the 5 mL cartridge on its stand, and the 300 mm process column on castors."""

from __future__ import annotations

import numpy as np

from resilience.plant.shapes.instruments_process import gauge, light_castor
from resilience.plant.shapes.mesh import box, join, lathe, sheet, slab, wrap_label
from resilience.plant.shapes.model import Model, makes
from resilience.plant.shapes.piping import Assembly, aseptic_connector, clamp, disc, hose, pipe, put
from resilience.plant.shapes.sweep import tube
from resilience.plant.shapes.vessels import on_circle, outwards
from resilience.plant.specs import Spec


@makes("column-5ml")
def column_5ml(spec: Spec) -> Model:
    """Bed of 25 mm between two frits, end fittings with finger-tight connectors; boss and clamp hold it upright."""
    model, d = Assembly("column-5ml", reach=0.04, floor=True), spec.dimension
    base = slab((spec.size[0], 0.012, spec.size[2]), 0.008, 0.002, 3)
    model.add("stand", base, "steel", "steel")
    rod_z = -spec.size[2] / 2 + 0.022
    model.add("stand", disc(0.006, 0.010, spec.size[1], 9).moved(z=rod_z), "steel", "steel")
    y, r, bed = d("bed_foot"), d("bore") / 2, d("bed_height")
    model.add(
        "column-tube", lathe([(r + 0.0025, y - 0.006), (r + 0.0025, y + bed + 0.006)], 13), "glass", "clear", 0.35
    )
    model.add("resin-bed", lathe([(0, y), (r, y), (r, y + bed), (0, y + bed)], 13), "satin", "paper")
    for part, end, way in (("bottom-frit", y, -1), ("top-frit", y + bed, 1)):
        model.add(
            part, disc(r + 0.0006, min(end, end + way * 0.0015), max(end, end + way * 0.0015), 16), "matt", "grey"
        )
    cap = [
        (r + 0.001, 0.002),
        (r + 0.006, 0.002),
        (r + 0.0065, 0.004),
        (r + 0.0065, 0.016),
        (r + 0.003, 0.020),
        (0.004, 0.021),
        (0.004, 0.030),
    ]
    for part, end, way in (("outlet-fitting", y, -1), ("inlet-fitting", y + bed, 1)):
        shape = lathe(cap, 16) if way > 0 else lathe(cap, 16).turned("x", 180)
        model.add(part, shape.moved(y=end), "satin", "accent")
        nut = lathe([(0.0055, 0.024), (0.0062, 0.026), (0.0062, 0.036), (0.003, 0.038)], 8)
        model.add(part, (nut if way > 0 else nut.turned("x", 180)).moved(y=end), "satin", "white")
    over, under = y + bed + 0.038, y - 0.038
    model.add(
        "inlet-line",
        hose(
            [(0, over - 0.004, 0), (0, over + 0.045, 0), (0.05, over + 0.06, 0.01), (0.055, over - 0.01, 0.02)],
            0.0032,
            0.03,
            6,
        ),
        "satin",
        "pp",
    )
    model.add(
        "outlet-line",
        hose([(0, under + 0.004, 0), (0, 0.035, 0), (-0.045, 0.022, 0.02), (-0.055, 0.018, 0.04)], 0.0032, 0.02, 6),
        "satin",
        "pp",
    )
    grip = y + bed + 0.011
    boss = box((0.020, 0.022, 0.018), (0, grip, rod_z + 0.002), 0.003)
    knob = disc(0.007, 0, 0.014, 8).turned("x", -90).moved(0, grip, rod_z - 0.006)
    arm = box((0.008, 0.010, -rod_z - r), (0, grip, rod_z / 2 - r / 2), 0.002)
    jaw = lathe(
        [
            (r + 0.0068, grip - 0.005),
            (r + 0.0095, grip - 0.005),
            (r + 0.0095, grip + 0.005),
            (r + 0.0068, grip + 0.005),
        ],
        10,
        250,
        55,
    )
    model.add("clamp", [boss, arm, jaw], "steel", "steel")
    model.add("clamp", knob, "satin", "dark")
    size = spec.screens["label"].size
    label = sheet(*size).turned("x", -90).moved(0, 0.0124, spec.size[2] / 2 - 0.020)
    model.add("label", label, "screen", "paper", occluded=False)
    return model


@makes("column-300")
def column_300(spec: Spec) -> Model:
    """Acrylic tube between steel flanges on tie rods; adapter lowered on three rods by a handwheel; trolley frame."""
    model, d = Assembly("column-300", reach=0.16, strength=0.75, floor=True), spec.dimension
    r, low, high = d("bore") / 2, d("tube_low"), d("tube_high")
    wall, rim = r + 0.016, d("flange_diameter") / 2
    bed, top = d("bed_height"), d("adapter_top")
    model.add("column-tube", lathe([(wall, low), (wall, high)], 24), "glass", "clear", 0.22)
    model.add("resin-bed", lathe([(r, low + 0.012), (r, low + 0.012 + bed)], 20), "satin", "paper")
    for part, y in (("bottom-frit", low + 0.006), ("top-frit", low + 0.018 + bed)):
        model.add(part, lathe([(r + 0.001, y - 0.006), (r + 0.001, y + 0.006)], 20), "steel", "steel_dark")
    for part, y in (("bottom-flange", low), ("top-flange", high)):
        ring = lathe(
            [
                (0.03, y - 0.024),
                (rim - 0.003, y - 0.024),
                (rim, y - 0.021),
                (rim, y + 0.009),
                (rim - 0.003, y + 0.012),
                (wall, y + 0.012),
                (r, y + 0.004),
            ],
            24,
        )
        if part == "top-flange":
            ring = lathe(
                [
                    (wall, y - 0.012),
                    (rim - 0.003, y - 0.012),
                    (rim, y - 0.009),
                    (rim, y + 0.021),
                    (rim - 0.003, y + 0.024),
                    (r + 0.002, y + 0.024),
                    (r + 0.002, y - 0.004),
                ],
                24,
            )
        model.add(part, ring, "steel", "steel")
    for n in range(6):
        at = on_circle(30 + 60 * n, rim - 0.022, 0)
        model.add("tie-rods", disc(0.010, low - 0.03, high + 0.05, 6).moved(*at), "steel", "steel")
        nuts = [disc(0.017, y, y + 0.016, 6).moved(*at) for y in (low - 0.040, high + 0.024)]
        model.add("tie-rods", nuts, "steel", "steel_dark")
    piston = low + 0.024 + bed
    body = lathe(
        [(r - 0.001, piston), (r - 0.001, piston + 0.040), (r - 0.02, piston + 0.046), (0.03, piston + 0.05)], 20
    )
    model.add("adapter", body, "steel", "steel")
    seal = [lathe([(r + 0.001, y - 0.004), (r + 0.001, y + 0.004)], 20) for y in (piston + 0.012, piston + 0.028)]
    model.add("adapter-seal", seal, "matt", "black")
    bridge = high + 0.19
    for angle in (90, 210, 330):
        at = on_circle(angle, rim - 0.055, 0)
        model.add("adapter", disc(0.009, high + 0.02, bridge, 8).moved(*at), "steel", "steel")
    plate = lathe([(0.04, bridge), (rim - 0.03, bridge), (rim - 0.03, bridge + 0.016), (0.04, bridge + 0.016)], 17)
    model.add("adapter", plate, "steel", "steel")
    spindle = disc(0.022, piston + 0.04, top - 0.03, 10)
    turns = enumerate(np.linspace(bridge + 0.03, top - 0.08, 20))
    thread = lathe([(0.0225 + 0.004 * (n % 2), float(y)) for n, y in turns], 8)
    model.add("adapter", [spindle, thread], "steel", "steel")
    hand = [on_circle(a, 0.13, top - 0.045) for a in np.linspace(0, 360, 17)]
    spokes = [tube([(0, top - 0.045, 0), on_circle(a, 0.13, top - 0.045)], 0.007, 6) for a in (0, 120, 240)]
    model.add(
        "handwheel",
        [tube(hand, 0.011, 5, caps=False), *spokes, disc(0.032, top - 0.06, top - 0.03, 10)],
        "satin",
        "dark",
    )
    inlet = pipe([(0.0, top - 0.03, 0), (0, top, 0), (0.0, top, 0.10), (0.0, top - 0.06, 0.17)], 0.0191, 0.03)
    model.add("inlet-port", inlet, "steel", "steel")
    put(model, "inlet-port", clamp(0.0191), (0, top, 0.05), (0, 0, 1), (0, 1, 0))
    model.add(
        "inlet-line",
        hose(
            [(0, top - 0.06, 0.17), (0.02, top - 0.16, 0.26), (0.16, high - 0.2, 0.33), (0.22, 0.72, 0.33)],
            0.022,
            0.10,
            7,
        ),
        "satin",
        "pp",
    )
    put(model, "inlet-line", aseptic_connector(0.018), (0.22, 0.74, 0.33))
    put(model, "pressure-gauge", gauge(0.063, 0.28, 0.03), (-0.05, bridge + 0.016, 0.11))
    out = pipe([(0, low - 0.02, 0), (0, low - 0.11, 0), (0, low - 0.11, 0.26)], 0.0191, 0.04)
    model.add("outlet-port", out, "steel", "steel")
    put(model, "outlet-port", clamp(0.0191), (0, low - 0.11, 0.22), (0, 0, 1), (0, 1, 0))
    model.add(
        "outlet-line",
        hose(
            [(0, low - 0.11, 0.26), (-0.02, low - 0.12, 0.33), (-0.20, 0.30, 0.34), (-0.24, 0.62, 0.33)], 0.022, 0.10, 7
        ),
        "satin",
        "pp",
    )
    put(model, "outlet-line", aseptic_connector(0.018), (-0.24, 0.63, 0.33))
    _trolley(model, spec, rim, low)
    size = spec.screens["label"].size
    label = wrap_label(wall + 0.001, high - 0.05 - size[1], high - 0.05, 8, float(np.degrees(size[0] / wall)))
    model.add("label", label, "screen", "paper", occluded=False)
    return model


def _trolley(model: Model, spec: Spec, rim: float, low: float) -> None:
    """Three legs from the bottom flange to a ring on castors, with a bubble level."""
    wheel = spec.dimension("castor")
    plate = wheel + 0.04
    ring = [on_circle(a, rim + 0.05, plate + 0.02) for a in np.linspace(0, 360, 25)]
    model.add("stand", tube(ring, 0.020, 6, caps=False), "steel", "steel")
    for n, angle in enumerate((60, 180, 300)):
        leg = tube(
            [
                on_circle(angle, rim + 0.05, plate),
                on_circle(angle, rim + 0.05, low - 0.08),
                on_circle(angle, rim - 0.06, low - 0.03),
            ],
            0.020,
            8,
            0.05,
        )
        model.add("stand", leg, "steel", "steel")
        put(model, "castors", light_castor(wheel, plate), on_circle(angle, rim + 0.05, 0), facing=outwards(50 + 80 * n))
    vial = join([disc(0.016, low + 0.012, low + 0.022, 9).moved(*on_circle(0, rim - 0.024, 0))])
    model.add("level-bubble", vial, "satin", "green")
