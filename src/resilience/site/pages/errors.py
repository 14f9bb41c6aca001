"""Pages for what went wrong: what happened, and what to do now. The machine API gets the same as JSON."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader
from django.utils.translation import gettext as _


def error_page(request: HttpRequest, status: int, title: str, advice: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse({"what": title, "where": request.path, "fix": advice}, status=status)
    body = loader.render_to_string("error.html", {"status": status, "title": title, "advice": advice}, request)
    return HttpResponse(body, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(
        request, 400, _("This request could not be understood"), _("Go back to the first page and try again.")
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(
        request,
        403,
        _("This is not yours to see"),
        _("Sign in with an account that may see it, or ask an administrator of your organisation for the role."),
    )


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return error_page(
        request,
        403,
        _("The form was too old to be accepted"),
        _("Go back, load the page again and send the form once more. Cookies must be allowed for this site."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(
        request,
        404,
        _("There is nothing here"),
        _("The address may be mistyped, or what was here has been removed. The first page leads everywhere."),
    )


def too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    response = error_page(
        request,
        429,
        _("Too many requests from your network"),
        _("Wait %(seconds)s seconds, then load the page again. Nothing was lost.") % {"seconds": seconds},
    )
    response["Retry-After"] = str(seconds)
    return response


def broken(request: HttpRequest, *_args: Any) -> HttpResponse:
    return error_page(
        request,
        500,
        _("Something broke on our side"),
        _("Sessions in progress are kept. Try again in a minute. If it stays, tell whoever runs this server."),
    )
