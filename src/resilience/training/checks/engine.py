"""The assessor: runs the checks of one session over its events and keeps what they find."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from resilience.training.canonical import significant
from resilience.training.checks.base import CheckContext, CheckKind, Ending, Observation
from resilience.training.checks.registry import check_kinds
from resilience.training.findings import RISKS, Finding, by_consequence
from resilience.training.module_shapes import Check
from resilience.training.patterns import Event

# An assessor's note names the first few occasions and says how many there were.
MOST_EVENTS = 4
# What a person wrote in words stays in the log and out of the evidence.
_DROPPED = frozenset({"text"})


@dataclass
class _Gathered:
    """All breaches of one check about one item so far."""

    check: Check
    item: str | None
    step: str | None
    tick: int
    seconds: float = 0.0
    longest: float = -1.0
    count: int = 0
    expected_cfu: float = 0.0
    measured: dict[str, Any] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)

    def add(self, observation: Observation) -> None:
        self.count += 1
        self.seconds += observation.seconds
        if observation.seconds > self.longest:
            self.longest, self.measured = observation.seconds, dict(observation.measured)
        for event in observation.events:
            self.expected_cfu += float(event.get("cfu") or 0.0)
            if len(self.events) < MOST_EVENTS:
                self.events.append(_compact(event))

    def finding(self) -> Finding:
        evidence: dict[str, Any] = {"count": self.count}
        if self.item is not None:
            evidence["item"] = self.item
        evidence |= {name: _rounded(value) for name, value in self.measured.items()}
        evidence["events"] = self.events
        consequence: dict[str, Any] = {"risk": RISKS[self.check.code]}
        if self.expected_cfu > 0:
            consequence["expected_cfu"] = significant(self.expected_cfu)
        return Finding(
            check=self.check.id,
            code=self.check.code,
            severity=self.check.severity,
            tick=self.tick,
            seconds=round(self.seconds, 2),
            step=self.step,
            source=self.check.source,
            evidence=evidence,
            consequence=consequence,
        )


class Assessor:
    """Runs a module's checks over one session.

    Give every event to `observe` as it comes and call `finish` once. Both return findings that are new: the first
    breach of a check about an item. Later breaches about the same item add to it, as an assessor's note would.
    """

    def __init__(self, checks: Iterable[Check], context: CheckContext) -> None:
        kinds = check_kinds()
        self._time = context.time
        self._gathered: dict[tuple[str, str | None], _Gathered] = {}
        self._running: list[tuple[Check, CheckKind]] = []
        self._watching: dict[str, list[tuple[Check, CheckKind]]] = {}
        for check in checks:
            kind = kinds[check.kind]
            running = kind(kind.Params.model_validate(check.with_), context)
            self._running.append((check, running))
            for event_kind in running.watches:
                self._watching.setdefault(event_kind, []).append((check, running))

    @property
    def watched(self) -> frozenset[str]:
        """The kinds of event that at least one check looks at."""
        return frozenset(self._watching)

    def observe(self, event: Event, step: str | None = None) -> list[Finding]:
        """Judge one event that happened during `step`; return the findings that are new."""
        kind = event["kind"]
        if kind == "pace_changed":
            self._time.change(int(event["tick"]), int(event["pace"]))
        watching = self._watching.get(kind)
        if not watching:
            return []
        return [
            finding
            for check, running in watching
            for observation in running.observe(event)
            if (finding := self._gather(check, observation, step)) is not None
        ]

    def finish(self, tick: int, facts: Mapping[str, Any] | None = None, step: str | None = None) -> list[Finding]:
        """Judge what only the end can show, given the facts that records are compared with; return what is new."""
        ending = Ending(tick, facts or {})
        return [
            finding
            for check, running in self._running
            for observation in running.finish(ending)
            if (finding := self._gather(check, observation, step)) is not None
        ]

    def findings(self) -> list[Finding]:
        """All findings so far, ordered by consequence."""
        return by_consequence([gathered.finding() for gathered in self._gathered.values()])

    def _gather(self, check: Check, observation: Observation, step: str | None) -> Finding | None:
        key = (check.id, observation.item)
        known = self._gathered.get(key)
        if known is not None:
            known.add(observation)
            return None
        new = self._gathered[key] = _Gathered(check, observation.item, step, observation.tick)
        new.add(observation)
        return new.finding()


def _compact(event: Event) -> dict[str, Any]:
    return {name: _rounded(value) for name, value in event.items() if name not in _DROPPED and value is not None}


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return significant(value)
    if isinstance(value, tuple | list):
        return [_rounded(entry) for entry in value]
    if isinstance(value, Mapping):
        return {name: _rounded(entry) for name, entry in value.items()}
    return value
