"""The kind `reported`: a deviation is told to whom it concerns, in time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import Field

from resilience.training.checks.base import (
    CheckContext,
    CheckKind,
    Ending,
    EventPattern,
    Observation,
    Params,
    PatternOrList,
    tick_of,
)
from resilience.training.patterns import Event

_NO_REPORT = "question"
"""Kind of call that tells nobody of a deviation."""


class ReportedParams(Params):
    fault: str | list[str]
    within: float | None = Field(default=None, gt=0)
    to: str | None = None
    before: PatternOrList | None = None


class Reported(CheckKind):
    """A fault must be reported: `within` seconds, ahead of `before`, at the latest by the finish.

    `fault` names one fault, several, or a prefix with `*`; `to` the person who must be told (lacking: anybody). Asking
    a question is no report.
    A late report is found once, with the time it took.
    """

    Params = ReportedParams

    def __init__(self, params: ReportedParams, context: CheckContext) -> None:
        super().__init__(params, context)
        self._params = params
        self._fault = EventPattern({"kind": "fault", "what": params.fault})
        self._before = EventPattern(params.before) if params.before else None
        self.watches = frozenset({"fault", "reported"}) | (self._before.kinds if self._before else frozenset())
        self._unreported: dict[str, Event] = {}
        self._too_late: dict[str, int] = {}

    def observe(self, event: Event) -> Iterator[Observation]:
        if self._fault.matches(event):
            self._unreported.setdefault(str(event["what"]), event)
        elif event["kind"] == "reported" and self._counts(event):
            yield from self._told(tick_of(event))
        if self._before and self._before.matches(event):
            for fault in self._unreported:
                self._too_late.setdefault(fault, tick_of(event))

    def finish(self, ending: Ending) -> Iterator[Observation]:
        for fault, began in self._unreported.items():
            yield self._observation(fault, began, None, self._deadline(fault, began, ending.tick))
        self._unreported.clear()

    def _counts(self, event: Event) -> bool:
        return event.get("what") != _NO_REPORT and self._params.to in (None, event.get("to"))

    def _told(self, tick: int) -> Iterator[Observation]:
        for fault, began in self._unreported.items():
            deadline = self._deadline(fault, began, tick)
            if tick > deadline or fault in self._too_late:
                yield self._observation(fault, began, tick, deadline)
        self._unreported.clear()
        self._too_late.clear()

    def _deadline(self, fault: str, began: Event, otherwise: int) -> int:
        deadlines = [self._too_late.get(fault, otherwise)]
        if self._params.within is not None:
            deadlines.append(self.context.time.tick_after(tick_of(began), self._params.within))
        return min(deadlines)

    def _observation(self, fault: str, began: Event, told: int | None, tick: int) -> Observation:
        measured: dict[str, Any] = {"reported": told is not None}
        if told is not None:
            measured["waited"] = self.context.time.seconds(tick_of(began), told)
        if self._params.within is not None:
            measured["allowed"] = self._params.within
        return Observation(tick, fault, measured=measured, events=(began,))
