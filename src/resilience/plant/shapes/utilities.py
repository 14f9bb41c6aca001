"""Utilities at the wall: the manifold with one drop for each service; and the floor scale."""

from __future__ import annotations

import numpy as np

from resilience.plant.shapes.instruments_process import flat, gauge, tag
from resilience.plant.shapes.mesh import box, lathe, sheet, slab
from resilience.plant.shapes.model import Model, makes
from resilience.plant.shapes.piping import (
    Assembly,
    arrow,
    ball_valve,
    bar,
    brick,
    check_valve,
    clamp,
    diaphragm_valve,
    disc,
    lagged,
    pipe,
    placed,
    put,
)
from resilience.plant.shapes.sweep import tube
from resilience.plant.specs import Spec

# service, colour of its band and lever (BS 1710 and EN 13480 practice: site data), share of the gauge, make of the drop
SERVICES = (
    ("WFI", "green", 0.0, "water"),
    ("CS", "red", 0.55, "steam"),
    ("CHW", "blue", 0.40, "water"),
    ("AIR", "water", 0.70, "gas"),
    ("N2", "black", 0.62, "gas"),
    ("O2", "white", 0.58, "gas"),
    ("CO2", "grey", 0.60, "gas"),
)


@makes("utilities-manifold")
def utilities_manifold(spec: Spec) -> Model:
    model, d = Assembly("utilities-manifold", reach=0.15, strength=0.7), spec.dimension
    back, pitch, high = -d("depth") / 2, d("pitch"), d("header")
    plate = slab((d("width"), 0.006, d("panel_high") - d("panel_low")), 0.01, 0.001, 2).turned("x", 90)
    model.add("panel", plate.moved(0, (d("panel_low") + d("panel_high")) / 2, back), "steel", "steel", longest=0.65)
    for y in (0.95, d("panel_high") - 0.12):
        rail = bar((d("width") - 0.06, 0.041, 0.021), (0, y, back + 0.018))
        model.add("panel", rail, "steel", "steel_dark")
    chase = box((d("width") + 0.04, 0.16, d("depth") - 0.02), (0, high - 0.02, -0.01), 0.006)
    model.add("panel", chase, "satin", "white", longest=0.6)
    first = -pitch * (len(SERVICES) - 1) / 2
    for n, (name, colour, share, make) in enumerate(SERVICES):
        x, z = first + pitch * n, back + 0.095
        part = f"{name.lower()}-drop"
        if make == "gas":
            _gas(model, part, (x, z), colour, share, high)
        else:
            _liquid(model, part, (x, z), colour, share, high, make)
        put(model, "labels", tag(name, 0.024), (x + 0.085, 1.68, back + 0.0062))
        band = lathe([(0.031, -0.05), (0.031, 0.05)], 8)
        model.add("labels", band.moved(x, high - 0.16, z), "satin", colour, occluded=False)
        sign = placed(arrow(0.07, 0.024), (x, high - 0.16, z + 0.0318), (0, -1, 0))
        model.add(
            "labels", sign, "matt", "paper" if colour not in ("white", "water", "grey") else "black", occluded=False
        )
        for y in (0.95, d("panel_high") - 0.12):
            model.add("panel", brick((0.05, 0.022, 0.07), (x, y, back + 0.06)), "steel", "steel_dark")
    return model


def _liquid(
    model: Model, part: str, at: tuple[float, float], colour: str, share: float, high: float, make: str
) -> None:
    """A hygienic drop: lagged above, diaphragm valve, gauge, end with a clamp (steam: trap leg as well)."""
    (x, z), d = at, 0.0254
    put(model, part, lagged([(x, 1.62, z), (x, high, z)], 0.056, segments=8))
    model.add(part, pipe([(x, 1.64, z), (x, 1.02, z), (x, 1.02, z + 0.12)], d), "steel", "steel")
    put(model, part, diaphragm_valve(d, False, colour, 9), (x, 1.44, z))
    put(model, part, clamp(d), (x, 1.36, z))
    put(model, part, clamp(d), (x, 1.02, z + 0.11), (0, 0, 1), (0, 1, 0))
    model.add(part, disc(0.025, 0, 0.010, 9).turned("x", 90).moved(x, 1.02, z + 0.118), "steel", "steel")
    if share:
        tee = pipe([(x, 1.24, z), (x, 1.24, z + 0.06)], 0.0127)
        model.add(part, tee, "steel", "steel")
        put(model, part, gauge(0.063, share, 0.02), (x, 1.235, z + 0.055))
    if make == "steam":
        model.add(part, pipe([(x, 1.06, z), (x, 0.78, z)], 0.0127), "steel", "steel")
        trap = lathe([(0.010, -0.045), (0.032, -0.018), (0.032, 0.018), (0.010, 0.045)], 9)
        model.add(part, trap.moved(x, 0.86, z), "steel", "steel_dark")


def _gas(model: Model, part: str, at: tuple[float, float], colour: str, share: float, high: float) -> None:
    """A gas drop: ball valve, regulator with its gauge, non-return valve, quick coupling."""
    (x, z), d = at, 0.0127
    model.add(part, pipe([(x, high, z), (x, 1.00, z), (x, 1.00, z + 0.10)], d, 0.03), "steel", "steel")
    put(model, part, ball_valve(0.020, colour), (x, 1.60, z))
    body = brick((0.056, 0.075, 0.056), (x, 1.34, z))
    bell = lathe([(0.034, 0.030), (0.030, 0.082), (0.022, 0.090), (0.022, 0.120), (0, 0.122)], 8)
    model.add(part, body, "steel", "steel_dark")
    model.add(part, bell.turned("x", 90).moved(x, 1.34, z), "satin", "dark")
    put(model, part, gauge(0.050, share, 0.018), (x + 0.03, 1.34, z), (0.7, 0.7, 0), (0, 0, 1))
    put(model, part, check_valve(0.0127), (x, 1.16, z))
    coupling = lathe([(0.017, 0.0), (0.017, 0.030), (0.011, 0.034), (0.011, 0.044), (0, 0.044)], 8)
    model.add(part, coupling.turned("x", 90).moved(x, 1.00, z + 0.095), "steel", "steel")
    ring = lathe([(0.0185, 0.012), (0.0185, 0.024)], 8)
    model.add(part, ring.turned("x", 90).moved(x, 1.00, z + 0.095), "satin", colour)


@makes("floor-scale")
def floor_scale(spec: Spec) -> Model:
    """A platform on four cells with a ramped edge, its indicator on a column behind."""
    model, d = Assembly("floor-scale", reach=0.12, floor=True), spec.dimension
    side, top, back = d("platform"), d("top"), d("column_z")
    deck = slab((side, 0.030, side), 0.012, 0.003, 2).moved(y=top - 0.030)
    model.add("platform", deck, "steel", "steel")
    frame = box((side - 0.06, top - 0.034, side - 0.06), (0, (top - 0.034) / 2 + 0.012, 0), 0.004)
    model.add("frame", frame, "steel", "steel_dark")
    for sx in (-1, 1):
        for sz in (-1, 1):
            model.add(
                "feet",
                disc(0.026, 0.0, 0.020, 8).moved(sx * (side / 2 - 0.06), 0, sz * (side / 2 - 0.06)),
                "matt",
                "rubber",
            )
    bubble = lathe([(0.012, top), (0.012, top + 0.002), (0, top + 0.002)], 9)
    model.add("level-bubble", bubble.moved(side / 2 - 0.03, 0, side / 2 - 0.03), "satin", "green", occluded=False)
    at = np.array(spec.points["indicator"])
    post = tube(
        [(0, 0.03, back + 0.05), (0, 0.03, back), (0, at[1] - 0.03, back), (0, at[1], at[2] - 0.05)], 0.022, 10, 0.05
    )
    model.add("column", post, "steel", "steel")
    tilt = np.radians(25)
    facing = (0.0, np.sin(tilt), np.cos(tilt))
    up = (0.0, np.cos(tilt), -np.sin(tilt))
    size = spec.screens["display"].size
    case = slab((size[0] + 0.08, 0.055, size[1] + 0.11), 0.014, 0.004, 2).turned("x", 90).moved(0, -0.030, -0.058)
    model.add("indicator", placed(case, at, up, facing), "steel", "steel")
    bezel = slab((size[0] + 0.014, 0.003, size[1] + 0.014), 0.004, 0.001, 2).turned("x", 90).moved(0, 0, -0.0036)
    model.add("indicator", placed(bezel, at, up, facing), "satin", "black")
    model.add("display", placed(sheet(*size), at, up, facing), "screen", "black", occluded=False)
    for name, x in (("tare", -0.06), ("zero", 0.0), ("print", 0.06)):
        key = box((0.044, 0.026, 0.006), (x, -size[1] / 2 - 0.035, -0.001), 0.001)
        model.add(f"{name}-key", placed(key, at, up, facing), "satin", "accent" if name == "tare" else "grey")
    legend = flat(sheet(size[0] * 0.9, 0.004)).moved(0, -size[1] / 2 - 0.012, -0.0025)
    model.add("indicator", placed(legend, at, up, facing), "satin", "accent", occluded=False)
    return model
