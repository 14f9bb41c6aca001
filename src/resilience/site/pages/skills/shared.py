"""What the pages of skills share: whose posts and people a reader sees, and in which language."""

from __future__ import annotations

from django.utils.translation import get_language

from resilience.people.models import Organisation
from resilience.people.permissions import May
from resilience.site.actors import Request

HERE = {"here": "programme", "area": "skills"}


def seen(request: Request) -> Organisation | None:
    """All partners' (None) for who sees the whole programme's money and work, else the reader's own."""
    return None if request.actor.may(May.SEE_MONEY) else request.actor.organisation


def language() -> str:
    return (get_language() or "en")[:2]
