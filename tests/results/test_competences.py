"""Competences that records prove, and the way from pupil to leader."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from resilience.people import persons
from resilience.people import services as people
from resilience.people.models import Account, Consent, Contact, Membership, Organisation, Person, Role
from resilience.people.permissions import Actor
from resilience.people.scopes import whole_programme, within
from resilience.programme.models import HeldCompetence
from resilience.records import services as records
from resilience.results import competences, pipeline
from resilience.results.competences import Assessed, mastery
from resilience.training import modules
from tests.records.conftest import finished
from tests.results import programme

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DAY = date(2026, 3, 2)
WEEKS = (1, 4, 12)


def runs(*told: tuple[int, int, bool]) -> list[Assessed]:
    """(seed, days after the first, competent) -> sessions."""
    return [
        Assessed(seq, seed, DAY + timedelta(days=days), good) for seq, (seed, days, good) in enumerate(told, start=1)
    ]


CLEAN = ((1, 0, True), (2, 0, True), (3, 0, True))


@pytest.mark.parametrize(
    ("sessions", "seq"),
    [
        (CLEAN[:2], None),
        (CLEAN, 3),
        # The same seed again proves nothing more; a failure begins the row anew.
        (((1, 0, True), (1, 0, True), (2, 0, True)), None),
        (((1, 0, True), (2, 0, True), (3, 0, False), (4, 0, True)), None),
        (((1, 0, True), (2, 0, False), *((seed, 0, True) for seed in (3, 4, 5))), 5),
    ],
)
def test_mastery_is_so_many_clean_runs_in_a_row(sessions: tuple[tuple[int, int, bool], ...], seq: int | None) -> None:
    found = mastery(runs(*sessions), 3, WEEKS)
    assert (found.seq if found else None) == seq


@pytest.mark.parametrize(
    ("later", "due"),
    [
        ((), 7),
        # Practised again before the day: the retest is still to come.
        (((4, 6, True),), 7),
        (((4, 7, True),), 28),
        (((4, 30, True),), 84),
        (((4, 90, True),), None),
        (((4, 8, False),), 8),
        (((4, 8, False), (5, 9, True)), 28),
    ],
)
def test_a_retest_is_due_until_it_is_passed(later: tuple[tuple[int, int, bool], ...], due: int | None) -> None:
    found = mastery(runs(*CLEAN, *later), 3, WEEKS)
    assert found is not None
    assert found.since == DAY
    assert found.retest_due == (None if due is None else DAY + timedelta(days=due))


def practised(competent: bool = True) -> Organisation:
    """Three assessed sessions of somebody with an account."""
    here = Organisation.objects.create(name="Site A")
    account, _ = people.add_member(here, "ann@a.example", "Ann", Role.TRAINEE, "correct horse battery")
    actor = Actor(account, here, Role.TRAINEE)
    for number in range(1, 4):
        records.begin(f"session-{number}", "token", "aseptic-filling", "assessment", number, "en", actor)
        outcome = {"verdict": "competent" if competent else "not_yet_competent", "findings": [], "seconds": 60.0}
        records.record(finished(number, mode="assessment", outcome=outcome))
    return here


def test_assessed_practice_gives_the_competences_of_its_module_once(store: str) -> None:
    here = practised()
    ann = persons.meet(here, "Ann", "ann@a.example", NOW)
    taught = set(modules.load("aseptic-filling").head.competencies)
    assert competences.derive(NOW) == len(taught)
    assert competences.derive(NOW) == 0
    with whole_programme("a test"):
        rows = list(HeldCompetence.objects.all())
    assert {row.competence for row in rows} == taught
    assert {(row.person_id, row.organisation_id, row.evidence) for row in rows} == {(ann.pk, here.pk, "record:3")}
    assert all(row.retest_due == row.since + timedelta(weeks=1) for row in rows)


def test_what_was_not_competent_or_belongs_to_nobody_known_gives_nothing(store: str) -> None:
    practised(competent=False)
    records.record(finished(9, mode="assessment"))
    assert competences.derive(NOW) == 0


def test_who_was_cut_from_their_records_gains_nothing_more(store: str) -> None:
    here = practised()
    records.erase(Account.objects.get().pk, here.pk)
    assert competences.derive(NOW) == 0


def test_who_practised_and_was_met_nowhere_is_known_as_a_person_from_then_on(store: str) -> None:
    here = practised()
    assert competences.derive(NOW) > 0
    with within(here):
        known = Contact.objects.get()
    assert (known.name, known.email, known.account) == ("Ann", "ann@a.example", Account.objects.get())
    assert persons.meet(here, "Ann", "ann@a.example", NOW) == known.person


def test_nobody_becomes_a_person_who_mastered_nothing_or_left(store: str) -> None:
    here = practised(competent=False)
    competences.derive(NOW)
    with within(here):
        assert not Contact.objects.exists()
        for number in range(4, 7):
            outcome = {"verdict": "competent", "findings": [], "seconds": 60.0}
            actor = people.actor_of(Account.objects.get())
            records.begin(f"session-{number}", "token", "aseptic-filling", "assessment", number, "en", actor)
            records.record(finished(number, mode="assessment", outcome=outcome))
        people.remove_member(Membership.objects.get())
        assert competences.derive(NOW) == 0
        assert not Contact.objects.exists()


def test_the_way_is_told_of_those_who_agreed_in_steps_of_5(store: str) -> None:
    here = Organisation.objects.create(name="Site A")
    programme.held([here], (programme.QUARTERS[-1],), people=12)
    until = programme.QUARTERS[-1]
    with whole_programme("a test"):
        given_at = programme.NOW - timedelta(days=60)
        agreed = list(Person.objects.order_by("pk")[:8])
        for person in agreed:
            Consent.objects.create(
                organisation=here,
                person=person,
                purpose="pipeline",
                text_version="1",
                given_at=given_at,
            )
        Consent.objects.filter(person=agreed[0]).update(withdrawn_at=programme.NOW)
    for of in (here, None):
        found = pipeline.pipeline(of, until)
        assert (found.pupils, found.agreed, found.trainees) == (30, 5, 5)
        assert (found.outreach, found.leaders, found.training_to_leadership) == (None, None, None)
