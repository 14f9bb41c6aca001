from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from resilience.footprint import Measure
from resilience.footprint.statistics import figures


def test_figures_are_quantiles_and_the_share_of_positive_draws() -> None:
    net = np.stack([np.arange(-25.0, 76.0), np.arange(0.0, 101.0), np.full(101, -1.0)])
    found = figures(net)
    first = found[Measure.WASTE]
    assert (first.p5, first.median, first.p95) == (-20, 25, 70)
    assert first.probability_positive == pytest.approx(75 / 101)
    assert found[Measure.MONEY].probability_positive == 0


def test_drivers_are_squared_rank_correlations() -> None:
    rng = np.random.default_rng(3)
    one, two = rng.standard_normal((2, 4000))
    net = np.tile(np.exp(one) - 0.5 * two, (3, 1))
    found = {driver.id: driver.share for driver in figures(net, {}, {"one": one, "two": two})[Measure.CARBON].drivers}
    for name, stream in (("one", one), ("two", two)):
        assert found[name] == pytest.approx(stats.spearmanr(stream, net[1]).statistic ** 2, abs=1e-9)


def test_what_correlates_by_chance_alone_is_no_driver() -> None:
    rng = np.random.default_rng(3)
    one, unrelated = rng.standard_normal((2, 10_000))
    found = figures(np.tile(one, (3, 1)), {}, {"one": one, "unrelated": unrelated})
    assert [driver.id for driver in found[Measure.WASTE].drivers] == ["one"]


def test_five_contributors_at_most_by_size_with_their_signs() -> None:
    parts = {f"part{n}": np.full((3, 11), float(value)) for n, value in enumerate((1, -6, 3, -2, 5, 4, 0))}
    found = figures(np.zeros((3, 11)), parts)[Measure.CARBON].contributors
    assert [part.median for part in found] == [-6, 5, 4, 3, -2]
