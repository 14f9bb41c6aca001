"""Replaying a stored log to its outcome."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from resilience.training import modules
from resilience.training.log import LogReader
from resilience.training.modules import Module


class NotReplayableError(Exception):
    """The log is intact but its module is not installed with the content it was played with."""


def replayed_outcome(log: bytes) -> dict[str, Any]:
    """The outcome that the log (gzip of JSON Lines) replays to.

    Raises NotReplayableError where the module is missing or another version, BadInput for a log that makes no sense.
    """
    # Here and not above: the server answers its first page without the simulator and its compiler.
    from resilience.training.replay import replay

    return replay(log, name="log", module=module_of(log)).outcome.as_dict()


def module_of(log: bytes) -> Module:
    """The module a log was played with. Raises NotReplayableError."""
    with LogReader(log, "log") as reader:
        header = reader.header
    if header.module not in modules.available():
        raise NotReplayableError(f"Module {header.module} is not installed")
    module = installed(header.module)
    if header.version != module.version or header.content_hash not in (None, module.content_hash):
        raise NotReplayableError(
            f"Module {header.module} is installed in version {module.version}, the log was played with "
            f"{header.version} and other content"
        )
    return module


@lru_cache(maxsize=32)
def installed(name: str) -> Module:
    return modules.load(name)
