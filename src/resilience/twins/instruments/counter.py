"""A particle counter: it draws air, follows what is at its probe with a lag, and counts with the noise of counting."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from resilience.twins import checks
from resilience.twins.errors import BadInput
from resilience.twins.instruments.instrument import Instrument, number

_LITRES_PER_M3: Final = 1000.0
_SECONDS_PER_MINUTE: Final = 60.0


@dataclass(frozen=True, slots=True)
class Count:
    """One count: particles of 0.5 um and above and of 5 um and above (both cumulative), in `litres` of air.

    `true_fine` and `true_coarse` are the mean concentrations at the probe in that time (per m3): nobody reads them.
    """

    until: float
    litres: float
    fine: int
    coarse: int
    true_fine: float
    true_coarse: float

    @property
    def fine_per_m3(self) -> float:
        return self.fine * _LITRES_PER_M3 / self.litres

    @property
    def coarse_per_m3(self) -> float:
        return self.coarse * _LITRES_PER_M3 / self.litres


@dataclass
class CounterState:
    """`sensor` follows the air (per m3: below 5 um, from 5 um on); sums run from the beginning of the window."""

    time: float = 0.0
    window: int = 0
    in_window: float = 0.0
    sensor: tuple[float, float] = (0.0, 0.0)
    expected: tuple[float, float] = (0.0, 0.0)
    true: tuple[float, float] = (0.0, 0.0)


class ParticleCounter(Instrument[CounterState]):
    """Counts in windows; 28.3 L/min, 60 s and a lag of 1 s by default. Losses: `instruments.yaml`.

    `isokinetic` multiplies coarse particles where the probe does not draw at the speed of the air.
    """

    def __init__(
        self,
        name: str,
        seed: int = 0,
        flow: float | None = None,
        window: float | None = None,
        lag: float | None = None,
        isokinetic: float | None = None,
    ) -> None:
        super().__init__(name, seed, CounterState())
        self.flow = checks.above_zero(number("counter_flow") if flow is None else flow, name, "flow")
        self.window = checks.above_zero(number("counter_window") if window is None else window, name, "window")
        self.lag = checks.from_zero(number("counter_lag") if lag is None else lag, name, "lag")
        factor = checks.from_zero(
            number("counter_isokinetic") if isokinetic is None else isokinetic, name, "isokinetic factor"
        )
        self.comes_through = (number("counter_fine"), number("counter_coarse") * factor)

    @property
    def reading(self) -> tuple[float, float]:
        """What the sensor has come to (per m3, from 0.5 and from 5 um): behind the air by the lag, without noise."""
        fine, coarse = self._state.sensor
        return fine + coarse, coarse

    def do_step(self, seconds: float, fine: float, coarse: float) -> tuple[Count, ...]:
        """Draw air with so many particles per m3 (from 0.5 um on, from 5 um on); gives the windows that end."""
        checks.from_zero(seconds, self.name, "seconds")
        checks.from_zero(coarse, self.name, "coarse particles")
        if checks.from_zero(fine, self.name, "fine particles") < coarse:
            raise BadInput(
                f"{fine:g} from 0.5 um on, but {coarse:g} from 5 um on", self.name, "The first include the second."
            )
        counts: list[Count] = []
        left = seconds
        while left > 0.0:
            state = self._state
            part = min(left, self.window - state.in_window)
            self._draw(part, (fine - coarse, coarse))
            left -= part
            # What is left of a window is compared, for sums of short steps need not meet its end to the bit.
            if self.window - state.in_window <= 1e-9 * self.window:
                counts.append(self._count())
        return tuple(counts)

    def _draw(self, seconds: float, air: tuple[float, float]) -> None:
        """Exact for air that stays as it is: the sensor nears it exponentially, the count is its integral."""
        state = self._state
        decay = math.exp(-seconds / self.lag) if self.lag > 0.0 else 0.0
        litres_per_second = self.flow / _SECONDS_PER_MINUTE
        sensor, expected, true = [], [], []
        for size in (0, 1):
            ahead = state.sensor[size] - air[size]
            seen = air[size] * seconds + ahead * self.lag * (1.0 - decay)
            drawn = self.comes_through[size] * litres_per_second / _LITRES_PER_M3 * seen
            sensor.append(air[size] + ahead * decay)
            expected.append(state.expected[size] + max(0.0, drawn))
            true.append(state.true[size] + air[size] * seconds)
        state.time += seconds
        state.in_window += seconds
        state.sensor, state.expected = (sensor[0], sensor[1]), (expected[0], expected[1])
        state.true = (true[0], true[1])

    def _count(self) -> Count:
        state = self._state
        fine = self._counted(state.expected[0], "fine", state.window)
        coarse = self._counted(state.expected[1], "coarse", state.window)
        true_coarse = state.true[1] / state.in_window
        count = Count(
            state.time,
            self.flow / _SECONDS_PER_MINUTE * state.in_window,
            fine + coarse,
            coarse,
            state.true[0] / state.in_window + true_coarse,
            true_coarse,
        )
        state.window, state.in_window = state.window + 1, 0.0
        state.expected = state.true = (0.0, 0.0)
        return count
