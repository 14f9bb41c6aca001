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

    Reads `reading` events of `hand_speed` (value in m/s over the last `seconds` of the reading); readings that follow
    one another without a slower one between them add up. `zone` limits it to a zone; `open` to the time while
    something with a critical part stands open.
    """

    Params = SpeedParams

    def __init__(self, params: SpeedParams, context: CheckContext) -> None:
        super().__init__(params, context)
        self._params = params
        self.watches = frozenset({"reading", "opened", "closed"} if params.open else {"reading"})
        self._open: set[str] = set()
        # Per hand: first tick of the fast stretch, its seconds, its top speed.
        self._fast: dict[str, tuple[int, float, float]] = {}

    def observe(self, event: Event) -> Iterator[Observation]:
        if event["kind"] != "reading":
            self._track_opening(event)
        elif event.get("what") == "hand_speed":
            yield from self._judge(event)

    def finish(self, ending: Ending) -> Iterator[Observation]:
        for hand in sorted(self._fast):
            yield from self._end(hand)

    def _track_opening(self, event: Event) -> None:
        target = str(event.get("target", ""))
        if self.context.critical.get(str(event.get("target_kind", self.context.kind_of(target)))):
            (self._open.add if event["kind"] == "opened" else self._open.discard)(target)

    def _judge(self, event: Event) -> Iterator[Observation]:
        hand = hand_of(event) or ""
        value, seconds = number(event.get("value")) or 0.0, number(event.get("seconds")) or 0.0
        counts = (self._params.zone is None or event.get("zone") == self._params.zone) and (
            not self._params.open or bool(self._open)
        )
        if not counts or value <= self._params.m_s:
            yield from self._end(hand)
            return
        start = tick_of(event) - round(seconds * TICKS_PER_SECOND)
        if hand in self._fast:
            first, total, top = self._fast[hand]
            if start <= first + round(total * TICKS_PER_SECOND) + 1:
                self._fast[hand] = (first, total + seconds, max(top, value))
                return
            yield from self._end(hand)
        self._fast[hand] = (start, seconds, value)

    def _end(self, hand: str) -> Iterator[Observation]:
        if hand not in self._fast:
            return
        first, seconds, top = self._fast.pop(hand)
        if seconds > self._params.seconds:
            measured = {"m_s": top, "limit_m_s": self._params.m_s}
            yield Observation(max(first, 0), hand or None, seconds, measured)
