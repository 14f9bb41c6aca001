"""Plates: agar that is exposed to the air, pressed on a surface or dabbed with five fingers, and incubated."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, Literal

from resilience.twins import checks
from resilience.twins.errors import BadInput
from resilience.twins.instruments.instrument import Instrument, number

_SECONDS_PER_HOUR: Final = 3600.0
Way = Literal["rolled", "pressed"]
WAYS: Final[tuple[Way, ...]] = ("rolled", "pressed")
FINGERS: Final = ("thumb", "index", "middle", "ring", "little")


@dataclass(frozen=True, slots=True)
class Grown:
    """Colonies on a plate; `expected` is what the draw was made from, `there` what truly lay or fell there."""

    colonies: int
    expected: float
    there: float


@dataclass
class SettleState:
    seconds: float = 0.0
    there: float = 0.0


class SettlePlate(Instrument[SettleState]):
    """A 90 mm plate, exposed for 4 h at most (longer it dries, and its limit is none)."""

    def __init__(self, name: str, seed: int = 0) -> None:
        super().__init__(name, seed, SettleState())
        self.area = _area(number("settle_diameter"))
        """m2"""
        self.longest = number("settle_hours") * _SECONDS_PER_HOUR

    @property
    def seconds(self) -> float:
        """How long it has been open."""
        return self._state.seconds

    def do_step(self, seconds: float, organisms_per_m3: float, settling: float) -> None:
        """Lie open in still or well-mixed air: N = C v A t, with C per m3 and v in m/s."""
        checks.from_zero(organisms_per_m3, self.name, "organisms")
        checks.from_zero(settling, self.name, "settling speed")
        self.expose(seconds, organisms_per_m3 * settling * self.area * checks.from_zero(seconds, self.name, "seconds"))

    def expose(self, seconds: float, organisms: float) -> None:
        """Lie open for a time in which so many organisms are expected to fall on the plate."""
        checks.from_zero(organisms, self.name, "organisms")
        open_for = self._state.seconds + checks.from_zero(seconds, self.name, "seconds")
        if open_for > self.longest * (1.0 + 1e-9):
            wrong = f"open for {open_for / _SECONDS_PER_HOUR:.2f} h"
            raise BadInput(
                wrong, self.name, f"Change the plate after {self.longest / _SECONDS_PER_HOUR:g} h at the latest."
            )
        self._state.seconds = open_for
        self._state.there += organisms

    def incubate(self) -> Grown:
        """What grows: every organism that settled."""
        there = self._state.there
        return Grown(self._counted(there, "colonies"), there, there)


@dataclass
class PressedState:
    there: float = 0.0
    recovery: float | None = None


class ContactPlate(Instrument[PressedState]):
    """A 55 mm plate for one press on a surface. What it takes is gone from there: `Touch.sample(face, recovery)`."""

    def __init__(self, name: str, seed: int = 0) -> None:
        super().__init__(name, seed, PressedState())
        self.area = _area(number("contact_diameter"))
        """m2"""

    def press(self, organisms: float, way: Way = "rolled") -> float:
        """Press on a spot of the plate's size where so many organisms lie; gives the share that it took up."""
        if way not in WAYS:
            raise BadInput(f"unknown way `{way}`", self.name, f"Use one of {', '.join(WAYS)}.")
        return _press(self._state, organisms, number(f"contact_{way}"), self.name)

    def incubate(self) -> Grown:
        """What grows. Raises BadInput where it was never pressed."""
        there, expected = _taken(self._state, self.name)
        return Grown(self._counted(expected, "colonies"), expected, there)


@dataclass(frozen=True, slots=True)
class Dabbed:
    """Colonies by finger, and of the glove; `expected` and `there` as for a plate."""

    fingers: dict[str, int]
    expected: float
    there: float

    @property
    def colonies(self) -> int:
        return sum(self.fingers.values())


class FingerDab(Instrument[PressedState]):
    """A plate dabbed with the five fingertips of one glove. The glove is changed after it (9.25)."""

    def __init__(self, name: str, seed: int = 0) -> None:
        super().__init__(name, seed, PressedState())

    def press(self, organisms: float) -> float:
        """Dab fingertips on which so many organisms lie, all five together; gives the share that it took up."""
        return _press(self._state, organisms, number("dab_recovery"), self.name)

    def incubate(self) -> Dabbed:
        """What grows, as likely by each finger. Raises BadInput where it was never dabbed."""
        there, expected = _taken(self._state, self.name)
        each = expected / len(FINGERS)
        return Dabbed({finger: self._counted(each, finger) for finger in FINGERS}, expected, there)


def settling_speed(colonies: float, organisms_per_m3: float, seconds: float) -> float:
    """The settling speed (m/s) that makes so many colonies on a settle plate of so much in the air, v = N / (C A t)."""
    checks.from_zero(colonies, "settling_speed", "colonies")
    checks.above_zero(organisms_per_m3, "settling_speed", "organisms")
    checks.above_zero(seconds, "settling_speed", "seconds")
    return colonies / (organisms_per_m3 * _area(number("settle_diameter")) * seconds)


def _area(millimetres: float) -> float:
    return math.pi * (millimetres / 2000.0) ** 2


def _press(state: PressedState, organisms: float, recovery: float, name: str) -> float:
    checks.from_zero(organisms, name, "organisms")
    if state.recovery is not None:
        raise BadInput("the plate has been used", name, "Take a fresh plate.")
    state.there, state.recovery = organisms, recovery
    return recovery


def _taken(state: PressedState, name: str) -> tuple[float, float]:
    if state.recovery is None:
        raise BadInput("the plate was never pressed", name, "Press it before it is incubated.")
    return state.there, state.there * state.recovery
