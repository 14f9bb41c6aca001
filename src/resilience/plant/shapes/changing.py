"""What stands in a change room: step-over bench, wash basin, hand dryer, lockers, mirror, garment rack."""

from __future__ import annotations

import numpy as np

from resilience.plant.facts import Wording
from resilience.plant.shapes.mesh import Mesh, box, lathe, loft, prism, rectangle, slab, up
from resilience.plant.shapes.model import Model, makes
from resilience.plant.shapes.parts import button, corners, feet, flat, handle
from resilience.plant.shapes.piping import brick
from resilience.plant.shapes.signs import put_sign
from resilience.plant.shapes.sweep import tube
from resilience.plant.specs import Spec


@makes("step-over-bench")
def step_over_bench(spec: Spec) -> Model:
    """A closed steel bench with a shoe shelf on each side, its top in two colours along the line one steps over."""
    model, d = Model("step-over-bench", reach=0.30, floor=True), spec.dimension
    length, height, width = spec.size
    top = height - d("seat")
    for side, colour, part in ((1, "grade_d", "dirty-side"), (-1, "grade_c", "clean-side")):
        seat = slab((length, d("seat"), width / 2 - 0.004), 0.008, 0.004).moved(0, top, side * (width / 4 + 0.002))
        model.add(part, seat, "satin", colour, longest=0.45)
        shelf = box((length - 0.08, 0.004, width / 2 - 0.03), (0, d("shelf"), side * (width / 4 - 0.005)), 0.001)
        model.add(part, shelf, "steel", "steel", longest=0.45)
        lip = box((length - 0.08, 0.030, 0.004), (0, d("shelf") + 0.012, side * (width / 2 - 0.020)), 0.001)
        model.add(part, lip, "steel", "steel", longest=0.6)
        for n in range(3):
            divider = box(
                (0.004, top - d("shelf") - 0.02, width / 2 - 0.05),
                ((n - 1) * length / 4, (top + d("shelf")) / 2, side * width / 4),
                0.001,
            )
            model.add(part, divider, "steel", "steel", longest=0.45)
    core = box((length - 0.06, top - 0.02, 0.020), (0, (top + 0.02) / 2, 0), 0.002)
    ends = [
        box((0.030, top - 0.03, width - 0.03), (s * (length / 2 - 0.025), (top + 0.03) / 2, 0), 0.004) for s in (-1, 1)
    ]
    model.add("body", [core, *ends], "steel", "steel", longest=0.45)
    model.add("body", feet(corners(length - 0.06, width - 0.09), 0.020, 0.034), "satin", "mid")
    line = box((length, 0.003, 0.008), (0, height - 0.0015, 0), 0.001)
    model.add("body", line, "satin", "warning", occluded=False)
    dirty: Wording = {"cy": "Ochr fudr", "en": "Dirty side"}
    clean: Wording = {"cy": "Ochr lân", "en": "Clean side"}
    put_sign(model, "dirty-side", "label", dirty, 0.022, (0.0, top - 0.045, width / 2 - 0.012), size=(0.30, 0.075))
    put_sign(
        model, "clean-side", "label", clean, 0.022, (0.0, top - 0.045, -width / 2 + 0.012), 180, size=(0.30, 0.075)
    )
    return model


@makes("wash-basin")
def wash_basin(spec: Spec) -> Model:
    """A wall-hung steel hand wash station: basin with splashback, sensor spout, soap, paper-free."""
    model, d = Model("wash-basin", reach=0.20), spec.dimension
    width, _, depth = spec.size
    low, high = spec.low[1], spec.high[1]
    rim, back = d("rim"), -depth / 2
    outer = rectangle(width, depth - 0.02, 0.05, 4) + np.array([0, 0, 0.01])
    inner = rectangle(width - 0.09, depth - 0.15, 0.07, 4) + np.array([0, 0, 0.045])
    bowl = rectangle(width - 0.22, depth - 0.26, 0.09, 4) + np.array([0, 0, 0.045])
    drain = rectangle(0.05, 0.05, 0.024, 4) + np.array([0, 0, 0.045])
    rings = [outer + up(rim - 0.05), outer + up(rim - 0.004), outer * 0.995 + up(rim), inner * 1.02 + up(rim)]
    rings += [inner + up(rim - 0.012), bowl + up(rim - d("bowl")), drain + up(rim - d("bowl") - 0.012)]
    model.add("basin", loft(rings, cap_start=False, cap_end=False), "steel", "steel", longest=0.10)
    strainer = lathe([(0.026, 0), (0.022, 0.003), (0, 0.003)], 14).moved(0, rim - d("bowl") - 0.012, 0.045)
    model.add("waste", strainer, "steel", "steel_dark")
    shroud = [
        outer * 0.995 + up(rim - 0.05),
        rectangle(width * 0.72, depth * 0.60, 0.05, 4) + np.array([0, low, -0.09]),
    ]
    model.add("shroud", loft([shroud[1], shroud[0]], cap_end=False), "steel", "steel", longest=0.2)
    model.add(
        "splashback",
        box((width, high - rim + 0.02, 0.012), (0, (high + rim - 0.02) / 2, back + 0.006), 0.003),
        "steel",
        "steel",
        longest=0.35,
    )
    neck = tube(
        [(0, rim + 0.26, back + 0.012), (0, rim + 0.26, back + 0.17), (0, rim + 0.20, back + 0.21)], 0.014, 12, 0.06
    )
    rose = (
        lathe([(0.028, 0), (0.028, 0.012), (0.016, 0.016), (0.0, 0.016)], 16)
        .turned("x", 90)
        .moved(0, rim + 0.26, back + 0.012)
    )
    tip = lathe([(0.0, 0), (0.013, 0), (0.017, 0.004), (0.017, 0.024), (0.014, 0.028)], 12)
    model.add("spout", [neck, rose, tip.turned("x", 35).moved(0, rim + 0.176, back + 0.223)], "steel", "steel")
    eye = slab((0.040, 0.008, 0.030), 0.006, 0.002).turned("x", 90).moved(0, rim + 0.15, back + 0.012)
    model.add("sensor", eye, "satin", "black")
    model.add("sensor", button(0.004, 0.002).moved(0.010, rim + 0.15, back + 0.020), "glow", "red", occluded=False)
    x = width / 2 - 0.10
    pump = slab((0.085, 0.075, 0.200), 0.012, 0.006, 4).turned("x", 90).moved(x, rim + 0.34, back + 0.012)
    model.add("soap", pump, "satin", "white", longest=0.08)
    model.add("soap", box((0.050, 0.050, 0.003), (x, rim + 0.37, back + 0.0885), 0.001), "satin", "accent")
    spout = lathe([(0.006, 0), (0.008, 0.02), (0.008, 0.03)], 10).moved(x, rim + 0.212, back + 0.05)
    model.add("soap", spout, "satin", "dark")
    soap: Wording = {"cy": "Sebon", "en": "Soap"}
    put_sign(model, "soap", "label", soap, 0.009, (x, rim + 0.305, back + 0.087), size=(0.06, 0.034))
    wash: Wording = {"cy": "Golchwch am 30 eiliad|ewinedd hyd y penelin", "en": "Wash for 30 seconds|nails to elbows"}
    put_sign(model, "splashback", "must", wash, 0.012, (-0.07, high - 0.065, back + 0.013))
    return model


@makes("hand-dryer")
def hand_dryer(spec: Spec) -> Model:
    """A wall dryer with a HEPA filter: hands go down between two lips."""
    model = Model("hand-dryer", reach=0.12)
    width, height, depth = spec.size
    back, front = -depth / 2, depth / 2
    outline = [
        (back, 0.02),
        (back + 0.05, 0.0),
        (front - 0.09, 0.0),
        (front - 0.02, 0.10),
        (front, height - 0.16),
        (front - 0.03, height - 0.10),
        (back, height - 0.10),
    ]
    model.add("body", prism(outline, -width / 2, width / 2, 0.014), "satin", "white", longest=0.09)
    rear = slab((width, 0.085, 0.14), 0.02, 0.008).turned("x", 90).moved(0, height - 0.07, back)
    model.add("body", rear, "satin", "white", longest=0.09)
    model.add("slot", box((width - 0.05, 0.006, 0.075), (0, height - 0.0975, front - 0.105), 0.001), "matt", "black")
    model.add(
        "slot",
        box((width - 0.05, 0.004, 0.006), (0, height - 0.094, front - 0.066), 0.001),
        "glow",
        "accent",
        occluded=False,
    )
    model.add("filter", box((width - 0.10, 0.030, 0.012), (0, 0.045, front - 0.052), 0.003).moved(), "satin", "mid")
    words: Wording = {"cy": "Aer HEPA", "en": "HEPA air"}
    put_sign(model, "body", "label", words, 0.010, (0, height * 0.55, front - 0.004), tilt=2, size=(0.10, 0.044))
    return model


@makes("locker-bank")
def locker_bank(spec: Spec) -> Model:
    """Lockers with a sloping top that gathers no dust, vents, locks and numbers; two tiers of three."""
    model, d = Model("locker-bank", reach=0.35, floor=True), spec.dimension
    width, height, depth = spec.size
    front, foot = depth / 2, d("plinth")
    body = height - d("slope")
    model.add(
        "body",
        box((width, body - foot, depth - 0.022), (0, (body + foot) / 2, -0.011), 0.004),
        "satin",
        "grey",
        longest=0.35,
    )
    model.add(
        "plinth", box((width - 0.04, foot, depth - 0.06), (0, foot / 2, -0.01), 0.003), "steel", "steel", longest=0.3
    )
    top = [(-depth / 2, body), (front - 0.022, body), (front - 0.022, body + 0.03), (-depth / 2, height)]
    model.add("top", prism(top, -width / 2, width / 2, 0.003), "satin", "grey", longest=0.30)
    pitch, tall = width / 3, (body - foot) / 2
    for n in range(6):
        x, y = (n % 3 - 1) * pitch, foot + (1.5 - n // 3) * tall
        leaf = slab((pitch - 0.006, 0.020, tall - 0.006), 0.004, 0.002, 1).turned("x", 90).moved(x, y, front - 0.021)
        model.add("doors", leaf, "satin", "white", longest=0.45)
        slots = [brick((0.12, 0.005, 0.0008), (x, y + tall * 0.36 - k * 0.016, front - 0.0008)) for k in range(5)]
        model.add("doors", slots, "matt", "dark", occluded=False)
        lock = lathe([(0.011, 0), (0.011, 0.009), (0, 0.009)], 8).turned("x", 90)
        model.add("locks", lock.moved(x + pitch * 0.36, y, front - 0.009), "steel", "steel_dark", occluded=False)
        model.add(
            "locks",
            handle(0.075, 0.005, 0.0035, segments=5).moved(x + pitch * 0.36, y - 0.075, front - 0.0085),
            "steel",
            "steel",
            occluded=False,
        )
        number: Wording = {"cy": f"{n + 1:02d}", "en": f"{n + 1:02d}"}
        put_sign(model, "doors", "name", number, 0.018, (x, y + tall * 0.22, front - 0.0022), size=(0.055, 0.034))
    left: Wording = {"cy": "Oriawr, ffôn a gemwaith yma", "en": "Watch, phone and jewellery here"}
    put_sign(model, "top", "must", left, 0.022, (0, body + 0.1165, -0.010), tilt=70.4, size=(0.74, 0.12))
    return model


@makes("mirror")
def mirror(spec: Spec) -> Model:
    """A mirror as tall as a person in a steel frame, with what is to be checked in it."""
    model = Model("mirror", reach=0.03)
    width, height, depth = spec.size
    back, bar = -depth / 2, 0.022
    glass = flat(width - 2 * bar, height - 2 * bar, 4, 12).moved(0, height / 2, back + 0.014)
    model.add("glass", glass, "mirror", "mirror", occluded=False)
    for s in (-1, 1):
        model.add(
            "frame", box((bar, height, depth), (s * (width / 2 - bar / 2), height / 2, 0), 0.003), "steel", "steel"
        )
        y = height / 2 + s * (height / 2 - bar / 2)
        model.add("frame", box((width - 2 * bar, bar, depth), (0, y, 0), 0.003), "steel", "steel")
    model.add("frame", box((width - 0.01, height - 0.01, 0.010), (0, height / 2, back + 0.006), 0.001), "satin", "mid")
    words: Wording = {"cy": "Dim croen, dim gwallt, dim bylchau", "en": "No skin, no hair, no gaps"}
    put_sign(model, "notice", "name", words, 0.016, (0, 0.085, back + 0.0145), size=(width - 0.09, 0.080))
    return model


@makes("garment-rack")
def garment_rack(spec: Spec) -> Model:
    """Wire shelves of steel with sterile garments in sealed packs, sorted by size."""
    model, d = Model("garment-rack", reach=0.25, floor=True), spec.dimension
    width, height, depth = spec.size
    x, z, post = width / 2 - 0.0140, depth / 2 - 0.0140, 0.0125
    posts = [tube([(px, 0.030, pz), (px, height - 0.004, pz)], post, 10) for px, pz in corners(2 * x, 2 * z)]
    model.add("frame", posts, "steel", "steel")
    caps = [
        lathe([(0.014, 0), (0.013, 0.004), (0, 0.004)], 10).moved(px, height - 0.004, pz)
        for px, pz in corners(2 * x, 2 * z)
    ]
    model.add("frame", caps, "satin", "dark")
    model.add("frame", feet(corners(2 * x, 2 * z), 0.012, 0.034), "satin", "mid")
    names = (
        "Cwfl a mwgwd|Hood and mask",
        "Oferol S M|Coverall S M",
        "Oferol L XL|Coverall L XL",
        "Gorfotiau|Overboots",
    )
    for level, y in enumerate(spec.surfaces[f"shelf-{n}"].y for n in range(1, 5)):
        wires = [tube([(-x, y - 0.004, s * z), (x, y - 0.004, s * z)], 0.004, 6) for s in (-1, 1)]
        wires += [tube([(-x, y - 0.030, s * z), (x, y - 0.030, s * z)], 0.004, 6) for s in (-1, 1)]
        wires += [tube([(s * x, y - 0.016, -z), (s * x, y - 0.016, z)], 0.005, 6) for s in (-1, 1)]
        wires += [brick((0.003, 0.003, 2 * z), (w, y - 0.002, 0)) for w in np.linspace(-x + 0.04, x - 0.04, 18)]
        model.add("shelves", wires, "steel", "steel")
        cy, en = names[3 - level].split("|")
        put_sign(model, "labels", "label", {"cy": cy, "en": en}, 0.012, (0, y - 0.018, z + 0.006), size=(0.30, 0.040))
        _packs(model, level, y, width, depth, d("pack"))
    return model


def _packs(model: Model, level: int, y: float, width: float, depth: float, long: float) -> None:
    """Two stacks of sealed packs at each of three places; the film shows a folded garment and a size label."""
    for place in range(3):
        count = (2, 3, 2, 3)[(level + place) % 4]
        for n in range(count):
            x, high = (place - 1) * (width - 0.10) / 3, 0.050
            lean = ((level * 7 + place * 3 + n * 5) % 5 - 2) * 1.2
            at = (x, y + n * (high + 0.002), 0.0)
            model.add("packs", _pillow((long, high, depth - 0.16)).turned("y", lean).moved(*at), "satin", "coverall")
            for s in (-1, 1):
                seal = brick((long + 0.02, 0.002, 0.024), (0, high * 0.42, s * (depth / 2 - 0.068)))
                model.add("packs", seal.turned("y", lean).moved(*at), "satin", "seal")
            band = brick((0.090, 0.0012, 0.060), (0.05, high + 0.0005, 0.03)).turned("y", lean).moved(*at)
            tag = brick((0.070, 0.030, 0.0012), (0.0, high * 0.5, depth / 2 - 0.0745)).turned("y", lean).moved(*at)
            model.add("packs", [band, tag], "matt", "paper", occluded=False)


def _pillow(size: tuple[float, float, float]) -> Mesh:
    """A soft flat bag, its base at y = 0."""
    width, height, depth = size
    steps = ((0.80, 0.0), (0.97, 0.22), (1.0, 0.5), (0.95, 0.82), (0.78, 1.0))
    return loft([rectangle(width * share, depth * share, 0.05, 1) + up(height * rise) for share, rise in steps])
