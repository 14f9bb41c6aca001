"""Competences shown in assessed practice: what records prove, by the mastery that each module asks for.

Mastery is so many competent assessments in a row, each under another seed. From then on the competences of the module
are held. Weeks later they are shown again: a retest that is due and was not passed ends them until it is, and so does
an assessment that was not competent.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import groupby
from uuid import UUID

from resilience.people import persons as people
from resilience.people.models import Contact, Membership
from resilience.people.scopes import whole_programme
from resilience.programme.skills import held
from resilience.programme.skills.held import Proof
from resilience.records.models import SessionRecord, Subject
from resilience.training import modules
from resilience.training.errors import BadInput
from resilience.training.modules import Module

ASSESSED, COMPETENT = "assessment", "competent"


@dataclass(frozen=True)
class Assessed:
    """One assessed session: its number in the chain, its seed, its day, and whether it was competent."""

    seq: int
    seed: int
    day: date
    competent: bool


@dataclass(frozen=True)
class Mastered:
    """The session that completed the mastery, and by when it is to be shown again, if at all."""

    seq: int
    since: date
    retest_due: date | None


def derive(now: datetime) -> int:
    """Brings held competences up to date, from activities and from records; how many rows are new or gone.

    To be called by `resilience tick`; called twice it changes nothing more.
    """
    changed = held.derive_from_activities(now)
    with whole_programme("competences are derived for all partners alike"):
        return changed + held.keep(list(proofs(now)))


def proofs(now: datetime) -> Iterator[Proof]:
    """What the records prove of those who practised under an account of an organisation that they have a role in."""
    persons = persons_by_subject()
    for (subject, name), assessed in by_trainee_and_module():
        module = installed(name)
        if module is None:
            continue
        mastered = mastery(assessed, module.head.mastery.clean_runs, module.head.mastery.retest_weeks)
        known = mastered and (persons.get(subject) or met(subject, now))
        if mastered is not None and known:
            persons[subject] = organisation, person = known
            for competence in module.head.competencies:
                evidence = f"record:{mastered.seq}"
                yield Proof(organisation, person, competence, evidence, mastered.since, mastered.retest_due)


def by_trainee_and_module() -> Iterator[tuple[tuple[UUID, str], list[Assessed]]]:
    """Assessed sessions of each trainee in each module, in the order of the chain."""
    columns = ("subject_ref", "module", "seq", "seed", "created_at", "outcome")
    rows = SessionRecord.objects.filter(mode=ASSESSED, subject_ref__isnull=False).values_list(*columns)
    for key, own in groupby(rows.order_by("subject_ref", "module", "seq"), key=lambda row: (row[0], row[1])):
        yield (
            key,
            [
                Assessed(seq, seed, date.fromisoformat(created_at[:10]), json.loads(outcome)["verdict"] == COMPETENT)
                for _subject, _module, seq, seed, created_at, outcome in own
            ],
        )


def persons_by_subject() -> dict[UUID, tuple[UUID, int]]:
    """Subject -> organisation and person, by the account that a contact of the organisation has."""
    persons = {
        (organisation, account): person
        for organisation, account, person in Contact.objects.filter(account__isnull=False).values_list(
            "organisation_id", "account_id", "person_id"
        )
    }
    subjects = Subject.objects.filter(organisation__isnull=False).values_list("pk", "organisation_id", "account_id")
    return {
        subject: (organisation, persons[organisation, account])
        for subject, organisation, account in subjects
        if (organisation, account) in persons
    }


def met(subject: UUID, now: datetime) -> tuple[UUID, int] | None:
    """Meets who practised, by the account's name and address, so that whoever holds something is a person counted once.

    None for who was cut from their records, or has no role in the organisation any more.
    """
    found = Subject.objects.select_related("organisation", "account").filter(pk=subject).first()
    if found is None or found.organisation is None:
        return None
    if not Membership.objects.filter(organisation=found.organisation, account=found.account).exists():
        return None
    account = found.account
    person = people.meet(found.organisation, account.name, account.email, now, account=account)
    return found.organisation.pk, person.pk


def mastery(assessed: Iterable[Assessed], clean_runs: int, retest_weeks: Iterable[int]) -> Mastered | None:
    """Whether and since when the standard is met. The first mastery stays the evidence; later sessions are retests."""
    seeds: list[int] = []
    since: Assessed | None = None
    due: list[date] = []
    failed_on: date | None = None
    for one in assessed:
        if since is None:
            seeds = [*seeds, one.seed] if one.competent and one.seed not in seeds else seeds * one.competent
            if len(seeds) >= clean_runs:
                since = one
                due = [one.day + timedelta(weeks=week) for week in sorted(retest_weeks)]
        elif one.competent:
            failed_on = None
            # A session on or after a day that was due passes it; one before is practice.
            due = [day for day in due if day > one.day]
        else:
            failed_on = one.day
    if since is None:
        return None
    return Mastered(since.seq, since.day, failed_on or (due[0] if due else None))


@lru_cache(maxsize=64)
def installed(name: str) -> Module | None:
    """The module as it is installed now; None for one that is not any more."""
    try:
        return modules.load(name)
    except BadInput:
        return None
