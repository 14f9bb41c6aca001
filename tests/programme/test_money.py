"""Grant, budgets and spend: what may be entered, by whom it is seen, how it adds up."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django_scopes.exceptions import ScopeError

from resilience.people.models import Organisation, OrganisationKind, TrailEntry
from resilience.people.permissions import NOBODY
from resilience.people.scopes import within
from resilience.programme import money
from resilience.programme.models import Grant, PartnerBudget, Spend
from resilience.programme.money import Line
from resilience.programme.quarters import last_ended, quarter_end, quarter_start, quarters

NOW = datetime(2026, 4, 7, 9, 0, tzinfo=UTC)
MARCH, JUNE = date(2026, 3, 31), date(2026, 6, 30)
STAFF, TRAVEL = Spend.Category.STAFF, Spend.Category.TRAVEL


@pytest.fixture
def partners(embedded_store: str) -> list[Organisation]:
    return [Organisation.objects.create(name=name) for name in ("Lead University", "Partner College")]


@pytest.fixture
def grant(partners: list[Organisation]) -> Grant:
    return entered(partners[0])


def entered(lead: Organisation, **changes: object) -> Grant:
    funder, _made = Organisation.objects.get_or_create(name="The Fund", kind=OrganisationKind.FUNDER)
    given = {"code": "G-1", "title": "Skills", "lead": lead, "funder": funder, "total_gbp": Decimal(4_500_000)}
    given |= {"starts_on": date(2026, 1, 1), "ends_on": date(2027, 12, 31), **changes}
    return money.set_grant(NOBODY, **given)  # type: ignore[arg-type]


def fields(error: pytest.ExceptionInfo[ValidationError]) -> set[str]:
    return set(error.value.error_dict)


def test_quarters_end_with_march_june_september_december() -> None:
    assert quarter_end(date(2026, 1, 1)) == MARCH == quarter_end(MARCH)
    assert quarter_end(date(2026, 12, 1)) == date(2026, 12, 31)
    assert quarter_start(date(2026, 12, 31)) == date(2026, 10, 1)
    assert list(quarters(date(2025, 12, 31), date(2026, 4, 1))) == [date(2025, 12, 31), MARCH, JUNE]
    assert last_ended(date(2026, 4, 7)) == MARCH == last_ended(MARCH)


def test_there_is_one_grant_and_entering_it_again_changes_it(partners: list[Organisation], grant: Grant) -> None:
    entered(partners[0], total_gbp=Decimal(5_000_000))
    assert money.current_grant() == grant
    assert Grant.objects.get().total_gbp == 5_000_000
    assert TrailEntry.objects.first().old["total_gbp"] == "4500000.00"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("wrong", "field"), [({"ends_on": date(2026, 1, 1)}, "ends_on"), ({"total_gbp": Decimal(0)}, "total_gbp")]
)
def test_a_grant_that_cannot_be_is_refused(partners: list[Organisation], wrong: dict[str, object], field: str) -> None:
    with pytest.raises(ValidationError) as error:
        entered(partners[0], **wrong)
    assert fields(error) == {field}


def test_budgets_fit_into_the_grant(partners: list[Organisation], grant: Grant) -> None:
    money.set_budget(NOBODY, grant, partners[0], Decimal(4_000_000))
    with pytest.raises(ValidationError, match="500,000"):
        money.set_budget(NOBODY, grant, partners[1], Decimal(500_001))
    money.set_budget(NOBODY, grant, partners[0], Decimal(3_000_000))
    money.set_budget(NOBODY, grant, partners[1], Decimal(1_500_000))
    assert sum(row.budget for row in money.partners_money(grant, MARCH)) == grant.total_gbp


def test_a_partner_sees_its_own_budget_alone_and_nobody_all_without_saying_so(
    partners: list[Organisation], grant: Grant
) -> None:
    for partner in partners:
        money.set_budget(NOBODY, grant, partner, Decimal(1_000_000))
    with within(partners[1]):
        assert PartnerBudget.objects.get().organisation == partners[1]
        assert money.own_budget(grant, partners[0]) is None
    with pytest.raises(ScopeError):
        PartnerBudget.objects.all()


@pytest.fixture
def budget(partners: list[Organisation], grant: Grant) -> PartnerBudget:
    return money.set_budget(NOBODY, grant, partners[0], Decimal(1_000))


def enter(budget: PartnerBudget, quarter: date, **lines: Line) -> None:
    with within(budget.organisation):
        money.enter_spend(NOBODY, budget, quarter, lines, NOW)


def test_money_adds_up_to_the_quarter_and_expects_what_is_forecast_afterwards(budget: PartnerBudget) -> None:
    enter(budget, MARCH, staff=Line(Decimal(400), Decimal(350)), travel=Line(Decimal(50)))
    enter(budget, JUNE, staff=Line(Decimal(500)))
    (row,) = money.partners_money(budget.grant, MARCH)
    assert (row.forecast, row.actual, row.difference, row.missing) == (450, 350, -100, 1)
    assert row.expected == 350 + 50 + 500
    assert not row.over
    assert money.categories_money(budget.grant, JUNE)[0] == ("staff", 900, 350)


def test_more_than_the_budget_is_shown_not_refused(budget: PartnerBudget) -> None:
    enter(budget, MARCH, staff=Line(Decimal(900), Decimal(1001)))
    assert money.partners_money(budget.grant, MARCH)[0].over


def test_entering_again_replaces_and_leaves_old_and_new_in_the_trail(budget: PartnerBudget) -> None:
    enter(budget, MARCH, staff=Line(Decimal(400)), travel=Line(Decimal(5)))
    enter(budget, MARCH, staff=Line(Decimal(400), Decimal(390)), travel=Line(Decimal(5)))
    with within(budget.organisation):
        assert money.lines_of(budget, MARCH)["staff"] == Line(Decimal(400), Decimal(390))
    entry = TrailEntry.objects.filter(what="spend entered").first()
    assert entry is not None
    assert entry.old == {"staff": {"forecast": "400.00", "actual": None}}
    assert set(entry.new) == {"staff"}


def test_entering_the_same_leaves_no_trail(budget: PartnerBudget) -> None:
    for _time in range(2):
        enter(budget, MARCH, staff=Line(Decimal(400), Decimal(390)))
    assert TrailEntry.objects.filter(what="spend entered").count() == 1


@pytest.mark.parametrize(
    ("quarter", "line", "field"),
    [
        (date(2026, 2, 28), Line(Decimal(1)), "quarter"),
        (date(2025, 12, 31), Line(Decimal(1)), "quarter"),
        (MARCH, Line(Decimal(-1)), "forecast_staff"),
        (MARCH, Line(Decimal(1), Decimal(-1)), "actual_staff"),
        (JUNE, Line(Decimal(1), Decimal(1)), "actual_staff"),
    ],
)
def test_what_cannot_be_is_refused_by_field_and_nothing_is_kept(
    budget: PartnerBudget, quarter: date, line: Line, field: str
) -> None:
    with pytest.raises(ValidationError) as error:
        enter(budget, quarter, travel=Line(Decimal(1)), staff=line)
    assert fields(error) == {field}
    with within(budget.organisation):
        assert not Spend.objects.exists()
