"""What the classroom asks of a simulated session, and how one is begun; `training.Session` answers it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Protocol

from resilience.classroom.birth import Birth
from resilience.classroom.wire import Action, Place
from resilience.training import modules
from resilience.training.errors import BadInput
from resilience.training.log import Header
from resilience.training.modules import Module
from resilience.training.session import Result, Session

Face = tuple[str, str, float]
"""Whose face it is (an item, a surface, `hand:left`, `sleeve`), which part, how many organisms are expected (CFU)."""


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

    def hands(self, tick: int, seq: int, left: Place | None, right: Place | None) -> None:
        """Take a pose frame; raises BadInput and stays as it was when its tick or number is bad."""

    def act(self, action: Action) -> Result:
        """Take an action of any verb; raises BadInput and stays as it was when it is bad."""

    def take_update(self) -> dict[str, Any] | None:
        """What changed since the last call or snapshot, as the `update` message; None when nothing did."""

    def lying(self, least: float) -> Sequence[Face]:
        """Every face on which at least so many organisms lie (CFU, expected); looking changes nothing."""

    def scene(self) -> dict[str, Any]: ...

    def snapshot(self) -> dict[str, Any]:
        """Everything as it is now; updates count from here on."""


class ModuleChangedError(Exception):
    """The session cannot be rebuilt: its module is not what it was."""


@lru_cache(maxsize=32)
def load_module(name: str) -> Module:
    """A training module, read once per process: a session under way must not meet a changed one. Raises BadInput."""
    return modules.load(name)


def begin(birth: Birth) -> Session:
    """A session as it was created. Raises ModuleChangedError when its module is no longer the same."""
    try:
        module = load_module(birth.module)
    except BadInput as error:
        raise ModuleChangedError(str(error)) from error
    if module.content_hash != birth.content_hash:
        raise ModuleChangedError(
            f"begun with {birth.module} {birth.version}, which has changed since (now {module.version})"
        )
    header = Header(birth.module, birth.version, birth.seed, birth.mode, birth.language, birth.content_hash)
    # The journal keeps the actions: the log's hash is taken once, when the session is concluded.
    return Session(module, birth.seed, birth.mode, birth.language, header, hashes=False)
