"""The kind `contact_time`: a disinfectant works only while it is wet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import Field

from resilience.training.checks.base import (
    CheckContext,
    CheckKind,
    EventPattern,
    Observation,
    Params,
    PatternOrList,
    listed,
    number,
    subject,
    tick_of,
)
from resilience.training.patterns import Event

_CUT_SHORT = frozenset({"taken", "touched", "used", "opened"})


class ContactTimeParams(Params):
    agent: str | None = None
    seconds: float = Field(gt=0)
    targets: list[str] | None = None
    when: PatternOrList | None = None


class ContactTime(CheckKind):
    """What is disinfected must stay wet for `seconds` before it is used.

    `targets` lists ids and kinds; `agent` the disinfectant that counts (lacking: any). With `when` a target is judged
    at that event: it must have been wet for long enough by then, by its best wetting. Without `when` a target is
    judged when its wet time is cut short, and when it is opened without ever having been wetted.
    """

    Params = ContactTimeParams

    def __init__(self, params: ContactTimeParams, context: CheckContext) -> None:
        super().__init__(params, context)
        self._params = params
        self._when = EventPattern(params.when) if params.when else None
        moments = self._when.kinds if self._when else frozenset({"opened"})
        self.watches = frozenset({"surface_wetted", "surface_disinfected"}) | moments
        self._wet_since: dict[str, Event] = {}
        self._best: dict[str, float] = {}

    def observe(self, event: Event) -> Iterator[Observation]:
        item = subject(event)
        if item is None or not listed(item, self._params.targets, self.context):
            return
        kind = event["kind"]
        if kind == "surface_wetted" and self._counts(event):
            self._wet_since[item] = event
        elif kind == "surface_disinfected" and self._counts(event):
            yield from self._dried(item, event)
        if self._when is not None:
            if self._when.matches(event):
                yield from self._judge(item, event)
        elif kind == "opened" and item not in self._best and item not in self._wet_since:
            yield self._short(item, event, 0.0)

    def _counts(self, event: Event) -> bool:
        return self._params.agent in (None, event.get("agent"))

    def _dried(self, item: str, event: Event) -> Iterator[Observation]:
        self._wet_since.pop(item, None)
        wet = number(event.get("wet_seconds")) or 0.0
        self._best[item] = max(self._best.get(item, 0.0), wet)
        if self._when is None and wet < self._params.seconds and event.get("ended_by") in _CUT_SHORT:
            yield self._short(item, event, wet)

    def _judge(self, item: str, event: Event) -> Iterator[Observation]:
        wet = self._best.get(item, 0.0)
        if item in self._wet_since:
            wet = max(wet, self.context.time.seconds(tick_of(self._wet_since[item]), tick_of(event)))
        if wet < self._params.seconds:
            yield self._short(item, event, wet)

    def _short(self, item: str, event: Event, wet: float) -> Observation:
        measured: dict[str, Any] = {"wet_seconds": round(wet, 2), "needed": self._params.seconds}
        return Observation(tick_of(event), item, measured=measured, events=(event,))
