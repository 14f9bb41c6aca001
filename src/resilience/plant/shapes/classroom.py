"""The classroom: a bench on which pupils make a medicine, tables, chairs, a whiteboard."""

from __future__ import annotations

import numpy as np

from resilience.plant.facts import Wording
from resilience.plant.shapes.mesh import Mesh, box, lathe, prism, sheet, slab
from resilience.plant.shapes.model import Model, makes
from resilience.plant.shapes.parts import button, corners, knob
from resilience.plant.shapes.piping import brick
from resilience.plant.shapes.signs import put_sign
from resilience.plant.shapes.sweep import tube
from resilience.plant.specs import Spec

STEPS: tuple[Wording, ...] = (
    {"cy": "1 Pwyso", "en": "1 Weigh"},
    {"cy": "2 Cymysgu", "en": "2 Mix"},
    {"cy": "3 Gwasgu", "en": "3 Press"},
    {"cy": "4 Pecynnu", "en": "4 Pack"},
)


@makes("medicine-bench", loose=("beaker", "tablets"))
def medicine_bench(spec: Spec) -> Model:
    """Four steps from left to right: weigh, mix, press, pack."""
    model, d = Model("medicine-bench", reach=0.25, floor=True), spec.dimension
    width, _, depth = spec.size
    top, front = d("top"), depth / 2
    model.add(
        "top", slab((width, 0.040, depth), 0.030, 0.006, 4).moved(0, top - 0.040, 0), "satin", "beech", longest=0.14
    )
    model.add(
        "body",
        box((width - 0.20, top - 0.14, 0.03), (0, (top + 0.04) / 2, front - 0.22), 0.004),
        "satin",
        "chair",
        longest=0.3,
    )
    for s in (-1, 1):
        side = box((0.04, top - 0.04, depth - 0.16), (s * (width / 2 - 0.10), (top - 0.04) / 2, 0), 0.005)
        model.add("body", side, "satin", "white", longest=0.25)
    model.add("body", box((width - 0.24, 0.022, depth - 0.34), (0, 0.34, -0.06), 0.003), "satin", "white", longest=0.3)
    banner: Wording = {"cy": "Gwnewch feddyginiaeth", "en": "Make a medicine"}
    put_sign(model, "sign", "name", banner, 0.062, (0, top * 0.60, front - 0.204), size=(1.30, 0.34))
    for x, words in zip(_places(width), STEPS, strict=True):
        put_sign(model, "sign", "notice", words, 0.020, (x, top + 0.0002, front - 0.075), tilt=90, size=(0.26, 0.085))
    one, two, three, four = _places(width)
    _balance(model, spec, one, top)
    _stirrer(model, two, top)
    _press(model, spec, three, top)
    _packing(model, four, top)
    return model


def _places(width: float) -> tuple[float, float, float, float]:
    a, b, c, e = ((n + 0.5) / 4 * (width - 0.10) - (width - 0.10) / 2 for n in range(4))
    return a, b, c, e


def _balance(model: Model, spec: Spec, x: float, y: float) -> None:
    """A school balance with a weighing boat of powder, and jars of what goes in."""
    outline = [(-0.09, y + 0.004), (0.11, y + 0.004), (0.11, y + 0.016), (0.05, y + 0.045), (-0.09, y + 0.045)]
    model.add("balance", prism(outline, x - 0.085, x + 0.085, 0.005), "satin", "white")
    model.add(
        "balance",
        lathe([(0.012, 0.045), (0.012, 0.056), (0.060, 0.058), (0.062, 0.062), (0, 0.062)], 24).moved(x, y, -0.03),
        "steel",
        "steel",
    )
    w, h = spec.screens["balance-display"].size
    lean = -90 + float(np.degrees(np.arctan2(0.029, 0.06)))
    model.add(
        "balance-display",
        sheet(w, h).turned("x", lean).moved(x - 0.015, y + 0.0335, 0.0805),
        "screen",
        "dark",
        occluded=False,
    )
    model.add(
        "balance",
        button(0.008).turned("x", lean).moved(x + 0.060, y + 0.031, 0.0805),
        "satin",
        "accent",
        occluded=False,
    )
    boat = lathe([(0.026, 0.0), (0.036, 0.012), (0.035, 0.012), (0.025, 0.002), (0, 0.002)], 18).moved(
        x, y + 0.062, -0.03
    )
    heap = lathe([(0.028, 0.004), (0.016, 0.013), (0.0, 0.017)], 14).moved(x, y + 0.062, -0.03)
    model.add("balance", boat, "satin", "pp")
    model.add("balance", heap, "matt", "lamp")
    names: tuple[Wording, ...] = ({"cy": "Siwgr llaeth", "en": "Milk sugar"}, {"cy": "Startsh", "en": "Starch"})
    for n, words in enumerate(names):
        at = (x - 0.07 + 0.11 * n, y, -0.21)
        jar = lathe([(0, 0), (0.040, 0), (0.043, 0.006), (0.043, 0.092), (0.036, 0.10), (0.036, 0.106)], 20)
        model.add("jars", jar.moved(*at), "glass", "clear", 0.34)
        model.add(
            "jars",
            lathe([(0.040, 0.004), (0.040, 0.066 + 0.012 * n), (0, 0.070 + 0.012 * n)], 18).moved(*at),
            "matt",
            ("lamp", "paper")[n],
        )
        model.add(
            "jars",
            lathe([(0.039, 0.102), (0.042, 0.106), (0.042, 0.122), (0.039, 0.126), (0, 0.126)], 20).moved(*at),
            "satin",
            ("accent", "chair")[n],
        )
        put_sign(model, "jars", "label", words, 0.008, (at[0], y + 0.045, at[2] + 0.0435), size=(0.070, 0.036))
    spoon = tube([(x + 0.10, y + 0.008, -0.05), (x + 0.10, y + 0.010, 0.06), (x + 0.10, y + 0.012, 0.09)], 0.0035, 6)
    model.add("jars", spoon, "steel", "steel")
    model.add(
        "jars",
        lathe([(0.0, 0), (0.012, 0.003), (0.013, 0.006)], 12).scaled(1, 1, 1.5).moved(x + 0.10, y + 0.004, -0.065),
        "steel",
        "steel",
    )


def _stirrer(model: Model, x: float, y: float) -> None:
    """A stirrer with a beaker on it, and a measuring cylinder."""
    outline = [(-0.10, y + 0.004), (0.10, y + 0.004), (0.10, y + 0.030), (0.075, y + 0.068), (-0.10, y + 0.068)]
    model.add("stirrer", prism(outline, x - 0.080, x + 0.080, 0.006), "satin", "white", longest=0.08)
    model.add("stirrer", lathe([(0.066, 0.068), (0.066, 0.073), (0, 0.073)], 28).moved(x, y, -0.018), "satin", "grey")
    model.add("stirrer", knob(0.015, 0.012).turned("x", -35).moved(x + 0.035, y + 0.050, 0.088), "satin", "dark")
    beaker = [
        (0.0, 0.003),
        (0.046, 0.003),
        (0.050, 0.008),
        (0.050, 0.118),
        (0.054, 0.125),
        (0.052, 0.125),
        (0.048, 0.118),
        (0.048, 0.008),
    ]
    model.add("beaker", lathe(beaker, 24).moved(x, y + 0.073, -0.018), "glass", "clear", 0.30)
    model.add(
        "beaker",
        lathe([(0.0475, 0.008), (0.0475, 0.066), (0, 0.062)], 22).moved(x, y + 0.073, -0.018),
        "liquid",
        "pink",
        0.78,
    )
    marks = [
        brick((0.016 if n % 2 else 0.026, 0.0012, 0.0006), (x, y + 0.095 + 0.015 * n, -0.018 + 0.0504))
        for n in range(6)
    ]
    model.add("beaker", marks, "matt", "lamp", occluded=False)
    cylinder = [
        (0, 0),
        (0.034, 0),
        (0.034, 0.006),
        (0.018, 0.010),
        (0.018, 0.21),
        (0.021, 0.216),
        (0.019, 0.216),
        (0.0165, 0.21),
        (0.0165, 0.012),
    ]
    model.add("cylinder", lathe(cylinder, 20).moved(x + 0.135, y, -0.16), "glass", "clear", 0.32)
    model.add(
        "cylinder",
        lathe([(0.0163, 0.012), (0.0163, 0.12), (0, 0.118)], 16).moved(x + 0.135, y, -0.16),
        "liquid",
        "water",
        0.7,
    )
    marks = [
        brick((0.010 if n % 5 else 0.016, 0.0008, 0.0006), (x + 0.135, y + 0.03 + 0.0115 * n, -0.16 + 0.0183))
        for n in range(15)
    ]
    model.add("cylinder", marks, "matt", "print", occluded=False)


def _press(model: Model, spec: Spec, x: float, y: float) -> None:
    """A hand-lever tablet press, a dish of tablets in front of it."""
    model.add("press", slab((0.17, 0.022, 0.24), 0.012, 0.004).moved(x, y, -0.08), "satin", "chair")
    model.add("press", box((0.075, 0.25, 0.055), (x, y + 0.145, -0.155), 0.008), "satin", "chair", longest=0.1)
    model.add("press", box((0.065, 0.045, 0.15), (x, y + 0.250, -0.105), 0.008), "satin", "chair", longest=0.1)
    model.add(
        "press",
        lathe([(0.035, 0.022), (0.035, 0.060), (0.012, 0.064), (0.012, 0.052), (0, 0.052)], 22).moved(x, y, -0.06),
        "steel",
        "steel",
    )
    model.add(
        "press",
        lathe([(0.0, 0.105), (0.010, 0.105), (0.010, 0.165), (0.019, 0.170), (0.019, 0.230)], 18).moved(x, y, -0.06),
        "steel",
        "steel",
    )
    hinge = spec.motions["press-lever"].at
    arm = tube([hinge, (x + 0.055, hinge[1], hinge[2]), (x + 0.055, hinge[1] + 0.12, hinge[2] + 0.13)], 0.008, 10, 0.02)
    ball = lathe([(0.0, -0.018), (0.013, -0.013), (0.018, 0.0), (0.013, 0.013), (0.0, 0.018)], 14)
    model.add("press-lever", arm, "steel", "steel")
    model.add("press-lever", ball.moved(x + 0.055, hinge[1] + 0.125, hinge[2] + 0.135), "satin", "red")
    plate = [(0, 0.001), (0.046, 0.001), (0.056, 0.012), (0.054, 0.012), (0.045, 0.003), (0, 0.003)]
    model.add("tablets", lathe(plate, 24).moved(x, y, 0.11), "satin", "lamp")
    for n in range(11):
        a, r = 2.4 * n, 0.0118 * float(np.sqrt(n))
        tablet = lathe(
            [(0.0, 0.0), (0.0045, 0.0008), (0.0055, 0.002), (0.0055, 0.004), (0.0045, 0.0052), (0, 0.006)], 10
        )
        model.add(
            "tablets", tablet.moved(x + r * np.sin(a), y + 0.003, 0.11 + r * np.cos(a)), "satin", "pink", occluded=False
        )


def _packing(model: Model, x: float, y: float) -> None:
    """Bottles with caps, a blister sheet, a leaflet, goggles to wear."""
    for n in range(6):
        at = (x - 0.10 + 0.055 * (n % 3), y, -0.21 + 0.06 * (n // 3))
        model.add(
            "bottles",
            lathe([(0, 0), (0.021, 0), (0.022, 0.004), (0.022, 0.050), (0.015, 0.057), (0.015, 0.062)], 16).moved(*at),
            "satin",
            "amber",
        )
        model.add(
            "bottles",
            lathe([(0.017, 0.060), (0.017, 0.076), (0.015, 0.078), (0, 0.078)], 16).moved(*at),
            "satin",
            "lamp",
        )
        model.add(
            "bottles",
            lathe([(0.0223, 0.012), (0.0223, 0.042)], 10, 200, -100).moved(*at),
            "matt",
            "paper",
            occluded=False,
        )
    model.add("blister", slab((0.15, 0.0012, 0.075), 0.006, 0.0004).moved(x - 0.02, y, 0.015), "steel", "aluminium")
    for n in range(10):
        dome = lathe([(0.0095, 0.001), (0.0085, 0.005), (0.0, 0.0062)], 10).moved(
            x - 0.074 + 0.027 * (n % 5), y, -0.003 + 0.036 * (n // 5)
        )
        model.add("blister", dome, "satin", "pink" if n < 6 else "pp", occluded=False)
    leaf = brick((0.105, 0.0008, 0.148), (x + 0.14, y + 0.0006, -0.02))
    model.add("blister", leaf, "matt", "paper", occluded=False)
    lines = [
        brick((0.085 - 0.012 * (n % 3), 0.0004, 0.004), (x + 0.135, y + 0.0013, -0.075 + 0.013 * n)) for n in range(8)
    ]
    model.add("blister", lines, "matt", "ink", occluded=False)
    for s in (-1, 1):
        eye = (
            lathe([(0.036, 0), (0.038, 0.005), (0.036, 0.030), (0.033, 0.030), (0.033, 0.004)], 18)
            .turned("x", 65)
            .scaled(1.0, 1.0, 0.8)
        )
        model.add("goggles", eye.moved(x + 0.13 + s * 0.037, y + 0.038, -0.19), "satin", "accent")
        lens = lathe([(0.033, 0.026), (0, 0.027)], 18).turned("x", 65).scaled(1.0, 1.0, 0.8)
        model.add("goggles", lens.moved(x + 0.13 + s * 0.037, y + 0.038, -0.19), "glass", "clear", 0.25, occluded=False)
    strap = tube(
        [
            (x + 0.062, y + 0.04, -0.19),
            (x + 0.055, y + 0.02, -0.25),
            (x + 0.13, y + 0.012, -0.285),
            (x + 0.205, y + 0.02, -0.25),
            (x + 0.198, y + 0.04, -0.19),
        ],
        0.006,
        6,
        0.03,
    )
    model.add("goggles", strap, "matt", "dark")


@makes("class-table")
def class_table(spec: Spec) -> Model:
    model, d = Model("class-table", reach=0.30, floor=True), spec.dimension
    width, height, depth = spec.size
    model.add(
        "top", slab((width, 0.025, depth), 0.020, 0.004, 3).moved(0, height - 0.025, 0), "satin", "beech", longest=0.16
    )
    x, z, bar = width / 2 - 0.05, depth / 2 - 0.05, d("tube") / 2
    for s in (-1, 1):
        leg = [(s * x, 0.012, z), (s * x, height - 0.05, z), (s * x, height - 0.05, -z), (s * x, 0.012, -z)]
        model.add("frame", tube(leg, bar, 10, 0.05), "satin", "mid")
    model.add("frame", tube([(-x, height - 0.05, -z * 0.5), (x, height - 0.05, -z * 0.5)], bar, 8), "satin", "mid")
    shoes = [
        lathe([(bar * 1.1, 0), (bar * 1.25, 0.004), (bar * 1.25, 0.03), (bar, 0.034)], 10).moved(px, 0, pz)
        for px, pz in corners(2 * x, 2 * z)
    ]
    model.add("frame", shoes, "matt", "dark")
    return model


@makes("class-chair")
def class_chair(spec: Spec) -> Model:
    """A stacking chair: moulded seat and back on bent steel tube."""
    model, d = Model("class-chair", reach=0.25, floor=True), spec.dimension
    width, height, depth = spec.size
    seat = d("seat")
    model.add("seat", _shell(width * 0.86, seat, depth, height), "satin", "chair", crease=70)
    x, z = width / 2 - 0.012, depth / 2 - 0.012
    for s in (-1, 1):
        leg = [
            (s * x, 0.010, z),
            (s * x * 0.80, seat - 0.025, z * 0.72),
            (s * x * 0.80, seat - 0.025, -z * 0.72),
            (s * x, 0.010, -z),
        ]
        model.add("frame", tube(leg, 0.011, 8, 0.05), "steel", "steel")
    for share in (0.55, -0.55):
        model.add(
            "frame",
            tube([(-x * 0.80, seat - 0.025, z * share), (x * 0.80, seat - 0.025, z * share)], 0.010, 8),
            "steel",
            "steel",
        )
    shoes = [lathe([(0.0, 0), (0.012, 0), (0.012, 0.02)], 8).moved(px, 0, pz) for px, pz in corners(2 * x, 2 * z)]
    model.add("frame", shoes, "matt", "dark")
    return model


def _shell(width: float, seat: float, depth: float, height: float) -> Mesh:
    """Seat and back in one curved skin, thick enough to have two faces."""
    line = [
        (0.44, -0.030),
        (0.42, 0.0),
        (0.20, -0.012),
        (-0.20, -0.010),
        (-0.36, 0.012),
        (-0.40, 0.09),
        (-0.44, 0.22),
        (-0.47, height - seat - 0.02),
        (-0.475, height - seat),
    ]
    rows, columns = len(line), 7
    u = np.linspace(-1, 1, columns)
    upper = np.array(
        [
            [
                (
                    width / 2 * a * (1 - 0.10 * (n > 5)),
                    seat + y + 0.010 * a * a * (n < 5),
                    z * depth + 0.012 * a * a * (n >= 5),
                )
                for a in u
            ]
            for n, (z, y) in enumerate(line)
        ]
    )
    points = upper.reshape(-1, 3)
    faces = [
        t
        for r in range(rows - 1)
        for c in range(columns - 1)
        for k in [r * columns + c]
        for t in ((k, k + 1, k + columns), (k + 1, k + columns + 1, k + columns))
    ]
    skin = Mesh(points, np.asarray(faces, dtype=np.int64))
    normal = np.cross(points[1] - points[0], points[columns] - points[0])
    skin = skin if normal[1] > 0 else skin.flipped()
    under = Mesh(points - np.array([0.0, 0.006, 0.006]), skin.faces[:, ::-1])
    return skin + under


@makes("whiteboard")
def whiteboard(spec: Spec) -> Model:
    """A whiteboard with a tray of pens; its face is written on by the client."""
    model = Model("whiteboard", reach=0.05)
    width, height, depth = spec.size
    back, bar = -depth / 2, 0.028
    w, h = spec.screens["face"].size
    middle = 0.05 + (height - 0.05) / 2
    model.add("face", sheet(w, h).moved(0, middle, back + 0.020), "screen", "paper", occluded=False)
    for s in (-1, 1):
        model.add(
            "frame",
            box((bar, height - 0.05, 0.026), (s * (width / 2 - bar / 2), middle, back + 0.013), 0.004),
            "steel",
            "aluminium",
        )
        y = middle + s * ((height - 0.05) / 2 - bar / 2)
        model.add("frame", box((width - 2 * bar, bar, 0.026), (0, y, back + 0.013), 0.004), "steel", "aluminium")
    model.add("frame", box((width - 0.02, height - 0.07, 0.012), (0, middle, back + 0.006), 0.002), "satin", "white")
    tray = [(back, 0.0), (back + depth, 0.010), (back + depth, 0.024), (back + depth - 0.006, 0.024), (back, 0.016)]
    model.add("tray", prism(tray, -0.45, 0.45, 0.001), "steel", "aluminium")
    for n, colour in enumerate(("ink", "red", "blue", "green")):
        pen = lathe([(0, 0), (0.007, 0.002), (0.007, 0.11), (0.005, 0.125), (0, 0.127)], 10).turned("z", 90)
        model.add("tray", pen.moved(-0.10 + 0.16 * n, 0.027, back + 0.035), "satin", colour, occluded=False)
    model.add("tray", box((0.13, 0.035, 0.05), (-0.33, 0.037, back + 0.032), 0.006), "satin", "accent")
    return model
