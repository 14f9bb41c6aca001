"""Who holds which competence, by which evidence: rows that are derived, and derived again without being doubled.

An activity gives what it teaches to those who were there for the minutes it asks for. What records of practice give is
handed in as proofs, since records lie beside this room.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resilience.people import folding, privacy
from resilience.people.privacy import TableHolder
from resilience.people.scopes import whole_programme
from resilience.programme.attendance import minutes_of
from resilience.programme.models import Activity, ActivityStatus, Attendance, HeldCompetence

# Attendance is still corrected, and imported, weeks after an activity; older ones are derived only on request.
RECENT = timedelta(days=92)
CHUNK = 500
HOLDER = TableHolder(HeldCompetence, _("Competences held"), also=("organisation__name",))


@dataclass(frozen=True)
class Proof:
    """A person holds a competence since a day by an evidence; it is to be shown again by `retest_due`, if anything."""

    organisation: UUID
    person: int
    competence: str
    evidence: str
    since: date
    retest_due: date | None = None


def derive_from_activities(now: datetime, since: datetime | None = None) -> int:
    """Brings what activities gave up to date, for those that ended since a moment (else recently); how many rows are
    new or gone."""
    after = now - RECENT if since is None else since
    with whole_programme("competences are derived for all partners alike"):
        ended = Activity.objects.filter(ends_at__gt=after, ends_at__lte=now).exclude(competences=[])
        held = ended.exclude(status__in=[ActivityStatus.DRAFT, ActivityStatus.CANCELLED])
        return sum(settle(f"activity:{activity.code}", proofs_of(activity)) for activity in held)


def proofs_of(activity: Activity) -> list[Proof]:
    """What an activity gave: to each who stayed its minutes, each competence that it teaches."""
    stayed: dict[int, int] = {}
    for row in Attendance.objects.filter(meeting__activity=activity).select_related("meeting"):
        stayed[row.person_id] = stayed.get(row.person_id, 0) + minutes_of(row, row.meeting)
    day = timezone.localdate(activity.ends_at)
    return [
        Proof(activity.organisation_id, person, competence, f"activity:{activity.code}", day)
        for person, minutes in stayed.items()
        if minutes >= activity.minimum_minutes
        for competence in dict.fromkeys(activity.competences)
    ]


def settle(evidence: str, proofs: Iterable[Proof]) -> int:
    """Makes the rows of one evidence what its proofs say; how many are new or gone."""
    wanted = {(proof.person, proof.competence): proof for proof in proofs}
    rows = HeldCompetence.objects.filter(evidence=evidence)
    there = {(row.person_id, row.competence): row.pk for row in rows}
    gone = [row for key, row in there.items() if key not in wanted]
    new = [proof for key, proof in wanted.items() if key not in there]
    with transaction.atomic():
        HeldCompetence.objects.filter(pk__in=gone).delete()
        return len(gone) + keep(new)


def keep(proofs: Iterable[Proof]) -> int:
    """Keeps proofs; of one that was kept before only the days can change. Returns how many are new."""
    rows = [
        HeldCompetence(
            organisation_id=proof.organisation,
            person_id=proof.person,
            competence=proof.competence,
            evidence=proof.evidence,
            since=proof.since,
            retest_due=proof.retest_due,
        )
        for proof in proofs
    ]
    with whole_programme("competences are derived for all partners alike"):
        before = HeldCompetence.objects.count()
        HeldCompetence.objects.bulk_create(
            rows,
            batch_size=CHUNK,
            update_conflicts=True,
            unique_fields=["person", "competence", "evidence"],
            update_fields=["since", "retest_due"],
        )
        return int(HeldCompetence.objects.count() - before)


def earlier_first(row: HeldCompetence) -> int:
    """Of two rows of one evidence the one since longer stays, when two people turn out to be one."""
    return -row.since.toordinal()


def register() -> None:
    """Tells the rooms below what is held here of people."""
    folding.prefer(HeldCompetence, earlier_first)
    if HOLDER not in privacy.holders:
        privacy.holders.append(HOLDER)
