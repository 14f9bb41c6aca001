"""Limits by grade, and the lesson of 0.5 and 5 um."""

from __future__ import annotations

import pytest

from resilience.twins.errors import BadInput
from resilience.twins.instruments.limits import exceeds, particles, viable


def test_limits_are_those_of_the_annex() -> None:
    assert particles("A", "fine") == particles("A", "fine", "rest") == particles("B", "fine", "rest") == 3520
    assert particles("A", "coarse") == particles("B", "coarse", "rest") == 29
    assert (particles("B", "fine"), particles("B", "coarse")) == (352_000, 2_930)
    assert (particles("C", "fine"), particles("C", "coarse")) == (3_520_000, 29_300)
    assert particles("D", "fine") is None
    assert [viable("B", kind) for kind in ("air_per_m3", "settle_per_4h", "contact", "glove")] == [10, 5, 5, 5]
    assert [viable("C", kind) for kind in ("air_per_m3", "settle_per_4h", "contact", "glove")] == [100, 50, 25, None]
    assert [viable("D", kind) for kind in ("air_per_m3", "settle_per_4h", "contact", "glove")] == [200, 100, 50, None]


def test_one_colony_exceeds_no_growth() -> None:
    assert exceeds(1, viable("A", "settle_per_4h"))
    assert not exceeds(0, viable("A", "settle_per_4h"))
    assert not exceeds(1e9, particles("D", "fine"))


def test_indoor_clothes_are_caught_by_coarse_particles_and_missed_by_fine_ones() -> None:
    # One person in indoor clothes in 50 m3 at 40 air changes: 63,900 and 9,960 per m3 (from Whyte & Hejab 2007).
    assert not exceeds(63_900, particles("B", "fine"))
    assert exceeds(9_960, particles("B", "coarse"))
    # Two gowned people: 10.6 organisms where 10 are the limit.
    assert exceeds(10.6, viable("B", "air_per_m3"))
    assert not exceeds(5.3, viable("B", "air_per_m3"))


@pytest.mark.parametrize("wrong", [("E", "fine", "rest"), ("A", "huge", "rest"), ("A", "fine", "asleep")])
def test_a_limit_that_does_not_exist_is_named(wrong: tuple[str, str, str]) -> None:
    with pytest.raises(BadInput, match="no limit for"):
        particles(*wrong)
