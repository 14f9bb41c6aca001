"""A session's pages: playing it, its reveal, and the list of one's own."""

from __future__ import annotations

import json
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django_scopes import scopes_disabled

from resilience.records import services as records
from resilience.records.models import Attempt, SessionRecord
from resilience.site import access, catalogue, reveals
from resilience.site.actors import Request
from resilience.training.errors import BadInput


def attempt_or_404(session: str) -> Attempt:
    attempt = access.find_attempt(session)
    if attempt is None:
        raise Http404
    return attempt


@require_safe
def play(request: HttpRequest, session: str) -> HttpResponse:
    """The shell of the client. It shows nothing of the session: the socket asks for the token."""
    attempt = attempt_or_404(session)
    title = catalogue.title_of(attempt.module)
    where = {"reveal": reverse("reveal", args=[session]), "home": reverse("front")}
    return render(request, "play.html", {"attempt": attempt, "title": title, **where})


@require_safe
def reveal(request: HttpRequest, session: str) -> HttpResponse:
    """The debrief: in words for whom the server knows, and the shell in which the client draws it."""
    attempt = attempt_or_404(session)
    seen = access.may_see(cast(Request, request), attempt)
    gone = ""
    told = None
    if seen:
        try:
            told = reveals.reveal(session, request.LANGUAGE_CODE)
        except (reveals.NotReplayableError, BadInput) as error:
            gone = str(error)
    return render(
        request,
        "reveal.html",
        {
            "attempt": attempt,
            "title": catalogue.title_of(attempt.module),
            "mode": catalogue.MODE_NAMES.get(attempt.mode, attempt.mode),
            "seen": seen,
            "told": told,
            "gone": gone,
            "verdict": catalogue.VERDICTS.get(told["outcome"]["verdict"]) if told else None,
            "severities": catalogue.SEVERITIES,
        },
    )


@require_safe
def my(request: HttpRequest) -> HttpResponse:
    """Sessions of the signed-in account, or those begun in this browser."""
    asked = cast(Request, request)
    with scopes_disabled():
        attempts = Attempt.objects.all()
        if asked.actor.account is not None:
            attempts = attempts.filter(subject__account=asked.actor.account)
        else:
            attempts = attempts.filter(session__in=access.begun_here(asked))
        rows = [line(attempt) for attempt in attempts[:200]]
    return render(request, "my.html", {"here": "my", "rows": rows})


def line(attempt: Attempt) -> dict[str, Any]:
    record = records.find(attempt.session)
    return {
        "attempt": attempt,
        "title": catalogue.title_of(attempt.module),
        "mode": catalogue.MODE_NAMES.get(attempt.mode, attempt.mode),
        **(summary(record) if record is not None else {}),
    }


def summary(record: SessionRecord) -> dict[str, Any]:
    """What a list shows of a record."""
    outcome = json.loads(record.outcome)
    counted = dict.fromkeys(catalogue.SEVERITIES, 0)
    for finding in outcome["findings"]:
        counted[finding["severity"]] += 1
    return {
        "record": record,
        "verdict": outcome["verdict"],
        "verdict_name": catalogue.VERDICTS.get(outcome["verdict"], outcome["verdict"]),
        "seconds": outcome["seconds"],
        "counted": counted,
    }


def forbid_unless_seen(request: HttpRequest, attempt: Attempt) -> None:
    if not access.may_see(cast(Request, request), attempt):
        raise PermissionDenied
