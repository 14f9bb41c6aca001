"""Colonies drawn from an expected number."""

from __future__ import annotations

import math
from collections import Counter

import pytest

from resilience.training.draws import drawn_colonies

KNOWN = [4, 1, 2, 0, 2, 3, 2, 2, 1, 1, 2, 1]


def test_the_draw_is_the_same_every_time() -> None:
    assert [drawn_colonies("aseptic-filling", seed, "vial-3", 2.5) for seed in range(12)] == [
        drawn_colonies("aseptic-filling", seed, "vial-3", 2.5) for seed in range(12)
    ]


def test_known_draws_stay_as_they_are() -> None:
    """Recorded outcomes hold draws: another way of drawing would break every one of them."""
    assert [drawn_colonies("aseptic-filling", 7, f"vial-{n}", 1.5) for n in range(1, 13)] == KNOWN


@pytest.mark.parametrize("mean", [0.05, 1.0, 4.0])
def test_draws_follow_the_poisson_distribution(mean: float) -> None:
    count = 4000
    seen = Counter(drawn_colonies("m", seed, "vial", mean) for seed in range(count))
    for colonies in range(6):
        expected = math.exp(-mean) * mean**colonies / math.factorial(colonies)
        error = math.sqrt(expected * (1 - expected) / count)
        assert abs(seen[colonies] / count - expected) < 4.5 * error + 1e-3


def test_nothing_expected_grows_nothing() -> None:
    assert drawn_colonies("m", 1, "vial", 0.0) == 0


def test_very_many_are_drawn_in_bounds() -> None:
    assert 9_000 < drawn_colonies("m", 1, "vial", 1e9) < 11_000
