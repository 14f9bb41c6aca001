"""Sections of what comes in, and the samples of what leaves."""

from __future__ import annotations

import math

import numpy as np
import pytest

from resilience.twins import shape
from resilience.twins.chromatography import programme
from resilience.twins.chromatography.column import Column, Mesh
from resilience.twins.chromatography.kernel import Floats
from resilience.twins.chromatography.programme import Section
from tests.twins.chromatography import columns

COLUMN = Column(columns.PROTEIN_A_BED, columns.PROTEIN_A_BEADS, columns.PROTEIN_A, Mesh(12, 2), tracers=1)


def ran(sections: list[Section], times: Floats) -> Floats:
    return programme.run(COLUMN, COLUMN.empty(np.array([7.0])), columns.FLOW, sections, times)


def test_the_first_sample_is_the_start() -> None:
    assert ran([Section.steady(10.0, (0.1, 5.0))], np.array([0.0, 10.0]))[0] == pytest.approx([0.0, 7.0])


def test_more_samples_do_not_change_what_is_sampled() -> None:
    sections = [Section.steady(60.0, (0.1, 7.0)), Section(120.0, (0.0, 7.0), (0.0, 4.0))]
    few, many = ran(sections, np.linspace(0.0, 120.0, 4)), ran(sections, np.linspace(0.0, 120.0, 121))
    assert few == pytest.approx(many[::40], rel=1e-3, abs=1e-6)


def test_a_sample_at_a_sections_end_is_taken_once() -> None:
    third = 100.0 / 3.0
    signal = ran(
        [Section.steady(third * (1 + 1e-15), (0.0, 4.0)), Section.steady(100.0, (0.0, 4.0))], np.linspace(0.0, 100.0, 4)
    )
    assert np.isfinite(signal).all()
    assert (np.diff(signal[:, 1]) < 0.0).all()


def test_sections_without_length_are_left_out_and_the_last_goes_on() -> None:
    times = np.linspace(0.0, 90.0, 10)
    plain = ran([Section.steady(30.0, (0.0, 4.0))], times)
    odd = [Section.steady(30.0, (0.0, 4.0)), Section.steady(30.0, (9.0, 9.0)), Section.steady(math.inf, (0.0, 4.0))]
    assert ran(odd, times) == pytest.approx(plain, rel=1e-4, abs=1e-6)


def test_a_column_that_cannot_go_on_says_when_and_why() -> None:
    with pytest.raises(shape.Stopped, match="could not be solved") as caught:
        ran([Section.steady(20.0, (0.0, 7.0)), Section.steady(40.0, (math.nan, 7.0))], np.linspace(0.0, 40.0, 5))
    assert caught.value.seconds == pytest.approx(20.0)
    assert "component_0" in caught.value.state
