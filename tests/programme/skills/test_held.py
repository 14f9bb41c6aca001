"""Competences that activities gave, derived as often as one likes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from resilience.people import persons, privacy
from resilience.people.permissions import NOBODY
from resilience.people.scopes import whole_programme
from resilience.programme.attendance import attend, correct
from resilience.programme.models import Activity, AttendanceSource, HeldCompetence
from resilience.programme.skills import held
from tests.programme.making import HOURS, NOW, START, activity, only_meeting, partner, person

AFTER = START + HOURS + timedelta(days=1)


def taught(**more: Any) -> Activity:
    return activity(partner(), minimum_minutes=120, competences=["gowning", "first-air"], **more)


def rows() -> set[tuple[int, str, str]]:
    with whole_programme("a test"):
        return set(HeldCompetence.objects.values_list("person_id", "competence", "evidence"))


def test_who_stayed_the_minutes_holds_what_was_taught_once(store: str) -> None:
    course = taught()
    ann, bo = person(course.organisation, "Ann Lee"), person(course.organisation, "Bo Ray")
    with whole_programme("a test"):
        attend(only_meeting(course), ann, 120, AttendanceSource.HAND, START)
        attend(only_meeting(course), bo, 119, AttendanceSource.HAND, START)
    assert held.derive_from_activities(START) == 0
    assert held.derive_from_activities(AFTER) == 2
    evidence = f"activity:{course.code}"
    assert rows() == {(ann.pk, "gowning", evidence), (ann.pk, "first-air", evidence)}
    assert held.derive_from_activities(AFTER) == 0


def test_a_correction_gives_and_takes(store: str) -> None:
    course = taught()
    ann, bo = person(course.organisation, "Ann Lee"), person(course.organisation, "Bo Ray")
    with whole_programme("a test"):
        first = attend(only_meeting(course), ann, 200, AttendanceSource.HAND, START)
        second = attend(only_meeting(course), bo, 10, AttendanceSource.HAND, START)
        held.derive_from_activities(AFTER)
        correct(first, 5, NOBODY, "The list was of another day")
        correct(second, 300, NOBODY, "The list was of another day")
    assert held.derive_from_activities(AFTER) == 4
    assert {row[0] for row in rows()} == {bo.pk}


def test_old_activities_are_derived_on_request(store: str) -> None:
    course = taught()
    with whole_programme("a test"):
        attend(only_meeting(course), person(course.organisation, "Ann Lee"), 200, AttendanceSource.HAND, START)
    years_later = AFTER + timedelta(days=800)
    assert held.derive_from_activities(years_later) == 0
    assert held.derive_from_activities(years_later, since=NOW) == 2


def test_what_is_held_is_handed_over_kept_in_a_merge_and_counted_after_erasure(store: str) -> None:
    course = taught()
    ann, again = person(course.organisation, "Ann Lee"), person(course.organisation, "Ann Leigh")
    with whole_programme("a test"):
        for one in (ann, again):
            attend(only_meeting(course), one, 200, AttendanceSource.HAND, START)
        held.derive_from_activities(AFTER)
        persons.merge(ann, again, NOBODY, "One person", NOW)
    assert {row[0] for row in rows()} == {ann.pk}
    told = privacy.export(ann, course.organisation)["held"]["programme.HeldCompetence"]
    assert {row["competence"] for row in told} == {"gowning", "first-air"}
    with whole_programme("a test"):
        privacy.erase(ann, NOBODY, "Asked for it", NOW)
    assert len(rows()) == 2
