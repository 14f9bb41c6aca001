"""The UF/DF skid: retentate tank, feed pump, cassettes in their holder, and three lines with what is read on them."""

from __future__ import annotations

import numpy as np

from resilience.plant.shapes.instruments_process import (
    emergency_stop,
    flow_cell,
    flowmeter,
    gauge,
    load_cell,
    lobe_pump,
    motor,
    panel,
    tag,
    transmitter,
)
from resilience.plant.shapes.mesh import box, lathe, slab
from resilience.plant.shapes.model import Model, makes
from resilience.plant.shapes.piping import (
    Assembly,
    at_each,
    bar,
    brick,
    clamp,
    diaphragm_valve,
    disc,
    hose,
    lagged,
    pipe,
    placed,
    put,
)
from resilience.plant.shapes.skids import castors, frame
from resilience.plant.shapes.sweep import tube
from resilience.plant.shapes.vessels import between, dished, on_circle, outwards, weld
from resilience.plant.specs import Spec

LINE = 0.0254  # feed and retentate, metres
FINE = 0.0191  # permeate and buffer


@makes("ufdf-skid")
def ufdf_skid(spec: Spec) -> Model:
    model, d = Assembly("ufdf-skid", reach=0.22, strength=0.75, floor=True), spec.dimension
    half, wide, deck = (d("length") / 2, d("depth") / 2), 0.045, d("deck")
    plate = d("castor") + 0.04
    frame(model, half, wide, plate, (plate + wide / 2,), deck)
    castors(model, half, d("castor"), plate)
    tray = slab((2 * half[0], 0.04, 2 * half[1]), 0.02, 0.003, 2).moved(y=deck - 0.04)
    model.add("frame", tray, "steel", "steel", longest=0.6)
    mast = [bar((wide, 1.55 - deck, wide), (x, (1.55 + deck) / 2, -half[1] + wide)) for x in (0.02, half[0] - wide)]
    cross = [
        bar((half[0] - wide - 0.02, wide, wide), ((half[0] - wide + 0.02) / 2, y, -half[1] + wide))
        for y in (1.10, 1.5275)
    ]
    model.add("frame", [*mast, *cross], "steel", "steel")
    tank = (-0.40, -0.06)
    _tank(model, spec, tank)
    _feed(model, spec, tank)
    _holder(model, spec)
    _retentate(model, spec, tank)
    _permeate(model, spec)
    at = spec.points["hmi"]
    tilt = np.radians(10)
    arm = tube(
        [(at[0], 1.10, -half[1] + wide), (at[0], at[1], -half[1] + wide), (at[0], at[1], at[2] - 0.05)], 0.022, 10, 0.07
    )
    model.add("hmi-panel", arm, "steel", "steel")
    panel(model, "hmi-panel", "hmi", spec.screens["hmi"].size, at, (0, np.sin(tilt), np.cos(tilt)))
    cabinet = box((0.40, 0.36, 0.20), (0.45, 0.90, -0.25), 0.006)
    model.add("frame", cabinet, "satin", "white")
    put(model, "frame", tag("UF-301", 0.024), (0.0, deck - 0.023, half[1] + 0.0005))
    x, y, z = spec.controls["e-stop"].at
    put(model, "e-stop", emergency_stop(), (x, y, z - 0.075))
    return model


def _tank(model: Model, spec: Spec, tank: tuple[float, float]) -> None:
    """Retentate tank on three load cells: cone below, dished lid with clamp ring, mixer, spray ball, level probe."""
    d, (x, z) = spec.dimension, tank
    r, low, high = d("tank_diameter") / 2, d("tank_low"), d("tank_high")
    cone = low - d("cone")
    shell = [(0.016, cone), *[(r, y) for y in between(low, high, 0.22)]]
    model.add("retentate-tank", lathe(shell, 26).moved(x, 0, z), "steel", "steel")
    model.add("retentate-tank", weld(r, low, 26).moved(x, 0, z), "steel", "steel_dark", occluded=False)
    lid = [(r, high), (r + 0.016, high + 0.002), (r + 0.016, high + 0.022), *dished(r, high + 0.024, r * 0.42, 5)]
    model.add("tank-lid", lathe(lid, 26).moved(x, 0, z), "steel", "steel")
    for n in range(6):
        at = on_circle(30 + 60 * n, r + 0.018, high + 0.010)
        model.add(
            "tank-lid",
            placed(brick((0.022, 0.050, 0.028)), (at[0] + x, at[1], at[2] + z), facing=outwards(30 + 60 * n)),
            "steel",
            "steel_dark",
        )
    crown = high + 0.024 + r * 0.42
    put(
        model,
        "mixer",
        [
            (lathe([(0.05, -0.01), (0.05, 0.02), (0.030, 0.03), (0.030, 0.09)], 12), "steel", "steel"),
            *[(s.moved(y=0.09), m, c) for s, m, c in motor(0.11, 0.20, "white", 8)],
        ],
        (x, crown - 0.005, z),
    )
    for part, angle in (
        ("spray-ball", 200),
        ("level-probe", 40),
        ("buffer-inlet", 120),
        ("vent-filter", 280),
    ):
        px, _, pz = on_circle(angle, r * 0.62, 0)
        base = (x + px, high + 0.024 + r * 0.42 * 0.72, z + pz)
        model.add(part, disc(0.014, -0.02, 0.045, 8).moved(*base), "steel", "steel")
        put(model, part, clamp(0.0254), (base[0], base[1] + 0.045, base[2]))
        top = base[1] + 0.055
        if part == "spray-ball":
            model.add(
                part,
                pipe([(base[0], top, base[2]), (base[0], top + 0.12, base[2]), (base[0], top + 0.12, -0.36)], FINE),
                "steel",
                "steel",
            )
        elif part == "level-probe":
            model.add(
                part,
                lathe(
                    [(0.016, top), (0.026, top + 0.02), (0.026, top + 0.08), (0.012, top + 0.10), (0, top + 0.10)], 9
                ).moved(base[0], 0, base[2]),
                "satin",
                "amber",
            )
        elif part == "vent-filter":
            model.add(
                part,
                lathe(
                    [(0.012, top), (0.034, top + 0.02), (0.034, top + 0.13), (0.010, top + 0.15), (0, top + 0.15)], 10
                ).moved(base[0], 0, base[2]),
                "satin",
                "white",
            )
        else:
            line = [
                (base[0], top, base[2]),
                (base[0], top + 0.16, base[2]),
                (base[0], top + 0.16, -0.30),
                (-0.05, top + 0.16, -0.30),
                (-0.05, 1.02, -0.30),
            ]
            model.add(part, pipe(line, FINE), "steel", "steel")
            put(model, part, diaphragm_valve(FINE, True, "green", 8), (-0.05, 1.16, -0.30), facing=(0.3, 0, 1))
            put(model, part, clamp(FINE), (-0.05, 1.02, -0.30))
    for angle in (60, 180, 300):
        px, _, pz = on_circle(angle, r * 0.86, 0)
        foot = d("deck")
        put(model, "load-cells", load_cell(0.070), (x + px, foot, z + pz), facing=outwards(angle))
        model.add(
            "retentate-tank",
            tube([(x + px, foot + 0.07, z + pz), (x + px, low + 0.06, z + pz)], 0.018, 8),
            "steel",
            "steel",
        )
    for y, colour in ((low + 0.06, "blue"), (high - 0.10, "red")):
        out = on_circle(235, r, y)
        put(
            model,
            "jacket-connections",
            [
                (disc(0.014, -0.01, 0.06, 8), "steel", "steel"),
                (lathe([(0.015, 0.04), (0.019, 0.045), (0.015, 0.055)], 8), "satin", colour),
            ],
            (out[0] + x, y, out[2] + z),
            outwards(235),
        )
    glass = on_circle(20, r - 0.004, (low + high) / 2)
    oblong = slab((0.060, 0.016, 0.34), 0.028, 0.003, 3)
    put(
        model,
        "sight-glass",
        [(oblong, "steel", "steel"), (slab((0.034, 0.003, 0.30), 0.016, 0.001, 3).moved(y=0.0145), "satin", "accent")],
        (glass[0] + x, glass[1], glass[2] + z),
        outwards(20),
        (0, 1, 0),
    )


def _feed(model: Model, spec: Spec, tank: tuple[float, float]) -> None:
    """From the cone through the drain tee to the feed pump and up to the holder's feed port."""
    d, (x, z) = spec.dimension, tank
    cone, y, front = spec.dimension("tank_low") - d("cone"), d("deck") + 0.13, 0.21
    model.add(
        "feed-line",
        pipe([(x, cone + 0.01, z), (x, y, z), (x, y, front), (-0.06, y, front)], LINE, 0.05),
        "steel",
        "steel",
    )
    put(model, "tank-outlet-valve", diaphragm_valve(LINE, True, "blue", 8), (x, cone - 0.055, z), facing=(-0.3, 0, 1))
    put(model, "feed-line", at_each(clamp(LINE), [(x, cone, z), (x, cone - 0.115, z)]))
    drain = pipe([(x + 0.12, y, front), (x + 0.12, d("deck") + 0.02, front)], FINE)
    model.add("drain-valve", drain, "steel", "steel")
    put(
        model,
        "drain-valve",
        diaphragm_valve(FINE, False, "yellow", 8),
        (x + 0.12, d("deck") + 0.065, front),
        facing=(0, 0, 1),
    )
    pump = lobe_pump(0.50)
    put(model, "feed-pump", [(s.turned("y", 90), m, c) for s, m, c in pump], (-0.02, y + 0.02, 0.14))
    suction = pipe([(-0.06, y, front), (-0.02, y - 0.06, front - 0.035)], LINE)
    model.add("feed-line", suction, "steel", "steel")
    port = spec.points["feed-port"]
    rise = pipe(
        [
            (-0.02, y + 0.10, 0.175),
            (-0.02, y + 0.22, 0.175),
            (port[0], y + 0.22, 0.175),
            (port[0], port[1], 0.175),
            (port[0], port[1], port[2]),
        ],
        LINE,
    )
    model.add("feed-line", rise, "steel", "steel")
    put(model, "feed-pressure", transmitter(FINE, stem=0.03), (-0.005, y + 0.235, 0.175))
    put(model, "feed-pressure", gauge(0.063, 0.55, 0.03), (-0.12, y + 0.16, 0.175), facing=(-0.2, 0, 1))
    model.add("feed-pressure", pipe([(-0.12, y + 0.17, 0.175), (-0.02, y + 0.17, 0.175)], 0.0127), "steel", "steel")
    put(model, "feed-line", clamp(LINE), (-0.02, y + 0.105, 0.175))


def _holder(model: Model, spec: Spec) -> None:
    """Cassettes between two plates, drawn together by four tie rods with hydraulic nuts."""
    x, y, z = spec.points["holder"]
    wide, tall, thick = 0.055, 0.34, 0.24
    for part, at in (("holder-end-plate", x - 0.20), ("holder-manifold-plate", x + 0.12)):
        plate = slab((tall, wide, thick), 0.012, 0.003, 2).turned("z", 90).moved(at + wide / 2, y, z)
        model.add(part, plate, "steel", "steel")
    pitch = spec.dimension("cassette")
    count = round((0.32 - wide) / pitch)
    for n in range(count):
        left = x - 0.20 + wide + n * pitch
        body = brick((pitch * 0.72, 0.24, 0.19), (left + pitch / 2, y, z))
        model.add("cassettes", body, "satin", "white")
        model.add("cassettes", brick((pitch * 0.28, 0.236, 0.186), (left + pitch, y, z)), "matt", "accent")
    for dy in (-1, 1):
        for dz in (-1, 1):
            rod = disc(0.012, -0.27, 0.24, 8).turned("z", -90).moved(x, y + dy * 0.145, z + dz * 0.095)
            nut = [
                disc(0.024, a, a + 0.030, 6).turned("z", -90).moved(x, y + dy * 0.145, z + dz * 0.095)
                for a in (-0.245, 0.176)
            ]
            model.add("tie-rods", rod, "steel", "steel")
            model.add("tie-rods", nut, "steel", "steel_dark")
    legs = [
        box((0.03, y - 0.17 - spec.dimension("deck"), 0.20), (x + s, (y - 0.17 + spec.dimension("deck")) / 2, z), 0.003)
        for s in (-0.17, 0.15)
    ]
    model.add("holder-end-plate", legs[0], "steel", "steel")
    model.add("holder-manifold-plate", legs[1], "steel", "steel")
    wrench = disc(0.020, 0, 0.07, 9).turned("z", 90).moved(x - 0.20, y, z)
    model.add("holder-end-plate", wrench, "steel", "steel_dark")


def _retentate(model: Model, spec: Spec, tank: tuple[float, float]) -> None:
    """From the holder's upper port by pressure, valve and flow back into the tank's wall."""
    port, top = spec.points["retentate-port"], 1.27
    line = [
        (port[0], port[1], port[2]),
        (port[0] + 0.07, port[1], port[2]),
        (port[0] + 0.07, top, port[2]),
        (-0.06, top, port[2]),
        (-0.06, top, tank[1] + 0.06),
        (tank[0] + 0.20, top, tank[1] + 0.06),
    ]
    model.add("retentate-line", pipe(line, LINE), "steel", "steel")
    put(model, "retentate-pressure", transmitter(FINE, stem=0.03), (0.16, top + 0.012, port[2]))
    put(model, "retentate-pressure", gauge(0.063, 0.30, 0.03), (0.04, top + 0.012, port[2]))
    put(
        model, "retentate-valve", diaphragm_valve(LINE, True, "amber", 8), (0.32, top, port[2]), (1, 0, 0), (0, 0.35, 1)
    )
    put(model, "retentate-valve", at_each(clamp(LINE), [(0.26, top, port[2]), (0.38, top, port[2])], (1, 0, 0)))
    put(model, "retentate-flow", flowmeter(LINE), (port[0] + 0.07, (port[1] + top) / 2 + 0.02, port[2]))


def _permeate(model: Model, spec: Spec) -> None:
    """From the holder's lower port by pressure, flow, UV and conductivity to the outlet at the right."""
    port, low = spec.points["permeate-port"], spec.dimension("deck")
    right = spec.dimension("length") / 2 - 0.08
    line = [
        port,
        (port[0] + 0.10, port[1], port[2]),
        (port[0] + 0.10, low + 0.12, port[2]),
        (right, low + 0.12, port[2]),
        (right, low + 0.12, 0.30),
    ]
    model.add("permeate-line", pipe(line, FINE), "steel", "steel")
    put(model, "permeate-pressure", gauge(0.063, 0.12, 0.03), (port[0] + 0.06, port[1] + 0.008, port[2]))
    put(model, "permeate-flow", flowmeter(FINE), (port[0] + 0.10, (port[1] + low + 0.12) / 2, port[2]))
    put(
        model,
        "permeate-uv",
        flow_cell(0.075, "blue"),
        (port[0] + 0.10 + (right - port[0] - 0.10) * 0.34, low + 0.12, port[2]),
        (1, 0, 0),
    )
    put(
        model,
        "permeate-conductivity",
        flow_cell(0.075, "amber"),
        (port[0] + 0.10 + (right - port[0] - 0.10) * 0.80, low + 0.12, port[2]),
        (1, 0, 0),
    )
    put(
        model,
        "permeate-valve",
        diaphragm_valve(FINE, True, "green", 8),
        (right, low + 0.12, 0.22),
        (0, 0, 1),
        (0, 1, 0),
    )
    end = (right, low + 0.12, 0.31)
    put(model, "permeate-line", clamp(FINE), (right, low + 0.12, 0.29), (0, 0, 1), (0, 1, 0))
    model.add(
        "permeate-line",
        hose(
            [end, (right, low + 0.10, 0.37), (right + 0.02, low - 0.16, 0.37), (right + 0.02, 0.06, 0.36)],
            0.022,
            0.06,
            7,
        ),
        "satin",
        "pp",
    )
    back = -spec.dimension("depth") / 2 + 0.02
    put(model, "heat-exchanger", lagged([(0.62, 0.58, back), (0.62, 1.06, back)], 0.09))
    for y in (0.60, 1.04):
        model.add(
            "heat-exchanger",
            pipe([(0.62, y, back), (0.62, y, back + 0.10), (0.50, y, back + 0.10)], FINE),
            "steel",
            "steel",
        )
