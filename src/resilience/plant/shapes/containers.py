"""Vial rack, waste tub, sharps bin, waste bin."""

from __future__ import annotations

from resilience.plant.shapes.mesh import Floats, Mesh, box, join, lathe, loft, rectangle, sheet, slab, up
from resilience.plant.shapes.model import Model, makes
from resilience.plant.shapes.prints import sharps_print
from resilience.plant.shapes.solids import block, rod, tessellated
from resilience.plant.shapes.sweep import tube
from resilience.plant.specs import Spec


@makes("vial-rack")
def vial_rack(spec: Spec) -> Model:
    """Two plates on corner posts; the upper one with a hole for each vial."""
    model, d = Model("vial-rack", reach=0.03, floor=True), spec.dimension
    length, height, width = spec.size
    assert spec.sockets is not None
    upper = block((length, d("plate"), width), (0, d("upper_plate"), 0))
    for x, _, z in spec.sockets.places:
        upper -= rod(d("hole") / 2, 0.01, (x, d("upper_plate"), z))
    model.add("body", tessellated(upper, 0.0006, 0.6), "steel", "steel")
    model.add(
        "body",
        slab((length - 0.004, d("plate"), width - 0.004), 0.006, 0.0004).moved(y=d("floor") - d("plate")),
        "steel",
        "steel",
    )
    for x in (-1, 1):
        flange = box(
            (d("plate"), height - 0.0045, width),
            (x * (length / 2 - d("plate") / 2), 0.0045 + (height - 0.0045) / 2, 0),
            0.0005,
        )
        model.add("body", flange, "steel", "steel")
        for z in (-1, 1):
            foot = lathe([(0, 0), (0.004, 0), (0.005, 0.001), (0.005, 0.0045), (0, 0.0045)], 10).moved(
                x * (length / 2 - 0.012), 0, z * (width / 2 - 0.012)
            )
            model.add("body", foot, "matt", "rubber")
    return model


def _taper(low: tuple[float, float, float], high: tuple[float, float, float], y: tuple[float, float]) -> list[Floats]:
    """Rings of a tapered box: (x, z, corner radius) below and above."""
    return [rectangle(*low[:2], low[2], 4) + up(y[0]), rectangle(*high[:2], high[2], 4) + up(y[1])]


@makes("waste-tub")
def waste_tub(spec: Spec) -> Model:
    model, d = Model("waste-tub", reach=0.08, floor=True), spec.dimension
    length, height, width = spec.size
    rim, wall = d("rim"), d("wall")
    top = (length - 2 * rim, width - 2 * rim, 0.022)
    base = (d("base_length"), d("base_width"), 0.018)
    eased = (base[0] - 0.008, base[1] - 0.008, 0.014)
    outer = [rectangle(*eased, 4), *_taper(base, top, (0.004, height - 0.005))]
    lip = [rectangle(length, width, 0.026, 4) + up(y) for y in (height - 0.007, height - 0.001)]
    inner = [rectangle(length - 0.002, width - 0.002, 0.025, 4) + up(height)]
    inner += _taper(
        (base[0] - 2 * wall, base[1] - 2 * wall, 0.016),
        (top[0] - 2 * wall, top[1] - 2 * wall, 0.02),
        (0.006, height - 0.002),
    )[::-1]
    inner.append(rectangle(eased[0] - 0.01, eased[1] - 0.01, 0.01, 4) + up(0.004))
    model.add("body", loft([*outer, *lip, *inner]), "satin", "tub", crease=50)
    return model


@makes("sharps-bin")
def sharps_bin(spec: Spec) -> Model:
    model, d = Model("sharps-bin", reach=0.10, floor=True), spec.dimension
    length, height, width = spec.size
    seam = height - d("lid_height")
    rings = [
        rectangle(length * 0.78, width * 0.78, 0.02, 4),
        *_taper((length * 0.82, width * 0.82, 0.024), (length * 0.96, width * 0.96, 0.03), (0.005, seam)),
    ]
    model.add("body", loft(rings, cap_end=False), "satin", "yellow", crease=50, longest=0.06)
    lid = [
        rectangle(length, width, 0.034, 4) + up(seam - 0.010),
        rectangle(length, width, 0.034, 4) + up(seam + 0.010),
    ]
    lid += [
        rectangle(length - 0.012, width - 0.012, 0.03, 4) + up(seam + 0.018),
        rectangle(length * 0.80, width * 0.76, 0.026, 4) + up(seam + 0.020),
    ]
    lid += [
        rectangle(length * 0.74, width * 0.68, 0.024, 4) + up(height - 0.006),
        rectangle(length * 0.70, width * 0.62, 0.02, 4) + up(height),
    ]
    lid += [
        rectangle(length * 0.52, width * 0.36, 0.012, 4) + up(height),
        rectangle(length * 0.50, width * 0.33, 0.010, 4) + up(height - 0.014),
    ]
    model.add("lid", loft(lid, cap_end=False), "satin", "red", crease=35)
    dark = rectangle(length * 0.51, width * 0.34, 0.010, 4) + up(height - 0.013)
    model.add("lid", loft([dark, dark + up(0.0004)], cap_start=False), "matt", "black", occluded=False)
    flap = (
        slab((length * 0.50, 0.003, width * 0.18), 0.004, 0.001)
        .turned("x", -28)
        .moved(0, height - 0.012, -width * 0.08)
    )
    model.add("lid", flap, "satin", "red")
    handle = tube(
        [
            (-0.06, seam + 0.012, -0.073),
            (-0.05, height - 0.008, -0.067),
            (0.05, height - 0.008, -0.067),
            (0.06, seam + 0.012, -0.073),
        ],
        0.005,
        8,
        0.02,
    )
    model.add("lid", handle, "satin", "red")
    middle = 0.105
    tilt = 3.1
    size = (d("label_width"), d("label_height"))
    plain = Mesh(sheet(*size).points, sheet(*size).faces)
    for n, (shape, colour) in enumerate([(plain, "paper"), *sharps_print(*size)]):
        placed = shape.moved(z=0.0003 * (n > 0)).turned("x", tilt).moved(0, middle, width * 0.447 + 0.0012)
        model.add("label", placed, "matt", colour, occluded=False)
    return model


@makes("waste-bin", loose=("lid",))
def waste_bin(spec: Spec) -> Model:
    model, d = Model("waste-bin", reach=0.18, floor=True), spec.dimension
    wall, body, height = d("diameter") / 2, d("body_height"), spec.size[1]
    can = [
        (0, 0.012),
        (wall - 0.006, 0.012),
        (wall - 0.002, 0.014),
        (wall - 0.002, body - 0.01),
        (wall, body - 0.008),
        (wall, body),
    ]
    can += [(wall - 0.006, body), (wall - 0.006, body - 0.05)]
    model.add("body", lathe(can, 40), "steel", "steel")
    model.add(
        "body",
        lathe([(wall + 0.001, 0.0), (wall + 0.005, 0.004), (wall + 0.005, 0.022), (wall - 0.002, 0.030)], 40),
        "matt",
        "rubber",
    )
    model.add(
        "body",
        lathe([(wall - 0.012, body - 0.06), (wall - 0.010, body + 0.001), (wall - 0.003, body + 0.003)], 40),
        "satin",
        "white",
    )
    lid = [
        (wall, body + 0.004),
        (wall, body + 0.018),
        (wall - 0.012, body + 0.032),
        (wall * 0.6, height - 0.008),
        (wall * 0.25, height - 0.001),
        (0, height),
    ]
    model.add("lid", lathe(lid, 40), "steel", "steel")
    model.add("body", box((0.070, 0.05, 0.012), (0, body - 0.015, -wall + 0.001), 0.003), "matt", "dark")
    front = spec.shift[2] + spec.size[2] / 2
    pedal = [slab((0.090, 0.010, 0.045), 0.012, 0.003).turned("x", 10).moved(0, 0.018, front - 0.0235)]
    model.add("pedal", pedal, "matt", "dark")
    arms: list[Mesh] = [box((0.012, 0.006, 0.06), (x, 0.02, front - 0.055), 0.001) for x in (-0.03, 0.03)]
    model.add("pedal", join(arms), "steel", "steel_dark")
    return model
