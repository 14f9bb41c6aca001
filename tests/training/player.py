"""Drives a session in tests: actions by verb, poses by where a hand is, time by seconds."""

from __future__ import annotations

from typing import Any

from resilience.training import modules
from resilience.training.dose import Route, by_route
from resilience.training.handling import face
from resilience.training.module_shapes import Mode
from resilience.training.session import Result, Session
from resilience.training.variants import draw
from resilience.twins.touch.ensemble import numbers

MODULE = modules.load("aseptic-filling")
Place = tuple[float, float, float]
VALUES = {name: parameter.value for name, parameter in numbers().items()}
"""The touch twin's numbers."""


class Player:
    """One trainee at a session of the filling module."""

    def __init__(self, seed: int = 1, mode: Mode = "practice", fault: str | None = None) -> None:
        if fault is not None:
            seed = next(n for n in range(1000) if _fault(n) == fault)
        self.session = Session(MODULE, seed, mode)
        self.world = self.session.world
        self.tick = 0

    def do(self, verb: str, **fields: Any) -> Result:
        """Do something; it must be possible."""
        result = self.attempt(verb, **fields)
        assert result.refused is None, result.refused
        return result

    def attempt(self, verb: str, **fields: Any) -> Result:
        """Try something a moment later."""
        self.tick += 1
        return self.session.act({"tick": self.tick, "verb": verb, **fields})

    def refused(self, verb: str, **fields: Any) -> str:
        """Try something that must be refused; the reason."""
        result = self.attempt(verb, **fields)
        assert result.refused is not None
        return result.refused.why

    def wait(self, seconds: float) -> list[dict[str, Any]]:
        """Let time pass with a frame at its end; the events on the way."""
        self.tick += round(20 * seconds)
        return self.session.apply({"tick": self.tick, "verb": "pause"})

    def pose(self, left: Place | None = None, right: Place | None = None, ticks: int = 1) -> list[dict[str, Any]]:
        """Where the palms are, metres, in a frame so many ticks later; the events of it."""
        self.tick += ticks
        frame = {"tick": self.tick, "verb": "pose", "head": None, "left": _mm(left), "right": _mm(right)}
        return self.session.apply(frame)

    def events(self, kind: str, **fields: Any) -> list[dict[str, Any]]:
        """All events so far of a kind with these fields."""
        return [
            event
            for event in self.session.events
            if event["kind"] == kind and all(event.get(name) == value for name, value in fields.items())
        ]

    def on(self, thing: str, part: str = "glove") -> float:
        """Expected organisms on a face: of an item by its part, of a surface, or of a hand (`hand:left`)."""
        return self.world.organisms.on(face(self.world, thing, part))

    def dose(self, vial: str) -> dict[Route, float]:
        """Expected organisms in a vial, by route."""
        return by_route(self.world.organisms.ledger, vial)

    def good(self, pack: str) -> str:
        """The pack, or its spare where it is unfit."""
        return pack if self.world.items[pack].fit else f"{pack}-2"

    def carry_in(self, item: str, x: float, z: float, hand: str = "right") -> None:
        """From the trolley onto the worktop, ending at the cabinet."""
        if self.world.station != "trolley":
            self.do("move", station="trolley")
        self.do("take", hand=hand, item=item)
        self.do("move", station="cabinet")
        self.do("place", hand=hand, on="worktop", pose=[x, 0.9, z, 0.0])

    def unpack(self, pack: str, x: float, z: float) -> None:
        """Carry a pack in, open it, throw the wrap away."""
        self.carry_in(self.good(pack), x, z)
        self.do("open", hand="right", target=self.good(pack), part="outer")
        self.do("place", hand="right", on="waste-tub")

    def set_up(self) -> None:
        """Everything in the cabinet, forceps left, syringe right, bowl and sheath open, hands not tracked."""
        self.carry_in("waste-tub", 0.48, -1.5)
        self.unpack("vial-pack", 0.0, -1.5)
        self.unpack("stopper-pack", -0.35, -1.6)
        self.unpack("syringe-pack", 0.30, -1.5)
        self.unpack("tool-pack", 0.0, -1.65)
        self.carry_in("bottle", 0.25, -1.68)
        self.do("take", hand="left", item="forceps", grip="handle")
        self.do("open", hand="left", target="stopper-bowl", part="lid")
        self.do("take", hand="right", item="syringe", grip="barrel")
        self.do("open", hand="right", target="syringe", part="sheath")

    def fill(self, vial: str) -> None:
        """Draw, open, dispense, stopper."""
        self.do("use", hand="right", tool="syringe", target="bottle", part="septum", amount=2.0)
        self.do("open", hand="left", target=vial, part="foil")
        self.do("use", hand="right", tool="syringe", target=vial, part="neck", amount=2.0)
        self.do("use", hand="left", tool="forceps", target="stopper-bowl")
        self.do("use", hand="left", tool="forceps", target=vial, part="neck")


def _fault(seed: int) -> str | None:
    fault = draw(MODULE, seed).fault
    return fault.id if fault else None


def _mm(place: Place | None) -> list[int] | None:
    return [round(1000 * value) for value in place] if place is not None else None
