"""Organisms: what the simulator tells the touch twin, and what it asks of it.

The twin knows faces, hands and vessels by name: a face is `<item, surface or hand>/<part>`, a hand `hand:left`, and a
vessel has the item's id. A face is added when it is first met. The twin is told the time before anything happens in it;
films of disinfectant that dried meanwhile are kept for `Wetting`, which tells of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from resilience.training.clock import TICKS_PER_SECOND
from resilience.training.patches import Patch
from resilience.twins.risk import Ledger
from resilience.twins.touch import Disinfected, Kind, Touch
from resilience.twins.touch.ensemble import numbers
from resilience.twins.touch.faces import Rule

if TYPE_CHECKING:
    from resilience.training.hands import Hand
    from resilience.training.items import Item
    from resilience.training.world import World

UNIT: Final = "vial"
"""The kind of vessel whose contents are traced: what leaves the cabinet as product."""
OUTSIDES: Final = ("pack", "bottle", "glove-pack")
"""Kinds that come in from a store, with what lies on an outer wrap."""
HELPERS: Final = ("spray", "wipes")
"""Kinds that are wiped with the work surface, and as clean."""
FULL_WET_SECONDS: Final = numbers()["vegetative_seconds"].value
"""Wet time for the full effect of alcohol, s."""
Lying = tuple[str, str, float]
"""Owner, part, expected organisms (CFU) on one face."""


class Organisms:
    """The touch twin of one session."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.twin = Touch(world.variant.seed)
        self.dried: dict[str, Disinfected] = {}

    def begin(self) -> None:
        """What there is before anything happens: hands, and what holds liquid (a product is sterile to begin with)."""
        for hand in self.world.hands.values():
            self.twin.add_hand(hand.id)
            hand.patch.met = True
        for item in self.world.items.values():
            if item.spec.liquid is not None:
                self.twin.add_vessel(item.id, item.ml, unit=item.kind == UNIT)

    @property
    def ledger(self) -> Ledger:
        """What came into each unit."""
        return self.twin.ledger

    # Touching ---------------------------------------------------------------------------------------------------------
    def contact(self, source: Patch, target: Patch, rule: Rule | None = None, into: Item | None = None) -> float:
        """Two faces meet, and both are wet no longer. Gives the expected organisms that the target gained.

        `into` is the open container whose neck the target is.
        """
        wetting = self.world.wetting
        wetting.end(source, "touched")
        wetting.end(target, "touched")
        names = self._name(source), self._name(target)
        return self._now().contact(*names, rule, None if into is None else into.id).central

    def on(self, patch: Patch) -> float:
        """Expected organisms alive on a face now."""
        return float(self._now().organisms(self._name(patch))[0])

    def seat(self, stopper: Patch, vial: Item) -> None:
        """A stopper closes a vial: part of what lies on it falls in."""
        self._now().fall_in(self._name(stopper), vial.id)

    def settle(self, item: Item, part: str, organisms: float, cause: str, seconds: float, tick: int) -> None:
        """Organisms from the air come to an open site: into a vial, onto stoppers, onto a needle or a tip."""
        twin, world = self._now(), self.world
        if item.kind == UNIT:
            twin.settle(item.id, organisms, cause, seconds, tick)
            return
        inside = (world.items[name] for name in item.inside)
        faces = [world.patch(thing, "body") for thing in inside if thing.kind == "stopper"] or [world.patch(item, part)]
        for face in faces:
            twin.settle(self._name(face), organisms / len(faces), cause, seconds, tick)

    # Disinfectant -----------------------------------------------------------------------------------------------------
    def wet(self, patch: Patch, agent: str, how: str, coverage: float) -> None:
        """A film is put on a face."""
        self._now().wet(self._face(patch), agent, how, coverage)

    def end_wetting(self, patch: Patch, how: str) -> Disinfected | None:
        """The film of a face ends, or has dried: what it did. None where another face's end took it along."""
        ended = self._now().end_wetting(self._face(patch), how)
        return ended[0] if ended else self.dried.pop(patch.face, None)

    # Gloves -----------------------------------------------------------------------------------------------------------
    def tear(self, hand: Hand) -> None:
        """From now on a part of the bare hand touches too."""
        self._now().tear(hand.id)

    def doff(self, hand: Hand) -> None:
        """From now on the bare hand touches."""
        self._now().doff(hand.id)

    def don(self, hand: Hand, touched_by: Hand | None) -> None:
        """A fresh glove; by its outside where the other hand touched that."""
        self._now().don(hand.id, touched_by=None if touched_by is None else touched_by.id)

    # Liquid -----------------------------------------------------------------------------------------------------------
    def pour(self, giver: Item, taker: Item, ml: float, needle: Patch) -> None:
        """Liquid goes from one vessel to another, and takes along what lies on the needle it goes through."""
        self._now().pour(giver.id, taker.id, ml, self._name(needle))

    # Looking ----------------------------------------------------------------------------------------------------------
    def lying(self, least: float) -> list[Lying]:
        """Every face that carries at least so many organisms (CFU, expected), most first.

        Things nobody has met yet lie as they came, on the part by which they are held.
        """
        found: list[Lying] = []
        for name, organisms in self._now().lying().items():
            owner, _, part = name.partition("/")
            covered = part == "skin" and self.world.hands[owner[5:]].glove == "intact"
            if organisms >= least and not covered:
                found.append((owner, part, organisms))
        for surface in self.world.surfaces.values():
            if not surface.patch.met:
                found.append((surface.id, surface.patch.part, numbers()[self._first(surface.patch) or ""].value))
        for item in self.world.items.values():
            load = None if item.patches else self._item_first(item, False)
            if load is not None:
                found.append((item.id, next(iter(item.spec.grips or item.spec.parts)), numbers()[load].value))
        return sorted((face for face in found if face[2] >= least), key=lambda face: (-face[2], face[0], face[1]))

    # How it is done ---------------------------------------------------------------------------------------------------
    def _now(self) -> Touch:
        """The twin, at the session's time."""
        clock, twin = self.world.clock, self.twin
        seconds = clock.process / TICKS_PER_SECOND - twin.time
        for film in twin.do_step(max(0.0, seconds), clock.tick):
            self.dried[film.face] = film
        return twin

    def _name(self, patch: Patch) -> str:
        """What touches: a hand by its own name, for its glove may be off."""
        return patch.owner if patch.owner.startswith("hand:") else self._face(patch)

    def _face(self, patch: Patch) -> str:
        if not patch.met:
            patch.met = True
            kind = Kind.CRITICAL if patch.critical else Kind.SURFACE
            self.twin.add_face(patch.face, self._first(patch) or 0.0, kind)
        return patch.face

    def _first(self, patch: Patch) -> str | None:
        """The parameter that says what lies on a face when a session begins; None for nothing."""
        world = self.world
        if patch is world.sleeves:
            return "sleeve"
        surface = world.surfaces.get(patch.owner)
        if surface is None:
            return self._item_first(world.items[patch.owner], patch.critical)
        if not surface.cabinet:
            return "floor" if surface.id == "floor" else "room_surface"
        return "grille" if "grille" in surface.id else "worktop"

    def _item_first(self, item: Item, critical: bool) -> str | None:
        if critical and not item.sterile:
            return "septum"
        if item.kind in HELPERS:
            return "worktop"
        if item.sterile:
            return None
        return "pack_outer" if item.kind in OUTSIDES else "room_surface"
