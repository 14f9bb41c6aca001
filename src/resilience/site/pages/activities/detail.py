"""One activity of our own: its facts, its meetings, its register, who was there, heads without names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from resilience.people import persons
from resilience.people.models import Contact
from resilience.people.permissions import May
from resilience.people.text import CleanCharField
from resilience.programme import activities, addresses, attendance, certificates
from resilience.programme import registration as places
from resilience.programme.models import (
    Activity,
    Attendance,
    AttendanceSource,
    CheckIn,
    HeadCount,
    HeadCountKind,
    Meeting,
    Registration,
    RegistrationStatus,
)
from resilience.programme.numbers import numbers
from resilience.programme.questions import in_language
from resilience.site import catalogue
from resilience.site.actors import Request, needs
from resilience.site.pages.activities.shared import nation, own_activity, tell_errors

ROWS_ON_A_PAGE = 100


class GuestForm(forms.Form):
    name = CleanCharField(label=gettext_lazy("Name"), max_length=120, widget=forms.TextInput({"autocomplete": "off"}))
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"), required=False, widget=forms.EmailInput({"autocomplete": "off"})
    )


class HeadsForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("How it is known"), choices=HeadCountKind.choices)
    number = forms.IntegerField(label=gettext_lazy("Heads"), min_value=1, max_value=activities.MOST_HEADS)
    year_group = CleanCharField(label=gettext_lazy("Year group"), max_length=24, required=False)
    source = CleanCharField(label=gettext_lazy("Where it is written down"), max_length=200)


class MinutesForm(forms.Form):
    meeting = forms.IntegerField()
    registration = forms.IntegerField()
    minutes = forms.IntegerField(min_value=0, max_value=attendance.MOST_MINUTES, required=False)
    reason = CleanCharField(max_length=200)


@require_safe
@needs(May.SEE_REGISTERS)
def detail(request: Request, code: str) -> HttpResponse:
    """The activity with everything that the role may see of it."""
    return _shown(request, own_activity(code), GuestForm(), HeadsForm())


@require_POST
@needs(May.RUN_ACTIVITIES)
def registered(request: Request, code: str) -> HttpResponse:
    """Gives somebody a place who did not ask on the public page."""
    activity = own_activity(code)
    form = GuestForm(request.POST)
    if not form.is_valid():
        return _shown(request, activity, form, HeadsForm())
    try:
        with transaction.atomic():
            person = persons.meet(
                activity.organisation, form.cleaned_data["name"], form.cleaned_data["email"], timezone.now()
            )
            got = places.register(activity, person, timezone.now(), language=get_language() or "en")
    except ValidationError as error:
        tell_errors(request, error)
    else:
        messages.success(request, _("Registered: %(status)s.") % {"status": got.get_status_display()})
    return redirect("activity", activity.code)


@require_POST
@needs(May.RUN_ACTIVITIES)
def moved(request: Request, code: str, registration: int) -> HttpResponse:
    """Gives a place back for somebody, or moves them on the waiting list."""
    activity = own_activity(code)
    row = Registration.objects.select_related("activity").filter(activity=activity, pk=registration).first()
    if row is None:
        raise Http404
    try:
        if request.POST.get("do") == "cancel":
            places.cancel(row, timezone.now())
            messages.success(request, _("The place is given back."))
        elif request.POST.get("do") in {"earlier", "later"}:
            places.prioritise(row, row.priority + (-1 if request.POST["do"] == "earlier" else 1))
        else:
            messages.error(request, _("Nothing was changed: the form asked for something unknown."))
    except ValidationError as error:
        tell_errors(request, error)
    return redirect("activity", activity.code)


@require_POST
@needs(May.RUN_ACTIVITIES)
def attended(request: Request, code: str) -> HttpResponse:
    """Notes by hand that somebody was at a meeting, or corrects the minutes known."""
    activity = own_activity(code)
    form = MinutesForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give whole minutes, and say how they are known."))
        return redirect("activity", activity.code)
    asked = form.cleaned_data
    meeting = Meeting.objects.select_related("activity").filter(activity=activity, pk=asked["meeting"]).first()
    row = Registration.objects.select_related("person").filter(activity=activity, pk=asked["registration"]).first()
    if meeting is None or row is None:
        raise Http404
    try:
        with transaction.atomic():
            there = attendance.attend(meeting, row.person, None, AttendanceSource.HAND, meeting.starts_at)
            attendance.correct(there, asked["minutes"], request.actor, asked["reason"])
    except ValidationError as error:
        tell_errors(request, error)
    else:
        messages.success(request, _("The attendance is noted."))
    return redirect("activity", activity.code)


@require_POST
@needs(May.RUN_ACTIVITIES)
def heads(request: Request, code: str) -> HttpResponse:
    """Adds a head count, or takes one back."""
    activity = own_activity(code)
    if "remove" in request.POST:
        wanted = request.POST["remove"]
        counted = HeadCount.objects.select_related("activity").filter(
            activity=activity, pk=int(wanted) if wanted.isdecimal() and len(wanted) < 19 else 0
        )
        if (row := counted.first()) is None:
            raise Http404
        try:
            activities.remove_heads(row, request.actor, request.POST.get("reason", ""))
            messages.success(request, _("The count is taken back."))
        except ValidationError as error:
            tell_errors(request, error)
        return redirect("activity", activity.code)
    form = HeadsForm(request.POST)
    if not form.is_valid():
        return _shown(request, activity, GuestForm(), form)
    try:
        activities.count_heads(activity, request.actor, now=timezone.now(), **form.cleaned_data)
    except ValidationError as error:
        tell_errors(request, error)
    else:
        messages.success(request, _("The count is written down."))
    return redirect("activity", activity.code)


@require_safe
@needs(May.SEE_REGISTERS)
def certificate(request: Request, code: str, registration: int) -> HttpResponse:
    """Somebody's certificate of attendance, if it is earned."""
    activity = own_activity(code)
    row = Registration.objects.select_related("person").filter(activity=activity, pk=registration).first()
    if row is None:
        raise Http404
    try:
        made = certificates.issue(activity, row.person, timezone.now())
    except ValidationError as error:
        tell_errors(request, error)
        return redirect("activity", activity.code)
    return as_pdf(certificates.paper(made, get_language() or "en"), made.number)


def as_pdf(paper: bytes, number: str) -> HttpResponse:
    """A certificate as a file to keep."""
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="certificate-{number}.pdf"'
    return response


def _shown(request: Request, activity: Activity, guest: GuestForm, heads: HeadsForm) -> HttpResponse:
    now = timezone.now()
    meetings = list(
        Meeting.objects.filter(activity=activity).annotate(there=Count("attendances")).order_by("starts_at", "pk")
    )
    page = Paginator(_register(activity), ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "here": "programme",
        "area": "activities",
        "activity": activity,
        "nation": nation(activity.region),
        "module": catalogue.title_of(activity.module) if activity.module else "",
        "numbers": numbers([activity])[activity.pk],
        "meetings": meetings,
        "page": page,
        "rows": _rows(activity, page.object_list, meetings),
        "heads": HeadCount.objects.filter(activity=activity),
        "guest_form": guest,
        "heads_form": heads,
        "public_address": addresses.absolute("attend", code=activity.code),
        "is_over": activity.ends_at <= now,
        "may_run": request.actor.may(May.RUN_ACTIVITIES) and activity.status in {"draft", "open"},
    }
    return render(request, "activities/detail.html", context, status=400 if guest.errors or heads.errors else 200)


def _register(activity: Activity) -> Any:
    """Registrations: those with a place, those offered one, those waiting in their order, those who are gone."""
    order = [RegistrationStatus.CONFIRMED, RegistrationStatus.OFFERED, RegistrationStatus.WAITING]
    found = list(Registration.objects.filter(activity=activity).select_related("form"))
    return sorted(found, key=lambda row: order.index(row.status) if row.status in order else len(order))


def _rows(activity: Activity, registrations: Any, meetings: Sequence[Meeting]) -> list[dict[str, Any]]:
    people = [row.person_id for row in registrations]
    contacts = {
        one.person_id: one for one in Contact.objects.filter(organisation=activity.organisation, person__in=people)
    }
    minutes: dict[int, int] = {}
    of = {meeting.pk: meeting for meeting in meetings}
    for there in Attendance.objects.filter(meeting__in=of, person__in=people):
        more = attendance.minutes_of(there, of[there.meeting_id])
        minutes[there.person_id] = minutes.get(there.person_id, 0) + more
    scanned = set(
        CheckIn.objects.filter(meeting__in=of, registration__in=registrations).values_list("registration", flat=True)
    )
    return [
        {
            "registration": row,
            "name": known.name or known.email if (known := contacts.get(row.person_id)) else "",
            "email": known.email if known else "",
            "was_there": row.person_id in minutes,
            "minutes": minutes.get(row.person_id),
            # Nobody is offered what would be refused: minutes from a file or by hand earn no certificate.
            "scanned": row.pk in scanned,
            "answers": _answers(row),
        }
        for row in registrations
    ]


def _answers(row: Registration) -> list[tuple[str, str]]:
    """What was asked and answered, in the words of the version that was asked."""
    asked = row.form.questions if row.form else []
    return [
        (in_language(one["label"], get_language() or "en"), _said(row.answers[one["id"]]))
        for one in asked
        if one["id"] in row.answers
    ]


def _said(answer: Any) -> str:
    if answer is True:
        return _("yes")
    return ", ".join(answer) if isinstance(answer, list) else str(answer)
