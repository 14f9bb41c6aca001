"""Adding to the chain."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection
from django_scopes import scopes_disabled

from resilience.records import chain, services
from resilience.records.models import SessionRecord, UnchangeableError
from resilience.records.services import record
from tests.records.conftest import finished, replay

Make = Callable[[int], list[SessionRecord]]


def test_each_row_links_to_the_one_before(chain_of: Make) -> None:
    first, second, third = chain_of(3)
    assert [first.seq, second.seq, third.seq] == [1, 2, 3]
    assert first.prev_hash == chain.GENESIS
    assert (second.prev_hash, third.prev_hash) == (first.hash, second.hash)
    assert chain.read_anchor() == chain.Anchor(3, third.hash)


def test_a_row_hashes_the_same_when_read_back(chain_of: Make) -> None:
    (made,) = chain_of(1)
    with scopes_disabled():
        read = SessionRecord.objects.get(seq=1)
    assert chain.row_hash(read) == made.hash
    assert bytes(read.log) == finished(1).log


def test_recording_a_session_again_returns_the_row_already_kept(chain_of: Make) -> None:
    first, _ = chain_of(2)
    again = record(finished(1, seed=99))
    assert (again.seq, again.hash, again.seed) == (1, first.hash, 1)
    with scopes_disabled():
        assert SessionRecord.objects.count() == 2


def test_many_at_once_make_one_chain(store: str) -> None:
    start = threading.Barrier(6)
    failures: list[BaseException] = []

    def work(worker: int) -> None:
        try:
            start.wait()
            for number in range(4):
                record(finished(worker * 100 + number))
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(worker,)) for worker in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    found = services.verify(replay=replay)
    assert (found.ok, found.records, found.problems) == (True, 24, [])
    anchor = chain.read_anchor()
    assert anchor is not None
    assert (anchor.count, anchor.hash) == (24, found.head)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE records_sessionrecord SET seed = 5 WHERE seq = 2",
        "UPDATE records_sessionrecord SET outcome = '{}' WHERE seq = 1",
        "DELETE FROM records_sessionrecord WHERE seq = 2",
        "DELETE FROM records_sessionrecord",
    ],
)
def test_the_database_refuses_to_change_or_delete(chain_of: Make, statement: str) -> None:
    chain_of(2)
    with pytest.raises(IntegrityError, match="records are only added"), connection.cursor() as cursor:
        cursor.execute(statement)
    assert services.verify(replay=replay).ok


def test_sqlite_refuses_to_replace_and_postgresql_to_truncate(chain_of: Make, store: str) -> None:
    chain_of(2)
    columns = "seq, session, module, version, content_hash, seed, mode, language, log, outcome, outcome_hash, log_hash"
    columns += ", software, organisation_ref, subject_ref, created_at, prev_hash, hash"
    replaced = columns.replace("seed", "seed + 1").replace("hash", "hash")
    statement = {
        "sqlite": f"INSERT OR REPLACE INTO records_sessionrecord ({columns}) SELECT {replaced} "
        "FROM records_sessionrecord WHERE seq = 2",
        "postgresql": "TRUNCATE records_sessionrecord",
    }[store]
    with pytest.raises(IntegrityError, match="records are only added"), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_model_refuses_to_change_or_delete(chain_of: Make) -> None:
    (row,) = chain_of(1)
    row.seed = 12
    with scopes_disabled():
        with pytest.raises(UnchangeableError):
            row.save()
        with pytest.raises(UnchangeableError):
            row.delete()
        with pytest.raises(UnchangeableError):
            SessionRecord.objects.all().delete()
        with pytest.raises(UnchangeableError):
            SessionRecord.objects.update(seed=12)


def test_the_anchor_never_goes_back(chain_of: Make) -> None:
    rows = chain_of(2)
    chain.raise_anchor(chain.Anchor(1, rows[0].hash))
    assert chain.read_anchor() == chain.Anchor(2, rows[1].hash)


def test_a_damaged_anchor_does_not_stop_recording_and_is_reported(chain_of: Make) -> None:
    chain_of(1)
    chain.anchor_path().write_text("{")
    record(finished(2))
    found = services.verify(replay=replay)
    assert [problem.kind for problem in found.problems] == ["truncated"]
    assert "damaged" in found.problems[0].what
