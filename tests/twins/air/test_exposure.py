"""Expected exposure: the order of risk, agreement with the particles, doses, what is not believed, bad input."""

from __future__ import annotations

import math
from functools import partial

import numpy as np
import pytest

from resilience.twins.air import poses, tables
from resilience.twins.air.ensemble import Cells, concentrations
from resilience.twins.air.exposure import FARTHEST, Exposure, Site
from resilience.twins.air.field import read
from resilience.twins.air.numbers import numbers
from resilience.twins.errors import BadInput

VIAL = Site("vial", (0.0, 0.96, -0.05), 0.006)
GLOVE, SLEEVE = 0.0015, 0.0059
FRONT = 0.30


def watching(site: Site, dx: float = 0.0, dy: float = 0.0, dz: float = 0.0, hand: bool = True) -> Exposure:
    """A site, and a hand at an offset from it whose arm goes straight out by the aperture."""
    exposure = Exposure()
    exposure.set_sites([site])
    if hand:
        x, y, z = site.at
        palm = (x + dx, y + dy, z + dz)
        exposure.set_hand("right", palm, (palm[0], 1.02, FRONT), GLOVE, SLEEVE)
    return exposure


def rate(site: Site, dx: float = 0.0, dy: float = 0.0, dz: float = 0.0, hand: bool = True) -> float:
    return float(watching(site, dx, dy, dz, hand).rates().sum())


@pytest.mark.parametrize("radius", [0.006, 0.045])
@pytest.mark.parametrize("y", [0.96, 1.0, 1.04])
@pytest.mark.parametrize("z", [-0.10, -0.05, 0.0])
@pytest.mark.parametrize("height", [0.10, 0.14, 0.18, 0.22])
def test_a_hand_above_is_worse_than_beside_than_downstream_than_none(
    radius: float, y: float, z: float, height: float
) -> None:
    # In the middle third of the work surface. Beside: 8 cm to the side, level with the opening and a little higher.
    # Downstream: lower than the opening, and towards the front grille, to which the air goes.
    site = Site("opening", (0.0, y, z), radius)
    above = rate(site, dy=height)
    beside = [rate(site, dx=0.08, dy=dy) for dy in (0.0, 0.04)]
    downstream = rate(site, dy=-0.05, dz=0.06)
    nobody = rate(site, hand=False)
    assert above > max(beside)
    assert min(beside) > downstream > nobody > 0


@pytest.mark.parametrize("offset", [0.10, 0.12, 0.3])
@pytest.mark.parametrize("height", [0.02, 0.1, 0.2, 0.3])
def test_a_hand_ten_centimetres_to_the_side_adds_nothing_at_all(offset: float, height: float) -> None:
    assert offset >= FARTHEST
    assert rate(VIAL, dx=offset, dy=height) == rate(VIAL, hand=False)
    assert rate(VIAL, dx=-offset, dy=height) == rate(VIAL, hand=False)
    # Behind the hand, away from the arm, too.
    assert rate(VIAL, dy=height, dz=offset) == rate(VIAL, hand=False)


def test_a_sleeve_above_is_counted_as_the_sleeve() -> None:
    # The palm has gone past the vial: the forearm is over it now.
    found = watching(VIAL, dy=0.12, dz=-0.15)
    by = dict(zip(found.contributors, found.rates()[0], strict=True))
    assert by["right sleeve"] > 10 * by["right glove"]
    over = watching(VIAL, dy=0.12)
    by = dict(zip(over.contributors, over.rates()[0], strict=True))
    assert by["right glove"] / GLOVE > 2 * by["right sleeve"] / SLEEVE


def sampled(count: int, seed: int) -> list[tuple[poses.Vector, poses.Vector, poses.Vector]]:
    """Poses of a hand over the work, and a site near it: palm, elbow, site."""
    chance, found = np.random.default_rng(seed), []
    while len(found) < count:
        palm = (chance.uniform(-0.2, 0.2), 0.90 + chance.uniform(0.09, 0.32), chance.uniform(-0.14, 0.10))
        elbow = (palm[0] + chance.uniform(-0.1, 0.1), 1.02, FRONT)
        site = (
            palm[0] + chance.uniform(-0.07, 0.07),
            chance.uniform(0.92, palm[1] - 0.05),
            palm[2] + chance.uniform(-0.05, 0.2),
        )
        found.append((palm, elbow, site))
    return found


def test_the_kernel_agrees_with_the_particles_over_sampled_poses() -> None:
    field, off, kernel, particles = read(), [], [], []
    for index, (palm, elbow, at) in enumerate(sampled(30, seed=21)):
        exposure = Exposure()
        exposure.set_sites([Site("site", at, 0.01)])
        exposure.set_hand("hand", palm, elbow, 1.0, 1.0)
        catch = numbers().settling_mcp * math.pi * 0.01**2
        cell = Cells((at[0] - 0.01, at[1] - 0.01, at[2] - 0.01), 0.02, (1, 1, 1))
        for column, run in ((2, poses.gloves_run), (3, poses.sleeves_run)):
            found, error = concentrations(field, partial(run, palm, elbow), cell, 200, 30, seed=500 + index)
            expected = float(exposure.rates()[0, column]) / catch
            own = float(exposure.errors()[0, column]) / catch
            kernel.append(expected)
            particles.append(float(found[0, 0, 0]))
            # Where no particle came by, one that had would have been this much.
            least = 0.025 / (200 * 30 * 0.02**3)
            off.append((expected - particles[-1]) / math.hypot(own, max(float(error[0, 0, 0]), least)))
    # Within their errors: the differences are as large as the errors say, and none is much larger.
    assert np.sqrt(np.mean(np.square(off))) < 1.6
    assert np.percentile(np.abs(off), 90) < 2.6
    assert sum(kernel) == pytest.approx(sum(particles), rel=0.12)


def test_in_the_room_air_settles_as_the_room_has_it_near_the_grille_and_not_deep_inside() -> None:
    exposure = Exposure()
    exposure.set_sites([Site("deep", (0, 0.96, -0.05), 0.01), Site("edge", (0, 0.92, 0.285), 0.01)])
    exposure.set_air(room=100.0)
    deep, edge = exposure.rates()[:, 1]
    settling = numbers().settling_mcp * math.pi * 0.01**2 * 100
    assert deep < 1e-6 * settling
    assert edge > 0.1 * settling


def test_without_protection_the_room_comes_in() -> None:
    exposure = watching(VIAL, hand=False)
    exposure.set_air(10.0)
    quiet = exposure.rates().sum()
    exposure.set_air(10.0, protects=False)
    area = math.pi * VIAL.radius**2
    assert exposure.rates().sum() == pytest.approx(0.3 * 10 * 0.0046 * area)
    assert exposure.rates().sum() > 100 * quiet


def test_an_opening_that_lies_on_its_side_catches_nothing_that_falls() -> None:
    upright, tilted, aside = (
        watching(Site("v", VIAL.at, VIAL.radius, up), dy=0.12).rates().sum()
        for up in ((0.0, 1.0, 0.0), (0.6, 0.8, 0.0), (1.0, 0.0, 0.0))
    )
    assert tilted == pytest.approx(0.8 * upright)
    assert aside == 0


def test_doses_grow_by_their_rates_and_keep_their_contributors() -> None:
    exposure = watching(VIAL, dy=0.12)
    rates = dict(zip(exposure.contributors, exposure.rates()[0], strict=True))
    for _ in range(40):
        exposure.do_step(0.05)
    assert exposure.seconds == pytest.approx(2.0)
    assert exposure.dose("vial")["right glove"] == pytest.approx(2.0 * rates["right glove"])
    assert exposure.dose("vial")["first air"] == pytest.approx(2.0 * 0.01 * 0.0046 * math.pi * 0.006**2)
    assert exposure.dose("no such") == {}


def test_a_hand_that_jumps_or_is_nowhere_is_not_believed_and_is_written_down() -> None:
    exposure = watching(VIAL, dy=0.12)
    before = exposure.rates().copy()
    elbow = (0.0, 1.02, FRONT)
    assert not exposure.set_hand("right", (2.5, 1.08, -0.05), elbow, GLOVE, SLEEVE)
    assert not exposure.set_hand("right", (math.nan, 1.08, -0.05), elbow, GLOVE, SLEEVE)
    assert not exposure.set_hand("right", (0.0, 1.08, -0.05), (0.0, math.inf, 0.3), GLOVE, SLEEVE)
    assert not exposure.set_hand("right", elbow, elbow, GLOVE, SLEEVE)
    assert np.array_equal(exposure.rates(), before)
    whys = [rejected.why for rejected in exposure.rejected]
    assert [rejected.name for rejected in exposure.rejected] == ["right"] * 4
    assert "jump of 2.5" in whys[0]
    assert "no number" in whys[1]
    assert exposure.set_hand("right", (0.01, 1.08, -0.05), elbow, GLOVE, SLEEVE)


def test_a_hand_that_left_adds_nothing_more() -> None:
    exposure = watching(VIAL, dy=0.12)
    exposure.remove_hand("right")
    exposure.remove_hand("left")
    assert exposure.contributors == ["first air", "room"]
    assert exposure.rates().sum() == rate(VIAL, hand=False)


def test_a_branch_leaves_the_trunk_alone_and_a_snapshot_brings_it_back() -> None:
    exposure = watching(VIAL, dy=0.12)
    exposure.do_step(1.0)
    kept = exposure.snapshot()
    other = exposure.fork()
    other.remove_hand("right")
    other.do_step(1.0)
    exposure.do_step(1.0)
    with_hand = exposure.dose("vial")
    assert other.dose("vial")["right glove"] == pytest.approx(with_hand["right glove"] / 2)
    exposure.restore(kept)
    assert exposure.seconds == 1.0
    exposure.do_step(1.0)
    assert exposure.dose("vial") == with_hand


def test_what_cannot_be_is_refused() -> None:
    exposure = Exposure()
    with pytest.raises(BadInput, match="room's concentration"):
        exposure.set_air(-1.0)
    with pytest.raises(BadInput, match="site"):
        exposure.set_sites([Site("s", (0, math.nan, 0), 0.01)])
    with pytest.raises(BadInput, match="site"):
        exposure.set_sites([Site("s", (0, 1, 0), 0.0)])
    with pytest.raises(BadInput, match="emission"):
        exposure.set_hand("right", (0, 1.1, 0), (0, 1, 0.3), -1.0, 0.0)
    with pytest.raises(BadInput, match="step"):
        exposure.do_step(-1.0)
    with pytest.raises(BadInput, match="no snapshot"):
        exposure.restore(None)


def test_the_tables_were_made_from_what_is_here() -> None:
    assert tables.read().about["from"] == tables.origin(read())
