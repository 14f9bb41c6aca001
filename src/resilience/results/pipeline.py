"""From pupil to trainee to leader: heads for pupils, and those who agreed to be counted along the way."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date

from resilience.people.models import Consent, Organisation
from resilience.people.models.consents import Purpose
from resilience.people.scopes import whole_programme, within
from resilience.programme.models import Attendance, CohortMember
from resilience.programme.skills.gap import shown
from resilience.results.filters import Filters
from resilience.results.ground import Ground, room_to_count


@dataclass(frozen=True)
class Pipeline:
    """Pupils are heads; all others are people who agreed, in steps of 5 (None: fewer than 5)."""

    pupils: int
    agreed: int | None
    outreach: int | None
    trainees: int | None
    leaders: int | None
    outreach_to_training: int | None
    training_to_leadership: int | None


def pipeline(organisation: Organisation | None, as_of: date) -> Pipeline:
    """How many were met at each stage up to a day, of one partner or of all, and how many went on from one to the next.

    Nobody is followed who did not agree, or who took it back.
    """
    with whole_programme("heads are counted as indicators are"), room_to_count():
        pupils = sum(heads.number for heads in Ground(as_of, Filters(organisation.pk if organisation else None)).heads)
    with scope_of(organisation):
        consents = Consent.objects.filter(purpose=Purpose.PIPELINE, withdrawn_at=None, given_at__date__lte=as_of)
        agreed = set(consents.values_list("person_id", flat=True))
        outreach, trainees = there("outreach", as_of) & agreed, there("training", as_of) & agreed
        members = CohortMember.objects.filter(joined_at__date__lte=as_of).values_list("person_id", flat=True)
        leaders = set(members) & there("leadership", as_of) & agreed
    return Pipeline(
        pupils=pupils,
        agreed=shown(len(agreed)),
        outreach=shown(len(outreach)),
        trainees=shown(len(trainees)),
        leaders=shown(len(leaders)),
        outreach_to_training=shown(len(outreach & trainees)),
        training_to_leadership=shown(len(trainees & leaders)),
    )


def there(kind: str, as_of: date) -> set[int]:
    """The people who attended an activity of a kind up to a day."""
    rows = Attendance.objects.filter(meeting__activity__kind=kind, meeting__activity__ends_at__date__lte=as_of)
    return set(rows.values_list("person_id", flat=True).distinct())


def scope_of(organisation: Organisation | None) -> AbstractContextManager[None]:
    return whole_programme("the way of those who agreed") if organisation is None else within(organisation)
