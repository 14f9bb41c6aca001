from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Any

import pytest

from resilience.classroom import classroom as classroom_module
from resilience.classroom import connection as connection_module
from resilience.classroom.birth import Birth
from resilience.classroom.classroom import IDLE_SECONDS
from resilience.classroom.segments import Kind
from resilience.classroom.simulator import ModuleChangedError
from resilience.classroom.wire import decode_pose
from tests.classroom.harness import Room, pose, settle


async def test_a_second_connection_takes_over(room: Room) -> None:
    id_ = room.create()
    first, _ = await room.enter(id_)
    first.act(1, 1)
    await first.ping()
    second, welcome = await room.enter(id_)
    await asyncio.wait_for(first.task, 10)
    assert first.closed == 4409
    assert welcome["snapshot"]["count"] == 1
    second.act(2, 2)
    assert (await second.next("update"))["items"] == {"count": 2}


async def test_frames_of_a_client_taken_over_are_not_taken(room: Room) -> None:
    id_ = room.create()
    first, _ = await room.enter(id_)
    first.reading.clear()
    first.act(1, 1)
    await settle()
    second, _ = await room.enter(id_)
    first.act(2, 2)
    await second.ping()
    assert len(room.simulators[0].taken) == 1


async def test_the_clock_stands_still_while_nobody_is_connected(room: Room) -> None:
    id_ = room.create()
    player, _ = await room.enter(id_)
    player.act(1, 40)
    await player.ping()
    player.act(2, 41)
    assert (await player.next("error"))["where"] == "tick"
    room.now += 1
    player.act(2, 60)
    await player.ping()
    await player.leave()
    room.now += 60
    player, welcome = await room.enter(id_)
    assert welcome["tick"] == 60
    player.act(3, 101)
    assert (await player.next("error"))["where"] == "tick"
    player.act(3, 100)
    assert (await player.next("update"))["tick"] == 100


async def test_an_idle_session_leaves_memory_and_comes_back_as_it_was(room: Room) -> None:
    id_ = room.create()
    player, _ = await room.enter(id_)
    for seq in range(1, 11):
        player.bytes(pose(seq, seq))
    player.act(11, 11)
    await player.ping()
    await player.leave()
    room.now += IDLE_SECONDS + 1
    room.beat()
    assert id_ in room.classroom.sessions
    room.journal.commit()
    room.beat()
    assert room.classroom.sessions == {}
    _, welcome = await room.enter(id_, have=3)
    assert welcome["seq"] == 11
    assert welcome["snapshot"]["count"] == 11
    assert room.simulators[0].taken == room.simulators[1].taken


async def test_what_was_not_acknowledged_is_asked_for_again(room: Room) -> None:
    id_ = room.create()
    player, _ = await room.enter(id_)
    player.act(1, 1)
    await player.ping()
    room.journal.commit()
    room.beat()
    player.act(2, 2)
    await player.ping()
    await player.leave()
    player, welcome = await room.enter(id_)
    assert welcome["seq"] == 1
    player.act(2, 2)
    await player.ping()
    room.journal.commit()
    room.beat()
    assert (await player.next("ack"))["seq"] == 2
    assert [action["seq"] for action in room.simulators[0].taken] == [1, 2]


async def test_two_clients_that_come_at_once_share_one_rebuilt_session(room: Room) -> None:
    id_ = room.create()
    await asyncio.gather(room.enter(id_), room.enter(id_))
    assert len(room.simulators) == 1


async def test_rebuilding_a_long_session_lets_others_have_their_turn(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(classroom_module, "SLICE", -1.0)  # every action is a slice
    id_ = room.create()
    for seq in range(1, 501):
        room.journal.append(id_.bytes, Kind.POSE, pose(seq, seq))
    room.journal.commit()
    other, _ = await room.enter(room.create())
    entering = asyncio.create_task(room.enter(id_))
    while not len(room.simulators) > 1:
        await asyncio.sleep(0)
    answered = 0
    while not entering.done():
        await other.ping()
        answered += 1
    assert answered > 10


async def test_a_client_that_does_not_read_delays_nobody_and_is_let_go(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow_id = room.create()
    slow, _ = await room.enter(slow_id)
    other, _ = await room.enter(room.create())
    slow.reading.clear()
    for seq in range(1, 101):
        slow.act(seq, seq // 3)
        other.act(seq, seq // 3)
        await other.next("update")
    connection = room.classroom.sessions[slow_id].connection
    assert connection is not None
    assert len(connection._queue) == 0
    assert await slow.rest() == []
    monkeypatch.setattr(connection_module, "LONGEST_STALL", -1.0)
    room.beat()
    await asyncio.wait_for(slow.task, 10)
    assert room.classroom.sessions[slow_id].connection is None
    await other.ping()
    assert len(room.simulators[0].taken) == 100


async def test_a_slow_client_gets_one_update_for_all_it_missed(room: Room) -> None:
    slow, _ = await room.enter(room.create())
    slow.reading.clear()
    for seq in range(1, 31):
        slow.act(seq, seq)
        await settle()
    slow.reading.set()
    updates = [message["items"]["count"] for message in await slow.rest() if message["t"] == "update"]
    assert updates == [1, 30]


async def test_messages_to_a_client_that_does_not_read_are_bounded(room: Room) -> None:
    slow, _ = await room.enter(room.create())
    slow.reading.clear()
    for n in range(300):
        slow.say(t="ping", n=n)
    await asyncio.wait_for(slow.task, 10)


async def test_a_fault_of_the_simulator_costs_the_connection_and_not_the_session(room: Room) -> None:
    id_ = room.create()
    player, _ = await room.enter(id_)
    other, _ = await room.enter(room.create())
    player.act(1, 1)
    player.act(2, 2, "take", item="explode")
    await asyncio.wait_for(player.task, 10)
    assert player.closed == 1011
    room.journal.commit()
    player, welcome = await room.enter(id_)
    assert welcome["seq"] == 1
    assert len(room.simulators) == 3
    await other.ping()


async def test_a_finished_session_is_recorded_after_it_is_on_disk(room: Room) -> None:
    id_ = room.create()
    player, _ = await room.enter(id_)
    player.bytes(pose(1, 1))
    player.act(2, 2, "finish")
    await player.ping()
    room.beat()
    await settle()
    assert room.concluded == []
    room.journal.commit()
    room.beat()
    assert (await player.next("outcome"))["url"] == f"/reveal/{id_}"
    [(recorded, actions)] = room.concluded
    assert recorded == id_
    assert actions == [decode_pose(pose(1, 1)), {"seq": 2, "tick": 2, "verb": "finish"}]
    room.journal.commit()
    assert room.journal.sessions()[id_.bytes] is Kind.RECORDED
    room.beat()
    await settle()
    assert len(room.concluded) == 1


async def test_the_outcome_is_told_again_to_whoever_comes_back(room: Room) -> None:
    id_ = room.create()
    player, _ = await room.enter(id_)
    player.act(1, 1, "finish")
    await player.ping()
    room.journal.commit()
    room.beat()
    await player.next("outcome")
    again, welcome = await room.enter(id_)
    assert welcome["seq"] == 1
    assert (await again.next("outcome"))["url"] == f"/reveal/{id_}"


async def test_what_a_dead_server_left_unrecorded_is_recorded_at_the_next_start(room: Room, tmp_path: Path) -> None:
    id_ = room.create()
    player, _ = await room.enter(id_)
    player.act(1, 1, "finish")
    await player.ping()
    room.journal.commit()
    os.close(room.journal._claim)  # as the end of the process lets it go
    next_room = Room(tmp_path / "journal")
    next_room.classroom.start()
    await _until(lambda: id_ in next_room.classroom.sessions)
    next_room.beat()
    await _until(lambda: next_room.concluded != [])
    assert [id_ for id_, _ in next_room.concluded] == [id_]
    await next_room.close()
    room.journal._claim = os.open(tmp_path, os.O_RDONLY)


async def test_a_record_that_cannot_be_written_is_tried_again(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classroom_module, "RETRY_SECONDS", 0)
    id_ = room.create()
    player, _ = await room.enter(id_)
    room.refuse_conclusion = True
    player.act(1, 1, "finish")
    await player.ping()
    room.journal.commit()
    room.beat()
    live = room.classroom.sessions[id_]
    await _until(lambda: live.finish_batch is not None)
    room.refuse_conclusion = False
    room.beat()
    await player.next("outcome")


async def test_a_session_whose_module_has_changed_is_not_guessed_at(tmp_path: Path) -> None:
    def changed(birth: Birth) -> Any:
        raise ModuleChangedError(f"{birth.module} has changed")

    room = Room(tmp_path / "journal", begin=changed)
    client = room.connect(room.create())
    client.say(t="hello", protocol=1, token="token", have=0)
    await asyncio.wait_for(client.task, 10)
    assert client.closed == 4404
    await room.close()


async def _until(condition: Any) -> None:
    for _ in range(2000):
        if condition():
            return
        await asyncio.to_thread(lambda: None)
    raise AssertionError("it did not happen")
