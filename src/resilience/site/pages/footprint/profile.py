"""What an organisation says of its physical training."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from resilience.footprint import FootprintError, label
from resilience.people.models import Organisation
from resilience.people.permissions import May
from resilience.results import footprint_sites
from resilience.results.footprint_sites import Answers, Part
from resilience.site.actors import Request, needs
from resilience.site.pages.footprint.forms import PARTS, ProfileForm, run_name
from resilience.site.pages.footprint.telling import language

HERE = {"here": "programme", "area": "footprint"}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(May.MANAGE_FOOTPRINT)
def profile(request: Request) -> HttpResponse:
    """The answers, the first question first, and the lists of records, comparisons and trips."""
    here = organisation_of(request)
    answers = footprint_sites.answers_of(here)
    form = ProfileForm(
        request.POST if request.method == "POST" else None, before=answers, year=timezone.localdate().year
    )
    if request.method == "POST" and form.is_valid():
        try:
            footprint_sites.change(here, form.told(), request.actor, timezone.now())
        except FootprintError as error:
            form.add_error(None, in_words(error))
        else:
            messages.success(request, _("The profile is kept."))
            return redirect("footprint-site")
    context = {
        **HERE,
        "form": form,
        "runs": form.group("runs_"),
        "fixed": form.group("fixed_"),
        "headsets": form.group("headsets_"),
        "lists": lists(answers),
    }
    return render(request, "footprint/site.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(May.MANAGE_FOOTPRINT)
def added(request: Request, part: str) -> HttpResponse:
    """One more record, comparison or kind of trip."""
    here = organisation_of(request)
    if part not in PARTS:
        raise Http404
    if footprint_sites.answers_of(here) is None:
        messages.error(request, _("Answer the first question before: are garments thrown away or washed?"))
        return redirect("footprint-site")
    form = PARTS[part](request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and keep(request, here, cast(Part, part), form):
        return redirect("footprint-site")
    context = {**HERE, "form": form, "title": title_of(part)}
    return render(request, "footprint/site_add.html", context, status=422 if form.errors else 200)


@require_POST
@needs(May.MANAGE_FOOTPRINT)
def removed(request: Request, part: str, index: int) -> HttpResponse:
    """Takes an entry out of its list."""
    if part not in PARTS:
        raise Http404
    try:
        footprint_sites.remove(organisation_of(request), cast(Part, part), index, request.actor, timezone.now())
    except FootprintError:
        messages.error(request, _("There is no such entry any more: look at the list again."))
    else:
        messages.success(request, _("The entry is taken out."))
    return redirect("footprint-site")


def keep(request: Request, here: Organisation, part: Part, form: Form) -> bool:
    """Whether the entry could be kept; else the form says why not."""
    try:
        footprint_sites.add(here, part, form.entry(), request.actor, timezone.now())  # type: ignore[attr-defined]
    except FootprintError as error:
        form.add_error(None, in_words(error))
        return False
    messages.success(request, _("The entry is kept."))
    return True


def organisation_of(request: Request) -> Organisation:
    assert request.actor.organisation is not None
    return request.actor.organisation


def in_words(error: FootprintError) -> str:
    return _("This does not hold together: %(what)s (%(where)s).") % {"what": error.what, "where": error.where}


def title_of(part: str) -> str:
    titles = {
        "records": _("Purchase and waste records"),
        "comparisons": _("Physical runs before and after"),
        "hub_travel": _("Travel to hubs"),
    }
    return titles[part]


def lists(answers: Answers | None) -> list[dict[str, Any]]:
    """Each list with its entries as sentences."""
    found = []
    for part in PARTS:
        held: Any = () if answers is None else answers.hub_travel
        if answers is not None and part != "hub_travel":
            held = getattr(answers.profile, part)
        found.append({"part": part, "title": title_of(part), "entries": [sentence(part, entry) for entry in held]})
    return found


def sentence(part: str, entry: Any) -> str:
    if part == "records":
        return _("%(line)s: %(quantity)s a run, %(waste)s kg of waste and GBP %(price)s a unit (%(document)s)") % {
            "line": label(f"{entry.run}/{entry.line}", language()),
            "quantity": f"{entry.quantity.value:g}",
            "waste": f"{entry.waste_kg_per_unit:g}",
            "price": f"{entry.price_gbp.value:g}",
            "document": entry.quantity.document,
        }
    if part == "comparisons":
        return _("%(run)s: %(before)s practice runs before, %(after)s after (%(document)s)") % {
            "run": run_name(entry.run),
            "before": f"{entry.runs_before:g}",
            "after": f"{entry.runs_after:g}",
            "document": entry.document,
        }
    return _("%(year)s: %(reason)s, %(trips)s trips of %(km)s km") % {
        "year": entry.year,
        "reason": entry.reason,
        "trips": entry.trips,
        "km": f"{entry.km:g}",
    }
