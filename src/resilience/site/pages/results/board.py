"""The overview of results: headlines with what they are to reach, one indicator in depth, money, diversity."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from resilience.people.models import Region
from resilience.people.permissions import May
from resilience.programme import money
from resilience.programme.quarters import last_ended
from resilience.results import overview, snapshots, targets
from resilience.results.definitions import shelf
from resilience.results.diversity_tables import tables
from resilience.results.models import Release
from resilience.results.overview import HEADLINES, Standing
from resilience.site.actors import Request, needs
from resilience.site.pages.results.forms import FreezeForm, TargetForm
from resilience.site.pages.results.shared import done, figure, money_words, quarter_name, seen, table_file, unit_name
from resilience.training.errors import BadInput


@require_safe
def board(request: Request) -> HttpResponse:
    """The overview. A diversity analyst sees the diversity tables and nothing else of it."""
    actor = request.actor
    if actor.account is None:
        return redirect(f"/account/login/?next={request.path}")
    if not (actor.may(May.SEE_RESULTS) or actor.may(May.SEE_DIVERSITY)):
        raise PermissionDenied
    context: dict[str, Any] = {"here": "results", "release_rows": releases(request)}
    if not actor.may(May.SEE_RESULTS):
        return render(request, "results/board_diversity.html", context)
    days = overview.frozen_days()
    if not days:
        return render(request, "results/board_empty.html", context)
    as_of = chosen_day(request, days)
    standings = overview.standings(as_of)
    context |= {
        "days": days,
        "as_of": as_of,
        "headlines": [told(one) for one in standings if one.snapshot.indicator in HEADLINES],
        "others": [told(one) for one in standings if one.snapshot.indicator not in HEADLINES],
        "taken_at": max(one.snapshot.taken_at for one in standings),
        "partners": sorted({name for one in standings for name in one.snapshot.partners}),
        **in_depth(request, standings, as_of),
        **spending(request, as_of),
    }
    return render(request, "results/board.html", context)


@require_safe
@needs(May.SEE_RESULTS)
def exported(request: Request) -> HttpResponse:
    """Every figure of a day with its definition and its evidence, as CSV."""
    days = overview.frozen_days()
    if not days:
        raise Http404
    columns = (
        "indicator",
        "version",
        "as_of",
        "value",
        "unit",
        "numerator",
        "denominator",
        "response_rate",
        "rows_hash",
    )
    rows = []
    as_of = chosen_day(request, days)
    for one in overview.standings(as_of):
        held = one.snapshot
        base = (held.value, one.indicator.unit, held.numerator, held.denominator, held.response_rate)
        rows.append((held.indicator, held.version, held.as_of, *base, held.rows_hash))
    return table_file(f"results-{as_of}", columns, rows)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(May.FREEZE_RESULTS)
def freeze(request: Request) -> HttpResponse:
    """Counts everything up to a day and keeps it."""
    today = timezone.localdate()
    form = FreezeForm(request.POST or None, initial={"as_of": day_asked(request) or last_ended(today)})
    if request.method == "POST" and form.is_valid():
        as_of = form.cleaned_data["as_of"]
        try:
            if as_of > today:
                raise BadInput(_("This day has not come."), "as_of", _("Choose today or a day before."))
            made = snapshots.freeze(as_of, request.actor, timezone.now())
        except BadInput as error:
            form.add_error("as_of", f"{error.what} {error.fix}")
        else:
            done(request, _("%(n)s figures are frozen.") % {"n": len(made)})
            answer = redirect("results")
            answer["Location"] += f"?as_of={as_of.isoformat()}"
            return answer
    context = {"here": "results", "form": form}
    return render(request, "results/freeze.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(May.FREEZE_RESULTS)
def goals(request: Request) -> HttpResponse:
    """What indicators are to reach."""
    language = get_language() or "en"
    named = [(indicator.code, indicator.title[language]) for indicator in shelf().all]
    form = TargetForm(request.POST or None, indicators=named)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            targets.set_target(request.actor, given["indicator"], given["due_on"], given["value"])
        except BadInput:
            form.add_error("value", _("Give a number above 0."))
        else:
            done(request, _("The target is set."))
            return redirect("results-targets")
    names = dict(named)
    held = [(names.get(goal.indicator, goal.indicator), goal) for goal in targets.all_targets()]
    context = {"here": "results", "form": form, "targets": held}
    return render(request, "results/targets.html", context, status=422 if form.errors else 200)


@require_POST
@needs(May.FREEZE_RESULTS)
def goal_removed(request: Request, target: int) -> HttpResponse:
    if not targets.remove_target(request.actor, target):
        raise Http404
    done(request, _("The target is taken away."))
    return redirect("results-targets")


def told(one: Standing) -> dict[str, Any]:
    """A standing in the reader's language."""
    language = get_language() or "en"
    return {
        "standing": one,
        "snapshot": one.snapshot,
        "title": one.indicator.title[language],
        "figure": figure(one.snapshot.value, one.indicator),
        "unit": unit_name(one.indicator.unit),
        "target": one.target,
        "outlook": one.outlook,
        "percent": one.percent_of_target,
        "bar": min(100, one.percent_of_target or 0),
    }


def in_depth(request: Request, standings: list[Standing], as_of: date) -> dict[str, Any]:
    """One indicator over the quarters, by partner and by region; which one, the reader chooses."""
    codes = [one.snapshot.indicator for one in standings]
    asked = request.GET.get("of", "")
    code = asked if asked in codes else codes[0]
    one = next(one for one in standings if one.snapshot.indicator == code)
    regions = overview.by_region(code, as_of)
    past = [(held.as_of, figure(held.value, one.indicator), held) for held in overview.histories(as_of)[code]]
    partners = [(name, figure(held.value, one.indicator), held) for name, held in overview.by_partner(code, as_of)]
    held_in = [(region.label, figure(held.value, one.indicator), held) for region, held in regions.items()]
    title = one.indicator.title[get_language() or "en"]
    return {
        "chosen": told(one),
        "past": past,
        "by_partner": partners,
        "by_region": held_in,
        "silent_regions": [region.label for region in Region if region not in regions],
        "whole_only": not one.indicator.counting.filtered,
        "chart_query": f"?of={code}&as_of={as_of.isoformat()}",
        "trend_alt": _("Line chart: %(title)s by quarter, %(numbers)s.")
        % {"title": title, "numbers": listed((date_format(day, "M Y"), value) for day, value, _held in past)},
        "partners_alt": _("Bar chart: %(title)s by partner, %(numbers)s.")
        % {"title": title, "numbers": listed((name, value) for name, value, _held in partners)},
        "regions_alt": _("Map of the twelve regions: %(title)s, %(numbers)s; none elsewhere.")
        % {"title": title, "numbers": listed((str(name), value) for name, value, _held in held_in)},
    }


def listed(rows: Iterable[tuple[str, str]]) -> str:
    """ "Mar 2026 1,200, Jun 2026 1,500"."""
    return ", ".join(f"{name} {value}" for name, value in rows)


def spending(request: Request, as_of: date) -> dict[str, Any]:
    grant = money.current_grant()
    if grant is None:
        return {}
    due = [quarter for quarter in money.grant_quarters(grant) if quarter <= as_of]
    if not due:
        return {}
    rows = money.partners_money(grant, due[-1], seen(request))
    return {
        "grant": grant,
        "quarter": due[-1],
        "quarter_name": quarter_name(due[-1]),
        "spending": rows,
        "money_query": f"?quarter={due[-1].isoformat()}",
        "money_alt": money_words(rows),
    }


def releases(request: Request) -> list[dict[str, Any]]:
    """The newest release of every diversity table in short, for those who may see them."""
    if not request.actor.may(May.SEE_DIVERSITY):
        return []
    newest: dict[str, Release] = {}
    for release in Release.objects.order_by("quarter"):
        newest[release.table] = release
    language = get_language() or "en"
    rows = []
    for release in newest.values():
        table = tables()[release.table]
        labels = {row.id: row.label[language] for row in table.rows}
        shown = [
            f"{labels.get(name, name)} {cell['count'] if cell['count'] is not None else _('left out')}"
            for name, cell in release.cells["rows"].items()
        ]
        rows.append({"title": table.title[language], "quarter": release.quarter, "cells": ", ".join(shown)})
    return sorted(rows, key=lambda row: str(row["title"]))


def chosen_day(request: Request, days: list[date]) -> date:
    """The frozen day that is asked for, or the last."""
    asked = day_asked(request)
    return asked if asked in days else days[0]


def day_asked(request: Request) -> date | None:
    """The day that the address names, if it is one."""
    try:
        return date.fromisoformat(request.GET.get("as_of", ""))
    except ValueError:
        return None
