"""Replaying a stored log to its outcome."""

from __future__ import annotations

from typing import Any

from resilience.training.errors import BadInput


class NotReplayable(Exception):
    """The log is intact but its module is not installed in that version."""


def replayed_outcome(log: bytes) -> dict[str, Any]:
    """The outcome that the log (gzip of JSON Lines) replays to."""
    raise NotReplayable(BadInput("no replay"))
