"""What the site asks of the classroom: a new session, and the application at /live/.

The classroom brings the simulator and its compiler along, seconds of import; it is loaded beside the first pages, not
before them.
"""

from __future__ import annotations

import asyncio
import importlib
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from datetime import datetime
from typing import Any, cast

from django.utils import timezone

from resilience.training.module_shapes import Mode

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

log = logging.getLogger(__name__)

SERVICES = "resilience.classroom.services"
SWEEP_SECONDS = 60.0
sweeping: list[asyncio.Task[None]] = []


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """The classroom's own ASGI application."""
    services = await asyncio.to_thread(importlib.import_module, SERVICES)
    await services.live(scope, receive, send)


class ClassroomClosedError(RuntimeError):
    """No session can begin now: the journal cannot be written."""


def create(module: str, mode: str, seed: int, language: str, *, kept: bool = True) -> tuple[str, str]:
    """A new live session: its id and its token. One that is not kept is never recorded, nor are its movements.

    Raises BadInput, ClassroomClosedError.
    """
    from resilience.classroom import services
    from resilience.classroom.journal import JournalUnavailableError

    try:
        created = services.create(module, seed, cast(Mode, mode), language, kept=kept)
    except JournalUnavailableError as error:
        log.error("no session can begin: %s", error)
        raise ClassroomClosedError(str(error)) from error
    return created.id, created.token


def forget(sessions: list[str]) -> None:
    """Ends the live sessions of a class that was closed."""
    from resilience.classroom import services

    services.forget(sessions)


async def start() -> None:
    """Loads the classroom and lets it conclude what the last run of the server left finished but unrecorded."""
    try:
        services = await asyncio.to_thread(importlib.import_module, SERVICES)
        services.classroom().start()
        sweeping.append(asyncio.create_task(sweep(services.close_classes)))
    except Exception:
        # Pages and records go on without it; whoever begins a session is told.
        log.exception("the classroom could not start")


async def sweep(close_classes: Callable[[datetime], None]) -> None:
    """Closes classes whose time is over, once a minute, as long as the server runs."""
    while True:
        try:
            await asyncio.to_thread(close_classes, timezone.now())
        except Exception:
            log.exception("classes whose time is over could not be closed; it is tried again")
        await asyncio.sleep(SWEEP_SECONDS)


async def stop() -> None:
    """Lets the classroom write what is left."""
    from resilience.classroom import services

    while sweeping:
        sweeping.pop().cancel()
    await services.classroom().stop()
