"""The invented programme: what its rows amount to, counted by the rules, and that wrong rules give other figures."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import pytest

from resilience.people import names, persons
from resilience.people.models import Contact, Organisation, Person, PersonMerge
from resilience.people.permissions import NOBODY
from resilience.people.scopes import whole_programme
from resilience.programme.demonstration import plan
from resilience.programme.models import (
    Activity,
    Attendance,
    Grant,
    HeadCount,
    ImportBatch,
    PartnerBudget,
    Registration,
    RegistrationStatus,
)
from resilience.programme.skills.register import register
from resilience.results import counting, ground, snapshots
from resilience.results.models import Publication, Release, Snapshot
from resilience.training import modules
from tests.results.invented import AS_OF, build

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
    assert Publication.objects.filter(approved_at__isnull=False).count() == 3


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
