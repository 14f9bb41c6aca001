"""What employers need against what people hold, with nobody to be told apart."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from resilience.people import persons
from resilience.people.models import Organisation
from resilience.people.permissions import NOBODY
from resilience.programme.skills import gap, held
from resilience.programme.skills.held import Proof
from tests.programme.making import NOW, partner

TODAY = date(2026, 3, 2)


def post(organisation: Organisation, **more: Any) -> Any:
    asked = {"employer": "Acme Ltd", "role": "process-engineer", "region": "TLG", "people": 20, **more}
    return gap.add_post(organisation, NOBODY, today=TODAY, **asked)


def holders(
    organisation: Organisation, number: int, start: int = 0, retest_due: date | None = None, **contact: Any
) -> None:
    met = [
        persons.meet(organisation, f"Person {n}", f"p{n}@people.example", NOW, **contact)
        for n in range(start, start + number)
    ]
    held.keep(Proof(organisation.pk, one.pk, "deviations", "activity:A", TODAY, retest_due) for one in met)


def deviations(groups: list[gap.Group]) -> dict[str, tuple[int, int | None, int]]:
    return {
        group.key: (row.needed, row.held, row.gap)
        for group in groups
        for row in group.rows
        if row.competence == "deviations"
    }


def test_the_gap_is_what_posts_need_less_what_people_hold(store: str) -> None:
    here = partner()
    first, second = post(here), post(here, employer="Bolt plc", role="shift-lead", region="TLI", people=4)
    assert post(here, employer="ACME Limited", people=1).employer == first.employer
    holders(here, 11, employer=first.employer, region="TLG", job="process-engineer")
    holders(here, 3, start=50, employer=second.employer, region="TLI", job="shift-lead")
    assert deviations(gap.gap(here, "", TODAY)) == {"": (25, 15, 10)}
    assert deviations(gap.gap(here, "region", TODAY)) == {"TLG": (21, 10, 11), "TLI": (4, None, 0)}
    assert deviations(gap.gap(here, "role", TODAY)) == {"process-engineer": (21, 10, 11), "shift-lead": (4, None, 0)}
    by_employer = deviations(gap.gap(here, "employer", TODAY))
    assert by_employer[str(first.employer.pk)] == (21, 10, 11)


def test_a_partner_sees_its_own_and_the_lead_everybodys(store: str) -> None:
    here, there = partner(), partner("South Coast College")
    post(here)
    post(there, people=7)
    holders(there, 9)
    assert deviations(gap.gap(here, "", TODAY)) == {"": (20, None, 16)}
    assert deviations(gap.gap(None, "", TODAY)) == {"": (27, 10, 17)}


def test_a_competence_counts_from_its_day_until_a_retest_is_overdue(store: str) -> None:
    here = partner()
    post(here)
    holders(here, 10, retest_due=TODAY + timedelta(days=7))
    assert deviations(gap.gap(here, "", TODAY - timedelta(days=1)))[""][1] is None
    assert deviations(gap.gap(here, "", TODAY + timedelta(days=7)))[""][1] == 10
    assert deviations(gap.gap(here, "", TODAY + timedelta(days=8)))[""][1] is None


@pytest.mark.parametrize(
    ("people", "shown"), [(0, None), (4, None), (5, 5), (7, 5), (8, 10), (12, 10), (13, 15), (100, 100)]
)
def test_people_are_shown_in_steps(people: int, shown: int | None) -> None:
    assert gap.shown(people) == shown


@pytest.mark.parametrize(
    ("field", "value"), [("role", "king"), ("region", "XXX"), ("people", 0), ("people", 10_001), ("employer", " ")]
)
def test_a_post_that_says_too_little_is_refused_by_field(embedded_store: str, field: str, value: Any) -> None:
    here = partner()
    with pytest.raises(ValidationError) as refused:
        post(here, **{field: value})
    assert set(refused.value.message_dict) == {field}
    assert gap.posts(here) == []


def test_only_the_own_post_can_be_taken_away(store: str) -> None:
    here, there = partner(), partner("South Coast College")
    made = post(here)
    assert not gap.remove_post(there, NOBODY, made.pk)
    assert gap.remove_post(here, NOBODY, made.pk)
    assert gap.posts(None) == []
