"""The particle counter: sampled volume, lag, losses, noise; truth apart from what is read."""

from __future__ import annotations

import math

import numpy as np
import pytest

from resilience.twins.errors import BadInput
from resilience.twins.instruments import ParticleCounter


def test_a_window_draws_its_volume_of_air() -> None:
    counter = ParticleCounter("a", lag=0.0)
    (count,) = counter.do_step(60.0, 3520.0, 0.0)
    assert count.litres == pytest.approx(28.3)
    # 28.3 L of 3,520 per m3 are 99.6 particles; five standard deviations of counting.
    assert count.fine == pytest.approx(99.6, abs=50)
    assert count.fine_per_m3 == pytest.approx(count.fine / 0.0283)


def test_counts_scatter_as_a_poisson_about_what_comes_through() -> None:
    counter = ParticleCounter("a", seed=3, window=6.0, lag=0.0)
    counts = counter.do_step(6.0 * 4000, 20_000.0, 5_000.0)
    assert len(counts) == 4000
    coarse = np.array([count.coarse for count in counts])
    fine = np.array([count.fine for count in counts]) - coarse
    # 2.83 L: 11.32 of 5 um and above, of which 80 % come through the tubing, and 42.45 below 5 um.
    assert coarse.mean() == pytest.approx(0.8 * 14.15, abs=5 * math.sqrt(14.15 / 4000))
    assert coarse.var() == pytest.approx(coarse.mean(), rel=0.15)
    assert fine.mean() == pytest.approx(42.45, abs=5 * math.sqrt(42.45 / 4000))
    assert counts[0].true_coarse == 5_000.0
    assert counts[0].true_fine == 20_000.0


def test_the_sensor_follows_the_air_with_its_lag() -> None:
    counter = ParticleCounter("a", lag=2.0)
    counter.do_step(2.0, 1000.0, 100.0)
    assert counter.reading == pytest.approx((1000 * (1 - math.exp(-1)), 100 * (1 - math.exp(-1))))
    counter.do_step(2.0, 0.0, 0.0)
    assert counter.reading[0] == pytest.approx(1000 * (1 - math.exp(-1)) * math.exp(-1))


def test_a_burst_is_counted_whole_though_late() -> None:
    """What the lag holds back at first it gives later: a burst of 1 s loses no particle, whatever the steps."""

    def expected(steps: int) -> float:
        counter = ParticleCounter("a", window=60.0, lag=2.0)
        for _ in range(steps):
            counter.do_step(1.0 / steps, 1e6, 0.0)
        for _ in range(steps):
            counter.do_step(58.0 / steps, 0.0, 0.0)
        return counter.snapshot().expected[0]

    drawn = 1e6 * 28.3 / 60 / 1000
    assert expected(1) == pytest.approx(drawn, rel=1e-12)
    assert expected(100) == pytest.approx(drawn, rel=1e-9)


def test_at_first_a_counter_sees_less_than_there_is() -> None:
    counter = ParticleCounter("a", window=60.0, lag=2.0)
    counter.do_step(1.0, 1e6, 0.0)
    # The integral of 1 - exp(-t / 2 s) over the first second.
    seen = 1.0 - 2.0 * (1.0 - math.exp(-0.5))
    assert counter.snapshot().expected[0] == pytest.approx(1e6 * 28.3 / 60 / 1000 * seen, rel=1e-12)


def test_windows_end_on_time_whatever_the_steps() -> None:
    counter = ParticleCounter("a", window=1.0)
    counts = [count for _ in range(200) for count in counter.do_step(0.05, 100.0, 1.0)]
    assert [count.until for count in counts] == pytest.approx([float(n) for n in range(1, 11)])


def test_a_probe_that_is_not_isokinetic_misses_coarse_particles_alone() -> None:
    counter = ParticleCounter("a", window=6.0, lag=0.0, isokinetic=0.5)
    counts = counter.do_step(6.0 * 500, 2e6, 1e6)
    coarse = np.mean([count.coarse for count in counts])
    fine = np.mean([count.fine - count.coarse for count in counts])
    assert coarse == pytest.approx(0.5 * 0.8 * 2830, rel=0.01)
    assert fine == pytest.approx(2830, rel=0.01)


def test_two_counters_read_apart_and_one_reads_the_same_again() -> None:
    def counts(name: str, seed: int) -> list[int]:
        return [count.fine for count in ParticleCounter(name, seed).do_step(600.0, 3520.0, 29.0)]

    assert counts("a", 1) == counts("a", 1)
    assert counts("a", 1) != counts("b", 1)
    assert counts("a", 1) != counts("a", 2)


def test_a_counter_can_be_kept_and_branched() -> None:
    counter = ParticleCounter("a")
    counter.do_step(90.0, 3520.0, 29.0)
    kept, other = counter.snapshot(), counter.fork()
    ahead = counter.do_step(90.0, 5000.0, 100.0)
    assert other.do_step(90.0, 5000.0, 100.0) == ahead
    counter.restore(kept)
    assert counter.do_step(90.0, 5000.0, 100.0) == ahead


@pytest.mark.parametrize(
    ("step", "what"),
    [
        ((-1.0, 10.0, 1.0), "seconds"),
        ((math.nan, 10.0, 1.0), "seconds"),
        ((1.0, math.nan, 1.0), "fine particles"),
        ((1.0, 10.0, -1.0), "coarse particles"),
        ((1.0, 10.0, 11.0), "The first include the second"),
    ],
)
def test_air_that_cannot_be_is_refused(step: tuple[float, float, float], what: str) -> None:
    counter = ParticleCounter("a")
    with pytest.raises(BadInput, match=what):
        counter.do_step(*step)
    assert counter.snapshot().time == 0.0


@pytest.mark.parametrize(
    "wrong", [{"flow": 0.0}, {"flow": -1.0}, {"window": 0.0}, {"lag": -1.0}, {"isokinetic": math.nan}]
)
def test_a_counter_that_cannot_be_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(BadInput, match=next(iter(wrong))):
        ParticleCounter("a", **wrong)


def test_a_counter_needs_a_name_and_its_own_snapshot() -> None:
    with pytest.raises(BadInput, match="no name"):
        ParticleCounter("")
    with pytest.raises(BadInput, match="another instrument"):
        ParticleCounter("a").restore("what?")  # type: ignore[arg-type]
