"""Loops made of controllers: a split range in stages, a dead band with two hands, a cascade of two controllers.

The bioreactor runs the same arithmetic compiled (`bioreactor/kernel.py`): its tests hold both against each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from resilience.twins.control.pid import Pid
from resilience.twins.errors import BadInput


@dataclass(frozen=True, slots=True)
class Stage:
    """One means of a split range: which part of the demand (%) moves it, from what to what."""

    name: str
    begin: float
    end: float
    low: float
    high: float

    def at(self, demand: float) -> float:
        """What this means is set to for a demand from 0 to 100 %."""
        share = min(max((demand - self.begin) / (self.end - self.begin), 0.0), 1.0)
        return self.low + (self.high - self.low) * share


class SplitRange:
    """One controller that uses one means after another: for dissolved oxygen stirrer, then air, then oxygen."""

    def __init__(self, pid: Pid, stages: Sequence[Stage]) -> None:
        for stage in stages:
            if not 0.0 <= stage.begin < stage.end <= 100.0:
                raise BadInput("the stage has no part of the demand", stage.name, "Give 0 <= begin < end <= 100.")
        self.pid, self.stages = pid, tuple(stages)

    def do_step(self, seconds: float, value: float) -> dict[str, float]:
        """One scan: what every means is set to."""
        demand = self.pid.do_step(seconds, value)
        return {stage.name: stage.at(demand) for stage in self.stages}

    def demand(self, settings: dict[str, float]) -> float:
        """The demand at which the means would stand as they do: the last that has left its beginning tells it."""
        for stage in reversed(self.stages):
            if settings[stage.name] > stage.low:
                share = (settings[stage.name] - stage.low) / (stage.high - stage.low)
                return stage.begin + (stage.end - stage.begin) * min(share, 1.0)
        return 0.0


class DeadBand:
    """A controller from -100 to 100 % with a dead band, and one means for either side: for pH carbon dioxide and base.

    Within the band both rest, and what had built up is let go.
    """

    def __init__(self, pid: Pid, up: float, down: float) -> None:
        """up, down: what 100 % of the means that raises and of the one that lowers the value is."""
        if pid.tuning.band <= 0.0:
            raise BadInput("there is no dead band", "tuning.band", "Give a band above 0: the two would fight.")
        self.pid, self.up, self.down = pid, up, down

    def do_step(self, seconds: float, value: float) -> tuple[float, float]:
        """One scan: what raises the value, and what lowers it."""
        if abs(self.pid.state.setpoint - value) <= self.pid.tuning.band:
            self.pid.state.kept = 0.0
        out = self.pid.do_step(seconds, value)
        return self.up * max(out, 0.0) / 100.0, self.down * max(-out, 0.0) / 100.0


class Cascade:
    """An outer controller that sets the set-point of an inner one: temperature by the jacket."""

    def __init__(self, outer: Pid, inner: Pid) -> None:
        self.outer, self.inner = outer, inner

    def do_step(self, seconds: float, value: float, inner_value: float) -> float:
        """One scan: the inner controller's output."""
        self.inner.state.setpoint = self.outer.do_step(seconds, value)
        return self.inner.do_step(seconds, inner_value)
