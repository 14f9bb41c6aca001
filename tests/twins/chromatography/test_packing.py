"""The test of a packing finds what is wrong with it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from resilience.twins.chromatography import packing
from resilience.twins.chromatography.column import Air, Bed, Column, Mesh
from resilience.twins.chromatography.packing import Packing
from tests.twins.chromatography import columns


def pulsed(air: Air | None = None, bed: Bed = columns.PROTEIN_A_BED, cells: int = 100) -> Packing:
    column = Column(bed, columns.PROTEIN_A_BEADS, columns.PROTEIN_A, Mesh(cells, 2), 1, air)
    return packing.tested(column, columns.FLOW)


def test_a_good_bed_is_symmetric_and_its_plates_are_those_of_its_dispersion() -> None:
    found = pulsed(cells=400)
    # Of dispersion alone N = u L/(2 D); the length of the pulse takes three in a hundred.
    speed = columns.FLOW / (columns.PROTEIN_A_BED.area * 0.31)
    assert found.plates == pytest.approx(speed * 0.025 / (2.0 * 1.36e-8), rel=0.05)
    assert found.asymmetry == pytest.approx(1.05, abs=0.1)
    assert found.plate_height == pytest.approx(0.025 / found.plates)


def test_air_in_the_bed_makes_the_pulse_tail() -> None:
    bad = pulsed(Air(0.1, 0.02))
    assert bad.asymmetry == pytest.approx(1.8, abs=0.2)
    assert bad.plates < 0.5 * pulsed().plates


def test_dispersion_costs_plates() -> None:
    bed = replace(columns.PROTEIN_A_BED, dispersion=4.0 * 1.36e-8)
    assert pulsed(bed=bed, cells=400).plates == pytest.approx(pulsed(cells=400).plates / 4.0, rel=0.05)
