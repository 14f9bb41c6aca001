"""Which rows of an evaluation are new answers; then writing them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from resilience.people.keys import CHUNK
from resilience.people.models import Person
from resilience.programme.imports import who
from resilience.programme.imports.evaluation import Answered
from resilience.programme.imports.plan import Plan
from resilience.programme.imports.reasons import Merged
from resilience.programme.models import Activity, EvaluationAnswer, EvaluationRequest


@dataclass
class Settled:
    """named: the rows that name somebody, in the order of the file; keys: who they are; new: the answers to be kept."""

    named: list[Answered]
    keys: list[str]
    new: list[tuple[str | None, Answered]] = field(default_factory=list)


def settle(plan: Plan, usable: Sequence[Answered], activity: Activity, level: str) -> Settled:
    """Gives each usable row its end in the plan: one answer of a person at a level, the first. Writes nothing."""
    named = [answered for answered in usable if answered.somebody is not None]
    identified = who.identify([one.somebody for one in named if one.somebody], activity.organisation)
    settled = Settled(named, [key for key, _person in identified])
    answered_before = set(
        EvaluationAnswer.objects.filter(activity=activity, level=level)
        .exclude(person=None)
        .values_list("person_id", flat=True)
    )
    of_row = iter(identified)
    in_file: set[str] = set()
    for answered in usable:
        key, person = (None, None) if answered.somebody is None else next(of_row)
        if key is not None and key in in_file:
            plan.merged.append((answered.row, Merged.SAME_IN_FILE))
        elif person is not None and person.pk in answered_before:
            plan.merged.append((answered.row, Merged.ALREADY_ANSWERED))
        else:
            plan.imported.append(answered.row)
            settled.new.append((key, answered))
        if key is not None:
            in_file.add(key)
    return settled


def write(
    settled: Settled, persons: Sequence[Person], activity: Activity, level: str, batch: UUID, now: datetime
) -> dict[str, list[int]]:
    """Keeps the answers, and marks as answered who was asked. Returns the requests that were marked."""
    by_key = dict(zip(settled.keys, persons, strict=True))
    given = {key: min(answered.given_at or now, now) for key, answered in settled.new if key is not None}
    EvaluationAnswer.objects.bulk_create(
        (
            EvaluationAnswer(
                activity=activity,
                person=by_key[key] if key is not None else None,
                level=level,
                answers=answered.answers,
                score=answered.score,
                given_at=min(answered.given_at or now, now),
                batch=batch,
            )
            for key, answered in settled.new
        ),
        batch_size=CHUNK,
    )
    when = {by_key[key].pk: at for key, at in given.items()}
    asked = [
        request
        for request in EvaluationRequest.objects.filter(activity=activity, level=level, answered_at=None)
        if request.person_id in when
    ]
    for request in asked:
        request.answered_at = when[request.person_id]
    EvaluationRequest.objects.bulk_update(asked, ["answered_at"], batch_size=CHUNK // 10)
    return {"answered": [request.pk for request in asked]}
