"""A look at what lies on things: answered while one learns, refused in an assessment, and no part of the log."""

from __future__ import annotations

from dataclasses import replace

from resilience.classroom.live import LOOKED_EVERY
from tests.classroom.harness import BIRTH, Room


async def test_a_look_is_answered_and_leaves_no_trace(room: Room) -> None:
    id_ = room.create()
    player, _ = await room.enter(id_)
    player.act(1, 1)
    player.say(t="look")
    assert await player.next("lying") == {"t": "lying", "tick": 1, "faces": [["hand:left", "glove", 1.0]]}
    await player.ping()
    assert [action["seq"] for action in room.simulators[0].taken] == [1]
    assert room.journal.commit()
    room.beat()
    await player.leave()
    _, welcome = await room.enter(id_)
    assert welcome["seq"] == 1


async def test_looks_in_quick_succession_get_the_same_answer(room: Room) -> None:
    player, _ = await room.enter(room.create())
    player.act(1, 1)
    player.say(t="look")
    first = await player.next("lying")
    room.now += 1
    player.act(2, LOOKED_EVERY)
    player.say(t="look")
    assert await player.next("lying") == first
    player.act(3, LOOKED_EVERY + 1)
    player.say(t="look")
    assert await player.next("lying") == {
        "t": "lying",
        "tick": LOOKED_EVERY + 1,
        "faces": [["hand:left", "glove", 3.0]],
    }


async def test_an_assessment_shows_nothing_and_says_why(room: Room) -> None:
    player, _ = await room.enter(room.create(replace(BIRTH, mode="assessment")))
    player.act(1, 1)
    player.say(t="look")
    refused = await player.next("error")
    assert "assessment" in refused["what"]
    assert refused["where"] == "look"
    assert refused["fix"]
    assert refused["seq"] is None
    await player.ping()
    assert not [message for message in await player.rest() if message["t"] == "lying"]
