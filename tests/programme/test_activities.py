"""Planning, changing, closing and calling off; what cannot be is refused by field, with nothing changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from resilience.people.models import Organisation, TrailEntry
from resilience.people.permissions import NOBODY
from resilience.people.scopes import within
from resilience.programme import activities, attendance, finding
from resilience.programme.activities import Sitting
from resilience.programme.models import Activity, HeadCount, Letter, Meeting
from resilience.programme.numbers import numbers
from tests.programme.making import HOURS, NOW, START, activity, only_meeting, partner, person, place

DAY = timedelta(days=1)


@pytest.fixture
def here(embedded_store: str) -> Iterator[Organisation]:
    organisation = partner()
    with within(organisation):
        yield organisation


@pytest.fixture
def anywhere(store: str) -> Iterator[Organisation]:
    organisation = partner()
    with within(organisation):
        yield organisation


def refused(error: pytest.ExceptionInfo[ValidationError]) -> set[str]:
    return set(error.value.message_dict)


def test_an_activity_reaches_from_its_first_meeting_to_its_last(here: Organisation) -> None:
    later = Sitting(START + DAY, START + DAY + HOURS, "Second day")
    made = activity(here, sittings=[later, Sitting(START, START + HOURS)])
    assert (made.starts_at, made.ends_at) == (START, later.ends_at)
    assert [meeting.title for meeting in Meeting.objects.filter(activity=made)] == ["", "Second day"]
    assert TrailEntry.objects.get().about == f"activity:{made.code}"


def test_a_code_is_given_where_none_is_asked_for_and_found_in_any_case(here: Organisation) -> None:
    made = activity(here, kind="outreach")
    assert made.code.startswith("OUT-")
    assert finding.find(f" {made.code.lower()} ") == made


def test_a_code_is_taken_once_in_the_whole_programme(here: Organisation) -> None:
    elsewhere = partner("Elsewhere")
    with within(elsewhere):
        activity(elsewhere, code="ASEPTIC-1")
    with pytest.raises(ValidationError) as error:
        activity(here, code="aseptic-1")
    assert refused(error) == {"code"}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"sittings": [Sitting(START, START)]}, "ends_at"),
        ({"sittings": [Sitting(START, START - HOURS)]}, "ends_at"),
        ({"sittings": []}, "starts_at"),
        ({"sittings": [Sitting(START, START + HOURS)] * 61}, "starts_at"),
        ({"title": ""}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"title": "Aseptic\x07technique"}, "title"),
        ({"place": "x" * 201}, "place"),
        ({"description": "x" * 2001}, "description"),
        ({"code": "no spaces please"}, "code"),
        ({"code": "A/B"}, "code"),
        ({"kind": "party"}, "kind"),
        ({"region": "XXX"}, "region"),
        ({"capacity": 0}, "capacity"),
        ({"capacity": -3}, "capacity"),
    ],
)
def test_what_cannot_be_is_refused_by_field(here: Organisation, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as error:
        activity(here, **wrong)
    assert field in refused(error)
    assert not Activity.objects.exists()


def test_a_title_cannot_be_turned_around(here: Organisation) -> None:
    assert activity(here, title="Safe \u202egnp.exe\u2066 title").title == "Safe gnp.exe title"


def test_calendars_learn_of_a_new_time_and_people_are_told(anywhere: Organisation) -> None:
    made = activity(anywhere)
    place(made, "Ann")
    moved = activities.change(made, NOBODY, NOW, sittings=[Sitting(START + DAY, START + DAY + HOURS)])
    assert (moved.sequence, moved.starts_at) == (1, START + DAY)
    letter = Letter.objects.get(key__endswith=":changed:1")
    assert "Changed: Aseptic technique" in letter.subject
    assert "SEQUENCE:1" in letter.calendar


def test_what_calendars_do_not_show_leaves_their_sequence(here: Organisation) -> None:
    made = activity(here)
    place(made, "Ann")
    assert activities.change(made, NOBODY, NOW, capacity=5, offer_hours=2).sequence == 0
    assert not Letter.objects.filter(key__contains="changed").exists()
    entry = TrailEntry.objects.get(what="activity changed")
    assert (entry.old, entry.new) == ({"capacity": None, "offer_hours": 48}, {"capacity": 5, "offer_hours": 2})


def test_a_refused_change_loses_nothing(here: Organisation) -> None:
    made = activity(here, title="Kept")
    with pytest.raises(ValidationError):
        activities.change(made, NOBODY, NOW, title="Lost", sittings=[Sitting(START, START - HOURS)])
    made.refresh_from_db()
    assert (made.title, made.starts_at) == ("Kept", START)


def test_a_meeting_that_somebody_was_at_stays(here: Organisation) -> None:
    made = activity(here, sittings=[Sitting(START, START + HOURS), Sitting(START + DAY, START + DAY + HOURS)])
    second = Meeting.objects.select_related("activity").filter(activity=made).order_by("starts_at")[1]
    attendance.attend(second, person(here, "Ann"), 60, "hand", START + DAY)  # type: ignore[arg-type]
    with pytest.raises(ValidationError, match="cannot be taken away"):
        activities.change(made, NOBODY, NOW, sittings=[Sitting(START, START + HOURS)])
    assert Meeting.objects.filter(activity=made).count() == 2


def test_only_fields_that_change_can_be_asked_for(here: Organisation) -> None:
    with pytest.raises(TypeError, match="code"):
        activities.change(activity(here), NOBODY, NOW, code="OTHER")
    with pytest.raises(ValidationError) as error:
        activities.change(activity(here), NOBODY, NOW, status="closed")
    assert refused(error) == {"status"}


def test_an_activity_closes_when_it_is_over_and_stays_so(here: Organisation) -> None:
    made = activity(here)
    told: list[Activity] = []

    def hear(activity: Activity, **_: Any) -> None:
        told.append(activity)

    activities.closed.connect(hear)
    try:
        with pytest.raises(ValidationError, match="has not ended"):
            activities.close(made, NOBODY, START)
        assert activities.close(made, NOBODY, START + HOURS).status == "closed"
        activities.close(made, NOBODY, START + DAY)
    finally:
        activities.closed.disconnect(hear)
    assert told == [made]
    for refuse in (
        lambda: activities.change(made, NOBODY, NOW, title="Other"),
        lambda: activities.cancel(made, NOBODY, "Too late", NOW),
    ):
        with pytest.raises(ValidationError):
            refuse()


def test_calling_off_needs_a_reason_and_tells_everybody_who_counts_on_it(anywhere: Organisation) -> None:
    made = activity(anywhere, capacity=1)
    place(made, "Ann")
    place(made, "Bob")
    with pytest.raises(ValidationError) as error:
        activities.cancel(made, NOBODY, "  ", NOW)
    assert refused(error) == {"reason"}
    assert activities.cancel(made, NOBODY, "The cabinet is broken", NOW).sequence == 1
    letters = Letter.objects.filter(key__endswith="called-off")
    assert len(letters) == 2
    assert all("The cabinet is broken" in one.text and "METHOD:CANCEL" in one.calendar for one in letters)
    assert TrailEntry.objects.get(what="activity cancelled").reason == "The cabinet is broken"


def test_a_reason_with_an_address_in_it_is_refused_before_it_reaches_the_trail(here: Organisation) -> None:
    made = activity(here)
    with pytest.raises(ValidationError) as error:
        activities.cancel(made, NOBODY, "ask ann@people.example", NOW)
    assert refused(error) == {"reason"}


def test_heads_are_counted_by_the_best_kind_of_each_year_group(anywhere: Organisation) -> None:
    made = activity(anywhere, kind="outreach")
    for kind, number, year in [
        ("estimate", 300, "Year 9"),
        ("register", 28, "Year 9"),
        ("register", 25, "Year 9"),
        ("estimate", 60, "Year 10"),
    ]:
        activities.count_heads(
            made, NOBODY, kind=kind, number=number, year_group=year, source="Visit book, page 4", now=NOW
        )
    assert numbers([made])[made.pk].heads == 28 + 25 + 60


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"number": 0}, "number"), ({"number": 100_001}, "number"), ({"source": " "}, "source")],
)
def test_a_head_count_says_how_many_and_where_it_stands(here: Organisation, wrong: dict[str, Any], field: str) -> None:
    asked = {"kind": "counted", "number": 30, "source": "Visit book", **wrong}
    with pytest.raises(ValidationError) as error:
        activities.count_heads(activity(here), NOBODY, now=NOW, **asked)
    assert refused(error) == {field}


def test_a_head_count_is_taken_back_with_a_reason(here: Organisation) -> None:
    counted = activities.count_heads(activity(here), NOBODY, kind="counted", number=30, source="Book", now=NOW)
    with pytest.raises(ValidationError):
        activities.remove_heads(counted, NOBODY, "")
    activities.remove_heads(counted, NOBODY, "Counted twice")
    assert not HeadCount.objects.exists()
    assert TrailEntry.objects.get(what="head count removed").old == {"kind": "counted", "number": 30}


def test_numbers_tell_who_stands_where(anywhere: Organisation) -> None:
    made = activity(anywhere, capacity=1)
    place(made, "Ann")
    place(made, "Bob")
    attendance.attend(only_meeting(made), person(anywhere, "Ann"), 60, "import", START)  # type: ignore[arg-type]
    found = numbers([made])[made.pk]
    assert (found.confirmed, found.waiting, found.offered, found.attended, found.heads) == (1, 1, 0, 1, 0)
