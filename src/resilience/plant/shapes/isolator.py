"""A small aseptic filling isolator: glove ports, a rotary table under Grade A air, pump, port, touch panel."""

from __future__ import annotations

import numpy as np

from resilience.plant.facts import Wording
from resilience.plant.shapes.mesh import box, lathe, loft, sheet, slab
from resilience.plant.shapes.model import Model, makes
from resilience.plant.shapes.parts import button, corners, feet, flat, frame, handle
from resilience.plant.shapes.piping import brick
from resilience.plant.shapes.signs import dial, put_sign
from resilience.plant.shapes.sweep import tube
from resilience.plant.specs import Spec


@makes("filling-isolator", loose=("window", "transfer-door"))
def filling_isolator(spec: Spec) -> Model:
    model, d = Model("filling-isolator", reach=0.35, floor=True), spec.dimension
    depth = spec.size[2]
    low, high, front = d("worktop"), d("chamber_top"), depth / 2 - d("glove_reach")
    back = -depth / 2
    _base(model, spec, low, front, back)
    _chamber(model, spec, low, high, front, back)
    _plenum(model, spec, high, front, back)
    _gloves(model, spec, front)
    _filling(model, spec, low)
    _panel(model, spec, front)
    return model


def _base(model: Model, spec: Spec, low: float, front: float, back: float) -> None:
    width = spec.dimension("body_width")
    deep, middle = front - back, (front + back) / 2
    cabinet = box((width, low - 0.16, deep - 0.02), (0, (low + 0.10) / 2, middle), 0.006)
    model.add("base", cabinet, "steel", "steel", longest=0.26)
    for s in (-1, 1):
        leaf = slab((width / 2 - 0.03, 0.010, low - 0.24), 0.006, 0.002).turned("x", 90)
        model.add("base", leaf.moved(s * width / 4, (low + 0.08) / 2, front - 0.010), "steel", "steel", longest=0.2)
        model.add(
            "base", handle(0.14, 0.026, 0.005).moved(s * 0.04, low * 0.62, front), "steel", "steel_dark", occluded=False
        )
    model.add(
        "base",
        feet([(x, z + middle) for x, z in corners(width - 0.12, deep - 0.14)], 0.030, 0.10),
        "steel",
        "steel_dark",
    )
    model.add("worktop", box((width, 0.060, deep), (0, low - 0.031, middle), 0.006), "steel", "steel", longest=0.20)


def _chamber(model: Model, spec: Spec, low: float, high: float, front: float, back: float) -> None:
    """Back and sides of steel, windows in the sides, a window in front that leans back a little."""
    d = spec.dimension
    width, wall = d("body_width"), 0.05
    deep, middle, tall = front - back, (front + back) / 2, high - low
    model.add(
        "chamber",
        box((width, tall, wall), (0, (low + high) / 2, back + wall / 2), 0.004),
        "steel",
        "steel",
        longest=0.12,
    )
    for s in (-1, 1):
        x = s * (width / 2 - wall / 2)
        rim = frame(deep, tall, 0.085, wall).turned("x", 90).turned("y", 90).moved(x, (low + high) / 2, middle)
        model.add("chamber", rim, "steel", "steel", longest=0.26)
        pane = box((0.010, tall - 0.15, deep - 0.15), (x, (low + high) / 2, middle), 0.001)
        model.add("window", pane, "glass", "pane", 0.16)
    rim = frame(width - 0.002, tall, 0.060, 0.036).turned("x", 90).moved(0, (low + high) / 2, front - 0.019)
    model.add("chamber", rim, "steel", "steel", longest=0.26)
    pane = box((width - 0.11, tall - 0.11, 0.012), (0, (low + high) / 2, front - 0.018), 0.002)
    model.add("window", pane, "glass", "pane", 0.14)
    bolts = [
        lathe([(0.010, 0), (0.009, 0.006), (0, 0.007)], 8).turned("x", 90).moved(x, y, front - 0.001)
        for x in np.linspace(-width / 2 + 0.03, width / 2 - 0.03, 5)
        for y in (low + 0.030, high - 0.030)
    ]
    model.add("chamber", bolts, "steel", "steel_dark", occluded=False)
    x, y, z = spec.points["transfer-port"]
    ring = lathe([(0.105, -0.02), (0.150, -0.02), (0.150, 0.012), (0.140, 0.030), (0.105, 0.030)], 36).turned("z", -90)
    model.add("transfer-port", ring.moved(x, y, z), "steel", "steel", crease=30)
    door = lathe([(0.108, 0.0), (0.108, 0.034), (0.096, 0.046), (0, 0.046)], 32).turned("z", -90)
    model.add("transfer-door", door.moved(x, y, z), "satin", "white")
    lever = tube([(x + 0.040, y, z - 0.02), (x + 0.062, y, z - 0.02), (x + 0.062, y, z + 0.13)], 0.008, 8, 0.015)
    model.add("transfer-door", lever, "satin", "red", occluded=False)


def _plenum(model: Model, spec: Spec, high: float, front: float, back: float) -> None:
    """The housing of fan and HEPA filter above, its diffuser below it, gauges in its face, an exhaust duct."""
    d = spec.dimension
    width, top, deep, middle = d("body_width"), d("plenum_top"), front - back, (front + back) / 2
    model.add(
        "plenum", box((width, top - high, deep), (0, (top + high) / 2, middle), 0.008), "satin", "white", longest=0.14
    )
    mesh_face = flat(width - 0.12, deep - 0.12, 8, 5).turned("x", 90).moved(0, high - 0.001, middle)
    model.add("diffuser", mesh_face, "satin", "paper")
    for s in (-1, 1):
        strip = brick((width - 0.16, 0.014, 0.030), (0, high - 0.008, middle + s * (deep / 2 - 0.08)))
        model.add("diffuser", strip, "glow", "lamp", occluded=False)
    words: tuple[Wording, ...] = ({"cy": "Siambr", "en": "Chamber"}, {"cy": "Hidlydd HEPA", "en": "HEPA filter"})
    for n, x in enumerate((-0.46, -0.30)):
        y = high + 0.165
        for shape, material, colour in dial(0.052, (0.55, 0.38)[n], words[n], 0.0):
            model.add("gauges", shape.moved(x, y, front), material, colour, occluded=False)
        put_sign(model, "gauges", "label", words[n], 0.008, (x, y - 0.085, front), size=(0.11, 0.036))
    grade: Wording = {"cy": "Gradd A", "en": "Grade A"}
    put_sign(model, "plenum", "grade-A", grade, 0.030, (0.02, high + 0.13, front), size=(0.26, 0.12))
    pipe = lathe([(0.080, top - 0.01), (0.080, spec.size[1] - 0.004), (0.084, spec.size[1])], 24).moved(
        0.30, 0, middle - 0.08
    )
    collar = lathe([(0.115, top), (0.115, top + 0.012), (0.085, top + 0.016)], 24).moved(0.30, 0, middle - 0.08)
    model.add("exhaust", [pipe, collar], "steel", "steel")
    housing = slab((0.52, 0.12, 0.36), 0.02, 0.006).moved(-0.22, top, middle)
    model.add("plenum", housing, "satin", "white", longest=0.26)
    lamps = ("red_off", "amber", "green")
    model.add(
        "signal", lathe([(0.014, 0), (0.014, 0.05)], 10).moved(width / 2 - 0.08, top, front - 0.08), "steel", "steel"
    )
    for n, colour in enumerate(lamps[::-1]):
        segment = lathe([(0.026, 0), (0.026, 0.042), (0.0, 0.044)], 16).moved(
            width / 2 - 0.08, top + 0.05 + 0.044 * n, front - 0.08
        )
        model.add("signal", segment, "glow" if colour == "green" else "satin", colour, occluded=False)


def _gloves(model: Model, spec: Spec, front: float) -> None:
    """Oval ports with cuff rings; the gloves hang out, fingers up, as they do when nobody works."""
    for n, x in enumerate(spec.dimension(name) for name in ("glove_1", "glove_2", "glove_3", "glove_4")):
        y = spec.dimension("glove_height")
        for ring, rise in ((0.128, 0.014), (0.112, 0.030)):
            band = lathe(
                [(ring - 0.020, 0), (ring, 0.002), (ring, rise - 0.004), (ring - 0.004, rise), (ring - 0.020, rise)], 22
            )
            model.add(
                "glove-ports",
                band.turned("x", 90).scaled(0.86, 1.0, 1.0).moved(x, y, front - 0.004),
                "satin",
                "white" if ring > 0.12 else "grey",
            )
        reach = spec.dimension("glove_reach")
        path = (
            (0.0, 0.0, 0.098),
            (-0.012, 0.08, 0.094),
            (-0.045, 0.16, 0.075),
            (-0.105, 0.20, 0.060),
            (-0.165, 0.205, 0.055),
        )
        rings = []
        for drop, share, radius in path:
            a = np.linspace(0, 2 * np.pi, 16, endpoint=False)
            lobes = 1 + 0.05 * np.sin(5 * a + n) * (share > 0.01)
            rings.append(
                np.stack(
                    [
                        x + 0.86 * radius * lobes * np.cos(a),
                        y + drop + radius * lobes * np.sin(a),
                        front + 0.022 + np.full(16, share) * (reach - 0.065) / 0.205,
                    ],
                    axis=1,
                )
            )
        model.add("gloves", loft(rings, cap_start=False), "satin", "seal", crease=70)
        z = front + reach - 0.0359
        for f, (dx, long) in enumerate(((-0.036, 0.075), (-0.012, 0.095), (0.013, 0.090), (0.036, 0.070))):
            lean = 0.004 * (f - 1.5)
            finger = [
                (x + dx, y - 0.165, z),
                (x + dx + lean, y - 0.165 - long * 0.6, z + 0.006),
                (x + dx + lean, y - 0.165 - long, z - 0.012),
            ]
            model.add("gloves", tube(finger, 0.0125, 6), "satin", "seal")
        thumb = [(x - 0.03, y - 0.12, z + 0.01), (x - 0.070, y - 0.150, z + 0.024), (x - 0.078, y - 0.195, z + 0.020)]
        model.add("gloves", tube(thumb, 0.0135, 6), "satin", "seal")


def _filling(model: Model, spec: Spec, low: float) -> None:
    """What fills: pump, needle on its arm, star wheel table with vials, stopper bowl, settle plate, particle probe."""
    x, _, z = spec.points["needle"]
    table = spec.dimension("table") / 2
    model.add(
        "turntable",
        lathe(
            [(0.06, low), (0.06, low + 0.035), (table, low + 0.040), (table, low + 0.052), (0, low + 0.052)], 36
        ).moved(x, 0, z - table + 0.03),
        "steel",
        "steel",
    )
    middle = (x, low + 0.052, z - table + 0.03)
    for a in np.arange(8) * np.pi / 4:
        at = (middle[0] + (table - 0.03) * np.sin(a), middle[1], middle[2] + (table - 0.03) * np.cos(a))
        body = lathe([(0.011, 0), (0.011, 0.026), (0.0083, 0.031), (0.010, 0.036), (0.010, 0.040), (0.0063, 0.040)], 12)
        model.add("vials", body.moved(*at), "glass", "clear", 0.42)
        filled = a < np.pi
        if filled:
            model.add(
                "vials", lathe([(0.0098, 0.001), (0.0098, 0.010), (0, 0.010)], 10).moved(*at), "liquid", "water", 0.7
            )
    wheel = [(0.0, 0.075), (0.05, 0.075), (0.05, 0.083), (0.0, 0.083)]
    model.add("turntable", lathe([(r, low + y) for r, y in wheel], 24).moved(middle[0], 0, middle[2]), "satin", "white")
    needle_top = low + 0.30
    model.add("needle", tube([(x, low + 0.105, z), (x, needle_top, z)], 0.0022, 8), "steel", "steel")
    model.add("needle", lathe([(0.009, 0), (0.009, 0.045)], 12).moved(x, needle_top - 0.05, z), "steel", "steel_dark")
    arm = [(x, needle_top - 0.03, z), (x, needle_top - 0.03, z - 0.22), (x, low, z - 0.22)]
    model.add("needle", tube(arm, 0.011, 10, 0.03), "steel", "steel")
    px = x - 0.36
    pump = box((0.16, 0.17, 0.16), (px, low + 0.086, z - 0.06), 0.008)
    model.add("pump", pump, "satin", "white", longest=0.08)
    head = (
        lathe([(0.056, 0), (0.056, 0.020), (0.050, 0.026), (0, 0.026)], 24)
        .turned("x", 90)
        .moved(px, low + 0.105, z + 0.020)
    )
    model.add("pump", head, "steel", "steel")
    rotor = [
        lathe([(0.012, 0.026), (0.012, 0.034), (0, 0.034)], 10)
        .turned("x", 90)
        .moved(px + 0.028 * np.cos(a), low + 0.105 + 0.028 * np.sin(a), z + 0.020)
        for a in np.radians([30, 150, 270])
    ]
    model.add("pump", rotor, "satin", "dark")
    line = [
        (px - 0.07, low + 0.30, z - 0.10),
        (px - 0.062, low + 0.12, z + 0.036),
        (px, low + 0.050, z + 0.040),
        (px + 0.062, low + 0.12, z + 0.036),
        (px + 0.10, low + 0.34, z),
        (x, needle_top + 0.03, z),
        (x, needle_top - 0.01, z),
    ]
    model.add("tubing", tube(line, 0.0045, 8, 0.05), "satin", "pp")
    bowl = [(0.03, 0.0), (0.085, 0.06), (0.10, 0.085), (0.103, 0.085), (0.097, 0.085), (0.082, 0.062), (0.0, 0.010)]
    bx = x + 0.32
    model.add(
        "stopper-bowl", lathe([(r, low + 0.06 + y) for r, y in bowl], 28).moved(bx, 0, z - 0.10), "steel", "steel"
    )
    model.add(
        "stopper-bowl",
        lathe([(0.07, low), (0.07, low + 0.055), (0.05, low + 0.065)], 20).moved(bx, 0, z - 0.10),
        "satin",
        "mid",
    )
    for n in range(16):
        a, r = 2.4 * n, 0.016 * float(np.sqrt(n))
        stopper = lathe([(0.0094, 0), (0.0094, 0.004), (0.006, 0.005), (0.006, 0.010), (0, 0.010)], 8)
        model.add(
            "stopper-bowl",
            stopper.moved(bx + r * np.sin(a), low + 0.083 + 0.012 * r / 0.06, z - 0.10 + r * np.cos(a)),
            "matt",
            "bromobutyl",
            occluded=False,
        )
    model.add(
        "settle-plate",
        lathe(
            [(0.045, low), (0.0465, low + 0.014), (0.044, low + 0.014), (0.043, low + 0.004), (0, low + 0.004)], 24
        ).moved(x + 0.17, 0, z + 0.07),
        "satin",
        "amber",
    )
    probe = lathe([(0.006, 0.0), (0.008, 0.015), (0.026, 0.060), (0.027, 0.070), (0.025, 0.070)], 20).moved(
        x - 0.16, low + 0.20, z - 0.12
    )
    model.add("particle-probe", probe, "steel", "steel")
    model.add(
        "particle-probe",
        tube([(x - 0.16, low, z - 0.12), (x - 0.16, low + 0.21, z - 0.12)], 0.005, 8),
        "steel",
        "steel_dark",
    )


def _panel(model: Model, spec: Spec, front: float) -> None:
    """Touch panel on an arm beside the chamber, with an emergency stop."""
    x, y, z = spec.points["hmi"]
    w, h = spec.screens["hmi"].size
    case = slab((w + 0.050, 0.045, h + 0.090), 0.012, 0.004).turned("x", 90).moved(x, y - 0.02, z - 0.046)
    model.add("panel", case, "satin", "grey", longest=0.20)
    model.add(
        "panel",
        slab((w + 0.016, 0.004, h + 0.016), 0.006, 0.001).turned("x", 90).moved(x, y, z - 0.0035),
        "satin",
        "black",
    )
    model.add("hmi", sheet(w, h).moved(x, y, z + 0.0012), "screen", "black", occluded=False)
    model.add(
        "panel",
        slab((0.050, 0.004, 0.050), 0.008, 0.001).turned("x", 90).moved(x + w / 2 - 0.03, y - h / 2 - 0.038, z - 0.003),
        "satin",
        "yellow",
    )
    stop = lathe([(0.010, 0), (0.010, 0.010), (0.018, 0.012), (0.018, 0.020), (0.012, 0.024), (0, 0.025)], 18).turned(
        "x", 90
    )
    model.add("e-stop", stop.moved(x + w / 2 - 0.03, y - h / 2 - 0.038, z), "satin", "red", occluded=False)
    model.add(
        "panel", button(0.010).moved(x - w / 2 + 0.03, y - h / 2 - 0.038, z - 0.001), "satin", "green", occluded=False
    )
    inner = spec.dimension("body_width") / 2 - 0.01
    arm = tube([(inner, y, front - 0.20), (x, y, front - 0.20), (x, y, z - 0.04)], 0.020, 12, 0.05)
    model.add("panel", arm, "steel", "steel")
