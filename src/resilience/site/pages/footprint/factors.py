"""Official conversion factors: bring a workbook in, see what it changes, adopt it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from resilience.footprint import FootprintError
from resilience.people.permissions import May
from resilience.results import footprint_factors
from resilience.results.models import FactorEdition
from resilience.site.actors import Request, needs
from resilience.site.pages.footprint.telling import namer
from resilience.site.uploads import LimitedUpload, declares_too_much

LARGEST_WORKBOOK = 20 * 1024 * 1024
HERE = {"here": "programme", "area": "footprint"}


@require_safe
@needs(May.SEE_FOOTPRINT)
def listed(request: Request) -> HttpResponse:
    """The editions that count, and the form that reads another."""
    return page(request)


# The file must not be read before its limit is set: the token is asked for within.
@csrf_exempt
@require_POST
@needs(May.ADOPT_FACTORS)
def uploaded(request: Request) -> HttpResponse:
    """Reads a workbook and goes on to what it would change. One that is too large is refused before it is read."""
    if declares_too_much(request):
        return page(request, too_large(), 413)
    limit = LimitedUpload(request)
    request.upload_handlers = [limit]
    return taken(request, limit)


@csrf_protect
def taken(request: Request, limit: LimitedUpload) -> HttpResponse:
    file = request.FILES.get("file")
    if limit.too_large or (file is not None and (file.size or 0) > LARGEST_WORKBOOK):
        return page(request, too_large(), 413)
    if file is None:
        return page(request, _("Choose the workbook."), 422)
    try:
        made = footprint_factors.read(file.read(), file.name or "", timezone.now())
    except FootprintError as error:
        told = _("This workbook cannot be taken: %(what)s (%(where)s). Nothing was changed.")
        return page(request, told % {"what": error.what, "where": error.where}, 422)
    return redirect("footprint-edition", made.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(May.SEE_FOOTPRINT)
def detail(request: Request, number: int) -> HttpResponse:
    """What a workbook changes, row by row; whoever keeps the factors adopts it."""
    found = FactorEdition.objects.filter(pk=number).first()
    if found is None:
        raise Http404
    proposal = footprint_factors.proposal_of(found)
    refusal = ""
    if request.method == "POST":
        if not request.actor.may(May.ADOPT_FACTORS):
            raise PermissionDenied
        without = proposal.missing if request.POST.get("without") else ()
        try:
            footprint_factors.take(found, tuple(without), request.actor, timezone.now())
        except FootprintError as error:
            refusal = f"{error.what}. {error.fix}"
        else:
            messages.success(request, _("The factors count from now on."))
            return redirect("footprint-edition", number)
    name_of = namer()
    context = {
        **HERE,
        "edition": found,
        "changes": [
            {"change": one, "name": name_of(one.id), "percent": 100 * one.relative} for one in proposal.changes
        ],
        "missing": [(name_of(series), where) for series, where in proposal.missing.items()],
        "refusal": refusal,
    }
    return render(request, "footprint/edition.html", context, status=422 if refusal else 200)


def page(request: Request, problem: str = "", status: int = 200) -> HttpResponse:
    waiting = FactorEdition.objects.filter(adopted_at=None).first()
    context = {**HERE, "editions": footprint_factors.adopted(), "waiting": waiting, "problem": problem}
    return render(request, "footprint/factors.html", context, status=status)


def too_large() -> str:
    return _("This file is larger than 20 MB: take the workbook as it is published.")
