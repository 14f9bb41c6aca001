from __future__ import annotations

import math

import numpy as np
import pytest
import stats_arrays

from resilience.footprint.displacement import purposes
from resilience.footprint.factors import Role, built_in
from resilience.footprint.uncertainty import BETA, LOGNORMAL, NONE, Draws, Uncertain

QUANTILES = (0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.975)


def reference(quantity: Uncertain) -> tuple[type[stats_arrays.UncertaintyBase], np.ndarray]:
    fields = {name: value for name, value in quantity.as_stats_array().items() if not math.isnan(value)}
    kind = stats_arrays.uncertainty_choices[fields["uncertainty_type"]]
    return kind, stats_arrays.UncertaintyBase.from_dicts(fields)


def reference_quantiles(quantity: Uncertain) -> np.ndarray:
    kind, params = reference(quantity)
    kind.validate(params)
    return kind.ppf(params, np.array([QUANTILES]))[0]


def every_quantity() -> list[Uncertain]:
    drawn = [factor.uncertain for factor in built_in() if factor.role is Role.LINE]
    return [*drawn, *(row.uncertain for row in purposes().values())]


def test_the_numbers_of_the_kinds_are_those_of_stats_arrays() -> None:
    assert stats_arrays.NoUncertainty.id == NONE
    assert stats_arrays.LognormalUncertainty.id == LOGNORMAL
    assert stats_arrays.BetaUncertainty.id == BETA


def test_a_lognormal_has_its_median_and_its_95_percent_range() -> None:
    quantity = Uncertain.lognormal("x", 2.0, 1.0, 4.0)
    kind, params = reference(quantity)
    found = kind.ppf(params, np.array([[0.025, 0.5, 0.975]]))[0]
    assert found == pytest.approx([1.0, 2.0, 4.0], rel=1e-3)


@pytest.mark.parametrize(
    "quantity", [q for q in every_quantity() if q.uncertainty_type != NONE], ids=lambda q: q.stream
)
def test_draws_have_the_quantiles_that_stats_arrays_gives(quantity: Uncertain) -> None:
    draws = np.asarray(Draws(200_000, 3).of(quantity))
    # Sampling error of a quantile: sqrt(q (1 - q) / n) / density. The density is taken from the reference's own curve.
    for q, expected in zip(QUANTILES, reference_quantiles(quantity), strict=True):
        step = 0.001
        kind, params = reference(quantity)
        below, above = kind.ppf(params, np.array([[q - step, q + step]]))[0]
        error = math.sqrt(q * (1 - q) / 200_000) * (above - below) / (2 * step)
        assert np.quantile(draws, q) == pytest.approx(expected, abs=5 * error)


def test_draws_match_samples_of_stats_arrays_in_mean_and_spread() -> None:
    quantity = Uncertain.lognormal("x", 5.4, 3.8, 8.0)
    _, params = reference(quantity)
    sampled = stats_arrays.MCRandomNumberGenerator(params, seed=1)
    theirs = np.array([next(sampled)[0] for _ in range(20_000)])
    ours = np.asarray(Draws(20_000, 1).of(quantity))
    assert ours.mean() == pytest.approx(theirs.mean(), rel=0.01)
    assert ours.std() == pytest.approx(theirs.std(), rel=0.03)


def test_a_figure_without_a_range_is_not_drawn() -> None:
    draws = Draws(10, 0)
    assert draws.of(Uncertain.lognormal("x", 3.0, 3.0, 3.0)) == 3.0
    assert draws.streams == {}


def test_one_stream_is_drawn_once_and_alike_whatever_else_is_drawn() -> None:
    alone, after = Draws(100, 5), Draws(100, 5)
    quantity = Uncertain.lognormal("shared", 2.0, 1.0, 4.0)
    after.of(Uncertain.lognormal("other", 1.0, 0.5, 2.0))
    assert np.array_equal(alone.of(quantity), after.of(quantity))
    assert alone.of(quantity) is alone.of(Uncertain.lognormal("shared", 2.0, 1.0, 4.0))


def test_two_years_of_one_series_move_together() -> None:
    draws = Draws(1000, 5)
    first = np.asarray(draws.of(Uncertain.lognormal("grid", 0.2, 0.19, 0.21)))
    second = np.asarray(draws.of(Uncertain.lognormal("grid", 0.1, 0.08, 0.12)))
    assert np.array_equal(np.argsort(first), np.argsort(second))


def test_other_seeds_and_other_names_give_other_draws() -> None:
    quantity = Uncertain.lognormal("x", 2.0, 1.0, 4.0)
    assert not np.array_equal(Draws(100, 1).of(quantity), Draws(100, 2).of(quantity))
    assert not np.array_equal(Draws(100, 1).of(quantity), Draws(100, 1).of(Uncertain.lognormal("y", 2.0, 1.0, 4.0)))
