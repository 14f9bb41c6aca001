"""Calls: the list, opening one, the ranking by number, selecting."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from resilience.people.models import Contact
from resilience.people.permissions import May
from resilience.people.text import CleanCharField
from resilience.programme.leadership import calls
from resilience.programme.models import Application, Call, Cohort
from resilience.programme.models.activities import CODE
from resilience.site.actors import Request, needs


class CallForm(forms.Form):
    code = CleanCharField(
        label=gettext_lazy("Code"),
        max_length=24,
        validators=[CODE],
        help_text=gettext_lazy("Stands in the address people apply at, such as LEAD-2026."),
    )
    title = CleanCharField(label=gettext_lazy("Title"), max_length=120)
    opens = forms.DateField(label=gettext_lazy("Opens on"), widget=forms.DateInput({"type": "date"}))
    closes = forms.DateField(label=gettext_lazy("Closes at the end of"), widget=forms.DateInput({"type": "date"}))
    places = forms.IntegerField(label=gettext_lazy("Places"), min_value=1, max_value=500)
    reviews_needed = forms.IntegerField(
        label=gettext_lazy("Reviews for each application"), min_value=1, max_value=5, initial=2
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(May.REVIEW_APPLICATIONS)
def listed(request: Request) -> HttpResponse:
    """The organisation's calls, and for those who run them the form that opens one."""
    form = CallForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not request.actor.may(May.RUN_LEADERSHIP):
            raise PermissionDenied
        if form.is_valid() and (call := opened(request, form)) is not None:
            messages.success(request, _("The call is made. Its address for applicants is on this page."))
            return redirect("call", call.code)
    now = timezone.now()
    rows = [
        {
            "call": call,
            "open": calls.is_open(call, now),
            "to_come": now < call.opens_at,
            "applications": Application.objects.filter(call=call).exclude(status="withdrawn").count(),
            "waiting": len(calls.to_review(call, request.actor.account)) if request.actor.account else 0,
        }
        for call in Call.objects.all()[:100]
    ]
    context = {"here": "programme", "area": "calls", "rows": rows, "form": form}
    return render(request, "leadership/calls.html", context, status=422 if form.errors else 200)


def opened(request: Request, form: CallForm) -> Call | None:
    asked = form.cleaned_data
    assert request.actor.organisation is not None
    try:
        return calls.open_call(
            request.actor.organisation,
            request.actor,
            code=asked["code"],
            title=asked["title"],
            opens_at=midnight(asked["opens"]),
            closes_at=timezone.make_aware(datetime.combine(asked["closes"], time.max)),
            places=asked["places"],
            reviews_needed=asked["reviews_needed"],
        )
    except ValidationError as error:
        of_form = {"closes_at": "closes", "opens_at": "opens"}
        for field, said in error.message_dict.items():
            form.add_error(of_form.get(field, field), said)
    return None


def midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


@require_safe
@needs(May.RUN_LEADERSHIP)
def detail(request: Request, call: str) -> HttpResponse:
    """The ranking by number; with names once all are decided."""
    found = call_or_404(call)
    decided = calls.is_decided(found)
    ranked = calls.ranking(found)
    known: dict[int, str] = {}
    if decided:
        people = [one.application.person_id for one in ranked]
        known = {contact.person_id: str(contact) for contact in Contact.objects.filter(person__in=people)}
    now = timezone.now()
    return render(
        request,
        "leadership/call.html",
        {
            "here": "programme",
            "area": "calls",
            "call": found,
            "open": calls.is_open(found, now),
            "to_come": now < found.opens_at,
            "decided": decided,
            "rows": [(one, known.get(one.application.person_id, "")) for one in ranked],
            "lacking": sum(one.reviews < found.reviews_needed for one in ranked),
            "address": request.build_absolute_uri(reverse("apply", args=[found.code])),
            "cohorts": Cohort.objects.filter(call=found).select_related("activity"),
            "may_select": not calls.is_open(found, now) and now >= found.opens_at and bool(ranked),
        },
    )


@require_POST
@needs(May.RUN_LEADERSHIP)
def selected(request: Request, call: str) -> HttpResponse:
    """Decides all applications at once, by number."""
    found = call_or_404(call)
    decisions = {
        name.removeprefix("decision-"): value
        for name, value in request.POST.items()
        if name.startswith("decision-") and isinstance(value, str)
    }
    try:
        calls.select(
            found,
            [number for number, value in decisions.items() if value == "selected"],
            [number for number, value in decisions.items() if value == "reserve"],
            request.actor,
            timezone.now(),
        )
        messages.success(request, _("All are decided, and letters to them are in the outbox."))
    except ValidationError as error:
        for said in error.messages:
            messages.error(request, said)
    return redirect("call", found.code)


@require_POST
@needs(May.RUN_LEADERSHIP)
def withdrawn(request: Request, call: str) -> HttpResponse:
    """Takes an application back for whoever asked for it, by the number in their letter."""
    found = call_or_404(call)
    try:
        calls.withdraw(found, request.POST.get("number", "")[:24], request.actor, timezone.now())
        messages.success(request, _("The application is taken back."))
    except ValidationError as error:
        for said in error.messages:
            messages.error(request, said)
    return redirect("call", found.code)


def call_or_404(code: str) -> Call:
    found: Call | None = Call.objects.filter(code=code).select_related("organisation").first()
    if found is None:
        raise Http404
    return found
