"""The world of one session: everything that is there, and the events that tell what happened to it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from resilience.plant.specs import load
from resilience.training import surfaces as surfaces_of
from resilience.training.air import FirstAir
from resilience.training.cabinet import Cabinet
from resilience.training.canonical import significant
from resilience.training.clock import Clock
from resilience.training.hands import SIDES, Hand
from resilience.training.items import FIXED, FLOOR, Item
from resilience.training.modules import Module
from resilience.training.monitoring import Monitoring
from resilience.training.motion import Motion
from resilience.training.organisms import Organisms
from resilience.training.papers import Papers
from resilience.training.patches import Patch
from resilience.training.variants import Variant
from resilience.training.wetting import Wetting

Event = dict[str, Any]
CRITICAL_KINDS = ("vial", "stopper-bowl", "syringe", "forceps")
WASTE = ("waste-tub", "waste-bin", "sharps-bin")


class World:
    """State of the scene. Other modules of the simulator change it; checks and trainees only look.

    Positions in metres in the room's frame, volumes in mL, organisms as expected numbers.
    """

    def __init__(self, module: Module, variant: Variant) -> None:
        self.module = module
        self.variant = variant
        self.clock = Clock()
        self.events: list[Event] = []
        self.stations = module.scene.stations
        self.station = module.scene.start
        self.surfaces = surfaces_of.build(module.scene)
        self.hands: dict[str, Hand] = {side: Hand(side) for side in SIDES}
        self.sleeves = Patch("sleeve", "sleeve", "sleeve", False)
        self.items: dict[str, Item] = {}
        self.critical_items: list[Item] = []
        self.organisms = Organisms(self)
        self.wetting = Wetting(self)
        self.dirty: dict[str, None] = {}
        self.panel_versions: dict[str, int] = {}
        self.version = 0
        self.papers = Papers(module)
        self.mode = "practice"
        self.current_step: str | None = None
        self.hinted: str | None = None
        self._streams: dict[str, random.Random] = {}
        self._find_cabinet()
        self.air = FirstAir(self)
        self.motion = Motion(self)
        self.monitoring: Monitoring | None = None

    def _find_cabinet(self) -> None:
        """The one cabinet of the scene and the space inside it; a scene without one has no clean air."""
        numbers = self.variant.numbers
        self.cabinet: Cabinet | None = None
        self.cabinet_id = ""
        self.aperture_z = -1e9
        self.mount = (0.0, 0.0, 0.0)
        self._inside = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
        for thing in self.module.scene.equipment:
            if thing.kind == "cabinet":
                space = load("cabinet").volumes["interior"]
                x, y, z = self.mount = thing.at
                self._inside = (
                    x + space.x[0],
                    x + space.x[1],
                    y + space.y[0],
                    y + space.y[1],
                    z + space.z[0],
                    z + space.z[1],
                )
                self.aperture_z = z + space.z[1]
                self.cabinet_id = thing.id
                self.cabinet = Cabinet(
                    self, thing.id, numbers.get("airflow", 0.45), numbers.get("cabinet_minutes", 10.0)
                )

    # Chance -----------------------------------------------------------------------------------------------------------
    def chance(self, purpose: str) -> random.Random:
        """The stream of draws for one purpose: more draws for another never shift it."""
        stream = self._streams.get(purpose)
        if stream is None:
            stream = self._streams[purpose] = self.fresh_chance(purpose)
        return stream

    def fresh_chance(self, purpose: str) -> random.Random:
        """A stream of draws from its beginning, for values that are looked up rather than drawn in turn."""
        return random.Random(f"{self.module.id}:{self.variant.seed}:{purpose}")

    # Telling ----------------------------------------------------------------------------------------------------------
    def emit(self, kind: str, **fields: Any) -> Event:
        """Add an event at this tick; floats are kept to six significant digits."""
        event: Event = {"tick": self.clock.tick, "kind": kind}
        for name, value in fields.items():
            event[name] = significant(value) if type(value) is float else value
        self.events.append(event)
        return event

    def changed(self, *names: str) -> None:
        """Something to be seen or done with these items, hands, surfaces or panels is not what it was."""
        self.version += 1
        for name in names:
            if name.startswith("panel:"):
                self.panel_versions[name[6:]] = self.version
            self.dirty[name] = None
            item = self.items.get(name)
            if item is not None:
                item.version += 1

    def set_pace(self, pace: int) -> None:
        if self.clock.pace != pace:
            self.clock.pace = pace
            self.emit("pace_changed", pace=pace)

    # Looking ----------------------------------------------------------------------------------------------------------
    def patch(self, item: Item, part: str) -> Patch:
        """The face of a part of an item."""
        found = item.patches.get(part)
        if found is None:
            # The wrap of an opened pack is what was its outside.
            face = f"{item.id}/outer" if item.kind == "pack" and part == "wrap" else None
            found = item.patches[part] = Patch(item.id, item.kind, part, part in item.spec.critical_parts, face)
            found.met = face is not None and "outer" in item.patches
        return found

    def holder_of(self, item: Item) -> Item:
        """The outermost thing that an item is in: itself when it is in none."""
        while (outer := item.holder) is not None:
            item = self.items[outer]
        return item

    def hidden(self, item: Item) -> bool:
        """Whether it lies in something closed: an unopened pack, a lidded bowl, under a foil."""
        while (outer := item.holder) is not None:
            holder = self.items[outer]
            if holder.kind == "pack" and holder.parts["outer"] == "closed":
                return True
            if holder.kind == "stopper-bowl" and holder.parts["lid"] == "on":
                return True
            if holder.kind == "vial":
                return True
            item = holder
        return False

    def wasted(self, item: Item) -> bool:
        """Whether it was thrown away."""
        while (outer := item.holder) is not None:
            item = self.items[outer]
            if item.kind in WASTE:
                return True
        return False

    def stations_of(self, item: Item) -> tuple[str, ...]:
        """The stations from which it is in reach; all of them while a hand has it."""
        outer = self.holder_of(item)
        if outer.hand:
            return tuple(self.stations)
        surface = outer.surface
        if surface is not None and not outer.stations:
            station = self.surfaces[surface].station
            return (station,) if station else ()
        return outer.stations

    def in_reach(self, item: Item) -> bool:
        outer = item if item.holder is None else self.holder_of(item)
        if outer.hand is not None:
            return True
        if outer.surface is not None and not outer.stations:
            return self.surfaces[outer.surface].station == self.station
        return self.station in outer.stations

    def zone_of(self, item: Item) -> str:
        """ "cabinet" where the clean air comes down, "room" elsewhere."""
        outer = self.holder_of(item)
        if outer.hand:
            return "cabinet" if self.hands[outer.hand].inside else "room"
        if outer.place == FLOOR:
            return "room"
        return "cabinet" if self.in_cabinet(outer.x, outer.y + 0.001, outer.z) else "room"

    def in_cabinet(self, x: float, y: float, z: float) -> bool:
        """Whether a point lies inside the cabinet (a hand's breadth below its work surface included)."""
        x0, x1, y0, y1, z0, z1 = self._inside
        return x0 <= x <= x1 and y0 - 0.05 <= y <= y1 and z0 <= z <= z1

    @property
    def air_protects(self) -> bool:
        return self.cabinet is not None and self.cabinet.protects

    def something_open(self) -> bool:
        """Whether a critical site is open in the cabinet."""
        return any(site.zone == "cabinet" for site in self.air.sites.values())

    def standing(self) -> Iterator[Item]:
        """Everything that rests on a surface, in the order of the scene."""
        return (item for item in self.items.values() if item.place.startswith("surface:"))

    def on(self, surface: str) -> list[Item]:
        """What stands on a surface, fixed things included, and on those beside it that it may reach over to."""
        y = self.surfaces[surface].y
        return [
            item
            for item in self.items.values()
            if (item.surface is not None or item.place == FIXED) and abs(item.y - y) < 0.01
        ]

    # Changing ---------------------------------------------------------------------------------------------------------
    def put(
        self, item: Item, place: str, at: tuple[float, float, float] | None = None, yaw: float | None = None
    ) -> None:
        """Bring an item to a place, with all that is in it."""
        old = item.holder
        if old is not None:
            self.items[old].inside.remove(item.id)
            self.changed(old)
        item.place = place
        if place.startswith("in:"):
            self.items[place[3:]].inside.append(item.id)
            self.changed(place[3:])
        if at is not None:
            item.x, item.y, item.z = at
        if yaw is not None:
            item.yaw = yaw
        self.changed(item.id)
        self.settle_contents(item)

    def settle_contents(self, item: Item) -> None:
        """Set what is in an item where its sockets are now."""
        if not item.inside:
            return
        places = item.spec.sockets.places if item.spec.sockets else ((0.0, 0.0, 0.0),)
        for n, name in enumerate(item.inside):
            inner = self.items[name]
            socket = inner.socket if inner.socket >= 0 else n
            inner.x, inner.y, inner.z = item.point(places[min(socket, len(places) - 1)])
            inner.yaw = item.yaw
            self.changed(name)
            self.settle_contents(inner)
