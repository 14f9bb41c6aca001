"""Kinds about the batch record (ALCOA+): `record_quality` and `reconciled`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, model_validator

from resilience.training.checks.arithmetic import Expression
from resilience.training.checks.base import (
    CheckContext,
    CheckKind,
    Ending,
    Observation,
    Params,
    number,
    tick_of,
)
from resilience.training.patterns import Event

_OF_A_THING = ("lot:", "expiry:")
_TIME_OF_DAY = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")


class RecordQualityParams(Params):
    fields: list[str] | None = None
    what: Literal["missing", "late", "forged", "unreasoned", "unsigned"]
    seconds: float | None = Field(default=None, ge=0)
    tolerance: float = Field(default=0.0, ge=0)

    @model_validator(mode="after")
    def _timed(self) -> RecordQualityParams:
        if self.what == "late" and self.seconds is None:
            raise ValueError("`what: late` needs `seconds`")
        return self


class RecordQuality(CheckKind):
    """Entries are made, made in time, true, corrected with a reason, and signed.

    - missing: a field is empty at the end (lacking `fields`: every required field);
    - late: a field is first filled in more than `seconds` after its fact became true;
    - forged: at the end a field differs from its fact by more than `tolerance` (in the field's unit; seconds for a time
      of day), or was filled in before the fact was there and left so; lots and dates are those of what was used;
    - unreasoned: a correction gives no reason;
    - unsigned: a step that must be signed is not (`fields` then names steps; lacking: all that must be signed).
    """

    Params = RecordQualityParams
    watches = frozenset({"recorded", "corrected", "signed"})

    def __init__(self, params: RecordQualityParams, context: CheckContext) -> None:
        super().__init__(params, context)
        self._params = params
        self._latest: dict[str, Event] = {}
        self._signed: set[str] = set()

    def observe(self, event: Event) -> Iterator[Observation]:
        if event["kind"] == "signed":
            self._signed.add(str(event["step"]))
            return
        field = str(event["field"])
        if self._params.fields is not None and field not in self._params.fields:
            return
        first = field not in self._latest
        self._latest[field] = event
        if self._params.what == "late" and first:
            yield from self._late(field, event)
        elif self._params.what == "unreasoned" and event["kind"] == "corrected" and not _given(event.get("reason")):
            yield Observation(tick_of(event), field, measured={"old": event.get("old")}, events=(event,))

    def finish(self, ending: Ending) -> Iterator[Observation]:
        if self._params.what == "missing":
            yield from self._missing(ending)
        elif self._params.what == "forged":
            for field, event in self._latest.items():
                yield from self._forged(field, event, ending)
        elif self._params.what == "unsigned":
            wanted = self.context.signatures if self._params.fields is None else self._params.fields
            for step in wanted:
                if step not in self._signed:
                    yield Observation(ending.tick, step)

    def _missing(self, ending: Ending) -> Iterator[Observation]:
        known = self.context.fields
        required = [name for name, field in known.items() if field.required and not field.given]
        for field in required if self._params.fields is None else self._params.fields:
            event = self._latest.get(field)
            if event is None or not _given(event.get("value")):
                yield Observation(ending.tick, field)

    def _late(self, field: str, event: Event) -> Iterator[Observation]:
        fact_tick = event.get("fact_tick")
        allowed = self._params.seconds or 0.0
        if fact_tick is None:
            return
        waited = self.context.time.seconds(int(fact_tick), tick_of(event))
        if waited > allowed:
            measured = {"waited": waited, "allowed": allowed}
            yield Observation(tick_of(event), field, measured=measured, events=(event,))

    def _forged(self, field: str, event: Event, ending: Ending) -> Iterator[Observation]:
        truth = event.get("truth")
        known = self.context.fields.get(field)
        has_fact = truth is not None or (known is not None and known.fact is not None)
        if known is not None and known.fact is not None and known.fact.startswith(_OF_A_THING):
            # Which lot was used shows when its pack is opened, and the entry may rightly stand before that.
            truth = ending.facts.get(known.fact, truth)
        if has_fact and not agrees(event.get("value"), truth, self._params.tolerance):
            measured: dict[str, Any] = {"value": event.get("value"), "truth": truth}
            yield Observation(tick_of(event), field, measured=measured, events=(event,))


def _given(value: Any) -> bool:
    return value is not None and bool(str(value).strip())


def agrees(value: Any, truth: Any, tolerance: float = 0.0) -> bool:
    """Whether a recorded value agrees with the fact: numbers and times of day within the tolerance, text exactly."""
    if truth is None:
        return False
    written, true = _seconds_of_day(value), _seconds_of_day(truth)
    if written is None or true is None:
        written, true = number(value), number(truth)
    if written is None or true is None:
        return str(value).strip().casefold() == str(truth).strip().casefold()
    return abs(written - true) <= tolerance + 1e-9


def _seconds_of_day(value: Any) -> float | None:
    found = _TIME_OF_DAY.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return float(hours * 3600 + minutes * 60 + seconds)


def _readable(text: str) -> str:
    Expression(text)
    return text


class ReconciledParams(Params):
    fields: list[str] = Field(min_length=1)
    equals: Annotated[str, AfterValidator(_readable)]
    tolerance: float = Field(default=0.0, ge=0)


class Reconciled(CheckKind):
    """The sum of `fields` must equal `equals`: arithmetic over fields and facts.

    A name is a field first (its value as it stands at the end), then a fact. What is not there cannot be reconciled,
    and is a finding as well.
    """

    Params = ReconciledParams
    watches = frozenset({"recorded", "corrected"})

    def __init__(self, params: ReconciledParams, context: CheckContext) -> None:
        super().__init__(params, context)
        self._params = params
        self._equals = Expression(params.equals)
        self._wanted = [*params.fields, *sorted(self._equals.names)]
        self._values: dict[str, Any] = {}
        self._last: Event | None = None

    def observe(self, event: Event) -> Iterator[Observation]:
        if event["field"] in self._wanted:
            self._values[event["field"]] = event.get("value")
            self._last = event
        yield from ()

    def finish(self, ending: Ending) -> Iterator[Observation]:
        numbers = {name: number(self._values.get(name, ending.facts.get(name))) for name in self._wanted}
        missing = sorted(name for name, value in numbers.items() if value is None)
        tick = ending.tick if self._last is None else tick_of(self._last)
        about = self._params.fields[0]
        if missing:
            yield Observation(ending.tick, about, measured={"missing": missing})
            return
        known = {name: value for name, value in numbers.items() if value is not None}
        total = sum(known[name] for name in self._params.fields)
        try:
            expected = self._equals.value(known.__getitem__)
        except ZeroDivisionError:
            yield Observation(tick, about, measured={"value": total, "equals": self._params.equals})
            return
        if abs(total - expected) > self._params.tolerance + 1e-9:
            measured = {"value": total, "expected": expected, "equals": self._params.equals}
            yield Observation(tick, about, measured=measured)
