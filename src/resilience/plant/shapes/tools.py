"""Syringe, forceps, crimper and spray bottle. Long tools lie along z, the working end towards -z."""

from __future__ import annotations

import numpy as np

from resilience.plant.shapes.mesh import Floats, Mesh, box, join, lathe, loft, slab, wrap_label
from resilience.plant.shapes.model import Model, makes
from resilience.plant.shapes.prints import bent, bottle_print
from resilience.plant.shapes.sweep import blended, capsule, skin, tube
from resilience.plant.specs import Spec


def _along_z(profile: list[tuple[float, float]], segments: int, height: float) -> Mesh:
    """Turned about the tool's axis; the profile counts from the back (radius, -z)."""
    return lathe(profile, segments).turned("x", -90).moved(y=height)


@makes("syringe", loose=("sheath", "plunger"))
def syringe(spec: Spec) -> Model:
    model, d = Model("syringe", reach=0.012), spec.dimension
    axis, outer, inner = d("axis_height"), d("barrel_diameter") / 2, d("barrel_inner") / 2
    front, back, hub = d("barrel_front"), d("barrel_back"), d("hub_diameter") / 2
    tip_end = front - d("hub_length")
    barrel = _along_z(
        [(outer, -back), (outer, -front - 0.0025), (outer - 0.0025, -front), (0.0033, -front), (0.0033, 0.026)],
        24,
        axis,
    )
    model.add("barrel", barrel, "glass", "clear", 0.30)
    model.add("barrel", _flange(spec), "glass", "clear", 0.62)
    model.add("barrel", _graduations(spec), "matt", "dark", occluded=False)
    collar = [(hub + 0.0012, -front), (hub + 0.0012, -front + 0.007), (hub, -front + 0.0075)]
    model.add("barrel", _along_z(collar, 16, axis), "glass", "clear", 0.6)
    # an 18G hub is pink (ISO 6009)
    cone = [
        (hub, -front + 0.006),
        (hub - 0.0002, -front + 0.011),
        (0.0022, -front + 0.013),
        (0.0018, -tip_end),
        (0.0, -tip_end),
    ]
    model.add("needle", _along_z(cone, 14, axis), "satin", "pink")
    needle = d("needle_diameter") / 2
    model.add("needle", _cannula(needle, tip_end, d("needle_tip"), axis), "steel", "steel")
    sheath = d("sheath_diameter") / 2
    cover = [(sheath + 0.0004, -front + 0.0075), (sheath, -front + 0.012), (sheath - 0.0012, -front + 0.016)]
    cover += [(0.0021, -d("sheath_tip") - 0.001), (0.0014, -d("sheath_tip")), (0, -d("sheath_tip"))]
    model.add("sheath", _along_z(cover, 14, axis), "glass", "sheath", 0.62)
    model.add("plunger", _plunger(spec), "satin", "white")
    face = -front - 0.0035
    piston = [
        (inner, face - 0.0085),
        (inner, face - 0.006),
        (inner - 0.0008, face - 0.005),
        (inner - 0.0008, face - 0.004),
    ]
    piston += [(inner, face - 0.003), (inner, face - 0.0012), (0.002, face), (0, face)]
    model.add("plunger", _along_z(piston, 20, axis), "matt", "dark")
    full = [(0, -(front + 0.0035 + d("stroke"))), (inner - 0.0002, -(front + 0.0035 + d("stroke")))]
    full += [(inner - 0.0002, -front - 0.0028), (0.0025, -front - 0.0008), (0, -front - 0.0008)]
    model.add("liquid", _along_z(full, 16, axis), "liquid", "water", 0.6)
    return model


def _flange(spec: Spec) -> Mesh:
    d = spec.dimension
    thick, back = d("flange_thickness"), d("barrel_back")
    disc = slab((d("flange_width"), thick, d("flange_height")), d("flange_height") * 0.44, 0.0005, 5)
    return disc.turned("x", -90).moved(y=d("flange_height") / 2, z=back)


def _graduations(spec: Spec) -> Mesh:
    """Ten lines a millilitre apart, half-millilitre lines shorter, printed on the upper side; 0 at the front."""
    d = spec.dimension
    radius, start = d("barrel_diameter") / 2 + 0.00012, d("barrel_front") + 0.0035
    lines = []
    for half in range(21):
        arc = 76.0 if half % 10 == 0 else 56.0 if half % 2 == 0 else 30.0
        z = start + d("stroke") * half / 20
        line = lathe([(radius, -z - 0.0003), (radius, -z + 0.0003)], 4, arc, -22.0)
        lines.append(line.turned("x", -90).moved(y=d("axis_height")))
    spine = lathe([(radius, -start - d("stroke")), (radius, -start)], 1, 2.2, -23.0).turned("x", -90)
    return join([*lines, spine.moved(y=d("axis_height"))])


def _cannula(radius: float, back: float, tip: float, height: float) -> Mesh:
    """A steel tube with a lancet point (a bevel of 11 degrees, as ISO 7864 needles have)."""
    angles = 2 * np.pi * np.arange(8) / 8
    ring = np.stack([np.cos(angles), np.sin(angles), np.zeros(8)], axis=1) * radius
    ring = ring[::-1]
    bevel = ring.copy()
    bevel[:, 2] = (ring[:, 1] + radius) / np.tan(np.radians(13))
    length = bevel[:, 2].max()
    end = bevel + np.array([0.0, height, tip])
    assert length < back - tip
    return loft([ring + np.array([0.0, height, back]), end])


def _plunger(spec: Spec) -> Mesh:
    d = spec.dimension
    axis, front, back = d("axis_height"), d("barrel_front") + 0.011, d("plunger_back")
    length = back - 0.0015 - front
    middle = (0, axis, front + length / 2)
    across = box((0.0118, 0.0014, length), middle, 0.0003)
    upright = box((0.0014, 0.0118, length), middle, 0.0003)
    rest = d("plunger_rest") / 2
    disc = [
        (0, -back),
        (rest - 0.0006, -back),
        (rest, -back + 0.0006),
        (rest, -back + 0.0016),
        (rest - 0.0006, -back + 0.0022),
        (0, -back + 0.0022),
    ]
    head = [(0.0, -front - 0.001), (0.0062, -front - 0.001), (0.0062, -front + 0.0005), (0, -front + 0.0005)]
    return join([across, upright, _along_z(disc, 20, axis), _along_z(head, 16, axis)])


@makes("forceps")
def forceps(spec: Spec) -> Model:
    model, d = Model("forceps", reach=0.012), spec.dimension
    half, thick, split = spec.size[2] / 2, d("arm_thickness"), -spec.size[2] / 2 + d("tip_length")
    stations = [half, half - 0.004, half - 0.012, 0.04, 0.02, -0.01, split]
    for side in (-1, 1):
        model.add("handle", _arm(spec, side, stations, thick), "steel", "steel", crease=30)
        ridges = [
            box((0.0006, 0.0085, 0.0011), (side * (_bow(spec, z) + thick / 2 + 0.0001), 0.006, z), 0.0002)
            for z in np.arange(-0.018, 0.022, 0.003)
        ]
        model.add("handle", ridges, "steel", "steel_dark")
        model.add(
            "tip",
            _arm(spec, side, [split, split + -0.008, -half + 0.014, -half + 0.004, -half], thick),
            "steel",
            "steel",
            crease=30,
        )
    return model


def _bow(spec: Spec, z: float) -> float:
    """Middle of an arm from the axis: joined at the back, widest at the fingers, nearly meeting at the tips."""
    half, thick = spec.size[2] / 2, spec.dimension("arm_thickness")
    widest = spec.dimension("spread") / 2 - thick / 2
    return float(
        np.interp(
            z,
            [-half, -half + 0.03, 0.0, 0.03, half - 0.012, half],
            [0.0032, 0.0055, widest, widest - 0.0004, thick / 2, thick / 2],
        )
    )


def _arm(spec: Spec, side: int, stations: list[float], thick: float) -> Mesh:
    half = spec.size[2] / 2
    rings = []
    for z in stations:
        height = float(
            np.interp(
                z, [-half, -half + 0.035, -0.02, 0.02, half - 0.004, half], [0.0032, 0.0045, 0.012, 0.012, 0.010, 0.007]
            )
        )
        x, t, h = side * _bow(spec, z), thick / 2, height / 2
        rings.append(
            np.array([[x - t, 0.006 - h, z], [x - t, 0.006 + h, z], [x + t, 0.006 + h, z], [x + t, 0.006 - h, z]])
        )
    return loft(rings)


@makes("crimper")
def crimper(spec: Spec) -> Model:
    model, d = Model("crimper", reach=0.03), spec.dimension
    height, head, end = spec.size[1], d("head_diameter") / 2, spec.size[2] / 2
    z, cap = -end + head, d("cap_diameter") / 2
    bell = [
        (cap + 0.0006, 0.0),
        (head - 0.004, 0.0),
        (head - 0.003, 0.001),
        (head - 0.003, 0.012),
        (head, 0.014),
        (head, 0.026),
    ]
    bell += [(head - 0.002, 0.028), (0.009, 0.028), (0.009, height - 0.002), (0.0075, height), (0, height)]
    model.add("head", lathe(bell, 28).moved(z=z), "steel", "steel")
    model.add(
        "head", lathe([(0.0, 0.009), (cap, 0.009), (cap + 0.0006, 0.0)], 28).flipped().moved(z=z), "steel", "steel_dark"
    )
    jaws = [
        box((0.0022, 0.007, 0.006), (0, 0.0042, head - 0.0042), 0.0005).turned("y", a).moved(z=z)
        for a in range(0, 360, 45)
    ]
    model.add("head", jaws, "steel", "steel_dark")
    neck = box((0.020, 0.016, 0.030), (0, 0.018, z + head + 0.008), 0.003)
    pivot = lathe([(0.0, 0.0085), (0.0085, 0.0085), (0.0085, 0.0265), (0.0078, 0.0275), (0, 0.0275)], 20).moved(
        z=d("pivot")
    )
    model.add("head", [neck, pivot], "steel", "steel")
    spread = d("opening") / 2
    for side in (-1, 1):
        bar = [
            (side * 0.004, 0.018, d("pivot")),
            (side * 0.012, 0.018, -0.035),
            (side * 0.026, 0.018, -0.01),
            (side * (spread - 0.008), 0.018, 0.04),
        ]
        bar += [(side * (spread - 0.009), 0.018, end - 0.02)]
        model.add("handle", tube(bar, 0.0055, 10, 0.02), "steel", "steel")
        sleeve = [bar[3], (side * (spread - 0.0078), 0.018, 0.07), (side * (spread - 0.009), 0.018, end - 0.008)]
        model.add(
            "handle", tube([(side * (spread - 0.0090), 0.018, 0.004), *sleeve], 0.0078, 12, 0.03), "matt", "accent"
        )
        model.add(
            "handle",
            lathe([(0.0078, 0), (0.0066, 0.005), (0.0035, 0.008), (0, 0.008)], 12)
            .turned("x", 90)
            .moved(side * (spread - 0.009), 0.018, end - 0.008),
            "matt",
            "accent",
        )
    model.add(
        "handle",
        tube([(-0.016, 0.018, -0.022), (0, 0.018, -0.004), (0.016, 0.018, -0.022)], 0.0012, 6, 0.02),
        "steel",
        "steel_dark",
    )
    return model


@makes("spray")
def spray(spec: Spec) -> Model:
    """Trigger bottle, nozzle towards -z."""
    model, d = Model("spray", reach=0.05), spec.dimension
    wall, body, neck = d("body_diameter") / 2, d("body_height"), d("neck_height")
    bottle = [
        (0, 0.003),
        (wall - 0.010, 0.0015),
        (wall - 0.006, 0),
        (wall - 0.0025, 0.0012),
        (wall, 0.006),
        (wall, body - 0.012),
    ]
    bottle += [
        (wall - 0.003, body - 0.002),
        (wall - 0.010, body + 0.008),
        (0.020, body + 0.017),
        (0.0145, body + 0.024),
        (0.0135, neck - 0.012),
    ]
    model.add("body", lathe(bottle, 28), "satin", "pp")
    grips = lathe(
        [
            (0.0165, neck - 0.014),
            (0.0172, neck - 0.012),
            (0.0172, neck + 0.004),
            (0.0155, neck + 0.007),
            (0, neck + 0.007),
        ],
        20,
    )
    model.add("body", grips, "satin", "accent", crease=20)
    model.add("body", _spray_head(spec), "satin", "white", crease=180)
    nozzle = lathe([(0.0085, 0), (0.0085, 0.010), (0.0075, 0.012), (0.0022, 0.012), (0.0022, 0.009), (0, 0.009)], 12)
    model.add("body", nozzle.turned("x", -90).moved(0, 0.226, -0.062), "satin", "accent", crease=20)
    lever = [(0, 0.214, -0.026), (0, 0.203, -0.041), (0, 0.186, -0.050), (0, 0.166, -0.046), (0, 0.160, -0.049)]
    model.add("trigger", _flattened(tube(lever, 0.0052, 10, 0.02), 1.55), "satin", "accent")
    sheet = wrap_label(wall + 0.0003, 0.030, 0.030 + d("label_height"), 20, 20 * 360 / 28)
    model.add(
        "label",
        Mesh(sheet.points, sheet.faces),
        "matt",
        "paper",
        occluded=False,
    )
    for shape, colour in bottle_print(0.095, d("label_height")):
        model.add(
            "label", bent(shape, wall + 0.0009).moved(y=0.030 + d("label_height") / 2), "matt", colour, occluded=False
        )
    return model


def _flattened(shape: Mesh, wider: float) -> Mesh:
    return shape.scaled(x=wider)


def _spray_head(spec: Spec) -> Mesh:
    top, front = spec.size[1], -0.060
    field = blended(
        [
            capsule((0, 0.199, 0.0), (0, 0.222, 0.004), 0.0145, 0.014),
            capsule((0, 0.226, 0.020), (0, 0.227, front), 0.0150, 0.0100, (1.15, 1, 1)),
            capsule((0, 0.224, 0.018), (0, 0.208, 0.030), 0.0125, 0.0062),
        ],
        0.012,
    )
    head = skin(field, (-0.03, 0.18, -0.09), (0.03, 0.26, 0.06), 0.0026, 620)
    return _lidded(head, top, 0.197)


def _lidded(shape: Mesh, top: float, bottom: float) -> Mesh:
    """Cut flat above and below by pressing points onto the planes."""
    points: Floats = shape.points.copy()
    points[:, 1] = np.clip(points[:, 1], bottom, top)
    return Mesh(points, shape.faces)
