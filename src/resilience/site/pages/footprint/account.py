"""The account: what sessions avoided or added, its method at one click, and all of it to take away."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from resilience.footprint import FootprintError, Measure, objections
from resilience.people.permissions import May
from resilience.results import charts, charts_footprint
from resilience.results.charts import Spec
from resilience.results.charts_footprint import Range
from resilience.site.actors import Request, needs
from resilience.site.pages.footprint import telling
from resilience.site.pages.footprint.telling import Reading
from resilience.site.pages.results.figures import picture
from resilience.site.tables import table_file

LONGEST_SENTENCE = 300
HERE = {"here": "programme", "area": "footprint"}


@require_safe
@needs(May.SEE_FOOTPRINT)
def overview(request: Request) -> HttpResponse:
    """Waste, carbon and money, the negative as plainly as the positive, in the words that the evidence allows."""
    try:
        found = telling.reading(request, timezone.localdate())
    except FootprintError as error:
        return render(request, "footprint/broken.html", HERE | {"error": error}, status=422)
    account = found.told.account
    sentence = request.GET.get("sentence", "").strip()[:LONGEST_SENTENCE]
    context = {
        **HERE,
        "of": found.of,
        "may_see_all": request.actor.may(May.SEE_MONEY),
        "query": found.query,
        "told": found.told,
        "account": account,
        "measures": telling.measures(account) if account.sessions else [],
        "caveats": account.wording(telling.language()).caveats,
        "rests_on": telling.rests_on(account),
        "sentence": sentence,
        "objections": objections(sentence, account.tier, telling.language()) if sentence else [],
    }
    return render(request, "footprint/account.html", context)


@require_safe
@needs(May.SEE_FOOTPRINT)
def method(request: Request) -> HttpResponse:
    """The equation and every figure that entered, with grade and source."""
    found = reading_or_404(request)
    account, name_of = found.told.account, telling.namer()
    context = {
        **HERE,
        "of": found.of,
        "query": found.query,
        "told": found.told,
        "account": account,
        "facts": telling.facts(account),
        "missing": [name_of(line.partition(":")[2]) for line in account.missing_records],
    }
    return render(request, "footprint/method.html", context)


@require_safe
@needs(May.SEE_FOOTPRINT)
def exported(request: Request) -> HttpResponse:
    """Every figure of the account, unrounded, as CSV."""
    found = reading_or_404(request)
    account = found.told.account
    columns = ("measure", "by", "name", "median", "p5", "p95", "probability_positive", "tier", "until", "data_sha256")
    table = []
    for measure in Measure:
        groups = [("all", "all", account.figures)]
        groups += [("purpose", name, figures) for name, figures in account.by_purpose.items()]
        groups += [("module", name, figures) for name, figures in account.by_module.items()]
        for by, name, figures in groups:
            one = figures[measure]
            numbers = (one.median, one.p5, one.p95, one.probability_positive)
            table.append((measure.value, by, name, *numbers, account.tier.name, found.told.until, found.told.data_hash))
    return table_file("footprint", columns, table)


@require_safe
@needs(May.SEE_FOOTPRINT)
def exported_facts(request: Request) -> HttpResponse:
    """The figures that the account rests on, as CSV."""
    account = reading_or_404(request).told.account
    columns = ("id", "value", "low", "high", "unit", "grade", "source", "year", "workbook_sha256", "workbook_row")
    rows = [[getattr(fact, column) for column in columns] for fact in account.method.facts]
    return table_file("footprint-method", columns, rows)


@require_safe
@needs(May.SEE_FOOTPRINT)
def as_json(request: Request) -> HttpResponse:
    """The whole account with its method."""
    found = reading_or_404(request)
    told = {"until": found.told.until.isoformat(), "data_sha256": found.told.data_hash}
    answer = JsonResponse(told | found.told.account.as_json())
    answer["Content-Disposition"] = 'attachment; filename="footprint.json"'
    return answer


@require_safe
@needs(May.SEE_FOOTPRINT)
def chart(request: Request, aspect: str, measure: str, theme: str) -> HttpResponse:
    """A measure's nets with their ranges, or what its net is made of, as a picture."""
    if aspect not in DRAWINGS or measure not in set(Measure) or theme not in charts.PALETTES:
        raise Http404
    account = reading_or_404(request).told.account
    if not account.sessions:
        raise Http404
    one = next(told for told in telling.measures(account) if told["id"] == measure)
    return picture(DRAWINGS[aspect](one), theme)


def ranges(one: dict[str, Any]) -> Spec:
    rows = [Range(row["name"], row["p5"], row["median"], row["p95"], row["text"]) for row in one["rows"]]
    return charts_footprint.ranges(rows, _("%(unit)s avoided; below nought: added") % {"unit": one["unit"]})


def parts(one: dict[str, Any]) -> Spec:
    rows = [(part["name"], part["median"], part["text"]) for part in one["parts"]]
    return charts_footprint.parts(rows, _("%(unit)s avoided; below nought: added") % {"unit": one["unit"]})


DRAWINGS = {"ranges": ranges, "parts": parts}


def reading_or_404(request: Request) -> Reading:
    """The account; where its data do not go together, the page says why and there is nothing to take away."""
    try:
        return telling.reading(request, timezone.localdate())
    except FootprintError as error:
        raise Http404 from error
