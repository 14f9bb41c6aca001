"""How rooms are joined: which door of one room is which door of the next. Data: `building.yaml` beside this file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from resilience.plant.specs import SPECS, SpecError, load

FILE = Path(__file__).with_name("building.yaml")


@dataclass(frozen=True)
class End:
    """A door as one room has it: the room's kind, and the name of its mount there."""

    room: str
    mount: str


Ways = dict[End, tuple[End, ...]]


@cache
def ways() -> Ways:
    """Where each door leads: one room, or from the corridor each of those that open onto it."""
    return read(FILE.read_text(encoding="utf-8"))


def read(text: str) -> Ways:
    """The ways of a building file; raises SpecError naming the room, the door and what is wrong with it."""
    told = yaml.safe_load(text)
    found: Ways = {}
    for line in [*told.get("doors", ()), told.get("corridor", ())]:
        ends = [_end(name) for name in line]
        for here in ends:
            if here in found:
                raise SpecError(here.room, f"mounts.{here.mount}", "is there twice; a door has two sides only")
            found[here] = tuple(end for end in ends if end != here)
    return found


def _end(name: str) -> End:
    room, _, mount = name.partition("/")
    if not (SPECS / f"{room}.yaml").exists():
        raise SpecError(room, "kind", f"is not known, but building.yaml joins its {mount!r} to another room")
    if mount not in load(room).mounts:
        raise SpecError(room, f"mounts.{mount}", "is not there, but building.yaml says that it leads to another room")
    return End(room, mount)
