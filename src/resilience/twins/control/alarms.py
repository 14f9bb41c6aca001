"""Alarms by ISA-18.2 (IEC 62682): what is abnormal, how urgent, and whether somebody has seen it.

A point compares one value with one limit. It is raised when the value has been beyond the limit for its delay, and
returns to normal when it is back by the dead band. States are those of the standard: normal, unacknowledged,
acknowledged, returned to normal unacknowledged, shelved, out of service. Shelving ends by itself.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Final

from resilience.twins import checks
from resilience.twins.errors import BadInput

LONGEST_SHELF: Final = 8.0 * 3600.0
"""s. Nothing is shelved for longer than a shift."""


class Priority(IntEnum):
    """Most urgent first. The standard asks for few: about 5 % urgent, 15 % high, 80 % low."""

    URGENT = 1
    HIGH = 2
    LOW = 3


class State(StrEnum):
    """The states of ISA-18.2 that a trainee meets."""

    NORMAL = "normal"
    UNACKNOWLEDGED = "unacknowledged"
    ACKNOWLEDGED = "acknowledged"
    RETURNED = "returned unacknowledged"
    SHELVED = "shelved"
    OUT_OF_SERVICE = "out of service"


@dataclass(frozen=True, slots=True)
class Point:
    """An alarm as it was rationalised: what is watched, its limit, and what the operator shall do about it."""

    name: str
    tag: str
    limit: float
    high: bool
    """True where the value must not lie above the limit, false where not below."""
    priority: Priority
    what: str
    response: str
    band: float = 0.0
    """How far back it must come, in the unit of the value."""
    delay: float = 0.0
    """s beyond the limit before it is raised."""


@dataclass(frozen=True, slots=True)
class Change:
    """A line of the alarm journal."""

    seconds: float
    alarm: str
    state: State
    value: float


@dataclass
class _Standing:
    """How one alarm stands."""

    state: State = State.NORMAL
    active: bool = False
    beyond: float = 0.0
    """s for which the value has been beyond the limit."""
    since: float = 0.0
    shelved_until: float = 0.0
    value: float = 0.0


@dataclass
class _Kept:
    seconds: float = 0.0
    standing: dict[str, _Standing] = field(default_factory=dict)
    journal: list[Change] = field(default_factory=list)


class Alarms:
    """The alarms of a plant. `do_step` looks at the values; the list is what an operator sees."""

    def __init__(self, points: Iterable[Point]) -> None:
        self.points = {point.name: point for point in points}
        for point in self.points.values():
            checks.from_zero(point.band, point.name, "dead band")
            checks.from_zero(point.delay, point.name, "delay")
        self._kept = _Kept(standing={name: _Standing() for name in self.points})

    def do_step(self, seconds: float, get: Callable[[str], float]) -> tuple[Change, ...]:
        """Look at every value, so many seconds after the last time; what has changed. get: a value by its tag."""
        checks.from_zero(seconds, "alarms", "seconds")
        kept = self._kept
        kept.seconds += seconds
        began = len(kept.journal)
        values: dict[str, float] = {}
        for name, point in self.points.items():
            standing = kept.standing[name]
            if point.tag not in values:
                values[point.tag] = get(point.tag)
            standing.value = values[point.tag]
            self._look(point, standing, seconds)
            if standing.state is State.SHELVED and kept.seconds >= standing.shelved_until:
                self._to(point, State.UNACKNOWLEDGED if standing.active else State.NORMAL)
        return tuple(kept.journal[began:])

    # What an operator does --------------------------------------------------------------------------------------------
    def acknowledge(self, name: str) -> None:
        """Seen. Raises BadInput where there is nothing to see."""
        state = self._standing(name).state
        if state is State.UNACKNOWLEDGED:
            self._to(self.points[name], State.ACKNOWLEDGED)
        elif state is State.RETURNED:
            self._to(self.points[name], State.NORMAL)
        else:
            raise BadInput(f"the alarm is {state}", name, "Acknowledge what is unacknowledged.")

    def shelve(self, name: str, seconds: float) -> None:
        """Silence an alarm for a time, at most a shift: it comes back by itself."""
        if not 0.0 < seconds <= LONGEST_SHELF:
            raise BadInput(f"{seconds:g} s", f"{name}.shelve", f"Give more than 0 to {LONGEST_SHELF:g} s.")
        standing = self._standing(name)
        if standing.state is State.OUT_OF_SERVICE:
            raise BadInput("the alarm is out of service", name, "Bring it back into service first.")
        standing.shelved_until = self._kept.seconds + seconds
        self._to(self.points[name], State.SHELVED)

    def unshelve(self, name: str) -> None:
        """Hear it again before its time."""
        standing = self._standing(name)
        if standing.state is not State.SHELVED:
            raise BadInput(f"the alarm is {standing.state}", name, "Unshelve what is shelved.")
        self._to(self.points[name], State.UNACKNOWLEDGED if standing.active else State.NORMAL)

    def service(self, name: str, out: bool) -> None:
        """Take an alarm out of service for maintenance, or bring it back."""
        standing = self._standing(name)
        if out:
            self._to(self.points[name], State.OUT_OF_SERVICE)
        elif standing.state is State.OUT_OF_SERVICE:
            self._to(self.points[name], State.UNACKNOWLEDGED if standing.active else State.NORMAL)

    # What an operator sees --------------------------------------------------------------------------------------------
    @property
    def shown(self) -> tuple[tuple[Point, State, float], ...]:
        """The alarm list: most urgent first, of these the latest; each with its state and when it came (s)."""
        waiting = (State.UNACKNOWLEDGED, State.ACKNOWLEDGED, State.RETURNED)
        found = [
            (self.points[name], standing.state, standing.since)
            for name, standing in self._kept.standing.items()
            if standing.state in waiting
        ]
        return tuple(sorted(found, key=lambda row: (row[0].priority, -row[2])))

    @property
    def loudest(self) -> Priority | None:
        """The most urgent that nobody has acknowledged: what the horn sounds for."""
        waiting = [point.priority for point, state, _ in self.shown if state is State.UNACKNOWLEDGED]
        return min(waiting, default=None)

    @property
    def states(self) -> Mapping[str, State]:
        """How every alarm stands."""
        return {name: standing.state for name, standing in self._kept.standing.items()}

    @property
    def journal(self) -> tuple[Change, ...]:
        """Every change of state, in order."""
        return tuple(self._kept.journal)

    # Branches ---------------------------------------------------------------------------------------------------------
    def snapshot(self) -> object:
        """The alarms as they are now."""
        return copy.deepcopy(self._kept)

    def restore(self, snapshot: object) -> None:
        """Go on from a snapshot of these alarms."""
        if not isinstance(snapshot, _Kept) or snapshot.standing.keys() != self.points.keys():
            raise BadInput("this is no snapshot of these alarms", "snapshot", "Give what `snapshot` returned.")
        self._kept = copy.deepcopy(snapshot)

    # Inside -----------------------------------------------------------------------------------------------------------
    def _look(self, point: Point, standing: _Standing, seconds: float) -> None:
        past = standing.value - point.limit if point.high else point.limit - standing.value
        if past > 0.0:
            standing.beyond += seconds
            if not standing.active and standing.beyond >= point.delay:
                standing.active = True
                if standing.state not in (State.SHELVED, State.OUT_OF_SERVICE):
                    standing.since = self._kept.seconds
                    self._to(point, State.UNACKNOWLEDGED)
            return
        standing.beyond = 0.0
        if standing.active and past <= -point.band:
            standing.active = False
            if standing.state is State.UNACKNOWLEDGED:
                self._to(point, State.RETURNED)
            elif standing.state is State.ACKNOWLEDGED:
                self._to(point, State.NORMAL)

    def _to(self, point: Point, state: State) -> None:
        standing = self._kept.standing[point.name]
        standing.state = state
        self._kept.journal.append(Change(self._kept.seconds, point.name, state, standing.value))

    def _standing(self, name: str) -> _Standing:
        if name not in self.points:
            raise BadInput(f"there is no alarm `{name}`", "alarms", f"Use one of {', '.join(self.points)}.")
        return self._kept.standing[name]
