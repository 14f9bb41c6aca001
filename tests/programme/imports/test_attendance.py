"""Attendance files as people have them: where each row ends, and what is there afterwards."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from resilience.people import names
from resilience.people.models import Contact, Person
from resilience.people.permissions import NOBODY
from resilience.people.persons import meet, merge
from resilience.programme.attendance import attend
from resilience.programme.imports.errors import ImportRefusedError
from resilience.programme.models import Attendance, AttendanceSource, HeadCount, Registration
from tests.programme.imports.conftest import DAY, NOW, Partner, as_csv, as_xlsx, fates

EVENTBRITE = ["Order #", "First Name", "Surname", "Email", "Quantity", "Attendee Status", "Company"]


def eventbrite(*rows: list[object]) -> bytes:
    return as_csv(EVENTBRITE, *rows)


def named_at(partner: Partner) -> set[tuple[str, int | None]]:
    """Names and minutes of those who were at the training."""
    seen = Attendance.objects.filter(meeting__activity=partner.training).values_list("person", "minutes")
    return {(Contact.objects.get(person=person).name, minutes) for person, minutes in seen}


def test_an_eventbrite_report_ends_row_by_row(partner_anywhere: Partner) -> None:
    partner = partner_anywhere
    data = eventbrite(
        [1, "Ann", "Lee", "ann@example.org", 1, "Checked In", "Pharma Ltd"],
        [1, "Ann", "Lee", "ANN@example.org", 1, "Checked In", "Pharma Ltd"],
        [2, "Bo", "Ray", "bo@example.org", 1, "Attending", "Pharma, Limited"],
        [3, "Cy", "Fox", "cy@example", 1, "Checked In", ""],
        [4, "Di", "Gap", "di@example.org", 1, "Refunded", ""],
        [5, "Ed", "Hew", "ed@example.org", 1, "Not Attending", ""],
        [6, "", "", "", 1, "Checked In", ""],
        [7, "Fi", "", "", 1, "Checked In", ""],
        [8, "Gus", "Ivy", "gus@example.org", 1, "Perhaps", ""],
    )
    batch, plan = partner.bring_in(data)
    assert fates(plan) == (
        [2, 4, 9],
        {3: "same-in-file"},
        {
            5: ("Email", "bad-email"),
            6: ("Attendee Status", "refunded"),
            7: ("Attendee Status", "not-attending"),
            8: ("", "nobody"),
            10: ("Attendee Status", "bad-status"),
        },
    )
    assert batch is not None
    assert (batch.source, batch.rows, batch.imported, batch.merged, batch.refused) == ("eventbrite", 9, 3, 1, 5)
    assert named_at(partner) == {("Ann Lee", None), ("Fi", None)}
    assert Registration.objects.filter(batch=batch.pk).count() == 3
    assert Contact.objects.get(name="Bo Ray").employer == names.resolve("PHARMA LTD")


def test_the_dry_run_says_the_same_and_writes_nothing(partner: Partner) -> None:
    data = eventbrite([1, "Ann", "Lee", "ann@example.org", 3, "Checked In", "Pharma"], [2, "", "", "x", 1, "", ""])
    plan = partner.plan(data)
    assert not any(model.objects.exists() for model in (Person, Contact, Attendance, Registration, HeadCount))
    assert fates(plan) == fates(partner.bring_in(data)[1])


def test_where_nobody_was_checked_in_the_note_says_so_and_an_option_counts_them(partner: Partner) -> None:
    data = eventbrite(
        [1, "Ann", "Lee", "a@example.org", 1, "Attending", ""], [2, "Bo", "Ray", "b@example.org", 1, "Attending", ""]
    )
    plan = partner.plan(data)
    assert any("Nobody is marked as present: 2 people" in note for note in plan.notes)
    partner.bring_in(data)
    assert not Attendance.objects.exists()
    assert Registration.objects.count() == 2
    again = eventbrite(
        [1, "Ann", "Lee", "a@example.org", 1, "Attending", ""], [3, "Cy", "Fox", "c@example.org", 1, "Attending", ""]
    )
    _batch, counted = partner.bring_in(again, present=True)
    assert fates(counted)[0] == [2, 3]
    assert Attendance.objects.count() == 2


def test_the_option_counts_nobody_where_somebody_was_checked_in(partner: Partner) -> None:
    data = eventbrite(
        [1, "Ann", "Lee", "a@example.org", 1, "Attending", ""], [2, "Bo", "Ray", "b@example.org", 1, "Checked In", ""]
    )
    _batch, plan = partner.bring_in(data, present=True)
    assert Attendance.objects.count() == 1
    assert any("others are not counted" in note for note in plan.notes)


def test_a_later_row_may_say_that_somebody_was_there_after_all(partner: Partner) -> None:
    data = eventbrite(
        [1, "Ann", "Lee", "a@example.org", 1, "Attending", ""], [2, "Ann", "Lee", "a@example.org", 1, "Checked In", ""]
    )
    assert fates(partner.bring_in(data)[1]) == ([2], {3: "same-in-file"}, {})
    assert Attendance.objects.count() == Registration.objects.count() == 1


def test_further_tickets_of_an_order_are_heads_without_names(partner: Partner) -> None:
    data = eventbrite(
        [1, "Ann", "Lee", "a@example.org", 3, "Checked In", ""],
        [2, "Bo", "Ray", "b@example.org", 2, "Checked In", ""],
        [3, "Cy", "Fox", "c@example.org", 5, "Attending", ""],
    )
    partner.bring_in(data)
    assert Attendance.objects.count() == 2
    heads = HeadCount.objects.get()
    assert (heads.number, heads.kind) == (3, "estimate")
    assert "list.csv" in heads.source


def test_names_that_share_a_buyers_address_are_different_people(partner: Partner) -> None:
    data = eventbrite(
        [1, "Ann", "Lee", "office@example.org", 1, "Checked In", ""],
        [1, "Bo", "Ray", "office@example.org", 1, "Checked In", ""],
        [1, "Bo", "Ray", "office@example.org", 1, "Checked In", ""],
    )
    assert fates(partner.bring_in(data)[1]) == ([2, 3], {4: "same-in-file"}, {})
    assert named_at(partner) == {("Ann Lee", None), ("Bo Ray", None)}


def test_whoever_was_checked_in_at_the_door_is_merged_and_the_longer_stay_kept(partner: Partner) -> None:
    meeting = partner.training.meetings.get()
    ann = meet(partner.organisation, "Ann Lee", "ann@example.org", DAY)
    bo = meet(partner.organisation, "Bo Ray", "bo@example.org", DAY)
    attend(meeting, ann, None, AttendanceSource.CHECK_IN, DAY)
    attend(meeting, bo, 90, AttendanceSource.CHECK_IN, DAY)
    data = as_csv(["Email", "Minutes"], ["ann@example.org", 45], ["bo@example.org", 30], ["bo@example.org", 95])
    batch, plan = partner.bring_in(data)
    assert fates(plan) == ([], {2: "already-there", 3: "already-there", 4: "same-in-file"}, {})
    assert named_at(partner) == {("Ann Lee", 45), ("Bo Ray", 95)}
    assert batch is not None
    assert {(before, now) for _row, before, now in batch.added["minutes"]} == {(None, 45), (90, 95)}


def test_addresses_found_to_be_one_persons_stay_one_person(partner: Partner) -> None:
    ann = meet(partner.organisation, "Ann Lee", "ann@example.org", DAY)
    old = meet(partner.organisation, "Ann Lee", "ann.lee@old.example", DAY)
    merge(ann, old, NOBODY, "the same person")
    data = as_csv(["Name", "Email"], ["Ann Lee", "ann@example.org"], ["Ann Lee", "ann.lee@old.example"])
    assert fates(partner.bring_in(data)[1]) == ([2], {3: "same-in-file"}, {})
    assert Attendance.objects.get().person == ann


def test_people_without_an_address_are_known_by_name(partner: Partner) -> None:
    assert fates(partner.bring_in(as_csv(["Name"], ["Ann Lee"], ["Lee, Ann"], ["Bo Ray"]))[1]) == (
        [2, 4],
        {3: "same-in-file"},
        {},
    )


def test_minutes_say_who_was_there_where_no_status_does(partner: Partner) -> None:
    data = as_csv(["Name", "Duration"], ["Ann", "1h 5m"], ["Bo", "0"], ["Cy", ""], ["Di", "1441"], ["Ed", "=5*60"])
    assert fates(partner.bring_in(data)[1]) == (
        [2, 3, 4],
        {},
        {5: ("Duration", "bad-minutes"), 6: ("Duration", "formula")},
    )
    assert named_at(partner) == {("Ann", 65), ("Cy", None)}


def test_an_empty_cell_of_a_column_of_ticks_says_absent(partner: Partner) -> None:
    partner.bring_in(as_csv(["Name", "Attended?"], ["Ann", "x"], ["Bo", ""], ["Cy", "no"]))
    assert named_at(partner) == {("Ann", None)}


def test_rows_of_a_cohort_go_to_the_meeting_of_their_date(partner: Partner) -> None:
    first, second = partner.cohort.meetings.order_by("starts_at")
    day = (DAY + timedelta(days=7)).strftime("%d/%m/%Y")
    data = as_csv(
        ["Name", "Date"],
        ["Ann", "2026-03-04"],
        ["Ann", day],
        ["Bo", "4 March 2026"],
        ["Bo", "2026-03-04"],
        ["Cy", "2026-03-05"],
        ["Di", ""],
        ["Ed", "31/02/2026"],
    )
    _batch, plan = partner.bring_in(data, activity=partner.cohort)
    assert fates(plan) == (
        [2, 3, 4],
        {5: "same-in-file"},
        {6: ("Date", "other-date"), 7: ("", "no-meeting"), 8: ("Date", "bad-date")},
    )
    assert (first.attendances.count(), second.attendances.count()) == (2, 1)


def test_a_file_without_dates_goes_to_the_meeting_that_is_chosen(partner: Partner) -> None:
    data = as_csv(["Name"], ["Ann"])
    assert fates(partner.plan(data, activity=partner.cohort))[2] == {2: ("", "no-meeting")}
    partner.bring_in(data, activity=partner.cohort, meeting=2)
    assert Attendance.objects.get().meeting == partner.cohort.meetings.order_by("starts_at")[1]
    with pytest.raises(ImportRefusedError, match="no meeting 3"):
        partner.plan(as_csv(["Name"], ["Bo"]), activity=partner.cohort, meeting=3)


def test_a_date_that_is_not_the_activitys_is_told_and_does_not_refuse_the_row(partner: Partner) -> None:
    plan = partner.plan(as_csv(["Name", "Date"], ["Ann", "2026-03-04"], ["Bo", "2025-03-04"]))
    assert fates(plan)[0] == [2, 3]
    assert any("1 row names a day" in note for note in plan.notes)


def test_an_order_of_day_and_month_that_cannot_be_decided_is_told(partner: Partner) -> None:
    undecided = partner.plan(as_csv(["Name", "Date"], ["Ann", "5/6/2026"], ["Bo", "6/5/2026"]))
    assert any("read as 3 April" in note for note in undecided.notes)
    decided = partner.plan(as_csv(["Name", "Date"], ["Ann", "4/3/2026"], ["Bo", "13/4/2026"]))
    assert not any("two ways" in note for note in decided.notes)
    mixed = partner.plan(as_csv(["Name", "Date"], ["A", "13/4/26"], ["B", "4/13/26"], ["C", "3/4/26"]))
    assert fates(mixed)[2] == {4: ("Date", "ambiguous-date")}


@pytest.mark.parametrize("day", ["4/3/2026", "3/4/2026"])
def test_the_days_of_the_meetings_decide_where_the_column_does_not(partner: Partner, day: str) -> None:
    plan = partner.plan(as_csv(["Name", "Date"], ["Ann", day], ["Bo", day]), activity=partner.cohort)
    assert fates(plan)[0] == [2, 3]
    assert not any("two ways" in note for note in plan.notes)


def test_dates_of_excel_and_of_texts_are_the_same_day(partner: Partner) -> None:
    data = as_xlsx(
        ["Name", "Date"],
        ["Ann", datetime(2026, 3, 4, 10)],  # noqa: DTZ001
        ["Bo", 46085],
        ["Cy", "04/03/2026"],
        ["Di", "2026-03-11"],
    )
    partner.bring_in(data, activity=partner.cohort)
    assert [meeting.attendances.count() for meeting in partner.cohort.meetings.order_by("starts_at")] == [3, 1]


def test_pupils_are_heads_by_school_and_year_group(partner: Partner) -> None:
    data = as_xlsx(
        ["School", "Year group", "Number of pupils", "How counted"],
        ["Hill School", 9, 30, "register"],
        [None, "Y10", 28, "counted on the day"],
        ["Dale College", "12", "about 40", ""],
        ["Dale College", "13", 12, ""],
        ["Total", None, 110, None],
        merged=["A2:A3"],
    )
    _batch, plan = partner.bring_in(data, activity=partner.outreach)
    assert fates(plan) == ([2, 3, 5], {}, {4: ("Number of pupils", "bad-number")})
    assert set(HeadCount.objects.values_list("kind", "number", "year_group", "source")) == {
        ("register", 30, "Year 9", "list.csv, row 2"),
        ("counted", 28, "Year 10", "list.csv, row 3"),
        ("estimate", 12, "Year 13", "list.csv, row 5"),
    }
    assert any("rows 6" in note for note in plan.notes)


def test_a_merged_cell_says_the_same_in_each_of_its_rows(partner: Partner) -> None:
    data = as_xlsx(["Name", "Organisation"], ["Ann", "Pharma"], ["Bo", None], ["Cy", None], merged=["B2:B3"])
    partner.bring_in(data)
    employers = {contact.name: str(contact.employer or "") for contact in Contact.objects.select_related("employer")}
    assert employers == {"Ann": "Pharma", "Bo": "Pharma", "Cy": ""}


def test_a_row_with_more_cells_than_headings_is_refused(partner: Partner) -> None:
    data = b"Name,Email\nLee, Ann,ann@example.org\nBo Ray,bo@example.org,\n"
    assert fates(partner.plan(data)) == ([3], {}, {2: ("", "extra-cells")})


def test_tricks_with_characters_are_cleaned_or_refused(partner: Partner) -> None:
    partner.bring_in(
        as_csv(["Name", "Email"], ["A\u202enn\u200b  Lee", "ann@example.org"], ["B\x07o", "bo@example.org"])
    )
    assert Contact.objects.get().name == "Ann Lee"


def test_new_organisations_are_told_before_they_are_made(partner: Partner) -> None:
    names.find_or_add("Known Works", "employer")
    plan = partner.plan(
        as_csv(["Name", "Employer"], ["Ann", "Known Works Ltd"], ["Bo", "New Works"], ["Cy", "New Works Ltd"])
    )
    assert any("1 organisation is new to the register: New Works" in note for note in plan.notes)


def test_a_sign_in_form_that_is_anonymous_may_ask_for_the_name_itself(partner: Partner) -> None:
    data = as_csv(
        ["Id", "Start time", "Completion time", "Email", "Name", "Please enter your full name", "Your e-mail address"],
        [1, "3/4/26 9:01", "3/4/26 9:02", "anonymous", "anonymous", "Ann Lee", "ann@example.org"],
        [2, "3/11/26 9:01", "3/11/26 9:02", "bo@example.org", "Bo Ray", "", ""],
        [3, "3/11/26 9:01", "3/11/26 9:02", "anonymous", "anonymous", "", ""],
    )
    _batch, plan = partner.bring_in(data, activity=partner.cohort)
    assert plan.source == "microsoft-forms"
    assert fates(plan) == ([2, 3], {}, {4: ("", "nobody")})
    assert [meeting.attendances.count() for meeting in partner.cohort.meetings.order_by("starts_at")] == [1, 1]


def test_columns_that_say_nobody_are_refused_as_a_whole(partner: Partner) -> None:
    with pytest.raises(ImportRefusedError, match="no column was understood") as refused:
        partner.plan(as_csv(["Colour", "Weight"], ["red", "5"]))
    assert "Colour, Weight" in refused.value.fix


def test_the_activity_of_registration_dates_is_kept(partner: Partner) -> None:
    data = as_csv(
        ["Order #", "Order Date", "Name", "Email", "Attendee Status"],
        [1, "2026-02-01 10:00", "Ann", "a@example.org", "Attending"],
        [2, "?", "Bo", "b@example.org", "Attending"],
    )
    partner.bring_in(data)
    known, unknown = Registration.objects.order_by("registered_at")
    assert known.registered_at.date().isoformat() == "2026-02-01"
    assert unknown.registered_at == min(NOW, DAY)
