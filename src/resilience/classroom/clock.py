"""How far a client's session clock may run: bounded by the server's, and standing still while nobody is connected."""

from __future__ import annotations

from typing import Final

TICKS_PER_SECOND: Final = 20
AHEAD: Final = 40
"""Ticks (2 s) that a frame may be ahead of the server's clock of the session: slack for uneven delivery."""


class SessionClock:
    """The server's own clock of one session, in ticks; `now` arguments are seconds of a monotonic clock."""

    def __init__(self) -> None:
        self._tick = 0
        self._since = 0.0

    def start(self, tick: int, now: float) -> None:
        """Run on from `tick`: a client has connected."""
        self._tick, self._since = tick, now

    def latest(self, now: float) -> int:
        """The highest tick a frame may carry at this moment."""
        return self._tick + int((now - self._since) * TICKS_PER_SECOND) + AHEAD
