"""The way from pupil to trainee to leader."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from resilience.people.permissions import May
from resilience.results import pipeline
from resilience.site.actors import Request, needs
from resilience.site.pages.skills.shared import HERE, seen


@require_safe
@needs(May.SEE_SKILLS)
def overview(request: Request) -> HttpResponse:
    """Heads of pupils, and those who agreed at each stage."""
    of = seen(request)
    found = pipeline.pipeline(of, timezone.localdate())
    stages = [
        (_("Met at outreach by name"), found.outreach),
        (_("Trained"), found.trainees),
        (_("In a leadership cohort"), found.leaders),
    ]
    ways = [
        (_("From outreach to training"), found.outreach_to_training),
        (_("From training to leadership"), found.training_to_leadership),
    ]
    context = {**HERE, "of": of, "pupils": found.pupils, "agreed": found.agreed, "stages": stages, "ways": ways}
    return render(request, "skills/pipeline.html", context)
