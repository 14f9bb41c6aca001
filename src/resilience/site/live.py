"""What the site asks of the classroom: a new session, and the application at /live/."""

from __future__ import annotations

from resilience.classroom import services
from resilience.classroom.app import SERVER_OPTIONS

__all__ = ["SERVER_OPTIONS", "application", "create", "start", "stop"]

application = services.live


def create(module: str, mode: str, seed: int, language: str) -> tuple[str, str]:
    """A new live session: its id and its token. Raises BadInput."""
    created = services.create(module, seed, mode, language)
    return created.id, created.token


async def start() -> None:
    """Conclude what the last run of the server left finished but unrecorded, and begin to serve."""
    services.classroom().start()


async def stop() -> None:
    await services.classroom().stop()
