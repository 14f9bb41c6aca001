"""Heads and places on vessels; what the vessels of the hall hold is what their names say."""

from __future__ import annotations

from itertools import pairwise
from math import pi

import pytest

from resilience.plant import Spec, load
from resilience.plant.shapes.vessels import between, dished, on_circle, on_head, outwards

LITRE = 0.001


def held(profile: list[tuple[float, float]]) -> float:
    """Volume inside a turned outline (radius, height), m3."""
    return abs(sum(pi * (a * a + a * b + b * b) / 3 * (y1 - y0) for (a, y0), (b, y1) in pairwise(profile)))


def inside(spec: Spec, radius: float) -> float:
    """Straight side and two elliptical heads, m3."""
    low, high = spec.dimension("lower_tangent"), spec.dimension("upper_tangent")
    return pi * radius**2 * (high - low) + 2 * (2 / 3) * pi * radius**2 * (radius / 2)


def test_a_head_runs_from_its_tangent_line_to_its_pole() -> None:
    outline = dished(0.6, 2.0, 0.3, 40)
    assert outline[0] == pytest.approx((0.6, 2.0))
    assert outline[-1] == pytest.approx((0.0, 2.3))
    assert held(outline) == pytest.approx(2 / 3 * pi * 0.6**2 * 0.3, rel=0.002)  # half an ellipsoid


def test_places_on_a_head_lie_on_it() -> None:
    x, y, z = on_head(30, 0.36, 0.6, 2.0, 0.3)
    assert (x**2 + z**2) ** 0.5 == pytest.approx(0.36)
    assert (0.36 / 0.6) ** 2 + ((y - 2.0) / 0.3) ** 2 == pytest.approx(1.0)


def test_angles_run_from_the_front_to_the_right() -> None:
    assert on_circle(0, 1, 0) == pytest.approx((0, 0, 1))
    assert on_circle(90, 1, 0) == pytest.approx((1, 0, 0))
    assert outwards(90) == pytest.approx((1, 0, 0))
    assert outwards(0, 90) == pytest.approx((0, 1, 0), abs=1e-9)


def test_heights_are_even_and_no_farther_apart_than_asked() -> None:
    heights = between(0.0, 1.0, 0.3)
    assert heights[0] == 0.0
    assert heights[-1] == 1.0
    assert max(b - a for a, b in pairwise(heights)) <= 0.3


def test_the_steel_bioreactor_holds_its_working_volume_with_head_space() -> None:
    spec = load("bioreactor-2000")
    whole = inside(spec, spec.dimension("inner_diameter") / 2) / LITRE
    assert 2000 / 0.85 < whole < 2000 / 0.70  # filled to 70 to 85 % of the whole


def test_the_single_use_bag_holds_what_is_said_of_its_liquid() -> None:
    spec = load("single-use-bioreactor-50")
    assert spec.liquid is not None
    radius, tall = spec.dimension("bag_diameter") / 2, spec.dimension("holder_high") - spec.dimension("holder_low")
    holds = pi * radius**2 * tall / LITRE
    assert holds > spec.liquid.brimful_ml / 1000
    assert spec.liquid.full_ml == 50_000


def test_the_mobile_tank_holds_two_hundred_litres() -> None:
    spec = load("mobile-tank")
    assert inside(spec, spec.dimension("shell_diameter") / 2) / LITRE >= 200


def test_the_retentate_tank_holds_seventy_litres() -> None:
    spec = load("ufdf-skid")
    radius = spec.dimension("tank_diameter") / 2
    cone = pi * radius**2 * spec.dimension("cone") / 3
    assert (cone + pi * radius**2 * (spec.dimension("tank_high") - spec.dimension("tank_low"))) / LITRE >= 70


@pytest.mark.parametrize(("kind", "millilitres"), [("column-5ml", 5.025), ("column-300", 14_137)])
def test_beds_have_the_volume_of_their_source(kind: str, millilitres: float) -> None:
    spec = load(kind)
    bed = pi * (spec.dimension("bore") / 2) ** 2 * spec.dimension("bed_height") * 1e6
    assert bed == pytest.approx(millilitres, rel=0.005)
