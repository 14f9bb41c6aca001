"""Where a virtual trainee's hands are, and the pose frames that take them somewhere else.

Positions are centres of the palms in the room, metres. At a station the hands are turned with the body; in front of the
cabinet that is no turn at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import cos, dist, sin
from typing import Any

from resilience.plant.space import Quaternion, Vector, add, rotated, subtract
from resilience.plant.specs import HandSide
from resilience.training.hand_paths import APERTURE_Z, positions, route
from resilience.training.world import World

CALM = 0.28
"""Peak speed of an expert's hand, m/s: below every limit of a module (site practice)."""
RISE = 0.03
"""How far a hand lifts what it carries on the way across, metres."""
_SIDE = {"left": -0.20, "right": 0.20}
_REST = {"height": 1.02, "ahead": 0.28}
"""Where the hands rest before the body, metres from where the person stands."""
_HEAD = 1.60
_ASIDE: dict[HandSide, Vector] = {"left": (-0.33, 1.05, -1.38), "right": (0.42, 1.05, -1.36)}
"""Where a hand waits in the cabinet while the other works: beside and before everything open."""
_CLOSE = 0.20
"""Palms nearer than this get in each other's way, metres."""
_NOZZLE = {"spray": (0.0, 0.10, 0.22)}
"""How far from its target a spray is held, metres."""


class HandPlanner:
    """Both hands of one trainee."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.at: dict[HandSide, Vector] = {}
        self.turn: Quaternion = (0.0, 0.0, 0.0, 1.0)
        self.arrive()

    def arrive(self) -> None:
        """Stand at the world's present station with the hands at rest."""
        station = self.world.stations[self.world.station]
        self.turn = (0.0, sin(station.yaw / 2), 0.0, cos(station.yaw / 2)) if station.yaw else (0.0, 0.0, 0.0, 1.0)
        self.at = {"left": self.rest("left"), "right": self.rest("right")}

    def rest(self, hand: HandSide) -> Vector:
        """Where a hand rests at the present station."""
        x, _, z = self.world.stations[self.world.station].at
        ahead = rotated((_SIDE[hand], 0.0, -_REST["ahead"]), self.turn)
        return (x + ahead[0], _REST["height"], z + ahead[2])

    @property
    def reached_in(self) -> list[HandSide]:
        """The hands that are inside the cabinet."""
        return [hand for hand, at in self.at.items() if self.world.station == "cabinet" and at[2] < APERTURE_Z]

    def frame(self) -> dict[str, Any]:
        """The pose as a log has it: millimetres, and the turn where there is one."""
        x, _, z = self.world.stations[self.world.station].at
        left, right = self._place(self.at["left"]), self._place(self.at["right"])
        return {"verb": "pose", "head": self._place((x, _HEAD, z)), "left": left, "right": right}

    def _place(self, at: Vector) -> list[float]:
        place: list[float] = [round(1000 * value) for value in at]
        if self.turn[3] != 1.0:
            place += [round(value, 4) for value in self.turn]
        return place

    def move(self, hand: HandSide, to: Vector, speed: float = CALM, rise: float = RISE) -> Iterator[dict[str, Any]]:
        """Pose frames, one a tick, that bring a hand to a place; the other makes way at the same time."""
        path = positions(route(self.at[hand], to, rise), speed)
        other: HandSide = "left" if hand == "right" else "right"
        away = positions(route(self.at[other], _ASIDE[other], rise), CALM) if self._in_the_way(other, to) else []
        for tick in range(max(len(path), len(away))):
            if tick < len(path):
                self.at[hand] = path[tick]
            if tick < len(away):
                self.at[other] = away[tick]
            yield self.frame()

    def _in_the_way(self, other: HandSide, to: Vector) -> bool:
        return other in self.reached_in and to[2] < APERTURE_Z and dist(self.at[other], to) < _CLOSE

    # Where the palm must be -------------------------------------------------------------------------------------------
    def palm_for_item(self, hand: HandSide, item: str, grip: str, at: Vector | None = None) -> Vector:
        """The palm's place when it holds an item by a part, with the item's base at `at` (or where it is now)."""
        thing = self.world.items[item]
        base = at if at is not None else (thing.x, thing.y, thing.z)
        if grip not in thing.spec.grips:
            return add(base, (0.0, 0.03, 0.0))
        origin, _ = thing.spec.held(grip, hand)
        return subtract(base, rotated(origin, self.turn))

    def palm_for_tool(self, hand: HandSide, target: Vector) -> Vector:
        """The palm's place when the working end of what the hand holds is at the target."""
        held = self.world.hands[hand]
        if held.holds is None or held.grip is None:
            return add(target, (0.0, 0.02, 0.0))
        spec = held.holds.spec
        if spec.kind in _NOZZLE:
            return add(target, rotated(_NOZZLE[spec.kind], self.turn))
        if not spec.critical_sites:
            return add(target, rotated((0.0, 0.05, 0.10), self.turn))
        origin, turn = spec.held(held.grip, hand)
        tip = add(origin, rotated(spec.critical_sites[0].at, turn))
        return subtract(target, rotated(tip, self.turn))

    def site(self, item: str, part: str | None) -> Vector:
        """A point of an item to work at: its critical site, or the middle of its top."""
        thing = self.world.items[item]
        for critical in thing.spec.critical_sites:
            if part is None or critical.part == part:
                return thing.point(critical.at)
        if thing.spec.critical_sites and part in ("foil", "stopper", "crimp", "lid"):
            return thing.point(thing.spec.critical_sites[0].at)
        return thing.point((0.0, thing.spec.footprint.height, 0.0))
