"""Every request gets its actor, and every query of a signed-in member the scope of their organisation."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django_scopes import scope

from resilience.people import trail
from resilience.people.permissions import Actor, May
from resilience.people.services import actor_of

Handler = Callable[[HttpRequest], HttpResponse]
View = Callable[..., HttpResponseBase]


class Request(HttpRequest):
    """A request after the middleware below: it knows who is asking."""

    actor: Actor


def actor_and_scope(get_response: Handler) -> Handler:
    def answer(request: HttpRequest) -> HttpResponse:
        actor = actor_of(request.user, request.session.get("organisation"))
        cast(Request, request).actor = actor
        if actor.organisation is None:
            return told_of_refusal(request, actor, get_response(request))
        with scope(organisation=actor.organisation.pk):
            return told_of_refusal(request, actor, get_response(request))

    return answer


def told_of_refusal(request: HttpRequest, actor: Actor, response: HttpResponse) -> HttpResponse:
    """Puts it into the trail that somebody who is signed in asked for what is not theirs.

    The page is named, and a row by its number; a token or an address that stood in the path is not.
    """
    if response.status_code == HTTPStatus.FORBIDDEN and actor.account is not None:
        match = request.resolver_match
        numbers = [str(value) for value in match.kwargs.values() if isinstance(value, int | UUID)] if match else []
        page = ":".join([(match.view_name if match else None) or "unknown page", *numbers])
        trail.add(actor, "was refused", f"page:{page}"[:120], new=request.method)
    return response


def needs(what: May) -> Callable[[View], View]:
    """Lets a view run only for those who may; asks others to sign in, and refuses who is signed in without the role."""

    def around(view: View) -> View:
        @wraps(view)
        def checked(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.actor.account is None:
                return redirect(f"/account/login/?next={request.path}")
            if not request.actor.may(what):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return checked

    return around
