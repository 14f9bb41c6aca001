"""The words of a pack in the language that is switched on: headings, columns, and values as they are printed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from resilience.people.models import Region
from resilience.programme.models import ProgrammeChange, Spend, WorkPackageReport

Data = dict[str, Any]


def quarter_name(data: Data) -> str:
    """ "January to March 2026"."""
    first, last = date.fromisoformat(data["starts_on"]), date.fromisoformat(data["quarter"])
    return _("%(first)s to %(last)s") % {
        "first": formats.date_format(first, "F"),
        "last": formats.date_format(last, "F Y"),
    }


def day(text: str | None) -> str:
    """An ISO day in words; nothing for none."""
    return "" if text is None else str(formats.date_format(date.fromisoformat(text[:10]), "j F Y"))


def short_day(text: str) -> str:
    """ "30 Sep 2026", for columns."""
    return str(formats.date_format(date.fromisoformat(text), "j M Y"))


def month(text: str) -> str:
    """ "Sep 2026", for axes."""
    return str(formats.date_format(date.fromisoformat(text), "M Y"))


def moment(text: str) -> str:
    """ "9 April 2026, 09:00 UTC"."""
    at = datetime.fromisoformat(text).astimezone(UTC)
    return f"{formats.date_format(at.date(), 'j F Y')}, {at:%H:%M} UTC"


def number(value: float | None, decimals: int = 0) -> str:
    """Rounded, with thousands set apart; a dash for none."""
    if value is None:
        return "–"
    return str(formats.number_format(half_up(value, decimals), decimals, use_l10n=True, force_grouping=True))


def half_up(value: float | Decimal, decimals: int = 0) -> Decimal:
    """Rounded as Django's templates round, halves away from nought; its number format would cut digits off."""
    return Decimal(repr(value) if isinstance(value, float) else value).quantize(
        Decimal(1).scaleb(-decimals), ROUND_HALF_UP
    )


def gbp(text: str) -> str:
    return number(float(Decimal(text)))


def figure(indicator: Data, value: float | None) -> str:
    """A value of an indicator as it is printed: "1,200", "66 %"."""
    printed = number(value, indicator["decimals"])
    return f"{printed} %" if indicator["unit"] == "percent" and value is not None else printed


def share(value: float | None) -> str:
    """0.9487 -> "95 %"; a dash for none."""
    return "–" if value is None else f"{round(100 * value)} %"


def base(indicator: Data) -> str:
    """ "50 of 76" for a share, the number itself otherwise."""
    if indicator["numerator"] is None:
        return "–"
    shown = number(indicator["numerator"], 0 if float(indicator["numerator"]).is_integer() else 2)
    if indicator["denominator"] is None:
        return shown
    return _("%(n)s of %(of)s") % {"n": shown, "of": number(indicator["denominator"])}


def goal(indicator: Data) -> str:
    """The target, how much of it is reached, and where the pace leads."""
    if indicator["target"] is None:
        return ""
    due, wanted = indicator["target"]
    told = _("%(value)s by %(day)s") % {"value": figure(indicator, wanted), "day": day(due)}
    if indicator["outlook"] is not None:
        ahead = indicator["outlook"]
        numbers = {name: number(ahead[name]) for name in ("value", "low", "high")}
        told += "; " + _("at this pace %(value)s (%(low)s to %(high)s)") % numbers
    return told


def standing(package: Data) -> str:
    """How a work package stands, in words."""
    if package["standing"] is None:
        words = _("not reported")
    else:
        words = str(WorkPackageReport.Standing(package["standing"]).label)
    return f"{words}, {_('overdue')}" if package["late"] else words


def decision(change: Data) -> str:
    words = str(ProgrammeChange.Decision(change["decision"]).label)
    return f"{words}, {short_day(change['decided_on'])}" if change["decided_on"] else words


def category(name: str) -> str:
    return str(Spend.Category(name).label)


def region(code: str) -> str:
    return str(Region(code).label)


def measure(name: str) -> str:
    """A measure of the footprint with its unit."""
    return {"waste_kg": _("Waste, kg"), "co2e_kg": _("Carbon, kg CO2e"), "gbp": _("Money, GBP")}[name]


def sessions(footprint: Data) -> str:
    """How many sessions an account is of."""
    return _("%(n)s sessions, %(credited)s of them may have replaced something; %(classes)s are of classes.") % {
        "n": number(footprint["sessions"]),
        "credited": number(footprint["credited_sessions"]),
        "classes": number(footprint["of_classes"]),
    }


def cell(value: float | None) -> str:
    """A cell of a diversity table: what disclosure control left out says so."""
    return _("left out") if value is None else number(value)


def headings() -> dict[str, str]:
    """Headings and columns by name."""
    return {
        "pack": _("Quarterly pack"),
        "invented": _("Every person, organisation and number in this pack is invented for demonstration."),
        "programme": _("Programme"),
        "lead": _("Lead organisation"),
        "funder": _("Funder"),
        "reference": _("The funder’s reference"),
        "runs": _("Runs"),
        "total": _("Total, GBP"),
        "frozen": _("Frozen"),
        "headlines": _("Headlines"),
        "indicators": _("Indicators"),
        "indicator": _("Indicator"),
        "code": _("Code"),
        "figure": _("Figure"),
        "unit": _("Unit"),
        "version": _("Version"),
        "definition": _("Definition"),
        "base": _("Base"),
        "numerator": _("Numerator"),
        "denominator": _("Denominator"),
        "response_rate": _("Response rate"),
        "target": _("Target"),
        "rows_hash": _("Rows’ hash (SHA-256)"),
        "partners_covered": _("Partners covered"),
        "trend": _("Trainees by quarter"),
        "map": _("Students by region"),
        "history": _("Figures by quarter"),
        "up_to": _("Up to"),
        "progress": _("Progress against work packages"),
        "work_package": _("Work package"),
        "led_by": _("Led by"),
        "due_on": _("Due on"),
        "stands": _("How it stands"),
        "done": _("Done"),
        "report": _("Report"),
        "spend": _("Spend against forecast"),
        "partner": _("Partner"),
        "budget": _("Budget"),
        "quarter_forecast": _("Forecast in the quarter"),
        "quarter_actual": _("Spent in the quarter"),
        "forecast": _("Forecast to date"),
        "actual": _("Spent to date"),
        "difference": _("Difference"),
        "expected": _("Expected in all"),
        "all_partners": _("All partners"),
        "category": _("Category"),
        "gbp": _("All amounts in GBP."),
        "missing": _("Amounts that a partner has not entered count as nothing spent."),
        "risks": _("Risks"),
        "risk": _("Risk"),
        "likelihood": _("How likely"),
        "impact": _("How bad"),
        "weight": _("Likely × bad"),
        "mitigation": _("What is done about it"),
        "no_risks": _("No risk was open at the end of the quarter."),
        "changes": _("Changes"),
        "change": _("Change"),
        "reason": _("Reason"),
        "asked_on": _("Asked on"),
        "decision": _("Decision"),
        "no_changes": _("No change was asked for or decided in the quarter."),
        "no_packages": _("No work package is entered."),
        "no_money": _("No budget is entered."),
        "diversity": _("Diversity"),
        "diversity_note": _(
            "Released tables only. Small numbers are rounded or left out, so that nobody can be recognised."
        ),
        "no_diversity": _("No diversity table was released by the end of the quarter."),
        "group": _("Group"),
        "method": _("Method"),
        "answered": _("Answered"),
        "people": _("People"),
        "share": _("Share"),
        "released": _("Released for the quarter that ended on"),
        "footprint": _("Footprint of the practice"),
        "no_footprint": _("There are no recorded sessions to account for."),
        "measure": _("Measure"),
        "median": _("Median"),
        "range": _("5 % to 95 %"),
        "positive": _("Chance of a net benefit"),
        "files": _("Files of this pack"),
        "file": _("File"),
        "hash": _("SHA-256"),
        "hash_note": _("The hash of this file itself stands on the page that it was downloaded from."),
        "page": _("Page"),
        "of": _("of"),
        "regions": _("By region"),
        "region": _("Region"),
        "trainees": _("Trainees"),
        "students": _("Students"),
    }
