"""Liquids and what air cuts off."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from resilience.twins.chromatography import numbers
from resilience.twins.chromatography.column import Air, Column, Mesh
from resilience.twins.chromatography.state import Liquid, cut_off, liquids
from tests.twins.chromatography import columns


def column(air: float) -> Column:
    return Column(columns.PROTEIN_A_BED, columns.PROTEIN_A_BEADS, columns.PROTEIN_A, Mesh(10, 2), 1, Air(air, 0.01))


@pytest.mark.parametrize("shares", [(0.0, 0.2, 0.1, 0.0), (0.0, 0.5, 0.05), (0.0, 0.1, 0.3, 0.3)])
def test_air_that_comes_and_goes_keeps_what_the_liquid_carries(shares: tuple[float, ...]) -> None:
    state = column(0.0).empty(np.array([7.2]))
    column(0.0).advance(state, 120.0, columns.FLOW, np.array([0.3, 4.0]), np.zeros(2))
    porosity, pores = 0.31, 0.69 * 0.95
    for before, after in pairwise(shares):
        held = column(before).content(state)
        cut_off(state, porosity, pores, before, after)
        assert column(after).content(state) == pytest.approx(held, rel=1e-12)
        column(after).advance(state, 20.0, columns.FLOW, np.array([0.0, 7.0]), np.zeros(2))


def test_a_mixture_lies_between_its_liquids() -> None:
    one, other = Liquid(10.0, 7.0, 13.0, 1.0), Liquid(0.0, 3.0, 3.0)
    assert one.towards(other, 0.0) == one
    assert one.towards(other, 1.0) == other
    assert one.towards(other, 0.25) == Liquid(7.5, 6.0, 10.5, 0.75)
    assert one.inlet(150.0) == pytest.approx([10.0 / 150.0, 7.0, 13.0, 1.0])


def test_feed_and_buffers_are_those_of_the_file() -> None:
    made = liquids(numbers.skid())
    assert made["feed"] == Liquid(10.0, 7.2, 13.0, 1.0)
    assert made["elute"].ph == 3.5
    assert all(liquid.protein == 0.0 for name, liquid in made.items() if name != "feed")
