"""The invented programme: what its rows amount to, counted by the rules, and that wrong rules give other figures."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

import pytest

from resilience.people import names, persons
from resilience.people.models import Account, Contact, Organisation, Person, PersonMerge
from resilience.people.permissions import NOBODY
from resilience.people.scopes import whole_programme
from resilience.programme import certificates, doors, evaluation_summary, outreach
from resilience.programme.demonstration import plan
from resilience.programme.leadership import calls
from resilience.programme.models import (
    Activity,
    Attendance,
    CheckIn,
    ClassJoin,
    EvaluationRequest,
    Grant,
    HeadCount,
    ImportBatch,
    LearningTest,
    PartnerBudget,
    Registration,
    RegistrationStatus,
)
from resilience.programme.skills.register import register
from resilience.results import counting, ground, snapshots
from resilience.results.models import Pack, Publication, Release, Snapshot
from resilience.training import modules
from tests.results.invented import AS_OF, NOW, build

HEADLINES = {
    "trainees": 1200,
    "students": 13500,
    "activities": 170,
    "leaders": 75,
    "leader_organisations": 23,
    "leaders_female_percent": 66,
    "leaders_bame_percent": 45,
}
DAY = date.fromisoformat(AS_OF)


def values() -> dict[str, float | None]:
    return {code: figure.value for code, figure in snapshots.count_all(DAY).items()}


def test_its_figures_after_eighteen_months_are_the_headlines(invented: None) -> None:
    found = values()
    assert {code: found[code] for code in HEADLINES} == HEADLINES
    assert plan().as_of == DAY


def test_the_last_frozen_figures_are_the_counted_ones(invented: None) -> None:
    frozen = {code: snapshot.value for code, snapshot in snapshots.latest(DAY).items()}
    assert frozen == values()


# (what is done wrongly, the figure it shows in, SQL as it is, SQL as it would be wrong)
CLOSED = "(a.status = 'closed' AND"
THERE = "SELECT t.person_id FROM programme_attendance t WHERE t.meeting_id IN ("
CAME = "AND EXISTS (SELECT 1 FROM programme_attendance t"
ANYBODY = "AND EXISTS (SELECT 1 FROM programme_attendance z UNION SELECT 1 FROM programme_attendance t"
WRONG_RULES = [
    ("called off counts", "trainees", CLOSED, "(a.status IN ('closed', 'cancelled') AND"),
    ("drafts count", "students", CLOSED, "(a.status IN ('closed', 'draft') AND"),
    (
        "a place is as good as being there",
        "trainees",
        THERE,
        "SELECT t.person_id FROM programme_registration t JOIN programme_meeting y ON y.activity_id = t.activity_id "
        "WHERE y.id IN (",
    ),
    ("every way of knowing heads is added", "students", " AND b.standing = r.standing", ""),
    ("estimates come before registers", "students", "WHEN 'register' THEN 1", "WHEN 'register' THEN 4"),
    ("corrected registers count twice", "students", "WHERE r.latest = 1", "WHERE r.latest > 0"),
    ("two registers of one year group are one", "students", "h.kind, h.source", "h.kind"),
    ("members who never came are leaders", "leaders", CAME, ANYBODY),
    ("and so are their employers", "leader_organisations", CAME, ANYBODY),
]


@pytest.mark.parametrize(
    ("code", "right", "wrong"), [rule[1:] for rule in WRONG_RULES], ids=[r[0] for r in WRONG_RULES]
)
def test_a_wrong_rule_gives_another_figure(
    invented: None, monkeypatch: pytest.MonkeyPatch, code: str, right: str, wrong: str
) -> None:
    asked = ground.ask
    changed: list[str] = []

    def ask(sql: str, params: Collection[Any] = ()) -> list[tuple[Any, ...]]:
        if right in sql:
            changed.append(sql)
        return asked(sql.replace(right, wrong), params)

    monkeypatch.setattr(ground, "ask", ask)
    assert snapshots.count(code, DAY).value != HEADLINES[code]
    assert changed


def test_counting_visits_or_places_as_people_gives_another_figure(invented: None) -> None:
    with whole_programme("a test"):
        found = ground.Ground(DAY)
        assert sum(found.visits.values()) > 1.5 * HEADLINES["trainees"]
        assert Registration.objects.filter(status=RegistrationStatus.CONFIRMED).count() != HEADLINES["trainees"]
        assert Contact.objects.count() != HEADLINES["trainees"] != Person.objects.count()


def test_counting_activities_without_anybody_gives_another_figure(
    invented: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with whole_programme("a test"):
        everything = dict.fromkeys(Activity.objects.values_list("pk", flat=True), 1)
    monkeypatch.setattr(ground.Ground, "visits", everything)
    assert snapshots.count("activities", DAY).value != HEADLINES["activities"]


def test_leadership_meetings_are_no_events(invented: None) -> None:
    held = counting.Held(kinds=["training", "outreach", "leadership"])
    with whole_programme("a test"):
        assert held.count(ground.Ground(DAY)).value == HEADLINES["activities"] + len(plan().cohorts)


def test_undoing_the_merges_gives_more_people(invented: None) -> None:
    with whole_programme("a test"):
        merges = list(PersonMerge.objects.all())
        for merge in merges:
            persons.unmerge(merge, NOBODY)
    assert len(merges) == plan().met_twice
    assert snapshots.count("trainees", DAY).value == HEADLINES["trainees"] + len(merges)


def test_people_met_by_two_partners_are_counted_once(invented: None) -> None:
    with whole_programme("a test"):
        twice = [
            ref
            for ref in snapshots.count("trainees", DAY).rows
            if Contact.objects.filter(person__ref=ref.partition(":")[2]).count() > 1
        ]
        by_partner = [
            snapshots.count("trainees", DAY, ground.Filters(organisation=row.organisation_id)).value or 0
            for row in PartnerBudget.objects.all()
        ]
    assert len(twice) > 100
    assert sum(by_partner) > HEADLINES["trainees"]


def test_spellings_lead_to_one_employer_and_one_is_unknown_to_the_register(invented: None) -> None:
    for employer in plan().employers:
        for spelling in employer.also:
            found = names.resolve(spelling)
            assert found is not None
            assert found.name == employer.name
    for unknown in plan().unknown_spellings:
        assert names.resolve(unknown.name) != names.resolve(unknown.means)
        assert Organisation.objects.filter(name=unknown.name).exists()


def test_everything_says_that_it_is_invented(invented: None) -> None:
    with whole_programme("a test"):
        assert not Activity.objects.filter(invented=False).exists()
        assert not Contact.objects.exclude(email="").exclude(email__endswith=".invalid").exists()
    assert set(Organisation.objects.filter(invented=False).values_list("name", flat=True)) == {"Home of the actors"}
    assert Grant.objects.get().invented


def test_roles_competences_and_modules_of_the_plan_exist() -> None:
    assert set(plan().job_roles) <= set(register().roles)
    taught = {competence for event in plan().training for competence in event.competences}
    assert taught <= set(register().competences)
    assert {event.module for event in plan().training} <= {"", *modules.available()}


def test_it_holds_what_a_real_one_would(invented: None) -> None:
    with whole_programme("a test"):
        kinds = set(HeadCount.objects.values_list("kind", flat=True))
        assert kinds == {"register", "counted", "estimate"}
        assert sum(budget.gbp for budget in PartnerBudget.objects.all()) == Grant.objects.get().total_gbp == 4_500_000
        for batch in ImportBatch.objects.all():
            assert batch.imported + batch.merged + batch.refused == batch.rows
            assert Attendance.objects.filter(batch=batch.pk).exists()
            fates = list(batch.row_fates.values_list("fate", flat=True))
            assert (fates.count("merged"), fates.count("refused")) == (batch.merged, batch.refused)
        assert PartnerBudget.objects.count() == 5
    assert Snapshot.objects.filter(filters={}).values("as_of").distinct().count() == 6
    assert Release.objects.values("quarter").distinct().count() == 6
    approved = Publication.objects.filter(approved_at__isnull=False)
    assert {row.snapshot.indicator for row in approved} == set(HEADLINES)
    assert sorted(Pack.objects.values_list("quarter", flat=True)) == [plan().quarter_ends[n - 1] for n in plan().packs]


def test_who_was_scanned_at_a_door_has_scans_and_can_have_a_certificate(invented: None) -> None:
    with whole_programme("a test"):
        at_doors = Attendance.objects.filter(source="check-in")
        scanned = CheckIn.objects.values_list("meeting", "registration__person").distinct()
        assert set(at_doors.values_list("meeting", "person")) == set(scanned)
        assert CheckIn.objects.filter(leaving=True).exists()
        assert CheckIn.objects.filter(leaving=False).count() > at_doors.count()
        seen = {(row.meeting_id, row.person_id): row.at for row in at_doors}
        for row in CheckIn.objects.filter(leaving=False).select_related("registration")[:200]:
            assert row.scanned_at >= seen[row.meeting_id, row.registration.person_id]
        ticket = CheckIn.objects.filter(leaving=False).order_by("pk").first()
        assert ticket is not None
        worth = certificates.earned(ticket.meeting.activity, ticket.registration.person, NOW)
        assert "no check-in" not in worth.lacking
        assert worth.minutes > 0


def test_all_four_levels_were_asked_and_the_test_shows_what_was_learned(invented: None) -> None:
    with whole_programme("a test"):
        asked = set(EvaluationRequest.objects.values_list("level", flat=True))
        assert asked == {"reaction", "before", "after", "behaviour", "result"}
        tested = Activity.objects.filter(pk__in=LearningTest.objects.values("activity")).order_by("code")
        learned = [evaluation_summary.learning(activity) for activity in tested]
        shown = [one for one in learned if one.before is not None and one.after is not None]
        assert shown
        assert sum(one.after or 0 for one in shown) > sum(one.before or 0 for one in shown)


def test_classes_that_played_left_counts_and_change_no_figure(invented: None) -> None:
    with whole_programme("a test"):
        groups = list(ClassJoin.objects.select_related("activity"))
        assert len(groups) > 5
        for group in groups:
            assert group.code is None
            assert group.joined >= group.started >= group.finished > 0
            assert len(group.interest_before) in (0, 5)
            assert group.modules == ["controls", "first-vials"]
            # The school's register of the same year stands beside it, and counts.
            heads = group.activity.head_counts.filter(year_group=group.year_group)
            assert heads.filter(kind="register").exists()
        HeadCount.objects.filter(source__startswith="class").delete()
    assert snapshots.count("students", DAY).value == HEADLINES["students"]


def test_on_the_day_it_is_made_there_is_a_door_a_waiting_list_a_class_to_open_and_a_call(invented: None) -> None:
    with whole_programme("a test"):
        coming = Activity.objects.filter(status="open", starts_at__gt=NOW)
        assert coming.count() == len(plan().to_come)
        today = coming.filter(starts_at__lt=NOW + timedelta(days=1))
        assert set(today.values_list("organisation__name", flat=True)) == {p.name for p in plan().partners[:2]}
        assert set(today.values_list("kind", flat=True)) == {"training", "outreach"}
        full = Registration.objects.filter(activity__in=coming, status="waiting").first()
        assert full is not None
        assert full.form is not None
        assert full.answers
        confirmed = Registration.objects.filter(activity=full.activity, status="confirmed")
        assert full.activity.capacity == confirmed.count()
        door = full.activity.meetings.get()
        said = doors.check_in(door, confirmed[0].token, "a-nonce-of-a-phone", NOW, NOW)
        assert said.answer is doors.Answer.IN
        outing = today.get(kind="outreach", organisation=full.activity.organisation)
        group = outreach.open_class(outing, ["controls"], "", NOW + timedelta(hours=2), NOBODY, NOW)
        assert group.code
    for planned in plan().open_calls:
        call = calls.find_call(planned.code)
        assert call is not None
        assert calls.is_open(call, NOW)
        assert len(calls.to_review(call, Account.objects.get(name="The lead"))) == planned.applications


def test_another_seed_and_another_store_give_the_same_headlines(store: str) -> None:
    build(seed=7 if store == "sqlite" else 1)
    found = values()
    assert {code: found[code] for code in HEADLINES} == HEADLINES


def test_the_same_seed_gives_the_same_rows(invented: None, request: pytest.FixtureRequest) -> None:
    def rows() -> list[Any]:
        with whole_programme("a test"):
            return [
                list(Activity.objects.order_by("code").values_list("code", "title", "region", "starts_at", "status")),
                sorted(HeadCount.objects.values_list("activity__code", "kind", "number", "source")),
                sorted(Contact.objects.values_list("name", "email", "employer__name")),
            ]

    first = rows()
    request.getfixturevalue("embedded_store")
    build()
    assert rows() == first
