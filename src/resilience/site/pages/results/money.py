"""Money and progress: what each partner may spend, forecasts and spent; work packages, risks and changes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from resilience.people.models import Organisation
from resilience.people.permissions import May
from resilience.programme import money, progress
from resilience.programme.models import Grant, ProgrammeChange, Risk, WorkPackage
from resilience.programme.quarters import quarter_end, quarter_start
from resilience.site.actors import Request, needs
from resilience.site.pages.results.forms import ChangeForm, RiskForm, SpendForm, StandingForm, WeightForm, refused
from resilience.site.pages.results.shared import chosen_quarter, done, money_words, quarter_name, seen, table_file

AROUND = ["GET", "HEAD", "POST"]


@require_safe
@needs(May.SEE_RESULTS)
def overview(request: Request) -> HttpResponse:
    """Money, work packages, risks and changes at the end of a quarter."""
    grant = money.current_grant()
    if grant is None:
        return render(request, "results/money_none.html", {"here": "results"})
    quarter = chosen_quarter(request, grant)
    only = seen(request)
    partners = money.partners_money(grant, quarter, only)
    context = {
        "here": "results",
        "grant": grant,
        "quarter": quarter,
        "quarters": [(day, quarter_name(day)) for day in money.grant_quarters(grant)],
        "quarter_name": quarter_name(quarter),
        "partners": partners,
        "chart_query": f"?quarter={quarter.isoformat()}",
        "money_alt": money_words(partners),
        "totals": totals(partners),
        "packages": progress.progress(grant, quarter, only),
        "risks": progress.risks(grant, quarter, only),
        "one_to_five": range(1, progress.MOST_LIKELY + 1),
        "changes": progress.changes(grant, quarter_start(quarter), quarter, only),
        "own": is_partner(request, grant),
    }
    return render(request, "results/money.html", context)


@require_safe
@needs(May.SEE_RESULTS)
def exported(request: Request) -> HttpResponse:
    """The money table, as CSV."""
    grant = money.current_grant()
    if grant is None:
        raise Http404
    quarter = chosen_quarter(request, grant)
    rows = [
        (row.organisation.name, row.budget, row.forecast, row.actual, row.expected)
        for row in money.partners_money(grant, quarter, seen(request))
    ]
    columns = ("partner", "budget_gbp", "forecast_to_date_gbp", "spent_to_date_gbp", "expected_in_all_gbp")
    return table_file(f"money-{quarter}", columns, rows)


@require_http_methods(AROUND)
@needs(May.MANAGE_MONEY)
def spend(request: Request, until: str) -> HttpResponse:
    """The organisation's own lines of a quarter."""
    grant, organisation = own_grant(request)
    budget = money.own_budget(grant, organisation)
    day = day_or_404(until)
    if budget is None or day not in money.grant_quarters(grant):
        raise Http404
    form = SpendForm(request.POST or None, before=money.lines_of(budget, day))
    if request.method == "POST" and form.is_valid():
        try:
            money.enter_spend(request.actor, budget, day, form.lines(), timezone.now())
        except ValidationError as error:
            refused(form, error)
        else:
            done(request, _("The quarter’s spend is saved."))
            return back_to(day)
    context = {"here": "results", "form": form, "quarter": day, "quarter_name": quarter_name(day), "budget": budget}
    return render(request, "results/money_spend.html", context, status=422 if form.errors else 200)


@require_http_methods(AROUND)
@needs(May.MANAGE_MONEY)
def report(request: Request, package: int, until: str) -> HttpResponse:
    """The leader's word on a work package at the end of a quarter."""
    found = WorkPackage.objects.select_related("grant").filter(pk=package).first()
    day = day_or_404(until)
    if found is None or day not in money.grant_quarters(found.grant):
        raise Http404
    before = found.reports.filter(quarter=day).first()
    initial = {name: getattr(before, name) for name in ("standing", "percent", "text")} if before else None
    form = StandingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            progress.report(request.actor, found, day, **form.cleaned_data, now=timezone.now())
        except ValidationError as error:
            refused(form, error)
        else:
            done(request, _("The report is saved."))
            return back_to(day)
    title = f"{found.code} {found.title}"
    return asked(request, form, title, quarter_name(day), day)


@require_http_methods(AROUND)
@needs(May.MANAGE_MONEY)
def new_risk(request: Request) -> HttpResponse:
    grant, organisation = own_grant(request)
    form = RiskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            progress.open_risk(request.actor, grant, organisation, **form.cleaned_data, now=timezone.now())
        except ValidationError as error:
            refused(form, error)
        else:
            done(request, _("The risk is on the register."))
            return redirect("money")
    return asked(request, form, _("A new risk"), _("What may go wrong, and what you do about it."))


@require_POST
@needs(May.MANAGE_MONEY)
def changed_risk(request: Request, risk: int) -> HttpResponse:
    """Weighs a risk of the organisation again, or closes it."""
    found: Risk | None = Risk.objects.filter(pk=risk).first()
    if found is None:
        raise Http404
    if request.POST.get("do") == "weigh":
        form = WeightForm(request.POST)
        if form.is_valid():
            progress.weigh_risk(request.actor, found, **form.cleaned_data)
            done(request, _("The risk is weighed again."))
        else:
            done(request, _("Nothing was changed: choose 1 to 5 for both."), "critical")
        return redirect("money")
    progress.close_risk(request.actor, found, timezone.now())
    done(request, _("The risk is closed."))
    return redirect("money")


@require_http_methods(AROUND)
@needs(May.MANAGE_MONEY)
def new_change(request: Request) -> HttpResponse:
    grant, organisation = own_grant(request)
    form = ChangeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            progress.ask_change(request.actor, grant, organisation, **form.cleaned_data, now=timezone.now())
        except ValidationError as error:
            refused(form, error)
        else:
            done(request, _("The programme lead is asked for the change."))
            return redirect("money")
    return asked(request, form, _("Ask for a change"), _("A change to plan or money, which the lead decides."))


@require_POST
@needs(May.MANAGE_GRANT)
def decided(request: Request, change: int) -> HttpResponse:
    """The lead agrees or refuses a change of any partner."""
    answer = request.POST.get("decision")
    if answer not in (ProgrammeChange.Decision.AGREED, ProgrammeChange.Decision.REFUSED):
        done(request, _("Nothing was decided: choose agree or refuse."), "critical")
        return redirect("money")
    try:
        found = progress.decide_change(request.actor, change, answer == ProgrammeChange.Decision.AGREED, timezone.now())
    except ValidationError as error:
        done(request, " ".join(error.messages), "critical")
    else:
        if found is None:
            raise Http404
        done(request, _("The change is decided."))
    return redirect("money")


def asked(request: Request, form: Any, title: str, why: str, quarter: date | None = None) -> HttpResponse:
    """A page with one form on it."""
    context = {"here": "results", "form": form, "title": title, "why": why, "quarter": quarter}
    return render(request, "results/money_form.html", context, status=422 if form.errors else 200)


def is_partner(request: Request, grant: Grant) -> bool:
    """Does the reader enter money for a partner of the grant?"""
    organisation = request.actor.organisation
    return bool(
        organisation and request.actor.may(May.MANAGE_MONEY) and money.own_budget(grant, organisation) is not None
    )


def own_grant(request: Request) -> tuple[Grant, Organisation]:
    grant = money.current_grant()
    if grant is None:
        raise Http404
    assert request.actor.organisation is not None
    return grant, request.actor.organisation


def day_or_404(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
    if day != quarter_end(day):
        raise Http404
    return day


def totals(partners: list[money.PartnerMoney]) -> dict[str, Any]:
    return {
        name: money.total(getattr(row, name) for row in partners)
        for name in ("budget", "forecast", "actual", "difference", "expected")
    }


def back_to(quarter: date) -> HttpResponse:
    answer = redirect("money")
    answer["Location"] += f"?quarter={quarter.isoformat()}"
    return answer
