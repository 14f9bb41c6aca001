"""The classroom of this server process: sessions are created here, and finished ones handed to the record."""

from __future__ import annotations

import gzip
import os
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import close_old_connections

from resilience.classroom.app import LiveApp
from resilience.classroom.birth import Birth, new_token
from resilience.classroom.classroom import Classroom
from resilience.classroom.in_brief import in_brief
from resilience.classroom.journal import Journal
from resilience.classroom.simulator import begin, load_module
from resilience.classroom.wire import Action
from resilience.people.tokens import hashed
from resilience.programme import outreach
from resilience.records import services as records
from resilience.training.errors import BadInput
from resilience.training.log import log_lines
from resilience.training.module_shapes import Mode
from resilience.training.session import Session

SECONDS_A_DAY = 86_400
CLASS_PAGE = "/class"


@dataclass(frozen=True)
class Created:
    """A new session. The token opens its socket and is kept nowhere."""

    id: str
    token: str


def create(module: str, seed: int, mode: Mode, language: str, *, kept: bool = True) -> Created:
    """Create a live session; returns when its creation is on disk (about 50 ms).

    One that is not kept (a pupil's) is judged and told to whom it belongs, and never recorded.

    Raises BadInput for a module, mode or language that is not there, JournalUnavailableError when the disk is full.
    """
    found = load_module(module)
    if mode not in found.head.modes:
        raise BadInput(f"`{module}` has no mode `{mode}`", "mode", f"Use one of: {', '.join(found.head.modes)}.")
    token = new_token()
    birth = Birth(module, found.version, found.content_hash, seed, mode, language, hashed(token), kept)
    begin(birth)  # what cannot be begun is not created
    return Created(str(classroom().create(birth)), token)


@lru_cache(maxsize=1)
def classroom() -> Classroom[Session]:
    """The one classroom of this process, made on first use. RESILIENCE_JOURNAL_DAYS: how long to wait for a trainee."""
    keep_days = float(os.environ.get("RESILIENCE_JOURNAL_DAYS") or 30)
    journal = Journal(Path(settings.RESILIENCE_DATA) / "journal")
    return Classroom(journal, begin, conclude, keep_days * SECONDS_A_DAY)


live = LiveApp(classroom)
"""The ASGI application to be mounted at /live/."""


def forget(sessions: list[str]) -> None:
    """End sessions of classes that are over: nobody comes back to them."""
    classroom().forget(UUID(session) for session in sessions)


def close_classes(now: datetime) -> None:
    """Close the classes whose time is over, and end what was still played in them."""
    close_old_connections()
    try:
        forget(outreach.close_expired(now))
    finally:
        close_old_connections()


def conclude(id_: UUID, birth: Birth, session: Session, actions: list[Action]) -> str:
    """Hand a finished session to whom it belongs, once however often it is called, and say where its end is told."""
    close_old_connections()
    try:
        if birth.kept:
            records.record(finished(id_, birth, session, actions))
            return f"/reveal/{id_}"
        outreach.played(str(id_), in_brief(session, actions))
        return CLASS_PAGE
    finally:
        close_old_connections()


def finished(id_: UUID, birth: Birth, session: Session, actions: list[Action]) -> records.Finished:
    """What the record keeps of a session."""
    outcome = session.outcome(actions)
    return records.Finished(
        session=str(id_),
        module=birth.module,
        version=birth.version,
        content_hash=birth.content_hash,
        seed=birth.seed,
        mode=birth.mode,
        language=birth.language,
        log=gzip.compress(b"".join(log_lines(session.header, actions, outcome.hash)), mtime=0),
        outcome=outcome.as_dict(),
    )
