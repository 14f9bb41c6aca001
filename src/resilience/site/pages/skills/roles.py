"""The register: roles with what they need, competences, frameworks."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from resilience.people.permissions import May
from resilience.programme.skills.register import register
from resilience.site.actors import Request, needs
from resilience.site.pages.skills.shared import HERE, language


@require_safe
@needs(May.SEE_SKILLS)
def roles(request: Request) -> HttpResponse:
    """Which role needs what, and where a competence stands in the frameworks."""
    held, spoken = register(), language()
    context = {
        **HERE,
        "roles": [
            {"title": role.title(spoken), "requires": [held.title(code, spoken) for code in role.requires]}
            for role in held.roles.values()
        ],
        "competences": [(one.code, one.title(spoken)) for one in held.competences.values()],
        "frameworks": [
            {"entry": entry, "competences": [held.title(code, spoken) for code in entry.competences]}
            for entry in held.frameworks
        ],
    }
    return render(request, "skills/roles.html", context)
