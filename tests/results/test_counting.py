"""The counting rules, on both kinds of store: what counts, up to when, and in which part of the programme."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from resilience.people.models import Contact, Organisation, Person
from resilience.people.scopes import whole_programme
from resilience.programme.models import (
    Activity,
    Attendance,
    Cohort,
    CohortMember,
    EvaluationAnswer,
    EvaluationRequest,
    HeadCount,
    HeldCompetence,
    Meeting,
    Registration,
)
from resilience.results import snapshots
from resilience.results.counting import percent
from resilience.results.filters import EVERYTHING, Filters
from resilience.training.errors import BadInput

DAY = date(2026, 3, 31)
NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)


class Field:
    """A store to put rows into. Codes and people are named by the test."""

    def __init__(self) -> None:
        self.partners = {name: Organisation.objects.create(name=name) for name in ("North", "South")}
        self.people: dict[str, Person] = {}

    def activity(self, code: str, kind: str = "training", partner: str = "North", **fields: Any) -> Activity:
        starts_at = fields.pop("starts_at", NINE)
        made = Activity.objects.create(
            organisation=self.partners[partner],
            code=code,
            kind=kind,
            title=code,
            starts_at=starts_at,
            ends_at=fields.pop("ends_at", starts_at + timedelta(hours=4)),
            **{"format": "in-person", "status": "closed", "region": "TLG", **fields},
        )
        Meeting.objects.create(activity=made, starts_at=made.starts_at, ends_at=made.ends_at)
        return made

    def person(self, name: str) -> Person:
        if name not in self.people:
            self.people[name] = Person.objects.create(key=name, created_at=NINE)
        return self.people[name]

    def there(self, activity: Activity, *names: str, minutes: int | None = None) -> None:
        meeting = Meeting.objects.get(activity=activity)
        for name in names:
            Attendance.objects.create(
                meeting=meeting, person=self.person(name), source="hand", at=meeting.starts_at, minutes=minutes
            )

    def heads(
        self, activity: Activity, kind: str, number: int, year: str = "Year 9", source: str = "", day: int = 2
    ) -> None:
        HeadCount.objects.create(
            activity=activity,
            kind=kind,
            number=number,
            year_group=year,
            source=source or kind,
            recorded_at=NINE.replace(day=day),
        )


def value(code: str, day: date = DAY, filters: Filters = EVERYTHING) -> float | None:
    return snapshots.count(code, day, filters).value


@pytest.fixture
def field(store: str) -> Any:
    with whole_programme("a test"):
        yield Field()


def test_a_person_is_counted_once_and_not_for_registering(field: Field) -> None:
    first, second = field.activity("TRN-1"), field.activity("TRN-2", partner="South")
    field.there(first, "ann", "bob")
    field.there(second, "ann")
    Registration.objects.create(activity=first, person=field.person("cat"), token="t", registered_at=NINE)
    assert value("trainees") == 2
    assert value("visits") == 3
    assert value("activities") == 2


@pytest.mark.parametrize(
    ("status", "starts", "ends", "counts"),
    [
        ("closed", -30, -30, True),
        ("open", -30, -30, True),
        ("open", -30, 5, False),  # not over yet
        ("closed", -30, 5, True),  # closed early
        ("closed", 3, 3, False),  # closed, but after the day counted to
        ("draft", -30, -30, False),
        ("cancelled", -30, -30, False),
    ],
)
def test_an_activity_counts_when_it_was_held(field: Field, status: str, starts: int, ends: int, counts: bool) -> None:
    midnight = datetime(2026, 4, 1, tzinfo=UTC)
    starts_at = midnight + timedelta(days=starts)
    held = field.activity("TRN-1", status=status, starts_at=starts_at, ends_at=midnight + timedelta(days=ends, hours=4))
    field.there(held, "ann")
    assert (value("trainees"), value("activities")) == ((1, 1) if counts else (0, 0))


def test_the_day_counted_to_ends_at_midnight_of_the_installation(field: Field) -> None:
    """31 March 2026 is summer time in London: its last moment is 22:59:59 UTC."""
    field.there(field.activity("TRN-1", starts_at=datetime(2026, 3, 31, 22, 59, tzinfo=UTC)), "ann")
    field.there(field.activity("TRN-2", starts_at=datetime(2026, 3, 31, 23, 0, tzinfo=UTC)), "bob")
    assert value("trainees") == 1
    assert value("trainees", DAY + timedelta(days=1)) == 2


def test_heads_are_the_best_known_of_each_year_group(field: Field) -> None:
    visit = field.activity("OUT-1", "outreach")
    field.heads(visit, "estimate", 300)
    field.heads(visit, "register", 28, source="first class")
    field.heads(visit, "register", 31, source="second class")
    field.heads(visit, "counted", 61)
    field.heads(visit, "estimate", 40, year="Year 10")
    field.heads(field.activity("OUT-2", "outreach"), "counted", 0)
    field.heads(field.activity("TRN-1"), "counted", 99)
    assert value("students") == 28 + 31 + 40
    assert value("activities") == 1
    figure = snapshots.count("heads_known_percent", DAY)
    assert (figure.value, figure.numerator, figure.denominator) == (60, 59, 99)


def test_of_one_source_the_latest_number_counts(field: Field) -> None:
    visit = field.activity("OUT-1", "outreach")
    field.heads(visit, "register", 30, source="Register", day=4)
    field.heads(visit, "register", 33, source="Register", day=3)
    assert value("students") == 30


def test_students_are_people_at_either_and_heads(field: Field) -> None:
    visit = field.activity("OUT-1", "outreach")
    field.heads(visit, "counted", 30)
    field.there(visit, "ann", "teacher")
    field.there(field.activity("TRN-1"), "ann", "bob")
    assert value("students") == 3 + 30
    rows = snapshots.count("students", DAY).rows
    assert "heads:OUT-1:Year 9:counted:30" in rows
    assert len(rows) == 4


def test_leaders_came_and_their_employers_are_counted_once(field: Field) -> None:
    works = [Organisation.objects.create(name=name, kind="employer") for name in ("Works A", "Works B")]
    for code, names in (("LEAD-1", ("ann", "bob", "cat")), ("LEAD-2", ("ann",))):
        activity = field.activity(code, "leadership")
        cohort = Cohort.objects.create(activity=activity)
        for name in names:
            CohortMember.objects.create(
                cohort=cohort,
                person=field.person(name),
                employer=works[name == "cat"],
                joined_at=NINE - timedelta(days=9),
                project_done=name == "ann",
            )
    field.there(Activity.objects.get(code="LEAD-1"), "ann", "bob")
    field.there(Activity.objects.get(code="LEAD-2"), "ann", "cat")
    field.there(field.activity("TRN-1"), "cat")
    assert (value("leaders"), value("leader_organisations")) == (2, 1)
    assert value("activities") == 1
    figure = snapshots.count("projects_done_percent", DAY)
    assert (figure.value, figure.numerator, figure.denominator) == (67, 2, 3)


def test_filters_take_the_activities_of_a_part(field: Field) -> None:
    field.there(field.activity("TRN-1"), "ann", "bob")
    field.there(field.activity("TRN-2", partner="South", region="TLM"), "ann", "cat", "dot")
    visit = field.activity("OUT-1", "outreach", partner="South", region="TLL")
    field.heads(visit, "counted", 30)
    south = Filters(organisation=field.partners["South"].pk)
    assert [value("trainees", filters=part) for part in (EVERYTHING, south)] == [4, 3]
    assert value("trainees", filters=Filters.from_json({"region": "TLM"})) == 3
    assert value("students", filters=Filters.from_json({"nation": "wales"})) == 30
    assert value("students", filters=Filters.from_json({"nation": "england"})) == 2
    assert value("students", filters=Filters.from_json({"kind": "training"})) == 4
    assert value("students", filters=Filters.from_json({"region": "TLM", "nation": "wales"})) == 0
    assert snapshots.count("trainees", DAY, south).partners == ("South",)
    assert value("regions_reached") == 3


@pytest.mark.parametrize("given", [{"town": "Leeds"}, {"region": "XXX"}, {"organisation": "7"}])
def test_a_filter_that_does_not_exist_is_refused(given: dict[str, str]) -> None:
    with pytest.raises(BadInput):
        Filters.from_json(given)


def test_places_not_taken_up(field: Field) -> None:
    held = field.activity("TRN-1")
    for name in ("ann", "bob", "cat"):
        Registration.objects.create(activity=held, person=field.person(name), token=name, registered_at=NINE)
    Registration.objects.create(
        activity=held, person=field.person("dot"), token="dot", registered_at=NINE, status="cancelled"
    )
    never_noted = field.activity("TRN-2")
    Registration.objects.create(activity=never_noted, person=field.person("ann"), token="x", registered_at=NINE)
    field.there(held, "ann", "walk-in")
    figure = snapshots.count("no_show_percent", DAY)
    assert (figure.value, figure.numerator, figure.denominator) == (67, 2, 3)


def test_a_mean_needs_eight_forms_and_says_who_was_asked(field: Field) -> None:
    held = field.activity("TRN-1")
    for place in range(8):
        assert value("reaction_mean") is None
        EvaluationAnswer.objects.create(activity=held, level="reaction", score=3 + place % 2, given_at=NINE)
    for place in range(16):
        EvaluationRequest.objects.create(
            activity=held,
            person=field.person(f"p{place}"),
            level="reaction",
            due_at=NINE,
            token=f"{place}",
            answered_at=NINE if place < 4 else None,
        )
    EvaluationAnswer.objects.create(activity=held, level="behaviour", score=1, given_at=NINE)
    figure = snapshots.count("reaction_mean", DAY)
    assert (figure.value, figure.denominator, figure.response_rate) == (3.5, 8, 0.25)


def test_hours_are_earned_by_staying(field: Field) -> None:
    held = field.activity("TRN-1", minimum_minutes=120, cpd_minutes=180)
    field.there(held, "ann", minutes=119)
    field.there(held, "bob", minutes=120)
    field.there(held, "cat")  # from the start to the end: 240 minutes
    meeting = Meeting.objects.get(activity=held)
    Attendance.objects.create(
        meeting=meeting, person=field.person("late"), source="check-in", at=meeting.ends_at - timedelta(minutes=119)
    )
    Attendance.objects.create(
        meeting=meeting, person=field.person("just"), source="check-in", at=meeting.ends_at - timedelta(minutes=120)
    )
    assert value("development_hours") == 9.0


def test_minutes_of_several_meetings_are_added_up(field: Field) -> None:
    course = field.activity("TRN-1", minimum_minutes=300, cpd_minutes=360)
    field.there(course, "ann", "bob", minutes=200)
    second = Meeting.objects.create(
        activity=course, starts_at=course.starts_at + timedelta(days=1), ends_at=course.ends_at + timedelta(days=1)
    )
    Attendance.objects.create(meeting=second, person=field.person("ann"), source="hand", at=NINE, minutes=100)
    Attendance.objects.create(meeting=second, person=field.person("bob"), source="hand", at=NINE, minutes=99)
    assert value("development_hours") == 6.0


def test_employers_by_kind_and_size(field: Field) -> None:
    held, visit = field.activity("TRN-1"), field.activity("OUT-1", "outreach")
    for name, kind, size in (("Big", "employer", "large"), ("Small", "employer", "small"), ("Academy", "school", "")):
        where = Organisation.objects.create(name=name, kind=kind, size=size)
        for partner in field.partners.values():
            Contact.objects.create(organisation=partner, person=field.person(name), employer=where)
    field.there(held, "Big", "Small", "Academy")
    field.there(visit, "Academy", "Big")
    assert (value("employers_reached"), value("small_companies"), value("schools")) == (2, 1, 1)


def test_a_competence_is_held_once_whatever_the_proofs(field: Field) -> None:
    for name, competence, evidence, since in (
        ("ann", "gowning", "activity:TRN-1", DAY),
        ("ann", "gowning", "record:7", DAY),
        ("ann", "records", "record:7", DAY),
        ("bob", "gowning", "activity:TRN-1", DAY + timedelta(days=1)),
    ):
        HeldCompetence.objects.create(
            organisation=field.partners["North"],
            person=field.person(name),
            competence=competence,
            evidence=evidence,
            since=since,
        )
    assert value("competences_gained") == 2
    with pytest.raises(BadInput, match="whole programme"):
        value("competences_gained", filters=Filters(organisation=field.partners["South"].pk))


def test_rows_are_references_without_anybody_in_them(field: Field) -> None:
    field.there(field.activity("TRN-1"), "ann")
    figure = snapshots.count("trainees", DAY)
    assert figure.rows == (f"person:{field.person('ann').ref.hex}",)
    assert uuid.UUID(figure.rows[0].partition(":")[2])
    before = figure.rows_hash
    field.there(field.activity("TRN-2"), "ann")
    assert snapshots.count("trainees", DAY).rows_hash == before
    field.there(Activity.objects.get(code="TRN-2"), "bob")
    assert snapshots.count("trainees", DAY).rows_hash != before


def test_an_empty_store_has_noughts_and_no_shares(field: Field) -> None:
    found = snapshots.count_all(DAY)
    assert {found[code].value for code in ("trainees", "students", "activities", "leaders")} == {0}
    assert {found[code].value for code in ("no_show_percent", "heads_known_percent", "reaction_mean")} == {None}


@pytest.mark.parametrize(
    ("numerator", "denominator", "decimals", "shown"),
    [(42, 64, 0, 66), (29, 64, 0, 45), (1, 8, 0, 13), (1, 200, 0, 1), (1, 8, 1, 12.5), (0, 3, 0, 0), (3, 3, 0, 100)],
)
def test_percentages_round_halves_up(numerator: int, denominator: int, decimals: int, shown: float) -> None:
    assert percent(numerator, denominator, decimals) == shown
