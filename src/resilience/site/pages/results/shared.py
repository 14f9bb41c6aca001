"""What several pages of results need: the name of a quarter, a table to take away, a message."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.contrib import messages
from django.http import HttpRequest
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from resilience.people.models import Organisation
from resilience.people.permissions import May
from resilience.programme import money
from resilience.programme.models import Grant
from resilience.programme.quarters import quarter_start
from resilience.results.definitions import Indicator
from resilience.results.pack_words import half_up
from resilience.site.actors import Request
from resilience.site.tables import table_file as table_file  # so that the pages of results find it here


def quarter_name(end: date) -> str:
    """ "January to March 2026"."""
    first = formats.date_format(quarter_start(end), "F")
    return _("%(first)s to %(last)s") % {"first": first, "last": formats.date_format(end, "F Y")}


def done(request: HttpRequest, text: str, kind: str = "good") -> None:
    """Says at the top of the next page what was done."""
    levels = {"good": messages.SUCCESS, "critical": messages.ERROR}
    messages.add_message(request, levels[kind], text)


def figure(value: float | None, indicator: Indicator) -> str:
    """A value as it is printed: "1,200", "66 %", "4.31"; a dash where there is none."""
    if value is None:
        return "–"
    number = formats.number_format(
        half_up(value, indicator.decimals), indicator.decimals, use_l10n=True, force_grouping=True
    )
    return f"{number} %" if indicator.unit == "percent" else str(number)


def unit_name(unit: str) -> str:
    """The unit of an indicator in words."""
    names = {
        "people": _("people"),
        "activities": _("activities"),
        "organisations": _("organisations"),
        "regions": _("regions"),
        "percent": _("per cent"),
        "points": _("points"),
        "hours": _("hours"),
        "times": _("attendances"),
    }
    return names[unit]


def seen(request: Request) -> Organisation | None:
    """Whose money the reader sees: everybody's (None) or that of their own organisation."""
    return None if request.actor.may(May.SEE_MONEY) else request.actor.organisation


def chosen_quarter(request: Request, grant: Grant) -> date:
    """The quarter asked for; else the last one that has ended, or the grant's first."""
    quarters = money.grant_quarters(grant)
    try:
        day = date.fromisoformat(request.GET.get("quarter", ""))
    except ValueError:
        day = None
    if day in quarters:
        return day
    ended = [quarter for quarter in quarters if quarter <= timezone.localdate()]
    return ended[-1] if ended else quarters[0]


def money_words(partners: Iterable[money.PartnerMoney]) -> str:
    """The chart of the partners' money in words."""
    told = [
        _("%(partner)s %(spent)s of %(budget)s")
        % {"partner": row.organisation.name, "spent": grouped(row.actual), "budget": grouped(row.budget)}
        for row in partners
    ]
    return _("Bar chart of money spent against budget, in GBP: %(numbers)s.") % {"numbers": "; ".join(told)}


def grouped(number: Decimal) -> str:
    return str(formats.number_format(half_up(number), 0, use_l10n=True, force_grouping=True))
