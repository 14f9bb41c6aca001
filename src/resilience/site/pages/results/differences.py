"""Why a figure changed: two snapshots of one indicator, row by row, with the reason of each."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from resilience.people.models import Region
from resilience.people.permissions import May
from resilience.programme.models import ActivityStatus
from resilience.results import differences
from resilience.results.differences import Line
from resilience.results.reasons import Why
from resilience.site.actors import Request, needs
from resilience.site.pages.results.figures import about, snapshot_or_404
from resilience.training.errors import BadInput

ROWS_ON_A_PAGE = 100


@require_safe
@needs(May.SEE_RESULTS)
def difference(request: Request, earlier: int, later: int) -> HttpResponse:
    """What came in and what fell out between two snapshots. People are "a person" here, whoever they are."""
    first, second = snapshot_or_404(earlier), snapshot_or_404(later)
    try:
        found = differences.difference(first, second)
    except BadInput:
        raise Http404 from None
    effects: dict[tuple[str, Why], float] = {}
    for line in found.lines:
        key = (line.change, line.why)
        effects[key] = effects.get(key, 0) + (line.effect or 0)
    page = Paginator(found.lines, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "here": "results",
        **about(second),
        "first": about(first),
        "found": found,
        "adds": found.explained is not None,
        "reasons": summed(found.reasons, effects),
        "page": page,
        "lines": [told(line) for line in page.object_list],
    }
    return render(request, "results/difference.html", context)


def summed(reasons: Counter[tuple[str, Why]], effects: dict[tuple[str, Why], float]) -> list[dict[str, Any]]:
    """Each reason with the number of its rows and what they add, the greatest first."""
    rows = [
        {"change": change_name(change), "why": why_name(why), "rows": number, "effect": effects[change, why]}
        for (change, why), number in reasons.items()
    ]
    return sorted(rows, key=lambda row: (-abs(row["effect"]), -row["rows"]))


def told(line: Line) -> dict[str, Any]:
    """One row in the reader's language."""
    return {
        "change": change_name(line.change),
        "what": what_of(line),
        "why": why_name(line.why),
        "detail": detail_of(line.detail),
        "activity": line.detail.get("activity", ""),
        "effect": line.effect,
    }


def what_of(line: Line) -> str:
    """What the row is: never who."""
    kind, *parts = line.ref.split(":")
    if kind == "person":
        return _("A person")
    if kind == "organisation":
        return line.detail.get("organisation", _("An organisation"))
    if kind == "region":
        return str(Region(parts[0]).label)
    if kind == "release":
        return _("A released diversity table")
    if kind == "heads":
        where = f"{parts[0]}, {parts[1]}" if parts[1] else parts[0]
        numbers = [ref.split(":")[4] for ref in (line.before, line.after) if ref]
        return _("Heads at %(where)s: %(numbers)s") % {"where": where, "numbers": " → ".join(numbers)}
    return _("Activity %(code)s") % {"code": parts[0]}


def detail_of(detail: dict[str, str]) -> str:
    """What the reason points at, besides the activity."""
    words = []
    if (day := parse_date(detail.get("day", ""))) is not None:
        words.append(date_format(day, "SHORT_DATE_FORMAT"))
    if "file" in detail:
        words.append(_("file %(name)s") % {"name": detail["file"]})
    if "old" in detail and "new" in detail:
        words.append(f"{status_name(detail['old'])} → {status_name(detail['new'])}")
    return ", ".join(words)


def status_name(status: str) -> str:
    return str(ActivityStatus(status).label) if status in ActivityStatus.values else status


def change_name(change: str) -> str:
    return {"gained": _("came in"), "lost": _("fell out"), "changed": _("changed")}[change]


def why_name(why: Why) -> str:
    """The reason in words."""
    names = {
        Why.NEW: _("held since then"),
        Why.LATE_IMPORT: _("held before, imported since then"),
        Why.LATE_ENTRY: _("held before, entered since then"),
        Why.STATUS: _("the activity’s status changed"),
        Why.MERGED: _("two persons were found to be one"),
        Why.UNMERGED: _("one person was found to be two"),
        Why.IMPORT_UNDONE: _("an import was undone"),
        Why.NO_EVIDENCE: _("the row that proved it is gone"),
        Why.ONE_ORGANISATION: _("two spellings were found to be one organisation"),
        Why.NEW_NUMBER: _("the number was counted anew"),
        Why.RELEASE: _("another quarter was released"),
        Why.DEFINITION: _("the definition changed"),
    }
    return names[why]
