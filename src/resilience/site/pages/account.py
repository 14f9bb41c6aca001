"""One's own account: who one is here, and in which organisation one is acting."""

from __future__ import annotations

from typing import cast

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from resilience.people.services import memberships_of
from resilience.site.actors import Request


@require_safe
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    account = cast(Request, request).actor.account
    assert account is not None
    return render(
        request,
        "account_overview.html",
        {"here": "account", "memberships": memberships_of(account), "two_factors": is_mfa_enabled(account)},
    )


@require_POST
@login_required
def organisation(request: HttpRequest) -> HttpResponse:
    """Chooses the organisation to act in; one that is not theirs is not taken up by the middleware."""
    request.session["organisation"] = request.POST.get("organisation", "")
    return redirect("account")
