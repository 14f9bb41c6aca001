"""Cohorts: who is in one, how they see themselves and each other before and after, their projects, what came later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from resilience.people import trail
from resilience.people.few import FEWEST
from resilience.people.permissions import Actor
from resilience.people.scopes import whole_programme, within
from resilience.programme.leadership.words import lists
from resilience.programme.models import (
    Activity,
    ActivityKind,
    Application,
    Assessment,
    Call,
    Cohort,
    CohortMember,
)

LOWEST, HIGHEST = 1, 5
# Fewer forms than this could be told apart by the people in the cohort.
MOST_PEERS = 8
SALT = "leadership.assessment"


@dataclass(frozen=True)
class Change:
    """One behaviour before and after: mean scores of so many forms, None where there are too few."""

    behaviour: str
    before: float | None
    after: float | None
    forms_before: int
    forms_after: int


@transaction.atomic
def start(activity: Activity, call: Call, actor: Actor, now: datetime) -> Cohort:
    """A cohort for a leadership activity, filled with who was selected in the call. Raises ValidationError."""
    if activity.kind != ActivityKind.LEADERSHIP:
        raise ValidationError(_("A cohort needs an activity of the kind leadership cohort."))
    with within(activity.organisation):
        if Cohort.objects.filter(activity=activity).exists():
            raise ValidationError(_("This activity has its cohort already."))
        selected = list(Application.objects.filter(call=call, status=Application.Status.SELECTED))
        if not selected:
            raise ValidationError(_("Nobody is selected in this call yet."))
        cohort: Cohort = Cohort.objects.create(activity=activity, call=call)
        CohortMember.objects.bulk_create(
            CohortMember(cohort=cohort, person=one.person, employer=one.employer, joined_at=now) for one in selected
        )
    trail.add(actor, "cohort started", f"activity:{activity.code}", new={"call": call.code, "members": len(selected)})
    return cohort


@transaction.atomic
def leave(member: CohortMember, actor: Actor, now: datetime, reason: str) -> None:
    """A member leaves. What they attended stays counted."""
    with within(member.cohort.activity.organisation):
        CohortMember.objects.filter(pk=member.pk, left_at=None).update(left_at=now)
    trail.add(actor, "member left", f"activity:{member.cohort.activity.code}", reason=reason)


@transaction.atomic
def note_project(member: CohortMember, title: str, done: bool) -> None:
    """What the member works on, and whether it is finished."""
    with within(member.cohort.activity.organisation):
        CohortMember.objects.filter(pk=member.pk).update(project=title, project_done=done)


@transaction.atomic
def follow_up(member: CohortMember, outcomes: Iterable[str], now: datetime) -> None:
    """What an alumnus tells of months later. Told again, it is added. Raises ValidationError for unknown outcomes."""
    told = sorted(set(outcomes))
    if not told or not set(told) <= {entry.id for entry in lists().outcomes}:
        raise ValidationError(_("Choose at least one of the list."))
    with within(member.cohort.activity.organisation):
        kept = CohortMember.objects.select_for_update().get(pk=member.pk)
        kept.follow_up = [*kept.follow_up, {"on": now.date().isoformat(), "outcomes": told}]
        kept.save(update_fields=["follow_up"])


# Assessment


def token(member: CohortMember, by: str) -> str:
    """What stands in the address of a member's form (by `self`) or of the form a peer fills in about them (`peer`)."""
    return signing.dumps([member.pk, by], salt=SALT)


def of_token(text: str) -> tuple[CohortMember, str] | None:
    """Whose form an address opens; None where it was mistyped or made up."""
    try:
        pk, by = signing.loads(text, salt=SALT)
    except signing.BadSignature:
        return None
    with whole_programme("who holds the address of a form may fill it in"):
        member = CohortMember.objects.select_related("cohort__activity__organisation").filter(pk=pk).first()
    return (member, by) if member is not None else None


@transaction.atomic
def assess(member: CohortMember, by: str, when: str, scores: Mapping[str, int], now: datetime) -> Assessment:
    """Scores 1 to 5 for each behaviour. The member's own form replaces their last one; peers' are added.

    Raises ValidationError.
    """
    if set(scores) != {entry.id for entry in lists().behaviours} or not all(
        LOWEST <= score <= HIGHEST for score in scores.values()
    ):
        raise ValidationError(_("Choose one of the five for each line."))
    with within(member.cohort.activity.organisation):
        earlier = Assessment.objects.select_for_update().filter(member=member, by=by, when=when)
        if by == Assessment.Of.SELF:
            earlier.delete()
        elif len(earlier) >= MOST_PEERS:
            raise ValidationError(_("Enough peers have answered: thank you."))
        made: Assessment = Assessment.objects.create(member=member, by=by, when=when, scores=dict(scores), at=now)
    return made


def changes(cohort: Cohort, by: str) -> list[Change]:
    """The cohort's mean for each behaviour before and after, by members or by peers; none from fewer than 5 forms."""
    with within(cohort.activity.organisation):
        forms = Assessment.objects.filter(member__cohort=cohort, by=by).values_list("when", "scores")
        told: dict[str, list[dict[str, int]]] = {"before": [], "after": []}
        for when, scores in forms:
            told[when].append(scores)
    return [
        Change(
            behaviour=str(entry),
            before=_mean(told["before"], entry.id),
            after=_mean(told["after"], entry.id),
            forms_before=len(told["before"]),
            forms_after=len(told["after"]),
        )
        for entry in lists().behaviours
    ]


def _mean(forms: list[dict[str, int]], behaviour: str) -> float | None:
    scores = [form[behaviour] for form in forms if behaviour in form]
    return round(fmean(scores), 1) if len(scores) >= FEWEST else None
