"""What all vessels share: dished heads, places on them, legs; and the mobile tank."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, cos, radians, sin, sqrt

import numpy as np

from resilience.plant.shapes.instruments_process import light_castor
from resilience.plant.shapes.mesh import Mesh, box, lathe, wrap_label
from resilience.plant.shapes.model import Model, makes
from resilience.plant.shapes.piping import Assembly, at_each, brick, clamp, diaphragm_valve, disc, pipe, placed, put
from resilience.plant.shapes.sweep import tube
from resilience.plant.specs import Spec

Profile = list[tuple[float, float]]


def dished(radius: float, tangent: float, depth: float, steps: int = 7) -> Profile:
    """Outline of an elliptical head from its tangent line to its pole; negative depth for a bottom."""
    turns = np.linspace(0, np.pi / 2, steps + 1)
    return [
        (float(radius * np.cos(a)) if n < steps else 0.0, float(tangent + depth * np.sin(a)))
        for n, a in enumerate(turns)
    ]


def on_circle(angle: float, radius: float, y: float) -> tuple[float, float, float]:
    """A place about the axis: `angle` in degrees from the front (+z) towards +x."""
    return (radius * sin(radians(angle)), y, radius * cos(radians(angle)))


def outwards(angle: float, rise: float = 0.0) -> tuple[float, float, float]:
    """The direction away from the axis, lifted by `rise` degrees."""
    return (sin(radians(angle)) * cos(radians(rise)), sin(radians(rise)), cos(radians(angle)) * cos(radians(rise)))


def on_head(angle: float, out: float, radius: float, tangent: float, depth: float) -> tuple[float, float, float]:
    """A place on an elliptical head, `out` metres from the axis."""
    return on_circle(angle, out, tangent + depth * sqrt(max(0.0, 1 - (out / radius) ** 2)))


def between(low: float, high: float, step: float) -> Sequence[float]:
    """Evenly spaced heights from low to high, none farther apart than `step`."""
    return [float(v) for v in np.linspace(low, high, max(1, ceil((high - low) / step - 1e-9)) + 1)]


def weld(radius: float, y: float, segments: int) -> Mesh:
    """A polished weld seam round a shell."""
    return lathe([(radius - 0.001, y - 0.006), (radius + 0.0015, y), (radius - 0.001, y + 0.006)], segments)


@makes("mobile-tank")
def mobile_tank(spec: Spec) -> Model:
    """A mobile holding tank: dished both ends, legs on braked castors, lid with clamp, bottom valve, level tube."""
    model, d = Assembly("mobile-tank", reach=0.30, strength=0.7, floor=True), spec.dimension
    r, low, high = d("shell_diameter") / 2, d("lower_tangent"), d("upper_tangent")
    depth = r / 2
    shell = [
        *dished(r, low, -depth, 5)[::-1],
        *[(r, y) for y in between(low, high, 0.32)][1:],
        *dished(r, high, depth, 5)[1:],
    ]
    model.add("shell", lathe(shell, 24), "steel", "steel")
    model.add("shell", weld(r, high, 24), "steel", "steel_dark", occluded=False)
    _legs(model, spec, r, low)
    top = high + depth
    neck, rise = d("lid_diameter") / 2, top + 0.035
    collar = lathe([(neck, top - 0.05), (neck, rise), (neck + 0.012, rise)], 17)
    band = lathe(
        [(neck + 0.010, rise), (neck + 0.020, rise + 0.004), (neck + 0.020, rise + 0.018), (neck, rise + 0.022)], 17
    )
    lid = lathe([(neck, rise + 0.020), (neck * 0.8, rise + 0.036), (neck * 0.3, rise + 0.046), (0, rise + 0.047)], 17)
    model.add("lid", [lid, collar, band], "steel", "steel")
    handle = tube(
        [(-0.06, rise + 0.04, 0), (-0.06, rise + 0.085, 0), (0.06, rise + 0.085, 0), (0.06, rise + 0.04, 0)],
        0.007,
        8,
        0.02,
    )
    model.add("lid", handle, "steel", "steel_dark")
    put(
        model,
        "lid",
        [(box((0.05, 0.03, 0.02), (0, 0, 0), 0.003), "steel", "steel_dark")],
        (0, rise + 0.01, neck + 0.028),
    )
    vent = on_circle(205, neck * 0.55, rise + 0.03)
    put(model, "vent-filter", [*clamp(0.0254), (disc(0.030, 0.012, 0.115, 10, 0.008), "satin", "white")], vent)
    _outlet(model, low - depth)
    # level tube on the right, its liquid a darker column
    side = r + 0.035
    for y in (low + 0.02, high - 0.02):
        model.add("level-tube", pipe([(r - 0.005, y, 0), (side, y, 0)], 0.012), "steel", "steel")
        put(model, "level-tube", clamp(0.0127), (side - 0.016, y, 0), (1, 0, 0))
    model.add("level-tube", disc(0.007, low, low + (high - low) * 0.62, 8).moved(x=side), "liquid", "water", 0.8)
    model.add("level-tube", lathe([(0.009, low), (0.009, high)], 9).moved(x=side), "glass", "clear", 0.35)
    rail = [on_circle(a, r + 0.06, high - 0.05) for a in np.linspace(130, 230, 9)]
    rail = [on_circle(130, r - 0.005, high - 0.05), *rail, on_circle(230, r - 0.005, high - 0.05)]
    model.add("push-handle", tube(rail, 0.011, 8), "steel", "steel")
    label = wrap_label(r + 0.0012, low + 0.14, low + 0.14 + spec.screens["label"].size[1], 10, 33.0)
    model.add("label", label, "screen", "paper", occluded=False)
    return model


def _legs(model: Model, spec: Spec, r: float, low: float) -> None:
    wheel = spec.dimension("castor")
    plate = wheel + 0.045
    for angle in (45, 135, 225, 315):
        foot, knee = on_circle(angle, r + 0.006, plate), on_circle(angle, r + 0.006, low + 0.10)
        model.add("legs", tube([foot, knee], 0.021, 8, caps=False), "steel", "steel")
        pad = brick((0.07, 0.16, 0.006))
        model.add(
            "legs", placed(pad, on_circle(angle, r - 0.001, low + 0.06), (0, 1, 0), outwards(angle)), "steel", "steel"
        )
    ring = [on_circle(a, r + 0.006, plate + 0.06) for a in np.linspace(0, 360, 21)]
    model.add("legs", tube(ring, 0.012, 5, caps=False), "steel", "steel")
    feet = [on_circle(angle, r + 0.006, 0) for angle in (45, 135, 225, 315)]
    for n, foot in enumerate(feet):
        put(model, "castors", light_castor(wheel, plate), foot, facing=outwards(40 + 95 * n))


def _outlet(model: Model, pole: float) -> None:
    """The bottom outlet: down, forwards through its valve, and a blind cap."""
    y, d = pole - 0.075, 0.0381
    model.add("outlet-valve", pipe([(0, pole + 0.01, 0), (0, y, 0), (0, y, 0.10)], d, 0.045), "steel", "steel")
    valve = diaphragm_valve(d)
    put(model, "outlet-valve", valve, (0, y, 0.165), (0, 0, 1), (0, 1, 0))
    joints = at_each(clamp(d), [(0, y, 0.10), (0, y, 0.232)], (0, 0, 1), (0, 1, 0))
    put(model, "outlet-valve", joints)
    model.add("outlet-valve", disc(0.025, 0, 0.012, 10).turned("x", 90).moved(0, y, 0.236), "steel", "steel")
