"""Concentrations from particle runs: closed forms where there are some, convergence in number and step, and seeds."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from resilience.twins.air import poses
from resilience.twins.air.ensemble import Cells, concentrations, tally
from resilience.twins.air.field import read
from resilience.twins.air.motion import AIRBORNE, UNUSED
from resilience.twins.air.obstacles import Body
from tests.twins.air.even_air import SPEED, downflow

PALM, ELBOW = (0.0, 1.12, -0.02), (0.05, 1.02, 0.30)
UNDER = Cells((-0.04, 0.94, -0.06), 0.04, (2, 2, 2))


def column(count: int, chance: np.random.Generator) -> tuple[list[Body], np.ndarray]:
    """Particles that leave evenly over 20 cm by 20 cm."""
    # From so high that it is not seen that all begin at once: a step of 25 ms goes through half a cell.
    return [], chance.uniform([-0.1, 1.40, -0.15], [0.1, 1.42, 0.05], (count, 3))


def test_an_even_column_of_particles_has_the_concentration_of_its_flow() -> None:
    # One a second through 0.04 m2 at 0.45 + 0.0046 m/s: 55 s/m3; measured well within the column.
    cells = Cells((-0.04, 1.26, -0.09), 0.08, (1, 1, 1))
    found, error = concentrations(downflow(), column, cells, 10_000, 6, seed=1)
    assert found[0, 0, 0] == pytest.approx(1 / (0.04 * (SPEED + 0.0046)), rel=0.03)
    assert 0 < error[0, 0, 0] < 0.03 * found[0, 0, 0]


def test_only_airborne_particles_in_a_cell_count() -> None:
    place = np.array([[0.5, 0.5, 0.5], [0.5, 0.5, 0.5], [1.5, 0.5, 0.5], [-0.1, 0.5, 0.5], [0.5, 0.5, 2.0]])
    fate = np.array([AIRBORNE, UNUSED, AIRBORNE, AIRBORNE, AIRBORNE], np.uint8)
    counts = np.zeros((2, 1, 2))
    tally(place, fate, np.zeros(3), 1.0, counts)
    assert counts[:, 0, :].tolist() == [[1, 0], [1, 0]]


def test_the_error_falls_with_the_root_of_the_runs() -> None:
    draw = partial(poses.gloves_run, PALM, ELBOW)
    few, many = (concentrations(read(), draw, UNDER, 150, runs, seed=3) for runs in (16, 144))
    assert many[1].mean() < 0.6 * few[1].mean()
    off = (few[0] - many[0]) / np.hypot(few[1], many[1])
    assert np.sqrt((off**2).mean()) < 2.0


def test_a_finer_step_gives_the_same_concentration_within_the_error() -> None:
    draw = partial(poses.gloves_run, PALM, ELBOW)
    coarse, fine = (concentrations(read(), draw, UNDER, 200, 60, seed=5, step=step) for step in (0.025, 0.00625))
    # Runs with the same seed have the same hands: only the paths differ.
    assert coarse[0].mean() == pytest.approx(fine[0].mean(), rel=0.12)


def test_the_same_seed_gives_the_same_numbers() -> None:
    draw = partial(poses.sleeves_run, PALM, ELBOW)
    one, two, other = (concentrations(read(), draw, UNDER, 200, 8, seed=seed)[0].tobytes() for seed in (1, 1, 2))
    assert one == two != other
