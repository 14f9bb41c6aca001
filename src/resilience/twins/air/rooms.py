"""Rooms and airlocks as well-mixed boxes: supply, pressure, doors, people, deposition on the floor.

For the number N of particles of one class in room i, and F on its floor:

    dN_i/dt = G_i + r_i F_i + sum_j Q_ji N_j/V_j - (E_i + sum_j Q_ij + v A_i) N_i/V_i
    dF_i/dt = v A_i N_i/V_i - r_i F_i

G emission of the people in it, Q air through doors, E extract, v settling speed, r what feet raise from the floor. What
is extracted, and what leaves through doors to the outside, is counted too, so that nothing is lost. Supply air carries
nothing. While inputs stay the same a step is exact, whatever its length.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from resilience.twins.air.numbers import ACTIVITIES, CLASSES, CLOTHING, WALKS, Numbers
from resilience.twins.air.numbers import numbers as central
from resilience.twins.air.physics import doorway_exchange, orifice_flow
from resilience.twins.air.propagate import Matrix, propagator
from resilience.twins.errors import BadInput

OUTSIDE: Final = "outside"
"""What lies beyond all rooms: pressure 0, a concentration of its own."""

SHORTEST: Final = 1e-9
"""s. A step below it would make numbers too small to be added up."""


@dataclass(frozen=True)
class Room:
    """A room: volume m3, floor m2, supply of filtered air m3/s, pressure against the outside Pa (all doors closed)."""

    name: str
    volume: float
    floor: float
    supply: float
    pressure: float = 0.0


@dataclass(frozen=True)
class Door:
    """A door between two rooms, or a room and OUTSIDE: width and height of the leaf m, gap around it when closed m2."""

    name: str
    between: tuple[str, str]
    width: float = 0.9
    height: float = 2.05
    gap: float = 0.01


@dataclass
class Person:
    """A person: where, in which clothing, doing what."""

    room: str
    clothing: str
    activity: str


@dataclass
class _State:
    """Everything that changes. amounts: (classes, 2 rooms + 2): airborne, on floors, extracted, gone outside."""

    seconds: float
    amounts: Matrix
    brought: Matrix
    """(3, classes): there at the start or put there, emitted by people, come in from outside."""
    pressure: list[float]
    supply: list[float]
    people: dict[str, Person] = field(default_factory=dict)
    open: set[str] = field(default_factory=set)


class Air:
    """The air of some rooms. Deterministic: nothing is drawn here."""

    def __init__(
        self,
        rooms: Iterable[Room],
        doors: Iterable[Door] = (),
        outside: Iterable[float] = (0.0, 0.0, 0.0),
        deposition: bool = True,
        numbers: Numbers | None = None,
    ) -> None:
        """outside: concentration by class, 1/m3; deposition off leaves out settling (a calibration needs that)."""
        self.numbers = numbers or central()
        self.rooms = tuple(rooms)
        self.doors = tuple(doors)
        self.outside = tuple(_number(value, f"outside.{name}") for name, value in _by_class(outside))
        self.settling = self.numbers.settling if deposition else (0.0,) * len(CLASSES)
        self._index = {room.name: index for index, room in enumerate(self.rooms)}
        self._doors = {door.name: door for door in self.doors}
        self._check()
        n = len(self.rooms)
        self._state = _State(
            0.0,
            np.zeros((len(CLASSES), 2 * n + 2)),
            np.zeros((3, len(CLASSES))),
            [room.pressure for room in self.rooms],
            [room.supply for room in self.rooms],
        )
        self._kept: dict[tuple[object, ...], list[Matrix]] = {}

    # Inputs -----------------------------------------------------------------------------------------------------------
    def enter(self, person: str, room: str, clothing: str, activity: str = "still") -> None:
        """A person comes in, moves to another room, dresses otherwise or does something else: what holds from now."""
        self._room(room)
        self.numbers.emission(clothing, activity)
        self._state.people[person] = Person(room, clothing, activity)

    def leave(self, person: str) -> None:
        """A person goes."""
        if self._state.people.pop(person, None) is None:
            raise BadInput(f"nobody called `{person}` is here", "person", "Name a person who entered.")

    def move_door(self, door: str, is_open: bool) -> None:
        """A door is opened or closed."""
        if door not in self._doors:
            known = ", ".join(self._doors) or "none"
            raise BadInput(f"there is no door `{door}`", "door", f"Doors here: {known}.")
        (self._state.open.add if is_open else self._state.open.discard)(door)

    def set_supply(self, room: str, supply: float) -> None:
        """A room's supply from now on, m3/s: a fan that fails, or comes back."""
        self._state.supply[self._room(room)] = _number(supply, f"{room}.supply")

    def put(self, room: str, concentrations: Iterable[float]) -> None:
        """Particles let into a room's air: what is added to its concentration by class, 1/m3."""
        index = self._room(room)
        added = [
            _number(value, f"{room}.{name}") * self.rooms[index].volume for name, value in _by_class(concentrations)
        ]
        self._state.amounts[:, index] += added
        self._state.brought[0] += added

    # Time -------------------------------------------------------------------------------------------------------------
    def do_step(self, seconds: float = 1.0) -> None:
        """Advance; below SHORTEST nothing happens. Inputs hold throughout the step, pressures are those at its end."""
        if _number(seconds, "seconds") < SHORTEST:
            return
        state = self._state
        self._move_pressures(seconds)
        emitted, entered = self._sources()
        source = emitted + entered
        for size, step in enumerate(self._steps(seconds, source)):
            state.amounts[size] = step[:-1, :-1] @ state.amounts[size] + step[:-1, -1]
        state.brought[1] += emitted.sum(axis=1) * seconds
        state.brought[2] += entered.sum(axis=1) * seconds
        state.seconds += seconds

    @property
    def seconds(self) -> float:
        """Time since the start."""
        return self._state.seconds

    # Outputs ----------------------------------------------------------------------------------------------------------
    def concentration(self, room: str) -> dict[str, float]:
        """True concentrations in a room's air by class, 1/m3."""
        index = self._room(room)
        return dict(zip(CLASSES, (self._state.amounts[:, index] / self.rooms[index].volume).tolist(), strict=True))

    def pressure(self, room: str) -> float:
        """True pressure of a room against the outside, Pa."""
        return self._state.pressure[self._room(room)]

    def account(self) -> dict[str, dict[str, float]]:
        """Where every particle came from and went, by class: what was brought in equals the rest to rounding."""
        n, amounts = len(self.rooms), self._state.amounts
        parts = {
            "put": self._state.brought[0],
            "emitted": self._state.brought[1],
            "entered": self._state.brought[2],
            "airborne": amounts[:, :n].sum(axis=1),
            "on_floors": amounts[:, n : 2 * n].sum(axis=1),
            "extracted": amounts[:, 2 * n],
            "left": amounts[:, 2 * n + 1],
        }
        return {
            name: {part: float(values[index]) for part, values in parts.items()} for index, name in enumerate(CLASSES)
        }

    # Branches ---------------------------------------------------------------------------------------------------------
    def snapshot(self) -> object:
        """The whole state, to be given back to `restore`."""
        return copy.deepcopy(self._state)

    def restore(self, snapshot: object) -> None:
        """Go on from a state that `snapshot` gave."""
        if not isinstance(snapshot, _State) or snapshot.amounts.shape != self._state.amounts.shape:
            raise BadInput("this is no snapshot of these rooms", "snapshot", "Give what `snapshot` returned.")
        self._state = copy.deepcopy(snapshot)

    def fork(self) -> Air:
        """A second future: goes on from here without touching this one."""
        other = copy.copy(self)
        other._state = copy.deepcopy(self._state)
        return other

    # Inside -----------------------------------------------------------------------------------------------------------
    def _check(self) -> None:
        if not self.rooms or len(self._index) != len(self.rooms) or OUTSIDE in self._index:
            raise BadInput("rooms need names of their own", "rooms", f"Give each another name, none `{OUTSIDE}`.")
        if len(self._doors) != len(self.doors):
            raise BadInput("two doors have one name", "doors", "Give each another name.")
        for room in self.rooms:
            for name in ("volume", "floor", "supply"):
                value = _number(getattr(room, name), f"rooms.{room.name}.{name}")
                if name == "volume" and value == 0:
                    raise BadInput("the room has no volume", f"rooms.{room.name}", "Give its volume in m3.")
            if not math.isfinite(room.pressure):
                raise BadInput("the pressure is no number", f"rooms.{room.name}.pressure", "Give it in Pa.")
        for door in self.doors:
            where = f"doors.{door.name}"
            if len(set(door.between)) != 2:
                raise BadInput("the door leads nowhere", where, "Name two different rooms.")
            for name in door.between:
                if name != OUTSIDE and name not in self._index:
                    known = ", ".join([*self._index, OUTSIDE])
                    raise BadInput(f"the door is of no room: `{name}`", where, f"Rooms here: {known}.")
            for name in ("width", "height", "gap"):
                _number(getattr(door, name), f"{where}.{name}")

    def _room(self, name: str) -> int:
        if name not in self._index:
            raise BadInput(f"there is no room `{name}`", "room", f"Rooms here: {', '.join(self._index)}.")
        return self._index[name]

    def _sources(self) -> tuple[Matrix, Matrix]:
        """What people emit and what comes in from outside: (classes, states) each, 1/s."""
        emitted, entered = np.zeros((2, *self._state.amounts.shape))
        for person in self._state.people.values():
            emitted[:, self._index[person.room]] += self.numbers.emission(person.clothing, person.activity)
        flows = self._flows()
        n = len(self.rooms)
        for index in range(n):
            entered[:, index] += np.array(self.outside) * flows[n, index]
        return emitted, entered

    def _flows(self) -> Matrix:
        """Air through doors, m3/s: from row to column; the last is the outside."""
        n, given = len(self.rooms), self.numbers
        flows = np.zeros((n + 1, n + 1))
        design = [room.pressure for room in self.rooms] + [0.0]
        now = [*self._state.pressure, 0.0]
        for door in self.doors:
            a, b = (self._index.get(name, n) for name in door.between)
            is_open = door.name in self._state.open
            # Through an open door goes what the rooms were set to lose through its gap, and an exchange both ways.
            drop = design[a] - design[b] if is_open else now[a] - now[b]
            net = orifice_flow(door.gap, drop, given.gap_coefficient)
            flows[a, b] += max(net, 0.0)
            flows[b, a] += max(-net, 0.0)
            if is_open:
                both = doorway_exchange(door.width, door.height, given.door_kelvin, given.door_coefficient)
                flows[a, b] += both
                flows[b, a] += both
        return flows

    def _steps(self, seconds: float, source: Matrix) -> list[Matrix]:
        walkers = [0] * len(self.rooms)
        for person in self._state.people.values():
            walkers[self._index[person.room]] += person.activity in WALKS
        flows = self._flows()
        key = (seconds, flows.tobytes(), tuple(self._state.supply), tuple(walkers), source.tobytes())
        if key not in self._kept:
            # Pressures on the move make a new key every step: only the latest is worth keeping.
            rates = [self._rates(flows, walkers, speed) for speed in self.settling]
            self._kept = {key: [propagator(a, b, seconds) for a, b in zip(rates, source, strict=True)]}
        return self._kept[key]

    def _rates(self, flows: Matrix, walkers: list[int], settling: float) -> Matrix:
        n, given = len(self.rooms), self.numbers
        rates = np.zeros((2 * n + 2, 2 * n + 2))
        extracted, gone = 2 * n, 2 * n + 1
        for i, room in enumerate(self.rooms):
            # What comes in must go out: the extract takes the rest (where it cannot, more supply makes up for it).
            extract = max(0.0, self._state.supply[i] + flows[:, i].sum() - flows[i].sum())
            floor = n + i
            rates[extracted, i] = extract / room.volume
            rates[gone, i] = flows[i, n] / room.volume
            rates[:n, i] += flows[i, :n] / room.volume
            rates[floor, i] = settling * room.floor / room.volume
            if walkers[i] and room.floor:
                # Each step raises a share of what lies under the foot.
                rates[i, floor] = given.redispersed * min(given.foot_area / room.floor, 1.0) * given.steps * walkers[i]
                rates[floor, floor] = -rates[i, floor]
            rates[i, i] -= rates[:, i].sum()
        return rates

    def _move_pressures(self, seconds: float) -> None:
        state = self._state
        aims = [
            room.pressure * (supply / room.supply if room.supply else 1.0) ** 2
            for room, supply in zip(self.rooms, state.supply, strict=True)
        ]
        for group in self._joined():
            together = 0.0 if len(self.rooms) in group else sum(aims[i] for i in group) / len(group)
            for i in group - {len(self.rooms)}:
                aims[i] = together
        kept = math.exp(-seconds / self.numbers.pressure_seconds)
        # Within a millipascal of its aim a pressure has arrived: the step need not be worked out anew.
        for i, aim in enumerate(aims):
            off = (state.pressure[i] - aim) * kept
            state.pressure[i] = aim if abs(off) < 1e-3 else aim + off

    def _joined(self) -> list[set[int]]:
        """Groups of rooms that open doors make one; the number of rooms stands for the outside."""
        groups = [{index} for index in range(len(self.rooms) + 1)]
        for name in sorted(self._state.open):
            a, b = (self._index.get(room, len(self.rooms)) for room in self._doors[name].between)
            one = next(group for group in groups if a in group)
            two = next(group for group in groups if b in group)
            if one is not two:
                one |= two
                groups.remove(two)
        return groups


def _by_class(values: Iterable[float]) -> list[tuple[str, float]]:
    given = list(values)
    if len(given) != len(CLASSES):
        raise BadInput(f"{len(given)} concentrations given", "concentrations", f"Give {', '.join(CLASSES)}.")
    return list(zip(CLASSES, given, strict=True))


def _number(value: float, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or value < 0:
        raise BadInput(f"the value is {value}", where, "Give a number of 0 or more.")
    return float(value)


__all__ = ["ACTIVITIES", "CLASSES", "CLOTHING", "OUTSIDE", "Air", "Door", "Person", "Room"]
