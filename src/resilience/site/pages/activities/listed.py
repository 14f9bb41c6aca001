"""The list of activities: our own in detail, those of other partners by title, date and numbers."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from resilience.people import few
from resilience.people.permissions import May
from resilience.people.scopes import whole_programme
from resilience.programme.models import Activity, ActivityKind, ActivityStatus
from resilience.programme.numbers import numbers
from resilience.site.actors import Request, needs
from resilience.site.pages.activities.shared import own_organisation

ROWS_ON_A_PAGE = 50


@require_safe
@needs(May.SEE_PROGRAMME)
def listed(request: Request) -> HttpResponse:
    """One page of the list; `whose` is "ours" or "partners"."""
    whose = "partners" if request.GET.get("whose") == "partners" else "ours"
    context: dict[str, Any] = {
        "here": "programme",
        "area": "activities",
        "whose": whose,
        "search": request.GET.get("search", ""),
        "kind": request.GET.get("kind", ""),
        "when": request.GET.get("when", ""),
        "kinds": ActivityKind.choices,
    }
    if whose == "ours":
        return _page(request, chosen(request), context)
    with whole_programme("partners see each other's activities as title, date and numbers"):
        others = chosen(request).exclude(organisation=own_organisation(request)).exclude(status=ActivityStatus.DRAFT)
        return _page(request, others, context)


def chosen(request: Request) -> QuerySet[Activity]:
    """The activities in scope that the search asks for, the latest first."""
    found: QuerySet[Activity] = Activity.objects.select_related("organisation")
    if search := request.GET.get("search", "").strip()[:120]:
        found = found.filter(Q(title__icontains=search) | Q(code__icontains=search) | Q(place__icontains=search))
    if (kind := request.GET.get("kind")) in ActivityKind.values:
        found = found.filter(kind=kind)
    if request.GET.get("when") == "coming":
        found = found.filter(ends_at__gte=timezone.now()).order_by("starts_at", "code")
    elif request.GET.get("when") == "past":
        found = found.filter(ends_at__lt=timezone.now())
    return found


def _page(request: Request, found: QuerySet[Activity], context: dict[str, Any]) -> HttpResponse:
    page = Paginator(found, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    counted = {key: asdict(found) for key, found in numbers(page.object_list).items()}
    if context["whose"] == "partners":
        counted = {key: {name: few.told(number) for name, number in found.items()} for key, found in counted.items()}
    rows = [{"activity": activity, "numbers": counted[activity.pk]} for activity in page.object_list]
    return render(request, "activities/list.html", context | {"page": page, "rows": rows})
