"""What the classroom asks of a simulated session; `training.Session` answers it."""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol

from resilience.classroom.wire import Action


class Refusal(NamedTuple):
    """Why an action that is well formed is not possible now, in the session's language."""

    item: str | None
    why: str


class Simulator(Protocol):
    """A session being simulated: actions in, changes out."""

    @property
    def tick(self) -> int: ...

    @property
    def seq(self) -> int: ...

    @property
    def finished(self) -> bool: ...

    @property
    def has_update(self) -> bool: ...

    def apply(self, action: Action) -> Refusal | None:
        """Take an action; raises BadInput and stays as it was when it is bad."""
        ...

    def take_update(self) -> dict[str, Any] | None:
        """What changed since the last call, as the `update` message."""
        ...

    def scene(self) -> dict[str, Any]: ...

    def snapshot(self) -> dict[str, Any]: ...
