"""Every kind of tampering is found and named by its row, with the triggers out of the way as an attacker would."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from typing import Any

import orjson
import pytest
from django.db import connection
from django_scopes import scopes_disabled

from resilience.records import chain, services
from resilience.records.models import SessionRecord
from resilience.records.replaying import NotReplayableError
from resilience.training.canonical import canonical
from tests.records.conftest import finished, outcome_of, replay

Make = Callable[[int], list[SessionRecord]]
TABLE = "records_sessionrecord"


def tamper(store: str, *statements: str, values: list[Any] | None = None) -> None:
    with connection.cursor() as cursor:
        if store == "sqlite":
            for name in ("update", "delete", "replace"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_no_{name}")
        else:
            cursor.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER ALL")
        for statement in statements:
            cursor.execute(statement, values if "%s" in statement else None)


def found() -> list[tuple[int, str]]:
    return [(problem.seq, problem.kind) for problem in services.verify(replay=replay).problems]


def test_an_untouched_chain_is_found_whole(chain_of: Make) -> None:
    rows = chain_of(4)
    seen: list[tuple[int, int]] = []
    result = services.verify(lambda done, total: seen.append((done, total)), replay=replay)
    assert (result.ok, result.records, result.replayed, result.head) == (True, 4, 4, rows[-1].hash)
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert result.as_json()["ok"] is True


def test_an_empty_chain_is_whole(store: str) -> None:
    result = services.verify(replay=replay)
    assert (result.ok, result.records, result.head) == (True, 0, chain.GENESIS)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("session", "'other'"),
        ("module", "'controls'"),
        ("version", "'9.9.9'"),
        ("content_hash", "'0'"),
        ("seed", "77"),
        ("mode", "'assessment'"),
        ("language", "'cy'"),
        ("software", "'0.0.0'"),
        ("created_at", "'2001-01-01T00:00:00.000+00:00'"),
        ("organisation_ref", "'00000000000000000000000000000001'"),
        ("subject_ref", "'00000000000000000000000000000001'"),
        ("outcome", "'{}'"),
        ("hash", "'feed'"),
    ],
)
def test_an_altered_column_is_found(chain_of: Make, store: str, column: str, value: str) -> None:
    chain_of(3)
    tamper(store, f"UPDATE {TABLE} SET {column} = {value} WHERE seq = 2")
    assert (2, "altered") in found()


def test_an_altered_log_is_found(chain_of: Make, store: str) -> None:
    chain_of(3)
    other = gzip.compress(orjson.dumps({"number": 2, "more": 1}), mtime=0)
    tamper(store, f"UPDATE {TABLE} SET log = %s WHERE seq = 2", values=[other])
    assert found() == [(2, "altered")]


def test_a_log_that_cannot_be_read_is_found_and_the_walk_goes_on(chain_of: Make, store: str) -> None:
    chain_of(3)
    tamper(store, f"UPDATE {TABLE} SET log = %s WHERE seq = 1", values=[b"no gzip"])
    assert found() == [(1, "altered"), (1, "outcome")]


def test_missing_rows_are_named(chain_of: Make, store: str) -> None:
    chain_of(5)
    tamper(store, f"DELETE FROM {TABLE} WHERE seq IN (2, 3)")
    assert found() == [(2, "missing"), (3, "missing")]


def test_a_missing_row_whose_gap_was_closed_is_found(chain_of: Make, store: str) -> None:
    chain_of(3)
    tamper(store, f"DELETE FROM {TABLE} WHERE seq = 2", f"UPDATE {TABLE} SET seq = 2 WHERE seq = 3")
    assert found() == [(2, "reordered"), (3, "truncated")]


def test_swapped_rows_are_found(chain_of: Make, store: str) -> None:
    chain_of(4)
    tamper(
        store,
        f"UPDATE {TABLE} SET seq = 99 WHERE seq = 2",
        f"UPDATE {TABLE} SET seq = 2 WHERE seq = 3",
        f"UPDATE {TABLE} SET seq = 3 WHERE seq = 99",
    )
    assert (2, "reordered") in found()
    assert (3, "reordered") in found()


def test_a_cut_off_end_is_found_by_the_anchor(chain_of: Make, store: str) -> None:
    chain_of(5)
    tamper(store, f"DELETE FROM {TABLE} WHERE seq >= 4")
    assert found() == [(4, "truncated"), (5, "truncated")]


def test_a_chain_emptied_altogether_is_found(chain_of: Make, store: str) -> None:
    chain_of(2)
    tamper(store, f"DELETE FROM {TABLE}")
    assert found() == [(1, "truncated"), (2, "truncated")]


def test_a_missing_anchor_is_reported(chain_of: Make) -> None:
    chain_of(2)
    chain.anchor_path().unlink()
    assert found() == [(2, "truncated")]


def test_a_chain_written_again_from_the_middle_is_found_by_the_anchor(chain_of: Make, store: str) -> None:
    rows = chain_of(3)
    forge(store, rows[1:], outcome=False)
    assert found() == [(3, "rewritten")]


def test_a_chain_written_again_with_another_outcome_is_found_by_replay(chain_of: Make, store: str) -> None:
    rows = chain_of(3)
    forge(store, rows[2:], outcome=True)
    chain.anchor_path().write_text(json.dumps({"count": 3, "hash": rows[2].hash}))
    assert found() == [(3, "outcome")]


def forge(store: str, rows: list[SessionRecord], *, outcome: bool) -> None:
    """Changes rows and works out every hash again, as somebody who knows the recipe would."""
    with scopes_disabled():
        prev_hash = rows[0].prev_hash
        for row in rows:
            row.prev_hash, row.created_at = prev_hash, "2001-01-01T00:00:00.000+00:00"
            if outcome:
                row.outcome = canonical(outcome_of(row.seq) | {"verdict": "not_yet_competent"}).decode()
                row.outcome_hash = chain.sha256(row.outcome.encode())
            row.hash = prev_hash = chain.row_hash(row)
            columns = ["created_at", "prev_hash", "hash", "outcome", "outcome_hash"]
            settings = ", ".join(f"{column} = %s" for column in columns)
            values = [getattr(row, column) for column in columns]
            tamper(store, f"UPDATE {TABLE} SET {settings} WHERE seq = {row.seq}", values=values)


def test_an_outcome_that_its_log_does_not_replay_to_is_found(chain_of: Make, store: str) -> None:
    chain_of(1)
    services.record(finished(2, outcome=outcome_of(3)))
    assert found() == [(2, "outcome")]


def test_a_row_of_a_module_that_is_gone_is_intact_but_not_replayed(chain_of: Make) -> None:
    chain_of(2)

    def gone(_log: bytes) -> dict[str, Any]:
        raise NotReplayableError("Module aseptic-filling is not installed")

    result = services.verify(replay=gone)
    assert (result.ok, result.replayed, [row.seq for row in result.not_replayed]) == (True, 0, [1, 2])


def test_an_erased_person_leaves_the_chain_whole(store: str) -> None:
    from resilience.people.models import Account, Organisation, Role
    from resilience.people.permissions import Actor

    account = Account.objects.create_user("ann@example.org", name="Ann")
    organisation = Organisation.objects.create(name="Site A")
    actor = Actor(account, organisation, Role.TRAINEE)
    services.begin("session-1", "token", "aseptic-filling", "practice", 1, "en", actor)
    row = services.record(finished(1))
    assert row.subject_ref is not None
    assert row.organisation_ref == organisation.pk
    assert services.erase(account.pk, organisation.pk) == 1
    account.delete()
    assert services.verify(replay=replay).ok
    assert services.erase(account.pk or 0, organisation.pk) == 0
