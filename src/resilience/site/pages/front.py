"""The first page, and the button on it."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from resilience.records.models import Purpose
from resilience.site import catalogue, live, sessions
from resilience.site.actors import Request
from resilience.training.errors import BadInput

TRY_NOW = ("aseptic-filling", "guided")


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    context = {"modules": catalogue.catalogue(), "first": catalogue.find(TRY_NOW[0]), "purposes": Purpose.choices}
    return render(request, "front.html", context)


@require_POST
def try_(request: HttpRequest) -> HttpResponse:
    """Begins a session and goes there; without fields, the one that the big button means."""
    module = request.POST.get("module") or TRY_NOW[0]
    mode = request.POST.get("mode") or TRY_NOW[1]
    seed = request.POST.get("seed", "")
    number = int(seed) if seed.isdecimal() else None
    try:
        begun = sessions.begin(cast(Request, request), module, mode, number, None, request.POST.get("purpose", ""))
    except BadInput as error:
        messages.error(request, str(error))
        return redirect("front")
    except live.ClassroomClosedError:
        messages.error(request, _("No session can begin now. Wait a minute and try again."))
        return redirect("front")
    return HttpResponseRedirect(begun.play)
