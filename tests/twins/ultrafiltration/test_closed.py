"""Closed forms: against scipy's exponential integral and root finding."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.optimize import brentq
from scipy.special import expi

from resilience.twins.errors import BadInput
from resilience.twins.ultrafiltration import closed


@given(st.floats(1e-9, 40.0))
def test_the_exponential_integral_is_that_of_scipy(x: float) -> None:
    assert closed.exponential_integral(x) == pytest.approx(float(expi(x)), rel=1e-12, abs=1e-13)


@given(
    gel=st.floats(150.0, 500.0), start=st.floats(0.1, 60.0), more=st.floats(1.0, 20.0),
    k=st.floats(1.0, 60.0), area=st.floats(0.1, 30.0), protein=st.floats(10.0, 1e5),
)  # fmt: skip
def test_the_time_to_concentrate_is_the_integral_of_its_equation(
    gel: float, start: float, more: float, k: float, area: float, protein: float
) -> None:
    end = min(start * more, 0.9 * gel)
    expected, _ = quad(lambda v: 1.0 / (area * k * math.log(gel * v / protein)), protein / end, protein / start)
    assert closed.concentrating_hours(protein, area, k, gel, start, end) == pytest.approx(expected, rel=1e-7, abs=1e-12)


@given(
    pressure=st.floats(0.01, 5.0), resistance=st.floats(1e-4, 0.1), k=st.floats(1.0, 80.0),
    bulk=st.floats(0.1, 200.0), first=st.just(0.0) | st.floats(1e-8, 1e-3), third=st.just(0.0) | st.floats(1e-13, 1e-7),
)  # fmt: skip
def test_the_osmotic_flux_is_the_root(
    pressure: float, resistance: float, k: float, bulk: float, first: float, third: float
) -> None:
    flux, wall = closed.osmotic_flux(pressure, resistance, k, bulk, (first, 0.0, third))

    def excess(j: float) -> float:
        cw = bulk * math.exp(min(j / k, 600.0))
        return j * resistance + first * cw + third * cw * cw * cw - pressure

    if excess(0.0) >= 0.0:
        assert (flux, wall) == (0.0, bulk)
        return
    expected = brentq(excess, 0.0, pressure / resistance + 1e-9, xtol=1e-13, rtol=1e-14)
    assert flux == pytest.approx(expected, rel=1e-9, abs=1e-9)
    assert wall == pytest.approx(bulk * math.exp(min(flux / k, 600.0)))


@pytest.mark.parametrize(("start", "end"), [(10.0, 5.0), (0.0, 5.0), (10.0, 300.0), (-1.0, 5.0)])
def test_an_order_that_cannot_be_is_refused(start: float, end: float) -> None:
    with pytest.raises(BadInput, match="under a gel layer of 300"):
        closed.concentrating_hours(2000.0, 3.0, 15.0, 300.0, start, end)
