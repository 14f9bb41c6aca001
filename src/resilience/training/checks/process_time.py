"""Process time between ticks of a session: it runs `pace` times as fast as session time."""

from __future__ import annotations

from bisect import bisect_right

from resilience.training.clock import TICKS_PER_SECOND


class ProcessTime:
    """Follows the changes of pace, so that rules about seconds mean seconds of the process."""

    def __init__(self) -> None:
        # Parallel lists: the tick a pace began, the process ticks gone by then, the pace.
        self._ticks = [0]
        self._process = [0]
        self._paces = [1]

    def change(self, tick: int, pace: int) -> None:
        """The pace is another from this tick on."""
        self._process.append(self._at(tick))
        self._ticks.append(tick)
        self._paces.append(max(1, pace))

    def seconds(self, since: int, until: int) -> float:
        """Process seconds from one tick to another."""
        return (self._at(until) - self._at(since)) / TICKS_PER_SECOND

    def tick_after(self, tick: int, seconds: float) -> int:
        """The first tick at which so many process seconds have passed since `tick`, as far as the pace is known."""
        wanted = self._at(tick) + round(seconds * TICKS_PER_SECOND)
        index = bisect_right(self._process, wanted) - 1
        return self._ticks[index] - (self._process[index] - wanted) // self._paces[index]

    def _at(self, tick: int) -> int:
        index = bisect_right(self._ticks, tick) - 1
        return self._process[index] + (tick - self._ticks[index]) * self._paces[index]
