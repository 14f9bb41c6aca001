"""Use cases around records: a session is begun, finished, found, checked, and a person erased."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django_scopes import scopes_disabled

import resilience
from resilience.people import trail
from resilience.people.models import Organisation
from resilience.people.permissions import NOBODY, Actor
from resilience.people.tokens import hashed
from resilience.records import chain
from resilience.records.models import CLAIMS, Attempt, Device, Purpose, SessionRecord, Subject
from resilience.records.verification import Progress, Verification, verify
from resilience.training.canonical import canonical

__all__ = [
    "CLAIMS",
    "Attempt",
    "BackdatedError",
    "CannotCountersignError",
    "Finished",
    "Progress",
    "Verification",
    "begin",
    "countersign",
    "erase",
    "find",
    "record",
    "to_countersign",
    "verify",
]


@dataclass(frozen=True)
class Finished:
    """A finished session as the classroom hands it over. `log` is the gzip of its JSON Lines."""

    session: str
    module: str
    version: str
    content_hash: str
    seed: int
    mode: str
    language: str
    log: bytes
    outcome: dict[str, Any]
    software: str = resilience.__version__


@transaction.atomic
def begin(
    session: str,
    token: str,
    module: str,
    mode: str,
    seed: int,
    language: str,
    actor: Actor = NOBODY,
    *,
    purpose: str = "",
    device: str = "",
    at: datetime | None = None,
) -> Attempt:
    """Notes that a session was begun, for whom and for which organisation. An anonymous session belongs to none.

    purpose: what it is declared to be for (a Purpose, or empty); only an account can claim one. device: a Device, or
    empty where the browser does not tell. at: see `record`.
    """
    refuse_other_times(actor.organisation, at)
    with scopes_disabled():
        subject = None
        if actor.account is not None:
            subject, _ = Subject.objects.get_or_create(organisation=actor.organisation, account=actor.account)
        attempt: Attempt = Attempt.objects.create(
            session=session,
            module=module,
            mode=mode,
            seed=seed,
            language=language,
            token_hash=hashed(token),
            organisation=actor.organisation,
            subject=subject,
            purpose=Purpose(purpose) if purpose and subject is not None else "",
            device=Device(device) if device else "",
        )
        if at is not None:
            attempt.begun_at = at
            attempt.save(update_fields=["begun_at"])
    return attempt


class BackdatedError(ValueError):
    """A record was to carry another time than the one at which it is made."""


def refuse_other_times(organisation: Organisation | None, at: datetime | None) -> None:
    """The history of an invented organisation is invented; everybody else's records carry the time they are made."""
    if at is not None and (organisation is None or not organisation.invented):
        raise BackdatedError("Only sessions of an organisation that is invented for demonstration have another date")


def to_countersign(actor: Actor, most: int = 20) -> list[SessionRecord]:
    """Records in the actor's scope whose claims wait for somebody else than the trainee, the oldest first; no logs."""
    waiting = Attempt.objects.filter(purpose__in=CLAIMS, countersigned_at=None, subject__isnull=False)
    others = waiting.exclude(subject__account=actor.account)
    return list(SessionRecord.objects.filter(session__in=others.values("session")).defer("log").order_by("seq")[:most])


class CannotCountersignError(ValueError):
    """There is nothing to countersign, it was done before, or the claim is the person's own."""


@transaction.atomic
def countersign(attempt: Attempt, actor: Actor, now: datetime) -> None:
    """Confirms what was declared of a session; the trail keeps who did. Raises CannotCountersignError.

    The caller has checked that the actor may. Nobody confirms what they declared themselves.
    """
    if attempt.purpose not in CLAIMS or attempt.countersigned_at is not None:
        raise CannotCountersignError("This session has no claim that waits for a countersignature")
    if actor.account is None or attempt.subject is None or attempt.subject.account_id == actor.account.pk:
        raise CannotCountersignError("A claim is countersigned by somebody else than who made it")
    attempt.countersigned_by, attempt.countersigned_at = actor.account, now
    attempt.save(update_fields=["countersigned_by", "countersigned_at"])
    trail.add(actor, "countersigned session", f"session:{attempt.session}", new=str(attempt.purpose), at=now)


def record(finished: Finished, at: datetime | None = None) -> SessionRecord:
    """Adds the finished session to the chain. Called twice for the same session it returns the row already kept.

    at: now, unless the session belongs to an organisation that is invented for demonstration. Raises BackdatedError.
    """
    with scopes_disabled():
        attempt = Attempt.objects.select_related("organisation").filter(session=finished.session).first()
    refuse_other_times(attempt.organisation if attempt else None, at)
    outcome = canonical(finished.outcome)
    return chain.append(
        SessionRecord(
            session=finished.session,
            module=finished.module,
            version=finished.version,
            content_hash=finished.content_hash,
            seed=finished.seed,
            mode=finished.mode,
            language=finished.language,
            log=finished.log,
            outcome=outcome.decode(),
            outcome_hash=chain.sha256(outcome),
            log_hash=chain.sha256(finished.log),
            software=finished.software,
            organisation_ref=attempt.organisation_id if attempt else None,
            subject_ref=attempt.subject_id if attempt else None,
            created_at=(at or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="milliseconds"),
        )
    )


def find(session: str) -> SessionRecord | None:
    """The record of a session whoever it belongs to: the caller has checked that the asker may see it."""
    with scopes_disabled():
        found: SessionRecord | None = SessionRecord.objects.filter(session=session).first()
    return found


@transaction.atomic
def erase(account_id: int, organisation_id: UUID | None) -> int:
    """Cuts every link from an organisation's records to a person; returns how many there were.

    The chain is untouched: rows hold a random reference that then leads nowhere.
    """
    with scopes_disabled():
        subjects = Subject.objects.filter(account_id=account_id).filter(
            Q(organisation_id=organisation_id) if organisation_id else Q(organisation=None)
        )
        count: int = subjects.count()
        subjects.delete()
    return count
