"""Which charts there are, and the numbers and words that each is made of for the reader who asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _

from resilience.people.models import Region
from resilience.programme import money
from resilience.results import charts_kinds, charts_map, overview
from resilience.results.charts import Spec
from resilience.results.charts_kinds import Forecast, Money, Point
from resilience.results.pack_words import half_up
from resilience.site.actors import Request
from resilience.site.pages.results.shared import chosen_quarter, seen, unit_name


def trend(request: Request) -> Spec | None:
    """One indicator over the frozen days, its next target and where its pace leads."""
    asked = standing_of(request)
    if asked is None:
        return None
    one, as_of = asked
    past = overview.histories(as_of)[one.snapshot.indicator]
    points = [point(held.as_of, held.value) for held in past if held.value is not None]
    if not points:
        return None
    target = point(one.target.due_on, one.target.value) if one.target and one.target.due_on > as_of else None
    ahead = one.outlook
    forecast = None
    if ahead is not None:
        forecast = Forecast(
            ahead.on.isoformat(),
            month(ahead.on),
            *(float(half_up(one)) for one in (ahead.value, ahead.low, ahead.high)),
        )
    words = {"target": _("target"), "forecast": _("at this pace")}
    return charts_kinds.trend(points, unit_name(one.indicator.unit), words, target, forecast)


def partners(request: Request) -> Spec | None:
    asked = standing_of(request)
    if asked is None:
        return None
    one, as_of = asked
    rows = [(name, held.value or 0) for name, held in overview.by_partner(one.snapshot.indicator, as_of)]
    return charts_kinds.bars(rows, unit_name(one.indicator.unit)) if rows else None


def regions(request: Request) -> Spec | None:
    asked = standing_of(request)
    if asked is None:
        return None
    one, as_of = asked
    held = overview.by_region(one.snapshot.indicator, as_of)
    values = {region.value: found.value for region, found in held.items() if found.value is not None}
    return charts_map.tiles(values, {region.value: str(region.label) for region in Region}, _("none"))


def spending(request: Request) -> Spec | None:
    """Spent, forecast and budget by partner, as far as the reader may see."""
    grant = money.current_grant()
    if grant is None:
        return None
    rows = money.partners_money(grant, chosen_quarter(request, grant), seen(request))
    if not rows:
        return None
    return money_chart(rows)


def money_chart(rows: list[money.PartnerMoney]) -> Spec:
    words = {
        "spent": _("spent"),
        "forecast": _("forecast"),
        "axis": _("thousand GBP"),
        "of": _("%(spent)s of %(budget)s"),
    }
    return charts_kinds.money(
        [Money(row.organisation.name, float(row.budget), float(row.actual), float(row.forecast)) for row in rows], words
    )


def standing_of(request: Request) -> tuple[overview.Standing, date] | None:
    """The indicator and the day that the address names."""
    days = overview.frozen_days()
    try:
        as_of = date.fromisoformat(request.GET.get("as_of", ""))
    except ValueError:
        return None
    if as_of not in days:
        return None
    code = request.GET.get("of", "")
    found = [one for one in overview.standings(as_of) if one.snapshot.indicator == code]
    return (found[0], as_of) if found else None


def point(day: date, value: float) -> Point:
    return Point(day.isoformat(), month(day), value)


def month(day: date) -> str:
    """A short name of the day's month, such as "Mar 2026"."""
    return str(formats.date_format(day, "M Y"))


DRAWINGS: dict[str, Callable[[Request], Spec | None]] = {
    "trend": trend,
    "partners": partners,
    "regions": regions,
    "money": spending,
}
