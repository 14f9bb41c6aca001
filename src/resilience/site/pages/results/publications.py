"""Sentences with a figure in them: written, checked against their base, approved, withdrawn; and the public page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from resilience.people.permissions import May
from resilience.results import publications
from resilience.results.definitions import shelf
from resilience.results.models import Publication, Snapshot
from resilience.results.reachable import Reach, reach
from resilience.site.actors import Request, needs
from resilience.site.pages.results.figures import about, snapshot_or_404
from resilience.site.pages.results.forms import PublicationForm
from resilience.site.pages.results.shared import done, figure
from resilience.training.errors import BadInput


@require_safe
def published(request: Request) -> HttpResponse:
    """The public page: what was approved, each figure with its method one click away. Nobody signs in for it."""
    context = {"here": "", "rows": [told(found) for found in publications.published()]}
    return render(request, "results/published.html", context)


@require_safe
def method(request: Request, publication: int) -> HttpResponse:
    """How a public figure was counted: definition, base, response, partners, check. No row, no activity."""
    found = Publication.objects.select_related("snapshot").filter(pk=publication).first()
    if found is None or found.approved_at is None:
        raise Http404
    context = {"here": "", **about(found.snapshot), **told(found), "check": checked(found)}
    return render(request, "results/method.html", context)


@require_safe
@needs(May.SEE_RESULTS)
def listed(request: Request) -> HttpResponse:
    """Every publication: waiting, standing, withdrawn. Those who only read see what was approved."""
    rows = Publication.objects.select_related("snapshot").defer("snapshot__rows").order_by("-pk")
    if not request.actor.may(May.FREEZE_RESULTS):
        rows = rows.filter(approved_at__isnull=False)
    context = {"here": "results", "rows": [told(found) for found in rows]}
    return render(request, "results/publications.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(May.FREEZE_RESULTS)
def new(request: Request, snapshot: int) -> HttpResponse:
    """A sentence for a figure."""
    found = snapshot_or_404(snapshot)
    context = {"here": "results", **about(found)}
    form = PublicationForm(request.POST or None, initial={"printed": context["figure"]})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        text = {"en": given["text_en"], "cy": given["text_cy"]}
        try:
            made = publications.draft(found, text, given["printed"], request.actor, timezone.now())
        except publications.UnsupportedError as error:
            for language, said in error.objections.items():
                form.add_error(f"text_{language}", said)
        except BadInput as error:
            field, words = drafting_error(error)
            form.add_error(field, words)
        else:
            done(request, _("The sentence waits for approval."))
            return redirect("results-publication", made.pk)
    context["form"] = form
    return render(request, "results/publication_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(May.SEE_RESULTS)
def detail(request: Request, publication: int) -> HttpResponse:
    """One publication, its check in words; the lead approves and withdraws."""
    found = Publication.objects.select_related("snapshot").filter(pk=publication).first()
    may_decide = request.actor.may(May.FREEZE_RESULTS)
    if found is None or (found.approved_at is None and not may_decide):
        raise Http404
    refusal = ""
    if request.method == "POST":
        if not may_decide:
            raise PermissionDenied
        refusal = decide(request, found)
        if not refusal:
            return redirect("results-publication", found.pk)
        found.refresh_from_db()
    context = {"here": "results", **about(found.snapshot), **told(found), "check": checked(found), "refusal": refusal}
    return render(request, "results/publication.html", context, status=422 if refusal else 200)


def decide(request: Request, found: Publication) -> str:
    """Approves or withdraws; returns why not, in words, or nothing."""
    now = timezone.now()
    if request.POST.get("do") == "approve":
        try:
            publications.approve(found, request.actor, now)
        except publications.UnreachableError as error:
            return in_words(error.reach)
        except publications.UnsupportedError as error:
            return " ".join(in_language(error.objections))
        except BadInput as error:
            if error.where == "publication":
                return _("It was approved or withdrawn before: write another.")
            return _("The printed figure is not the one of the snapshot: it has %(value)s.") % {
                "value": about(found.snapshot)["figure"]
            }
        done(request, _("It stands on the public page now."))
        return ""
    if request.POST.get("do") == "withdraw":
        try:
            publications.withdraw(found, request.actor, request.POST.get("reason", ""), now)
        except BadInput:
            return _("Say why the figure no longer stands: the trail keeps the reason.")
        done(request, _("It is withdrawn from the public page."))
        return ""
    return _("Nothing was changed: the form asked for something unknown.")


def told(found: Publication) -> dict[str, Any]:
    """A publication in the reader's language."""
    language = (get_language() or "en")[:2]
    held: Snapshot = found.snapshot
    indicator = shelf().version(held.indicator, held.version)
    text = found.text.get(language, found.text["en"])
    before, _figure, after = text.partition(found.printed)
    return {
        "publication": found,
        "snapshot": held,
        "text": text,
        "before": before,
        "after": after,
        "title": indicator.title[language],
        "figure": figure(held.value, indicator),
        "unsupported": in_language(publications.unsupported(found.text, held)),
    }


def in_language(objections: Mapping[str, list[str]]) -> list[str]:
    """What stands against a sentence, in the reader's language where it was said in it."""
    language = (get_language() or "en")[:2]
    return objections.get(language) or next(iter(objections.values()), [])


def checked(found: Publication) -> tuple[bool, str] | None:
    """Whether the printed percentage can come from its base, and that in words; None for what is no percentage."""
    held = found.snapshot
    if shelf().version(held.indicator, held.version).unit != "percent" or not held.denominator:
        return None
    try:
        answer = reach(found.printed, int(held.denominator))
    except BadInput:
        return None
    return answer.ok, in_words(answer)


def in_words(found: Reach) -> str:
    """The answer of the check as a sentence."""
    if found.ok:
        return _("%(printed)s can come from %(base)s: %(counts)s of %(base)s is printed so.") % {
            "printed": found.printed,
            "base": found.base,
            "counts": f" {_('or')} ".join(str(count) for count in found.counts),
        }
    near = [
        _("%(count)s of %(base)s is %(percent)s %%") % {"count": one.count, "base": found.base, "percent": one.percent}
        for one in (found.below, found.above)
        if one is not None
    ]
    return _("%(printed)s cannot come from %(base)s: %(near)s.") % {
        "printed": found.printed,
        "base": found.base,
        "near": ", ".join(near),
    }


def drafting_error(error: BadInput) -> tuple[str | None, str]:
    """The field that a refusal belongs to, and what to do."""
    if error.where in publications.LANGUAGES:
        return f"text_{error.where}", _("Write the figure into the sentence exactly as it is printed.")
    return "printed", _("Write the figure as in 66 %, 65.8 % or 1,200.")
