"""The nodes of the contact graph: faces that touch, the hands behind gloves, and vessels that hold liquid."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Literal

from resilience.twins.risk import Trail


class Kind(StrEnum):
    """What a face is, as far as it decides how much passes at a touch."""

    SURFACE = "surface"
    """Worktops, grilles, packs, tools, garments: whatever is none of the others."""
    GLOVE = "glove"
    SKIN = "skin"
    CRITICAL = "critical"
    """A sterile face that product or its container meets: a neck, a needle, a stopper, a forceps tip."""


Rule = Literal["gloved", "bare", "sterile"]
RULES: Final[tuple[Rule, ...]] = ("gloved", "bare", "sterile")
"""How much passes: each is a parameter's name."""


def rule_of(one: Kind, other: Kind) -> Rule:
    """How much passes between two faces: skin gives most, a glove on a sterile face least."""
    if Kind.SKIN in (one, other):
        return "bare"
    return "sterile" if {one, other} == {Kind.GLOVE, Kind.CRITICAL} else "gloved"


LONGEST_TRAIL: Final = 4


@dataclass(slots=True)
class Film:
    """Disinfectant on a face: since when and until when it is wet (seconds of the run), and how much it covers."""

    agent: str
    since: float
    until: float
    coverage: float


@dataclass(slots=True)
class Face:
    """One face, about as large as a contact plate, there since a tick. `trail` is how most of what lies there came."""

    name: str
    row: int
    kind: Kind
    since: int = 0
    trail: Trail = ()
    film: Film | None = None


@dataclass(slots=True)
class Hand:
    """One hand: skin, and the glove over it. `torn` holds while the glove that is on has a tear."""

    name: str
    glove: str
    skin: str
    state: Literal["gloved", "torn", "bare"] = "gloved"

    @property
    def outside(self) -> str:
        """The face that meets things."""
        return self.skin if self.state == "bare" else self.glove


@dataclass(slots=True)
class Vessel:
    """What holds liquid: `ml` millilitres. The organisms in a `unit`, a container of product, are traced."""

    name: str
    row: int
    ml: float
    unit: bool
    since: int = 0
    trail: Trail = ()


def way(there: Face | Vessel) -> Trail:
    """How most of what is there came; from the start, where nothing brought it since."""
    return there.trail or ((there.name, there.since),)


def onward(there: Face | Vessel, tick: int) -> Trail:
    """How most of what goes over from there at a tick came."""
    return ((there.name, tick), *there.trail)[:LONGEST_TRAIL]


def copied(face: Face) -> Face:
    """A face that changes without the other."""
    return replace(face, film=None if face.film is None else replace(face.film))
