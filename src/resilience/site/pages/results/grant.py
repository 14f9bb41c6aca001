"""The lead's page of the grant: who gives it, how long it runs, each partner's budget, the work packages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from resilience.people.permissions import May
from resilience.programme import money, progress
from resilience.programme.models import Grant
from resilience.site.actors import Request, needs
from resilience.site.pages.results.forms import BudgetForm, GrantForm, PackageForm, refused
from resilience.site.pages.results.shared import done


@require_http_methods(["GET", "HEAD", "POST"])
@needs(May.MANAGE_GRANT)
def grant(request: Request) -> HttpResponse:
    """Three forms: the grant; once it is there, a partner's budget and a work package."""
    found = money.current_grant()
    posted = request.POST.get("form") if request.method == "POST" else None
    forms: dict[str, Any] = {
        "grant": GrantForm(request.POST if posted == "grant" else None, initial=initial(request, found)),
        "budget": BudgetForm(request.POST if posted == "budget" else None, prefix="budget"),
        "package": PackageForm(request.POST if posted == "package" else None, prefix="package"),
    }
    form = forms.get(posted or "")
    if form is not None and form.is_valid() and (found is not None or posted == "grant"):
        try:
            saved(request, found, posted or "", form.cleaned_data)
        except ValidationError as error:
            refused(form, error)
        else:
            done(request, _("Saved."))
            return redirect("money-grant")
    context: dict[str, Any] = {"here": "results", "grant": found, "forms": forms}
    if found is not None:
        today = timezone.localdate()
        context["partners"] = money.partners_money(found, today)
        context["given"] = money.total(partner.budget for partner in context["partners"])
        context["packages"] = progress.progress(found, today)
    return render(request, "results/grant.html", context, status=422 if request.method == "POST" else 200)


def saved(request: Request, found: Grant | None, which: str, given: dict[str, Any]) -> None:
    """Hands one form to its service."""
    if which == "grant":
        money.set_grant(request.actor, **given)
        return
    assert found is not None
    services: dict[str, Callable[..., Any]] = {"budget": money.set_budget, "package": progress.set_work_package}
    services[which](request.actor, found, **given)


def initial(request: Request, found: Grant | None) -> dict[str, Any]:
    if found is None:
        return {"lead": request.actor.organisation}
    names = ("code", "title", "lead", "funder", "starts_on", "ends_on", "total_gbp")
    return {name: getattr(found, name) for name in names}
