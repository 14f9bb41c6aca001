"""A pupil's pages: type the code, play, say whether it made a career more interesting, done. No account, no name.

The only thing a browser keeps is a random token in a cookie for these pages, gone when the browser closes. The server's
session store is not touched: it would outlive the class.
"""

from __future__ import annotations

import secrets
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from resilience.programme import outreach
from resilience.programme.models import ClassDevice
from resilience.site import catalogue, live
from resilience.site.sessions import LARGEST_DRAWN_SEED

COOKIE = "class"
MODE = "guided"


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, join_code: str = "") -> HttpResponse:
    """Where the code is typed, or already stands in the address that a QR code holds."""
    code, problem = join_code, ""
    if request.method == "POST":
        code = request.POST.get("code", "")[:20]
        try:
            _group, token = outreach.join(code, timezone.now())
        except outreach.ClosedClassError:
            problem = _("This code opens no class. Look at it again, or ask whoever leads the class.")
        except outreach.FullClassError:
            problem = _("This class has all the devices it can have. Tell whoever leads it.")
        else:
            response = redirect("class-here")
            response.set_cookie(
                COOKIE,
                token,
                path="/class",
                httponly=True,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )
            return response
    return render(request, "outreach/join.html", {"code": code, "problem": problem}, status=422 if problem else 200)


def device_of(request: HttpRequest) -> ClassDevice | None:
    token = request.COOKIES.get(COOKIE, "")
    return outreach.device_of(token, timezone.now()) if token else None


@require_safe
def here(request: HttpRequest) -> HttpResponse:
    """Where the device stands: what comes next, or the end."""
    device = device_of(request)
    if device is None:
        return redirect("join")
    return shown(request, device)


def shown(request: HttpRequest, device: ClassDevice, problem: str = "", status: int = 200) -> HttpResponse:
    module = outreach.next_module(device)
    return render(
        request,
        "outreach/here.html",
        {
            "device": device,
            "card": catalogue.find(module) if module else None,
            "place": device.place + 1,
            "of": len(device.group.modules),
            "last": device.place + 1 >= len(device.group.modules),
            "points": range(1, outreach.POINTS + 1),
            "when": "before" if module else "after",
            "chosen": device.interest_before if module else device.interest_after,
            "asks": device.place == 0 or module is None,
            "problem": problem,
        },
        status=status,
    )


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begins the next module on this device. The session is judged and told, and nothing of it is recorded."""
    device = device_of(request)
    if device is None:
        return redirect("join")
    card = catalogue.find(outreach.next_module(device) or "")
    if card is None:
        return redirect("class-here")
    language = card.spoken(request.LANGUAGE_CODE)
    mode = MODE if MODE in [offered.id for offered in card.modes] else card.modes[0].id
    seed = secrets.randbelow(LARGEST_DRAWN_SEED) + 1
    try:
        session, token = live.create(card.id, mode, seed, language, kept=False)
    except live.ClassroomClosedError:
        return shown(request, device, _("No session can begin now. Wait a minute and try again."), 503)
    live.forget(outreach.play(device, session))
    return HttpResponseRedirect(f"{reverse('class-play', args=[session])}#{token}")


@require_safe
def play(request: HttpRequest, session: UUID) -> HttpResponse:
    """The shell of the client, for the device that plays this session."""
    device = device_of(request)
    if device is None:
        return redirect("join")
    module = outreach.next_module(device)
    if device.session != str(session) or module is None:
        return redirect("class-here")
    card = catalogue.find(module)
    if card is None:
        raise Http404
    language = card.spoken(request.LANGUAGE_CODE)
    attempt = {"session": str(session), "module": module, "mode": MODE, "language": language}
    where = reverse("class-here")
    return render(request, "play.html", {"attempt": attempt, "title": card.title, "reveal": where, "home": where})


@require_POST
def skip(request: HttpRequest) -> HttpResponse:
    """Goes on to the next module."""
    device = device_of(request)
    if device is not None:
        live.forget(outreach.skip(device))
    return redirect("class-here")


@require_POST
def interest(request: HttpRequest) -> HttpResponse:
    """The one question, before and after: how interesting a career in making medicines is."""
    device = device_of(request)
    if device is None:
        return redirect("join")
    when: outreach.When = "after" if outreach.next_module(device) is None else "before"
    points = request.POST.get("points", "")
    try:
        outreach.tell_interest(device, when, int(points) if points.isdecimal() and len(points) < 3 else 0)
    except ValidationError as error:
        return shown(request, device, error.messages[0], 422)
    return redirect("class-here")
