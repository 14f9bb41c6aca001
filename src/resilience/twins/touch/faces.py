"""The nodes of the contact graph: faces that touch, the hands behind gloves, and vessels that hold liquid."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Literal


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


@dataclass(slots=True)
class Film:
    """Disinfectant on a face: since when and until when it is wet (seconds of the run), and how much it covers."""

    agent: str
    since: float
    until: float
    coverage: float


@dataclass(slots=True)
class Face:
    """One face, about as large as a contact plate. `cause` brought most of what lies there, at `cause_tick`."""

    name: str
    row: int
    kind: Kind
    cause: str
    cause_tick: int = 0
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


def copied(face: Face) -> Face:
    """A face that changes without the other."""
    return replace(face, film=None if face.film is None else replace(face.film))
