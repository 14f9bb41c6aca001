"""From creation to the record, with the real simulator and a real database, without a network."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from uuid import UUID

import pytest

from resilience.classroom import services
from resilience.classroom.birth import Birth
from resilience.classroom.simulator import begin
from resilience.classroom.wire import encode_pose
from resilience.records import services as records
from resilience.training.errors import BadInput
from resilience.training.replay import replay
from tests.classroom.harness import AT, Client

MODULE = "controls"


@pytest.fixture(autouse=True)
def own_classroom(store: str) -> Iterator[None]:
    """A classroom on this test's data folder and database."""
    services.classroom.cache_clear()
    yield
    asyncio.run(services.classroom().stop())
    services.classroom.cache_clear()


async def enter(created: services.Created) -> Client:
    client = Client(services.live, created.id)
    client.say(t="hello", protocol=1, token=created.token, have=0)
    return client


def test_a_session_goes_from_its_creation_to_the_record() -> None:
    created = services.create(MODULE, 3, "practice", "cy")

    async def play() -> None:
        client = await enter(created)
        welcome = await client.next("welcome")
        assert (welcome["session"], welcome["module"], welcome["language"]) == (created.id, MODULE, "cy")
        client.bytes(encode_pose({"seq": 1, "tick": 1, "head": AT, "left": AT, "right": None}))
        client.act(2, 2, "finish")
        assert (await client.next("outcome"))["url"] == f"/reveal/{created.id}"
        await client.leave()
        await services.classroom().stop()

    asyncio.run(play())
    record = records.find(created.id)
    assert record is not None
    assert (record.module, record.seed, record.mode, record.language) == (MODULE, 3, "practice", "cy")
    replayed = replay(bytes(record.log))
    assert replayed.agrees
    assert replayed.outcome.hash == record.outcome_hash
    assert replayed.header.content_hash == record.content_hash
    assert records.verify().ok


def test_concluding_twice_records_once() -> None:
    created = services.create(MODULE, 3, "practice", "en")
    finish = {"seq": 1, "tick": 1, "verb": "finish"}
    id_ = UUID(created.id)
    birth = Birth.from_payload(services.classroom().journal.records(id_.bytes)[0].payload)
    for _ in range(2):
        session = begin(birth)
        session.act(finish)
        assert services.conclude(id_, birth, session, [finish]) == f"/reveal/{created.id}"
    assert records.verify().records == 1


@pytest.mark.parametrize(
    ("module", "mode", "language"),
    [("unicorn", "practice", "en"), (MODULE, "dancing", "en"), (MODULE, "practice", "xx")],
)
def test_what_the_module_does_not_offer_is_not_created(module: str, mode: str, language: str) -> None:
    with pytest.raises(BadInput) as caught:
        services.create(module, 1, mode, language)  # type: ignore[arg-type]
    assert caught.value.fix
    assert services.classroom().journal.sessions() == {}


def test_the_token_is_kept_nowhere() -> None:
    created = services.create(MODULE, 1, "practice", "en")
    [record] = services.classroom().journal.records(UUID(created.id).bytes)
    assert created.token.encode() not in record.payload
