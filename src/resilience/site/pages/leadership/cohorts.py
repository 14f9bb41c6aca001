"""A cohort's page: members, their forms, projects, what came later; starting one from a call."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from resilience.people.models import Contact
from resilience.people.permissions import May
from resilience.people.text import TextError, clean
from resilience.programme.leadership import cohorts
from resilience.programme.leadership.words import lists
from resilience.programme.models import Activity, Assessment, Cohort, CohortMember
from resilience.site.actors import Request, needs
from resilience.site.pages.leadership.calls import call_or_404


@require_POST
@needs(May.RUN_LEADERSHIP)
def started(request: Request, call: str) -> HttpResponse:
    """A cohort for one of the organisation's leadership activities, filled from the call."""
    found = call_or_404(call)
    activity = Activity.objects.filter(code=request.POST.get("activity", "")).select_related("organisation").first()
    if activity is None:
        messages.error(request, _("There is no activity of this code here: make the leadership activity first."))
        return redirect("call", found.code)
    try:
        cohort = cohorts.start(activity, found, request.actor, timezone.now())
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("call", found.code)
    return redirect("cohort", cohort.pk)


@require_safe
@needs(May.RUN_LEADERSHIP)
def detail(request: Request, cohort: int) -> HttpResponse:
    """Who is in it, the addresses of their forms, how behaviours changed, projects and what came later."""
    found: Cohort | None = (
        Cohort.objects.filter(pk=cohort).select_related("activity", "activity__organisation", "call").first()
    )
    if found is None:
        raise Http404
    members = list(CohortMember.objects.filter(cohort=found).select_related("employer", "person"))
    known = {
        contact.person_id: str(contact)
        for contact in Contact.objects.filter(person__in=[member.person_id for member in members])
    }
    forms = Assessment.objects.filter(member__cohort=found).values_list("member_id", "by", "when")
    answered = {(member, by, when) for member, by, when in forms}
    labels = {entry.id: str(entry) for entry in lists().outcomes}
    rows = [
        {
            "member": member,
            "name": known.get(member.person_id, ""),
            "self": form_address(request, member, Assessment.Of.SELF),
            "peer": form_address(request, member, Assessment.Of.PEER),
            "before": (member.pk, "self", "before") in answered,
            "after": (member.pk, "self", "after") in answered,
            "later": [
                (told["on"], [labels.get(outcome, outcome) for outcome in told["outcomes"]])
                for told in member.follow_up
            ],
        }
        for member in members
    ]
    return render(
        request,
        "leadership/cohort.html",
        {
            "here": "programme",
            "area": "calls",
            "cohort": found,
            "rows": sorted(rows, key=lambda row: str(row["name"])),
            "organisations": len({member.employer_id for member in members}),
            "by_self": cohorts.changes(found, Assessment.Of.SELF),
            "by_peers": cohorts.changes(found, Assessment.Of.PEER),
            "outcomes": lists().outcomes,
        },
    )


def form_address(request: Request, member: CohortMember, by: str) -> str:
    return request.build_absolute_uri(reverse("assess", args=[cohorts.token(member, by)]))


@require_POST
@needs(May.RUN_LEADERSHIP)
def changed(request: Request, cohort: int, cohort_member: int) -> HttpResponse:
    """A member's project, what came later, or that they left."""
    found: CohortMember | None = (
        CohortMember.objects.filter(pk=cohort_member, cohort=cohort)
        .select_related("cohort__activity__organisation", "person")
        .first()
    )
    if found is None:
        raise Http404
    try:
        match request.POST.get("do"):
            case "project":
                cohorts.note_project(found, clean(request.POST.get("project", ""), 200), "done" in request.POST)
                messages.success(request, _("The project is noted."))
            case "later":
                cohorts.follow_up(found, request.POST.getlist("outcomes"), timezone.now())
                messages.success(request, _("What came later is noted."))
            case "leave":
                reason = clean(request.POST.get("reason", ""), 200)
                if not reason:
                    raise ValidationError(_("Give a reason."))
                cohorts.leave(found, request.actor, timezone.now(), reason)
                messages.success(request, _("The member has left. What they attended stays counted."))
            case _:
                messages.error(request, _("Nothing was changed: the form asked for something unknown."))
    except (ValidationError, TextError) as error:
        messages.error(request, error.messages[0] if isinstance(error, ValidationError) else str(error))
    return redirect("cohort", cohort)
