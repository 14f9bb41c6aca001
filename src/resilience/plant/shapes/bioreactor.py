"""The stainless bioreactor: jacketed shell on legs, drive and nozzles on the head, probes, valves, platform."""

from __future__ import annotations

import numpy as np

from resilience.plant.shapes.instruments_process import (
    cable,
    cartridge_housing,
    clamped_port,
    emergency_stop,
    flat,
    gauge,
    load_cell,
    motor,
    panel,
    probe,
    sight_glass,
    tag,
    transmitter,
)
from resilience.plant.shapes.mesh import box, join, lathe, prism, sheet, slab
from resilience.plant.shapes.model import Model, makes
from resilience.plant.shapes.piping import (
    Assembly,
    at_each,
    bar,
    brick,
    clamp,
    diaphragm_valve,
    disc,
    lagged,
    pipe,
    placed,
    put,
    shifted,
)
from resilience.plant.shapes.sweep import tube
from resilience.plant.shapes.vessels import between, dished, on_circle, on_head, outwards, weld
from resilience.plant.specs import Spec

SEGMENTS = 32


class _Vessel:
    """The vessel's own lines, from the specification."""

    def __init__(self, spec: Spec) -> None:
        d = spec.dimension
        self.spec = spec
        self.r = d("inner_diameter") / 2 + 0.006
        self.clad = d("cladding_diameter") / 2
        self.low, self.high = d("lower_tangent"), d("upper_tangent")
        self.depth = self.r / 2
        self.crown = self.high + self.depth
        self.pole = self.low - self.depth - (self.clad - self.r)
        self.deck = d("deck")

    def top(self, angle: float, out: float) -> tuple[float, float, float]:
        return on_head(angle, out, self.r, self.high, self.depth)


@makes("bioreactor-2000")
def bioreactor_2000(spec: Spec) -> Model:
    model, v = Assembly("bioreactor-2000", reach=0.45, strength=0.7, floor=True), _Vessel(spec)
    _shell(model, v)
    _legs(model, v)
    _drive(model, v)
    _head(model, v)
    _gas(model, v)
    _probes(model, v)
    _bottom(model, v)
    _jacket_lines(model, v)
    _panel(model, v)
    _platform(model, v)
    return model


def _shell(model: Model, v: _Vessel) -> None:
    head = [(v.clad - 0.004, v.high + 0.012), (v.r + 0.006, v.high + 0.030), *dished(v.r, v.high, v.depth, 7)[1:]]
    model.add("shell", lathe(head, SEGMENTS), "steel", "steel")
    bottom = dished(v.clad, v.low, v.pole - v.low, 5)[::-1]
    wall = [(v.clad, y) for y in between(v.low, v.high, 0.60)]
    model.add("jacket", lathe([*bottom, *wall[1:], (v.clad - 0.004, v.high + 0.012)], SEGMENTS), "steel", "aluminium")
    seam = weld(v.clad + 0.001, (v.low + v.high) / 2, SEGMENTS)
    model.add("jacket", seam, "steel", "steel_dark", occluded=False)
    size = v.spec.screens["nameplate"].size
    model.add("nameplate", sheet(*size).moved(0, 2.16, v.clad + 0.004), "screen", "paper", occluded=False)
    back = slab((size[0] + 0.012, 0.008, size[1] + 0.012), 0.006, 0.001, 2).turned("x", 90)
    model.add("jacket", back.moved(0, 2.16, v.clad - 0.0045), "steel", "steel")
    for y in (v.low + 0.10, v.high - 0.16):  # lugs by which it was lifted into place
        for angle in (90, 270):
            lug = brick((0.014, 0.12, 0.07), (0, 0, 0.02))
            model.add("shell", placed(lug, on_circle(angle, v.clad, y), (0, 1, 0), outwards(angle)), "steel", "steel")


def _legs(model: Model, v: _Vessel) -> None:
    cell = v.spec.dimension("load_cell")
    for angle in (45, 135, 225, 315):
        out = v.clad - 0.075
        leg = tube([on_circle(angle, out, cell + 0.012), on_circle(angle, out, v.low + 0.10)], 0.048, 10, caps=False)
        foot = disc(0.075, cell, cell + 0.014, 9)
        model.add("legs", leg, "steel", "steel")
        model.add("legs", foot.moved(*on_circle(angle, out, 0)), "steel", "steel")
        put(model, "load-cells", load_cell(cell), on_circle(angle, out, 0), facing=outwards(angle))


def _drive(model: Model, v: _Vessel) -> None:
    """Agitator on the crown: flange, seal lantern with its two barrier-fluid lines, gearbox, motor."""
    y = v.crown
    flange = lathe([(0.13, y - 0.03), (0.13, y + 0.02), (0.155, y + 0.024), (0.155, y + 0.048), (0.10, y + 0.050)], 13)
    model.add("agitator-drive", flange, "steel", "steel")
    bolts = [brick((0.018, 0.016, 0.018), on_circle(a, 0.135, y + 0.055)) for a in range(0, 360, 60)]
    model.add("agitator-drive", bolts, "steel", "steel_dark")
    seal = lathe([(0.070, y + 0.05), (0.070, y + 0.10), (0.052, y + 0.11), (0.052, y + 0.16), (0.030, y + 0.165)], 13)
    model.add("mechanical-seal", seal, "steel", "steel_dark")
    for s in (-1, 1):
        line = pipe(
            [(s * 0.05, y + 0.09 + s * 0.02, 0), (s * 0.20, y + 0.09 + s * 0.02, 0), (s * 0.20, y - 0.02, -0.10)], 0.010
        )
        model.add("mechanical-seal", line, "steel", "steel")
    posts = [
        lathe([(0.014, y + 0.05), (0.014, y + 0.24)], 6).moved(*on_circle(a, 0.105, 0)) for a in (45, 135, 225, 315)
    ]
    model.add("agitator-drive", posts, "steel", "steel")
    shaft = disc(0.025, y + 0.12, y + 0.25, 9)
    model.add("agitator-drive", shaft, "steel", "steel")
    gear = lathe([(0.14, y + 0.24), (0.14, y + 0.262), (0.115, y + 0.27), (0.125, y + 0.40), (0.10, y + 0.42)], 13)
    model.add("agitator-drive", gear, "satin", "blue")
    height = v.spec.size[1] - (y + 0.41)
    put(model, "agitator-drive", motor(0.21, height, "grey", 10), (0, y + 0.41, 0), facing=(-0.7, 0, 0.7))


def _head(model: Model, v: _Vessel) -> None:
    at = v.top(270, 0.34)
    r, rise = v.spec.dimension("manway_diameter") / 2, 0.11
    neck = lathe([(r, -0.12), (r, rise), (r + 0.030, rise), (r + 0.030, rise + 0.020)], 17)
    lid = lathe(
        [
            (r + 0.030, rise + 0.022),
            (r + 0.030, rise + 0.042),
            (r * 0.9, rise + 0.046),
            (r * 0.5, rise + 0.076),
            (0, rise + 0.082),
        ],
        17,
    )
    bolts = [brick((0.016, 0.075, 0.016), on_circle(a, r + 0.030, rise + 0.025)) for a in range(30, 390, 60)]
    nuts = [
        lathe([(0.016, rise + 0.046), (0.016, rise + 0.066), (0, rise + 0.066)], 6).moved(*on_circle(a, r + 0.030, 0))
        for a in range(30, 390, 60)
    ]
    hinge = [box((0.05, 0.03, 0.10), (s * 0.04, rise + 0.03, -r - 0.05), 0.003) for s in (-1, 1)]
    davit = tube(
        [(0, rise + 0.08, 0), (0, rise + 0.13, 0), (0, rise + 0.13, -r - 0.06), (0, rise, -r - 0.06)], 0.012, 8, 0.03
    )
    grip = tube(
        [
            (-0.05, rise + 0.045, r),
            (-0.05, rise + 0.075, r + 0.05),
            (0.05, rise + 0.075, r + 0.05),
            (0.05, rise + 0.045, r),
        ],
        0.008,
        6,
        0.02,
    )
    model.add("manway", [shape.moved(*at) for shape in (neck, lid, davit, grip, *hinge)], "steel", "steel")
    model.add("manway", [shape.moved(*at) for shape in (*bolts, *nuts)], "steel", "steel_dark")
    for part, angle, out in (("sight-glass", 330, 0.42), ("sight-lamp", 30, 0.42)):
        place = v.top(angle, out)
        lean = (outwards(angle)[0] * 0.35, 1.0, outwards(angle)[2] * 0.35)
        bits, pane = sight_glass(0.10)
        neck = disc(0.062, -0.05, 0.004, 12)
        put(model, part, [*bits, (neck, "steel", "steel")], place, lean)
        if part == "sight-lamp":
            lamp = lathe([(0.052, 0.026), (0.052, 0.12), (0.040, 0.14), (0, 0.14)], 10)
            put(model, part, [(lamp, "satin", "grey"), (disc(0.008, 0.13, 0.17, 6), "satin", "black")], place, lean)
        else:
            model.add(part, placed(pane, place, lean), "glass", "pane", 0.3)
    for angle in (195, 352):
        place = v.top(angle, 0.47)
        put(model, "spray-balls", clamped_port(0.0254, 0.07), place)
        top = place[1] + 0.07
        back = on_circle(180, 0.52, 0) if angle == 195 else on_circle(100, 0.60, 0)
        line = [(place[0], top, place[2]), (place[0], top + 0.14, place[2]), (back[0], top + 0.14, back[2])]
        model.add("spray-balls", pipe(line, 0.0254, 0.05, 8), "steel", "steel")
    place = v.top(75, 0.42)
    put(model, "rupture-disc", [(s, m, c) for s, m, c in clamped_port(0.0508, 0.08)], place)
    holder = lathe([(0.030, 0.09), (0.055, 0.095), (0.055, 0.135), (0.030, 0.14)], 12)
    put(
        model,
        "rupture-disc",
        [(holder, "steel", "steel_dark"), (brick((0.05, 0.03, 0.002), (0, 0.115, 0.075)), "satin", "red")],
        place,
        facing=(0.4, 0, 1),
    )
    y = place[1] + 0.14
    vent = pipe(
        [
            (place[0], y, place[2]),
            (place[0], y + 0.24, place[2]),
            (v.clad + 0.16, y + 0.24, place[2] - 0.1),
            (v.clad + 0.16, v.low + 0.4, place[2] - 0.1),
        ],
        0.0508,
        0.09,
    )
    model.add("rupture-disc", vent, "steel", "steel")
    for n, angle in enumerate((212, 226, 240)):
        put(model, "addition-ports", clamped_port(0.0127, 0.06 + 0.0 * n), v.top(angle, 0.50))
    place = v.top(10, 0.30)
    put(model, "pressure-gauge", clamped_port(0.0254, 0.05), place)
    put(model, "pressure-gauge", gauge(0.100, 0.42), (place[0], place[1] + 0.06, place[2]), facing=(-0.5, 0.1, 1))
    place = v.top(50, 0.30)
    put(model, "pressure-transmitter", clamped_port(0.0254, 0.04), place)
    put(model, "pressure-transmitter", transmitter(), (place[0], place[1] + 0.05, place[2]), facing=(-0.4, 0, 1))
    place = v.top(172, 0.30)
    put(model, "foam-probe", probe(0.24, "amber"), place)


def _gas(model: Model, v: _Vessel) -> None:
    """Air in: filter on a bracket at the right, down to the sparger. Air out: condenser, two filters, stack."""
    x, z = v.clad + 0.13, -0.34
    put(model, "inlet-filter", cartridge_housing(0.105, 0.44), (x, 1.62, z), facing=(1, 0, 0.4))
    arm = box((0.20, 0.012, 0.05), (x - 0.06, 1.60, z), 0.002)
    model.add("inlet-filter", arm, "steel", "steel")
    low = v.low + 0.10
    line = pipe([(x, 1.62, z), (x, low, z), (v.clad * 0.80, low, z)], 0.0254)
    model.add("sparge-line", line, "steel", "steel")
    put(model, "sparge-line", diaphragm_valve(0.0254, True, "green"), (x, 1.32, z), facing=(0.9, 0, 0.5))
    put(model, "sparge-line", at_each(clamp(0.0254), [(x, 1.415, z), (x, 1.225, z)]))
    feed = pipe([(x, 2.06, z), (x, 2.30, z), (x, 2.30, -v.clad - 0.10)], 0.0254)
    model.add("sparge-line", feed, "steel", "steel")
    place = v.top(140, 0.42)
    tall = 0.44
    model.add("exhaust-condenser", disc(0.030, -0.05, 0.07, 10).moved(*place), "steel", "steel")
    base = place[1] + 0.07
    body = lathe([(0.030, 0), (0.066, 0.03), (0.066, tall - 0.03), (0.030, tall)], 12)
    model.add("exhaust-condenser", body.moved(place[0], base, place[2]), "steel", "steel")
    bands = [lathe([(0.066, y - 0.012), (0.074, y), (0.066, y + 0.012)], 12) for y in (0.05, tall - 0.05)]
    model.add("exhaust-condenser", [b.moved(place[0], base, place[2]) for b in bands], "steel", "steel_dark")
    for y in (0.09, tall - 0.09):
        stub = pipe([(place[0], base + y, place[2]), (place[0] + 0.16, base + y, place[2] - 0.05)], 0.016, segments=8)
        model.add("exhaust-condenser", stub, "steel", "steel")
    put(
        model,
        "exhaust-condenser",
        at_each(clamp(0.0508), [(place[0], base, place[2]), (place[0], base + tall, place[2])]),
    )
    y, back = base + tall, -v.clad - 0.02
    model.add(
        "exhaust-condenser",
        pipe(
            [
                (place[0], y, place[2]),
                (place[0], y + 0.09, place[2]),
                (place[0], y + 0.09, back),
                (place[0], 2.86, back),
            ],
            0.0381,
            0.06,
        ),
        "steel",
        "steel",
    )
    for n, x in enumerate((place[0], place[0] - 0.24)):
        put(model, "exhaust-filters", cartridge_housing(0.12, 0.48), (x, 2.36, back - 0.01), facing=(0, 0, -1))
        if n:
            link = pipe([(x, 2.84, back - 0.01), (x, 2.92, back - 0.01), (place[0], 2.92, back - 0.01)], 0.0254)
            model.add("exhaust-filters", link, "steel", "steel")
    rail = box((0.44, 0.05, 0.012), (place[0] - 0.12, 2.40, back + 0.045), 0.002)
    model.add("exhaust-filters", rail, "steel", "steel")


def _probes(model: Model, v: _Vessel) -> None:
    """The sensor belt: 15 degrees from level, so that no air stays at the tips; cables to the junction box."""
    y = v.spec.dimension("probe_belt")
    box_at = on_circle(62, v.clad + 0.02, 1.62)
    for part, angle, colour in (("ph-probe", 8, "blue"), ("do-probe", 22, "green"), ("temperature-probe", 36, "red")):
        at, out = on_circle(angle, v.clad - 0.004, y), outwards(angle, 15)
        pad = lathe([(0.048, -0.006), (0.050, 0.004), (0.030, 0.006), (0, 0.006)], 12)
        put(model, part, [*probe(0.22, colour), (pad, "steel", "steel")], at, out)
        end = np.asarray(at) + 0.22 * np.asarray(out)
        slack = end + np.array([0.05, 0.07, 0.05])
        model.add(
            part,
            cable(
                [
                    end - 0.01 * np.asarray(out),
                    slack,
                    (box_at[0], y + 0.34, box_at[2] + 0.02),
                    (box_at[0], box_at[1], box_at[2]),
                ]
            ),
            "satin",
            "dark",
        )
    case = box((0.16, 0.20, 0.09), (0, 0, 0), 0.004)
    model.add("ph-probe", placed(case, box_at, (0, 1, 0), outwards(62)), "satin", "grey")
    oblong = slab((0.085, 0.022, 0.44), 0.04, 0.004, 4)
    at = on_circle(-24, v.clad - 0.006, 1.62)
    put(model, "level-window", [(oblong, "steel", "steel")], at, outwards(-24), (0, 1, 0))
    glass = slab((0.050, 0.004, 0.40), 0.024, 0.001, 3).moved(y=0.020)
    put(model, "level-window", [(glass, "satin", "dark")], at, outwards(-24), (0, 1, 0))
    screws = [brick((0.010, 0.008, 0.010), (s * 0.034, 0.024, z)) for s in (-1, 1) for z in np.linspace(-0.15, 0.15, 4)]
    put(model, "level-window", [(join(screws), "steel", "steel_dark")], at, outwards(-24), (0, 1, 0))
    at, out = on_circle(-10, v.clad - 0.01, 1.02), outwards(-10, 0)
    put(
        model,
        "sample-valve",
        [(lathe([(0.045, -0.004), (0.045, 0.010), (0.020, 0.014), (0.020, 0.05)], 12), "steel", "steel")],
        at,
        out,
    )
    tip = np.asarray(at) + 0.085 * np.asarray(out)
    put(model, "sample-valve", diaphragm_valve(0.0127, colour="blue"), tip, (0, 1, 0), out)
    put(model, "sample-valve", [(disc(0.014, 0.05, 0.10, 9), "steel", "steel")], at, out)
    spout = pipe([tip, shifted(tip, y=-0.10), shifted(tip + np.asarray(out) * 0.05, y=-0.14)], 0.0127, 0.03, 8)
    steam = pipe([tip, shifted(tip, y=0.10), shifted(tip, -0.16, 0.10)], 0.0127, 0.03, 8)
    model.add("sample-valve", [spout, steam], "steel", "steel")
    put(model, "sample-valve", diaphragm_valve(0.0127, colour="red"), shifted(tip, -0.12, 0.10), (1, 0, 0), out)


def _bottom(model: Model, v: _Vessel) -> None:
    y, d = v.pole - 0.13, 0.0508
    model.add("harvest-valve", disc(0.075, v.pole - 0.02, v.pole + 0.03, 13, 0.004), "steel", "steel")
    put(model, "harvest-valve", diaphragm_valve(d, True, "yellow"), (0, v.pole - 0.085, 0), (0, 1, 0), (1, 0, 0.0))
    run = pipe([(0, v.pole - 0.02, 0), (0, y - 0.08, 0), (0, y - 0.08, 0.42)], d, 0.09)
    model.add("harvest-valve", run, "steel", "steel")
    put(model, "harvest-valve", diaphragm_valve(d, False, "yellow"), (0, y - 0.08, 0.50), (0, 0, 1), (0, 1, 0))
    put(model, "harvest-valve", at_each(clamp(d), [(0, y - 0.08, 0.42), (0, y - 0.08, 0.59)], (0, 0, 1), (0, 1, 0)))
    model.add("harvest-valve", disc(0.032, 0, 0.012, 10).turned("x", 90).moved(0, y - 0.08, 0.595), "steel", "steel")
    x = -0.26
    line = pipe([(0, y - 0.08, 0.22), (x, y - 0.08, 0.22), (x, 0.06, 0.22), (x, 0.03, 0.22)], 0.016, 0.04, 8)
    model.add("steam-trap", line, "steel", "steel")
    trap = lathe([(0.010, -0.05), (0.034, -0.02), (0.034, 0.02), (0.010, 0.05)], 10)
    model.add("steam-trap", trap.moved(x, y - 0.17, 0.22), "steel", "steel_dark")
    put(model, "steam-trap", at_each(clamp(0.016), [(x, y - 0.12, 0.22), (x, y - 0.22, 0.22)]))


def _jacket_lines(model: Model, v: _Vessel) -> None:
    back = -v.clad - 0.16
    for part, x, y, top in (("jacket-inlet", 0.30, v.low - 0.02, 3.2), ("jacket-outlet", -0.30, v.high - 0.22, 3.2)):
        out = -np.sqrt(v.clad**2 - x**2)
        put(model, part, lagged([(x, y, out + 0.08), (x, y, back), (x, top, back)], 0.10))
        body = box((0.13, 0.16, 0.13), (0, 0, 0), 0.006)
        drive, cap = disc(0.05, 0.06, 0.22, 10, 0.006), disc(0.018, 0.22, 0.25, 8)
        valve = (x, y + 0.62 if y < 1.5 else 2.9, back)
        put(model, part, [(body, "satin", "grey")], valve)
        colour = "red" if x > 0 else "blue"
        put(model, part, [(drive, "satin", "white"), (cap, "satin", colour)], valve, (x, 0, 0))


def _panel(model: Model, v: _Vessel) -> None:
    """Touch panel on a swivel arm at the right, junction box below it, emergency stop beneath the panel."""
    x, z = v.clad + 0.24, 0.30
    post = box((0.07, 1.50, 0.07), (x, 0.75, z - 0.06), 0.004)
    foot = box((0.26, 0.014, 0.26), (x, 0.007, z - 0.06), 0.003)
    cabinet = box((0.32, 0.50, 0.16), (x, 0.62, z - 0.055), 0.006)
    door = flat(sheet(0.29, 0.47)).moved(x, 0.62, z + 0.0256)
    model.add("hmi-panel", [post, foot, cabinet], "steel", "steel", longest=0.4)
    model.add("hmi-panel", door, "steel", "steel_dark")
    lock = disc(0.012, 0, 0.012, 8).turned("x", 90).moved(x + 0.12, 0.62, z + 0.025)
    model.add("hmi-panel", lock, "satin", "dark")
    at = v.spec.points["hmi"]
    facing = (0.0, np.sin(np.radians(12)), np.cos(np.radians(12)))
    panel(model, "hmi-panel", "hmi", v.spec.screens["hmi"].size, at, facing)
    neck = box((0.09, 0.20, 0.07), (at[0], at[1] - 0.10, at[2] - 0.085), 0.006)
    model.add("hmi-panel", neck, "steel", "steel")
    put(model, "hmi-panel", tag("BR-201", 0.030), (x, 0.78, z + 0.0262))
    put(model, "e-stop", emergency_stop(), (x, 1.12, z - 0.024))


def _platform(model: Model, v: _Vessel) -> None:
    """Working platform at the left with rail, toe board and gate; ship's stair down to the left."""
    low, high = v.spec.volumes["platform"].x
    near, far = v.spec.volumes["platform"].z
    y = v.deck
    for n in range(int((high - low) / 0.15)):
        width = (high - low) / int((high - low) / 0.15)
        plank = brick((width - 0.004, 0.035, far - near), (low + (n + 0.5) * width, y - 0.0175, (near + far) / 2))
        model.add("platform", plank, "steel", "steel_dark")
    beams = [bar((high - low, 0.12, 0.06), ((low + high) / 2, y - 0.095, z)) for z in (near + 0.04, far - 0.04)]
    beams += [bar((0.06, 0.12, far - near), (x, y - 0.095, (near + far) / 2)) for x in (low + 0.03, high - 0.03)]
    legs = [
        bar((0.07, y - 0.15, 0.07), (x, (y - 0.15) / 2, z))
        for x in (low + 0.05, high - 0.05)
        for z in (near + 0.05, far - 0.05)
    ]
    feet = [
        brick((0.16, 0.012, 0.16), (x, 0.006, z)) for x in (low + 0.05, high - 0.05) for z in (near + 0.05, far - 0.05)
    ]
    model.add("platform", [*beams, *legs, *feet], "satin", "grey", longest=1.0)
    rail = y + 1.10
    gap = (near + far) / 2
    corners = [
        (low + 0.02, far - 0.02),
        (high - 0.02, far - 0.02),
        (low + 0.02, near + 0.02),
        (high - 0.02, near + 0.02),
    ]
    posts = [(x, z) for x, z in corners] + [((low + high) / 2, far - 0.02), ((low + high) / 2, near + 0.02)]
    stair = v.spec.dimension("stair_width") / 2
    posts += [(low + 0.02, gap - stair), (low + 0.02, gap + stair)]
    model.add("handrail", [tube([(x, y, z), (x, rail, z)], 0.019, 6, caps=False) for x, z in posts], "steel", "steel")
    for height in (rail, y + 0.60):
        for z in (near + 0.02, far - 0.02):
            model.add("handrail", tube([(low + 0.02, height, z), (high - 0.02, height, z)], 0.019, 6), "steel", "steel")
        for a, b in ((near + 0.02, gap - stair), (gap + stair, far - 0.02)):
            model.add("handrail", tube([(low + 0.02, height, a), (low + 0.02, height, b)], 0.019, 6), "steel", "steel")
    toe = [brick((high - low, 0.10, 0.006), ((low + high) / 2, y + 0.05, z)) for z in (near + 0.004, far - 0.004)]
    model.add("platform", toe, "satin", "yellow")
    gate = [
        tube([(low + 0.02, y + h, gap - stair + 0.03), (low + 0.02, y + h, gap + stair - 0.03)], 0.017, 8)
        for h in (0.60, 1.08)
    ]
    gate += [
        tube(
            [(low + 0.02, y + 0.60, gap + s * (stair - 0.04)), (low + 0.02, y + 1.08, gap + s * (stair - 0.04))],
            0.017,
            8,
        )
        for s in (-1, 1)
    ]
    model.add("gate", gate, "satin", "yellow")
    _stair(model, v, low, gap, stair)


def _stair(model: Model, v: _Vessel, top: float, gap: float, half: float) -> None:
    run, y, count = v.spec.dimension("stair_run"), v.deck, 8
    foot = 0.19
    outline = [(0.0, 0.0), (foot, 0.0), (run, y * (1 - foot / run)), (run, y)]
    for s in (-1, 1):
        cheek = prism(outline, -0.006, 0.006, 0.003).turned("y", 90)
        model.add("steps", cheek.moved(top - run, 0, gap + s * half), "steel", "steel")
        hand = [(top - run * 0.90, 0.0 + y * 0.10 + 0.90, gap + s * half), (top, y + 1.08, gap + s * half)]
        model.add("steps", tube(hand, 0.017, 8), "steel", "steel")
        for share in (0.12, 0.62):
            x, base = top - run * (1 - share), y * share
            model.add(
                "steps", tube([(x, base, gap + s * half), (x, base + 0.92, gap + s * half)], 0.015, 8), "steel", "steel"
            )
    for n in range(count):
        share = (n + 0.8) / (count + 0.3)
        tread = bar((0.21, 0.030, 2 * half - 0.014), (top - run * (1 - share) + 0.035, y * share, gap))
        nose = brick((0.03, 0.032, 2 * half - 0.014), (top - run * (1 - share) - 0.063, y * share + 0.0006, gap))
        model.add("steps", tread, "steel", "steel_dark")
        model.add("steps", nose, "satin", "yellow")
