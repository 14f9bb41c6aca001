"""The server's beat, twenty a second, and how late it was."""

from __future__ import annotations

import asyncio
from bisect import bisect_left
from collections.abc import Callable
from typing import Any, Final

from resilience.classroom.clock import TICKS_PER_SECOND

PERIOD: Final = 1 / TICKS_PER_SECOND

BOUNDS_MS: Final = (0.5, 1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 75, 100, 200, 500, 1000)
"""Upper bounds of the histogram's cells; the last cell holds all that is later."""


class Lateness:
    """How many beats were how late, in a fixed number of cells."""

    def __init__(self) -> None:
        self.counts = [0] * (len(BOUNDS_MS) + 1)
        self.worst_ms = 0.0

    def add(self, seconds: float) -> None:
        """Count one beat."""
        late_ms = max(0.0, seconds * 1000)
        self.counts[bisect_left(BOUNDS_MS, late_ms)] += 1
        self.worst_ms = max(self.worst_ms, late_ms)

    def report(self) -> dict[str, Any]:
        """The histogram as JSON: `counts` has one cell more than `bounds_ms`."""
        return {"bounds_ms": BOUNDS_MS, "counts": list(self.counts), "worst_ms": round(self.worst_ms, 2)}


class Ticker:
    """Calls `beat` with the number of the beat, every PERIOD seconds; missed beats are dropped, not made up for.

    A beat's lateness counts from when it was due to when its work was done.
    """

    def __init__(self, beat: Callable[[int], None]) -> None:
        self.lateness = Lateness()
        self._beat = beat

    async def run(self) -> None:
        """Beat until cancelled."""
        loop = asyncio.get_running_loop()
        number, due = 0, loop.time()
        while True:
            number += 1
            due += PERIOD
            await asyncio.sleep(due - loop.time())
            self._beat(number)
            late = loop.time() - due
            self.lateness.add(late)
            if late > PERIOD:
                due = loop.time()
