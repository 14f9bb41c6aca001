"""The operator's desk of the distributed control system: three screens, keyboard, mouse, alarm lamp, phone."""

from __future__ import annotations

import numpy as np

from resilience.plant.shapes.instruments_process import cable, flat, stack_light
from resilience.plant.shapes.mesh import Mesh, box, join, lathe, prism, sheet, slab
from resilience.plant.shapes.model import Model, makes
from resilience.plant.shapes.piping import Assembly, brick, disc, placed, put
from resilience.plant.shapes.sweep import tube
from resilience.plant.specs import Spec

KEYS = ((13, -0.048), (13, -0.028), (12, -0.008), (11, 0.012))  # keys of a row, z of the row


@makes("dcs-desk")
def dcs_desk(spec: Spec) -> Model:
    model, d = Assembly("dcs-desk", reach=0.25, strength=0.75, floor=True), spec.dimension
    top, width, deep = d("height"), d("width"), d("depth")
    board = slab((width, 0.030, deep), 0.02, 0.003, 3).moved(y=top - 0.030)
    model.add("desk", board, "satin", "wall", longest=0.6)
    for s in (-1, 1):
        x = s * (width / 2 - 0.10)
        leg = box((0.08, top - 0.06, 0.10), (x, top / 2, -0.05), 0.006)
        foot = box((0.08, 0.030, deep - 0.08), (x, 0.015, 0), 0.006)
        model.add("desk", [leg, foot], "satin", "grey")
    modesty = box((width - 0.30, 0.34, 0.016), (0, top - 0.24, -0.14), 0.003)
    model.add("desk", modesty, "satin", "grey")
    rail = box((width - 0.24, 0.050, 0.045), (0, top + 0.25, -deep / 2 + 0.055), 0.004)
    posts = [box((0.045, 0.26, 0.045), (x, top + 0.13, -deep / 2 + 0.055), 0.004) for x in (-width / 4, width / 4)]
    model.add("desk", [rail, *posts], "satin", "grey")
    _screens(model, spec)
    _keyboard(model, spec, top)
    phone_at = spec.points["phone"]
    _phone(model, phone_at)
    lamp = spec.points["alarm-lamp"]
    put(model, "alarm-lamp", stack_light(0.34), lamp)
    mute = lathe([(0.030, 0.0), (0.030, 0.014), (0.022, 0.016), (0.022, 0.026), (0, 0.027)], 12)
    at = spec.controls["alarm-acknowledge"].at
    model.add("acknowledge-button", mute.moved(at[0], top, at[2]), "satin", "amber")
    pc = box((0.19, 0.42, 0.44), (-width / 2 + 0.30, 0.27, -0.04), 0.006)
    model.add("workstation", pc, "satin", "dark")
    model.add(
        "workstation", disc(0.006, 0, 0.002, 8).turned("x", 90).moved(-width / 2 + 0.25, 0.44, 0.181), "glow", "green"
    )
    return model


def _screens(model: Model, spec: Spec) -> None:
    """Three flat screens in a shallow arc, each on an arm of the rail; the outer two turned towards the operator."""
    size, d = spec.screens["screen-middle"].size, spec.dimension
    for part, side in (("screen-left", -1), ("screen-middle", 0), ("screen-right", 1)):
        turn = np.radians(-22.0 * side)
        at = np.array(spec.points[part])
        facing = np.array([np.sin(turn), 0.06, np.cos(turn)])
        facing /= np.linalg.norm(facing)
        up = np.cross(facing, np.cross((0.0, 1.0, 0.0), facing))
        case = box((size[0] + 0.022, size[1] + 0.024, 0.030), (0, -0.002, -0.017), 0.004)
        model.add("monitors", placed(case, at, up, facing), "satin", "dark")
        hub = box((0.13, 0.13, 0.03), (0, 0, -0.046), 0.006)
        model.add("monitors", placed(hub, at, up, facing), "satin", "dark")
        model.add(part, placed(sheet(*size), at, up, facing), "screen", "black", occluded=False)
        back = at - facing * 0.06
        root = (back[0] * 0.93, d("height") + 0.25, -d("depth") / 2 + 0.055)
        model.add(
            "monitors",
            tube([back, (back[0], back[1], root[2]), (root[0], root[1], root[2])], 0.018, 8, 0.05),
            "satin",
            "grey",
        )


def _keyboard(model: Model, spec: Spec, top: float) -> None:
    x, _, z = spec.points["keyboard"]
    base = prism([(-0.072, 0.002), (0.072, 0.002), (0.072, 0.012), (-0.072, 0.024)], -0.225, 0.225, 0.003)
    model.add("keyboard", base.moved(x, top, z), "satin", "dark")
    keys = []
    for count, row in KEYS:
        lift = 0.0245 - (row + 0.072) / 0.144 * 0.012
        keys += [_key((x - 0.205 + 0.0205 * n + 0.004 * (13 - count), top + lift, z + row)) for n in range(count)]
    keys.append(_key((x - 0.08, top + 0.0160, z + 0.033), 0.110))
    keys += [
        _key((x + 0.150 + 0.0205 * n, top + 0.0228 - 0.0017 * m, z - 0.048 + 0.0205 * m))
        for n in range(3)
        for m in range(4)
    ]
    model.add("keyboard", join(keys), "satin", "grey", occluded=False)
    mouse = box((0.062, 0.034, 0.105), (0, 0.017, 0), 0.014)
    model.add("mouse", mouse.moved(x + 0.34, top, z), "satin", "dark")
    model.add("mouse", brick((0.22, 0.003, 0.20), (x + 0.34, top + 0.0015, z)), "matt", "mid")
    model.add(
        "mouse",
        cable(
            [(x + 0.34, top + 0.012, z - 0.05), (x + 0.33, top + 0.008, z - 0.14), (x + 0.20, top + 0.006, z - 0.26)],
            0.005,
        ),
        "satin",
        "dark",
    )


def _key(at: tuple[float, float, float], wide: float = 0.0165) -> Mesh:
    """The top of a key: its sides are too low to be seen from a chair."""
    return flat(sheet(wide, 0.0165)).turned("x", -86).moved(*at)


def _phone(model: Model, at: tuple[float, float, float]) -> None:
    """A desk phone: wedge with keys and a display, handset across its left, coiled lead."""
    x, y, z = at
    base = prism([(-0.090, 0.0), (0.090, 0.0), (0.090, 0.022), (-0.090, 0.065)], -0.085, 0.085, 0.004)
    model.add("phone", base.moved(x, y, z), "satin", "dark")
    slope = float(np.degrees(np.arctan2(0.043, 0.180)))
    keys = [
        brick((0.014, 0.004, 0.011), (0.005 + 0.022 * n, 0.0, -0.005 + 0.019 * m)) for n in range(3) for m in range(4)
    ]
    model.add("phone", join(keys).turned("x", slope).moved(x, y + 0.045, z), "satin", "grey", occluded=False)
    model.add(
        "phone",
        join([brick((0.074, 0.002, 0.032))]).turned("x", slope).moved(x + 0.03, y + 0.0575, z - 0.052),
        "satin",
        "water",
        occluded=False,
    )
    handset = tube(
        [
            (x - 0.052, y + 0.050, z - 0.078),
            (x - 0.052, y + 0.082, z - 0.060),
            (x - 0.052, y + 0.064, z + 0.055),
            (x - 0.052, y + 0.036, z + 0.076),
        ],
        0.014,
        8,
        0.03,
    )
    cups = [disc(0.024, -0.012, 0.012, 9).moved(x - 0.052, y + h, z + s) for h, s in ((0.056, -0.070), (0.036, 0.068))]
    model.add("phone", [handset, *cups], "satin", "black")
    lead = [(x - 0.07, y + 0.02, z + 0.07)] + [
        (x - 0.10 + 0.006 * np.cos(n * 1.57), y + 0.008 + 0.006 * np.sin(n * 1.57), z + 0.06 - 0.008 * n)
        for n in range(15)
    ]
    model.add("phone", tube(lead[::2], 0.002, 4), "satin", "black")
