"""Keeping the garbage collector from stopping the classroom.

A full collection looks at every object of every session: with a hundred sessions that is half a second in which no
frame is answered. Sessions are therefore set aside once they are built, only young objects are collected while people
are at work, and what sessions leave behind is collected when nobody is connected.
"""

from __future__ import annotations

import gc
from typing import Final

YOUNG: Final = (5_000, 10, 1_000_000)
"""Collect 5,000 new objects at a time, survivors at every tenth; everything only when `collect_when_quiet` says so."""
MOST_FORGOTTEN: Final = 1_000
"""Sessions whose remains (about 1 MB each) may wait for a quiet moment."""


class Memory:
    """Decides when to collect. Counts the sessions that left memory since everything was last collected."""

    def __init__(self) -> None:
        self.forgotten = 0
        self._usual = gc.get_threshold()

    def start(self) -> None:
        """Take the collector over for this process: modules, code and settings are set aside for good."""
        gc.collect()
        gc.freeze()
        gc.set_threshold(*YOUNG)

    def stop(self) -> None:
        """Give the collector back as it was."""
        gc.unfreeze()
        gc.set_threshold(*self._usual)

    def set_aside(self) -> None:
        """What lives now is looked at no more until the next quiet moment; call when a session has been built."""
        gc.freeze()

    def forget(self) -> None:
        """A session has left memory; its objects refer to one another and need the collector to go."""
        self.forgotten += 1

    def collect_when_quiet(self, quiet: bool) -> bool:
        """Collect everything if sessions were forgotten and nobody waits, or too many were. Says whether it did."""
        if not self.forgotten or not (quiet or self.forgotten > MOST_FORGOTTEN):
            return False
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        self.forgotten = 0
        return True
