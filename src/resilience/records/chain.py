"""The chain: what a row's hash covers, how a row is added, and the anchor that shows a cut-off end.

A row's hash is SHA-256 over the canonical JSON of all its columns except `log`, `outcome` and `hash` itself; log and
outcome are covered by their own hashes. The first row's `prev_hash` is 64 zeros. Nothing personal is hashed, so that
erasing a person leaves every hash as it was.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django_scopes import scopes_disabled

from resilience.records.models import SessionRecord
from resilience.training.canonical import canonical

GENESIS = "0" * 64
HASHED = (
    "seq",
    "session",
    "module",
    "version",
    "content_hash",
    "seed",
    "mode",
    "language",
    "outcome_hash",
    "log_hash",
    "software",
    "organisation_ref",
    "subject_ref",
    "created_at",
    "prev_hash",
)
# One number, the same in every process: whoever holds this PostgreSQL advisory lock may add the next row.
APPEND_LOCK = 0x5245534C


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def row_hash(row: SessionRecord, **instead: Any) -> str:
    """The hash the row should carry; `instead` replaces columns (used to find out where a row came from)."""
    columns = {name: getattr(row, name) for name in HASHED} | instead
    for name in ("organisation_ref", "subject_ref"):
        columns[name] = None if columns[name] is None else str(columns[name])
    return sha256(canonical(columns))


def append(row: SessionRecord) -> SessionRecord:
    """Gives the row its place at the end of the chain and stores it, or returns the one already kept for its session.

    Safe from several threads and processes: SQLite transactions begin IMMEDIATE (settings), PostgreSQL takes an
    advisory lock for the length of the transaction.
    """
    with transaction.atomic(), scopes_disabled():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [APPEND_LOCK])
        kept = SessionRecord.objects.filter(session=row.session).first()
        if kept is not None:
            return kept
        last = SessionRecord.objects.order_by("-seq").only("seq", "hash").first()
        row.seq = last.seq + 1 if last else 1
        row.prev_hash = last.hash if last else GENESIS
        row.hash = row_hash(row)
        row.save(force_insert=True)
        transaction.on_commit(lambda: raise_anchor(Anchor(row.seq, row.hash)))
    return row


@dataclass(frozen=True)
class Anchor:
    """The end of the chain as it was last seen: how many rows, and the hash of the last."""

    count: int
    hash: str


def anchor_path() -> Path:
    return Path(settings.RESILIENCE_DATA) / "chain-head.json"


def read_anchor() -> Anchor | None:
    """None where no row was ever added with this data folder. Raises ValueError when the file is damaged."""
    path = anchor_path()
    if not path.exists():
        return None
    try:
        found = json.loads(path.read_text())
        return Anchor(int(found["count"]), str(found["hash"]))
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{path} is damaged: restore it from a backup, or from what was written down") from error


def raise_anchor(anchor: Anchor) -> None:
    """Moves the anchor forward, never back: two commits may arrive here in either order."""
    with anchor_lock():
        try:
            now = read_anchor()
        except ValueError:
            # Left as it is for `verify` to report; a finished session must not fail over it.
            return
        if now is not None and now.count >= anchor.count:
            return
        path = anchor_path()
        draft = path.with_suffix(".draft")
        with draft.open("w") as file:
            json.dump({"count": anchor.count, "hash": anchor.hash}, file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)


@contextlib.contextmanager
def anchor_lock() -> Iterator[None]:
    path = anchor_path().with_suffix(".lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
