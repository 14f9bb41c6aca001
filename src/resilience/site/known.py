"""Who a session belongs to, remembered for as long as the rows that say so are the same.

Django puts three queries together to tell the actor behind a session, which is most of what a scan at a door costs.
What it tells hangs on the session, the account and its roles. One statement reads these; where they differ from what
was read when the actor was told, Django is asked again. Nobody stays known for a moment longer than without this.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.http import HttpRequest

from resilience.people.permissions import NOBODY, Actor
from resilience.people.services import actor_of

MOST_KNOWN = 1000
# Every column that `get_user` and `actor_of` judge by; of a session that has expired there is no row.
ROWS = (
    "SELECT s.session_data, a.password, a.is_active, m.role, o.id, o.name FROM django_session s"
    " LEFT JOIN people_account a ON a.id = %s LEFT JOIN people_membership m ON m.account_id = a.id"
    " LEFT JOIN people_organisation o ON o.id = m.organisation_id"
    " WHERE s.session_key = %s AND s.expire_date > %s ORDER BY m.id"
)
Rows = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Told:
    """Who was behind a session, and the rows as they were before that was asked."""

    account: int
    actor: Actor
    rows: Rows


class Known:
    """The actors behind sessions; for one thread."""

    def __init__(self) -> None:
        self._told: dict[str, Told] = {}

    def actor(self, request: HttpRequest, now: datetime) -> Actor:
        """Who sent the request, as the middleware of the pages would say."""
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        if key is None:
            return NOBODY
        told = self._told.pop(key, None)
        # Read before Django is asked: what changes in between differs from them the next time.
        rows = _rows(told.account if told else None, key, now)
        if told is None or not rows or rows != told.rows:
            request.session = SessionStore(key)
            actor = actor_of(get_user(request), request.session.get("organisation"))
            if actor.account is None:
                return actor
            # The first time it is not known whose rows to read: they differ the second time.
            told = Told(actor.account.pk, actor, rows)
        if len(self._told) >= MOST_KNOWN:
            self._told.clear()
        self._told[key] = told
        return told.actor


def _rows(account: int | None, key: str, now: datetime) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(ROWS, [account, key, connection.ops.adapt_datetimefield_value(now)])
        found: Rows = cursor.fetchall()
        return found
