"""Kinds about what may not be and how much may be: `never`, `limit`, `speed`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import Field, model_validator

from resilience.training.checks.base import (
    CheckContext,
    CheckKind,
    Ending,
    EventPattern,
    Observation,
    Params,
    PatternOrList,
    Per,
    hand_of,
    key_of,
    number,
    subject,
    tick_of,
)
from resilience.training.clock import TICKS_PER_SECOND
from resilience.training.patterns import Event


class NeverParams(Params):
    when: PatternOrList


class Never(CheckKind):
    """The pattern may not be seen."""

    Params = NeverParams

    def __init__(self, params: NeverParams, context: CheckContext) -> None:
        super().__init__(params, context)
        self._when = EventPattern(params.when)
        self.watches = self._when.kinds

    def observe(self, event: Event) -> Iterator[Observation]:
        if self._when.matches(event):
            seconds = number(event.get("seconds")) or 0.0
            yield Observation(tick_of(event), subject(event), seconds, events=(event,))


class LimitParams(Params):
    of: PatternOrList
    field: str | None = None
    min: float | None = None
    max: float | None = None
    sum: bool = False
    per: Per | None = None

    @model_validator(mode="after")
    def _bounded(self) -> LimitParams:
        if self.min is None and self.max is None:
            raise ValueError("needs `min`, `max` or both")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError("`min` is above `max`")
        if self.field is None and not self.sum:
            raise ValueError("needs `field`, or `sum: true` to count the events themselves")
        return self


class Limit(CheckKind):
    """A field of the matching events, or its sum over the session, must lie between `min` and `max`.

    With `sum` and no `field` the events are counted. With `per` there is a sum for each item or hand that occurs;
    without it the sum of nothing is 0 and is judged too.
    """

    Params = LimitParams

    def __init__(self, params: LimitParams, context: CheckContext) -> None:
        super().__init__(params, context)
        self._params = params
        self._of = EventPattern(params.of)
        self.watches = self._of.kinds
        self._sums: dict[str | None, tuple[float, Event | None]] = {} if params.per else {None: (0.0, None)}

    def observe(self, event: Event) -> Iterator[Observation]:
        if not self._of.matches(event):
            return
        value = 1.0 if self._params.field is None else number(event.get(self._params.field))
        if value is None:
            return
        if self._params.sum:
            key = key_of(event, self._params.per)
            self._sums[key] = (self._sums.get(key, (0.0, None))[0] + value, event)
        elif not self._inside(value):
            yield self._outside(value, tick_of(event), subject(event), event)

    def finish(self, ending: Ending) -> Iterator[Observation]:
        if not self._params.sum:
            return
        for key, (total, last) in self._sums.items():
            if not self._inside(total):
                yield self._outside(total, ending.tick if last is None else tick_of(last), key, last)

    def _inside(self, value: float) -> bool:
        low, high = self._params.min, self._params.max
        # A sum of 2.1 mL drawn in three portions must not fail by the last bit of a float.
        slack = 1e-9 * max(1.0, abs(value))
        return (low is None or value >= low - slack) and (high is None or value <= high + slack)

    def _outside(self, value: float, tick: int, item: str | None, event: Event | None) -> Observation:
        measured: dict[str, Any] = {"value": value}
        if self._params.min is not None:
            measured["min"] = self._params.min
        if self._params.max is not None:
            measured["max"] = self._params.max
        return Observation(tick, item, measured=measured, events=() if event is None else (event,))


class SpeedParams(Params):
    m_s: float = Field(gt=0)
    seconds: float = Field(ge=0)
    zone: str | None = None
    open: bool = False


class Speed(CheckKind):
    """No hand may be faster than `m_s` for longer than `seconds`.

    Reads `reading` events of `hand_speed`, one for each fast stretch: `value` is its top speed in m/s as a mean over
    0.2 s, `seconds` its length, `open` whether a critical site stood open meanwhile. `zone` limits the rule to a zone,
    `open` to stretches over something open.
    """

    Params = SpeedParams
    watches = frozenset({"reading"})

    def __init__(self, params: SpeedParams, context: CheckContext) -> None:
        super().__init__(params, context)
        self._params = params

    def observe(self, event: Event) -> Iterator[Observation]:
        if event.get("what") != "hand_speed":
            return
        params = self._params
        value, seconds = number(event.get("value")) or 0.0, number(event.get("seconds")) or 0.0
        counts = params.zone in (None, event.get("zone")) and (not params.open or event.get("open") is True)
        if counts and value > params.m_s and seconds > params.seconds:
            started = tick_of(event) - round(seconds * TICKS_PER_SECOND)
            measured = {"m_s": value, "limit_m_s": params.m_s}
            yield Observation(max(started, 0), hand_of(event), seconds, measured, (event,))
