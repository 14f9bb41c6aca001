"""Who may see a session: the holder of its token, the browser it was begun in, its owner, keepers of records."""

from __future__ import annotations

import hmac

from django_scopes import scopes_disabled

from resilience.people.permissions import May
from resilience.people.tokens import hashed
from resilience.records.models import Attempt
from resilience.site.actors import Request

BEGUN = "begun"
MOST_REMEMBERED = 100


def find_attempt(session: str) -> Attempt | None:
    with scopes_disabled():
        found: Attempt | None = Attempt.objects.select_related("subject").filter(session=session).first()
    return found


def remember(request: Request, session: str) -> None:
    """This browser began the session: it may see it without an account."""
    begun = request.session.get(BEGUN, [])
    request.session[BEGUN] = [*begun, session][-MOST_REMEMBERED:]


def begun_here(request: Request) -> list[str]:
    found: list[str] = request.session.get(BEGUN, [])
    return found


def may_see(request: Request, attempt: Attempt) -> bool:
    if attempt.session in begun_here(request):
        return True
    token = bearer(request)
    if token is not None and hmac.compare_digest(hashed(token), attempt.token_hash):
        return True
    actor = request.actor
    if actor.account is not None and attempt.subject is not None and attempt.subject.account_id == actor.account.pk:
        return True
    return (
        actor.organisation is not None
        and attempt.organisation_id == actor.organisation.pk
        and actor.may(May.SEE_RECORDS)
    )


def bearer(request: Request) -> str | None:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" and token.strip() else None
