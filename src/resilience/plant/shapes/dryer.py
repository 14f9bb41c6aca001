"""The freeze-dryer: shelves behind a clear door, condenser with its coil, valve between them, pump below, panel."""

from __future__ import annotations

import numpy as np

from resilience.plant.shapes.instruments_process import (
    cable,
    cartridge_housing,
    emergency_stop,
    levelling_foot,
    motor,
    panel,
    tag,
    transmitter,
)
from resilience.plant.shapes.mesh import box, join, lathe
from resilience.plant.shapes.model import Model, makes
from resilience.plant.shapes.piping import Assembly, Bits, brick, clamp, diaphragm_valve, disc, hose, lagged, pipe, put
from resilience.plant.shapes.sweep import tube
from resilience.plant.specs import Spec

ROWS, COLUMNS = 3, 9  # vials of the loaded tray


class _Dryer:
    """Lines of the machine: the chamber's inside, the condenser's axis."""

    def __init__(self, spec: Spec) -> None:
        d = spec.dimension
        self.spec = spec
        inside = spec.volumes["chamber"]
        (self.left, self.right), (self.low, self.high), (self.back, self.front) = inside.x, inside.y, inside.z
        self.middle = (self.left + self.right) / 2
        self.wall, self.base = d("wall"), d("base")
        self.cx, self.cy, self.cr = d("condenser_x"), d("condenser_y"), d("condenser_diameter") / 2


@makes("freeze-dryer", loose=("door",))
def freeze_dryer(spec: Spec) -> Model:
    model, f = Assembly("freeze-dryer", reach=0.30, strength=0.75, floor=True), _Dryer(spec)
    _base(model, f)
    _chamber(model, f)
    _shelves(model, f)
    _door(model, f)
    _tray(model, f)
    _condenser(model, f)
    _ports(model, f)
    _pump(model, f)
    _panel(model, f)
    return model


def _base(model: Model, f: _Dryer) -> None:
    """Machine frame: refrigeration behind louvres at the left, an open bay for the vacuum pump at the right."""
    d = f.spec.dimension
    low, high = (d("left"), 0.0, d("back")), (d("right"), 0.0, 0.0)
    foot, top, front = 0.10, f.base, f.spec.volumes["chamber"].z[1]
    split = -0.02
    left = box(
        (split - low[0] - 0.01, top - foot, front - low[2] - 0.02),
        ((split + low[0] + 0.01) / 2, (top + foot) / 2, (front + low[2]) / 2),
        0.006,
    )
    model.add("refrigeration", left, "satin", "white", longest=0.5)
    for n in range(12):
        slot = brick((0.52, 0.012, 0.004), ((split + low[0]) / 2, foot + 0.14 + 0.032 * n, front - 0.0095))
        model.add("refrigeration", slot, "matt", "mid", occluded=False)
    deck = box(
        (high[0] - low[0] - 0.02, 0.035, front - low[2] - 0.02),
        ((high[0] + low[0]) / 2, top + 0.0175, (front + low[2]) / 2),
        0.004,
    )
    floor = box(
        (high[0] - split - 0.01, 0.04, front - low[2] - 0.02),
        ((high[0] + split) / 2, foot + 0.02, (front + low[2]) / 2),
        0.004,
    )
    posts = [
        box((0.06, top - foot, 0.06), (high[0] - 0.04, (top + foot) / 2, z), 0.004)
        for z in (low[2] + 0.05, front - 0.05)
    ]
    model.add("frame", [deck, floor, *posts], "steel", "steel", longest=0.6)
    for x in (low[0] + 0.08, split, high[0] - 0.08):
        for z in (low[2] + 0.08, front - 0.08):
            put(model, "frame", levelling_foot(foot), (x, 0, z))


def _chamber(model: Model, f: _Dryer) -> None:
    w, front = f.wall, f.front
    across, tall, deep = f.right - f.left, f.high - f.low, front - f.back
    sides = [
        box((w, tall + 2 * w, deep + w), (x, (f.low + f.high) / 2, (front + f.back - w) / 2), 0.004)
        for x in (f.left - w / 2, f.right + w / 2)
    ]
    caps = [
        box((across, w, deep + w), (f.middle, y, (front + f.back - w) / 2), 0.002)
        for y in (f.low - w / 2, f.high + w / 2)
    ]
    back = box((across, tall, w), (f.middle, (f.low + f.high) / 2, f.back - w / 2), 0.002)
    model.add("chamber", [*sides, *caps, back], "steel", "steel", longest=0.45)
    ring = [
        box((across + 2 * w + 0.04, 0.050, 0.035), (f.middle, y, front + 0.012), 0.004)
        for y in (f.low - w + 0.005, f.high + w - 0.005)
    ]
    ring += [
        box((0.050, tall + 2 * w - 0.06, 0.035), (x, (f.low + f.high) / 2, front + 0.012), 0.004)
        for x in (f.left - w + 0.005, f.right + w - 0.005)
    ]
    model.add("chamber", ring, "steel", "steel")
    seal = [brick((across + 0.05, 0.014, 0.010), (f.middle, y, front + 0.033)) for y in (f.low - 0.02, f.high + 0.02)]
    seal += [
        brick((0.014, tall + 0.05, 0.010), (x, (f.low + f.high) / 2, front + 0.033))
        for x in (f.left - 0.02, f.right + 0.02)
    ]
    model.add("door-seal", seal, "matt", "rubber")


def _shelves(model: Model, f: _Dryer) -> None:
    """Fluid-tempered shelves on four rods that a ram above draws together; hoses at the back carry the fluid."""
    d = f.spec.dimension
    across, deep, pitch = f.right - f.left - 0.10, f.front - f.back - 0.12, d("shelf_pitch")
    count = len(f.spec.surfaces)
    z = (f.front + f.back) / 2 + 0.02
    tops = sorted(surface.y for surface in f.spec.surfaces.values())
    plates = [box((across, 0.020, deep), (f.middle, y - 0.010, z), 0.003) for y in [*tops, tops[-1] + pitch]]
    model.add("shelves", plates, "steel", "steel", longest=0.5)
    rods = [
        disc(0.010, f.low, f.high, 8).moved(f.middle + sx * (across / 2 + 0.018), 0, z + sz * deep * 0.42)
        for sx in (-1, 1)
        for sz in (-1, 1)
    ]
    model.add("shelves", rods, "steel", "steel")
    for n in range(count + 1):
        y = tops[0] - 0.010 + pitch * n
        x = f.right - 0.030
        loop = [
            (x - 0.02, y, z - deep * 0.30),
            (x + 0.012, y, z - deep * 0.30),
            (x + 0.012, y + pitch * 0.5, z - deep * 0.36),
            (x + 0.006, y + pitch * 0.9, z - deep * 0.42),
        ]
        model.add("shelf-hoses", hose(loop, 0.012, 0.04, 5), "steel", "steel_dark")
    ram = lathe(
        [(0.085, 0.0), (0.085, 0.014), (0.055, 0.018), (0.055, 0.30), (0.066, 0.302), (0.066, 0.33), (0, 0.335)], 12
    )
    roof = f.high + f.wall
    model.add("stoppering-ram", ram.moved(f.middle, roof, z), "steel", "steel")
    model.add("stoppering-ram", disc(0.026, f.high - 0.16, roof + 0.02, 9).moved(f.middle, 0, z), "steel", "steel")
    oil = pipe(
        [(f.middle + 0.05, roof + 0.27, z), (f.middle + 0.14, roof + 0.27, z), (f.middle + 0.14, roof + 0.02, z - 0.2)],
        0.014,
        0.04,
    )
    model.add("stoppering-ram", oil, "steel", "steel_dark")


def _door(model: Model, f: _Dryer) -> None:
    """A thick clear door in a frame, hinged at the left; three clamps at the right."""
    w, z = f.wall, f.front + 0.038
    across, tall = f.right - f.left + 2 * w, f.high - f.low + 2 * w
    y = (f.low + f.high) / 2
    pane = box((across - 0.05, tall - 0.05, 0.030), (f.middle, y, z + 0.018), 0.004)
    model.add("door", pane, "glass", "pane", 0.16)
    rim = 0.045
    bars = [box((across, rim, 0.036), (f.middle, y + s * (tall - rim) / 2, z + 0.018), 0.004) for s in (-1, 1)]
    bars += [
        box((rim, tall - 2 * rim, 0.036), (f.middle + s * (across - rim) / 2, y, z + 0.018), 0.004) for s in (-1, 1)
    ]
    model.add("door", bars, "steel", "steel")
    x = f.left - w
    for height in (f.low + 0.06, f.high - 0.06):
        knuckle = disc(0.014, height - 0.045, height + 0.045, 8).moved(
            f.spec.motions["door"].at[0], 0, f.spec.motions["door"].at[2]
        )
        model.add("chamber", knuckle, "steel", "steel_dark")
        model.add("chamber", box((0.03, 0.07, 0.05), (x - 0.006, height, f.front + 0.010), 0.003), "steel", "steel")
    for height in (f.low + 0.05, y, f.high - 0.05):
        lever = brick((0.070, 0.022, 0.016), (f.right + w + 0.010, height, z + 0.046))
        root = box((0.024, 0.040, 0.050), (f.right + w + 0.022, height, z + 0.012), 0.003)
        knob = lathe([(0.010, 0), (0.016, 0.006), (0.016, 0.016), (0, 0.020)], 8).turned("x", 90)
        model.add("door-clamps", [lever, root], "steel", "steel_dark")
        model.add("door-clamps", knob.moved(f.right + w + 0.030, height, z + 0.052), "satin", "dark")
    grip = tube(
        [
            (f.right - 0.02, y - 0.20, z + 0.036),
            (f.right - 0.02, y - 0.20, z + 0.075),
            (f.right - 0.02, y - 0.07, z + 0.075),
            (f.right - 0.02, y - 0.07, z + 0.036),
        ],
        0.009,
        8,
        0.02,
    )
    model.add("door", grip, "steel", "steel")


def _tray(model: Model, f: _Dryer) -> None:
    """A tray of vials on the second shelf, half-stoppered; probes in a front, a middle and an edge vial."""
    d = f.spec.dimension
    y = sorted(surface.y for surface in f.spec.surfaces.values())[1]
    r, tall = d("vial_diameter") / 2, d("vial_height")
    z0, step = f.front - 0.10, 2 * r + 0.0015
    x0 = f.middle - step * (COLUMNS - 1) / 2
    rim_x, rim_z = step * COLUMNS / 2 + 0.004, step * ROWS / 2 + 0.004
    middle = z0 - step * (ROWS - 1) / 2
    rim = [brick((2 * rim_x, 0.022, 0.002), (f.middle, y + 0.0115, middle + s * rim_z)) for s in (-1, 1)]
    rim += [brick((0.002, 0.022, 2 * rim_z), (f.middle + s * rim_x, y + 0.0115, middle)) for s in (-1, 1)]
    model.add("vial-tray", rim, "steel", "steel")
    glass = lathe([(r, 0.001), (r, tall * 0.70), (r * 0.64, tall * 0.86)], 6)
    cake = lathe([(r * 0.9, 0.003), (r * 0.9, tall * 0.26), (0, tall * 0.26)], 4)
    plug = lathe([(r * 0.66, tall * 0.86), (r * 0.66, tall), (0, tall)], 5)
    places = [(x0 + step * n, y, z0 - step * m) for m in range(ROWS) for n in range(COLUMNS)]
    model.add("vials", join([glass.moved(*at) for at in places]), "glass", "clear", 0.30)
    model.add("vials", join([cake.moved(*at) for at in places]), "matt", "paper", occluded=False)
    model.add("vials", join([plug.moved(*at) for at in places]), "matt", "bromobutyl", occluded=False)
    socket = (f.right - 0.004, y + 0.13, f.front - 0.16)
    for n, colour in ((2, "red"), (COLUMNS + 6, "green"), (COLUMNS - 1, "blue")):
        x, base, z = places[n]
        lead = [
            (x, base + tall * 0.3, z),
            (x, base + tall + 0.012, z),
            (x + 0.04, base + tall + 0.018, z - 0.02),
            socket,
        ]
        model.add("thermocouples", tube(lead, 0.0012, 4, 0.03), "satin", colour)
    model.add("thermocouples", disc(0.020, -0.006, 0.006, 9).turned("z", 90).moved(*socket), "steel", "steel_dark")


def _condenser(model: Model, f: _Dryer) -> None:
    """Cylinder lying along z: its coil is seen through the round front glass; valve in the duct from the chamber."""
    x, y, r = f.cx, f.cy, f.cr
    back, front = f.back + 0.02, f.front + 0.02
    shell = [
        (0.0, back - 0.09),
        (r * 0.6, back - 0.075),
        (r, back),
        (r, (back + front) / 2),
        (r, front),
        (r + 0.035, front + 0.001),
        (r + 0.035, front + 0.026),
        (r * 0.95, front + 0.026),
    ]
    model.add("condenser", lathe(shell, 24).turned("x", 90).moved(x, y, 0), "steel", "steel")
    inside = lathe(
        [(r * 0.90, front + 0.026), (r * 0.88, (front + back) / 2), (r * 0.88, back + 0.06), (0, back + 0.05)], 20
    )
    model.add("condenser", inside.turned("x", 90).moved(x, y, 0), "satin", "grey")
    coil = [
        (x + r * 0.66 * np.cos(a), y + r * 0.66 * np.sin(a), front - 0.075 - 0.0105 * a)
        for a in np.linspace(0, 8 * np.pi, 49)
    ]
    model.add("condenser-coil", tube(coil, 0.012, 5, caps=False), "steel", "steel")
    pane = lathe([(r * 0.86, front + 0.034), (0, front + 0.034)], 20)
    model.add("condenser-window", pane.turned("x", 90).moved(x, y, 0), "glass", "pane", 0.22)
    ring = lathe(
        [(r * 1.10, front + 0.026), (r * 1.10, front + 0.040), (r * 0.84, front + 0.040), (r * 0.84, front + 0.026)], 20
    )
    bolts = [
        brick((0.016, 0.014, 0.016), (r * 0.97 * np.cos(a), front + 0.045, r * 0.97 * np.sin(a)))
        for a in np.arange(8) * np.pi / 4
    ]
    model.add("condenser-window", join([ring, *bolts]).turned("x", 90).moved(x, y, 0), "steel", "steel")
    for z in (back + 0.06, front - 0.08):
        saddle = box((2 * r * 0.8, y - r * 0.8 - f.base, 0.05), (x, (y - r * 0.8 + f.base) / 2 + 0.02, z), 0.003)
        model.add("condenser", saddle, "steel", "steel")
    duct = lathe([(0.11, 0.0), (0.14, 0.0), (0.14, 0.02), (0.11, 0.022), (0.11, x - r - f.right - f.wall + 0.03)], 15)
    start = f.right + f.wall
    mid = (f.front + f.back) / 2
    model.add("isolation-valve", duct.turned("z", -90).moved(start - 0.002, y, mid), "steel", "steel")
    put(
        model,
        "isolation-valve",
        [
            (disc(0.022, 0.10, 0.16, 9), "steel", "steel"),
            (disc(0.055, 0.16, 0.34, 12, 0.008), "satin", "white"),
            (disc(0.018, 0.34, 0.37, 8), "satin", "yellow"),
        ],
        (start + 0.045, y, mid),
    )
    put(
        model,
        "condenser-drain",
        diaphragm_valve(0.0254, True, "yellow", 8),
        (x, y - r - 0.05, front - 0.18),
        facing=(0, 0, 1),
    )
    model.add(
        "condenser-drain",
        pipe([(x, y - r + 0.01, front - 0.18), (x, f.base + 0.03, front - 0.18)], 0.0254),
        "steel",
        "steel",
    )
    for n, s in enumerate((-0.09, 0.09)):
        line = lagged(
            [
                (x + s, y + 0.05, back - 0.07),
                (x + s, y + 0.05, f.spec.dimension("back") + 0.04),
                (x + s, f.base + 0.03, f.spec.dimension("back") + 0.04),
            ],
            0.055 - 0.015 * n,
            0.06,
            8,
        )
        put(model, "refrigerant-lines", line)


def _ports(model: Model, f: _Dryer) -> None:
    """On the chamber's roof: two pressure gauges side by side, the aeration filter with its valve."""
    roof, z = f.high + f.wall, f.front - 0.15
    for part, x, colour in (("pirani-gauge", f.right - 0.16, "red"), ("capacitance-gauge", f.right - 0.05, "blue")):
        model.add(part, disc(0.012, roof - 0.01, roof + 0.05, 8).moved(x, 0, z), "steel", "steel")
        put(model, part, clamp(0.0254), (x, roof + 0.05, z))
        tall = 0.13 if part == "pirani-gauge" else 0.10
        wide = 0.020 if part == "pirani-gauge" else 0.036
        head = lathe(
            [
                (wide, roof + 0.06),
                (wide, roof + 0.06 + tall),
                (wide * 0.8, roof + 0.065 + tall),
                (0, roof + 0.065 + tall),
            ],
            10,
        )
        band = lathe([(wide * 1.02, roof + 0.09), (wide * 1.02, roof + 0.105)], 10)
        model.add(part, head.moved(x, 0, z), "satin", "grey")
        model.add(part, band.moved(x, 0, z), "satin", colour, occluded=False)
        lead = [
            (x, roof + 0.06 + tall, z),
            (x, roof + 0.11 + tall, z),
            (x + 0.10, roof + 0.10, z - 0.16),
            (f.right + 0.04, roof + 0.01, z - 0.24),
        ]
        model.add(part, cable(lead, 0.007), "satin", "dark")
    x = f.left + 0.10
    model.add(
        "aeration-filter", pipe([(x, roof - 0.01, z - 0.05), (x, roof + 0.08, z - 0.05)], 0.0254), "steel", "steel"
    )
    put(
        model,
        "aeration-valve",
        diaphragm_valve(0.0254, True, "green", 8),
        (x, roof + 0.07, z - 0.05),
        facing=(-0.2, 0, 1),
    )
    put(model, "aeration-filter", cartridge_housing(0.085, 0.30), (x, roof + 0.125, z - 0.05))
    put(model, "chamber-pressure-switch", transmitter(0.0191, stem=0.03), (f.left + 0.05, roof, f.back + 0.12))


def _pump(model: Model, f: _Dryer) -> None:
    """Rotary vane pump in the open bay: pump body with oil glass, motor, mist filter, bellows up to the condenser."""
    low, x, z = 0.14, f.cx - 0.06, f.front - 0.28
    body = box((0.26, 0.24, 0.22), (x + 0.11, low + 0.16, z), 0.012)
    foot = box((0.62, 0.03, 0.24), (x - 0.02, low + 0.015, z), 0.003)
    fins = [brick((0.262, 0.012, 0.222), (x + 0.11, low + 0.10 + 0.026 * n, z)) for n in range(5)]
    model.add("vacuum-pump", [body, *fins], "satin", "blue")
    model.add("vacuum-pump", foot, "satin", "mid")
    drive: Bits = motor(0.18, 0.30, "grey", 10)
    put(model, "vacuum-pump", drive, (x - 0.02, low + 0.17, z), (-1, 0, 0), (0, 1, 0))
    eye = lathe([(0.026, 0.0), (0.026, 0.006), (0.020, 0.008)], 10).turned("x", 90)
    model.add("oil-sight-glass", eye.moved(x + 0.17, low + 0.11, z + 0.110), "steel", "steel")
    model.add(
        "oil-sight-glass",
        lathe([(0.020, 0.005), (0, 0.005)], 10).turned("x", 90).moved(x + 0.17, low + 0.11, z + 0.111),
        "satin",
        "amber",
        occluded=False,
    )
    mist = lathe([(0.02, 0.27), (0.05, 0.285), (0.05, 0.42), (0.02, 0.435), (0, 0.435)], 10)
    model.add("oil-mist-filter", mist.moved(x + 0.19, low, z - 0.02), "satin", "grey")
    rings = [(0.022 + 0.007 * (n % 2), low + 0.27 + 0.015 * n) for n in range(12)]
    bellows = lathe(rings, 8).moved(x + 0.05, 0, z - 0.02)
    model.add("vacuum-line", bellows, "steel", "steel")
    up = pipe(
        [
            (x + 0.05, low + 0.44, z - 0.02),
            (x + 0.05, f.base + 0.10, z - 0.02),
            (x + 0.05, f.cy - f.cr + 0.03, z - 0.02),
        ],
        0.045,
    )
    model.add("vacuum-line", up, "steel", "steel")
    put(model, "vacuum-line", clamp(0.045), (x + 0.05, low + 0.445, z - 0.02))


def _panel(model: Model, f: _Dryer) -> None:
    at = f.spec.points["hmi"]
    high = f.spec.dimension("right")
    column = box(
        (0.38, f.spec.dimension("column_top") - f.base - 0.035, 0.42),
        (high - 0.20, (f.spec.dimension("column_top") + f.base + 0.035) / 2, -0.10),
        0.006,
    )
    model.add("control-column", column, "satin", "white", longest=0.6)
    tilt = np.radians(8)
    arm = tube([(at[0], at[1], 0.10), (at[0], at[1], at[2] - 0.05)], 0.024, 10)
    model.add("hmi-panel", arm, "steel", "steel")
    panel(model, "hmi-panel", "hmi", f.spec.screens["hmi"].size, at, (0, np.sin(tilt), np.cos(tilt)))
    put(model, "control-column", tag("FD-401", 0.030), (at[0], 0.98, 0.1105))
    stop = f.spec.controls["e-stop"].at
    put(model, "e-stop", emergency_stop(), (stop[0], stop[1], stop[2] - 0.075))
