"""The test of a packing: a pulse of salt through the bed, its plates and its asymmetry.

Plates N = t2/var by the moments of the peak; asymmetry b/a at a tenth of its height, b behind the top and a before it.
A good bed has 0.8 to 1.8 (usual limits of column makers); air in it makes the peak tail.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from resilience.twins.chromatography.column import BEGINNING, Column

PULSE: Final = 0.02
"""Column volumes."""
VOLUMES: Final = 5.0
"""Column volumes until the test ends."""
SAMPLES: Final = 1000


@dataclass(frozen=True)
class Packing:
    """plates of the whole bed; asymmetry at a tenth of the height; height equivalent to a plate, m."""

    plates: float
    asymmetry: float
    plate_height: float


def tested(column: Column, flow: float) -> Packing:
    """Send a pulse through a bed of this kind (its own state is not touched) at `flow` m3/s."""
    state = column.empty(np.zeros(column.tracers))
    n, size = column.binding.components, column.binding.components + column.tracers
    span = column.bed.volume / flow
    inlet, nothing = np.zeros(size), np.zeros(size)
    inlet[n:] = 1.0
    column.advance(state, PULSE * span, flow, inlet, nothing)
    state.pace[0] = BEGINNING
    every = VOLUMES * span / SAMPLES
    signal = np.empty(SAMPLES)
    for place in range(SAMPLES):
        column.advance(state, every, flow, nothing, nothing)
        signal[place] = state.x[0, -1]
    # From the middle of the pulse on.
    times = every * np.arange(1, SAMPLES + 1) + 0.5 * PULSE * span
    mean = float(times @ signal / signal.sum())
    plates = mean * mean / float((times - mean) ** 2 @ signal / signal.sum())
    top = int(np.argmax(signal))
    tenth = 0.1 * signal[top]
    before = float(np.interp(tenth, signal[: top + 1], times[: top + 1]))
    behind = float(np.interp(-tenth, -signal[top:], times[top:]))
    return Packing(plates, (behind - times[top]) / (times[top] - before), column.bed.length / plates)
