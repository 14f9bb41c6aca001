"""Reasons why a row came into a figure or fell out of it, read from times, imports, merges and the trail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from resilience.people.models import Organisation, PersonMerge, TrailEntry
from resilience.programme.models import Activity, Attendance, ImportBatch
from resilience.results.definitions import shelf
from resilience.results.ground import end_of
from resilience.results.models import Snapshot

CHUNK = 500


class Why(StrEnum):
    """The pages say each of them in words."""

    NEW = "new"
    LATE_IMPORT = "late-import"
    LATE_ENTRY = "late-entry"
    STATUS = "status"
    MERGED = "merged"
    UNMERGED = "unmerged"
    IMPORT_UNDONE = "import-undone"
    NO_EVIDENCE = "no-evidence"
    ONE_ORGANISATION = "one-organisation"
    NEW_NUMBER = "new-number"
    RELEASE = "release"
    DEFINITION = "definition"


@dataclass(frozen=True)
class Explanation:
    """A reason, and what it points at: activity, day, file, kept, old and new, whichever there are."""

    why: Why
    detail: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Proof:
    """The attendance by which somebody came into the figure."""

    activity: str
    starts_at: datetime
    batch: UUID | None


class Reasons:
    """Explains rows between two snapshots. `prepare` reads what the rows need, 500 at a time."""

    def __init__(self, first: Snapshot, second: Snapshot) -> None:
        self._first, self._second = first, second
        self._since = end_of(first.as_of)
        self._between = (first.taken_at, second.taken_at)
        self._definition = first.version != second.version
        self._proofs: dict[str, Proof] = {}
        self._activities: dict[str, Activity] = {}
        self._merged: dict[str, PersonMerge] = {}
        self._unmerged: dict[str, PersonMerge] = {}
        self._status: dict[str, tuple[str, str]] = {}

    def prepare(self, gained: Sequence[str], lost: Sequence[str]) -> None:
        for refs in chunks(sorted({part(ref) for ref in gained if ref.startswith("person:")})):
            for proof in self._attendances(refs):
                self._proofs.setdefault(proof["person__ref"].hex, _proof(proof))
        codes = sorted({part(ref) for ref in [*gained, *lost] if not ref.startswith(("person:", "organisation:"))})
        for some in chunks(codes):
            self._activities |= {found.code: found for found in Activity.objects.filter(code__in=some)}
        self._batches = {batch.pk: batch for batch in ImportBatch.objects.filter(committed_at__lte=self._between[1])}
        undone = ImportBatch.objects.filter(undone_at__range=self._between)
        self._taken_back = list(undone.select_related("activity").order_by("undone_at"))
        for merge in PersonMerge.objects.filter(at__range=self._between, undone_at=None).select_related("kept"):
            self._merged[merge.merged_ref.hex] = merge
        for merge in PersonMerge.objects.filter(undone_at__range=self._between).select_related("kept"):
            self._unmerged[merge.merged_ref.hex] = merge
        entries = TrailEntry.objects.filter(at__range=self._between, about__startswith="activity:").order_by("pk")
        for entry in entries:
            if (
                isinstance(entry.old, dict)
                and isinstance(entry.new, dict)
                and {"status"} <= entry.old.keys() & entry.new
            ):
                self._status[entry.about.partition(":")[2]] = (entry.old["status"], entry.new["status"])
        self._organisations = {found.pk.hex: found for found in Organisation.objects.all()}

    def _attendances(self, refs: Sequence[str]) -> Iterable[Mapping[str, Any]]:
        """The attendances that count for the second snapshot, earliest first."""
        kinds = shelf().version(self._second.indicator, self._second.version).counting.on
        return (
            Attendance.objects.filter(
                person__ref__in=[UUID(ref) for ref in refs],
                meeting__starts_at__lt=end_of(self._second.as_of),
                meeting__activity__kind__in=kinds,
            )
            .exclude(meeting__activity__status__in=("draft", "cancelled"))
            .order_by("meeting__starts_at", "pk")
            .values("person__ref", "meeting__activity__code", "meeting__starts_at", "batch")
        )

    # --- one row

    def gained(self, ref: str) -> Explanation:
        kind, key = ref.split(":")[0], part(ref)
        if kind == "person":
            return self._person_gained(key)
        if kind == "release":
            return Explanation(Why.RELEASE, {"day": ref.split(":")[3]})
        if kind == "organisation":
            return Explanation(self._or_definition(Why.NEW), self._named(key))
        activity = self._activities.get(key)
        if activity is None:
            return Explanation(self._or_definition(Why.NEW))
        detail = {"activity": key, "day": activity.ends_at.date().isoformat()}
        if activity.starts_at >= self._since:
            return Explanation(Why.NEW, detail)
        if key in self._status:
            return self._by_status(key, detail)
        if activity.status == "open" and activity.ends_at >= self._since:
            return Explanation(Why.NEW, detail)
        if (batch := self._late_batch_of(activity)) is not None:
            return Explanation(Why.LATE_IMPORT, detail | {"file": batch.file_name})
        return Explanation(self._or_definition(Why.LATE_ENTRY), detail)

    def lost(self, ref: str) -> Explanation:
        kind, key = ref.split(":")[0], part(ref)
        if kind == "person" and (merge := self._merged.get(key)) is not None:
            return Explanation(Why.MERGED, {"kept": merge.kept.ref.hex, "day": merge.at.date().isoformat()})
        if kind == "release":
            return Explanation(Why.RELEASE, {"day": ref.split(":")[3]})
        if kind == "organisation":
            if key not in self._organisations:
                return Explanation(Why.ONE_ORGANISATION)
            return Explanation(self._or_definition(Why.NO_EVIDENCE), self._named(key))
        if key in self._status:
            return self._by_status(key, {"activity": key})
        undone = self._undone(key if kind != "person" else None)
        if undone is not None:
            return Explanation(Why.IMPORT_UNDONE, {"file": undone.file_name, "activity": undone.activity.code})
        cancelled = next((code for code, (_, new) in self._status.items() if new == "cancelled"), None)
        if kind == "person" and cancelled is not None:
            return self._by_status(cancelled, {"activity": cancelled})
        return Explanation(self._or_definition(Why.NO_EVIDENCE))

    def changed(self, old: str, new: str) -> Explanation:
        if old.startswith("release:"):
            return Explanation(Why.RELEASE, {"day": new.split(":")[3]})
        return Explanation(Why.NEW_NUMBER, {"activity": part(new)})

    # --- what they rest on

    def _person_gained(self, ref: str) -> Explanation:
        if (merge := self._unmerged.get(ref)) is not None:
            return Explanation(Why.UNMERGED, {"kept": merge.kept.ref.hex})
        proof = self._proofs.get(ref)
        if proof is None:
            return Explanation(self._or_definition(Why.LATE_ENTRY))
        detail = {"activity": proof.activity, "day": proof.starts_at.date().isoformat()}
        if proof.starts_at >= self._since:
            return Explanation(Why.NEW, detail)
        if proof.activity in self._status:
            return self._by_status(proof.activity, detail)
        batch = self._batches.get(proof.batch) if proof.batch else None
        if batch is not None and batch.committed_at > self._first.taken_at:
            return Explanation(
                Why.LATE_IMPORT, detail | {"file": batch.file_name, "imported": batch.committed_at.date().isoformat()}
            )
        return Explanation(self._or_definition(Why.LATE_ENTRY), detail)

    def _late_batch_of(self, activity: Activity) -> ImportBatch | None:
        late = (batch for batch in self._batches.values() if batch.committed_at > self._first.taken_at)
        return next((batch for batch in late if batch.activity_id == activity.pk and batch.undone_at is None), None)

    def _undone(self, code: str | None) -> ImportBatch | None:
        """An import that was taken back between the snapshots; of one activity, where the row names it."""
        return next((batch for batch in self._taken_back if code in (None, batch.activity.code)), None)

    def _by_status(self, code: str, detail: dict[str, str]) -> Explanation:
        old, new = self._status[code]
        return Explanation(Why.STATUS, detail | {"old": old, "new": new})

    def _or_definition(self, why: Why) -> Why:
        """Where the definition changed as well, that is the reason when nothing else explains a row."""
        return Why.DEFINITION if self._definition else why

    def _named(self, ref: str) -> dict[str, str]:
        found = self._organisations.get(ref)
        return {"organisation": found.name} if found is not None else {}


def _proof(row: Mapping[str, Any]) -> Proof:
    return Proof(row["meeting__activity__code"], row["meeting__starts_at"], row["batch"])


def part(ref: str) -> str:
    """The second part of a reference: what it names."""
    return ref.split(":")[1]


def chunks(values: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]
