"""Where the headings stand, what they mean, of which source they are."""

from __future__ import annotations

import pytest

from resilience.programme.imports import headings, sniff
from resilience.programme.imports.errors import ImportRefusedError
from resilience.programme.imports.grid import Grid
from resilience.programme.imports.headings import Header, Source
from tests.programme.imports.conftest import as_csv, as_xlsx

EVENTBRITE_UK = ["Order #", "Order Date", "First Name", "Surname", "Email", "Quantity", "Attendee #", "Attendee Status"]
FORMS = ["Id", "Start time", "Completion time", "Email", "Name", "How was it?"]


def found(*rows: list[object], data: bytes = b"") -> tuple[Header, Grid]:
    grid = sniff.read(data or as_csv(*rows), "list")
    return headings.find(grid, "list"), grid


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("E-mail", "email"),
        ("EMAIL ADDRESS:", "email"),
        ("Attendee e-mail", "email"),
        ("Please enter your first name", "first_name"),
        ("Forename(s)", "first_name"),
        ("Surname", "last_name"),
        ("Family_name", "last_name"),
        ("Full Name", "name"),
        ("Name (as it shall stand on the certificate)", "name"),
        ("Organization", "employer"),
        ("What is your employer?", "employer"),
        ("Name of school", "employer"),
        ("Job Title", "job"),
        ("Attended?", "status"),
        ("Attendee Status", "status"),
        ("Duration (mins)", "minutes"),
        ("Dyddiad", "date"),
        ("Cyfeiriad e-bost", "email"),
        ("Cyfenw", "last_name"),
        ("Post code", "postcode"),
        ("No. of pupils", "pupils"),
        ("Year group", "year_group"),
        ("Order #", "technical"),
        ("Buyer Email", "technical"),
        ("Would you come again?", ""),
    ],
)
def test_a_heading_is_known_in_its_many_spellings(heading: str, field: str) -> None:
    assert headings.field_of(heading) == field


@pytest.mark.parametrize(
    ("titles", "source"),
    [
        (EVENTBRITE_UK, Source.EVENTBRITE),
        (["Order no.", "Order date", "Name", "Email"], Source.EVENTBRITE),
        (FORMS, Source.MICROSOFT_FORMS),
        (["ID", "Start time", "Completion time", "Email", "Name", "Last modified time", "Q"], Source.MICROSOFT_FORMS),
        (["Name", "Email", "Attended"], Source.PLAIN),
    ],
)
def test_the_source_is_known_by_its_headings(titles: list[str], source: Source) -> None:
    assert found([*titles], ["x"] * len(titles))[0].source is source


def test_title_rows_and_blank_lines_above_are_passed_over() -> None:
    header, _grid = found(
        ["Attendance of March"], [], ["Printed by", "Ann"], ["Name", "Email"], ["Bo", "b@example.org"]
    )
    assert (header.titles, header.first) == (["Name", "Email"], 5)


def test_a_group_heading_above_tells_equal_headings_apart() -> None:
    rows = (
        ["", "", "Day 1", None, "Day 2", None],
        ["Name", "Email", "Present", "Minutes", "Present", "Minutes"],
        ["Ann", "a@example.org", "yes", 60, "no", 0],
    )
    header, _grid = found(data=as_xlsx(*rows, merged=["C1:D1", "E1:F1"]))
    assert header.titles == [
        "Name",
        "Email",
        "Day 1 – Present",
        "Day 1 – Minutes",
        "Day 2 – Present",
        "Day 2 – Minutes",
    ]
    assert (header.rows, header.first) == ((1, 2), 3)


def test_a_second_row_of_headings_fills_gaps_of_the_first() -> None:
    rows = (["Name", "Email", "Attendance", None], [None, None, "Present", "Minutes"], ["Ann", "a@b.example", "yes", 5])
    header, grid = found(data=as_xlsx(*rows, merged=["A1:A2", "B1:B2", "C1:D1"]))
    assert header.titles == ["Name", "Email", "Present", "Minutes"]
    assert grid.rows[header.first - 1][0] == "Ann"


def test_headings_written_twice_are_no_row() -> None:
    header, _grid = found(["Name", "Email"], ["Name", "Email"], ["Ann", "a@example.org"])
    assert (header.titles, header.first) == (["Name", "Email"], 3)


def test_equal_headings_are_numbered() -> None:
    assert found(["Name", "Notes", "Notes"], ["Ann", "x", "y"])[0].titles == ["Name", "Notes", "Notes (2)"]


def test_unknown_headings_are_headings_still() -> None:
    assert found(["Wer", "Wo"], ["Ann", "Ulm"])[0].titles == ["Wer", "Wo"]


def test_a_list_without_headings_is_refused_with_what_to_do() -> None:
    with pytest.raises(ImportRefusedError, match="no row of headings") as refused:
        found(["Ann Lee", "ann@example.org"], ["Bo Ray", "bo@example.org"])
    assert "Name, Email, Attended" in refused.value.fix
