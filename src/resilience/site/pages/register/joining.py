"""Two entries that are one organisation: pairs that look like it, and making one of two."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from resilience.people import register
from resilience.people.apart import tell_apart
from resilience.people.permissions import May
from resilience.site.actors import Request, needs
from resilience.site.pages.register.organisations import refuse_unless_may
from resilience.site.pages.register.shared import ReasonForm, known_organisation, posted


@require_safe
@needs(May.MANAGE_ORGANISATIONS)
def alike(request: Request) -> HttpResponse:
    context = {"here": "programme", "area": "organisations", "pairs": register.suggestions()}
    return render(request, "register/organisations_alike.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(May.MANAGE_ORGANISATIONS)
def joined(request: Request, organisation: UUID, other: UUID) -> HttpResponse:
    """Shows both and asks for a reason; `organisation` is the one that stays."""
    kept, gone = known_organisation(organisation), known_organisation(other)
    form = ReasonForm(posted(request))
    if request.method == "POST":
        refuse_unless_may(request, kept)
        refuse_unless_may(request, gone)
        if form.is_valid():
            try:
                register.join(kept, gone, request.actor, form.cleaned_data["reason"], timezone.now())
            except register.CannotJoinError:
                form.add_error(
                    None,
                    _("%(organisation)s has accounts of its own, or the two are one already. Keep that one instead.")
                    % {"organisation": gone},
                )
            else:
                messages.success(request, _("The two are one organisation now, under both names."))
                return redirect("organisation", organisation)
    context = {"here": "programme", "area": "organisations", "organisations": [kept, gone], "form": form}
    return render(request, "register/join.html", context, status=422 if form.is_bound else 200)


@require_POST
@needs(May.MANAGE_ORGANISATIONS)
def apart(request: Request, organisation: UUID, other: UUID) -> HttpResponse:
    """Keeps that these are two organisations: they are not proposed again."""
    tell_apart(known_organisation(organisation).pk, known_organisation(other).pk, request.actor, timezone.now())
    messages.success(request, _("They are two organisations. This pair is not shown again."))
    return redirect("organisations-alike")
