"""The laws of binding as the kernel gets them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from resilience.twins.chromatography import kernel
from resilience.twins.chromatography.column import Column, Mesh
from tests.twins.chromatography import columns


def held_at(ph: float, liquid: float = 0.05) -> float:
    """mol/m3 of solid held at equilibrium at a pH, by a column left standing in this liquid."""
    binding = replace(columns.PROTEIN_A, alkali=(11.5, 3.0))
    column = Column(columns.PROTEIN_A_BED, columns.PROTEIN_A_BEADS, binding, Mesh(5, 2), tracers=1)
    state = column.empty(np.array([ph]))
    inlet = np.array([liquid, ph])
    for _ in range(20):
        column.advance(state, 100.0, columns.FLOW, inlet, np.zeros(2))
    return float(state.q[0, 0, 0])


@pytest.mark.parametrize("ph", [3.0, 4.5, 7.2])
def test_what_is_held_is_the_published_equilibrium(ph: float) -> None:
    law = columns.PROTEIN_A
    on = law.ka / (1.0 + 10.0 ** (law.eta_g * (law.pka_g - ph)))
    sites = law.capacity / (1.0 + 10.0 ** (law.eta_a * (law.pka_a - ph)))
    assert held_at(ph) == pytest.approx(on * 0.05 * sites / (on * 0.05 + law.kd), rel=1e-5)


def test_alkali_lets_go_of_everything() -> None:
    assert held_at(13.0) < 1e-2 * held_at(7.2)
    assert held_at(9.0) == pytest.approx(held_at(7.2), rel=1e-2)


def test_langmuirs_law_holds_its_capacity() -> None:
    column = Column(columns.LANGMUIR_BED, columns.LANGMUIR_BEADS, columns.LANGMUIR, Mesh(5, 2))
    state = column.empty(np.zeros(0))
    for _ in range(300):
        column.advance(state, 100.0, 1e-6, np.array([0.1]), np.zeros(1))
    assert state.q == pytest.approx(1.9 * 1.0 / (1.0 + 0.01), rel=1e-6)


def test_an_exchanger_stays_neutral() -> None:
    column = Column(columns.STERIC_BED, columns.STERIC_BEADS, columns.STERIC, Mesh(8, 3))
    state = column.empty(np.zeros(0))
    column.fill(state, np.array([50.0, 0.0, 0.0]), np.array([1200.0, 0.0, 0.0]))
    column.advance(state, 60.0, 1e-7, np.array([50.0, 1.0, 1.0]), np.zeros(3))
    charge = state.q[0] + 4.7 * state.q[1] + 3.7 * state.q[2]
    assert state.q[1].max() > 1.0
    assert charge == pytest.approx(1200.0, rel=1e-12)


def test_what_can_be_held_at_most() -> None:
    assert columns.STERIC.full == pytest.approx(1200.0 / 13.7)
    assert columns.STERIC.components == 3
    assert columns.PROTEIN_A.full == columns.PROTEIN_A.capacity
    assert columns.LANGMUIR.full == 1.9
    assert columns.LANGMUIR.table().shape == (kernel.BINDING_ROWS, 1)
