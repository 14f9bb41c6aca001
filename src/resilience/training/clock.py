"""Session time and process time, and the things that fall due in between.

Session time is the tick (1/20 s) that frames carry. Process time runs `pace` times as fast and is counted in whole
process ticks, so that no rounding can make two replays differ.
"""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappop, heappush

TICKS_PER_SECOND = 20
FASTEST = 20


class Clock:
    """Where a session stands in time. `tick` and `process` are whole numbers of 1/20 s."""

    __slots__ = ("_due", "_order", "pace", "process", "tick")

    def __init__(self) -> None:
        self.tick = 0
        self.process = 0
        self.pace = 1
        self._due: list[tuple[int, int, Callable[[], None]]] = []
        self._order = 0

    @property
    def seconds(self) -> float:
        """Process time in seconds."""
        return self.process / TICKS_PER_SECOND

    def after(self, seconds: float, call: Callable[[], None]) -> int:
        """Have `call` made when so much process time has passed; returns the process tick it falls due."""
        due = self.process + round(seconds * TICKS_PER_SECOND)
        self.at(due, call)
        return due

    def at(self, process: int, call: Callable[[], None]) -> None:
        """Have `call` made at a process tick."""
        heappush(self._due, (process, self._order, call))
        self._order += 1

    def advance(self, tick: int) -> None:
        """Go to a session tick, making every call that falls due on the way at its own time, in order.

        A call may change the pace; what is left of the way then runs at the new one.
        """
        due = self._due
        while due and due[0][0] <= self.process + (tick - self.tick) * self.pace:
            late = due[0][0] - self.process
            steps = -(-late // self.pace) if late > 0 else 0
            self.tick += steps
            self.process += steps * self.pace
            heappop(due)[2]()
        self.process += (tick - self.tick) * self.pace
        self.tick = tick
