"""The replay for the eye: it holds what a client needs, thinned, and ends where the session ended."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from resilience.training.frames import LONGEST_GAP, SHORTEST_GAP, Poses, frames
from tests.training.runs import log_of, module, run


@cache
def shown(trainee: str = "expert") -> dict[str, Any]:
    return frames(log_of(trainee), module=module())


def test_it_has_the_shape_of_the_contract_and_is_json() -> None:
    assert list(shown()) == ["tick_rate", "ticks", "scene", "snapshot", "updates", "poses", "shields", "lying"]
    assert json.loads(json.dumps(shown())) == json.loads(json.dumps(shown()))
    assert shown()["ticks"] == run().session.tick
    assert shown()["snapshot"]["tick"] == 0


def test_what_only_serves_to_act_is_left_out() -> None:
    for message in (shown()["snapshot"], *shown()["updates"]):
        assert "affordances" not in message
        assert "questions" not in message


def test_updates_run_forward_and_lead_to_the_last_state() -> None:
    items = dict(shown()["snapshot"]["items"])
    last = 0
    for update in shown()["updates"]:
        assert update["tick"] >= last
        last = update["tick"]
        items |= update.get("items", {})
        for gone in update.get("removed", []):
            items.pop(gone, None)
    assert items == json.loads(json.dumps(run().session.snapshot()["items"]))


def test_poses_are_columns_of_one_length_in_order() -> None:
    poses = shown()["poses"]
    assert len({len(column) for column in poses.values()}) == 1
    assert poses["tick"] == sorted(poses["tick"])
    assert 0 < len(poses["tick"]) < len(run().actions)


def test_a_shield_tells_by_what_where_and_how_grave() -> None:
    graded = [shield for shield in shown("hand-over-vial")["shields"] if shield["severity"] == "critical"]
    assert graded
    for shield in graded:
        assert shield["item"].startswith("vial-")
        assert shield["by"].startswith("hand:")
        assert shield["from_tick"] < shield["to_tick"]
        x, y, z = shield["at"]
        assert -0.6 < x < 0.6
        assert 0.9 < y < 1.2
        assert -1.8 < z < -1.2


steps = st.lists(st.tuples(st.integers(1, 30), st.integers(-50, 50)), min_size=1, max_size=40)


@given(steps)
def test_thinning_keeps_the_ends_and_no_hand_strays_from_the_path(walk: list[tuple[int, int]]) -> None:
    poses, tick, x, all_poses = Poses(), 0, 0, []
    for gap, move in walk:
        tick, x = tick + gap, x + move
        pose = {"verb": "pose", "tick": tick, "head": [0, 1600, 0], "left": [x, 1000, 0], "right": None}
        all_poses.append(pose)
        poses.add(pose)
    columns = poses.finish()
    assert columns["tick"][0] == all_poses[0]["tick"]
    assert columns["tick"][-1] == all_poses[-1]["tick"]
    assert columns["left"][-1] == all_poses[-1]["left"]
    kept = set(columns["tick"])
    for pose in all_poses:
        nearest = min(kept, key=lambda at: abs(at - pose["tick"]))
        assert abs(nearest - pose["tick"]) <= LONGEST_GAP
        if pose["tick"] not in kept and abs(nearest - pose["tick"]) > SHORTEST_GAP:
            left = columns["left"][columns["tick"].index(max(at for at in kept if at < pose["tick"]))]
            assert abs(left[0] - pose["left"][0]) <= 4


def test_hands_that_come_and_go_are_kept() -> None:
    poses = Poses()
    for tick, left in ((0, None), (4, [1, 2, 3]), (8, [1, 2, 3]), (12, None)):
        poses.add({"verb": "pose", "tick": tick, "left": left})
    assert poses.finish()["left"] == [None, [1, 2, 3], [1, 2, 3], None]
