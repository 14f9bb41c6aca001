"""Draws that are looked up: named apart, evenly spread, Poisson where they should be."""

from __future__ import annotations

import numpy as np
import pytest

from resilience.twins import draws


def test_words_are_told_apart_by_their_place() -> None:
    names = {draws.named(1, "ab", "c"), draws.named(1, "a", "bc"), draws.named(1, "abc"), draws.named(2, "ab", "c")}
    assert len(names) == 4


def test_a_draw_is_the_same_whatever_was_drawn_before() -> None:
    alone = draws.uniforms(draws.named(5, "glove", 3), 4)
    draws.uniforms(draws.named(5, "needle", 1), 1000)
    assert np.array_equal(draws.uniforms(draws.named(5, "glove", 3), 4), alone)


def test_the_bits_are_those_of_shake_128() -> None:
    # The published answer of SHAKE-128 to the empty message begins 7f9c2ba4e88f827d 616045507605853e.
    first, second = 0x7D828FE8A42B9C7F, 0x3E85057650456061
    assert [int(u * 2**53) for u in draws.uniforms(b"", 2)] == [first >> 11, second >> 11]
    assert list(draws.levels(b"", 2)) == [0x9C7F >> 4, 0xA42B >> 4]


def test_more_draws_begin_as_fewer_do() -> None:
    assert np.array_equal(draws.uniforms(b"a", 100)[:7], draws.uniforms(b"a", 7))


def test_places_in_the_table_are_evenly_spread() -> None:
    counts = np.bincount(draws.levels(b"places", 409_600), minlength=draws.LEVELS)
    # 100 expected a place; chi-square with 4,095 degrees of freedom has its 99.99 % point near 4,440.
    assert counts.size == draws.LEVELS
    assert float(((counts - 100.0) ** 2 / 100).sum()) < 4440


def test_uniform_numbers_are_evenly_spread() -> None:
    counts, _ = np.histogram(draws.uniforms(draws.named(1, "spread"), 100_000), bins=50, range=(0, 1))
    chi_square = float(((counts - 2000) ** 2 / 2000).sum())
    # The 99.99 % point of chi-square with 49 degrees of freedom is 94.6.
    assert chi_square < 94.6


def test_normal_draws_take_one_of_each_stratum() -> None:
    normal = draws.normals(draws.named(1, "strata"), 64)
    edges = np.quantile(draws.quantiles(), np.linspace(0, 1, 65)[1:-1])
    assert sorted(np.searchsorted(edges, normal)) == list(range(64))
    assert not np.array_equal(normal, np.sort(normal))
    assert normal.mean() == pytest.approx(0, abs=0.02)
    assert normal.std() == pytest.approx(1, abs=0.05)


@pytest.mark.parametrize("mean", [0.05, 1.0, 9.9, 10.1, 40.0, 3e5])
def test_poisson_draws_have_the_mean_and_variance_of_a_poisson(mean: float) -> None:
    count = 20_000
    drawn = np.array([draws.poisson(draws.named(3, "poisson", n), mean) for n in range(count)])
    # Five standard errors of the mean; of the variance (2 + 1 / mean) mean^2 / n.
    assert drawn.mean() == pytest.approx(mean, abs=5 * np.sqrt(mean / count))
    assert drawn.var() == pytest.approx(mean, abs=5 * mean * np.sqrt((2 + 1 / mean) / count))


@pytest.mark.parametrize("mean", [3.0, 12.0])
def test_poisson_draws_have_the_probabilities_of_a_poisson(mean: float) -> None:
    from scipy.stats import chisquare, poisson

    count, most = 20_000, int(mean + 4 * np.sqrt(mean))
    drawn = np.array([draws.poisson(draws.named(4, "chance", n), mean) for n in range(count)])
    seen = np.bincount(np.minimum(drawn, most), minlength=most + 1)
    wanted = poisson.pmf(np.arange(most + 1), mean)
    wanted[most] = poisson.sf(most - 1, mean)
    assert chisquare(seen, wanted * count).pvalue > 1e-4


def test_nothing_expected_nothing_drawn() -> None:
    assert draws.poisson(1, 0.0) == 0
