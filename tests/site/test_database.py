"""DATABASE_URL, understood or refused in words."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from resilience.site.database import BadDatabaseUrlError, database


@pytest.mark.parametrize("url", [None, ""])
def test_without_an_address_it_is_sqlite_in_the_data_folder(url: str | None, tmp_path: Path) -> None:
    found = database(url, tmp_path)
    assert found["NAME"] == str(tmp_path / "resilience.sqlite3")
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in found["OPTIONS"]["init_command"]


def test_what_is_deleted_from_sqlite_is_not_in_the_file_any_more(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "resilience.sqlite3")) as store:
        store.executescript("PRAGMA secure_delete=OFF")  # as some builds have it
        store.executescript(database(None, tmp_path)["OPTIONS"]["init_command"])
        store.executescript("CREATE TABLE seat (token TEXT); INSERT INTO seat VALUES ('a pupil was here');")
        store.executescript("PRAGMA wal_checkpoint(TRUNCATE)")
        assert b"a pupil was here" in (tmp_path / "resilience.sqlite3").read_bytes()
        store.executescript("DELETE FROM seat; PRAGMA wal_checkpoint(TRUNCATE)")
        assert b"a pupil was here" not in (tmp_path / "resilience.sqlite3").read_bytes()


def test_another_file(tmp_path: Path) -> None:
    assert database("sqlite:////srv/a%20b.sqlite3", tmp_path)["NAME"] == "/srv/a b.sqlite3"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_postgresql_in_all_its_parts(scheme: str, tmp_path: Path) -> None:
    found = database(f"{scheme}://ann:p%40ss%2F@db.example:5433/training?sslmode=require", tmp_path)
    assert found["ENGINE"].endswith("postgresql")
    assert (found["USER"], found["PASSWORD"]) == ("ann", "p@ss/")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example", "5433", "training")
    assert found["OPTIONS"] == {"sslmode": "require"}


def test_postgresql_by_a_socket_folder(tmp_path: Path) -> None:
    found = database("postgresql:///training?host=/run/pg&user=ann", tmp_path)
    assert (found["HOST"], found["USER"], found["PORT"]) == ("/run/pg", "ann", "")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mysql://db/x", "begins with 'mysql'"),
        ("training.sqlite3", "write postgresql"),
        ("sqlite://", "names no file"),
        ("postgresql://db.example", "names no database"),
    ],
)
def test_what_is_not_understood_is_said_with_what_to_write(url: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(BadDatabaseUrlError, match=said):
        database(url, tmp_path)
