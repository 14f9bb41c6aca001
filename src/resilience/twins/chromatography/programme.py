"""A programme of what comes into a column, section by section, and the run of a column through it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from resilience.twins import shape
from resilience.twins.chromatography.column import BEGINNING, Column, NoSolution
from resilience.twins.chromatography.kernel import Floats, State


@dataclass(frozen=True)
class Section:
    """Until `end` (s) the inlet moves in a straight line from `first` to `last`, (n + P,) each."""

    end: float
    first: tuple[float, ...]
    last: tuple[float, ...]

    @classmethod
    def steady(cls, end: float, inlet: Sequence[float]) -> Section:
        """A section in which the inlet does not change."""
        return cls(end, tuple(inlet), tuple(inlet))


def run(column: Column, state: State, flow: float, sections: Sequence[Section], times: Floats) -> Floats:
    """What leaves the last cell at `times` (s, rising from 0), (times, n + P). Raises Stopped where it cannot go on.

    Sections without length are left out, and the last one that has any goes on for as long as `times` do.
    """
    signal = np.empty((times.size, column.binding.components + column.tracers))
    signal[0] = _leaving(state)
    now, place = 0.0, 1
    following = [section for n, section in enumerate(sections) if section.end > (sections[n - 1].end if n else 0.0)]
    for number, section in enumerate(following):
        began, span = now, section.end - now
        end = float(times[-1]) if number == len(following) - 1 else min(section.end, float(times[-1]))
        first, last = np.array(section.first), np.array(section.last)
        ramp = (last - first) / span
        state.pace[0] = BEGINNING
        while now < end - shape.CLOCK:
            # Sampling times and ends of sections are the same where only rounding tells them apart.
            until = end if place >= times.size or times[place] > end - shape.CLOCK else float(times[place])
            try:
                column.advance(state, until - now, flow, first + ramp * (now - began), ramp)
            except NoSolution as error:
                largest = {f"component_{k}": float(np.abs(c).max()) for k, c in enumerate(state.c)}
                raise shape.Stopped(now, str(error), largest) from error
            now = until
            if place < times.size and times[place] <= now + shape.CLOCK:
                signal[place] = _leaving(state)
                place += 1
    return signal


def _leaving(state: State) -> Floats:
    return np.concatenate((state.c[:, -1], state.x[:, -1]))
