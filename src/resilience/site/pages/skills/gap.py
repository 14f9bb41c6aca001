"""Competences needed and held, as tables and a chart."""

from __future__ import annotations

from typing import Any, cast

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from resilience.people.permissions import May
from resilience.programme.skills import gap as gaps
from resilience.programme.skills.gap import By
from resilience.programme.skills.register import register
from resilience.results import charts, charts_skills
from resilience.site.actors import Request, needs
from resilience.site.pages.results.figures import picture
from resilience.site.pages.skills.shared import HERE, language, seen
from resilience.site.tables import table_file


@require_safe
@needs(May.SEE_SKILLS)
def overview(request: Request) -> HttpResponse:
    """The gap of all posts with its chart, or by employer, region or role."""
    by = chosen(request)
    context = {
        **HERE,
        "by": by,
        "ways": [
            ("", _("All posts")),
            ("employer", _("By employer")),
            ("region", _("By region")),
            ("role", _("By role")),
        ],
        "of": seen(request),
        "groups": told(request, by),
    }
    return render(request, "skills/gap.html", context)


@require_safe
@needs(May.SEE_SKILLS)
def exported(request: Request) -> HttpResponse:
    """What the page shows, as CSV; an empty number of holders stands for fewer than 5."""
    by = chosen(request)
    rows = [
        (group["name"], row["row"].competence, row["title"], row["row"].needed, row["row"].held, row["row"].gap)
        for group in told(request, by)
        for row in group["rows"]
    ]
    return table_file("skills", (by or "group", "code", "competence", "needed", "held_nearest_5", "gap"), rows)


@require_safe
@needs(May.SEE_SKILLS)
def chart(request: Request, shade: str) -> HttpResponse:
    """The gap of all posts."""
    groups = told(request, "")
    if shade not in charts.PALETTES or not groups:
        raise Http404
    rows = [(row["title"], row["row"].needed, row["row"].held) for row in groups[0]["rows"]]
    words = {"axis": _("people"), "of": _("%(held)s of %(needed)s"), "few": _("under 5")}
    return picture(charts_skills.gap(rows, words), shade)


def chosen(request: Request) -> By:
    by = request.GET.get("by", "")
    return cast(By, by) if by in gaps.OF_POST else ""


def told(request: Request, by: By) -> list[dict[str, Any]]:
    """Groups with their names and competences in the reader's language."""
    found = gaps.gap(seen(request), by, timezone.localdate())
    names = gaps.group_names(by, [group.key for group in found], language()) if by else {"": _("All posts")}
    return [
        {
            "key": group.key,
            "name": names.get(group.key, group.key),
            "rows": [{"row": row, "title": register().title(row.competence, language())} for row in group.rows],
        }
        for group in found
    ]
