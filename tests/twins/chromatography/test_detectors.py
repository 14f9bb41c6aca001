"""What the detectors show of what passes."""

from __future__ import annotations

import math

import pytest

from resilience.twins.chromatography import detectors, numbers

SKID = numbers.skid()


def test_absorbance_is_that_of_antibody_and_of_the_feeds_rest() -> None:
    assert detectors.absorbance(SKID, 10.0, 0.0) == pytest.approx(0.2 * 14.0)
    assert detectors.absorbance(SKID, 0.0, 0.5) == pytest.approx(0.2 * 4.0)
    assert detectors.absorbance(SKID, -1e-9, 0.0) == 0.0


def test_little_is_shown_as_it_is_and_much_ends_at_the_stray_light() -> None:
    assert detectors.reading(SKID, 0.1, 1.0) == pytest.approx(100.0, rel=1e-2)
    ends = 1e3 * math.log10(1.0 + 1.0 / SKID.stray)
    assert detectors.reading(SKID, 50.0, 1.0) == pytest.approx(ends)
    assert detectors.reading(SKID, 1e6, 1.0) == pytest.approx(ends)
    assert detectors.reading(SKID, 4.0, 1.0) < 0.75 * 4000.0


def test_a_fading_lamp_saturates_sooner_and_a_dead_one_sees_nothing() -> None:
    assert detectors.reading(SKID, 50.0, 0.01) < 0.5 * detectors.reading(SKID, 50.0, 1.0)
    assert detectors.reading(SKID, 2.0, 0.0) == 0.0


def test_instruments_begin_at_rest_and_read_alike_for_a_seed() -> None:
    one, other = detectors.installed(SKID, 7.2, 16.0, 3), detectors.installed(SKID, 7.2, 16.0, 3)
    assert one["ph"].reading == pytest.approx(7.2, abs=0.03)
    assert one["conductivity"].reading == pytest.approx(16.0, abs=0.05)
    assert {name: probe.reading for name, probe in one.items()} == {
        name: probe.reading for name, probe in other.items()
    }
