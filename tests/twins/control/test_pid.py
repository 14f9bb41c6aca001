"""A controller: what it gives, at its limits, and from hand to automatic."""

from __future__ import annotations

import math

import pytest

from resilience.twins.control.pid import Pid, Tuning, outside
from resilience.twins.errors import BadInput


def settle(pid: Pid, value: float, scans: int, lag: float = 60.0, gain: float = 1.0, load: float = 0.0) -> float:
    """A first-order process under the controller, scanned each second."""
    for _ in range(scans):
        out = pid.do_step(1.0, value)
        value += (gain * out + load - value) / lag
    return value


def test_proportional_action_alone_leaves_an_offset() -> None:
    pid = Pid(Tuning(gain=4.0), 50.0)
    # In rest value = gain * (setpoint - value).
    assert settle(pid, 20.0, 5000) == pytest.approx(4.0 * 50.0 / 5.0)


def test_integral_action_removes_it_whatever_the_load() -> None:
    pid = Pid(Tuning(gain=2.0, integral=60.0), 50.0)
    assert settle(pid, 20.0, 5000, load=-15.0) == pytest.approx(50.0, abs=1e-6)


def test_the_integral_of_a_constant_error_grows_by_the_gain_each_integral_time() -> None:
    pid = Pid(Tuning(gain=0.5, integral=100.0), 10.0)
    for _ in range(100):
        out = pid.do_step(1.0, 0.0)
    assert out == pytest.approx(0.5 * 10.0 + 0.5 * 10.0)


def test_derivative_is_of_the_value_and_gives_no_kick() -> None:
    pid = Pid(Tuning(gain=1.0, derivative=10.0, low=-100.0), 20.0)
    pid.do_step(1.0, 20.0)
    pid.state.setpoint = 30.0
    assert pid.do_step(1.0, 20.0) == pytest.approx(10.0)
    assert pid.do_step(1.0, 21.0) == pytest.approx(9.0 - 10.0)


def test_at_its_limit_it_does_not_wind_up() -> None:
    pid = Pid(Tuning(gain=2.0, integral=10.0), 90.0)
    for _ in range(1000):
        assert pid.do_step(1.0, 0.0) == 100.0
    # One scan beyond the set-point is enough to leave the limit.
    assert pid.do_step(1.0, 95.0) < 100.0


def test_a_reversed_controller_does_not_wind_up_either() -> None:
    pid = Pid(Tuning(gain=-2.0, integral=10.0), 10.0)
    for _ in range(1000):
        assert pid.do_step(1.0, 90.0) == 100.0
    assert pid.do_step(1.0, 5.0) < 100.0


def test_to_automatic_without_a_bump() -> None:
    pid = Pid(Tuning(gain=3.0, integral=30.0), 40.0)
    pid.manual(62.0)
    assert pid.do_step(1.0, 35.0) == 62.0
    pid.automatic(35.0)
    assert pid.do_step(1e-9, 35.0) == pytest.approx(62.0)


def test_within_its_band_it_rests() -> None:
    pid = Pid(Tuning(gain=100.0, low=-100.0, band=0.05), 7.1)
    assert pid.do_step(1.0, 7.14) == 0.0
    assert pid.do_step(1.0, 7.0) == pytest.approx(5.0)
    assert [outside(error, 1.0) for error in (-3.0, -1.0, 0.5, 2.0)] == [-2.0, 0.0, 0.0, 1.0]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: Pid(Tuning(1.0, low=5.0, high=5.0), 0.0), "no span"),
        (lambda: Pid(Tuning(1.0, integral=-1.0), 0.0), "integral negative"),
        (lambda: Pid(Tuning(1.0, band=math.nan), 0.0), "band negative"),
        (lambda: Pid(Tuning(1.0), 0.0).do_step(0.0, 1.0), "seconds not above 0"),
        (lambda: Pid(Tuning(1.0), 0.0).manual(101.0), "Give 0 to 100"),
    ],
)
def test_what_cannot_be_is_refused(wrong: object, message: str) -> None:
    assert callable(wrong)
    with pytest.raises(BadInput, match=message):
        wrong()
