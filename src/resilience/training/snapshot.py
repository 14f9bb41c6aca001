"""The view of a session: scene, snapshot, and what changed of it since it was last asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from resilience.training.session import Session


class View:
    """What a client is shown."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def scene(self) -> dict[str, Any]:
        return {}

    def snapshot(self) -> dict[str, Any]:
        return {}

    @property
    def has_update(self) -> bool:
        return False

    def take_update(self) -> dict[str, Any] | None:
        return None
