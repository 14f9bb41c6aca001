"""Kinds about critical sites: `first_air` and `critical_touch`."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from resilience.training.checks.base import (
    CheckContext,
    CheckKind,
    Observation,
    Params,
    listed,
    number,
    subject,
    tick_of,
)
from resilience.training.patterns import Event


class FirstAirParams(Params):
    items: list[str] | None = None
    seconds: float = Field(ge=0)


class FirstAir(CheckKind):
    """First air over an open critical site must not be lost for longer than `seconds` at a time.

    `items` lists ids and kinds; lacking, every site counts. Air that fails by itself (`by` is a piece of equipment) is
    nobody's error: what is to be done then is for other checks.
    """

    Params = FirstAirParams
    watches = frozenset({"shielded"})

    def __init__(self, params: FirstAirParams, context: CheckContext) -> None:
        super().__init__(params, context)
        self._params = params

    def observe(self, event: Event) -> Iterator[Observation]:
        item, seconds = str(event.get("item")), number(event.get("seconds")) or 0.0
        if event.get("by") in self.context.equipment:
            return
        if seconds > self._params.seconds and listed(item, self._params.items, self.context):
            tick = int(event.get("from_tick") or tick_of(event))
            measured = {"by": event.get("by"), "allowed": self._params.seconds}
            yield Observation(tick, item, seconds, measured, (event,))


class CriticalTouchParams(Params):
    items: list[str] | None = None
    parts: list[str] | None = None
    with_: list[str] = Field(default=["glove"], alias="with", min_length=1)


class CriticalTouch(CheckKind):
    """A critical part must not be touched by what `with` lists: `glove`, an item or a kind of item.

    `items` (ids and kinds) and `parts` narrow what is protected; lacking, every critical part is.
    """

    Params = CriticalTouchParams
    watches = frozenset({"contact"})

    def __init__(self, params: CriticalTouchParams, context: CheckContext) -> None:
        super().__init__(params, context)
        self._params = params

    def observe(self, event: Event) -> Iterator[Observation]:
        toucher, item = str(event.get("with")), subject(event)
        if (
            event.get("critical") is True
            and item is not None
            and listed(item, self._params.items, self.context)
            and (self._params.parts is None or event.get("part") in self._params.parts)
            and listed(toucher, self._params.with_, self.context)
        ):
            measured = {"part": event.get("part"), "with": toucher}
            yield Observation(tick_of(event), item, measured=measured, events=(event,))
