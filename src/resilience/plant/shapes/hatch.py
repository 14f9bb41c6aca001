"""Pass-through hatch: a steel chamber in the wall behind a glazed door, with its interlock's lamps."""

from __future__ import annotations

from resilience.plant.facts import Wording
from resilience.plant.shapes.mesh import Mesh, box, join, lathe, sheet
from resilience.plant.shapes.model import Model, makes
from resilience.plant.shapes.parts import flat, frame
from resilience.plant.shapes.signs import put_sign
from resilience.plant.specs import Spec


@makes("pass-hatch", loose=("leaf",))
def pass_hatch(spec: Spec) -> Model:
    model, d = Model("pass-hatch", reach=0.25), spec.dimension
    side, deep, inner = d("side"), d("chamber_depth"), d("chamber")
    y = spec.size[1] / 2
    lining = (
        flat(inner, inner, 4, 4).moved(z=-deep),
        flat(deep, inner, 4, 4).turned("y", 90).moved(-inner / 2, 0, -deep / 2),
        flat(deep, inner, 4, 4).turned("y", -90).moved(inner / 2, 0, -deep / 2),
        flat(inner, deep, 4, 4).turned("x", -90).moved(0, -inner / 2, -deep / 2),
        flat(inner, deep, 4, 4).turned("x", 90).moved(0, inner / 2, -deep / 2),
    )
    model.add("chamber", [part.moved(y=y) for part in lining], "steel", "steel")
    far = box((inner - 0.16, inner - 0.16, 0.004), (0, y, -deep + 0.004), 0.001)
    model.add("chamber", far, "glass", "pane", 0.25)
    rim = frame(inner - 0.10, inner - 0.10, 0.030, 0.006).turned("x", 90).moved(0, y, -deep + 0.004)
    model.add("chamber", rim, "satin", "white")
    lamp = sheet(0.30, 0.06).turned("x", 90).moved(0, y + inner / 2 - 0.004, -deep / 2)
    model.add("chamber", Mesh(lamp.points, lamp.faces), "glow", "lamp", occluded=False)
    outer = frame(side + 0.05, side + 0.05, 0.060, 0.024).turned("x", 90).moved(0, y, 0.010)
    model.add("frame", outer, "steel", "steel")
    inside = frame(side - 0.05, side - 0.05, 0.040, 0.022).turned("x", 90).moved(0, y, 0.024)
    model.add("leaf", inside, "satin", "white")
    model.add("leaf", box((side - 0.12, side - 0.12, 0.006), (0, y, 0.022), 0.001), "glass", "pane", 0.18)
    bar = [(0.0, -0.06), (0.008, -0.06), (0.009, -0.05), (0.009, 0.05), (0.008, 0.06), (0.0, 0.06)]
    grip = lathe(bar, 12).moved(side / 2 - 0.045, y, 0.062)
    stubs = [box((0.010, 0.010, 0.034), (side / 2 - 0.045, y + dy, 0.046), 0.002) for dy in (-0.045, 0.045)]
    model.add("handle", join([grip, *stubs]), "steel", "steel_dark")
    for n, colour in enumerate(("red_off", "green")):
        dot = lathe([(0.009, 0), (0.008, 0.003), (0, 0.005)], 14).turned("x", 90)
        model.add("lamp", dot.moved(-0.22 + n * 0.03, y + side / 2 - 0.005, 0.022), "satin", colour, occluded=False)
    words: Wording = {"cy": "Un drws ar y tro", "en": "One door at a time"}
    put_sign(model, "frame", "label", words, 0.008, (0.10, y + side / 2 - 0.005, 0.022), size=(0.16, 0.036))
    return model
