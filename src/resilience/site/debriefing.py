"""Working a debrief out of a log. Runs in a process of its own and knows nothing of Django."""

from __future__ import annotations

import orjson

from resilience.training.frames import frames
from resilience.training.replay import replay
from resilience.training.reveal import reveal


def debrief(log: bytes, language: str) -> bytes:
    """The reveal of a recorded session as JSON, without its receipt."""
    return orjson.dumps(reveal(replay(log, name="log").session, language))


def film(log: bytes) -> bytes:
    """The recorded session as frames for the replay in 3D, as JSON."""
    return orjson.dumps(frames(log, name="log"))
