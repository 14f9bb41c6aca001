from __future__ import annotations

import asyncio
import errno
from typing import Any

import orjson
import pytest

from resilience.classroom import app as app_module
from resilience.classroom.wire import LARGEST_FRAME
from tests.classroom.harness import TOKEN, Client, Room, pose, settle


async def closed_with(client: Client) -> int | None:
    await asyncio.wait_for(client.task, 10)
    return client.closed


async def test_a_hello_with_the_token_is_welcomed(room: Room) -> None:
    id_ = room.create()
    _, welcome = await room.enter(id_)
    assert welcome == {
        "t": "welcome",
        "session": str(id_),
        "module": "counter",
        "mode": "practice",
        "language": "en",
        "tick": 0,
        "seq": 0,
        "scene": {"module": "counter"},
        "snapshot": {"tick": 0, "count": 0},
    }


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", 4400),
        ("hello", 4400),
        ("[1]", 4400),
        ('{"t": "act", "a": {}}', 4400),
        ('{"t": "hello", "token": "token"}', 4400),
        ('{"t": "hello", "protocol": 2, "token": "token"}', 4400),
        ('{"t": "hello", "protocol": 1}', 4400),
        ('{"t": "hello", "protocol": 1, "token": 5}', 4400),
        ('{"t": "hello", "protocol": 1, "token": ""}', 4403),
        ('{"t": "hello", "protocol": 1, "token": "guess"}', 4403),
        ('{"t": "hello", "protocol": 1, "token": "\\u00e9"}', 4403),
    ],
)
async def test_a_bad_hello_is_closed_and_the_session_goes_on(room: Room, text: str, code: int) -> None:
    id_ = room.create()
    player, _ = await room.enter(id_)
    stranger = room.connect(id_)
    stranger.text(text)
    assert await closed_with(stranger) == code
    player.act(1, 1)
    assert (await player.next("update"))["items"] == {"count": 1}


async def test_a_binary_hello_is_closed(room: Room) -> None:
    client = room.connect(room.create())
    client.bytes(bytes(54))
    assert await closed_with(client) == 4400


@pytest.mark.parametrize("name", ["5d3f1c1e-0000-4000-8000-000000000000", "nothing", "..", "%00"])
async def test_an_unknown_session_is_closed_as_such(room: Room, name: str) -> None:
    client = room.connect(name)
    client.say(t="hello", protocol=1, token=TOKEN, have=0)
    assert await closed_with(client) == 4404


async def test_a_client_that_says_nothing_is_closed(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app_module, "HELLO_SECONDS", 0)
    assert await closed_with(room.connect(room.create())) == 4400


async def test_a_client_that_leaves_before_its_hello_leaves_nothing(room: Room) -> None:
    await room.connect(room.create()).leave()
    assert room.classroom.sessions == {}


BAD = [
    ({"verb": "fly"}, "verb"),
    ({"verb": "move", "wings": 2}, "wings"),
    ({"verb": "take", "item": "unicorn"}, "item"),
    ({"verb": "take", "hand": "third"}, "hand"),
    ({"verb": "move", "tick": 3}, "tick"),
    ({"verb": "move", "tick": 1_000_000}, "tick"),
]


@pytest.mark.parametrize(("fields", "where"), BAD)
async def test_a_bad_action_is_answered_and_leaves_everything_as_it_was(
    room: Room, fields: dict[str, Any], where: str
) -> None:
    player, _ = await room.enter(room.create())
    other, _ = await room.enter(room.create())
    player.act(1, 5)
    await player.ping()
    player.say(t="act", a={"seq": 2, "tick": 5, **fields})
    error = await player.next("error")
    assert error["seq"] == 2
    assert where in error["where"]
    assert error["what"]
    assert error["fix"]
    player.act(3, 6)
    assert (await player.next("update"))["items"] == {"count": 2}
    other.act(1, 1)
    assert (await other.next("update"))["items"] == {"count": 1}
    assert [action["seq"] for action in room.simulators[0].taken] == [1, 3]


@pytest.mark.parametrize(
    "text",
    ["", "{", "null", "[]", '{"t": 1}', '{"t": "dance"}', '{"t": "act"}', '{"t": "act", "a": []}', '{"t": "hello"}'],
)
async def test_a_garbage_message_is_answered_and_the_session_goes_on(room: Room, text: str) -> None:
    player, _ = await room.enter(room.create())
    player.text(text)
    error = await player.next("error")
    assert error["seq"] is None
    assert error["fix"]
    player.act(1, 1)
    assert (await player.next("update"))["items"] == {"count": 1}


@pytest.mark.parametrize("frame", [b"", b"\x01", pose(1, 1)[:30], pose(1, 1) + b"x", b"\x02" + pose(1, 1)[1:]])
async def test_a_garbage_pose_is_answered_and_the_session_goes_on(room: Room, frame: bytes) -> None:
    player, _ = await room.enter(room.create())
    player.bytes(frame)
    assert (await player.next("error"))["fix"]
    player.bytes(pose(1, 1))
    await player.ping()
    assert [action["seq"] for action in room.simulators[0].taken] == [1]


async def test_a_hundred_actions_in_one_tick_are_twenty(room: Room) -> None:
    player, _ = await room.enter(room.create())
    for seq in range(1, 101):
        player.act(seq, 4)
    await settle()
    messages = await player.rest()
    assert len([message for message in messages if message["t"] == "error"]) == 80
    assert len(room.simulators[0].taken) == 20


@pytest.mark.parametrize("binary", [True, False])
async def test_an_oversized_frame_closes_its_sender_alone(room: Room, binary: bool) -> None:
    id_ = room.create()
    player, _ = await room.enter(id_)
    other, _ = await room.enter(room.create())
    player.act(1, 1)
    if binary:
        player.bytes(bytes(LARGEST_FRAME + 1))
    else:
        player.text(" " * (LARGEST_FRAME + 1))
    assert await closed_with(player) == 4413
    other.act(1, 1)
    await other.next("update")
    _, welcome = await room.enter(id_)
    assert welcome["snapshot"]["count"] == 1


async def test_a_client_that_sends_nothing_but_bad_frames_is_closed(room: Room) -> None:
    player, _ = await room.enter(room.create())
    for _ in range(250):
        player.text("{")
        await settle()
    assert await closed_with(player) == 4429


async def test_actions_are_acknowledged_only_when_on_disk(room: Room) -> None:
    player, _ = await room.enter(room.create())
    player.act(1, 1)
    player.bytes(pose(2, 2))
    await player.ping()
    room.beat()
    assert [message["t"] for message in await player.rest()] == []
    room.journal.commit()
    room.beat()
    assert await player.rest() == [{"t": "ack", "seq": 2}]


async def test_a_full_disk_pauses_the_session_and_says_so(room: Room) -> None:
    disk: Any = room.journal._disk
    id_ = room.create()
    player, _ = await room.enter(id_)
    disk.refuse_sync = errno.ENOSPC
    player.act(1, 1)
    await player.ping()
    room.journal.commit()
    room.beat()
    error = await player.next("error")
    assert error["seq"] is None
    assert "No space left" in error["what"]
    assert await closed_with(player) == 4503
    stranger = room.connect(id_)
    stranger.say(t="hello", protocol=1, token=TOKEN, have=0)
    assert await closed_with(stranger) == 4503


async def test_a_session_goes_on_where_it_was_once_the_disk_takes_it_again(room: Room) -> None:
    disk: Any = room.journal._disk
    id_ = room.create()
    player, _ = await room.enter(id_)
    disk.refuse_write = errno.ENOSPC
    player.act(1, 1)
    await player.ping()
    room.journal.commit()
    player.act(2, 2)
    assert await closed_with(player) == 4503
    disk.refuse_write = None
    room.journal.commit()
    room.beat()
    player, welcome = await room.enter(id_)
    assert welcome["seq"] == 1
    player.act(2, 2)
    await player.ping()
    room.journal.commit()
    room.beat()
    assert (await player.next("ack"))["seq"] == 2
    assert [action["seq"] for action in room.simulators[0].taken] == [1, 2]


async def test_a_frame_sent_twice_is_taken_once_and_acknowledged_again(room: Room) -> None:
    player, _ = await room.enter(room.create())
    for _ in range(2):
        player.act(1, 1)
        await player.ping()
        room.journal.commit()
        room.beat()
        assert (await player.next("ack"))["seq"] == 1
    assert len(room.simulators[0].taken) == 1


async def test_an_impossible_action_is_refused_and_stays_in_the_log(room: Room) -> None:
    id_ = room.create()
    player, _ = await room.enter(id_)
    player.act(1, 1, "take", item="missing")
    assert await player.next("refused") == {
        "t": "refused",
        "seq": 1,
        "item": "missing",
        "why": "There is no such thing here",
    }
    room.journal.commit()
    assert len(room.journal.records(id_.bytes)) == 2


async def test_health_is_told_to_whoever_asks(room: Room) -> None:
    await room.enter(room.create())
    room.beat(3)
    sent: list[Any] = []

    async def send(event: Any) -> None:
        sent.append(event)

    async def receive() -> Any:
        raise AssertionError("the body of a GET is not read")

    await room.app({"type": "http", "path": "/live/health"}, receive, send)
    assert sent[0]["status"] == 200
    body = orjson.loads(sent[1]["body"])
    assert body["ok"] is True
    assert body["connected"] == 1
    assert len(body["ticks"]["counts"]) == len(body["ticks"]["bounds_ms"]) + 1
    sent.clear()
    await room.app({"type": "http", "path": "/live/other"}, receive, send)
    assert sent[0]["status"] == 404
