"""The door of a meeting: a page that goes on working without a network, its list, and the scans it sends later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from resilience.people.permissions import May
from resilience.programme import doors
from resilience.programme.door_rows import Door, Noted, Scan
from resilience.programme.models import Meeting
from resilience.site.actors import Request, needs
from resilience.site.security import PERMISSIONS


@require_safe
@needs(May.SEE_REGISTERS)
def door(request: Request, meeting: int) -> HttpResponse:
    """The page. It alone may ask for the camera."""
    found = _meeting(meeting)
    context = {
        "here": "programme",
        "area": "activities",
        "meeting": found,
        "activity": found.activity,
        "door": {
            "meeting": found.pk,
            "ends": int(found.ends_at.timestamp() * 1000),
            "csrf": get_token(request),
            "list": reverse("door-list", args=[found.pk]),
            "scans": reverse("door-scans", args=[found.pk]),
            "worker": reverse("door-worker"),
            "words": _words(),
        },
    }
    response = render(request, "activities/door.html", context)
    response["Permissions-Policy"] = PERMISSIONS.replace("camera=()", "camera=(self)")
    return response


@never_cache
@require_safe
@needs(May.SEE_REGISTERS)
def guests(request: Request, meeting: int) -> HttpResponse:
    """Who registered, and who is in: what a device takes along."""
    found = _meeting(meeting)
    listed = [
        {
            "token": guest.token,
            "name": guest.name,
            "status": guest.status,
            "came": _clock(guest.came_at),
            "left": _clock(guest.left_at),
        }
        for guest in doors.guests(found)
    ]
    return JsonResponse({"guests": listed})


@never_cache
@require_POST
@needs(May.SEE_REGISTERS)
def scans(request: Request, meeting: int) -> HttpResponse:
    """Takes scans as JSON and answers each; what was sent before changes nothing.

    {"device", "clock": now by the device, "scans": [{"token", "nonce", "at", "leaving"}]}, times in milliseconds since
    1970 as a browser's clock gives them. Answers {"answers": [{"nonce", "answer", "at", "name"}]}.
    """
    found = _meeting(meeting)
    try:
        noted = read(request.body, timezone.now())
    except UnreadableError as error:
        return JsonResponse(
            {"what": _("These scans could not be read: load the page again."), "why": str(error)[:200]}, status=400
        )
    [said] = answer(doors.at(found), [noted])
    return said


@never_cache
@require_safe
def worker(request: Request) -> HttpResponse:
    """The service worker. It stands below /door/ because a worker governs only what lies beside and below it."""
    return HttpResponse(_worker(), content_type="text/javascript; charset=utf-8")


@cache
def _worker() -> bytes:
    return (Path(settings.STATIC_SOURCES[""]) / "site" / "activities-door-worker.js").read_bytes()


def _meeting(meeting: int) -> Meeting:
    found = Meeting.objects.select_related("activity__organisation").filter(pk=meeting).first()
    if found is None:
        raise Http404
    return found


class UnreadableError(ValueError):
    """What was sent is not what the door's page sends."""


def read(body: bytes, now: datetime) -> list[Noted]:
    """The scans in the body of a request. Raises UnreadableError."""
    try:
        sent: dict[str, Any] = orjson.loads(body)
        if not isinstance(sent["scans"], list) or len(sent["scans"]) > doors.MOST_SCANS_AT_ONCE:
            raise ValueError(f"at most {doors.MOST_SCANS_AT_ONCE} scans at once")
        scans = [
            Scan(
                token=str(one["token"])[:200],
                nonce=str(one["nonce"]),
                scanned_at=_moment(one["at"]),
                leaving=one.get("leaving") is True,
            )
            for one in sent["scans"]
        ]
        return doors.noted(scans, str(sent.get("device", "")), _moment(sent["clock"]), now)
    except (ValueError, KeyError, TypeError, OverflowError) as error:
        raise UnreadableError(str(error)) from None


def answer(found: Door, sendings: Sequence[Sequence[Noted]]) -> list[JsonResponse]:
    """Notes what was sent to a door, in one transaction, and answers each sending."""
    answers = doors.note(found, [scan for sending in sendings for scan in sending])
    said = iter(
        {
            "nonce": one.nonce,
            "answer": one.answer.value,
            "at": _clock(one.at),
            "name": one.ticket.name if one.ticket else "",
        }
        for one in answers
    )
    return [JsonResponse({"answers": list(islice(said, len(sending)))}) for sending in sendings]


def _moment(milliseconds: Any) -> datetime:
    if not isinstance(milliseconds, int | float) or isinstance(milliseconds, bool):
        raise TypeError("a time is a number of milliseconds since 1970")
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def _clock(at: datetime | None) -> str:
    return timezone.localtime(at).strftime("%H:%M") if at else ""


def _words() -> dict[str, str]:
    """What the page's script says. %n is a name or number, %t a time of day."""
    return {
        "in": _("%n is in."),
        "already": _("%n is already in, since %t."),
        "left": _("%n has left."),
        "no-place": _("%n has no place: the coordinator can give one."),
        "unknown": _("This ticket is not of this activity."),
        "not-now": _("This meeting is not now: nothing was noted."),
        "broken": _("This scan could not be read. Scan again."),
        "noted": _("%n is noted. It is sent when there is a network."),
        "noted-already": _("%n was noted already, at %t."),
        "online": _("Connected. Everything is sent."),
        "waiting": _("Scans waiting to be sent: %n."),
        "offline": _("No network. Go on: scans are kept on this device."),
        "signed-out": _("You are signed out. Scans are kept: sign in again and come back to this page."),
        "since": _("in since %t"),
        "has-left": _("left at %t"),
        "check-in": _("Check in"),
        "check-out": _("Check out"),
        "somebody": _("The holder of this ticket"),
        "no-camera": _("The camera cannot be used: %n"),
        "kept": _("noted here"),
        "nobody": _("Nobody on the list fits."),
        "forgotten": _("The list is removed from this device."),
        "not-forgotten": _("Connect first: scans not sent yet: %n."),
    }
