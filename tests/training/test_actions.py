"""Bad input: what is wrong, where, and what to do about it; the session goes on untouched."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any

import pytest

from resilience.training.actions import VERBS
from resilience.training.errors import BadInput
from resilience.training.session import LONGEST, MOST_PER_TICK, Session
from tests.training.player import MODULE, Player

PAGE = Path(__file__).parents[2] / "docs" / "how" / "actions.md"

BAD: list[tuple[dict[str, Any], str, str]] = [
    ({"verb": "fly"}, "verb", "not known"),
    ({"verb": None}, "verb", "not known"),
    ({}, "verb", "not known"),
    ({"verb": "take", "hand": "right", "item": "spray", "speed": 3}, "take.speed", "no field"),
    ({"verb": "take", "hand": "right"}, "take.item", "lacks"),
    ({"verb": "take", "hand": "third", "item": "spray"}, "take.hand", "no hand"),
    ({"verb": "take", "hand": "right", "item": "spoon"}, "take.item", "no item"),
    ({"verb": "take", "hand": "right", "item": ["spray"]}, "take.item", "no item"),
    ({"verb": "take", "hand": "right", "item": "spray", "grip": "needle"}, "take.grip", "part of `spray`"),
    ({"verb": "move", "station": "roof"}, "move.station", "no station"),
    ({"verb": "place", "hand": "right", "on": "floor"}, "place.on", "no surface"),
    ({"verb": "place", "hand": "right", "on": "trolley-top", "pose": [0, 1]}, "place.pose", "no place"),
    ({"verb": "place", "hand": "right", "on": "trolley-top", "pose": [0, 1, math.nan]}, "place.pose", "no number"),
    ({"verb": "place", "hand": "right", "on": "trolley-top", "pose": [0, 1, 1e30]}, "place.pose", "no number"),
    ({"verb": "place", "hand": "right", "on": "trolley-top", "pose": [0, 1, True]}, "place.pose", "no number"),
    ({"verb": "use", "hand": "right", "tool": "syringe", "target": "moon"}, "use.target", "no item"),
    ({"verb": "use", "hand": "right", "tool": "syringe", "target": "hand:third"}, "use.target", "no hand"),
    ({"verb": "use", "hand": "right", "tool": "syringe", "target": "bottle", "amount": "2"}, "use.amount", "no number"),
    ({"verb": "use", "hand": "right", "tool": "syringe", "target": "bottle", "amount": -1}, "use.amount", "no number"),
    ({"verb": "use", "hand": "right", "tool": "wipes", "target": "worktop", "path": []}, "use.path", "no path"),
    (
        {"verb": "use", "hand": "right", "tool": "wipes", "target": "worktop", "path": [[[0, 0]]]},
        "use.path",
        "no stroke",
    ),
    (
        {"verb": "use", "hand": "right", "tool": "wipes", "target": "worktop", "path": [[[0], [1]]]},
        "use.path",
        "no point",
    ),
    ({"verb": "operate", "target": "cabinet", "control": "warp"}, "operate.control", "no control"),
    ({"verb": "operate", "target": "cabinet", "control": "power", "value": "on"}, "operate.value", "switch"),
    ({"verb": "operate", "target": "cabinet", "control": "sash", "value": "up"}, "operate.value", "no setting"),
    ({"verb": "operate", "target": "labeller", "control": "print", "value": 3.5}, "operate.value", "no whole number"),
    ({"verb": "don", "garment": "hat"}, "don.garment", "no garment"),
    ({"verb": "record", "field": "weather", "value": 1}, "record.field", "no field"),
    ({"verb": "record", "field": "airflow", "value": "fast"}, "record.value", "no number"),
    ({"verb": "record", "field": "start-time", "value": "9 o'clock"}, "record.value", "no time"),
    ({"verb": "record", "field": "lot-vials", "value": "x" * 501}, "record.value", "500 characters"),
    ({"verb": "record", "field": "lot-vials", "value": "\ud800"}, "record.value", "half a character"),
    ({"verb": "sign", "step": "batch", "meaning": "guessed"}, "sign.meaning", "no meaning"),
    ({"verb": "report", "to": "press", "kind": "deviation", "text": ""}, "report.to", "no person"),
    ({"verb": "answer", "question": "why", "choice": "accept"}, "answer.question", "no question"),
    ({"verb": "answer", "question": "self-rating", "choice": "9"}, "answer.choice", "no choice"),
    ({"verb": "pace", "value": 0}, "pace.value", "whole number"),
    ({"verb": "pace", "value": True}, "pace.value", "whole number"),
    ({"verb": "pose", "left": [1, 2]}, "pose.left", "no pose"),
    ({"verb": "pose", "left": [1, 2, "3"]}, "pose.left", "no pose"),
    ({"verb": "pose", "right": [1, 2, 3, 0, 0, 0, 9]}, "pose.right", "no pose"),
    ({"verb": "pose", "head": [1, 2, True]}, "pose.head", "no pose"),
    ({"verb": "pose", "nose": [1, 2, 3]}, "pose", "no field"),
]


@pytest.mark.parametrize(("action", "where", "what"), BAD, ids=[f"{n}-{bad[1]}" for n, bad in enumerate(BAD)])
def test_bad_input_says_what_and_where_and_changes_nothing(action: dict[str, Any], where: str, what: str) -> None:
    player = Player()
    player.do("take", hand="left", item="bottle")
    session = player.session
    before = (session.tick, session.seq, len(session.events), session.log_hash, session.world.version)
    with pytest.raises(BadInput) as bad:
        session.act({"tick": 50, **action})
    assert bad.value.where == where
    assert what in bad.value.what
    assert bad.value.fix
    assert (session.tick, session.seq, len(session.events), session.log_hash, session.world.version) == before


@pytest.mark.parametrize("tick", [-1, 1.5, "7", None, True, LONGEST + 1, 2**70])
def test_a_tick_that_cannot_be_is_bad_input(tick: Any) -> None:
    with pytest.raises(BadInput) as bad:
        Player().session.act({"tick": tick, "verb": "pause"})
    assert bad.value.where == "tick"


def test_a_tick_in_the_past_is_bad_input() -> None:
    player = Player()
    player.wait(10)
    with pytest.raises(BadInput, match="the session is at 200"):
        player.session.act({"tick": 199, "verb": "pause"})


def test_too_many_frames_in_one_tick_are_bad_input_and_the_next_tick_is_fine() -> None:
    session = Player().session
    for _ in range(MOST_PER_TICK):
        session.act({"tick": 5, "verb": "pose", "left": None, "right": None, "head": None})
    with pytest.raises(BadInput, match="more than 20 frames"):
        session.act({"tick": 5, "verb": "pause"})
    session.act({"tick": 6, "verb": "pause"})


def test_numbers_of_frames_must_rise() -> None:
    session = Player().session
    session.act({"seq": 4, "tick": 1, "verb": "pause"})
    with pytest.raises(BadInput) as bad:
        session.act({"seq": 4, "tick": 2, "verb": "pause"})
    assert bad.value.where == "seq"


def test_nothing_is_taken_after_the_finish() -> None:
    player = Player()
    player.do("finish")
    with pytest.raises(BadInput, match="finished"):
        player.attempt("pause")


def test_an_unknown_language_is_bad_input() -> None:
    with pytest.raises(BadInput, match="does not speak"):
        Session(MODULE, 1, language="xx")


def test_every_verb_and_field_is_on_the_page() -> None:
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    told = {verb: row for row in rows for verb in re.findall(r"`([a-z]+)`", row.split("|")[1])}
    for verb, (needed, optional) in VERBS.items():
        assert verb in told
        if verb not in ("correct", "doff"):
            for field in (*needed, *optional):
                assert f"`{field}`" in told[verb], (verb, field)
