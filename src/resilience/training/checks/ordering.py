"""Kinds about sequence and time: `order` and `within`."""

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
    Per,
    key_of,
    subject,
    tick_of,
)
from resilience.training.patterns import Event


class OrderParams(Params):
    first: PatternOrList
    then: PatternOrList
    per: Per | None = None


class Order(CheckKind):
    """`then` must not happen before `first`, in the session or for each item or hand. One observation a key."""

    Params = OrderParams

    def __init__(self, params: OrderParams, context: CheckContext) -> None:
        super().__init__(params, context)
        self._first, self._then, self._per = EventPattern(params.first), EventPattern(params.then), params.per
        self.watches = self._first.kinds | self._then.kinds
        self._settled: set[str | None] = set()

    def observe(self, event: Event) -> Iterator[Observation]:
        key = key_of(event, self._per)
        if key in self._settled:
            return
        if self._first.matches(event):
            self._settled.add(key)
        elif self._then.matches(event):
            self._settled.add(key)
            yield Observation(tick_of(event), key, events=(event,))


class WithinParams(Params):
    after: PatternOrList
    do: PatternOrList
    seconds: float | None = Field(default=None, gt=0)
    count: int = Field(default=1, ge=1)
    unless: PatternOrList | None = None
    before: PatternOrList | None = None
    per: Per | None = None


class Within(CheckKind):
    """After `after`, `do` must follow `count` times: in `seconds`, ahead of `before`, at the latest by the finish.

    `unless` lifts the duty (let it match `finished` where the end of the session does). While a duty is open, another
    `after` does not renew it; an event that is both fulfils the old duty and begins a new one.
    """

    Params = WithinParams

    def __init__(self, params: WithinParams, context: CheckContext) -> None:
        super().__init__(params, context)
        self._after, self._do = EventPattern(params.after), EventPattern(params.do)
        self._unless = EventPattern(params.unless) if params.unless else None
        self._before = EventPattern(params.before) if params.before else None
        self._params = params
        self._open: dict[str | None, tuple[Event, int]] = {}
        optional = [pattern.kinds for pattern in (self._unless, self._before) if pattern]
        self.watches = frozenset().union(self._after.kinds, self._do.kinds, *optional)

    def observe(self, event: Event) -> Iterator[Observation]:
        yield from self._expired(tick_of(event))
        keys = [key_of(event, self._params.per)]
        if self._params.per is not None and keys[0] is None:
            # An event about no hand or item in particular (the finish, leaving a station) concerns all open duties.
            keys = sorted(key for key in self._open if key is not None)  # type: ignore[assignment]
        for key in keys:
            yield from self._settle(event, key)

    def _settle(self, event: Event, key: str | None) -> Iterator[Observation]:
        if key in self._open:
            began, done = self._open[key]
            if self._do.matches(event):
                if done + 1 >= self._params.count:
                    del self._open[key]
                else:
                    self._open[key] = (began, done + 1)
            elif self._unless and self._unless.matches(event):
                del self._open[key]
            elif self._before and self._before.matches(event):
                del self._open[key]
                yield self._missed(began, tick_of(event), done, key, event)
        if key not in self._open and self._after.matches(event):
            self._open[key] = (event, 0)

    def finish(self, ending: Ending) -> Iterator[Observation]:
        yield from self._expired(ending.tick)
        for key, (began, done) in self._open.items():
            yield self._missed(began, ending.tick, done, key)
        self._open.clear()

    def _expired(self, now: int) -> Iterator[Observation]:
        if self._params.seconds is None:
            return
        time = self.context.time
        for key, (began, done) in list(self._open.items()):
            if time.seconds(tick_of(began), now) > self._params.seconds:
                deadline = time.tick_after(tick_of(began), self._params.seconds)
                del self._open[key]
                yield self._missed(began, deadline, done, key)

    def _missed(self, began: Event, tick: int, done: int, key: str | None, ahead: Event | None = None) -> Observation:
        waited = self.context.time.seconds(tick_of(began), tick)
        measured: dict[str, Any] = {"waited": waited}
        if self._params.seconds is not None and waited >= self._params.seconds:
            measured = {"not_within": self._params.seconds}
        if self._params.count > 1:
            measured |= {"done": done, "needed": self._params.count}
        about = key if self._params.per else subject(began)
        return Observation(tick, about, measured=measured, events=(began,) if ahead is None else (began, ahead))
