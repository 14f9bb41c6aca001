"""The trail of the actor's organisation."""

from __future__ import annotations

import json
from datetime import UTC
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from resilience.people.models import Account, Role, TrailEntry
from resilience.people.permissions import May
from resilience.site.actors import Request, needs
from resilience.site.pages.register.shared import paged


@require_safe
@needs(May.SEE_TRAIL)
def listed(request: Request) -> HttpResponse:
    """What was done by the organisation's people and what they were refused, the newest first."""
    assert request.actor.organisation is not None
    about = request.GET.get("about", "").strip()[:120]
    found = TrailEntry.objects.filter(organisation_ref=request.actor.organisation.pk)
    if about:
        found = found.filter(about=about)
    page = paged(request, found)
    entries = list(page)
    # Names are looked up for the reader and stand nowhere in the trail.
    names = {
        str(account.pk): str(account)
        for account in Account.objects.filter(pk__in={entry.actor_ref for entry in entries if entry.actor_ref})
    }
    rows = [
        (
            entry,
            f"{entry.at.astimezone(UTC):%Y-%m-%d %H:%M:%S}",
            names.get(entry.actor_ref, ""),
            role(entry.role),
            shown(entry.old),
            shown(entry.new),
        )
        for entry in entries
    ]
    return render(request, "register/trail.html", {"here": "people", "rows": rows, "page": page, "about": about})


def role(value: str) -> str:
    return str(Role(value).label) if value in Role.values else ""


def shown(value: Any) -> str:
    """A value of the trail in one line."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
