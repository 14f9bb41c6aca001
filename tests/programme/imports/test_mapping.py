"""What columns mean: proposed, remembered, changed."""

from __future__ import annotations

import pytest

from resilience.people.models import Organisation
from resilience.people.scopes import within
from resilience.programme.imports import mapping
from resilience.programme.imports.errors import ImportRefusedError
from resilience.programme.imports.headings import Header
from tests.programme.imports.conftest import NOW, Partner

EVENTBRITE = Header(
    ["Order #", "Order Date", "First Name", "Surname", "Email", "Quantity", "Attendee Status", "Attended?", ""], (1,), 2
)
FORMS = Header(
    ["ID", "Start time", "Completion time", "Email", "Name", "How was it?", "Points - How was it?",
     "Feedback - How was it?", "Organisation"], (1,), 2,
)  # fmt: skip


def test_eventbrite_is_understood_and_its_own_status_taken_before_a_question() -> None:
    assert mapping.propose(EVENTBRITE, "attendance") == [
        "", "registered_at", "first_name", "last_name", "email", "quantity", "status", "", "",
    ]  # fmt: skip


def test_what_is_not_known_in_an_evaluation_is_a_question() -> None:
    assert mapping.propose(FORMS, "evaluation") == [
        "", "", "submitted_at", "email", "name", "question", "points", "", "employer",
    ]  # fmt: skip


def test_a_mapping_is_remembered_for_an_organisation_whatever_the_order_of_columns(partner: Partner) -> None:
    chosen = ["", "", "", "", "email", "", "status", "", ""]
    mapping.remember(EVENTBRITE, "attendance", chosen, partner.organisation, NOW)
    mapping.remember(EVENTBRITE, "attendance", chosen, partner.organisation, NOW)
    turned = Header([*reversed(EVENTBRITE.titles)], (1,), 2)
    assert mapping.propose(turned, "attendance", partner.organisation) == [*reversed(chosen)]
    assert "question" in mapping.propose(EVENTBRITE, "evaluation", partner.organisation)
    other = Organisation.objects.create(name="Another partner")
    with within(other):
        assert mapping.propose(EVENTBRITE, "attendance", other) == mapping.propose(EVENTBRITE, "attendance")


@pytest.mark.parametrize(
    "added",
    [
        ["Row in the file", "Refused for column", "Reason of refusal"],
        ["Rhes yn y ffeil", "Gwrthodwyd oherwydd colofn", "Rheswm dros wrthod"],
    ],
)
def test_the_table_of_refused_rows_is_understood_as_the_file_was(partner: Partner, added: list[str]) -> None:
    titles = ["Who", "Where to write"]
    mapping.remember(Header(titles, (1,), 2), "attendance", ["name", "email"], partner.organisation, NOW)
    table = Header([*titles, *added], (1,), 2)
    assert mapping.propose(table, "attendance", partner.organisation) == ["name", "email", "", "", ""]
    assert mapping.propose(table, "evaluation")[2:] == ["", "", ""]


def test_columns_are_changed_by_their_headings() -> None:
    header = Header(["Wer", "Mail"], (1,), 2)
    assert mapping.changed(["", "email"], {"Wer": "name"}, header, "attendance", "list.csv") == ["name", "email"]


@pytest.mark.parametrize(("chosen", "said"), [({"Who": "name"}, "no column Who"), ({"Wer": "nam"}, "can mean nam")])
def test_unknown_headings_and_meanings_are_refused(chosen: dict[str, str], said: str) -> None:
    with pytest.raises(ImportRefusedError, match=said):
        mapping.changed(["", "email"], chosen, Header(["Wer", "Mail"], (1,), 2), "attendance", "list.csv")


def test_a_field_that_such_a_file_cannot_have_is_left_out() -> None:
    assert mapping.fitted(["email", "question", "nonsense"], "attendance") == ["email", "", ""]
