"""A seed makes a scenario, always the same."""

from __future__ import annotations

from collections import Counter

import pytest

from resilience.training import modules
from resilience.training.variants import draw

MODULE = modules.load("aseptic-filling")
SEEDS = range(200)


def test_the_same_seed_gives_the_same_scenario() -> None:
    assert draw(MODULE, 7) == draw(modules.load("aseptic-filling"), 7)


def test_seeds_reach_every_deviation_and_every_bad_pack() -> None:
    scenarios = [draw(MODULE, seed) for seed in SEEDS]
    faults = Counter(scenario.fault.id for scenario in scenarios if scenario.fault)
    assert set(faults) == {deviation.id for deviation in MODULE.variants.deviations}
    assert len(faults) >= 4
    bad = MODULE.variants.bad_pack
    assert bad is not None
    assert {scenario.bad_pack for scenario in scenarios} == set(bad.of)
    assert {scenario.bad_how for scenario in scenarios} == set(bad.how)


@pytest.mark.parametrize("seed", range(20))
def test_every_thing_has_a_slot_of_its_own(seed: int) -> None:
    scenario = draw(MODULE, seed)
    on = {name: MODULE.items[name].on for name in scenario.places}
    taken = Counter((on[name], place) for name, place in scenario.places.items())
    assert set(taken.values()) == {1}


@pytest.mark.parametrize("seed", range(20))
def test_numbers_stay_in_their_ranges(seed: int) -> None:
    scenario = draw(MODULE, seed)
    for name, (low, high) in MODULE.variants.numbers.items():
        assert low <= scenario.numbers[name] <= high
    assert scenario.fault is not None
    trigger = next(d.trigger for d in MODULE.variants.deviations if d.id == scenario.fault.id)
    if trigger is not None:
        assert trigger.nth[0] <= scenario.fault.nth <= trigger.nth[1]
    else:
        assert scenario.fault.event is None
