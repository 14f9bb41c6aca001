"""An expert's plan and the changes that make a novice's of it."""

from __future__ import annotations

from typing import Any

import pytest

from resilience.training import modules
from resilience.training.errors import BadInput
from resilience.training.module_shapes import Mutation
from resilience.training.plan import Planned, expert_plan, mutate
from resilience.training.plan_lines import line_problem

LINES: list[tuple[str, int, int, dict[str, Any]]] = [
    ("wash", 1, 1, {"wait": 30}),
    ("wash", 1, 2, {"take": "left", "item": "soap", "grip": "end"}),
    ("fill", 1, 1, {"record": "filled", "value": 1}),
    ("fill", 2, 1, {"record": "filled", "value": 2}),
]
PLAN = [Planned("work", step, None, nth, number, nth == 1, line) for step, nth, number, line in LINES]


def changed(change: str, step: str, **more: Any) -> list[Planned]:
    at = {"step": step, **more.pop("at", {})}
    mutation = {"id": "m", "at": at, "change": change, "catches": ["c"], **more}
    return mutate(PLAN, Mutation.model_validate(mutation))


def lines(plan: list[Planned]) -> list[dict[str, Any]]:
    return [planned.line for planned in plan]


def test_skip_takes_out_one_repetition_or_all() -> None:
    assert lines(changed("skip", "fill")) == [LINES[0][3], LINES[1][3], LINES[3][3]]
    assert len(changed("skip", "fill", at={"nth": "all"})) == 2


def test_insert_goes_before() -> None:
    plan = changed("insert", "fill", at={"nth": 2}, lines=[{"wait": 9}])
    assert lines(plan)[3] == {"wait": 9}
    assert len(plan) == 5


def test_replace_puts_its_lines_once_for_each_repetition() -> None:
    plan = changed("replace", "fill", at={"nth": "all"}, lines=[{"wait": 9}])
    assert lines(plan)[2:] == [{"wait": 9}, {"wait": 9}]
    assert [planned.nth for planned in plan[2:]] == [1, 2]


def test_swap_exchanges_two_steps() -> None:
    plan = changed("swap", "wash", **{"with": {"step": "fill"}})
    assert [planned.step for planned in plan] == ["fill", "wash", "wash", "fill"]


def test_swap_needs_another_step() -> None:
    with pytest.raises(BadInput, match="swaps with nothing"):
        changed("swap", "wash")


def test_shorten_touches_waits_alone() -> None:
    assert lines(changed("shorten", "wash", to=2))[:2] == [{"wait": 2.0}, LINES[1][3]]


def test_forge_changes_what_is_recorded() -> None:
    assert lines(changed("forge", "fill", to=12))[2] == {"record": "filled", "value": 12}


def test_grip_changes_how_a_thing_is_taken() -> None:
    assert lines(changed("grip", "wash", to="middle"))[1]["grip"] == "middle"


def test_rush_and_path_change_the_movement_and_not_the_line() -> None:
    assert changed("rush", "fill", to=3)[2].speed == 3
    assert changed("path", "fill", to="over")[2].over
    assert lines(changed("rush", "fill", to=3)) == lines(PLAN)


def test_a_mutation_that_points_nowhere_is_refused() -> None:
    with pytest.raises(BadInput, match="points at no line"):
        changed("skip", "fill", at={"nth": 3})


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ({"fly": "up"}, "no verb"),
        ({}, "no verb"),
        ({"place": "left"}, "lacks `on`"),
        ({"wait": 3, "loudly": True}, "has no `loudly`"),
    ],
)
def test_a_line_that_cannot_be_done_is_named(line: dict[str, Any], says: str) -> None:
    problem = line_problem(line)
    assert problem is not None
    assert says in problem[0]


@pytest.mark.parametrize("name", modules.available())
def test_shipped_mutations_change_the_plan_or_a_reaction(name: str) -> None:
    module = modules.load(name)
    plan = expert_plan(module)
    reactions = {reaction.id for reaction in module.procedure.reactions}
    for mutation in module.mutations.mutations:
        if mutation.at.step not in reactions:
            assert mutate(plan, mutation) != plan, mutation.id
