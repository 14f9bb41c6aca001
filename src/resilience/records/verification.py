"""Checking the whole chain: every row's hash, every link, the anchor, and every outcome against a replay of its log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from django_scopes import scopes_disabled

from resilience.records import chain
from resilience.records.models import SessionRecord
from resilience.records.replaying import NotReplayableError, replayed_outcome
from resilience.training.canonical import canonical

Progress = Callable[[int, int], None]
Replay = Callable[[bytes], dict[str, Any]]
ALTERED, MISSING, REORDERED, TRUNCATED, REWRITTEN, OUTCOME = (
    "altered",
    "missing",
    "reordered",
    "truncated",
    "rewritten",
    "outcome",
)
ROWS_AT_ONCE = 50


@dataclass(frozen=True)
class Problem:
    """One thing wrong with the chain, at one place in it. `seq` is the row; `what` says it in words."""

    seq: int
    kind: str
    what: str


@dataclass
class Verification:
    """What was found. `not_replayed` holds rows whose module is no longer here in that version: intact all the same."""

    records: int = 0
    replayed: int = 0
    head: str = chain.GENESIS
    problems: list[Problem] = field(default_factory=list)
    not_replayed: list[Problem] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.problems

    def as_json(self) -> dict[str, Any]:
        return {"ok": self.ok, **asdict(self)}


def verify(
    progress: Progress | None = None, *, replay: Replay = replayed_outcome, replaying: bool = True
) -> Verification:
    """Walks the chain from its first row to its anchor.

    progress(done, total) is called after each row. `replaying=False` leaves out the (slow) comparison of outcomes.
    """
    result = Verification()
    with scopes_disabled():
        total = SessionRecord.objects.count()
        owner = dict(SessionRecord.objects.order_by("seq").values_list("hash", "seq"))
        prev_hash, expected = chain.GENESIS, 1
        for row in SessionRecord.objects.order_by("seq").iterator(chunk_size=ROWS_AT_ONCE):
            result.records += 1
            for seq in range(expected, row.seq):
                result.problems.append(Problem(seq, MISSING, f"Record {seq} is missing"))
            problem = own_problem(row) or link_problem(row, prev_hash, owner, gap=row.seq != expected)
            if problem is not None:
                result.problems.append(problem)
            if replaying:
                compare_outcome(row, result, replay)
            prev_hash, expected = row.hash, row.seq + 1
            if progress is not None:
                progress(result.records, total)
        result.head = prev_hash
        result.problems.extend(anchor_problems(expected - 1))
    return result


def own_problem(row: SessionRecord) -> Problem | None:
    """What is wrong with the row taken by itself."""
    if chain.sha256(bytes(row.log)) != row.log_hash:
        return Problem(row.seq, ALTERED, f"The log of record {row.seq} is not the one that was stored")
    if chain.sha256(row.outcome.encode()) != row.outcome_hash:
        return Problem(row.seq, ALTERED, f"The outcome of record {row.seq} is not the one that was stored")
    if chain.row_hash(row) == row.hash:
        return None
    with scopes_disabled():
        before = SessionRecord.objects.filter(hash=row.prev_hash).values_list("seq", flat=True)
        rows = SessionRecord.objects.count()
    # A row that was moved still matches its hash under the number it had; try those near its predecessor, then all.
    places = [seq + 1 for seq in before] + list(range(1, rows + 2))
    came_from = next((seq for seq in places if chain.row_hash(row, seq=seq) == row.hash), None)
    if came_from is not None:
        return Problem(row.seq, REORDERED, f"Record {row.seq} stood at place {came_from} when it was stored")
    return Problem(row.seq, ALTERED, f"A field of record {row.seq} is not what was stored")


def link_problem(row: SessionRecord, prev_hash: str, owner: dict[str, int], *, gap: bool) -> Problem | None:
    """What is wrong between the row and the one before it; a gap was already named as missing rows."""
    if gap or row.prev_hash == prev_hash:
        return None
    if row.prev_hash in owner:
        what = f"Record {row.seq} follows record {owner[row.prev_hash]} in the chain, not the one before it"
        return Problem(row.seq, REORDERED, what)
    return Problem(row.seq, REWRITTEN, f"The record before {row.seq} was replaced: its hash is not the one linked to")


def anchor_problems(last_seq: int) -> list[Problem]:
    """Compares the end of the chain with the anchor in the data folder."""
    try:
        anchor = chain.read_anchor()
    except ValueError as error:
        return [Problem(last_seq, TRUNCATED, str(error))]
    if anchor is None:
        if last_seq == 0:
            return []
        what = f"{chain.anchor_path()} is missing: nothing shows that record {last_seq} is the last that was stored"
        return [Problem(last_seq, TRUNCATED, what)]
    if anchor.count > last_seq:
        return [
            Problem(seq, TRUNCATED, f"Record {seq} was stored once and is gone from the end of the chain")
            for seq in range(last_seq + 1, anchor.count + 1)
        ]
    anchored = SessionRecord.objects.filter(seq=anchor.count).first()
    if anchored is not None and anchored.hash != anchor.hash:
        what = f"Record {anchor.count} is not the one the anchor names: the chain up to it was written again"
        return [Problem(anchor.count, REWRITTEN, what)]
    return []


def compare_outcome(row: SessionRecord, result: Verification, replay: Replay) -> None:
    """Replays the row's log and adds a problem to the result when the outcome differs."""
    try:
        outcome = canonical(replay(bytes(row.log)))
    except NotReplayableError as error:
        result.not_replayed.append(Problem(row.seq, "not replayed", str(error)))
        return
    except Exception as error:
        # Whatever a damaged log does to the reader, the walk goes on and says so.
        result.problems.append(Problem(row.seq, OUTCOME, f"The log of record {row.seq} cannot be replayed: {error}"))
        return
    result.replayed += 1
    if chain.sha256(outcome) != row.outcome_hash:
        what = f"The log of record {row.seq} does not replay to its outcome"
        result.problems.append(Problem(row.seq, OUTCOME, what))


def verify_one(row: SessionRecord, *, replay: Replay = replayed_outcome) -> Verification:
    """Checks one row as `verify` does: its own hashes, its link to the row before, its outcome."""
    result = Verification(records=1, head=row.hash)
    with scopes_disabled():
        before = SessionRecord.objects.filter(seq=row.seq - 1).values_list("hash", flat=True).first()
    if before is None and row.seq > 1:
        result.problems.append(Problem(row.seq - 1, MISSING, f"Record {row.seq - 1} is missing"))
    problem = own_problem(row) or link_problem(row, before or chain.GENESIS, {}, gap=before is None and row.seq > 1)
    if problem is not None:
        result.problems.append(problem)
    compare_outcome(row, result, replay)
    return result
