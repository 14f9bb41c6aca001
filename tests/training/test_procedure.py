"""The procedure is followed: done, next, left out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from resilience.training import modules
from resilience.training.module_shapes import Procedure
from resilience.training.procedure import Goal, ProcedureTracker

SEEN: dict[str, Any] = {"kind": "opened"}


def tracker(*steps: dict[str, Any], per: Any = None) -> ProcedureTracker:
    lines = [{"source": "a test", **step} for step in steps]
    phase = {"id": "phase", "per": per, "steps": lines}
    procedure = Procedure.model_validate({"operations": [{"id": "work", "phases": [phase]}]})
    return ProcedureTracker(replace(modules.load("controls"), procedure=procedure))


def event(tick: int, kind: str = "opened", **fields: Any) -> dict[str, Any]:
    return {"tick": tick, "kind": kind, **fields}


def test_a_step_is_done_once() -> None:
    following = tracker({"id": "look", "done": SEEN})
    expected = {"tick": 4, "kind": "step_done", "step": "look", "operation": "work", "item": None}
    assert following.observe(event(4)) == [expected]
    assert following.observe(event(5)) == []
    assert following.finish(9) == []


def test_each_item_has_its_own_step() -> None:
    following = tracker({"id": "open", "done": {"kind": "opened", "target": "{item}"}}, per=["bottle", "spray"])
    assert [done["item"] for done in following.observe(event(1, target="spray"))] == ["spray"]
    current = following.current
    assert current is not None
    assert current.item == "bottle"
    assert [left["item"] for left in following.finish(7)] == ["bottle"]


def test_current_step_follows_the_order_of_the_procedure() -> None:
    following = tracker({"id": "first", "done": SEEN}, {"id": "second", "done": {"kind": "closed"}})
    following.observe(event(1, "closed"))
    assert (following.state_of("first"), following.state_of("second")) == ("now", "done")
    following.observe(event(2))
    assert following.current is None


def test_an_optional_step_is_not_missed() -> None:
    following = tracker({"id": "ask", "done": SEEN, "optional": True})
    assert following.finish(3) == []


@pytest.mark.parametrize(
    ("done", "needed"),
    [
        ({"all": [{"kind": "opened"}, {"kind": "closed"}]}, ["opened", "closed"]),
        ({"any": [{"kind": "opened"}, {"kind": "closed"}]}, ["closed"]),
        ({"count": {"of": {"kind": "opened"}, "at_least": 3}}, ["opened", "opened", "opened"]),
        ({"all": [{"kind": "closed"}, {"any": [{"kind": "moved"}, {"kind": "left"}]}]}, ["left", "closed"]),
    ],
)
def test_done_when_is_met_by_the_last_event_it_needs(done: dict[str, Any], needed: list[str]) -> None:
    goal = Goal(done, {})
    for tick, kind in enumerate(needed):
        assert not goal.met
        goal.observe(event(tick, kind))
    assert goal.met


def test_count_distinct_takes_each_value_once() -> None:
    goal = Goal({"count": {"of": SEEN, "at_least": 2, "distinct": "target"}}, {})
    goal.observe(event(1, target="bottle"))
    goal.observe(event(2, target="bottle"))
    assert not goal.met
    goal.observe(event(3, target="spray"))
    assert goal.met
