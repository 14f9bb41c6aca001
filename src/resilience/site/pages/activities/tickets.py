"""A ticket: who holds its token sees the place, takes an offer, gives it back, and later fetches the certificate."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from resilience.people.scopes import within
from resilience.programme import calendars, certificates, evaluation, qr, registration
from resilience.programme.models import EvaluationRequest, Meeting, Registration, RegistrationStatus
from resilience.site.actors import Request
from resilience.site.pages.activities.detail import as_pdf
from resilience.site.pages.activities.shared import nation, tell_errors


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ticket(request: Request, token: str) -> HttpResponse:
    """The ticket's page and its buttons. A link alone changes nothing: mail programs open links by themselves."""
    found = _ticket(token)
    with within(found.activity.organisation):
        if request.method == "POST":
            _act(request, found)
            return redirect("ticket", found.token)
        return _page(request, found)


@require_safe
def code(request: Request, token: str) -> HttpResponse:
    """The token as a QR code: SVG, dark on light whatever the page's colours."""
    found = _ticket(token)
    return HttpResponse(qr.svg(found.token), content_type="image/svg+xml")


@never_cache
@require_safe
def calendar(request: Request, token: str) -> HttpResponse:
    """The activity for a calendar program; called off where the place is gone."""
    found = _ticket(token)
    with within(found.activity.organisation):
        has_place = found.status == RegistrationStatus.CONFIRMED
        text = calendars.calendar(found.activity, timezone.now(), gave_back=not has_place)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.activity.code}.ics"'
    return response


@never_cache
@require_safe
def certificate(request: Request, token: str) -> HttpResponse:
    """The certificate of attendance, if it is earned; else back to the ticket, which says what is lacking."""
    found = _ticket(token)
    with within(found.activity.organisation):
        try:
            made = certificates.issue(found.activity, found.person, timezone.now())
        except ValidationError as error:
            tell_errors(request, error)
            return redirect("ticket", found.token)
        return as_pdf(certificates.paper(made, get_language() or "en"), made.number)


@never_cache
@require_safe
def confirmed(request: Request, certified: str) -> HttpResponse:
    """What a certificate with this number says, for whoever was shown one; and whether it names this person."""
    found = certificates.find(certified)
    if found is None:
        raise Http404
    name = request.GET.get("name", "").strip()[:120]
    with within(found.activity.organisation):
        is_held = certificates.is_held_by(found, name) if name else None
        context = {
            "certificate": found,
            "name": name,
            "is_held": is_held,
            "is_erased": found.person.erased_at is not None,
            "minutes": certificates.hours(found.minutes),
            "cpd": certificates.hours(found.cpd_minutes) if found.cpd_minutes else "",
        }
        return render(request, "activities/certificate.html", context)


def _ticket(token: str) -> Registration:
    found = registration.find(token)
    if found is None:
        raise Http404
    return found


def _act(request: Request, found: Registration) -> None:
    now = timezone.now()
    try:
        if request.POST.get("do") == "cancel":
            registration.cancel(found, now)
            messages.success(request, _("You are not registered any more. Thank you for telling us."))
        elif request.POST.get("do") == "accept":
            was = found.status
            status = registration.accept_offer(found, now).status
            if status == RegistrationStatus.CONFIRMED:
                messages.success(request, _("The place is yours."))
            elif was == RegistrationStatus.OFFERED:
                messages.error(
                    request, _("The time for this offer is over, and the place has gone to the next person.")
                )
        else:
            messages.error(request, _("Nothing was changed: the form asked for something unknown."))
    except ValidationError as error:
        tell_errors(request, error)


def _page(request: Request, found: Registration) -> HttpResponse:
    now = timezone.now()
    activity = found.activity
    is_over = activity.ends_at <= now
    asked = EvaluationRequest.objects.select_related("activity").filter(activity=activity, person=found.person)
    ahead = None
    if found.status == RegistrationStatus.WAITING:
        ahead = registration.ahead_of(found)
    context = {
        "registration": found,
        "activity": activity,
        "meetings": Meeting.objects.filter(activity=activity),
        "nation": nation(activity.region),
        "ahead": ahead,
        "is_over": is_over,
        "is_called_off": activity.status == "cancelled",
        "earned": certificates.earned(activity, found.person, now) if is_over else None,
        "asked": [one for one in asked if evaluation.is_open(one, now)],
    }
    return render(request, "activities/ticket.html", context)
