"""The quarterly packs: frozen once, read and taken away with the hash of each file."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from resilience.footprint import FootprintError
from resilience.people.permissions import May
from resilience.programme import money
from resilience.programme.quarters import quarters
from resilience.results import overview, pack, pack_footprint, pack_words
from resilience.results.models import Pack, Snapshot
from resilience.site.actors import Request, needs
from resilience.site.pages.results.shared import done, quarter_name
from resilience.training.errors import BadInput

TYPES = {
    "json": "application/json",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(May.SEE_PACKS)
def listed(request: Request) -> HttpResponse:
    """The packs there are; the lead freezes the next."""
    refusal = ""
    if request.method == "POST":
        if not request.actor.may(May.FREEZE_RESULTS):
            raise PermissionDenied
        quarter = day_of(request.POST.get("quarter", ""))
        refusal = _("Choose a quarter.") if quarter is None else freeze(request, quarter)
        if quarter is not None and not refusal:
            return redirect("pack", quarter.isoformat())
    packs = Pack.objects.defer("data").order_by("-quarter")
    context = {
        "here": "results",
        "packs": [(found, quarter_name(found.quarter)) for found in packs],
        "open": open_quarters(),
        "refusal": refusal,
    }
    return render(request, "results/packs.html", context, status=422 if refusal else 200)


@require_safe
@needs(May.SEE_PACKS)
def detail(request: Request, until: str) -> HttpResponse:
    """One pack: what it says in short, its files, their hashes."""
    found = pack_or_404(until)
    before = Pack.objects.filter(quarter__lt=found.quarter).order_by("-quarter").first()
    now, then = counted_for(found), counted_for(before) if before else {}
    context = {
        "here": "results",
        "pack": found,
        "before": before and quarter_name(before.quarter),
        "quarter_name": quarter_name(found.quarter),
        "files": files(found),
        "programme": found.data["programme"],
        "headlines": [
            {
                "title": one["title"][(get_language() or "en")[:2]],
                "figure": pack_words.figure(one, one["value"]),
                "goal": pack_words.goal(one),
                # Only where the reader may see what stands behind a figure.
                "earlier": then.get(one["code"]),
                "later": now.get(one["code"]),
            }
            for one in found.data["indicators"]
            if one["headline"]
        ],
    }
    return render(request, "results/pack.html", context)


def counted_for(frozen: Pack) -> dict[str, int]:
    """Indicator -> the snapshot of the whole programme that the pack was frozen with."""
    rows = Snapshot.objects.filter(as_of=frozen.quarter, filters={}, taken_at__lte=frozen.frozen_at).order_by("pk")
    return dict(rows.values_list("indicator", "pk"))


@require_safe
@needs(May.SEE_PACKS)
def download(request: Request, until: str, file: str) -> HttpResponse:
    """A file, as it was frozen."""
    found = pack_or_404(until)
    content = pack.file_of(found, file)
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type=TYPES[file.rpartition(".")[2]])
    response["Content-Disposition"] = f'attachment; filename="{until}-{file}"'
    return response


def freeze(request: Request, quarter: date) -> str:
    """Freezes a pack; returns why not, in words, or nothing."""
    try:
        pack.freeze(quarter, request.actor, timezone.now(), pack_footprint.section(quarter))
    except FootprintError:
        return _("The footprint of the sessions cannot be computed: correct the sites’ profiles first.")
    except BadInput as error:
        return {
            "quarter": _("This quarter is not over: its pack is frozen afterwards."),
            "pack": _("The pack of this quarter is frozen already."),
            "grant": _("There is no grant that covers this quarter: enter it first."),
            "figures": _("No figures are frozen for the last day of this quarter: freeze them first."),
        }[error.where]
    done(request, _("The pack is frozen."))
    return ""


def files(found: Pack) -> list[dict[str, Any]]:
    """Every file with its name in words, its language and its hash."""
    kinds = {"pdf": _("PDF, to read and print"), "xlsx": _("Workbook (XLSX)"), "json": _("Data (JSON)")}
    rows = []
    for name, value in found.file_hashes.items():
        _stem, *language, kind = name.split(".")
        rows.append({"name": name, "kind": kinds[kind], "language": language[0] if language else "", "hash": value})
    return sorted(rows, key=lambda row: (list(kinds).index(row["name"].rpartition(".")[2]), row["language"] != "en"))


def open_quarters() -> list[tuple[date, str]]:
    """Quarters of the grant that are over, have frozen figures and no pack yet; the last first."""
    grant = money.current_grant()
    if grant is None:
        return []
    taken = set(Pack.objects.values_list("quarter", flat=True))
    frozen = set(overview.frozen_days())
    ended = [day for day in quarters(grant.starts_on, grant.ends_on) if day < timezone.localdate()]
    return [(day, quarter_name(day)) for day in reversed(ended) if day in frozen and day not in taken]


def pack_or_404(quarter: str) -> Pack:
    day = day_of(quarter)
    found = Pack.objects.filter(quarter=day).first() if day is not None else None
    if found is None:
        raise Http404
    return found


def day_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
