"""Furniture and instruments of the quality-control laboratory."""

from __future__ import annotations

import numpy as np

from resilience.plant.facts import Wording
from resilience.plant.shapes.instruments_process import light_castor
from resilience.plant.shapes.mesh import Mesh, box, join, lathe, prism, sheet, slab
from resilience.plant.shapes.model import Model, makes
from resilience.plant.shapes.parts import button, corners, feet, flat, frame, handle
from resilience.plant.shapes.piping import brick, put
from resilience.plant.shapes.signs import put_sign
from resilience.plant.shapes.sweep import tube
from resilience.plant.specs import Spec


def dish(
    model: Model,
    part: str,
    at: tuple[float, float, float],
    radius: float = 0.045,
    agar: str = "amber",
    top: bool = True,
) -> None:
    """A plate with its lid on: clear side and lid, coloured agar; in a stack only the `top` one shows its lid."""
    x, y, z = at
    side = lathe([(radius * 0.95, 0.0), (radius, 0.0148)], 11)
    model.add(part, side.moved(x, y, z), "glass", "clear", 0.35, occluded=False)
    if top:
        lid = lathe([(radius, 0.0148), (0.0, 0.0149)], 11)
        model.add(part, lid.moved(x, y, z), "glass", "clear", 0.22, occluded=False)
    filling = [(radius * 0.92, 0.001), (radius * 0.92, 0.005), *([(0.0, 0.005)] if top else [])]
    model.add(part, lathe(filling, 11).moved(x, y, z), "satin", agar)


@makes("lab-bench")
def lab_bench(spec: Spec) -> Model:
    """A run of bench: laminate top with upstand, cupboards and drawers, a service rail with sockets."""
    model, d = Model("lab-bench", reach=0.35, floor=True), spec.dimension
    width, height, depth = spec.size
    top, front = d("top"), depth / 2
    worktop = slab((width, 0.030, depth), 0.004, 0.004, 2).moved(0, top - 0.030, 0)
    model.add("worktop", worktop, "satin", "white", longest=0.4)
    model.add(
        "worktop", box((width, 0.10, 0.020), (0, top + 0.049, -front + 0.010), 0.003), "satin", "white", longest=0.2
    )
    model.add(
        "rail",
        box((width, height - top - 0.16, 0.050), (0, (height + top + 0.16) / 2, -front + 0.026), 0.006),
        "satin",
        "grey",
        longest=0.2,
    )
    for n in range(round(width / 0.6)):
        x = (n + 0.5) * 0.6 - width / 2
        plate = (
            slab((0.146, 0.006, 0.086), 0.0, 0.002).turned("x", 90).moved(x, (height + top + 0.16) / 2, -front + 0.051)
        )
        model.add("rail", plate, "satin", "white", occluded=False)
        holes = [
            brick((0.018, 0.005, 0.001), (x + s * 0.036, (height + top + 0.16) / 2 + y, -front + 0.0575))
            for s in (-1, 1)
            for y in (0.008, -0.008)
        ]
        model.add("rail", holes, "matt", "dark", occluded=False)
    cabinet = box((width - 0.02, top - 0.13, depth - 0.10), (0, (top + 0.07) / 2, -0.03), 0.004)
    model.add("cabinets", cabinet, "satin", "white", longest=0.45)
    model.add("cabinets", box((width - 0.06, 0.10, depth - 0.18), (0, 0.05, -0.04), 0.003), "satin", "mid", longest=0.3)
    face = front - 0.079
    for n in range(round(width / 0.6)):
        x = (n + 0.5) * 0.6 - width / 2
        kind = n % 2
        heights = ((0.11, 0.53),) if kind == 0 else ((0.11, 0.23), (0.345, 0.235))
        for base, tall in (
            (*heights, (0.65, top - 0.03 - 0.655)) if kind == 0 else (*heights, (0.59, top - 0.03 - 0.595))
        ):
            leaf = slab((0.592, 0.018, tall - 0.006), 0.003, 0.002, 1).turned("x", 90).moved(x, base + tall / 2, face)
            model.add("fronts", leaf, "satin", "white", longest=0.45)
            pull = handle(0.16, 0.030, 0.005, upright=False, segments=5).moved(x, base + tall - 0.045, face + 0.018)
            model.add("fronts", pull, "steel", "steel", occluded=False)
    return model


@makes("incubator")
def incubator(spec: Spec) -> Model:
    """A double-walled incubator: steel door with an inner glass door behind, shelves of plates, controller above."""
    model, d = Model("incubator", reach=0.30, floor=True), spec.dimension
    width, height, depth = spec.size
    front, wall, foot, head = depth / 2, d("wall"), d("foot"), d("head")
    low, high = foot, height - head
    inside = (width - 2 * wall, high - low - 2 * wall)
    middle = (low + high) / 2
    back = box((width, height - foot, 0.05), (0, (height + foot) / 2, -front + 0.025), 0.004)
    sides = [box((wall, high - low, depth - 0.12), (s * (width - wall) / 2, middle, -0.035), 0.004) for s in (-1, 1)]
    lids = [
        box((width - 2 * wall, wall, depth - 0.12), (0, middle + s * (high - low - wall) / 2, -0.035), 0.003)
        for s in (-1, 1)
    ]
    model.add("body", [back, *sides, *lids], "satin", "white", longest=0.26)
    model.add(
        "body", box((width, head, depth - 0.07), (0, height - head / 2, -0.010), 0.006), "satin", "white", longest=0.26
    )
    model.add("body", feet(corners(width - 0.10, depth - 0.14), 0.022, foot + 0.004), "satin", "mid")
    lining = [
        flat(*inside, 4, 6).moved(0, middle, -front + 0.052),
        *(
            flat(depth - 0.13, inside[1], 4, 6).turned("y", -s * 90).moved(s * (inside[0] / 2 - 0.001), middle, -0.035)
            for s in (-1, 1)
        ),
    ]
    model.add("chamber", lining, "steel", "steel")
    for n in range(3):
        y = low + wall + (n + 0.55) * inside[1] / 3
        rack = [brick((inside[0] - 0.02, 0.004, 0.004), (0, y, z)) for z in np.linspace(-front + 0.09, front - 0.16, 9)]
        rack += [brick((0.006, 0.008, depth - 0.22), (s * (inside[0] / 2 - 0.02), y, -0.035)) for s in (-1, 1)]
        model.add("shelves", rack, "steel", "steel_dark")
        for place in range(3):
            count = (3, 5, 2)[(place + n) % 3]
            for stack in range(count):
                at = ((place - 1) * 0.13, y + 0.003 + 0.0155 * stack, 0.06)
                dish(model, "plates", at, agar=("amber", "card")[n % 2], top=stack == count - 1)
    glass = box((inside[0] + 0.02, inside[1] + 0.02, 0.006), (0, middle, front - 0.089), 0.001)
    model.add("inner-door", glass, "glass", "pane", 0.16)
    leaf_w, leaf_h = width - 0.004, high - low - 0.004
    ring = frame(leaf_w, leaf_h, 0.11, 0.055).turned("x", 90).moved(0, middle, front - 0.060)
    model.add("door", ring, "satin", "white", longest=0.26)
    model.add(
        "door", box((leaf_w - 0.20, leaf_h - 0.20, 0.010), (0, middle, front - 0.048), 0.002), "glass", "pane", 0.20
    )
    seal = frame(leaf_w - 0.02, leaf_h - 0.02, 0.03, 0.004).turned("x", 90).moved(0, middle, front - 0.0885)
    model.add("door", seal, "matt", "rubber")
    model.add(
        "handle",
        handle(0.24, 0.025, 0.008).moved(width / 2 - 0.05, middle, front - 0.033),
        "steel",
        "steel",
        occluded=False,
    )
    panel = (
        slab((width - 0.08, 0.010, head - 0.05), 0.006, 0.002)
        .turned("x", 90)
        .moved(0, height - head / 2, front - 0.045)
    )
    model.add("panel", panel, "satin", "dark")
    w, h = spec.screens["display"].size
    model.add("display", sheet(w, h).moved(-0.10, height - head / 2, front - 0.0345), "screen", "dark", occluded=False)
    for n in range(3):
        model.add(
            "panel",
            button(0.010).moved(0.09 + 0.035 * n, height - head / 2, front - 0.0352),
            "satin",
            "grey",
            occluded=False,
        )
    words: Wording = {"cy": "30-35 °C", "en": "30-35 °C"}
    put_sign(model, "door", "label", words, 0.020, (0, high - 0.06, front - 0.0315), size=(0.16, 0.042))
    return model


@makes("lab-fridge")
def lab_fridge(spec: Spec) -> Model:
    """A pharmacy fridge with a glazed door, lit inside, its display above, bottles and boxes on the shelves."""
    model, d = Model("lab-fridge", reach=0.30, floor=True), spec.dimension
    width, height, depth = spec.size
    front, wall, foot, head = depth / 2, d("wall"), d("foot"), d("head")
    low, high = foot, height - head
    middle, inside = (low + high) / 2, width - 2 * wall
    back = box((width, height - foot, 0.05), (0, (height + foot) / 2, -front + 0.025), 0.004)
    sides = [
        box((wall, height - foot, depth - 0.10), (s * (width - wall) / 2, (height + foot) / 2, -0.005), 0.004)
        for s in (-1, 1)
    ]
    ends = [box((inside, wall, depth - 0.10), (0, y, -0.005), 0.003) for y in (low + wall / 2, high - wall / 2)]
    model.add("body", [back, *sides, *ends], "satin", "white", longest=0.26)
    model.add(
        "body", box((inside, head, depth - 0.10), (0, height - head / 2, -0.005), 0.003), "satin", "white", longest=0.2
    )
    grille = [brick((width - 0.06, 0.006, 0.006), (0, foot * 0.25 + 0.016 * n, front - 0.06)) for n in range(5)]
    model.add("body", [box((width - 0.02, foot, depth - 0.14), (0, foot / 2, -0.01), 0.003)], "satin", "dark")
    model.add("body", grille, "satin", "mid", occluded=False)
    lining = [flat(inside, high - low - 2 * wall, 3, 6).moved(0, middle, -front + 0.052)]
    model.add("chamber", lining, "satin", "lamp")
    strip = brick((inside - 0.10, 0.010, 0.020), (0, high - wall - 0.008, front - 0.14))
    model.add("chamber", strip, "glow", "lamp", occluded=False)
    for n in range(5):
        y = low + wall + 0.04 + n * (high - low - 2 * wall - 0.10) / 5
        rack = [brick((inside - 0.01, 0.004, 0.004), (0, y, z)) for z in np.linspace(-front + 0.08, front - 0.14, 8)]
        rack.append(brick((inside - 0.01, 0.030, 0.003), (0, y + 0.004, front - 0.135)))
        model.add("shelves", rack, "steel", "steel")
        for place in range(5):
            x = (place - 2) * 0.095
            if (place + n) % 3 == 0:
                tall = 0.12 + 0.02 * (n % 2)
                carton = box((0.078, tall, 0.14), (x, y + 0.003 + tall / 2, 0.04), 0.003)
                model.add("contents", carton, "matt", ("paper", "card", "paper")[n % 3])
                model.add(
                    "contents",
                    brick((0.060, 0.030, 0.001), (x, y + tall * 0.62, 0.111)),
                    "matt",
                    ("accent", "blue")[place % 2],
                )
            else:
                flask = lathe([(0.032, 0), (0.034, 0.01), (0.034, 0.085), (0.013, 0.112), (0.013, 0.13)], 12)
                model.add("contents", flask.moved(x, y + 0.003, 0.07), "satin", ("pp", "amber")[(place * n) % 2])
                cap = lathe([(0.017, 0.118), (0.017, 0.144), (0, 0.144)], 10).moved(x, y + 0.003, 0.07)
                model.add("contents", cap, "satin", ("accent", "red", "dark")[(place + n) % 3])
    leaf_h = high - low - 0.006
    ring = frame(width - 0.004, leaf_h, 0.055, 0.036).turned("x", 90).moved(0, middle, front - 0.036)
    model.add("door", ring, "satin", "grey", longest=0.3)
    model.add(
        "door", box((width - 0.10, leaf_h - 0.10, 0.014), (0, middle, front - 0.036), 0.002), "glass", "pane", 0.14
    )
    model.add(
        "handle",
        handle(0.40, 0.0115, 0.007).moved(width / 2 - 0.028, middle, front - 0.0185),
        "steel",
        "steel",
        occluded=False,
    )
    plate = (
        slab((width - 0.06, 0.008, head - 0.04), 0.006, 0.002)
        .turned("x", 90)
        .moved(0, height - head / 2, front - 0.056)
    )
    model.add("panel", plate, "satin", "dark")
    w, h = spec.screens["display"].size
    model.add("display", sheet(w, h).moved(0, height - head / 2, front - 0.0475), "screen", "dark", occluded=False)
    words: Wording = {"cy": "2-8 °C", "en": "2-8 °C"}
    put_sign(model, "door", "name", words, 0.022, (0, high - 0.20, front - 0.0285), size=(0.15, 0.050))
    return model


@makes("colony-counter")
def colony_counter(spec: Spec) -> Model:
    """A colony counter: lit stage with a grid, magnifier on an arm, a count display, a marking pen on its cable."""
    model, d = Model("colony-counter", reach=0.15, floor=True), spec.dimension
    width, height, depth = spec.size
    front, tall = depth / 2, d("body_height")
    outline = [
        (-front, 0.012),
        (front - 0.005, 0.012),
        (front, 0.02),
        (front, 0.050),
        (-front + 0.07, tall),
        (-front, tall),
    ]
    model.add("body", prism(outline, -width / 2, width / 2, 0.006), "satin", "white", longest=0.08)
    model.add("body", feet(corners(width - 0.06, depth - 0.06), 0.012, 0.014), "matt", "rubber")
    slope = float(np.degrees(np.arctan2(tall - 0.050, depth - 0.07)))
    rise = (tall - 0.050) / (depth - 0.07)
    z0 = 0.045
    y0 = 0.050 + (front - z0) * rise
    radius = d("stage") / 2

    def on_slope(shape: Mesh, x: float, z: float, lift: float = 0.0) -> Mesh:
        return shape.turned("x", slope).moved(x, y0 - (z - z0) * rise + lift, z)

    ring = lathe([(radius + 0.012, 0), (radius + 0.012, 0.005), (radius, 0.006), (radius, 0.002)], 32)
    model.add("stage", on_slope(ring, -0.06, z0), "steel", "steel")
    model.add("stage", on_slope(lathe([(radius, 0.002), (0, 0.002)], 32), -0.06, z0), "glow", "lamp", occluded=False)
    lines = [
        brick((2 * radius * float(np.sqrt(1 - (n / 6) ** 2)), 0.0004, 0.0006), (0, 0.0026, n * radius / 6))
        for n in range(-5, 6)
    ]
    grid = join(lines)
    model.add(
        "stage", [on_slope(grid, -0.06, z0), on_slope(grid.turned("y", 90), -0.06, z0)], "matt", "mid", occluded=False
    )
    dish_at = on_slope(Mesh(np.zeros((1, 3)), np.zeros((0, 3), dtype=np.int64)), -0.06, z0, 0.004).points[0]
    plate = lathe([(0.042, 0.0), (0.0455, 0.0), (0.0455, 0.014), (0.0425, 0.014)], 24).turned("x", slope)
    model.add("plate", plate.moved(*dish_at), "glass", "clear", 0.35, occluded=False)
    agar = lathe([(0.042, 0.001), (0.042, 0.005), (0, 0.005)], 24).turned("x", slope).moved(*dish_at)
    model.add("plate", agar, "satin", "amber")
    for n in range(17):
        angle, out = 2.399963 * n, 0.0085 * float(np.sqrt(n + 0.5))
        spot = lathe([(0.0016, 0.005), (0.0012, 0.006), (0, 0.0062)], 7).moved(
            out * np.sin(angle), 0, out * np.cos(angle)
        )
        model.add("plate", spot.turned("x", slope).moved(*dish_at), "satin", "paper", occluded=False)
    panel = on_slope(slab((0.105, 0.006, 0.130), 0.008, 0.002), 0.115, z0, 0.0)
    model.add("body", panel, "satin", "dark")
    w, h = spec.screens["display"].size
    screen = sheet(w, h).turned("x", -90).moved(0, 0.0066, -0.028)
    model.add("display", on_slope(screen, 0.115, z0), "screen", "dark", occluded=False)
    for n, colour in enumerate(("accent", "red")):
        key = button(0.011).turned("x", -90).moved(0.042 * n - 0.020, 0.0060, 0.034)
        model.add("keys", on_slope(key, 0.115, z0), "satin", colour, occluded=False)
    arm = tube(
        [
            (0.115, tall - 0.01, -front + 0.04),
            (0.115, height - 0.03, -front + 0.04),
            (0.05, height - 0.002, -0.02),
            (-0.03, height - 0.05, z0 - 0.01),
        ],
        0.006,
        8,
        0.03,
    )
    model.add("magnifier", arm, "steel", "steel")
    lens = lathe([(0.060, -0.008), (0.066, -0.006), (0.066, 0.006), (0.060, 0.008)], 28).turned("x", slope * 0.7)
    glass = lathe([(0.060, -0.001), (0.040, 0.004), (0, 0.006)], 28).turned("x", slope * 0.7)
    at = (-0.06, height - 0.065, z0 + 0.02)
    model.add("magnifier", lens.moved(*at), "satin", "dark")
    model.add("magnifier", glass.moved(*at), "glass", "clear", 0.20, occluded=False)
    pen = (
        lathe([(0.0, 0), (0.0035, 0.012), (0.005, 0.02), (0.005, 0.125), (0.0, 0.128)], 10)
        .turned("z", 90)
        .turned("y", 62)
    )
    model.add("pen", pen.turned("x", slope).moved(0.168, 0.1165, 0.010), "satin", "accent")
    cable = tube(
        [
            (0.168, 0.094, 0.010),
            (0.172, 0.115, -0.02),
            (width / 2 - 0.003, 0.10, -0.06),
            (width / 2 - 0.003, 0.04, -0.12),
        ],
        0.0025,
        6,
        0.02,
    )
    model.add("pen", cable, "matt", "dark")
    return model


@makes("particle-counter")
def particle_counter(spec: Spec) -> Model:
    """A particle counter with its isokinetic probe on a mobile stand."""
    model, d = Model("particle-counter", reach=0.25, floor=True), spec.dimension
    width, height, depth = spec.size
    deck, post = d("deck"), d("post") / 2
    base = slab((width, 0.030, depth), 0.06, 0.008, 4).moved(0, 0.105, 0)
    model.add("stand", base, "steel", "steel", longest=0.12)
    for x, z in corners(width - 0.16, depth - 0.16):
        put(model, "castors", light_castor(0.075, 0.108), (x, 0, z))
    model.add("stand", tube([(0, 0.13, -0.10), (0, height - 0.20, -0.10)], post, 14), "steel", "steel")
    model.add("stand", box((0.10, 0.08, 0.06), (0, deck - 0.04, -0.10), 0.004), "steel", "steel_dark")
    tray = box((width - 0.04, 0.020, depth - 0.10), (0, deck - 0.010, 0.03), 0.004)
    model.add("stand", tray, "steel", "steel", longest=0.12)
    body = prism(
        [(-0.12, deck), (0.17, deck), (0.17, deck + 0.09), (0.10, deck + 0.215), (-0.12, deck + 0.215)],
        -0.15,
        0.15,
        0.008,
    )
    model.add("counter", body, "satin", "white", longest=0.08)
    model.add(
        "counter", [box((0.012, 0.020, 0.20), (s * 0.147, deck + 0.19, 0), 0.004) for s in (-1, 1)], "satin", "mid"
    )
    lean = float(np.degrees(np.arctan2(0.07, 0.125)))
    w, h = spec.screens["display"].size
    face = (deck + 0.1525, 0.135)
    bezel = slab((w + 0.030, 0.004, h + 0.020), 0.008, 0.001).turned("x", 90 - lean).moved(0, face[0], face[1] - 0.001)
    model.add("counter", bezel, "satin", "black")
    model.add(
        "display",
        sheet(w, h).turned("x", -lean).moved(0, face[0] + 0.0022, face[1] + 0.0038),
        "screen",
        "dark",
        occluded=False,
    )
    model.add("start", button(0.013, 0.006).moved(0.105, deck + 0.045, 0.170), "satin", "green", occluded=False)
    model.add(
        "counter",
        [box((0.010, 0.028, 0.004), (-0.11 + 0.018 * n, deck + 0.045, 0.171), 0.001) for n in range(3)],
        "satin",
        "mid",
    )
    inlet = lathe([(0.010, 0), (0.010, 0.022), (0.006, 0.026)], 12).moved(-0.09, deck + 0.214, -0.05)
    model.add("counter", inlet, "steel", "steel")
    top = height - 0.11
    hose = tube(
        [
            (-0.09, deck + 0.235, -0.05),
            (-0.09, deck + 0.36, -0.06),
            (-0.03, top - 0.20, -0.02),
            (0.0, top - 0.02, -0.02),
            (0.0, top, -0.02),
        ],
        0.006,
        8,
        0.08,
    )
    model.add("hose", hose, "satin", "pp")
    cone = lathe(
        [(0.0065, 0.0), (0.009, 0.02), (0.040, 0.095), (0.042, 0.11), (0.040, 0.11), (0.007, 0.022)], 24
    ).moved(0, top, -0.02)
    model.add("probe", cone, "steel", "steel")
    model.add("probe", tube([(0, top - 0.06, -0.10), (0, top - 0.06, -0.022)], 0.006, 8), "steel", "steel_dark")
    model.add("probe", lathe([(0.014, -0.014), (0.014, 0.014)], 12).moved(0, top - 0.06, -0.02), "satin", "dark")
    words: Wording = {"cy": "28,3 L/mun", "en": "28.3 L/min"}
    put_sign(model, "counter", "label", words, 0.008, (0.0, deck + 0.045, 0.171), size=(0.075, 0.034))
    return model


@makes("plate-rack")
def plate_rack(spec: Spec) -> Model:
    """A carrying rack of wire with stacks of agar plates, each column with its label."""
    model = Model("plate-rack", reach=0.08, floor=True)
    width, height, depth = spec.size
    base = slab((width, 0.004, depth), 0.010, 0.001).moved(y=0.006)
    model.add("rack", base, "steel", "steel", longest=0.06)
    model.add("rack", feet(corners(width - 0.04, depth - 0.04), 0.007, 0.008), "matt", "rubber")
    places = [(x, z) for z in (-0.052, 0.052) for x in (-0.104, 0.0, 0.104)]
    for x, z in places:
        for s in (-1, 1):
            model.add(
                "rack",
                tube([(x + s * 0.049, 0.008, z), (x + s * 0.049, height - 0.09, z)], 0.0018, 5),
                "steel",
                "steel",
            )
    bow = tube(
        [
            (-width / 2 + 0.004, 0.008, 0),
            (-width / 2 + 0.004, height - 0.004, 0),
            (width / 2 - 0.004, height - 0.004, 0),
            (width / 2 - 0.004, 0.008, 0),
        ],
        0.004,
        8,
        0.03,
    )
    model.add("rack", bow, "steel", "steel")
    for n, (x, z) in enumerate(places):
        high = (8, 6, 9, 7, 9, 5)[n]
        for stack in range(high):
            at = (x, 0.0105 + 0.0152 * stack, z)
            dish(model, "plates", at, agar=("amber", "card")[n % 2], top=stack == high - 1)
        if z > 0:
            tag = brick((0.070, 0.030, 0.001), (x, 0.024, depth / 2 - 0.001))
            model.add("labels", tag, "matt", "paper", occluded=False)
            words: Wording = {"cy": ("TSA", "SDA", "TSA")[n % 3], "en": ("TSA", "SDA", "TSA")[n % 3]}
            put_sign(model, "labels", "label", words, 0.011, (x, 0.024, depth / 2 - 0.0022), size=(0.060, 0.024))
    return model


@makes("air-sampler")
def air_sampler(spec: Spec) -> Model:
    """An active air sampler on a tripod: sieve head over a plate, a body with a small display."""
    model, d = Model("air-sampler", reach=0.15, floor=True), spec.dimension
    height, radius, low = spec.size[1], d("body") / 2, d("legs")
    reach = d("spread") / 2
    legs = [
        tube([(0.02 * np.sin(a), low, 0.02 * np.cos(a)), (reach * np.sin(a), 0.008, reach * np.cos(a))], 0.009, 8)
        for a in np.radians([30, 150, 270])
    ]
    model.add("tripod", [*legs, lathe([(0.03, low - 0.03), (0.035, low), (0.035, low + 0.02)], 14)], "steel", "steel")
    shoes = [
        lathe([(0.013, 0), (0.013, 0.018), (0.008, 0.024)], 10).moved(reach * np.sin(a), 0, reach * np.cos(a))
        for a in np.radians([30, 150, 270])
    ]
    model.add("tripod", shoes, "matt", "rubber")
    body = lathe(
        [
            (0, low + 0.015),
            (radius * 0.9, low + 0.015),
            (radius, low + 0.03),
            (radius, height - 0.10),
            (radius * 0.9, height - 0.09),
        ],
        28,
    )
    model.add("body", body, "satin", "white", longest=0.08)
    model.add("body", box((0.064, 0.110, 0.030), (0, low + 0.10, radius - 0.004), 0.008), "satin", "dark")
    w, h = spec.screens["display"].size
    model.add("display", sheet(w, h).moved(0, low + 0.125, radius + 0.0114), "screen", "dark", occluded=False)
    model.add("start", button(0.009).moved(0, low + 0.070, radius + 0.0108), "satin", "green", occluded=False)
    dish(model, "plate", (0, height - 0.062, 0))
    head = lathe(
        [
            (radius * 0.92, height - 0.09),
            (radius * 1.02, height - 0.075),
            (radius * 1.02, height - 0.03),
            (radius * 0.95, height),
            (0, height),
        ],
        28,
    )
    model.add("head", head, "steel", "steel")
    holes = [
        lathe([(0.0016, 0), (0, 0)], 5).moved(r * np.sin(a), height + 0.0003, r * np.cos(a))
        for ring, r in enumerate((0.008, 0.016, 0.024, 0.032, 0.040))
        for a in np.linspace(0, 2 * np.pi, 6 * (ring + 1), endpoint=False)
    ]
    model.add("head", holes, "matt", "black", occluded=False)
    return model


@makes("lab-stool")
def lab_stool(spec: Spec) -> Model:
    """A swivel stool with a foot ring and five feet."""
    model, d = Model("lab-stool", reach=0.25, floor=True), spec.dimension
    height, radius = spec.size[1], d("seat") / 2
    seat = lathe(
        [
            (0, height - 0.055),
            (radius * 0.9, height - 0.055),
            (radius, height - 0.035),
            (radius, height - 0.012),
            (radius * 0.93, height),
            (0, height - 0.006),
        ],
        24,
    )
    model.add("seat", seat, "satin", "dark", longest=0.10)
    model.add(
        "column",
        lathe([(0.030, 0.10), (0.030, height * 0.55), (0.018, height * 0.56), (0.018, height - 0.05)], 14),
        "steel",
        "steel",
    )
    reach = d("spread") / 2
    angles = np.radians(np.arange(5) * 72.0)
    model.add(
        "base",
        [
            tube(
                [
                    (0.02 * np.sin(a), 0.13, 0.02 * np.cos(a)),
                    ((reach - 0.02) * np.sin(a), 0.05, (reach - 0.02) * np.cos(a)),
                ],
                0.015,
                8,
            )
            for a in angles
        ],
        "steel",
        "steel",
    )
    model.add(
        "base",
        [
            lathe([(0.019, 0), (0.020, 0.006), (0.018, 0.05), (0.0, 0.066)], 10).moved(
                (reach - 0.02) * np.sin(a), 0, (reach - 0.02) * np.cos(a)
            )
            for a in angles
        ],
        "matt",
        "rubber",
    )
    ring = [(0.20 * np.sin(a), height * 0.40, 0.20 * np.cos(a)) for a in np.linspace(0, 2 * np.pi, 25)]
    model.add("ring", tube(ring, 0.010, 8, caps=False), "steel", "steel")
    model.add(
        "ring",
        [
            tube(
                [
                    (0.028 * np.sin(a), height * 0.40, 0.028 * np.cos(a)),
                    (0.20 * np.sin(a), height * 0.40, 0.20 * np.cos(a)),
                ],
                0.007,
                6,
            )
            for a in angles[::2]
        ],
        "steel",
        "steel",
    )
    return model


@makes("eyewash")
def eyewash(spec: Spec) -> Model:
    """Eye wash bottles in a wall station."""
    model = Model("eyewash", reach=0.06)
    width, height, depth = spec.size
    back = -depth / 2
    model.add(
        "station",
        slab((width, 0.010, height), 0.012, 0.002).turned("x", 90).moved(0, height / 2, back),
        "satin",
        "safe",
        longest=0.1,
    )
    model.add("station", box((width - 0.04, 0.012, depth - 0.010), (0, 0.030, 0.005), 0.003), "satin", "safe")
    for x in (-0.06, 0.06):
        model.add(
            "bottles",
            lathe([(0, 0), (0.034, 0), (0.036, 0.008), (0.036, 0.13), (0.016, 0.155)], 16).moved(x, 0.036, 0.006),
            "satin",
            "pp",
        )
        model.add(
            "bottles",
            lathe([(0.018, 0.150), (0.032, 0.165), (0.032, 0.185), (0, 0.19)], 14).moved(x, 0.036, 0.006),
            "satin",
            "safe",
        )
    words: Wording = {"cy": "Golchi llygaid", "en": "Eye wash"}
    put_sign(model, "station", "safe", words, 0.017, (0, height - 0.045, back + 0.0105), size=(width - 0.02, 0.072))
    return model
