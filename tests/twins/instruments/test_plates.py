"""Plates and the air sampler: area, time, recovery, noise; truth apart from what grows."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from resilience.twins.errors import BadInput
from resilience.twins.instruments import AirSampler, ContactPlate, FingerDab, SettlePlate
from resilience.twins.instruments.plates import settling_speed
from resilience.twins.touch import Touch

HOURS = 3600.0


# Calibration: 63.6 cm2, and the pairs of the Annex (10 -> 5, 100 -> 50, 200 -> 100 in 4 h) are 0.546 cm/s.
def test_a_settle_plate_has_the_area_of_its_diameter() -> None:
    assert SettlePlate("a").area * 1e4 == pytest.approx(63.6, rel=0.002)


@pytest.mark.parametrize(("per_m3", "colonies"), [(10, 5), (100, 50), (200, 100)])
def test_the_pairs_of_the_annex_imply_one_settling_speed(per_m3: float, colonies: float) -> None:
    assert settling_speed(colonies, per_m3, 4 * HOURS) * 100 == pytest.approx(0.546, rel=0.002)


@pytest.mark.parametrize(("per_m3", "expected"), [(10, 4.21), (100, 42.1), (200, 84.3)])
def test_at_the_measured_settling_speed_the_plates_gather_fewer(per_m3: float, expected: float) -> None:
    plate = SettlePlate("a")
    for _ in range(8):
        plate.do_step(0.5 * HOURS, per_m3, 0.0046)
    assert plate.incubate().there == pytest.approx(expected, rel=0.002)


def test_a_settle_plate_is_never_open_longer_than_four_hours() -> None:
    plate = SettlePlate("a")
    plate.do_step(3.9 * HOURS, 10.0, 0.0046)
    with pytest.raises(BadInput, match=r"4\.10 h.*after 4 h"):
        plate.do_step(0.2 * HOURS, 10.0, 0.0046)
    assert plate.seconds == 3.9 * HOURS
    plate.do_step(0.1 * HOURS, 10.0, 0.0046)


def test_what_falls_on_a_plate_may_come_from_another_model() -> None:
    plate = SettlePlate("a")
    plate.expose(60.0, 2.5)
    plate.expose(60.0, 0.5)
    assert plate.incubate().expected == 3.0


# A contact plate that is rolled takes 50 %, one that is pressed 16 % (Eaton et al. 2024).
@pytest.mark.parametrize(("way", "share"), [("rolled", 0.5), ("pressed", 0.16)])
def test_a_contact_plate_takes_up_its_share(way: str, share: float) -> None:
    plate = ContactPlate("a")
    assert plate.press(20.0, way) == share  # type: ignore[arg-type]
    grown = plate.incubate()
    assert (grown.there, grown.expected) == pytest.approx((20.0, 20.0 * share))
    assert plate.area * 1e4 == pytest.approx(23.76, rel=0.001)


def test_a_dab_gives_colonies_by_finger() -> None:
    dab = FingerDab("left")
    assert dab.press(100.0) == 0.29
    grown = dab.incubate()
    assert list(grown.fingers) == ["thumb", "index", "middle", "ring", "little"]
    assert grown.colonies == sum(grown.fingers.values())
    assert grown.expected == pytest.approx(29.0)


def test_an_air_sampler_stops_at_its_volume() -> None:
    sampler = AirSampler("a")
    assert not sampler.do_step(300.0, 20.0)
    assert sampler.do_step(900.0, 20.0)
    sample = sampler.incubate()
    assert sample.m3 == pytest.approx(1.0)
    assert sample.expected == pytest.approx(16.0)
    assert sample.true_per_m3 == pytest.approx(20.0)
    assert sample.per_m3 == sample.colonies


def grow_settle(name: str, seed: int) -> int:
    plate = SettlePlate(name, seed)
    plate.expose(60.0, 4.0)
    return plate.incubate().colonies


def grow_contact(name: str, seed: int) -> int:
    plate = ContactPlate(name, seed)
    plate.press(8.0)
    return plate.incubate().colonies


def grow_dab(name: str, seed: int) -> int:
    dab = FingerDab(name, seed)
    dab.press(4.0 / 0.29)
    return dab.incubate().colonies


def grow_air(name: str, seed: int) -> int:
    sampler = AirSampler(name, seed)
    sampler.do_step(600.0, 5.0)
    return sampler.incubate().colonies


@pytest.mark.parametrize("grow", [grow_settle, grow_contact, grow_dab, grow_air])
def test_colonies_scatter_as_a_poisson_and_follow_the_seed(grow: Callable[[str, int], int]) -> None:
    drawn = np.array([grow(f"plate-{n}", 1) for n in range(2000)])
    assert drawn.mean() == pytest.approx(4.0, abs=5 * math.sqrt(4.0 / 2000))
    assert drawn.var() == pytest.approx(4.0, rel=0.2)
    assert [grow(f"plate-{n}", 1) for n in range(50)] == list(drawn[:50])
    assert [grow(f"plate-{n}", 2) for n in range(50)] != list(drawn[:50])


def test_a_plate_takes_from_the_face_what_it_recovers() -> None:
    touch = Touch(1, members=0)
    touch.add_face("worktop", 10.0)
    plate = ContactPlate("a")
    took = touch.sample("worktop", plate.press(float(touch.organisms("worktop")[0])))
    assert took.central == pytest.approx(plate.incubate().expected) == pytest.approx(5.0)
    assert float(touch.organisms("worktop")[0]) == pytest.approx(5.0)


def test_plates_can_be_kept_and_branched() -> None:
    plate = SettlePlate("a")
    plate.expose(60.0, 1.0)
    kept, other = plate.snapshot(), plate.fork()
    plate.expose(60.0, 5.0)
    assert other.incubate().there == 1.0
    plate.restore(kept)
    assert plate.incubate() == other.incubate()
    assert plate.seconds == 60.0


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        (lambda: SettlePlate("a").expose(-1.0, 1.0), "seconds"),
        (lambda: SettlePlate("a").expose(1.0, -1.0), "organisms"),
        (lambda: SettlePlate("a").do_step(1.0, math.nan, 0.0046), "organisms"),
        (lambda: SettlePlate("a").do_step(1.0, 1.0, -0.1), "settling speed"),
        (lambda: SettlePlate("a").do_step(math.nan, 1.0, 0.1), "seconds"),
        (lambda: ContactPlate("a").press(-1.0), "organisms"),
        (lambda: ContactPlate("a").press(1.0, "swabbed"), "unknown way `swabbed`"),  # type: ignore[arg-type]
        (lambda: ContactPlate("a").incubate(), "never pressed"),
        (lambda: FingerDab("a").press(math.nan), "organisms"),
        (lambda: FingerDab("a").incubate(), "never pressed"),
        (lambda: AirSampler("a").incubate(), "no air was drawn"),
        (lambda: AirSampler("a").do_step(-1.0, 1.0), "seconds"),
        (lambda: AirSampler("a").do_step(1.0, math.inf), "organisms"),
        (lambda: AirSampler("a", flow=0.0), "flow"),
        (lambda: AirSampler("a", m3=-1.0), "volume"),
        (lambda: AirSampler("a", recovery=1.5), "recovery"),
        (lambda: settling_speed(5.0, 0.0, 1.0), "organisms"),
        (lambda: settling_speed(-5.0, 1.0, 1.0), "colonies"),
        (lambda: settling_speed(5.0, 1.0, 0.0), "seconds"),
    ],
)
def test_what_cannot_be_is_refused(wrong: Callable[[], object], what: str) -> None:
    with pytest.raises(BadInput, match=what):
        wrong()


def test_a_plate_is_used_once() -> None:
    for plate in (ContactPlate("a"), FingerDab("a")):
        plate.press(1.0)
        with pytest.raises(BadInput, match="has been used"):
            plate.press(1.0)
