"""Trolley and desk of round and square stainless tube, with castors."""

from __future__ import annotations

from resilience.plant.shapes.mesh import Mesh, box, divided, join, lathe, slab
from resilience.plant.shapes.model import Model, makes
from resilience.plant.shapes.sweep import tube
from resilience.plant.specs import Spec


def castor(diameter: float, stem: float) -> dict[str, Mesh]:
    """A swivel castor, its stem on the y axis: tyre, fork, by material. Height to the top plate is `stem`."""
    radius = diameter / 2
    tyre = lathe(
        [
            (radius * 0.55, -0.013),
            (radius - 0.003, -0.013),
            (radius, -0.009),
            (radius, 0.009),
            (radius - 0.003, 0.013),
            (radius * 0.55, 0.013),
        ],
        20,
    )
    hub = lathe([(0.0, -0.012), (radius * 0.62, -0.010), (radius * 0.62, 0.010), (0.0, 0.012)], 16)
    wheel, disc = (part.turned("z", 90).moved(0, radius, 0.016) for part in (tyre, hub))
    sides = [
        box((0.003, stem - radius - 0.004, 0.030), (x, radius + (stem - radius) / 2 - 0.006, 0.010), 0.001)
        for x in (-0.0175, 0.0175)
    ]
    crown = slab((0.046, 0.008, 0.046), 0.020, 0.002).moved(0, stem - 0.016, 0.004)
    post = lathe([(0.008, stem - 0.010), (0.008, stem + 0.01)], 10)
    return {"tyre": wheel, "hub": disc, "fork": join([*sides, crown, post])}


def add_castors(model: Model, part: str, places: list[tuple[float, float]], diameter: float, stem: float) -> None:
    for n, (x, z) in enumerate(places):
        for name, shape in castor(diameter, stem).items():
            placed = shape.turned("y", 35 + 70 * n).moved(x, 0, z)
            material, colour = {"tyre": ("matt", "mid"), "hub": ("satin", "grey"), "fork": ("steel", "steel")}[name]
            model.add(part, placed, material, colour)


def tray(length: float, width: float, lip: float, longest: float) -> Mesh:
    """A sheet with edges turned down, its upper face at y = 0, divided evenly for its shading."""
    return divided(box((length, lip, width), (0, -lip / 2, 0), 0.003), longest)


@makes("trolley")
def trolley(spec: Spec) -> Model:
    model, d = Model("trolley", reach=0.30, floor=True), spec.dimension
    length, height, width = spec.size
    bar, wheel = d("tube") / 2, d("castor")
    x, z = length / 2 - bar, width / 2 - bar
    stem = wheel + 0.045
    corners = [(sx * x, sz * z) for sx in (-1, 1) for sz in (-1, 1)]
    rail = height - bar
    posts = [tube([(px, stem - 0.01, pz), (px, rail, pz)], bar, 10, caps=False) for px, pz in corners]
    # a rail along the back and both ends; the front stays open to work across
    around = [
        (x, rail - 0.012, z),
        (x, rail, z - 0.02),
        (x, rail, -z),
        (-x, rail, -z),
        (-x, rail, z - 0.02),
        (-x, rail - 0.012, z),
    ]
    model.add("body", [*posts, tube(around, bar, 10, 0.05)], "steel", "steel")
    low = [tube([(px, 0.16, -z), (px, 0.16, z)], bar * 0.8, 8, caps=False) for px in (-x, x)]
    model.add("body", low, "steel", "steel")
    ends = [tube([(px, 0.62, -z), (px, 0.62, z)], bar * 0.7, 8, caps=False) for px in (-x, x)]
    model.add("body", ends, "steel", "steel")
    bumper = [
        lathe([(0.021, 0), (0.024, 0.004), (0.024, 0.018), (0.021, 0.022)], 14).moved(
            px * 0.9765, stem + 0.004, pz * 0.952
        )
        for px, pz in corners
    ]
    model.add("body", bumper, "matt", "mid")
    top = tray(length - 4 * bar + 0.030, width - 4 * bar + 0.030, 0.035, 0.09).moved(y=d("height"))
    model.add("top", top, "steel", "steel")
    shelf = tray(length - 4 * bar + 0.030, width - 4 * bar + 0.030, 0.030, 0.11)
    model.add("shelf", shelf.moved(y=spec.surfaces["trolley-shelf"].y), "steel", "steel")
    add_castors(model, "body", [(px * 0.90, pz * 0.79) for px, pz in corners], wheel, stem)
    return model


@makes("desk")
def desk(spec: Spec) -> Model:
    model, d = Model("desk", reach=0.35, floor=True), spec.dimension
    length, height, width = spec.size
    top = tray(length, width - 0.002, d("sheet") + 0.010, 0.09).moved(y=d("height"))
    model.add("top", top, "steel", "steel")
    upstand = box(
        (length, height - d("height") + 0.02, 0.012), (0, (height + d("height") - 0.02) / 2, -width / 2 + 0.006), 0.003
    )
    model.add("top", upstand, "steel", "steel", longest=0.10)
    bar = d("tube")
    x, z = length / 2 - bar, width / 2 - bar
    legs = [
        box((bar, d("height") - 0.065, bar), (sx * x, (d("height") - 0.065) / 2 + 0.03, sz * z), 0.003)
        for sx in (-1, 1)
        for sz in (-1, 1)
    ]
    model.add("body", legs, "steel", "steel", longest=0.15)
    feet = [
        lathe([(0.022, 0), (0.024, 0.004), (0.020, 0.012), (0.008, 0.014), (0.008, 0.034)], 12).moved(sx * x, 0, sz * z)
        for sx in (-1, 1)
        for sz in (-1, 1)
    ]
    model.add("body", feet, "satin", "mid")
    beams = [box((2 * x, 0.050, 0.028), (0, d("height") - 0.068, sz * z), 0.003) for sz in (-1, 1)]
    beams += [box((0.028, 0.030, 2 * z), (sx * x, 0.20, 0), 0.003) for sx in (-1, 1)]
    beams.append(box((2 * x, 0.030, 0.028), (0, 0.20, -z), 0.003))
    model.add("body", beams, "steel", "steel", longest=0.20)
    drawer = box((0.42, 0.12, 0.48), (x - 0.26, d("height") - 0.105, 0.02), 0.004)
    front = box((0.41, 0.105, 0.014), (x - 0.26, d("height") - 0.105, 0.268), 0.004)
    model.add("body", [drawer, front], "steel", "steel", longest=0.12)
    pull = tube(
        [
            (x - 0.34, d("height") - 0.085, 0.270),
            (x - 0.34, d("height") - 0.085, 0.298),
            (x - 0.18, d("height") - 0.085, 0.298),
            (x - 0.18, d("height") - 0.085, 0.270),
        ],
        0.005,
        8,
        0.010,
    )
    model.add("body", pull, "steel", "steel_dark")
    return model
