"""Deviations that the seed injects: when they begin, and what they do."""

from __future__ import annotations

from typing import Any

from resilience.training.carrying import fall
from resilience.training.patterns import compile_pattern, kinds_of
from resilience.training.world import World


class Faults:
    """Waits for the moment of the one deviation of a session."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.fault = fault = world.variant.fault
        self.begun = False
        self.waits: tuple[str, ...] = ()
        self._seen = 0
        if fault is None:
            return
        if fault.effect == "wrong_roll":
            # The roll is wrong from the start; the deviation begins when it can first be seen.
            roll = world.items[fault.item or ""]
            other = world.fresh_chance("wrong-roll").randint(10000, 99999)
            roll.label = world.variant.batch[:-5] + f"{other:05d}"
            self._pattern: dict[str, Any] = {"kind": "moved", "station": list(world.stations_of(roll))}
            self._nth = 1
        else:
            self._pattern = fault.event or {"kind": "moved"}
            self._nth = fault.nth
        self._matches = compile_pattern(self._pattern)
        self.waits = kinds_of(self._pattern)

    def observe(self, event: dict[str, Any]) -> None:
        """Count the events that matter; begin at the nth."""
        if self.begun or event["kind"] not in self.waits or not self._matches(event):
            return
        self._seen += 1
        if self._seen >= self._nth:
            self.begun = self._begin()

    def _begin(self) -> bool:
        world, fault = self.world, self.fault
        assert fault is not None
        if fault.effect == "airflow":
            if world.cabinet is None:
                return False
            # It names what stands open at that moment, for that is what the deviation puts in doubt.
            open_vials = [site.item.id for site in world.air.sites.values() if site.item.kind == "vial"]
            world.emit("fault", what=fault.id, item=open_vials[0] if open_vials else world.cabinet_id)
            world.cabinet.fail()
        elif fault.effect == "drop":
            return self._drop(fault.id)
        elif fault.effect == "tear":
            hand = world.hands[fault.hand or "left"]
            if hand.glove != "intact":
                return False
            world.emit("fault", what=fault.id, hand=hand.side)
            hand.glove = "torn"
            world.organisms.tear(hand)
            hand.sanitised = -1
            world.emit("garment_state", garment="glove", hand=hand.side, state="torn")
            world.changed(hand.id)
        else:
            world.emit("fault", what=fault.id, item=fault.item)
        return True

    def _drop(self, name: str) -> bool:
        """The stopper just picked up slips from the forceps."""
        world = self.world
        for hand in world.hands.values():
            tool = hand.holds
            if tool is not None and tool.kind == "forceps" and tool.inside:
                stopper = world.items[tool.inside[0]]
                under = "worktop" if "worktop" in world.surfaces else "floor"
                world.emit("fault", what=name, item=stopper.id)
                fall(world, stopper, under, stopper.place, "fault", hand)
                return True
        return False
