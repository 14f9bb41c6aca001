"""The packed column: its mesh, the steps it takes, what it holds, and when it says that it cannot go on."""

from __future__ import annotations

import math

import numpy as np
import pytest

from resilience.twins.chromatography.column import Air, Bed, Column, Mesh, NoSolution, Tubing
from resilience.twins.errors import BadInput
from tests.twins.chromatography import columns


def packed(mesh: Mesh, tracers: int = 1, air: Air | None = None, tubing: Tubing | None = None) -> Column:
    return Column(columns.PROTEIN_A_BED, columns.PROTEIN_A_BEADS, columns.PROTEIN_A, mesh, tracers, air, tubing)


def test_equal_and_graded_shells_end_at_the_surface() -> None:
    assert Mesh(5, 4).edges(2.0) == pytest.approx([0.0, 0.5, 1.0, 1.5, 2.0])
    assert Mesh(5, 4, graded=True).edges(1.0) == pytest.approx([0.0, 7 / 16, 12 / 16, 15 / 16, 1.0])


@pytest.mark.parametrize(("cells", "shells", "what"), [(4, 3, "cells"), (3000, 3, "cells"), (10, 0, "shells")])
def test_a_mesh_too_small_or_large_is_refused(cells: int, shells: int, what: str) -> None:
    with pytest.raises(BadInput, match=what) as caught:
        Mesh(cells, shells)
    assert "Use" in caught.value.fix


def test_steps_shorten_with_flow_and_with_dispersion() -> None:
    column = packed(Mesh(100, 2))
    assert column.longest(0.0) == 1.0
    assert column.longest(2e-7) == pytest.approx(0.5 * column.longest(1e-7))
    mixing = Bed(0.025, 2e-4, 0.31, 1e-6)
    spread = Column(mixing, columns.PROTEIN_A_BEADS, columns.PROTEIN_A, Mesh(100, 2))
    assert spread.longest(1e-7) < 0.5 * column.longest(1e-7)


@pytest.mark.parametrize("flow", [1e-8, 5.8e-8, 1e-6])
def test_the_longest_steps_are_stable(flow: float) -> None:
    column = packed(Mesh(60, 2))
    state = column.empty(np.array([7.0]))
    state.pace[0] = 1.0
    for number in range(30):
        seconds = 4.0 * column.longest(flow)
        column.advance(state, seconds, flow, np.array([0.1, 7.0 + (-1.0) ** number]), np.zeros(2))
    assert state.x.min() > 5.9
    assert state.x.max() < 8.1
    assert state.c.max() < 0.11


def test_the_more_cells_and_shells_the_nearer_to_the_same() -> None:
    def leaving(mesh: Mesh) -> float:
        column = packed(mesh)
        state = column.empty(np.array([7.2]))
        column.advance(state, 900.0, columns.FLOW, np.array([10.0 / 150.0, 7.2]), np.zeros(2))
        return float(state.sums[1, 0])

    coarse, middle, fine = leaving(Mesh(20, 8)), leaving(Mesh(40, 16)), leaving(Mesh(80, 32))
    assert abs(fine - middle) < 0.5 * abs(middle - coarse)


def test_a_column_at_rest_holds_what_it_was_filled_with() -> None:
    column = packed(Mesh(10, 5, graded=True), air=Air(0.2, 0.01))
    state = column.empty(np.array([6.0]))
    column.fill(state, np.array([0.1]), np.array([3.0]))
    bed = columns.PROTEIN_A_BED
    liquid = (0.31 + 0.69 * 0.95) * bed.volume
    assert column.content(state) == pytest.approx([0.1 * liquid + 3.0 * 0.69 * 0.05 * bed.volume, 6.0 * liquid])


def test_tubing_delays_by_its_volume() -> None:
    column = packed(Mesh(20, 2), tubing=Tubing(4, 4e-7))
    state = column.empty(np.array([7.0]))
    state.x[:] = 8.0
    column.advance(state, 3.0, 1e-7, np.array([0.0, 8.0]), np.zeros(2))
    assert 7.0 < state.tanks[-1, 1] < 7.5
    column.advance(state, 30.0, 1e-7, np.array([0.0, 8.0]), np.zeros(2))
    assert state.tanks[-1, 1] == pytest.approx(8.0, abs=1e-2)


@pytest.mark.parametrize("protein", [math.nan, math.inf])
def test_numbers_that_are_none_stop_it(protein: float) -> None:
    column = packed(Mesh(10, 2))
    state = column.empty(np.array([7.0]))
    with pytest.raises(NoSolution):
        column.advance(state, 10.0, columns.FLOW, np.array([protein, 7.0]), np.zeros(2))
