"""What makes a box a room: walls with openings, light and air in the ceiling, marks, signs, gauges and services.

Everything is placed in the room's frame (metres, y up, the middle of the floor). On a wall, `u` runs to the right as
one faces it from inside, `y` up from the floor.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from resilience.plant.facts import Fact, Metres, Span, Wording
from resilience.plant.space import Vector

Side = Literal["north", "east", "south", "west"]  # north is -z, east +x
Grade = Literal["A", "B", "C", "D", "CNC", "none"]  # EU GMP Annex 1; CNC: controlled, not classified
Spot = tuple[float, float]  # x, z


class Opening(Fact):
    """The hole a wall must leave for a door, a hatch or a window: its width, and heights above the mount."""

    width: Metres
    y: Span


class Lights(Fact):
    """Flush light panels: length along x (or along z where `along` says so), width, the middles of all."""

    size: tuple[Metres, Metres]
    at: tuple[Spot, ...]
    along: Literal["x", "z"] = "x"


class Terminals(Fact):
    """HEPA terminals: side of the square face, the middles of all."""

    side: Metres
    at: tuple[Spot, ...]


class Window(Fact):
    """A pane flush with the wall, seen through."""

    wall: Side
    u: float
    y: float = Field(description="lower edge above the floor, m")
    size: tuple[Metres, Metres]


class Mark(Fact):
    """Something laid on the floor: a line, a hatched strip, a zone's outline, an arrow, feet, or words."""

    shape: Literal["line", "hatched", "outline", "field", "arrow", "feet", "words"]
    x: Span
    z: Span
    colour: str
    width: Metres = 0.05
    turn: float = 0.0
    words: Wording | None = None


class Sign(Fact):
    """A plate on a wall, in both languages. `look` names colours and pictogram, `height` is of a capital letter."""

    wall: Side
    u: float
    y: float
    look: Literal["name", "grade", "rule", "warning", "must", "safe", "label", "notice"]
    words: Wording
    height: Annotated[float, Field(ge=0.004, le=0.3)] = 0.03
    size: tuple[Metres, Metres] | None = None


class Gauge(Fact):
    """A differential pressure gauge: what it reads at rest, and towards where."""

    wall: Side
    u: float
    y: float
    pascal: Annotated[float, Field(ge=0, le=60)]
    words: Wording


class Run(Fact):
    """A pipe, duct or cable tray along a path through the room."""

    kind: Literal["pipe", "lagged", "duct", "tray"]
    path: tuple[Vector, ...] = Field(min_length=2)
    size: Metres
    colour: str = "steel"
    flow: Wording | None = None


class View(Fact):
    """A station from which the room is looked at: where the eyes are, what they look at, the angle of view upright."""

    eye: Vector
    look: Vector
    fov: float = Field(default=60, ge=20, le=90)


class Room(Fact):
    """The shell of a room. `pascal` is its pressure over the outside."""

    grade: Grade
    pascal: float
    finish: Literal["cleanroom", "laboratory", "classroom"] = "cleanroom"
    floor: str = "floor"
    band: str | None = Field(default=None, description="colour of the band round the walls that tells the grade")
    lights: Lights
    terminals: Terminals | None = None
    extracts: dict[Side, tuple[float, ...]] = {}
    windows: dict[str, Window] = {}
    marks: tuple[Mark, ...] = ()
    signs: dict[str, Sign] = {}
    gauges: tuple[Gauge, ...] = ()
    runs: tuple[Run, ...] = ()
    views: dict[str, View] = {}
    joints: tuple[Metres, Metres] = (1.25, 1.0)
