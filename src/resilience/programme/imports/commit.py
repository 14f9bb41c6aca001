"""Dry run and import of a file: the same judgement, and for an import one transaction in which all of it is written."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from resilience.people import names, persons, trail
from resilience.people.keys import CHUNK
from resilience.people.models import Organisation, OrganisationKind
from resilience.people.permissions import Actor
from resilience.programme.finding import about_of, locked
from resilience.programme.imports import mapping, settle_attendance, settle_evaluation
from resilience.programme.imports.loaded import Loaded
from resilience.programme.imports.mapping import What
from resilience.programme.imports.options import Options
from resilience.programme.imports.plan import Advance, Judgement, Plan, judge, note_new_organisations, refuse_activity
from resilience.programme.models import Activity, ActivityKind, ImportBatch, ImportRow, RowFate

Settled = settle_attendance.Settled | settle_evaluation.Settled


def dry_run(
    loaded: Loaded,
    activity: Activity,
    what: str,
    fields: Sequence[str],
    options: Options,
    advance: Advance | None = None,
) -> Plan:
    """What would become of each row. Writes nothing. Raises ImportRefusedError where the file as a whole is refused."""
    refuse_activity(activity, loaded, what)
    judged = judge(loaded, activity, what, fields, options, advance)
    _settle(judged, activity, what, options)
    judged.plan.notes += note_new_organisations([one.somebody for one in judged.usable if one.somebody is not None])
    return judged.plan


def commit(
    loaded: Loaded,
    activity: Activity,
    what: str,
    fields: Sequence[str],
    options: Options,
    actor: Actor,
    now: datetime,
    advance: Advance | None = None,
) -> tuple[ImportBatch | None, Plan]:
    """Imports a file, all of it or, where anything fails, nothing. Raises ImportRefusedError as dry_run does.

    Returns the batch, None where not one row could be used, and where each row ended.
    """
    refuse_activity(activity, loaded, what)
    judged = judge(loaded, activity, what, fields, options, advance)
    plan, total = judged.plan, 3 * len(loaded.lines)
    with transaction.atomic():
        activity = locked(activity)
        # Again, now that nobody else can import the same file at the same moment.
        refuse_activity(activity, loaded, what)
        settled = _settle(judged, activity, what, options)
        if not plan.imported and not plan.merged:
            return None, plan
        _tell(advance, total // 3, total)
        identity = uuid.uuid4()
        added = _write(settled, activity, what, options, identity, loaded.name, now)
        _tell(advance, total * 2 // 3, total)
        batch = _record(plan, loaded, activity, fields, options, identity, added, actor, now)
        mapping.remember(loaded.header, what, fields, activity.organisation, now)
    _tell(advance, total, total)
    return batch, plan


def _tell(advance: Advance | None, done: int, total: int) -> None:
    if advance is not None:
        advance(done, total)


def _settle(judged: Judgement, activity: Activity, what: str, options: Options) -> Settled:
    if what == What.ATTENDANCE:
        return settle_attendance.settle(judged.plan, judged.usable, activity)
    return settle_evaluation.settle(judged.plan, judged.usable, activity, options.level)


def _write(
    settled: Settled,
    activity: Activity,
    what: str,
    options: Options,
    identity: uuid.UUID,
    file_name: str,
    now: datetime,
) -> dict[str, Any]:
    spellings = {one.somebody.employer for one in settled.named if one.somebody and one.somebody.employer}
    kind = OrganisationKind.SCHOOL if activity.kind == ActivityKind.OUTREACH else OrganisationKind.EMPLOYER
    employers: dict[str, Organisation] = dict(names.find_or_add_all(sorted(spellings), kind))
    told = [one.somebody.details(employers) for one in settled.named if one.somebody]
    met = [one.person for one in persons.meet_all(activity.organisation, told, now, identity)]
    if isinstance(settled, settle_attendance.Settled):
        return settle_attendance.write(settled, met, activity, identity, file_name, now)
    return settle_evaluation.write(settled, met, activity, options.level, identity, now)


def _record(
    plan: Plan,
    loaded: Loaded,
    activity: Activity,
    fields: Sequence[str],
    options: Options,
    identity: uuid.UUID,
    added: dict[str, Any],
    actor: Actor,
    now: datetime,
) -> ImportBatch:
    """The batch, what became of rows that did not make something new, and an entry of the trail."""
    batch = ImportBatch.objects.create(
        id=identity,
        organisation=activity.organisation,
        activity=activity,
        what=plan.what,
        source=plan.source,
        file_name=loaded.name,
        sha256=loaded.sha256,
        size=loaded.size,
        mapping={"columns": dict(zip(loaded.header.titles, fields, strict=True)), "options": options.as_dict()},
        rows=plan.rows,
        imported=len(plan.imported),
        merged=len(plan.merged),
        refused=len(plan.refused),
        added=added,
        actor_ref=str(actor.account.pk) if actor.account else "",
        committed_at=now,
    )
    merged = (ImportRow(batch=batch, row=row, fate=RowFate.MERGED, reason=why) for row, why in plan.merged)
    refused = (
        ImportRow(batch=batch, row=one.row, column=one.column[:80], fate=RowFate.REFUSED, reason=one.reason)
        for one in plan.refused
    )
    ImportRow.objects.bulk_create([*merged, *refused], batch_size=CHUNK)
    counts = {"rows": plan.rows, "imported": batch.imported, "merged": batch.merged, "refused": batch.refused}
    trail.add(
        actor,
        "file imported",
        about_of(activity),
        new={"batch": str(identity), "what": plan.what, "source": plan.source, **counts},
        at=now,
    )
    return batch
