"""Taking an import back, as long as nothing was built upon it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from resilience.people import trail
from resilience.people.folding import relations
from resilience.people.keys import chunks
from resilience.people.models import Contact, Person, PersonMerge
from resilience.people.permissions import Actor
from resilience.people.scopes import whole_programme
from resilience.programme.finding import about_of, locked
from resilience.programme.imports.mapping import What
from resilience.programme.models import (
    Attendance,
    Certificate,
    CheckIn,
    EvaluationAnswer,
    EvaluationRequest,
    HeadCount,
    ImportBatch,
    Registration,
    RegistrationStatus,
)


class CannotUndoError(ValueError):
    """Something was built upon the import; the text says what."""


def hindrance(batch: ImportBatch) -> str:
    """Why the import cannot be taken back, "" where it can."""
    if batch.undone_at is not None:
        return _("This import was undone before.")
    people = _people(batch)
    if (merges := _merges(batch, people)) or any(person.erased_at for person in people):
        return (
            _("Somebody in it was found to be one with another person: undo that merge first.")
            if merges
            else _("Somebody in it was erased.")
        )
    if batch.what == What.EVALUATION:
        return ""
    ids = [person.pk for person in people]
    if _any(Certificate.objects.filter(activity=batch.activity), ids):
        return _("A certificate was issued to somebody in it.")
    answers = EvaluationAnswer.objects.filter(activity=batch.activity)
    if _any(answers, ids):
        return _("Somebody in it has given an evaluation.")
    if CheckIn.objects.filter(registration__batch=batch.pk).exists():
        return _("Somebody in it was checked in at the door since.")
    if Registration.objects.filter(batch=batch.pk).exclude(status=RegistrationStatus.CONFIRMED).exists():
        return _("A registration in it was changed since.")
    return ""


@transaction.atomic
def undo(batch: ImportBatch, actor: Actor, now: datetime) -> None:
    """Removes what the file made and gives back what it changed. Raises CannotUndoError with the reason.

    People whom nobody else has met and of whom nothing else is kept go with it; organisations that were new to the
    register stay there.
    """
    activity = locked(batch.activity)
    batch.refresh_from_db()
    if reason := hindrance(batch):
        raise CannotUndoError(reason)
    for row, before, since in batch.added.get("minutes", []):
        Attendance.objects.filter(pk=row, minutes=since).update(minutes=before)
    for some in chunks(batch.added.get("answered", [])):
        EvaluationRequest.objects.filter(pk__in=some).update(answered_at=None)
    met = list(Contact.objects.filter(batch=batch.pk).values_list("person_id", flat=True))
    requests = EvaluationRequest.objects.filter(activity=activity, answered_at=None)
    for model in (Attendance, EvaluationAnswer, HeadCount):
        model.objects.filter(batch=batch.pk).delete()
    for some in chunks(list(Registration.objects.filter(batch=batch.pk).values_list("person_id", flat=True))):
        requests.filter(person__in=some).delete()
    Registration.objects.filter(batch=batch.pk).delete()
    _forget(batch, met)
    batch.undone_at = now
    batch.save(update_fields=["undone_at"])
    trail.add(actor, "import undone", about_of(activity), old={"batch": str(batch.pk)}, at=now)


def _people(batch: ImportBatch) -> list[Person]:
    """Everybody of whom the file made something."""
    held = Q(registrations__batch=batch.pk) | Q(attendances__batch=batch.pk)
    named = set(Person.objects.filter(held).values_list("pk", flat=True))
    answered = EvaluationAnswer.objects.filter(batch=batch.pk).exclude(person=None)
    named |= set(answered.values_list("person_id", flat=True))
    named |= set(Contact.objects.filter(batch=batch.pk).values_list("person_id", flat=True))
    return [person for some in chunks(sorted(named)) for person in Person.objects.filter(pk__in=some)]


def _merges(batch: ImportBatch, people: Sequence[Person]) -> bool:
    """Whether somebody of the file was made one with somebody else since."""
    since = PersonMerge.objects.filter(at__gte=batch.committed_at, undone_at=None)
    return _any(since, [person.pk for person in people], "kept")


def _any(rows: object, ids: Sequence[int], field: str = "person") -> bool:
    return any(rows.filter(**{f"{field}__in": some}).exists() for some in chunks(ids))  # type: ignore[attr-defined]


def _forget(batch: ImportBatch, met: Sequence[int]) -> None:
    """Removes contacts that the file brought, and people of whom nothing is left; of whom something is, both stay."""
    for some in chunks(met):
        with whole_programme("nobody is removed of whom another partner keeps something"):
            kept = {
                person
                for model, field in relations(Person)
                if model is not Contact
                for person in model._base_manager.filter(**{f"{field.name}__in": some}).values_list(
                    field.attname, flat=True
                )
            }
            known = set(
                Contact.objects.filter(person__in=some)
                .exclude(organisation=batch.organisation, batch=batch.pk)
                .values_list("person_id", flat=True)
            )
        mine = [person for person in some if person not in kept]
        Contact.objects.filter(batch=batch.pk, person__in=mine).delete()
        gone = [person for person in mine if person not in known]
        Person.objects.filter(pk__in=gone).delete()
