"""An active air sampler: it draws a volume of air over agar, and what it took grows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from resilience.twins import checks
from resilience.twins.errors import BadInput
from resilience.twins.instruments.instrument import Instrument, number

_LITRES_PER_M3: Final = 1000.0
_SECONDS_PER_MINUTE: Final = 60.0


@dataclass(frozen=True, slots=True)
class AirSample:
    """Colonies in `m3` of air; `expected` is what the draw was made from, `true_per_m3` what was in the air."""

    colonies: int
    m3: float
    expected: float
    true_per_m3: float

    @property
    def per_m3(self) -> float:
        return self.colonies / self.m3


@dataclass
class SamplerState:
    m3: float = 0.0
    there: float = 0.0
    """Organisms in the air that was drawn."""


class AirSampler(Instrument[SamplerState]):
    """Takes one sample of 1 m3 at 100 L/min by default, and stops by itself. Colonies that merge are not modelled."""

    def __init__(
        self,
        name: str,
        seed: int = 0,
        flow: float | None = None,
        m3: float | None = None,
        recovery: float | None = None,
    ) -> None:
        super().__init__(name, seed, SamplerState())
        self.flow = checks.above_zero(number("sampler_flow") if flow is None else flow, name, "flow")
        self.m3 = checks.above_zero(number("sampler_volume") if m3 is None else m3, name, "volume")
        self.recovery = checks.share(number("sampler_recovery") if recovery is None else recovery, name, "recovery")

    @property
    def done(self) -> bool:
        """Whether the volume has been drawn."""
        return self._state.m3 >= self.m3 * (1.0 - 1e-9)

    def do_step(self, seconds: float, organisms_per_m3: float) -> bool:
        """Draw air with so many organisms per m3; gives whether the sample is done."""
        checks.from_zero(seconds, self.name, "seconds")
        checks.from_zero(organisms_per_m3, self.name, "organisms")
        state = self._state
        m3 = min(self.flow / _SECONDS_PER_MINUTE / _LITRES_PER_M3 * seconds, self.m3 - state.m3)
        state.m3 += m3
        state.there += organisms_per_m3 * m3
        return self.done

    def incubate(self) -> AirSample:
        """What grows. Raises BadInput where no air was drawn."""
        state = self._state
        if state.m3 <= 0.0:
            raise BadInput("no air was drawn", self.name, "Let it sample before it is incubated.")
        expected = self.recovery * state.there
        return AirSample(self._counted(expected, "colonies"), state.m3, expected, state.there / state.m3)
