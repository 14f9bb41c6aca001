"""Vial, stopper, foil, stopper bowl and product bottle: turned shapes."""

from __future__ import annotations

import numpy as np

from resilience.plant.shapes.mesh import Mesh, lathe, wrap_label
from resilience.plant.shapes.model import Model, makes
from resilience.plant.specs import Spec

SIDES = 12  # of a vial: a room shows dozens


@makes("vial", loose=("foil", "stopper", "crimp"))
def vial(spec: Spec) -> Model:
    model, d = Model("vial", reach=0.02), spec.dimension
    wall, neck, waist, mouth = d("body_diameter") / 2, d("neck_diameter") / 2, d("neck_waist") / 2, d("mouth") / 2
    top, lip = d("height"), d("height") - d("lip_height")
    shoulder = d("body_height")
    model.add("body", lathe([(wall, 0.0), (wall, shoulder), (waist, shoulder + 0.005)], SIDES), "glass", "clear", 0.30)
    rim = lathe([(waist, shoulder + 0.005), (waist, lip), (neck, lip), (neck, top), (mouth, top)], SIDES)
    model.add("neck", rim, "glass", "clear", 0.42)
    base, level = 0.001, d("liquid_height")
    inner = wall - d("wall")
    model.add("liquid", lathe([(inner, base), (inner, base + level), (0, base + level)], 8), "liquid", "water", 0.55)
    model.add(
        "label",
        wrap_label(wall + 0.0002, 0.004, 0.004 + d("label_height"), 8, 240.0),
        "screen",
        "paper",
        occluded=False,
    )
    foil_top, foil = top + 0.0006, d("foil_diameter") / 2
    cap = lathe([(foil, foil_top - d("foil_skirt")), (neck + 0.0006, foil_top), (0, foil_top)], SIDES)
    model.add("foil", _crumpled(cap, foil, 0.0006), "steel", "aluminium", crease=55)
    flange, flange_top = d("stopper_flange") / 2, top + d("stopper_flange_height")
    model.add("stopper", lathe([(flange, top), (flange, flange_top), (0, flange_top)], 10), "matt", "bromobutyl")
    crimp, crimp_top = d("crimp_diameter") / 2, spec.size[1]
    shell = lathe([(crimp, crimp_top - d("crimp_height")), (crimp, crimp_top - 0.0003), (0.0042, crimp_top)], 10)
    model.add("crimp", shell, "steel", "aluminium")
    return model


def _crumpled(shape: Mesh, radius: float, depth: float) -> Mesh:
    """The free edge of a foil, pressed in between the four quarters (which keep the outer size)."""
    points = shape.points.copy()
    angle = np.arctan2(points[:, 0], points[:, 2])
    edge = np.hypot(points[:, 0], points[:, 2]) > radius - 1e-4
    press = 1 - depth / radius * np.abs(np.sin(2 * angle)) ** 0.5 * (1.4 + np.sin(5 * angle))
    points[edge, 0] *= press[edge]
    points[edge, 2] *= press[edge]
    return Mesh(points, shape.faces)


@makes("foil")
def foil(spec: Spec) -> Model:
    """A foil taken off: a dented dish lying on its side."""
    model = Model("foil", reach=0.01)
    cap = lathe([(0.013, 0.0), (0.0118, 0.006), (0.0095, 0.0115), (0.0, 0.012)], 10)
    points = cap.points.copy()
    angle = np.arctan2(points[:, 0], points[:, 2])
    points[:, 1] += 0.0022 * np.sin(3 * angle + 1) * (points[:, 1] < 0.011)
    points[:, 0] *= 1 + 0.12 * np.sin(2 * angle)
    low, high = points.min(axis=0), points.max(axis=0)
    points = (points - (low + high) / 2) * (np.asarray(spec.size) / (high - low))
    points[:, 1] += spec.size[1] / 2
    dish = Mesh(points, cap.faces)
    lining = Mesh(points * [0.97, 0.97, 0.97], cap.faces[:, ::-1])
    model.add("outer", [dish, lining], "steel", "aluminium", crease=18)
    return model


@makes("stopper")
def stopper(spec: Spec) -> Model:
    """Standing on its plug, flange up: as it lies in the bowl and enters the neck."""
    model, d = Model("stopper", reach=0.008), spec.dimension
    plug, flange, step, top = d("plug_diameter") / 2, d("flange_diameter") / 2, d("plug_height"), spec.size[1]
    outline = [(0, 0), (plug - 0.001, 0), (plug, 0.0015), (plug, step), (flange, step), (flange, top - 0.0006)]
    outline += [(flange - 0.0006, top), (0.003, top), (0, top - 0.0003)]
    model.add("body", lathe(outline, 16), "matt", "bromobutyl")
    return model


@makes("stopper-bowl", loose=("lid",))
def stopper_bowl(spec: Spec) -> Model:
    model, d = Model("stopper-bowl", reach=0.05), spec.dimension
    rim, base, height, wall = d("rim_diameter") / 2, d("base_diameter") / 2, d("height"), d("wall")
    outer = [
        (0, 0.002),
        (base - 0.006, 0.002),
        (base - 0.005, 0),
        (base - 0.002, 0),
        (base, 0.003),
        (rim - 0.004, height - 0.003),
    ]
    outer += [
        (rim, height - 0.002),
        (rim, height),
        (rim - 0.005, height),
        (base - wall, 0.0045),
        (base - 0.006, 0.0038),
        (0, 0.0038),
    ]
    model.add("body", lathe(outer, 32), "satin", "film")
    lid = [(rim - 0.0005, height + 0.0002), (rim - 0.0005, height + 0.001), (rim - 0.006, height + 0.001)]
    lid += [(rim - 0.007, height + 0.0004), (0.03, height + 0.0004), (0.028, spec.size[1]), (0, spec.size[1])]
    model.add("lid", lathe(lid, 32), "matt", "tyvek")
    return model


@makes("bottle")
def bottle(spec: Spec) -> Model:
    model, d = Model("bottle", reach=0.02), spec.dimension
    wall, neck, waist, top = d("body_diameter") / 2, d("neck_diameter") / 2, d("neck_waist") / 2, d("height")
    glass = [(0, 0.002), (wall - 0.006, 0), (wall - 0.002, 0.0004), (wall, 0.003), (wall, d("shoulder") - 0.004)]
    glass += [(wall - 0.0018, d("shoulder") + 0.001), (wall - 0.007, d("shoulder") + 0.0052), (waist + 0.002, 0.0585)]
    glass += [(waist, 0.060)]
    model.add("body", lathe(glass, 28), "glass", "clear", 0.32)
    model.add(
        "neck",
        lathe([(waist, 0.060), (waist, top - 0.006), (neck, top - 0.0052), (neck, top)], 24),
        "glass",
        "clear",
        0.5,
    )
    crimp, end = d("crimp_diameter") / 2, spec.size[1]
    hole = d("septum_diameter") / 2
    skirt = [
        (crimp - 0.0004, end - d("crimp_height")),
        (crimp, end - d("crimp_height") + 0.0008),
        (crimp, end - 0.0012),
    ]
    skirt += [(crimp - 0.001, end - 0.0002), (hole + 0.0006, end), (hole, end - 0.0003)]
    model.add("neck", lathe(skirt, 28), "steel", "aluminium")
    model.add(
        "septum",
        lathe([(hole + 0.0004, end - 0.0005), (hole - 0.001, end - 0.0003), (0, end - 0.0003)], 16),
        "matt",
        "bromobutyl",
    )
    inner, base = wall - d("wall"), 0.003
    full = base + d("liquid_height")
    fluid = [(0, base), (inner - 0.003, base), (inner, base + 0.003), (inner, full), (0, full)]
    model.add("liquid", lathe(fluid, 24), "liquid", "water", 0.55)
    model.add(
        "label",
        wrap_label(wall + 0.0003, 0.008, 0.008 + d("label_height"), 20, 20 * 360 / 28),
        "screen",
        "paper",
        occluded=False,
    )
    return model
