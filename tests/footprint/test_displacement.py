from __future__ import annotations

import numpy as np
import pytest

from resilience.footprint import BeforeAfter, Purpose
from resilience.footprint.displacement import Claim, credit, earns, measured, purposes
from resilience.footprint.uncertainty import NONE, Draws, Uncertain

EXTRA = ("gowning", Purpose.EXTRA_PRACTICE)
REPLACES = ("gowning", Purpose.DECLARED_REPLACEMENT)
SHARES = {purpose: row.uncertain for purpose, row in purposes().items()}


def claim(**runs: float) -> Claim:
    found = Claim()
    found.runs.update({{"extra": EXTRA, "replaces": REPLACES}[name]: number for name, number in runs.items()})
    return found


def test_qualification_and_outreach_displace_nothing() -> None:
    for purpose in (Purpose.QUALIFICATION, Purpose.OUTREACH):
        assert not earns(purpose)
        assert (SHARES[purpose].uncertainty_type, SHARES[purpose].loc) == (NONE, 0.0)


@pytest.mark.parametrize(("purpose", "mean"), [(Purpose.EXTRA_PRACTICE, 0.1), (Purpose.DECLARED_REPLACEMENT, 0.7)])
def test_priors_have_the_stated_means(purpose: Purpose, mean: float) -> None:
    prior = SHARES[purpose]
    assert prior.loc / (prior.loc + prior.shape) == pytest.approx(mean)
    assert np.mean(Draws(50_000, 1).of(prior)) == pytest.approx(mean, abs=0.005)


def test_below_the_cap_credit_is_the_share_times_the_runs() -> None:
    draws = Draws(1000, 2)
    found = credit([claim(replaces=1 / 3), claim(replaces=2 / 3)], SHARES, 1.0, draws)
    assert found.runs[REPLACES] == pytest.approx(np.asarray(draws.of(SHARES[Purpose.DECLARED_REPLACEMENT])))


def test_no_trainee_is_credited_more_than_the_runs_they_would_have_done() -> None:
    draws = Draws(5000, 2)
    found = credit([claim(replaces=9.0)], SHARES, 1.0, draws)
    assert found.runs[REPLACES].max() <= 1 + 1e-12
    wanted = 9 * np.asarray(draws.of(SHARES[Purpose.DECLARED_REPLACEMENT]))
    assert found.runs[REPLACES] == pytest.approx(np.minimum(wanted, 1))


def test_what_one_trainee_leaves_under_the_cap_is_not_another_ones_to_use() -> None:
    draws = Draws(5000, 2)
    shared = credit([claim(replaces=2.0), claim(replaces=0.1)], SHARES, 1.0, draws).runs[REPLACES]
    share = np.asarray(draws.of(SHARES[Purpose.DECLARED_REPLACEMENT]))
    assert shared == pytest.approx(np.minimum(2 * share, 1) + 0.1 * share)


def test_summing_trainees_by_pattern_equals_going_through_them_one_by_one() -> None:
    draws = Draws(2000, 4)
    rng = np.random.default_rng(8)
    claims = [claim(extra=int(rng.integers(0, 12)) / 3, replaces=int(rng.integers(0, 5)) / 3) for _ in range(60)]
    found = credit(claims, SHARES, 1.0, draws)
    extra, replaces = (np.asarray(draws.of(SHARES[key[1]])) for key in (EXTRA, REPLACES))
    expected = {EXTRA: np.zeros(2000), REPLACES: np.zeros(2000)}
    for one in claims:
        wanted = one.runs[EXTRA] * extra + one.runs[REPLACES] * replaces
        kept = np.minimum(1, 1 / np.maximum(wanted, 1e-300))
        expected[EXTRA] += one.runs[EXTRA] * extra * kept
        expected[REPLACES] += one.runs[REPLACES] * replaces * kept
    for key, runs in expected.items():
        assert found.runs[key] == pytest.approx(runs)


def test_a_site_that_would_have_done_no_run_earns_nothing() -> None:
    found = credit([claim(replaces=1.0)], SHARES, 0.0, Draws(100, 1))
    assert not found.runs[REPLACES].any()


def test_trips_fall_away_with_the_run_they_belong_to() -> None:
    draws = Draws(1000, 2)
    one = claim(replaces=4.0)
    one.trips[REPLACES, "rail_pkm"] = 100.0
    found = credit([one], SHARES, 1.0, draws)
    assert found.trips[REPLACES, "rail_pkm"] == pytest.approx(found.runs[REPLACES] / 4 * 100)


def test_sessions_of_a_purpose_share_their_draws_so_that_many_are_as_uncertain_as_one() -> None:
    draws = Draws(5000, 2)
    one = credit([claim(extra=1 / 3)], SHARES, 1.0, draws).runs[EXTRA]
    thousand = credit([claim(extra=1 / 3) for _ in range(1000)], SHARES, 1.0, draws).runs[EXTRA]
    assert np.std(thousand) / np.mean(thousand) == pytest.approx(np.std(one) / np.mean(one))


def comparison(runs_after: float) -> BeforeAfter:
    return BeforeAfter(
        run="gowning_qual", runs_before=60, trainees_before=30, runs_after=runs_after, trainees_after=30,
        practised_runs=40, document="Training records of two years",
    )  # fmt: skip


@pytest.mark.parametrize(("runs_after", "alpha", "beta"), [(30, 31, 11), (60, 1, 41), (80, 1, 41), (0, 41, 1)])
def test_a_comparison_counts_what_fell_away_within_what_was_practised(
    runs_after: float, alpha: float, beta: float
) -> None:
    share = measured("bham", comparison(runs_after))
    assert share == Uncertain.beta("displacement/gowning_qual@bham", alpha, beta)
