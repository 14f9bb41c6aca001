"""Particles: carried and falling as they should, spread as theory says, deposited by name, none lost, none through."""

from __future__ import annotations

import math

import numpy as np
import pytest

from resilience.twins.air.numbers import numbers
from resilience.twins.air.obstacles import Body
from resilience.twins.air.particles import Particles
from resilience.twins.errors import BadInput
from tests.twins.air.even_air import SPEED, downflow

PALM = Body("palm", (0.0, 1.2, 0.0), (0.0, 1.2, 0.0), 0.06)
HEAVY = 0.08
"""Settling speed of a particle of about 50 um, m/s: enough of them come to lie on a hand to be counted."""
ARM = Body("sleeve", (0.0, 1.2, 0.0), (0.05, 1.1, 0.28), 0.04)


def rain(count: int, seed: int = 0, y: float = 1.5, span: float = 0.15) -> np.ndarray:
    chance = np.random.default_rng(seed)
    return chance.uniform([-span, y - 0.02, -span], [span, y + 0.02, span], (count, 3))


def test_air_crosses_the_working_zone_in_one_and_a_third_seconds() -> None:
    air = Particles(downflow(), 1, settling=0.0, turbulent=False)
    air.emit(np.array([[0.0, 1.55, 0.0]]))
    air.do_step(0.6 / SPEED)
    assert air.places[0, 1] == pytest.approx(0.95, abs=1e-6)
    assert air.seconds == pytest.approx(1.333, rel=0.001)


def test_a_particle_falls_by_its_settling_speed_in_still_air() -> None:
    air = Particles(downflow(speed=0.0), 1, turbulent=False)
    air.emit(np.array([[0.0, 1.5, 0.0]]))
    air.do_step(10.0)
    assert air.places[0, 1] == pytest.approx(1.5 - 0.046, rel=1e-9)


@pytest.mark.parametrize("seconds", [0.1, 0.4, 1.0])
def test_turbulence_spreads_particles_as_taylor_says(seconds: float) -> None:
    # Taylor 1921: variance 2 s^2 T^2 (t/T - 1 + exp(-t/T)) for exponentially forgotten velocities.
    size = 0.06
    air = Particles(downflow(turbulence=size, speed=0.0), 20_000, seed=5, settling=0.0)
    air.emit(np.tile([0.0, 1.25, -0.05], (20_000, 1)))
    air.do_step(seconds)
    memory = numbers().turbulence_memory
    square = size**2 + numbers().turbulence_floor ** 2
    expected = 2 * square * memory**2 * (seconds / memory - 1 + math.exp(-seconds / memory))
    # The step of 25 ms is an eighth of the memory: a few per cent of the variance.
    for axis in range(3):
        assert air.places[:, axis].var() == pytest.approx(expected, rel=0.12)


def test_a_finer_step_comes_closer_to_theory() -> None:
    size, memory = 0.06, numbers().turbulence_memory
    square = size**2 + numbers().turbulence_floor ** 2
    expected = 2 * square * memory**2 * (2.0 - 1 + math.exp(-2.0))
    off = []
    for steps in (16, 160):
        air = Particles(downflow(turbulence=size, speed=0.0), 60_000, seed=9, settling=0.0)
        air.emit(np.tile([0.0, 1.25, -0.05], (60_000, 1)))
        for _ in range(steps):
            air.do_step(2 * memory / steps)
        off.append(abs(air.places.var(axis=0).mean() / expected - 1))
    assert off[1] < 0.015
    assert off[1] < off[0]


def test_quiet_air_does_not_gather_particles() -> None:
    # Evenly spread particles stay evenly spread although turbulence differs by a factor of five across the box.
    field = downflow(speed=0.0)
    across = np.linspace(-1, 1, field.grid.shape[2])
    field.grid[..., 3] = (0.02 + 0.08 * (1 - np.abs(across)))[None, None, :]
    air = Particles(field, 40_000, seed=2, settling=0.0)
    chance = np.random.default_rng(4)
    air.emit(chance.uniform([-0.55, 0.95, -0.29], [0.55, 1.55, 0.29], (40_000, 3)))
    air.do_step(1.0)
    z = air.places[:, 2]
    counts = np.histogram(z[np.abs(air.places[:, 0]) < 0.4], bins=6, range=(-0.15, 0.15))[0]
    assert counts.max() / counts.min() < 1.12


def test_every_particle_is_somewhere() -> None:
    air = Particles(downflow(turbulence=0.05), 500, seed=1, settling=HEAVY)
    air.set_bodies([PALM, ARM])
    for tick in range(120):
        air.emit(rain(20, tick))
        air.do_step(0.05)
        account = air.account()
        assert account.pop("emitted") == sum(account.values())
    assert {"worktop", "palm", "sleeve"} <= air.account().keys()


def test_the_same_seed_gives_the_same_paths_to_the_bit() -> None:
    found = []
    for seed in (7, 7, 8):
        air = Particles(downflow(turbulence=0.05), 300, seed=seed)
        air.set_bodies([PALM])
        for tick in range(20):
            air.emit(rain(15, tick))
            air.do_step(0.05)
        found.append((air.places.tobytes(), air.account()))
    assert found[0] == found[1]
    assert found[0] != found[2]


def test_no_particle_passes_a_body() -> None:
    slim = Body("needle", (0.1, 1.1, -0.1), (0.1, 1.1, 0.1), 0.009)
    air = Particles(downflow(turbulence=0.03), 4000, seed=3, settling=HEAVY)
    air.set_bodies([PALM, ARM, slim])
    for tick in range(40):
        air.emit(rain(100, tick))
        air.do_step(0.05)
        places = air.places
        # A particle that went in during the last step lies on the body from the next one on: it is not deeper.
        assert (np.linalg.norm(places - PALM.start, axis=1) >= PALM.radius - 0.005).all()
    tagged = air.account()
    assert tagged["palm"] > 0
    assert tagged["needle"] > 0


def test_behind_a_hand_fewer_arrive_from_above() -> None:
    def under(bodies: list[Body]) -> int:
        air = Particles(downflow(), 20_000, seed=3)
        air.set_bodies(bodies)
        air.emit(rain(20_000, span=0.06))
        air.do_step(1.0)
        near = np.linalg.norm(air.places[:, [0, 2]], axis=1) < 0.04
        return int(np.count_nonzero(near & (air.places[:, 1] < 1.12)))

    assert under([PALM]) < 0.6 * under([])


def test_more_particles_give_the_same_share_more_exactly() -> None:
    def shares(count: int) -> np.ndarray:
        found = []
        for seed in range(12):
            air = Particles(downflow(turbulence=0.04), count, seed=seed, settling=HEAVY)
            air.set_bodies([PALM])
            air.emit(rain(count, seed, span=0.08))
            air.do_step(0.8)
            found.append(air.account().get("palm", 0) / count)
        return np.array(found)

    few, many = shares(200), shares(5000)
    # Statistical error falls with the root of the number: by 5 here.
    assert many.std() < 0.45 * few.std()
    assert abs(few.mean() - many.mean()) < 4 * few.std() / math.sqrt(12)


def test_a_shorter_step_gives_the_same_share() -> None:
    def share(step: float) -> float:
        air = Particles(downflow(turbulence=0.04), 30_000, seed=1, settling=HEAVY)
        air.set_bodies([PALM])
        air.emit(rain(30_000, span=0.08))
        for _ in range(round(0.8 / step)):
            air.do_step(step)
        return air.account()["palm"] / 30_000

    shares = [share(step) for step in (0.025, 0.0125, 0.00625)]
    error = math.sqrt(shares[2] / 30_000)
    assert abs(shares[1] - shares[2]) < 4 * error + 0.03 * shares[2]
    assert abs(shares[0] - shares[2]) < 4 * error + 0.08 * shares[2]


def test_a_branch_leaves_the_trunk_alone_and_a_snapshot_brings_it_back() -> None:
    air = Particles(downflow(turbulence=0.05), 300, seed=4)
    air.emit(rain(200))
    air.do_step(0.3)
    kept = air.snapshot()
    other = air.fork()
    other.set_bodies([PALM])
    other.do_step(0.5)
    before = air.places.copy()
    assert air.seconds == pytest.approx(0.3)
    air.do_step(0.5)
    onward = air.places.copy()
    assert other.places.shape != onward.shape or not np.array_equal(other.places, onward)
    air.restore(kept)
    assert np.array_equal(air.places, before)
    air.do_step(0.5)
    assert np.array_equal(air.places, onward)


def test_when_all_places_are_taken_no_more_come_in() -> None:
    air = Particles(downflow(), 50)
    assert air.emit(rain(80)) == 50
    assert air.account()["emitted"] == 50


def test_what_cannot_be_is_refused() -> None:
    air = Particles(downflow(), 10)
    with pytest.raises(BadInput, match="no number"):
        air.emit(np.array([[math.nan, 1.0, 0.0]]))
    with pytest.raises(BadInput, match="no number"):
        air.emit(np.zeros((3, 2)))
    with pytest.raises(BadInput, match="step"):
        air.do_step(math.nan)
    with pytest.raises(BadInput, match="settling"):
        Particles(downflow(), 10, settling=-1.0)
    with pytest.raises(BadInput, match="no snapshot"):
        air.restore(3)
    air.set_bodies([PALM])
    with pytest.raises(BadInput, match="outside the cabinet"):
        air.set_bodies([Body("b", (0, 3, 0), (0, 3, 0), 0.05)])
    assert air.account() == {"emitted": 0, "airborne": 0}
