"""Instruments: lag, drift, noise, steps, scale, and what happens when they stick or come loose."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resilience.twins.errors import BadInput
from resilience.twins.measure import SECONDS_PER_DAY, Measurement, Probe, noise, noise_key

PH = Probe("pH", "pH", 0.0, 14.0, lag=30.0)


def test_it_follows_a_step_by_first_order() -> None:
    probe = Measurement(PH, 7.0)
    probe.do_step(1e-6, 7.4)
    probe.do_step(30.0, 7.4)
    assert probe.reading == pytest.approx(7.4 - 0.4 * math.exp(-1.0), abs=1e-6)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.floats(0.01, 200.0), min_size=1, max_size=6), st.floats(-0.001, 0.001), st.floats(0.5, 300.0))
def test_a_ramp_is_followed_exactly_whatever_the_steps(steps: list[float], slope: float, lag: float) -> None:
    probe = Measurement(replace(PH, lag=lag), 7.0)
    time = 0.0
    for step in steps:
        time += step
        probe.do_step(step, 7.0 + slope * time)
    assert probe.reading == pytest.approx(7.0 + slope * (time - lag * (1.0 - math.exp(-time / lag))), abs=1e-9)


def test_without_lag_it_is_there_at_once() -> None:
    probe = Measurement(Probe("p", "bar", 0.0, 2.0), 1.0)
    probe.do_step(0.05, 1.5)
    assert probe.reading == 1.5


def test_drift_of_a_twentieth_of_a_ph_a_day_is_undone_by_calibration() -> None:
    probe = Measurement(replace(PH, drift=0.05), 7.0)
    for _ in range(48):
        probe.do_step(3600.0, 7.0)
    assert probe.reading == pytest.approx(7.1)
    assert probe.error == pytest.approx(0.1)
    probe.calibrate(7.0)
    assert probe.reading == pytest.approx(7.0)
    probe.do_step(SECONDS_PER_DAY, 7.0)
    assert probe.reading == pytest.approx(7.05)


def test_two_points_set_gain_and_offset() -> None:
    probe = Measurement(replace(PH, lag=0.0, offset=0.3), 4.0)
    low = probe.reading
    probe.do_step(1.0, 7.0)
    probe.calibrate_two((low, probe.reading), (4.01, 7.01))
    assert probe.reading == pytest.approx(7.01)
    probe.do_step(1.0, 4.0)
    assert probe.reading == pytest.approx(4.01)


def test_noise_has_its_size_and_is_the_same_however_often_it_is_read() -> None:
    probe = Measurement(Probe("t", "C", 0.0, 150.0, noise=0.1), 37.0, seed=3)
    readings = []
    for _ in range(2000):
        probe.do_step(1.0, 37.0)
        assert probe.reading == probe.reading
        readings.append(probe.reading)
    mean = sum(readings) / len(readings)
    spread = math.sqrt(sum((reading - mean) ** 2 for reading in readings) / len(readings))
    assert mean == pytest.approx(37.0, abs=0.01)
    assert spread == pytest.approx(0.1, rel=0.06)
    # Neighbouring draws have nothing to do with each other.
    together = sum((a - mean) * (b - mean) for a, b in pairwise(readings)) / len(readings)
    assert abs(together) < 0.07 * spread**2


def test_noise_goes_by_seed_name_and_tick() -> None:
    key = noise_key(1, "pH")
    assert noise(key, 5) == noise(noise_key(1, "pH"), 5)
    assert len({noise(key, 5), noise(key, 6), noise(noise_key(2, "pH"), 5), noise(noise_key(1, "DO"), 5)}) == 4


def test_it_shows_steps_and_stays_on_its_scale() -> None:
    probe = Measurement(Probe("DO", "%", 0.0, 150.0, resolution=0.5), 40.26)
    assert probe.reading == 40.5
    probe.do_step(1.0, 400.0)
    assert probe.reading == 150.0
    probe.do_step(1.0, -3.0)
    assert probe.reading == 0.0


def test_stuck_it_shows_what_it_showed_until_it_is_mended() -> None:
    probe = Measurement(PH, 7.0)
    probe.stick()
    probe.do_step(300.0, 6.5)
    assert probe.reading == 7.0
    probe.mend()
    assert probe.reading < 6.51 + 0.5 * math.exp(-10.0) + 0.06


def test_loose_it_shows_what_it_meets_there() -> None:
    thermocouple = Measurement(Probe("TC", "C", -60.0, 60.0, lag=10.0, loose=-5.0), -30.0)
    thermocouple.detach()
    thermocouple.do_step(1e-6, -30.0)
    thermocouple.do_step(100.0, -30.0)
    assert thermocouple.reading == pytest.approx(-5.0, abs=0.01)
    thermocouple.mend()
    thermocouple.do_step(200.0, -30.0)
    assert thermocouple.reading < -25.0


def test_loose_where_nothing_is_known_of_that_it_holds() -> None:
    probe = Measurement(PH, 7.0)
    probe.detach()
    probe.do_step(300.0, 6.0)
    assert probe.reading == 7.0


def test_a_fork_and_a_snapshot_go_on_alike() -> None:
    probe = Measurement(replace(PH, noise=0.01, drift=0.05), 7.0, seed=9)
    probe.do_step(100.0, 7.2)
    kept, other = probe.snapshot(), probe.fork()
    probe.do_step(50.0, 6.9)
    other.do_step(50.0, 6.9)
    assert other.reading == probe.reading
    reading = probe.reading
    probe.do_step(50.0, 6.0)
    probe.restore(kept)
    probe.do_step(50.0, 6.9)
    assert probe.reading == reading


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: Measurement(replace(PH, high=0.0), 7.0), "no span"),
        (lambda: Measurement(replace(PH, lag=-1.0), 7.0), "lag negative"),
        (lambda: Measurement(PH, math.nan), "finite"),
        (lambda: Measurement(PH, 7.0).do_step(-1.0, 7.0), "seconds negative"),
        (lambda: Measurement(PH, 7.0).do_step(1.0, math.inf), "finite"),
        (lambda: Measurement(PH, 7.0).calibrate(15.0), "Give 0 to 14 pH"),
        (lambda: Measurement(PH, 7.0).calibrate_two((7.0, 7.0), (4.0, 7.0)), "two points are one"),
        (lambda: Measurement(PH, 7.0).restore({"seconds": 1.0}), "no snapshot"),
    ],
)
def test_what_cannot_be_is_refused(wrong: object, message: str) -> None:
    assert callable(wrong)
    with pytest.raises(BadInput, match=message):
        wrong()
