"""Virtual trainees: the expert passes whatever the seed brings; novices make their errors and are caught."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import dist
from typing import Any

import pytest

from resilience.training import modules, trainees
from resilience.training.errors import BadInput
from resilience.training.modules import Module
from resilience.training.session import Session
from resilience.training.variants import draw


@pytest.fixture(scope="module")
def filling() -> Module:
    return modules.load("aseptic-filling")


def seeds_of_each_deviation(module: Module) -> list[int]:
    """One seed for each deviation: the first that brings it."""
    first: dict[str, int] = {}
    for seed in range(1, 60):
        fault = draw(module, seed).fault
        if fault is not None:
            first.setdefault(fault.id, seed)
    return list(first.values())


def found(session: Session) -> set[str]:
    return {finding.check for finding in session.outcome().findings}


@pytest.mark.parametrize("seed", seeds_of_each_deviation(modules.load("aseptic-filling")))
def test_expert_is_without_finding_in_every_deviation(filling: Module, seed: int) -> None:
    actions: list[dict[str, Any]] = []
    session = trainees.run(filling, seed, on_action=actions.append)
    outcome = session.outcome()
    assert outcome.findings == ()
    assert outcome.verdict == "competent"
    assert session.finished
    assert actions[-1]["verb"] == "finish"
    assert any(event["kind"] == "fault" for event in session.events)
    assert any(event["kind"] == "reported" for event in session.events)


def test_expert_is_never_refused(filling: Module) -> None:
    session = Session(filling, 1, mode="assessment")
    trainee = trainees.Trainee(session)
    trainee.work()
    assert trainee.refused == []


def test_expert_s_hands_are_slow_and_sent_only_while_moving(filling: Module) -> None:
    actions: list[dict[str, Any]] = []
    trainees.run(filling, 2, on_action=actions.append)
    poses = [action for action in actions if action["verb"] == "pose"]
    for before, after in pairwise(poses):
        if after["tick"] - before["tick"] == 1:
            for hand in ("left", "right"):
                # Metres a second from millimetres a tick; positions are rounded to whole millimetres.
                assert dist(before[hand][:3], after[hand][:3]) * 20 / 1000 < 0.30 + 0.04
    ticks = [action["tick"] for action in actions]
    assert ticks == sorted(ticks)
    assert len(poses) < ticks[-1]


def test_the_same_trainee_does_the_same_twice(filling: Module) -> None:
    first, second = (trainees.run(filling, 5, "hand-over-vial") for _ in range(2))
    assert first.log_hash == second.log_hash
    assert first.outcome().hash == second.outcome().hash


@pytest.mark.parametrize(
    "trainee", ["hand-over-vial", "looks-at-no-pack", "ignores-alarm", "fallen-stopper", "takes-any-roll"]
)
def test_novices_are_caught_by_the_checks_they_name(filling: Module, trainee: str) -> None:
    mutation = trainees.mutation_of(filling, trainee)
    assert mutation is not None
    session = trainees.run(filling, trainees.seed_for(filling, trainee, 1), trainee)
    assert set(mutation.catches) <= found(session)


@pytest.mark.parametrize("right", [True, False])
def test_lots_may_be_recorded_while_the_packs_are_checked(filling: Module, right: bool) -> None:
    seed = next(seed for seed in range(1, 60) if draw(filling, seed).bad_pack == "vial-pack")
    session = Session(filling, seed, mode="assessment")
    trainee = trainees.Trainee(session)
    early = next(planned for planned in trainee.plan if planned.line.get("record") == "lot-vials")
    trainee.plan.remove(early)
    lot = filling.items["vial-pack-2" if right else "vial-pack"].lot
    trainee.plan.appendleft(replace(early, line={"record": "lot-vials", "value": lot}))
    trainee.work()
    assert found(session) == (set() if right else {"record-forged"})


def test_unknown_trainee_names_the_known_ones(filling: Module) -> None:
    with pytest.raises(BadInput, match="there is no trainee `clown`") as caught:
        trainees.run(filling, 1, "clown")
    assert "expert" in caught.value.fix


def test_seed_for_a_deviation_brings_it(filling: Module) -> None:
    scenario = draw(filling, trainees.seed_for(filling, "ignores-alarm", 10))
    assert scenario.seed >= 10
    assert scenario.fault is not None
    assert scenario.fault.id == "airflow-alarm"


def test_lesson_is_passed_and_may_be_left_at_once() -> None:
    lesson = modules.load("controls")
    assert trainees.run(lesson, 1, mode="guided").outcome().verdict == "competent"
    left = Session(lesson, 1, mode="guided")
    left.apply({"seq": 1, "tick": 20, "verb": "finish"})
    assert left.outcome().verdict == "competent"
    assert left.outcome().findings == ()
