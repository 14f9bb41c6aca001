"""An account in the reader's language: rows for tables and charts, with the grade of what each figure rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from resilience.footprint import Account, Figure, Measure, Purpose, label, rounded
from resilience.footprint.texts import say
from resilience.people.models import Organisation
from resilience.people.permissions import May
from resilience.results import footprint_factors, footprints
from resilience.results.footprints import Told
from resilience.site import catalogue
from resilience.site.actors import Request

# The weakest first: a figure is no better than the weakest it rests on.
GRADES = ("assumption", "weak", "medium", "solid")
# A site's code is its organisation's identifier, a UUID.
LENGTH_OF_CODE = 36


@dataclass(frozen=True)
class Reading:
    """Whose account a reader sees, and it."""

    of: Organisation | None
    told: Told

    @property
    def query(self) -> str:
        return "" if self.of is None else "?of=own"


def reading(request: Request, until: date) -> Reading:
    """The whole programme's account for who may see every partner's money; else that of the reader's organisation."""
    whole = request.actor.may(May.SEE_MONEY) and request.GET.get("of") != "own"
    of = None if whole else request.actor.organisation
    return Reading(of, footprints.tell(of, until))


def language() -> str:
    return (get_language() or "en")[:2]


def unit(measure: Measure) -> str:
    units = {Measure.WASTE: _("kg of waste"), Measure.CARBON: _("kg CO2e"), Measure.MONEY: _("GBP")}
    return units[measure]


def namer() -> Callable[[str], str]:
    """Gives contributors, drivers and facts their names; a site's code in one becomes the organisation's name."""
    factors = footprint_factors.in_use()

    def name_of(part: str) -> str:
        code = part.partition("@")[2].partition("/")[0]
        named = label(part, language(), factors)
        site = Organisation.objects.filter(pk=code).first() if len(code) == LENGTH_OF_CODE else None
        return named.replace(code, site.name) if site else named

    return name_of


def measures(account: Account) -> list[dict[str, Any]]:
    """Waste, carbon and money: the sentence, the rows by purpose and module, contributors and drivers."""
    headlines = account.wording(language()).headlines
    grades, name_of = grades_of(account), namer()
    found = []
    for measure in Measure:
        figure = account.figures[measure]
        found.append(
            {
                "id": measure.value,
                "title": say(f"measure.{measure.value}", language()),
                "unit": unit(measure),
                "headline": headlines[measure],
                "figure": told(figure),
                "rows": list(rows(account, measure)),
                "parts": [
                    {
                        "name": name_of(one.id),
                        "text": rounded(one.median),
                        "median": one.median,
                        "grade": grades.get(one.id, ""),
                    }
                    for one in figure.contributors
                ],
                "drivers": [{"name": name_of(one.id), "percent": round(100 * one.share)} for one in figure.drivers],
            }
        )
    return found


def rows(account: Account, measure: Measure) -> Iterator[dict[str, Any]]:
    """The whole, then each purpose, then each module."""
    yield {"kind": "all", "name": _("All sessions"), **told(account.figures[measure])}
    for purpose in Purpose:
        if purpose.value in account.by_purpose:
            yield {"kind": "purpose", "name": purpose_name(purpose), **told(account.by_purpose[purpose.value][measure])}
    for module in sorted(account.by_module):
        yield {"kind": "module", "name": catalogue.title_of(module), **told(account.by_module[module][measure])}


def purpose_name(purpose: Purpose) -> str:
    """Sessions of which nothing was said stand with outreach, which claims nothing either."""
    if purpose is Purpose.OUTREACH:
        return _("Outreach, or nothing declared")
    return label(f"displacement/{purpose.value}", language()).partition(": ")[2]


def told(figure: Figure) -> dict[str, Any]:
    return {
        "median": figure.median,
        "p5": figure.p5,
        "p95": figure.p95,
        "text": rounded(figure.median),
        "low": rounded(figure.p5),
        "high": rounded(figure.p95),
        "percent": round(100 * figure.probability_positive),
        "negative": figure.median < 0,
    }


def grades_of(account: Account) -> dict[str, str]:
    """Contributor -> the grade of its quantity, in words. Parts made of many figures have none of their own."""
    return {fact.id: say(f"grade.{fact.grade}", language()) for fact in account.method.facts}


def rests_on(account: Account) -> list[tuple[str, int]]:
    """(grade in words, how many of the account's figures have it), the weakest first."""
    counted = Counter(fact.grade for fact in account.method.facts)
    return [(say(f"grade.{grade}", language()), counted[grade]) for grade in GRADES if counted[grade]]


def facts(account: Account) -> list[dict[str, Any]]:
    """Every figure the account rests on, with what a reader needs to check it."""
    name_of = namer()
    return [
        {
            "fact": fact,
            "name": name_of(fact.id),
            "grade": say(f"grade.{fact.grade}", language()),
            "weak": fact.grade in {"weak", "assumption"},
        }
        for fact in account.method.facts
    ]
