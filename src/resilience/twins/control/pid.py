"""A controller with proportional, integral and derivative action, as a faceplate shows it.

    out = Kp e + I - Kp Td dPV/dt,    dI/dt = Kp e/Ti

e is set-point less measured value beyond a dead band. The derivative is of the measured value, so that a new set-point
gives no kick. At a limit the integral moves back only (conditional integration, Astrom & Hagglund 2006, Advanced PID
Control, 3.5). Going from manual to automatic is bumpless: the integral takes on what the output is.
"""

from __future__ import annotations

from dataclasses import dataclass

from resilience.twins import checks
from resilience.twins.errors import BadInput


@dataclass(frozen=True, slots=True)
class Tuning:
    """gain: output per unit of error (negative where more output lowers the value); times in s; 0 switches one off."""

    gain: float
    integral: float = 0.0
    derivative: float = 0.0
    low: float = 0.0
    high: float = 100.0
    band: float = 0.0
    """Errors within it count for nothing."""


@dataclass
class PidState:
    """Everything of a controller that changes."""

    setpoint: float
    out: float
    kept: float = 0.0
    before: float | None = None
    auto: bool = True


class Pid:
    """A controller; `do_step` is one scan. Gives its output in the unit of the tuning's limits."""

    def __init__(self, tuning: Tuning, setpoint: float, out: float = 0.0) -> None:
        if not tuning.low < tuning.high:
            raise BadInput("the output has no span", "tuning", "Give low below high.")
        for name in ("integral", "derivative", "band"):
            checks.from_zero(getattr(tuning, name), "tuning", name)
        self.tuning = tuning
        self.state = PidState(setpoint, min(max(out, tuning.low), tuning.high))

    def do_step(self, seconds: float, value: float) -> float:
        """One scan, so many seconds after the last: the output for what is measured."""
        checks.above_zero(seconds, "pid", "seconds")
        tuning, state = self.tuning, self.state
        error = outside(state.setpoint - value, tuning.band)
        slope = 0.0 if state.before is None else (value - state.before) / seconds
        state.before = value
        if not state.auto:
            return state.out
        moved = state.kept + tuning.gain * error * seconds / tuning.integral if tuning.integral else 0.0
        wanted = tuning.gain * error + moved - tuning.gain * tuning.derivative * slope
        state.out = min(max(wanted, tuning.low), tuning.high)
        further = (wanted > tuning.high and tuning.gain * error > 0.0) or (
            wanted < tuning.low and tuning.gain * error < 0.0
        )
        if not further:
            state.kept = moved
        return state.out

    def manual(self, out: float | None = None) -> None:
        """Hold the output, at what it is or at `out`. Raises BadInput beyond its limits."""
        out = self.state.out if out is None else out
        if not self.tuning.low <= out <= self.tuning.high:
            limits = f"{self.tuning.low:g} to {self.tuning.high:g}"
            raise BadInput(f"the output is {out:g}", "pid.manual", f"Give {limits}.")
        self.state.auto, self.state.out = False, out

    def automatic(self, value: float) -> None:
        """Control again, from the output as it is; `value` is what is measured now."""
        error = outside(self.state.setpoint - value, self.tuning.band)
        self.state.kept = self.state.out - self.tuning.gain * error
        self.state.auto = True


def outside(error: float, band: float) -> float:
    """How far an error lies beyond a dead band to either side of nothing."""
    return max(error - band, 0.0) + min(error + band, 0.0)
