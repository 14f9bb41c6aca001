"""From a headline to its evidence: a figure, the activities behind it, one activity's counts; definitions; charts."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from resilience.people.models import Organisation, Region
from resilience.people.permissions import May
from resilience.programme.models import ActivityFormat, ActivityKind, HeadCountKind
from resilience.results import charts, evidence
from resilience.results.definitions import shelf
from resilience.results.models import Snapshot
from resilience.site.actors import Request, needs
from resilience.site.pages.results.drawings import DRAWINGS
from resilience.site.pages.results.shared import figure, table_file, unit_name
from resilience.training.errors import BadInput

ROWS_ON_A_PAGE = 50
KEPT_SECONDS = 7 * 24 * 3600


@require_safe
@needs(May.SEE_RESULTS)
def detail(request: Request, snapshot: int) -> HttpResponse:
    """A figure with everything that it was counted from."""
    found = snapshot_or_404(snapshot)
    behind = evidence.behind(found)
    page = Paginator(behind.activities, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    earlier = Snapshot.objects.filter(indicator=found.indicator, filters=found.filters).exclude(pk=found.pk)
    context = {
        "here": "results",
        **about(found),
        "behind": behind,
        "page": page,
        "rows": [told(row) for row in page.object_list],
        "unchanged": evidence.unchanged(found),
        "others": earlier.defer("rows").order_by("-as_of", "-pk")[:12],
        "publications": found.publications.filter(approved_at__isnull=False, withdrawn_at__isnull=True),
    }
    return render(request, "results/figure.html", context)


@require_safe
@needs(May.SEE_RESULTS)
def exported(request: Request, snapshot: int) -> HttpResponse:
    """The activities behind a figure, as CSV."""
    found = snapshot_or_404(snapshot)
    columns = ("code", "title", "kind", "format", "region", "partner", "starts_at", "attendances", "heads")
    rows = (
        [getattr(row, name) if name != "starts_at" else row.starts_at.isoformat() for name in columns]
        for row in evidence.behind(found).activities
    )
    return table_file(f"{found.indicator}-{found.as_of}", columns, rows)


@require_safe
@needs(May.SEE_RESULTS)
def activity(request: Request, snapshot: int, held: str) -> HttpResponse:
    """One activity in numbers."""
    found = snapshot_or_404(snapshot)
    counts = evidence.activity_counts(found, held)
    if counts is None:
        raise Http404
    heads = [(year_group, HeadCountKind(kind).label, number) for year_group, kind, number in counts.heads]
    context = {"here": "results", **about(found), "counts": counts, "held": told(counts.held), "heads": heads}
    return render(request, "results/activity.html", context)


@require_safe
def definition(request: Request, indicator: str, version: int) -> HttpResponse:
    """A definition, readable by everybody: a published figure names it."""
    try:
        found = shelf().version(indicator, version)
        newest = shelf().newest(indicator)
    except BadInput:
        raise Http404 from None
    language = get_language() or "en"
    context = {
        "here": "results" if request.actor.may(May.SEE_RESULTS) else "",
        "indicator": found,
        "title": found.title[language],
        "text": found.definition[language],
        "dedupe": found.dedupe[language],
        "unit": unit_name(found.unit),
        "parameters": [(name, told_parameter(value)) for name, value in found.parameters.items()],
        "newest": newest.version,
        "versions": [number for number in range(1, newest.version + 1) if number != version],
    }
    return render(request, "results/definition.html", context)


@require_safe
@needs(May.SEE_RESULTS)
def definitions(request: Request) -> HttpResponse:
    """All indicators with their definitions."""
    language = get_language() or "en"
    rows = [
        {"indicator": one, "title": one.title[language], "text": one.definition[language], "unit": unit_name(one.unit)}
        for one in shelf().all
    ]
    return render(request, "results/definitions.html", {"here": "results", "rows": rows})


@require_safe
@needs(May.SEE_RESULTS)
def chart(request: Request, drawing: str, theme: str) -> HttpResponse:
    """A chart as a picture, drawn once for the same numbers, words and colours."""
    if drawing not in DRAWINGS or theme not in charts.PALETTES:
        raise Http404
    spec = DRAWINGS[drawing](request)
    if spec is None:
        raise Http404
    return picture(spec, theme)


def picture(spec: charts.Spec, theme: str) -> HttpResponse:
    """A chart as an answer to the browser."""
    key = f"chart:{charts.key_of(spec, theme)}"
    svg = cache.get(key)
    if svg is None:
        svg = charts.picture(spec, theme)
        cache.set(key, svg, KEPT_SECONDS)
    response = HttpResponse(svg, content_type="image/svg+xml")
    # The same address may tell of later figures, or of another reader's money: it is asked for again each time.
    patch_cache_control(response, private=True, no_cache=True)
    response["ETag"] = f'"{key[6:38]}"'
    # What a picture needs inside itself: its typeface and its own style. It can run and load nothing.
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; font-src data:"
    return response


def told(row: evidence.Held) -> dict[str, Any]:
    """An activity behind a figure in the reader's language."""
    return {
        **vars(row),
        "kind": ActivityKind(row.kind).label,
        "format": ActivityFormat(row.format).label,
        "region": Region(row.region).label if row.region else "",
    }


def snapshot_or_404(pk: int) -> Snapshot:
    found: Snapshot | None = Snapshot.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def about(found: Snapshot) -> dict[str, Any]:
    """What every page on a figure says of it."""
    language = get_language() or "en"
    indicator = shelf().version(found.indicator, found.version)
    return {
        "snapshot": found,
        "indicator": indicator,
        "title": indicator.title[language],
        "definition": indicator.definition[language],
        "dedupe": indicator.dedupe[language],
        "figure": figure(found.value, indicator),
        "unit": unit_name(indicator.unit),
        "part": part_name(found.filters),
    }


def told_parameter(value: Any) -> str:
    return ", ".join(str(one) for one in value) if isinstance(value, list) else str(value)


def part_name(filters: dict[str, str]) -> str:
    """The part of the programme that a figure covers; empty for all of it."""
    if "organisation" in filters:
        named = Organisation.objects.filter(pk=filters["organisation"]).first()
        return named.name if named else "–"
    return str(Region(filters["region"]).label) if "region" in filters else ""
