"""An instrument: it follows what is measured with a lag, drifts, is noisy, and shows steps within a range.

    dy/dt = (x - y)/lag,    shown = gain * y + offset + noise, rounded to the resolution, held within the scale

It can stick (shows what it showed), come loose (shows what it meets there) and be calibrated (offset and gain are set
so that it shows what a reference says). Noise is looked up by seed, name and tick, never drawn in turn: a reading is
the same however often it is read, and whatever else is measured.
"""

from __future__ import annotations

import copy
import math
from dataclasses import dataclass
from typing import Final, Self

from resilience.twins import checks, draws
from resilience.twins.errors import BadInput

SECONDS_PER_DAY: Final = 86_400.0
_MASK: Final = (1 << 64) - 1
_GOLDEN: Final = 0x9E3779B97F4A7C15
_LEVEL_SHIFT: Final = 52
"""Of 64 bits the uppermost 12 choose one of the 4,096 levels of `draws.quantiles`."""


@dataclass(frozen=True, slots=True)
class Probe:
    """What an instrument is like: its unit and scale, lag s, noise (standard deviation), resolution.

    `drift` is per day; `offset` is the error of its calibration at the start; `loose` is what it meets when it has come
    loose (none: it goes on showing what it showed).
    """

    name: str
    unit: str
    low: float
    high: float
    lag: float = 0.0
    noise: float = 0.0
    resolution: float = 0.0
    drift: float = 0.0
    offset: float = 0.0
    loose: float | None = None
    noise_seconds: float = 1.0
    """A new draw of noise each so many seconds."""


@dataclass
class ProbeState:
    """Everything of an instrument that changes."""

    seconds: float
    input: float
    """What was there at the end of the last step."""
    followed: float
    """The same, behind by the lag."""
    offset: float
    gain: float
    drift: float
    stuck: float | None = None
    detached: bool = False


class Measurement:
    """An instrument at work. Two of one seed and name read alike."""

    def __init__(self, probe: Probe, truth: float, seed: int = 0) -> None:
        """truth: what is measured at the start; the instrument has come to it."""
        if not probe.low < probe.high:
            raise BadInput("the scale has no span", probe.name, "Give low below high.")
        for what in ("lag", "noise", "resolution"):
            checks.from_zero(getattr(probe, what), probe.name, what)
        checks.above_zero(probe.noise_seconds, probe.name, "noise_seconds")
        self.probe = probe
        self.key = noise_key(seed, probe.name)
        truth = _finite(truth, probe.name)
        self._state = ProbeState(0.0, truth, truth, probe.offset, 1.0, probe.drift)

    # Time -------------------------------------------------------------------------------------------------------------
    def do_step(self, seconds: float, truth: float) -> None:
        """Advance by `seconds` while what is measured moves in a straight line to `truth`: exact for that."""
        state = self._state
        checks.from_zero(seconds, self.probe.name, "seconds")
        target = self.probe.loose if state.detached and self.probe.loose is not None else truth
        target = _finite(target, self.probe.name)
        if seconds == 0.0:
            return
        lag = self.probe.lag
        if lag > 0.0:
            behind = lag * (target - state.input) / seconds
            state.followed = target - behind + (state.followed - state.input + behind) * math.exp(-seconds / lag)
        else:
            state.followed = target
        state.input = target
        state.offset += state.drift * seconds / SECONDS_PER_DAY
        state.seconds += seconds

    # Outputs ----------------------------------------------------------------------------------------------------------
    @property
    def reading(self) -> float:
        """What is shown now, in its unit."""
        state = self._state
        return self._shown() if state.stuck is None else state.stuck

    @property
    def error(self) -> float:
        """By how much the calibration is off at this point of the scale, without noise and lag."""
        return (self._state.gain - 1.0) * self._state.followed + self._state.offset

    # What is done to it -----------------------------------------------------------------------------------------------
    def calibrate(self, reference: float) -> None:
        """One-point calibration: from now on it shows `reference` for what it sees (the noise of now is in it)."""
        _within(reference, self.probe)
        self._state.offset += reference - self._raw()

    def calibrate_two(self, shown: tuple[float, float], reference: tuple[float, float]) -> None:
        """Two-point calibration: what it showed as `shown` is `reference`; sets gain and offset."""
        if shown[0] == shown[1] or reference[0] == reference[1]:
            raise BadInput("two points are one", self.probe.name, "Give two different readings and references.")
        for value in reference:
            _within(value, self.probe)
        slope = (reference[1] - reference[0]) / (shown[1] - shown[0])
        state = self._state
        state.gain, state.offset = slope * state.gain, slope * (state.offset - shown[0]) + reference[0]

    def set_drift(self, per_day: float) -> None:
        """Drift by so much a day from now on, in its unit."""
        self._state.drift = _finite(per_day, f"{self.probe.name}.drift")

    def offset_by(self, step: float) -> None:
        """Shift what it shows at once, in its unit."""
        self._state.offset += _finite(step, f"{self.probe.name}.offset")

    def stick(self) -> None:
        """From now on it shows what it shows now."""
        self._state.stuck = self.reading

    def detach(self) -> None:
        """It comes loose: it follows what it meets there, or holds where nothing is known of that."""
        if self.probe.loose is None:
            self.stick()
        self._state.detached = True

    def mend(self) -> None:
        """It moves again, sits where it should and drifts as it usually does; calibration stays as it is."""
        state = self._state
        state.stuck, state.detached, state.drift = None, False, self.probe.drift

    # Branches ---------------------------------------------------------------------------------------------------------
    def snapshot(self) -> ProbeState:
        """The instrument as it is now."""
        return copy.copy(self._state)

    def restore(self, snapshot: ProbeState) -> None:
        """Go on from a snapshot."""
        if not isinstance(snapshot, ProbeState):
            raise BadInput("this is no snapshot of an instrument", self.probe.name, "Give what `snapshot` returned.")
        self._state = copy.copy(snapshot)

    def fork(self) -> Self:
        """Another that begins as this one is."""
        other = copy.copy(self)
        other._state = copy.copy(self._state)
        return other

    # Inside -----------------------------------------------------------------------------------------------------------
    def _raw(self) -> float:
        state, probe = self._state, self.probe
        value = state.gain * state.followed + state.offset
        if probe.noise > 0.0:
            value += probe.noise * noise(self.key, math.floor(state.seconds / probe.noise_seconds))
        return value

    def _shown(self) -> float:
        value, step = self._raw(), self.probe.resolution
        if step > 0.0:
            value = step * math.floor(value / step + 0.5)
        return min(max(value, self.probe.low), self.probe.high)


def noise_key(seed: int, name: str) -> int:
    """The key of an instrument's noise: 64 bits of its name and the run's seed."""
    return int(draws.uniforms(draws.named(seed, "probe", name), 1)[0] * 2.0**53) * _GOLDEN & _MASK


def noise(key: int, tick: int) -> float:
    """A standard normal draw of an instrument at a tick: SplitMix64 (Steele, Lea & Flood 2014) of key and tick.

    A loop closed within a compiled kernel goes by what is followed, without this noise of the display: a plant filters.
    """
    bits = (key + tick * _GOLDEN) & _MASK
    bits = ((bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    bits = ((bits ^ (bits >> 27)) * 0x94D049BB133111EB) & _MASK
    return float(draws.quantiles()[(bits ^ (bits >> 31)) >> _LEVEL_SHIFT])


def _finite(value: float, where: str) -> float:
    if not math.isfinite(value):
        raise BadInput(f"the value is {value}", where, "Give a finite number.")
    return float(value)


def _within(value: float, probe: Probe) -> None:
    if not probe.low <= value <= probe.high:
        raise BadInput(
            f"the value is {value:g} {probe.unit}", probe.name, f"Give {probe.low:g} to {probe.high:g} {probe.unit}."
        )
