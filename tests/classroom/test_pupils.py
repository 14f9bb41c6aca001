"""A pupil's session: played and told like any other, never recorded, and no movement of it on the disk."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from django_scopes import scopes_disabled

from resilience.classroom import services
from resilience.classroom.segments import Kind
from resilience.classroom.wire import encode_pose
from resilience.people.models import Organisation
from resilience.people.permissions import NOBODY
from resilience.programme import outreach
from resilience.programme.models import Activity, ClassDevice, ClassJoin
from resilience.records import services as records
from tests.classroom.harness import AT, Client

NOW = datetime(2026, 3, 4, 10, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
MOVED = [0.123, 1.234, -0.345, 0, 0, 0, 1]


@pytest.fixture(autouse=True)
def own_classroom(store: str) -> Iterator[None]:
    services.classroom.cache_clear()
    yield
    asyncio.run(services.classroom().stop())
    services.classroom.cache_clear()


def a_class() -> tuple[ClassJoin, ClassDevice]:
    organisation = Organisation.objects.create(name="College")
    activity = Activity.objects.create(
        organisation=organisation, code="OUT-1", kind="outreach", format="vr", title="Day", starts_at=NOW, ends_at=LATER
    )
    group = outreach.open_class(activity, ["controls", "first-vials"], "", LATER, NOBODY, NOW)
    device = outreach.device_of(outreach.join(group.code or "", NOW)[1], NOW)
    assert device is not None
    return group, device


def begun(device: ClassDevice) -> services.Created:
    created = services.create("controls", 3, "practice", "en", kept=False)
    outreach.play(device, created.id)
    return created


async def enter(created: services.Created) -> Client:
    client = Client(services.live, created.id)
    client.say(t="hello", protocol=1, token=created.token, have=0)
    await client.next("welcome")
    return client


def test_it_is_told_and_counted_and_leaves_no_record() -> None:
    group, device = a_class()
    created = begun(device)

    async def play() -> None:
        client = await enter(created)
        client.bytes(encode_pose({"seq": 1, "tick": 1, "head": AT, "left": AT, "right": None}))
        client.act(2, 2, "finish")
        assert (await client.next("outcome"))["url"] == "/class"
        await client.leave()
        await services.classroom().stop()

    asyncio.run(play())
    assert records.find(created.id) is None
    assert records.verify().records == 0
    with scopes_disabled():
        kept = ClassDevice.objects.get()
    assert kept.place == 1
    assert "lesson" in kept.told["headline"]
    assert outreach.counts(group).joined == 1


def test_movements_are_acknowledged_and_stand_nowhere_on_the_disk() -> None:
    _group, device = a_class()
    created = begun(device)
    frame = encode_pose({"seq": 2, "tick": 2, "head": MOVED, "left": MOVED, "right": MOVED})

    async def play() -> None:
        client = await enter(created)
        client.act(1, 1, "move", station="cabinet")
        client.bytes(frame)
        acknowledged = 0
        while acknowledged < 2:
            acknowledged = (await client.next("ack"))["seq"]
        await client.leave()
        await services.classroom().stop()

    asyncio.run(play())
    journal = services.classroom().journal
    assert [record.kind for record in journal.records(UUID(created.id).bytes)] == [Kind.CREATED, Kind.ACTION]
    for path in (Path(settings.RESILIENCE_DATA) / "journal").iterdir():
        assert frame[12:26] not in path.read_bytes()


def test_after_a_crash_it_goes_on_from_what_was_done() -> None:
    _group, device = a_class()
    created = begun(device)

    async def before() -> None:
        client = await enter(created)
        client.act(1, 1, "move", station="cabinet")
        client.bytes(encode_pose({"seq": 2, "tick": 2, "head": MOVED, "left": MOVED, "right": MOVED}))
        client.act(3, 3, "move", station="desk")
        while (await client.next("ack"))["seq"] < 3:
            pass
        await client.leave()
        await services.classroom().stop()

    async def after() -> None:
        client = Client(services.live, created.id)
        client.say(t="hello", protocol=1, token=created.token, have=0)
        welcome = await client.next("welcome")
        assert welcome["seq"] == 3
        assert welcome["snapshot"]["station"] == "desk"
        client.act(4, 4, "finish")
        assert (await client.next("outcome"))["url"] == "/class"
        await client.leave()

    asyncio.run(before())
    services.classroom.cache_clear()
    asyncio.run(after())


def test_when_the_class_is_over_its_sessions_end_and_nobody_comes_back() -> None:
    group, device = a_class()
    created = begun(device)

    async def play() -> None:
        client = await enter(created)
        await asyncio.to_thread(services.close_classes, LATER)
        await asyncio.wait_for(client.task, 10)
        assert client.closed == 4404
        again = Client(services.live, created.id)
        again.say(t="hello", protocol=1, token=created.token, have=0)
        await asyncio.wait_for(again.task, 10)
        assert again.closed == 4404
        await services.classroom().stop()

    asyncio.run(play())
    with scopes_disabled():
        assert ClassJoin.objects.get(pk=group.pk).closed_at == LATER
        assert not ClassDevice.objects.exists()
    assert services.classroom().journal.sessions()[UUID(created.id).bytes] is Kind.EXPIRED
