"""The released diversity tables, and the act of releasing: the analyst's work, who sees nobody."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from resilience.people.code_lists import code_list
from resilience.people.permissions import May
from resilience.programme.quarters import last_ended
from resilience.results import disclosure, pack_words
from resilience.results.diversity_tables import Method, Table, tables
from resilience.results.models import Release
from resilience.site.actors import Request, needs
from resilience.site.pages.results.shared import quarter_name
from resilience.training.errors import BadInput


@require_safe
@needs(May.SEE_DIVERSITY)
def listed(request: Request) -> HttpResponse:
    """Every table as it was released for a quarter, the last unless another is asked for."""
    quarters = list(Release.objects.order_by("-quarter").values_list("quarter", flat=True).distinct())
    asked = request.GET.get("quarter", "")
    chosen = next((quarter for quarter in quarters if quarter.isoformat() == asked), quarters[0] if quarters else None)
    due = last_ended(timezone.localdate())
    context = {
        "here": "results",
        "quarters": [(quarter, quarter_name(quarter)) for quarter in quarters],
        "chosen": chosen,
        "tables": [told(table, chosen) for table in tables().values()] if chosen else [],
        "waiting": disclosure.waiting(due),
        "due": quarter_name(due),
    }
    return render(request, "diversity/tables.html", context)


@require_POST
@needs(May.RELEASE_DIVERSITY)
def released(request: Request) -> HttpResponse:
    """Releases what was not released yet for the last quarter that is over."""
    due = last_ended(timezone.localdate())
    made = 0
    for table in disclosure.waiting(due):
        try:
            disclosure.release(table.id, due, request.actor, timezone.now())
        except BadInput:
            # Somebody else was faster with this one: it stands as they released it.
            continue
        made += 1
    if made:
        messages.success(request, _("%(tables)s tables are released and stand from now on.") % {"tables": made})
    else:
        messages.success(request, _("Every table was released for this quarter already."))
    return redirect("diversity")


def told(table: Table, quarter: date) -> dict[str, Any]:
    """A table in the reader's language, as it stood released for a quarter; without cells where it was not."""
    language = (get_language() or "en")[:2]
    found = Release.objects.filter(table=table.id, version=table.version, quarter=quarter).first()
    codes = code_list(table.question)
    return {
        "id": table.id,
        "title": table.title[language],
        "derivation": table.derivation[language],
        "several": table.several,
        "method": method_words(table.method),
        "source": f"{codes.scheme}, {codes.version}. {codes.source}",
        "rows": [shown(row.label[language], found.cells["rows"][row.id]) for row in table.rows] if found else [],
        "total": pack_words.cell(found.cells["total"]) if found else "",
        "rate": pack_words.share(found.cells["response_rate"]) if found else "",
        "stands_from": date.fromisoformat(found.cells["stands_from"]) if found and found.cells["stands_from"] else None,
        "released_at": found.released_at if found else None,
    }


def shown(label: str, cell: dict[str, Any]) -> dict[str, str]:
    percent = cell["percent"]
    return {
        "label": label,
        "count": pack_words.cell(cell["count"]),
        "percent": "–" if percent is None else f"{pack_words.number(percent, 1)} %",
    }


def method_words(method: Method) -> str:
    if method is Method.ROUNDING:
        return _("Every number is rounded to the nearest 5; percentages of few people are left out.")
    return _("Numbers below 10 are left out, and as many more as keep them from being worked out.")
