"""The single-use bioreactor: bag in a jacketed holder with a door, drive above, filters, tubing, controller tower."""

from __future__ import annotations

import numpy as np

from resilience.plant.shapes.instruments_process import (
    cable,
    capsule_filter,
    emergency_stop,
    light_castor,
    load_cell,
    panel,
    peristaltic_pump,
    probe,
    tag,
)
from resilience.plant.shapes.mesh import Mesh, box, join, lathe, sheet, slab
from resilience.plant.shapes.model import Model, makes
from resilience.plant.shapes.piping import (
    Assembly,
    Point,
    aseptic_connector,
    at_each,
    bar,
    brick,
    clamp,
    disc,
    hose,
    pinch_clamp,
    pipe,
    placed,
    put,
    shifted,
)
from resilience.plant.shapes.sweep import tube
from resilience.plant.shapes.vessels import between, on_circle, outwards
from resilience.plant.specs import Spec

DOOR = 52.0  # half the angle that the door covers, degrees
TUBE = 0.0115  # outer diameter of the common tubing, metres


class _Unit:
    """Lines of the unit: the bag's axis, holder radii and heights."""

    def __init__(self, spec: Spec) -> None:
        d = spec.dimension
        self.spec = spec
        self.x = d("axis")
        self.bag, self.holder = d("bag_diameter") / 2, d("holder_diameter") / 2
        self.low, self.high, self.skid = d("holder_low"), d("holder_high"), d("skid")

    def about(self, angle: float, radius: float, y: float) -> tuple[float, float, float]:
        x, _, z = on_circle(angle, radius, 0)
        return (x + self.x, y, z)

    def shell(self, arc: float, start: float, low: float, high: float, segments: int) -> list[Mesh]:
        """A piece of the double wall: skins, and its two upright edges closed."""
        inner, outer = self.bag + 0.004, self.holder
        ring = [(outer, y) for y in between(low, high, 0.35)] + [(inner, high), (inner, low), (outer, low)]
        parts = [lathe(ring, segments, arc, start).moved(x=self.x)]
        thick, tall = outer - inner, high - low
        for angle, side in ((start, -1), (start + arc, 1)):
            edge = sheet(thick, tall)
            flat = Mesh(edge.points, edge.faces).turned("y", 90 * side).moved(0, low + tall / 2, inner + thick / 2)
            parts.append(flat.turned("y", angle).moved(x=self.x))
        return parts


@makes("single-use-bioreactor-50")
def single_use_bioreactor_50(spec: Spec) -> Model:
    model, u = Assembly("single-use-bioreactor-50", reach=0.22, strength=0.75, floor=True), _Unit(spec)
    _skid(model, u)
    _holder(model, u)
    _bag(model, u)
    _drive(model, u)
    _exhaust(model, u)
    _inlets(model, u)
    _probes(model, u)
    _tower(model, u)
    _lines(model, u)
    return model


def _skid(model: Model, u: _Unit) -> None:
    """Frame on four braked castors; the holder stands on it by three load cells."""
    wheel, top = u.spec.dimension("castor"), u.skid
    low, high = u.spec.dimension("skid_left"), u.spec.dimension("skid_right")
    deep = 0.36
    rails = [bar((high - low, 0.06, 0.06), ((low + high) / 2, top - 0.03, z)) for z in (-deep, deep)]
    rails += [bar((0.06, 0.06, 2 * deep + 0.06), (x, top - 0.03, 0)) for x in (low + 0.03, high - 0.03)]
    tray = brick((high - low - 0.04, 0.006, 2 * deep), ((low + high) / 2, top - 0.006, 0))
    model.add("skid", [*rails, tray], "steel", "steel", longest=0.4)
    corners = [(x, 0, z) for x in (low + 0.05, high - 0.05) for z in (-deep + 0.02, deep - 0.03)]
    for n, corner in enumerate(corners):
        put(model, "castors", light_castor(wheel, top - 0.06), corner, facing=outwards((200, -25, 160, 30)[n]))
    for angle in (60, 180, 300):
        put(model, "load-cells", load_cell(0.075), u.about(angle, 0.20, top), facing=outwards(angle))
    ring = lathe([(0.25, 0.0), (0.25, 0.016), (0.14, 0.016), (0.14, 0.0), (0.25, 0.0)], 20).moved(u.x, top + 0.075, 0)
    model.add("bag-holder", ring, "steel", "steel")
    for angle in (60, 180, 300):
        leg = tube([u.about(angle, 0.205, top + 0.085), u.about(angle, 0.205, u.low + 0.02)], 0.022, 8)
        model.add("bag-holder", leg, "steel", "steel")


def _holder(model: Model, u: _Unit) -> None:
    for shape in u.shell(360 - 2 * DOOR, DOOR, u.low, u.high, 26):
        model.add("bag-holder", shape, "steel", "steel")
    floor = lathe(
        [(u.bag + 0.004, u.low + 0.012), (0.05, u.low + 0.004), (0.05, u.low - 0.010), (u.holder, u.low - 0.002)], 22
    )
    model.add("bag-holder", floor.moved(x=u.x), "steel", "steel_dark")
    rim = lathe(
        [(u.bag, u.high), (u.holder, u.high), (u.holder + 0.008, u.high - 0.004), (u.holder + 0.008, u.high - 0.026)],
        26,
        360 - 2 * DOOR,
        DOOR,
    )
    model.add("bag-holder", rim.moved(x=u.x), "steel", "steel")
    # the door: a frame of the same wall round an upright window
    wide, pane = DOOR - 1.2, 17.0
    low, high = u.low + 0.006, u.high - 0.002
    bottom, top = low + 0.10, high - 0.07
    for piece in (
        u.shell(wide - pane, pane, low, high, 5),
        u.shell(wide - pane, -wide, low, high, 5),
        u.shell(2 * pane, -pane, low, bottom, 4),
        u.shell(2 * pane, -pane, top, high, 4),
    ):
        for shape in piece:
            model.add("door", shape, "steel", "steel")
    window = lathe([(u.holder - 0.012, bottom - 0.004), (u.holder - 0.012, top + 0.004)], 6, 2 * pane + 1, -pane - 0.5)
    model.add("door", window.moved(x=u.x), "glass", "pane", 0.10)
    hinge = u.spec.motions["door"].at
    for y in (u.low + 0.08, u.high - 0.10):
        knuckle = disc(0.012, y - 0.035, y + 0.035, 8).moved(hinge[0], 0, hinge[2])
        model.add("bag-holder", knuckle, "steel", "steel_dark")
    for y in (u.low + 0.11, u.high - 0.13):
        at, out = u.about(DOOR - 4, u.holder, y), outwards(DOOR - 4)
        base = box((0.060, 0.030, 0.014), (0, 0, 0.006), 0.002)
        lever = box((0.075, 0.016, 0.010), (0.012, 0, 0.022), 0.003)
        put(model, "door-latch", [(base, "steel", "steel_dark"), (lever, "satin", "dark")], at, (0, 1, 0), out)
    pull = [
        u.about(30, u.holder, 0.80),
        u.about(30, u.holder + 0.045, 0.80),
        u.about(30, u.holder + 0.045, 0.96),
        u.about(30, u.holder, 0.96),
    ]
    model.add("door", tube(pull, 0.008, 8, 0.02), "steel", "steel_dark")
    size = u.spec.screens["label"].size
    turn = float(np.degrees(size[0] / u.holder))
    face = lathe([(u.holder + 0.002, 0.0), (u.holder + 0.002, size[1])], 6, turn, -turn / 2)
    uv = np.stack([np.tile(np.linspace(0, 1, 7), 2), np.repeat([0.0, 1.0], 7)], axis=1)
    model.add(
        "label", Mesh(shifted(face.points, u.x, bottom - 0.085), face.faces, uv), "screen", "paper", occluded=False
    )


def _bag(model: Model, u: _Unit) -> None:
    """The bag fills its holder, bulges a little and ends in a soft dome; the medium is seen through the window."""
    r, dome = u.bag, u.high + 0.10
    side = [(0.03, u.low + 0.006), (r - 0.02, u.low + 0.012), (r, u.low + 0.03), (r, u.high - 0.02)]
    top = [(r * 0.985, u.high + 0.03), (r * 0.86, u.high + 0.07), (r * 0.55, dome - 0.010), (0.05, dome), (0, dome)]
    skin = lathe([*side, *top], 20)
    ripple = 1 + 0.010 * np.sin(7 * np.arctan2(skin.points[:, 0], skin.points[:, 2])) * (skin.points[:, 1] > u.high)
    soft = Mesh(skin.points * np.stack([ripple, np.ones_like(ripple), ripple], axis=1), skin.faces)
    model.add("bag", soft.moved(x=u.x), "glass", "film", 0.46)
    level = u.low + 0.014 + 0.050 / (np.pi * (r - 0.004) ** 2)
    fluid = lathe([(r - 0.004, u.low + 0.014), (r - 0.004, level), (0, level)], 17)
    model.add("medium", fluid.moved(x=u.x), "liquid", "pink", 0.62)
    for angle, out in ((40, 0.11), (100, 0.12), (150, 0.10), (215, 0.12), (260, 0.11), (320, 0.12)):
        boss = lathe([(0.026, 0.0), (0.026, 0.005), (0.009, 0.010), (0.008, 0.040)], 8)
        y = dome - 0.006 - 0.35 * (out - 0.08)
        model.add("bag-ports", boss.moved(*u.about(angle, out, y)), "satin", "pp")


def _drive(model: Model, u: _Unit) -> None:
    """Motor on a swing arm above the bag, its coupling on the bag's bearing port."""
    dome, y = u.high + 0.10, u.high + 0.30
    post = tube([(u.x, u.low + 0.06, -u.holder - 0.035), (u.x, y + 0.08, -u.holder - 0.035)], 0.026, 10)
    model.add("bag-holder", post, "steel", "steel")
    for height in (u.low + 0.12, u.high - 0.10):
        grip = box((0.07, 0.06, 0.06), (u.x, height, -u.holder - 0.015), 0.004)
        model.add("bag-holder", grip, "steel", "steel")
    arm = box((0.070, 0.045, u.holder + 0.06), (u.x, y + 0.03, -(u.holder + 0.03) / 2), 0.006)
    model.add("drive-motor", arm, "steel", "steel")
    bearing = lathe([(0.050, dome - 0.004), (0.050, dome + 0.010), (0.026, dome + 0.018), (0.026, dome + 0.075)], 12)
    model.add("bag-ports", bearing.moved(x=u.x), "satin", "pp")
    coupling = lathe([(0.034, dome + 0.07), (0.034, dome + 0.13), (0.022, dome + 0.14), (0.022, y + 0.01)], 12)
    model.add("drive-motor", coupling.moved(x=u.x), "steel", "steel_dark")
    body = [(0.058, y), (0.058, y + 0.14), (0.050, y + 0.150), (0.050, y + 0.20), (0.044, y + 0.21), (0, y + 0.21)]
    model.add("drive-motor", lathe(body, 16).moved(x=u.x), "satin", "white")
    band = lathe([(0.0585, y + 0.05), (0.0585, y + 0.062)], 15)
    model.add("drive-motor", band.moved(x=u.x), "satin", "accent", occluded=False)
    plug = box((0.03, 0.05, 0.04), (u.x, y + 0.10, -0.066), 0.003)
    model.add("drive-motor", plug, "satin", "dark")
    run = [(u.x, y + 0.10, -0.08), (u.x, y + 0.06, -0.20), (u.x + 0.06, y - 0.2, -0.33), (u.x + 0.28, y - 0.1, -0.30)]
    model.add("drive-motor", cable(run, 0.010, 0.08), "satin", "dark")


def _exhaust(model: Model, u: _Unit) -> None:
    """Gas out: a cooled plate condenser on the post, then two filters side by side, one in a heating jacket."""
    x, z, y = u.x - 0.17, -0.17, u.high + 0.24
    bar = box((0.30, 0.025, 0.025), (u.x - 0.10, y + 0.04, -u.holder - 0.035), 0.003)
    model.add("exhaust-condenser", bar, "steel", "steel")
    plate = box((0.09, 0.24, 0.045), (x - 0.03, y + 0.05, -u.holder + 0.005), 0.006)
    model.add("exhaust-condenser", plate, "steel", "aluminium")
    fins = [brick((0.094, 0.008, 0.049), (x - 0.03, y - 0.04 + 0.03 * n, -u.holder + 0.005)) for n in range(7)]
    model.add("exhaust-condenser", fins, "steel", "steel_dark")
    port = u.about(260, 0.11, u.high + 0.12)
    up_line = [
        port,
        (port[0], y - 0.03, port[2]),
        (x - 0.03, y - 0.06, z + 0.02),
        (x - 0.03, y - 0.03, -u.holder + 0.05),
    ]
    model.add("exhaust-condenser", hose(up_line, 0.018), "satin", "pp")
    for n in range(2):
        fx = x - 0.07 + 0.13 * n
        fy = y + 0.30
        put(model, "exhaust-filters", capsule_filter(0.078, 0.22), (fx, fy, -u.holder - 0.01))
        model.add("exhaust-filters", disc(0.006, 0.10, 0.135, 6).moved(fx, fy, -u.holder - 0.01), "satin", "pp")
    link = [
        (x - 0.03, y + 0.165, -u.holder + 0.005),
        (x - 0.03, y + 0.19, -u.holder - 0.01),
        (x - 0.07, y + 0.185, -u.holder - 0.01),
        (x - 0.07, y + 0.20, -u.holder - 0.01),
    ]
    model.add("exhaust-filters", hose(link, TUBE, 0.02), "satin", "pp")
    cross = [
        (x - 0.03, y + 0.19, -u.holder - 0.01),
        (x + 0.06, y + 0.185, -u.holder - 0.01),
        (x + 0.06, y + 0.20, -u.holder - 0.01),
    ]
    model.add("exhaust-filters", hose(cross, TUBE, 0.02), "satin", "pp")
    warm = lathe([(0.042, y + 0.235), (0.046, y + 0.240), (0.046, y + 0.355), (0.042, y + 0.36)], 14, 300, 30)
    model.add("filter-heater", warm.moved(x - 0.07, 0, -u.holder - 0.01), "matt", "accent")
    lead = [
        (x - 0.115, y + 0.26, -u.holder - 0.01),
        (x - 0.14, y + 0.1, -u.holder - 0.03),
        (u.x - 0.05, y - 0.06, -u.holder - 0.08),
    ]
    model.add("filter-heater", cable(lead), "satin", "dark")
    holders = [box((0.27, 0.018, 0.020), (x - 0.005, y + 0.30, -u.holder - 0.055), 0.003)]
    holders.append(tube([(u.x, y + 0.05, -u.holder - 0.035), (u.x, y + 0.33, -u.holder - 0.055)], 0.014, 8))
    model.add("exhaust-filters", join(holders), "steel", "steel")


def _inlets(model: Model, u: _Unit) -> None:
    """Gas in: a filter to the sparger at the foot of the bag, another to the head space."""
    face = u.x + 0.42
    for part, x, y, end in (
        ("sparge-filter", u.x + 0.275, 1.20, (u.x + 0.05, u.low - 0.005, -0.02)),
        ("overlay-filter", u.x + 0.335, 1.20, u.about(100, 0.12, u.high + 0.125)),
    ):
        put(model, part, capsule_filter(0.050, 0.13), (x, y, -0.08))
        model.add(
            part,
            hose([(x, y + 0.06, -0.08), (x, y + 0.16, -0.08), (face + 0.02, y + 0.14, -0.10)], TUBE, 0.05, 6),
            "satin",
            "pp",
        )
        low = [(x, y - 0.06, -0.08), (x, y - 0.16, -0.08)]
        if part == "sparge-filter":
            low += [(x, u.low - 0.06, -0.06), (u.x + 0.06, u.low - 0.09, -0.02), end]
        else:
            low = [
                (x, y - 0.06, -0.08),
                (x, y - 0.13, -0.06),
                (x - 0.04, y + 0.26, 0.0),
                (end[0], end[1] + 0.16, end[2]),
                end,
            ]
        model.add(part, hose(low, TUBE, 0.06, 6), "satin", "pp")


def _probes(model: Model, u: _Unit) -> None:
    """Sensors through the bag's belt of ports, just above the floor of the holder, clipped in a shelf."""
    y = u.low - 0.06
    shelf = lathe(
        [
            (u.holder + 0.01, y - 0.05),
            (u.holder + 0.075, y - 0.05),
            (u.holder + 0.075, y - 0.042),
            (u.holder + 0.01, y - 0.042),
        ],
        8,
        70,
        -35,
    )
    model.add("bag-holder", shelf.moved(x=u.x), "steel", "steel")
    for part, angle, colour in (("ph-probe", -24, "blue"), ("do-probe", -4, "green"), ("temperature-probe", 14, "red")):
        at, out = u.about(angle, u.holder - 0.10, y + 0.02), outwards(angle, 6)
        put(model, part, probe(0.21, colour, 0.018), at, out)
        end = np.asarray(at) + 0.20 * np.asarray(out)
        run: list[Point] = [end, shifted(end, 0.02, -0.06, 0.05), (u.x + 0.16, 0.34, 0.34), (u.x + 0.43, 0.40, 0.16)]
        model.add(part, cable(run, 0.005, 0.08), "satin", "dark")


def _tower(model: Model, u: _Unit) -> None:
    """Controller beside the vessel: cabinet, three pumps on its flank, touch panel on an arm, stop button."""
    width, deep, tall = 0.30, 0.50, 1.02
    x = u.spec.points["hmi"][0]
    case = box((width, tall, deep), (x, u.skid + tall / 2, -0.10), 0.010)
    model.add("tower", case, "satin", "white", longest=0.4)
    door = slab((width - 0.04, 0.004, 0.30), 0.01, 0.001, 2).turned("x", 90).moved(x, u.skid + 0.20, 0.15)
    model.add("tower", door, "satin", "wall")
    slots = [brick((0.18, 0.006, 0.002), (x, u.skid + 0.10 + 0.018 * n, 0.1555)) for n in range(8)]
    model.add("tower", slots, "matt", "dark", occluded=False)
    stripe = brick((width + 0.001, 0.016, 0.002), (x, u.skid + tall - 0.06, 0.1495))
    model.add("tower", stripe, "satin", "accent", occluded=False)
    for n in range(3):
        at = (x + (-0.088, 0.0, 0.088)[n], u.skid + 0.50, 0.15)
        put(model, "feed-pumps", peristaltic_pump(0.080), at)
    gas = [disc(0.008, 0, 0.03, 8).turned("x", -90).moved(x - 0.10 + 0.05 * n, u.skid + 0.75, -0.35) for n in range(4)]
    model.add("tower", gas, "steel", "steel")
    at = u.spec.points["hmi"]
    tilt = np.radians(10)
    post = tube(
        [(x, u.skid + tall - 0.02, 0.08), (x, at[1] - 0.02, 0.08), (x, at[1] - 0.02, at[2] - 0.04)], 0.020, 10, 0.06
    )
    model.add("hmi-panel", post, "steel", "steel")
    panel(model, "hmi-panel", "hmi", u.spec.screens["hmi"].size, at, (0, np.sin(tilt), np.cos(tilt)), colour="white")
    put(model, "tower", tag("SB-101", 0.024), (x, u.skid + 0.66, 0.1505))
    put(model, "e-stop", emergency_stop(), (x, u.skid + tall - 0.15, 0.15))


def _lines(model: Model, u: _Unit) -> None:
    """Tubing: feeds from hung bags by the pumps to the ports; sampling and harvest below, each with its clamp."""
    x = u.spec.points["hmi"][0]
    rail_y = 1.86
    hook_x = u.spec.dimension("skid_right") - 0.03
    pole = tube([(hook_x, u.skid, -0.30), (hook_x, rail_y, -0.30), (hook_x - 0.34, rail_y, -0.30)], 0.012, 8, 0.05)
    model.add("feed-bags", pole, "steel", "steel")
    for n, (colour, alpha) in enumerate((("film", 0.5), ("amber", 0.45))):
        bx = hook_x - 0.10 - 0.17 * n
        pouch = slab((0.14, 0.20, 0.045), 0.02, 0.018, 1, 2).moved(bx, rail_y - 0.27, -0.30)
        model.add("feed-bags", pouch, "glass", colour, alpha)
        eye = tube([(bx, rail_y - 0.07, -0.30), (bx, rail_y + 0.006, -0.30)], 0.003, 5)
        seam = brick((0.145, 0.016, 0.004), (bx, rail_y - 0.075, -0.30))
        model.add("feed-bags", [eye, seam], "satin", "pp")
        px = x + (0.088, 0.0)[n] + 0.019
        down = [
            (bx, rail_y - 0.27, -0.30),
            (bx, rail_y - 0.36, -0.26),
            (px + 0.06, u.skid + 0.76, 0.24),
            (px + 0.02, u.skid + 0.40, 0.22),
            (px, u.skid + 0.445, 0.188),
        ]
        model.add("feed-line", hose(down, 0.007, 0.08, 5), "satin", "pp")
        port = u.about((40, 320)[n], 0.12 if n else 0.11, u.high + 0.125)
        up_line = [
            (px - 0.038, u.skid + 0.445, 0.188),
            (px - 0.04, u.skid + 0.38, 0.24),
            (u.x + 0.30, u.skid + 0.66, 0.27),
            (u.x + 0.29, u.high + 0.16, 0.16),
            (port[0], port[1] + 0.10, port[2]),
            port,
        ]
        model.add("feed-line", hose(up_line, 0.007, 0.08, 5), "satin", "pp")
        mid = (np.asarray(up_line[2]) + np.asarray(up_line[3])) / 2
        put(
            model,
            "feed-line",
            pinch_clamp(0.010, ("white", "blue")[n]),
            mid,
            np.asarray(up_line[3]) - np.asarray(up_line[2]),
        )
    at = u.spec.controls["sample-clamp"].at
    sample = [
        u.about(-30, u.holder - 0.09, u.low - 0.05),
        (at[0], at[1] + 0.01, at[2] - 0.06),
        at,
        (at[0] - 0.03, at[1] - 0.05, at[2] + 0.02),
    ]
    end = u.spec.points["sample"]
    model.add("sample-line", hose([*sample, end], 0.007, 0.04, 6), "satin", "pp")
    put(
        model,
        "sample-line",
        [(disc(0.008, -0.02, 0.012, 8), "satin", "blue"), (disc(0.011, -0.055, -0.02, 9), "satin", "white")],
        end,
    )
    put(model, "sample-clamp", pinch_clamp(0.012, "white"), at, (-0.4, -0.5, 0.9), (0, 1, 0.5))
    at = u.spec.controls["harvest-clamp"].at
    port = (u.x, u.low - 0.01, 0.0)
    coil = [
        (u.x + 0.06 + 0.07 * np.cos(a), 0.30 + 0.02 * a / 6, 0.30 + 0.07 * np.sin(a))
        for a in np.linspace(0, 4 * np.pi, 17)
    ]
    model.add(
        "harvest-line",
        hose(
            [
                port,
                (u.x, u.low - 0.10, 0.04),
                (at[0] + 0.01, at[1] + 0.05, at[2] - 0.10),
                at,
                (at[0], at[1] - 0.06, at[2]),
            ],
            0.016,
            0.06,
            6,
        ),
        "satin",
        "pp",
    )
    model.add("harvest-line", hose([(at[0], at[1] - 0.06, at[2]), *coil], 0.016, 0.0, 5), "satin", "pp")
    put(model, "harvest-clamp", pinch_clamp(0.020, "red"), at, (0, 1, 0.2), (0, 0, 1))
    put(
        model,
        "aseptic-connector",
        aseptic_connector(0.016),
        (coil[-1][0] + 0.03, coil[-1][1] + 0.01, coil[-1][2] + 0.01),
        (1, 0.3, 0.2),
        (0, 0, 1),
    )
    # water of the jacket: in below, out above, at the back, with quick couplings
    for y, colour in ((u.low + 0.06, "blue"), (u.high - 0.08, "red")):
        start = u.about(222, u.holder - 0.005, y)
        out = np.asarray(outwards(222))
        put(model, "jacket-hoses", [*clamp(0.0191), (disc(0.014, -0.01, 0.05, 8), "steel", "steel")], start, out)
        a = np.asarray(start) + 0.05 * out
        path: list[Point] = [
            a,
            a + 0.03 * out,
            (a[0] - 0.05, y - 0.12, -0.36),
            (a[0] - 0.03, 0.26, -0.40),
            (u.x + 0.25, 0.25, -0.41),
        ]
        model.add("jacket-hoses", hose(path, 0.024, 0.08), "matt", "rubber")
        put(
            model,
            "jacket-hoses",
            at_each(
                [(lathe([(0.0125, -0.012), (0.015, 0), (0.0125, 0.012)], 8), "satin", colour)], [a + 0.03 * out], out
            ),
        )
    model.add("jacket-hoses", pipe([(u.x + 0.25, 0.25, -0.41), (u.x + 0.25, u.skid, -0.38)], 0.02), "steel", "steel")
    model.add("tower", placed(brick((0.05, 0.05, 0.02)), (x, u.skid + 0.2, -0.36)), "satin", "dark")
