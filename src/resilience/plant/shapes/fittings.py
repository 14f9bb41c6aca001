"""What hangs on the wall or stands on the desk: sanitiser, intercom, label printer and roll, batch record, tablet."""

from __future__ import annotations

import numpy as np

from resilience.plant.shapes.mesh import Floats, Mesh, box, join, lathe, loft, rectangle, sheet, slab, up
from resilience.plant.shapes.model import Model, makes
from resilience.plant.shapes.solids import block, eased, profile_x, rod, tessellated
from resilience.plant.shapes.sweep import tube
from resilience.plant.specs import Spec


def _upright(width: float, height: float, depth: float, radius: float, bevel: float, corner: int = 4) -> Mesh:
    """A wall plate: back at z = 0, bottom at y = 0, face towards +z with rounded corners and eased edge."""
    plate = slab((width, depth, height), radius, bevel, corner)
    return plate.turned("x", 90).moved(y=height / 2)


@makes("sanitiser")
def sanitiser(spec: Spec) -> Model:
    model, d = Model("sanitiser", reach=0.06), spec.dimension
    width, height, depth = spec.size
    back, bottom = -depth / 2, height - d("housing_height")
    model.add(
        "body", _upright(width - 0.02, height - 0.006, 0.008, 0.010, 0.002).moved(0, 0.003, back), "steel", "steel"
    )
    housing = eased(
        block(
            (width, d("housing_height"), depth - 0.034),
            (0, bottom + d("housing_height") / 2, back + 0.006 + (depth - 0.034) / 2),
        ),
        0.014,
    )
    model.add("body", tessellated(housing, 0.0006, 0.5), "satin", "white", longest=0.05)
    window = _upright(0.026, 0.120, 0.003, 0.012, 0.001).moved(0, bottom + 0.060, back + depth - 0.0295)
    model.add("body", window, "satin", "mid")
    fill = _upright(0.020, 0.070, 0.001, 0.009, 0.0003).moved(0, bottom + 0.063, back + depth - 0.0265)
    model.add("body", fill, "satin", "accent", occluded=False)
    model.add(
        "body",
        _upright(0.046, 0.014, 0.002, 0.004, 0.0005).moved(0, height - 0.028, back + depth - 0.029),
        "satin",
        "accent",
    )
    model.add("nozzle", box((0.034, 0.014, 0.040), (0, bottom - 0.005, 0.022), 0.004), "satin", "grey")
    model.add(
        "nozzle",
        lathe([(0.0, 0.0), (0.004, 0.0), (0.005, 0.003), (0.005, 0.010)], 12).moved(0, bottom - 0.020, 0.025),
        "satin",
        "dark",
    )
    model.add(
        "nozzle", box((0.010, 0.002, 0.006), (0, bottom - 0.0125, 0.034), 0.0005), "glow", "green", occluded=False
    )
    tray, rim = d("tray_height"), rectangle(width - 0.012, depth - 0.008, 0.020, 4)
    inner = rectangle(width - 0.024, depth - 0.020, 0.015, 4)
    model.add(
        "tray",
        loft([rim * 0.94, rim + up(0.004), rim + up(tray), inner + up(tray), inner + up(0.006)]).moved(z=0.004),
        "steel",
        "steel",
    )
    slats = [box((width - 0.026, 0.002, 0.004), (0, 0.011, z), 0.0005) for z in np.linspace(-0.034, 0.042, 7)]
    model.add("tray", slats, "steel", "steel_dark")
    return model


@makes("intercom")
def intercom(spec: Spec) -> Model:
    model = Model("intercom", reach=0.03)
    width, height, depth = spec.size
    back = -depth / 2
    model.add(
        "body", _upright(width, height, depth - 0.008, 0.012, 0.003).moved(0, 0, back), "steel", "steel", longest=0.05
    )
    face = depth / 2 - 0.008
    holes = []
    for row in range(7):
        for column in range(-4, 5):
            x, y = column * 0.0105 + (row % 2) * 0.005, 0.150 + row * 0.0095
            if np.hypot(x, (y - 0.1785)) < 0.042:
                holes.append(lathe([(0.0026, 0.0), (0, 0.0)], 6).turned("x", 90).moved(x, y, face + 0.0003))
    model.add("body", holes, "matt", "black", occluded=False)
    ring = (
        lathe([(0.026, 0.0), (0.026, 0.003), (0.022, 0.004), (0.021, 0.001)], 28).turned("x", 90).moved(0, 0.062, face)
    )
    model.add("body", ring, "steel", "steel_dark")
    button = (
        lathe([(0.020, 0.0), (0.020, 0.006), (0.0185, 0.008), (0, 0.008)], 28).turned("x", 90).moved(0, 0.062, face)
    )
    model.add("button", button, "satin", "accent", crease=30)
    model.add(
        "lamp",
        lathe([(0.005, 0), (0.0045, 0.003), (0.0025, 0.004), (0, 0.0042)], 12).turned("x", 90).moved(0, 0.118, face),
        "glow",
        "green",
        occluded=False,
    )
    for x in (-1, 1):
        for y in (0.012, height - 0.012):
            screw = (
                lathe([(0.0035, 0), (0.003, 0.001), (0, 0.0012)], 8)
                .turned("x", 90)
                .moved(x * (width / 2 - 0.012), y, face)
            )
            model.add("body", screw, "steel", "steel_dark")
    return model


@makes("labeller")
def labeller(spec: Spec) -> Model:
    """Desktop printer: a hood over the roll, a slot with a label coming out at the front."""
    model = Model("labeller", reach=0.10, floor=True)
    width, height, depth = spec.size
    front, back = depth / 2, -depth / 2
    outline = [
        (back, 0.004),
        (front - 0.006, 0.004),
        (front, 0.012),
        (front, 0.074),
        (front - 0.030, 0.086),
        (front - 0.052, 0.155),
        (front - 0.085, height),
        (back + 0.02, height),
        (back, height - 0.02),
    ]
    body = profile_x(outline, -width / 2, width / 2)
    model.add("body", tessellated(eased(body, 0.0035), 0.0008, 0.6), "satin", "white", longest=0.06)
    for x in (-0.07, 0.07):
        for z in (-0.10, 0.10):
            model.add("body", lathe([(0.010, 0), (0.010, 0.005)], 10).moved(x, 0, z), "matt", "rubber")
    seam = [box((0.0012, 0.0016, depth - 0.075), (s * (width / 2 + 0.0000), 0.088, -0.030), 0.0002) for s in (-1, 1)]
    model.add("body", seam, "matt", "dark")
    model.add("body", box((0.122, 0.012, 0.006), (0, 0.050, front - 0.0028), 0.002), "matt", "dark")
    strip = Mesh(sheet(0.050, 0.036, 1, 4).points, sheet(0.050, 0.036, 1, 4).faces)
    curve = strip.points.copy()
    run = 0.018 - curve[:, 1]
    curve = np.stack(
        [curve[:, 0], 0.050 - 4.0 * run**2, np.minimum(front - 0.002 + run * 0.06, front + 0.0004)], axis=1
    )
    model.add("body", Mesh(curve, strip.faces), "matt", "paper", occluded=False)
    slope = np.degrees(np.arctan2(0.069, 0.022))
    lean, at = slope - 90, np.array([0.0, 0.1205, front - 0.041])
    out = np.array([0, np.cos(np.radians(slope)), np.sin(np.radians(slope))])
    bezel = slab((0.150, 0.004, 0.052), 0.006, 0.001).turned("x", slope).moved(*(at - out * 0.001))
    model.add("body", bezel, "satin", "dark")
    width_s, height_s = spec.screens["screen"].size
    place = at + out * 0.0033
    model.add(
        "screen",
        sheet(width_s, height_s).turned("x", lean).moved(-0.035, place[1], place[2]),
        "screen",
        "dark",
        occluded=False,
    )
    button = lathe([(0.013, 0), (0.013, 0.004), (0.0115, 0.0055), (0, 0.0055)], 24).turned("x", slope)
    model.add("button", button.moved(0.045, *(at + out * 0.002)[1:]), "satin", "accent", crease=30)
    return model


@makes("label-roll")
def label_roll(spec: Spec) -> Model:
    """Roll standing on its side, the outer label free to read."""
    model, d = Model("label-roll", reach=0.03, floor=True), spec.dimension
    radius, core, width = d("diameter") / 2, d("core") / 2, d("width")
    face = np.linspace(core + 0.002, radius, 9)
    lower = [(float(r), 0.002 + 0.0002 * (n % 2)) for n, r in enumerate(face)]
    upper = [(float(r), width - 0.0002 * (n % 2)) for n, r in enumerate(face[::-1])]
    model.add("body", lathe([*lower, *upper], 36), "matt", "paper", crease=30)
    tube_core = [(core + 0.002, 0.0), (core + 0.002, width + 0.002), (core, width + 0.002), (core, 0.0)]
    model.add("body", lathe(tube_core, 24), "matt", "card")
    disc = spec.size[0] / 2
    plate = [(core + 0.002, 0.0), (disc, 0.0), (disc, 0.0015), (core + 0.002, 0.002)]
    model.add("body", lathe(plate, 36), "satin", "grey")
    handle = [(core - 0.001, 0.001), (core - 0.001, spec.size[1]), (0.0, spec.size[1])]
    model.add("body", lathe(handle, 20), "satin", "accent")
    label_w, label_h = spec.screens["label"].size
    arc = np.degrees(label_w / (radius + 0.0003))
    patch = lathe([(radius + 0.0003, 0.008), (radius + 0.0003, 0.008 + label_h)], 8, arc, -arc / 2)
    uv = np.stack([np.tile(np.linspace(0, 1, 9), 2), np.repeat([0.0, 1.0], 9)], axis=1)
    model.add("label", Mesh(patch.points, patch.faces, uv), "screen", "paper", occluded=False)
    return model


@makes("batch-record")
def batch_record(spec: Spec) -> Model:
    """A4 pages on a clipboard lying flat, head towards -z."""
    model, d = Model("batch-record", reach=0.03, floor=True), spec.dimension
    width, height, length = spec.size
    board = d("board")
    model.add("body", slab((width, board, length), 0.008, 0.001), "satin", "accent", longest=0.06)
    page_w, page_h = spec.screens["page"].size
    middle = 0.012  # the head of the page lies clear of the clip
    for n in range(4):
        leaf = sheet(page_w, page_h, 6, 8).turned("x", -90)
        sag = _curl(leaf.points, page_w, page_h, 0.0004 * n)
        shape = Mesh(
            leaf.points + np.array([0.0006 * (n % 2), board + 0.0006 + 0.0007 * n, middle - 0.0008 * n]) + sag,
            leaf.faces,
        )
        if n < 3:
            model.add("body", shape, "matt", "paper", occluded=False)
        else:
            model.add("page", Mesh(shape.points, shape.faces, leaf.uv), "screen", "paper", occluded=False)
    head = -length / 2
    clip = eased(block((0.110, 0.006, 0.030), (0, board + 0.0058, head + 0.020)), 0.0022)
    model.add("body", tessellated(clip, 0.0005, 0.6), "steel", "steel")
    spring = rod(0.0055, 0.060, (0, height - 0.0055, head + 0.010), "x")
    model.add("body", tessellated(spring, 0.0005, 0.5), "steel", "steel")
    model.add(
        "body",
        tube(
            [
                (-0.045, board + 0.008, head + 0.006),
                (-0.045, height - 0.003, head + 0.006),
                (0.045, height - 0.003, head + 0.006),
                (0.045, board + 0.008, head + 0.006),
            ],
            0.0014,
            6,
            0.006,
        ),
        "steel",
        "steel_dark",
    )
    return model


def _curl(points: Floats, width: float, length: float, lift: float) -> Floats:
    """One lower corner of a page stands up a little."""
    toward = np.clip(points[:, 0] / width + points[:, 2] / length - 0.55, 0, 1)
    rise = np.zeros_like(points)
    rise[:, 1] = toward**2 * (0.02 + 4 * lift)
    return rise


@makes("sop-tablet")
def sop_tablet(spec: Spec) -> Model:
    """A sealed tablet leaning on a bent stainless stand."""
    model, d = Model("sop-tablet", reach=0.08, floor=True), spec.dimension
    width, height, depth = spec.size
    screen_w, screen_h = spec.screens["screen"].size
    thick, tall, lean = d("thickness"), d("height"), d("tilt_degrees") - 90
    tablet = _upright(width, tall, thick, 0.012, 0.003)
    glass = _upright(width - 0.010, tall - 0.010, 0.0012, 0.009, 0.0004).moved(0, 0.005, thick - 0.0006)
    screen = sheet(screen_w, screen_h).moved(0, tall / 2, thick + 0.0009)
    placed = [part.turned("x", lean) for part in (tablet, glass, screen)]
    top = max(float(part.points[:, 1].max()) for part in placed)
    ahead = depth / 2 - 0.022 - float(placed[0].points[:, 2].max())
    tablet, glass, screen = (part.moved(0, height - top, ahead) for part in placed)
    model.add("body", tablet, "satin", "mid", longest=0.06)
    model.add("body", glass, "satin", "black")
    model.add("screen", screen, "screen", "dark", occluded=False)
    foot = slab((width * 0.7, 0.003, depth), 0.012, 0.001)
    base = height - top
    lip = box((width * 0.62, 0.018, 0.003), (0, base - 0.004, depth / 2 - 0.006), 0.001)
    shelf = box((width * 0.62, 0.003, 0.034), (0, base - 0.0115, depth / 2 - 0.0215), 0.001)
    post = tube(
        [(0, 0.002, -0.052), (0, 0.05, -0.050), (0, base + 0.055, -0.030), (0, base + 0.105, -0.030)], 0.007, 10, 0.03
    )
    brace = [
        tube([(x, 0.002, depth / 2 - 0.030), (x, base - 0.0115, depth / 2 - 0.030)], 0.004, 8) for x in (-0.06, 0.06)
    ]
    model.add("stand", join([foot, lip, shelf, post, *brace]), "steel", "steel")
    return model
