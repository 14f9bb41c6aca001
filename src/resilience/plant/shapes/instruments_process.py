"""Instruments and drives of process equipment: gauges, transmitters, probes, filters, motors, pumps, panels."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from resilience.plant.shapes.lettering import text, width_of
from resilience.plant.shapes.mesh import Mesh, box, join, lathe, sheet, slab
from resilience.plant.shapes.model import Model
from resilience.plant.shapes.piping import Bits, Point, bar, bent, brick, clamp, disc, ferrule, placed
from resilience.plant.shapes.sweep import tube


def flat(shape: Mesh) -> Mesh:
    """Without uv: only what the client writes on keeps it."""
    return Mesh(shape.points, shape.faces)


def gauge(diameter: float, share: float, stem: float = 0.03, red_from: float = 0.8) -> Bits:
    """A dial gauge facing +z on a stem that comes up along y from the origin; its needle at `share` of the scale."""
    r = diameter / 2
    up = stem + r
    case = lathe([(0, -0.014), (r, -0.012), (r, 0.012), (r * 0.86, 0.008)], 10)
    post = lathe([(0.006, 0), (0.006, stem + 0.004)], 6)
    dial = lathe([(r * 0.86, 0.0075), (0, 0.0075)], 10)
    bits: Bits = [
        (join([case.turned("x", 90).moved(y=up), post]), "steel", "steel"),
        (dial.turned("x", 90).moved(y=up), "satin", "paper"),
    ]
    dark: list[Mesh] = []
    red: list[Mesh] = []
    for n in range(11):
        angle = 135 - 270 * n / 10
        tick = flat(sheet(r * 0.035, r * (0.16 if n % 5 == 0 else 0.10))).moved(0, r * 0.68, 0.0081).turned("z", angle)
        (red if n / 10 >= red_from else dark).append(tick.moved(y=up))
    needle = flat(sheet(r * 0.06, r * 0.74)).moved(0, r * 0.25, 0.0086).turned("z", 135 - 270 * share).moved(y=up)
    bits.append((join([*dark, needle]), "matt", "black"))
    if red:
        bits.append((join(red), "matt", "red"))
    return bits


def transmitter(diameter: float = 0.0254, lit: bool = True, stem: float = 0.05) -> Bits:
    """A pressure or temperature transmitter on a clamp: stem along y, round head with a window facing +z."""
    head = stem + 0.052
    body = lathe([(0.0, -0.036), (0.038, -0.030), (0.038, 0.030), (0.034, 0.034), (0.028, 0.034)], 9)
    neck = lathe([(0.012, 0.0), (0.018, stem + 0.02)], 7)
    window = lathe([(0.0285, 0.031), (0, 0.031)], 9)
    face = flat(sheet(0.036, 0.017)).moved(0, 0.0, 0.0318)
    gland = brick((0.030, 0.016, 0.016), (0.048, 0, -0.004))
    bits: Bits = [
        *clamp(diameter),
        (join([body.turned("x", 90).moved(y=head), neck]), "steel", "steel"),
        (window.turned("x", 90).moved(y=head), "satin", "dark"),
        (gland.moved(y=head), "satin", "black"),
    ]
    if lit:
        bits.append((face.moved(y=head), "satin", "water"))
    return bits


def probe(length: float, colour: str, port: float = 0.025) -> Bits:
    """A sensor in a side port, pointing out along y: weld-in socket, union nut, shaft, coloured connector."""
    r = port / 2
    socket = lathe([(r * 1.5, -0.012), (r * 1.5, 0.018)], 8)
    nut = lathe([(r * 1.1, 0.018), (r * 1.75, 0.019), (r * 1.75, 0.040), (r * 0.8, 0.042)], 8)
    shaft = lathe([(r * 0.8, 0.042), (r * 0.8, length * 0.7)], 6)
    cap = lathe([(r * 0.8, length * 0.7), (r * 0.95, length * 0.72), (r * 0.95, length * 0.9), (0, length)], 6)
    return [(join([socket, nut, shaft]), "steel", "steel"), (cap, "satin", colour)]


def cable(path: Sequence[Point], diameter: float = 0.006, bend: float = 0.05) -> Mesh:
    """A cable that hangs in wide bends."""
    return tube(bent(path, bend), diameter / 2, 4, caps=False)


def cartridge_housing(diameter: float, height: float, segments: int = 9) -> Bits:
    """A steel housing of a sterilising gas filter, standing on y = 0: base with clamp, bell, vent valve on top."""
    r, base = diameter / 2, height * 0.22
    bowl = lathe([(0.013, 0.0), (0.013, base * 0.3), (r * 0.8, base * 0.75), (r, base), (r * 1.16, base)], segments)
    band = lathe([(r * 1.16, base), (r * 1.26, base + 0.004), (r * 1.26, base + 0.014), (r, base + 0.018)], segments)
    bell = lathe(
        [
            (r, base + 0.018),
            (r, height * 0.86),
            (r * 0.86, height * 0.92),
            (r * 0.4, height * 0.96),
            (0, height * 0.965),
        ],
        segments,
    )
    vent = disc(0.007, height * 0.96, height, 6)
    nut = brick((0.020, 0.010, 0.030), (0, base + 0.009, r * 1.26))
    return [(join([bowl, band, bell, vent, nut]), "steel", "steel")]


def capsule_filter(diameter: float, height: float, colour: str = "white") -> Bits:
    """A plastic capsule filter along y about the origin, with hose barbs and the maker's band."""
    r, half = diameter / 2, height / 2
    shell = lathe(
        [
            *((0.005, -half), (0.006, -half * 0.72), (r * 0.8, -half * 0.66), (r, -half * 0.5)),
            *((r, half * 0.5), (r * 0.8, half * 0.66), (0.006, half * 0.72), (0.005, half)),
        ],
        9,
    )
    band = lathe([(r * 1.03, -half * 0.12), (r * 1.03, half * 0.12)], 9)
    return [(shell, "satin", colour), (band, "satin", "accent")]


def motor(diameter: float, length: float, colour: str = "white", fins: int = 9) -> Bits:
    """An electric motor standing along y from the origin: flange, ribbed body, fan cowl, terminal box towards +x."""
    r = diameter / 2
    flange = lathe([(r * 1.05, 0.0), (r * 1.05, length * 0.06), (r * 0.8, length * 0.06)], 10)
    inner = lathe([(r, length * 0.05), (r, length * 0.80)], 2 * fins)
    ribbed = inner.points * np.where(np.arange(len(inner.points)) % 2, 1.0, 0.86)[:, None]  # every other edge is a rib
    body = Mesh(np.column_stack([ribbed[:, 0], inner.points[:, 1], ribbed[:, 2]]), inner.faces)
    cowl = lathe(
        [(r * 0.96, length * 0.78), (r * 0.99, length * 0.80), (r * 0.99, length * 0.96), (r * 0.85, length)], 10
    )
    grille = lathe([(r * 0.85, length), (0, length)], 10)
    terminals = box((r * 0.7, length * 0.34, r * 1.0), (r * 1.12, length * 0.36, 0), 0.004)
    return [
        (join([flange, body, cowl, terminals]), "satin", colour),
        (grille, "matt", "mid"),
    ]


def lobe_pump(length: float) -> Bits:
    """A rotary lobe pump on a base plate: head at +x with ports up and down y, gearbox, motor towards -x."""
    unit = length / 0.62
    head = disc(0.075 * unit, 0, 0.085 * unit, 17, 0.006).turned("z", -90)
    cover = disc(0.060 * unit, 0.085 * unit, 0.105 * unit, 17, 0.005).turned("z", -90)
    nuts = [
        disc(0.009 * unit, 0.08 * unit, 0.118 * unit, 6)
        .turned("z", -90)
        .moved(0, 0.052 * unit * np.cos(a), 0.052 * unit * np.sin(a))
        for a in np.radians([45, 135, 225, 315])
    ]
    ports = [
        placed(lathe([(0.019, 0.05 * unit), (0.019, 0.12 * unit)], 10), (0.045 * unit, 0, 0), (0, s, 0))
        for s in (-1, 1)
    ]
    gearbox = box((0.14 * unit, 0.15 * unit, 0.13 * unit), (-0.075 * unit, 0, 0), 0.008)
    foot = box((0.10 * unit, 0.05 * unit, 0.12 * unit), (-0.075 * unit, -0.095 * unit, 0), 0.003)
    drive = [
        (shape.turned("z", 90).moved(-0.145 * unit, 0, 0), m, c) for shape, m, c in motor(0.15 * unit, 0.30 * unit)
    ]
    return [
        (join([head, cover, *nuts, *ports]), "steel", "steel"),
        (gearbox, "satin", "blue"),
        (foot, "satin", "mid"),
        *drive,
    ]


def diaphragm_pump(length: float) -> Bits:
    """A four-chamber diaphragm pump: clover head towards +z, ports on its sides, motor behind."""
    unit = length / 0.42
    block = slab((0.15 * unit, 0.055 * unit, 0.15 * unit), 0.03 * unit, 0.004, 2).turned("x", 90)
    lobes = [
        lathe([(0.030 * unit, 0.0), (0.030 * unit, 0.063 * unit), (0.025 * unit, 0.068 * unit), (0, 0.068 * unit)], 8)
        .turned("x", 90)
        .moved(x * 0.036 * unit, y * 0.036 * unit, 0)
        for x in (-1, 1)
        for y in (-1, 1)
    ]
    ports = [disc(0.016, 0.07 * unit, 0.115 * unit, 8).turned("z", s * 90).moved(0, 0, 0.025 * unit) for s in (-1, 1)]
    gear = box((0.10 * unit, 0.10 * unit, 0.09 * unit), (0, 0, -0.045 * unit), 0.004)
    drive = [
        (s.turned("x", -90).moved(0, 0, -0.09 * unit), m, c) for s, m, c in motor(0.11 * unit, 0.24 * unit, fins=8)
    ]
    return [
        (join([block, *lobes, *ports]), "steel", "steel"),
        (gear, "satin", "grey"),
        *drive,
    ]


def peristaltic_pump(width: float) -> Bits:
    """A peristaltic pump head on a panel, facing +z about the origin: cover with rollers behind, tube in and out."""
    w = width
    body = box((w, w * 1.05, w * 0.42), (0, 0, w * 0.21), 0.004)
    cover = lathe([(w * 0.38, 0), (w * 0.38, w * 0.10), (0, w * 0.10)], 10).turned("x", 90).moved(z=w * 0.42)
    rollers = [
        lathe([(w * 0.07, 0), (w * 0.07, w * 0.115), (0, w * 0.115)], 6)
        .turned("x", 90)
        .moved(w * 0.22 * np.cos(a), w * 0.22 * np.sin(a), w * 0.42)
        for a in np.radians([90, 210, 330])
    ]
    low, high, z = -w * 0.62, w * 0.22, w * 0.47
    loop = tube(
        bent([(-w * 0.24, low, z), (-w * 0.24, high, z), (w * 0.24, high, z), (w * 0.24, low, z)], w * 0.26), 0.005, 5
    )
    return [
        (body, "satin", "white"),
        (cover, "satin", "dark"),
        (join(rollers), "satin", "grey"),
        (loop, "satin", "pp"),
    ]


def light_castor(diameter: float, plate: float) -> Bits:
    """A braked castor under y = `plate`, light enough for skids that stand on many."""
    r = diameter / 2
    wheel = disc(r, -0.014, 0.014, 12).turned("z", 90).moved(0, r, 0.014)
    fork = [brick((0.003, plate - r - 0.004, r * 0.9), (s * 0.019, (plate + r) / 2 - 0.004, 0.008)) for s in (-1, 1)]
    top = brick((0.055, 0.006, 0.055), (0, plate - 0.003, 0))
    pedal = brick((0.030, 0.006, 0.030), (0, r * 1.9, r + 0.024))
    return [
        (wheel, "matt", "mid"),
        (join([*fork, top]), "steel", "steel"),
        (pedal, "satin", "red"),
    ]


def levelling_foot(height: float) -> Bits:
    """A machine foot under y = `height`."""
    return [(lathe([(0.036, 0), (0.038, 0.006), (0.010, 0.018), (0.010, height)], 8), "steel", "steel")]


def load_cell(height: float) -> Bits:
    """A compression load cell standing on y = 0: base plate, body, top plate, its cable gland towards +z."""
    plates = [brick((0.110, 0.010, 0.110), (0, y, 0)) for y in (0.005, height - 0.005)]
    body = lathe([(0.040, 0.010), (0.040, height * 0.6), (0.016, height * 0.75)], 8)
    gland = brick((0.014, 0.014, 0.022), (0, height * 0.4, 0.045))
    return [(join(plates), "steel", "steel"), (join([body, gland]), "steel", "steel_dark")]


def panel(
    model: Model,
    body: str,
    screen: str,
    size: tuple[float, float],
    at: Point,
    facing: Point = (0.0, 0.0, 1.0),
    rim: float = 0.022,
    depth: float = 0.055,
    colour: str = "grey",
) -> None:
    """A touch panel: housing with a dark bezel, and the face the client writes on, its centre at `at`."""
    width, height = size
    across = np.cross((0.0, 1.0, 0.0), np.asarray(facing, dtype=float))
    up = np.cross(np.asarray(facing, dtype=float), across)
    case = slab((width + 2 * rim, depth, height + 2 * rim), 0.014, 0.003, 2).turned("x", 90).moved(z=-depth - 0.003)
    bezel = brick((width + 1.1 * rim, height + 1.1 * rim, 0.003), (0, 0, -0.002))
    for shape, material, tint in ((case, "satin", colour), (bezel, "satin", "black")):
        model.add(body, placed(shape, at, up, facing), material, tint)
    model.add(screen, placed(sheet(width, height), at, up, facing), "screen", "black", occluded=False)


def emergency_stop() -> Bits:
    """A yellow box with a red mushroom button facing +z, its back at z = 0."""
    case = box((0.068, 0.068, 0.050), (0, 0, 0.025), 0.004)
    collar = lathe([(0.018, 0.050), (0.018, 0.058)], 8).turned("x", 90)
    button = lathe([(0.012, 0.0), (0.020, 0.008), (0.020, 0.016), (0, 0.022)], 9).turned("x", 90)
    return [(case, "satin", "yellow"), (collar, "satin", "dark"), (button.moved(z=0.058), "satin", "red")]


def stack_light(height: float = 0.30) -> Bits:
    """A signal column on y = 0: post, then green, amber, red; the green one lit."""
    r, first = 0.025, height * 0.46
    tall = (height - first - 0.012) / 3
    post = disc(0.011, 0, first, 8)
    foot = disc(0.032, 0, 0.012, 9)
    lens = [lathe([(r, first + n * tall), (r, first + (n + 1) * tall)], 9) for n in range(3)]
    cap = disc(r, first + 3 * tall, height, 9)
    rings = [lathe([(r * 1.04, y - 0.004), (r * 1.04, y + 0.004)], 9) for y in (first, first + tall, first + 2 * tall)]
    return [
        (join([post, foot]), "steel", "steel"),
        (lens[0], "satin", "green"),
        (lens[1], "satin", "amber"),
        (lens[2], "satin", "red"),
        (join([cap, *rings]), "satin", "dark"),
    ]


def sight_glass(diameter: float, segments: int = 14) -> tuple[Bits, Mesh]:
    """A round sight glass facing +y, its flange standing on y = 0: metal, and the pane."""
    r = diameter / 2
    rim = lathe([(r * 1.5, 0.0), (r * 1.5, 0.022), (r * 1.42, 0.026), (r, 0.026), (r, 0.018)], segments)
    bolts = [
        brick((0.012, 0.012, 0.012), (r * 1.25 * np.cos(a), 0.028, r * 1.25 * np.sin(a)))
        for a in np.arange(6) * np.pi / 3
    ]
    dark = lathe([(r, 0.006), (0, 0.006)], segments)
    pane = lathe([(r, 0.019), (0, 0.019)], segments)
    return [(join([rim, *bolts]), "steel", "steel"), (dark, "satin", "dark")], pane


def flowmeter(diameter: float) -> Bits:
    """A magnetic flowmeter in a line along y: body, its transmitter head towards +z."""
    d = diameter
    body = lathe([(d * 0.55, -0.055), (d * 1.2, -0.040), (d * 1.2, 0.040), (d * 0.55, 0.055)], 9)
    neck = lathe([(0.014, d), (0.014, d + 0.045)], 6).turned("x", 90)
    head = box((0.075, 0.075, 0.055), (0, 0, d + 0.070), 0.006)
    face = flat(sheet(0.050, 0.024)).moved(0, 0.008, d + 0.0985)
    return [
        (join([body, neck]), "steel", "steel"),
        (head, "satin", "blue"),
        (face, "satin", "water"),
        *[(placed(s, (0, y, 0)), m, c) for y in (-0.06, 0.06) for s, m, c in clamp(d)],
    ]


def flow_cell(length: float, colour: str) -> Bits:
    """An in-line cell (UV, conductivity, pH) along y with its sensor head towards +z."""
    body = bar((0.050, length, 0.050))
    ends = [brick((0.036, 0.020, 0.036), (0, s * (length / 2 + 0.006), 0)) for s in (-1, 1)]
    head = box((0.042, length * 0.55, 0.046), (0, 0, 0.046), 0.004)
    mark = brick((0.043, length * 0.10, 0.047), (0, length * 0.12, 0.0465))
    return [(join([body, *ends]), "steel", "steel"), (head, "satin", "dark"), (mark, "satin", colour)]


def tag(words: str, height: float = 0.018) -> Bits:
    """An equipment tag facing +z, its back at z = 0: dark letters on a white plate. Tag numbers are of no language."""
    wide = width_of(words, height) + 1.2 * height
    plate = brick((wide, 2 * height, 0.002), (0, 0, 0.001))
    return [(plate, "satin", "paper"), (text(words, height).moved(0, -height / 2, 0.0023), "matt", "black")]


def clamped_port(diameter: float, height: float) -> Bits:
    """A nozzle along y from the origin that ends in a clamp and a blind cap."""
    neck = lathe([(diameter / 2 + 0.004, -0.01), (diameter / 2, 0.004), (diameter / 2, height)], 9)
    blind = disc(ferrule(diameter) / 2, height, height + 0.010, 10)
    joint = [(placed(s, (0, height, 0)), m, c) for s, m, c in clamp(diameter)]
    return [(join([neck, blind]), "steel", "steel"), *joint]
