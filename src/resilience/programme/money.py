"""The grant and its money: who may spend how much, what they forecast, what they spent.

A partner enters its own lines, in the scope of its organisation. What is told of all partners at once goes through
`partners_money`, which says so. Everything here refuses with ValidationError, which names the field.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from resilience.people import trail
from resilience.people.models import Organisation
from resilience.people.permissions import Actor
from resilience.people.scopes import whole_programme
from resilience.programme.models import Grant, PartnerBudget, Spend
from resilience.programme.quarters import is_quarter_end, quarters

MOST_GBP = Decimal("9999999999.99")


class Line(NamedTuple):
    """One category of a quarter, in GBP; `actual` is None until it is claimed."""

    forecast: Decimal
    actual: Decimal | None = None


@dataclass(frozen=True)
class PartnerMoney:
    """A partner's money up to and including a quarter, in GBP."""

    organisation: Organisation
    budget: Decimal
    # Of the quarters up to the one asked for.
    forecast: Decimal
    actual: Decimal
    # Of all quarters: what was spent where it is known, what is forecast elsewhere.
    expected: Decimal
    # Categories whose actual spend up to the quarter is not entered yet.
    missing: int

    @property
    def difference(self) -> Decimal:
        """Spent more (positive) or less than forecast up to the quarter."""
        return self.actual - self.forecast

    @property
    def over(self) -> bool:
        return self.expected > self.budget


def current_grant() -> Grant | None:
    """The grant of this installation; None until the lead has entered it."""
    return Grant.objects.select_related("lead", "funder").first()


@transaction.atomic
def set_grant(
    actor: Actor,
    *,
    code: str,
    title: str,
    lead: Organisation,
    funder: Organisation,
    starts_on: date,
    ends_on: date,
    total_gbp: Decimal,
) -> Grant:
    """Enters the grant, or changes what was entered."""
    if ends_on <= starts_on:
        raise ValidationError({"ends_on": _("The end comes after the start.")})
    if total_gbp <= 0:
        raise ValidationError({"total_gbp": _("Give the total in pounds, more than 0.")})
    grant = current_grant() or Grant()
    old = {"total_gbp": str(grant.total_gbp), "ends_on": str(grant.ends_on)} if grant.pk else None
    grant.code, grant.title, grant.lead, grant.funder = code.strip(), title.strip(), lead, funder
    grant.starts_on, grant.ends_on, grant.total_gbp = starts_on, ends_on, total_gbp
    grant.full_clean()
    grant.save()
    trail.add(actor, "grant set", f"grant:{grant.code}", old, {"total_gbp": str(total_gbp), "ends_on": str(ends_on)})
    return grant


@transaction.atomic
def set_budget(actor: Actor, grant: Grant, organisation: Organisation, gbp: Decimal) -> PartnerBudget:
    """Gives an organisation its share of the grant, which makes it a partner. All shares fit into the total."""
    if not 0 < gbp <= MOST_GBP:
        raise ValidationError({"gbp": _("Give the budget in pounds, more than 0.")})
    with whole_programme("shares of the grant are weighed against each other"):
        others = PartnerBudget.objects.filter(grant=grant).exclude(organisation=organisation)
        left = grant.total_gbp - sum((other.gbp for other in others), Decimal(0))
        if gbp > left:
            raise ValidationError(
                {"gbp": _("Only GBP %(left)s of the grant is not given out.") % {"left": f"{left:,.2f}"}}
            )
        before = PartnerBudget.objects.filter(grant=grant, organisation=organisation).first()
        old = {"gbp": str(before.gbp)} if before else None
        budget, _made = PartnerBudget.objects.update_or_create(
            grant=grant, organisation=organisation, defaults={"gbp": gbp}
        )
    trail.add(actor, "budget set", f"organisation:{organisation.pk}", old, {"gbp": str(gbp)})
    return budget


def own_budget(grant: Grant, organisation: Organisation) -> PartnerBudget | None:
    """The organisation's share; None where it is no partner of the grant. In the scope of the organisation."""
    found: PartnerBudget | None = PartnerBudget.objects.filter(grant=grant, organisation=organisation).first()
    return found


def lines_of(budget: PartnerBudget, quarter: date) -> dict[str, Line]:
    """Category -> line of one quarter; a category without an entry is left out."""
    found = Spend.objects.filter(budget=budget, quarter=quarter)
    return {line.category: Line(line.forecast_gbp, line.actual_gbp) for line in found}


@transaction.atomic
def enter_spend(
    actor: Actor, budget: PartnerBudget, quarter: date, lines: Mapping[str, Line], now: datetime
) -> list[Spend]:
    """Writes the lines of one quarter over what stood there. Fields of errors are "quarter", "forecast_CATEGORY"
    and "actual_CATEGORY"."""
    _check_lines(budget.grant, quarter, lines, timezone.localdate(now))
    before = lines_of(budget, quarter)
    made = []
    for category, line in lines.items():
        values = {"forecast_gbp": line.forecast, "actual_gbp": line.actual}
        spend, _made = Spend.objects.update_or_create(
            budget=budget, quarter=quarter, category=category, defaults=values
        )
        made.append(spend)
    changed = {category: line for category, line in lines.items() if before.get(category) != line}
    if changed:
        trail.add(
            actor,
            "spend entered",
            f"organisation:{budget.organisation_id} {quarter}",
            {category: _told(before[category]) for category in changed if category in before},
            {category: _told(line) for category, line in changed.items()},
        )
    return made


def partners_money(grant: Grant, until: date, only: Organisation | None = None) -> list[PartnerMoney]:
    """Each partner's money up to a quarter, the largest budget first; of one partner alone where `only` is given."""
    with whole_programme("the grant's money is told by partner"):
        budgets = PartnerBudget.objects.filter(grant=grant).select_related("organisation").prefetch_related("spends")
        if only is not None:
            budgets = budgets.filter(organisation=only)
        found = [_summed(budget, list(budget.spends.all()), until) for budget in budgets]
    return sorted(found, key=lambda money: (-money.budget, money.organisation.name))


def categories_money(grant: Grant, until: date, only: Organisation | None = None) -> list[tuple[str, Decimal, Decimal]]:
    """(category, forecast, actual) in GBP up to a quarter, over all partners or one."""
    with whole_programme("the grant's money is told by category"):
        rows = Spend.objects.filter(budget__grant=grant, quarter__lte=until)
        if only is not None:
            rows = rows.filter(budget__organisation=only)
        lines = list(rows.values_list("category", "forecast_gbp", "actual_gbp"))
    return [
        (
            category.value,
            total(forecast for kind, forecast, _actual in lines if kind == category),
            total(actual or Decimal(0) for kind, _forecast, actual in lines if kind == category),
        )
        for category in Spend.Category
    ]


def grant_quarters(grant: Grant) -> list[date]:
    return list(quarters(grant.starts_on, grant.ends_on))


def total(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))


def check_quarter(grant: Grant, quarter: date) -> None:
    """Raises ValidationError for a day that ends no quarter of the grant."""
    if not is_quarter_end(quarter) or quarter not in grant_quarters(grant):
        raise ValidationError({"quarter": _("Choose a quarter of the grant’s time.")})


def _check_lines(grant: Grant, quarter: date, lines: Mapping[str, Line], today: date) -> None:
    check_quarter(grant, quarter)
    errors: dict[str, str] = {}
    for category, line in lines.items():
        Spend.Category(category)
        for field, amount in (("forecast", line.forecast), ("actual", line.actual)):
            if amount is not None and not 0 <= amount <= MOST_GBP:
                errors[f"{field}_{category}"] = _("Give pounds, 0 or more.")
        if line.actual is not None and quarter > today:
            errors[f"actual_{category}"] = _("This quarter has not ended: leave the actual spend empty until then.")
    if errors:
        raise ValidationError(errors)


def _summed(budget: PartnerBudget, spends: list[Spend], until: date) -> PartnerMoney:
    due = [spend for spend in spends if spend.quarter <= until]
    return PartnerMoney(
        organisation=budget.organisation,
        budget=budget.gbp,
        forecast=total(spend.forecast_gbp for spend in due),
        actual=total(spend.actual_gbp or Decimal(0) for spend in due),
        expected=total(spend.forecast_gbp if spend.actual_gbp is None else spend.actual_gbp for spend in spends),
        missing=sum(spend.actual_gbp is None for spend in due),
    )


def _told(line: Line) -> dict[str, str | None]:
    return {"forecast": str(line.forecast), "actual": None if line.actual is None else str(line.actual)}
