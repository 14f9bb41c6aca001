"""Interlocked cleanroom door: flush leaf with vision panel, kick plate, push pad and closer, lamp above."""

from __future__ import annotations

import numpy as np

from resilience.plant.shapes.mesh import Mesh, box, join, lathe, slab
from resilience.plant.shapes.model import Model, makes
from resilience.plant.shapes.solids import Axis, block, eased, tessellated
from resilience.plant.shapes.sweep import tube
from resilience.plant.specs import Spec


@makes("door")
def door(spec: Spec) -> Model:
    model, d = Model("door", reach=0.20), spec.dimension
    width, height, depth = spec.size
    leaf_w, leaf_h, thick = d("leaf_width"), d("leaf_height"), d("leaf_thickness")
    side = (width - leaf_w) / 2
    for s in (-1, 1):
        post = box(
            (side - 0.002, height, 0.110), (s * (width / 2 - (side - 0.002) / 2), height / 2, -depth / 2 + 0.055), 0.004
        )
        model.add("frame", post, "satin", "grey", longest=0.25)
    model.add(
        "frame",
        box((leaf_w, height - leaf_h - 0.003, 0.110), (0, (height + leaf_h + 0.003) / 2, -depth / 2 + 0.055), 0.004),
        "satin",
        "grey",
        longest=0.25,
    )
    face = 0.018
    middle = face - thick / 2
    vision = (d("vision_width"), d("vision_height"))
    centre = (0.0, 1.45)
    leaf = _around(leaf_w - 0.008, (0.010, leaf_h - 0.004), vision, centre, thick)
    model.add("leaf", [part.moved(z=middle) for part in leaf], "satin", "white", longest=0.16)
    model.add(
        "leaf",
        box((vision[0] + 0.004, vision[1] + 0.004, 0.006), (*centre, face - 0.004), 0.001),
        "glass",
        "pane",
        0.20,
    )
    ring = eased(block((vision[0] + 0.036, vision[1] + 0.036, 0.006), (*centre, face + 0.001)), 0.045, Axis.Z)
    ring -= eased(block((vision[0], vision[1], 0.05), (*centre, face)), 0.03, Axis.Z)
    model.add("leaf", tessellated(ring, 0.0008, 0.5), "steel", "steel", occluded=False)
    kick = (
        slab((leaf_w - 0.05, 0.0022, d("kick_height")), 0.006, 0.0008)
        .turned("x", 90)
        .moved(0, 0.02 + d("kick_height") / 2, face)
    )
    model.add("leaf", kick, "steel", "steel", longest=0.15)
    pad = spec.controls["push-pad"].at
    plate = slab((0.100, 0.0022, 0.300), 0.010, 0.0008).turned("x", 90).moved(pad[0], pad[1], face)
    model.add("push-pad", plate, "steel", "steel", longest=0.08)
    handle = tube(
        [
            (pad[0], pad[1] - 0.10, face),
            (pad[0], pad[1] - 0.10, face + 0.045),
            (pad[0], pad[1] + 0.10, face + 0.045),
            (pad[0], pad[1] + 0.10, face),
        ],
        0.010,
        12,
        0.022,
    )
    model.add("push-pad", handle, "steel", "steel", occluded=False)
    _closer(model, leaf_w, leaf_h, face, depth)
    for y in (0.25, 1.05, 1.90):
        hinge = lathe([(0.0, -0.05), (0.009, -0.05), (0.009, 0.05), (0.0, 0.05)], 12).moved(
            -leaf_w / 2, y, face + 0.004
        )
        model.add("frame", hinge, "steel", "steel")
    seal = box((leaf_w - 0.02, 0.010, 0.020), (0, 0.006, middle), 0.002)
    model.add("leaf", seal, "matt", "rubber")
    lamp_at = (width / 2 - side - 0.10, height - (height - leaf_h) / 2, -depth / 2 + 0.110)
    model.add("frame", slab((0.110, 0.004, 0.044), 0.010, 0.001).turned("x", 90).moved(*lamp_at), "satin", "dark")
    for n, colour in enumerate(("red_off", "green")):
        dot = (
            lathe([(0.013, 0), (0.012, 0.004), (0.007, 0.008), (0, 0.009)], 16)
            .turned("x", 90)
            .moved(lamp_at[0] + (n - 0.5) * 0.046, lamp_at[1], lamp_at[2] + 0.004)
        )
        model.add("lamp", dot, "satin", colour, occluded=False)
    return model


def _around(
    width: float, heights: tuple[float, float], opening: tuple[float, float], centre: tuple[float, float], thick: float
) -> list[Mesh]:
    """A leaf of four boards round an opening: regular faces shade evenly."""
    low, high = heights
    x, y = opening[0] / 2, opening[1] / 2
    below, above = centre[1] - y, centre[1] + y
    side = (width / 2 - x) / 2
    return [
        box((width, below - low, thick), (0, (low + below) / 2, 0), 0.0005),
        box((width, high - above, thick), (0, (high + above) / 2, 0), 0.0005),
        box((2 * side, 2 * y, thick), (x + side, centre[1], 0), 0.0005),
        box((2 * side, 2 * y, thick), (-x - side, centre[1], 0), 0.0005),
    ]


def _closer(model: Model, leaf_w: float, leaf_h: float, face: float, depth: float) -> None:
    """Overhead closer: body on the leaf, elbow arm to the frame."""
    body = eased(block((0.260, 0.052, 0.040), (-leaf_w / 2 + 0.20, leaf_h - 0.055, face + 0.020)), 0.008)
    model.add("leaf", tessellated(body, 0.0008, 0.5), "satin", "grey", occluded=False)
    hub = lathe([(0.014, 0), (0.014, 0.010), (0.011, 0.013), (0, 0.013)], 14).moved(
        -leaf_w / 2 + 0.14, leaf_h - 0.029, face + 0.020
    )
    reach = depth / 2 - 0.006
    near, far = (
        np.array([-leaf_w / 2 + 0.14, leaf_h - 0.018, face + 0.020]),
        np.array([-leaf_w / 2 + 0.36, leaf_h - 0.018, reach]),
    )
    shoe = np.array([-leaf_w / 2 + 0.50, leaf_h + 0.014, 0.034])
    arms = [tube([near, far], 0.006, 8), tube([far, shoe], 0.006, 8)]
    bracket = box((0.070, 0.030, 0.012), (shoe[0], leaf_h + 0.020, 0.034), 0.003)
    model.add("leaf", join([hub, *arms, bracket]), "steel", "steel_dark", occluded=False)
