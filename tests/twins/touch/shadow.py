"""A session played with the touch twin beside it: it is told of every contact, film, glove, pour and fall.

The simulator goes on by its own numbers. This shows which call of the twin each of its doings is, and what that gives.
"""

from __future__ import annotations

from typing import Any

import pytest

from resilience.training import carrying, controls, faults, handling, tools, touch
from resilience.training.hands import GLOVE_OF, OTHER
from resilience.training.items import Item
from resilience.training.patches import Patch
from resilience.training.wetting import Wetting
from resilience.training.world import World
from resilience.twins.touch import Kind, Touch

PROCESS_TICKS = 20
HOW = {"spray": "spray", "wipe": "wipe", "hand-rub": "rub"}
RULES = {"touch_gloved": "gloved", "touch_bare": "bare", "touch_sterile": "sterile"}


class Shadow:
    """The twin of one session, made when the world is first touched; `calls` counts what it was told, by verb."""

    def __init__(self, members: int, parameters: dict[str, float] | None = None) -> None:
        self.members, self.parameters = members, parameters or {}
        self.twin = Touch(0, members, self.parameters)
        self.patches: dict[str, Patch] = {}
        self.calls: dict[str, int] = {}

    def begin(self, world: World) -> None:
        self.twin = Touch(world.variant.seed, self.members, self.parameters)
        for hand in world.hands.values():
            self.twin.add_hand(hand.id, glove="glove_start", skin="skin")
            self.patches[hand.id] = hand.patch
        for item in world.items.values():
            if item.spec.liquid is not None:
                per_ml = item.liquid_cfu / item.ml if item.ml else 0.0
                self.twin.add_vessel(f"{item.id}/inside", item.ml, per_ml, unit=item.kind == "vial")

    def told(self, verb: str, world: World) -> None:
        """Bring the twin to the time of the session, and count."""
        self.calls[verb] = self.calls.get(verb, 0) + 1
        self.twin.do_step(max(0.0, world.clock.process / PROCESS_TICKS - self.twin.time), world.clock.tick)

    def face(self, world: World, patch: Patch) -> str:
        """The twin's name of a patch, added with what lies there at first."""
        if patch.owner.startswith("hand:"):
            return patch.owner
        # The wrap of an opened pack is what was its outside.
        part = "outer" if patch.kind == "pack" and patch.part == "wrap" else patch.part
        name = f"{patch.owner}/{part}"
        if name not in self.patches:
            kind = Kind.CRITICAL if patch.critical else Kind.SURFACE
            self.twin.add_face(name, _at_first(world, patch) or 0.0, kind)
        if part == patch.part:
            self.patches[name] = patch
        return name


def _at_first(world: World, patch: Patch) -> str | None:
    """The parameter that says what lies on a patch when a session begins; None for nothing."""
    if patch.owner == "sleeve":
        return "sleeve"
    if patch.owner in world.surfaces:
        if not world.surfaces[patch.owner].cabinet:
            return "floor" if patch.owner == "floor" else "room_surface"
        return "grille" if "grille" in patch.owner else "worktop"
    item = world.items[patch.owner]
    if patch.critical and not item.sterile:
        return "glove_clean"
    if item.kind in ("spray", "wipes"):
        return "worktop"
    if item.sterile:
        return None
    return "pack_outer" if item.kind in ("pack", "bottle", "glove-pack") else "room_surface"


def attach(monkeypatch: pytest.MonkeyPatch, shadow: Shadow) -> None:
    """Tell the shadow of everything from the next session on."""
    _contacts(monkeypatch, shadow)
    _films(monkeypatch, shadow)
    _gloves(monkeypatch, shadow)
    _liquids(monkeypatch, shadow)
    _air(monkeypatch, shadow)
    # The bodies begin with the world; the first that happens to it is an event.
    first = World.emit

    def emit(world: World, kind: str, **fields: Any) -> Any:
        if not shadow.patches:
            shadow.begin(world)
        return first(world, kind, **fields)

    monkeypatch.setattr(World, "emit", emit)


def _contacts(monkeypatch: pytest.MonkeyPatch, shadow: Shadow) -> None:
    transfer, share_of = touch.transfer, touch._share

    def contact(world: World, source: Patch, target: Patch, share: float) -> float:
        if not shadow.patches:
            shadow.begin(world)
        names = shadow.face(world, source), shadow.face(world, target)
        into = None
        if target.kind == "vial" and target.part == "neck" and world.items[target.owner].open_site:
            into = f"{target.owner}/inside"
        # Only a torn pack, whose outside has been at its contents, does not follow from the faces.
        rule = "sterile" if share == world.numbers.touch_sterile and source.part == "outer" else None
        shadow.told("contact", world)
        shadow.twin.contact(*names, rule=rule, into=into)
        return transfer(world, source, target, share)

    def median(world: World, hand: Any, target: Patch) -> float:
        drawn = share_of(world, hand, target)
        return world.numbers.touch_sterile if hand.glove != "none" and target.critical else drawn

    for module in (touch, handling, carrying):
        monkeypatch.setattr(module, "transfer", contact)
    monkeypatch.setattr(touch, "_share", median)


def _films(monkeypatch: pytest.MonkeyPatch, shadow: Shadow) -> None:
    wet, end = Wetting.wet, Wetting._end

    def wetted(self: Wetting, patch: Patch, how: str, coverage: float) -> None:
        name = shadow.face(self.world, patch)
        shadow.told("wet", self.world)
        shadow.twin.wet(name, "ipa-70", HOW[how], coverage)
        wet(self, patch, how, coverage)

    def ended(self: Wetting, patch: Patch, how: str, process: int) -> None:
        name = shadow.face(self.world, patch)
        shadow.told("end_wetting", self.world)
        shadow.twin.end_wetting(name, how)
        end(self, patch, how, process)

    monkeypatch.setattr(Wetting, "wet", wetted)
    monkeypatch.setattr(Wetting, "_end", ended)


def _gloves(monkeypatch: pytest.MonkeyPatch, shadow: Shadow) -> None:
    doff, don, begin = controls.Doff.do, controls.Don.do, faults.Faults._begin

    def doffed(self: Any, world: World, action: Any) -> None:
        shadow.told("doff", world)
        shadow.twin.doff(world.hands[GLOVE_OF[action["garment"]]].id)
        doff(self, world, action)

    def donned(self: Any, world: World, action: Any) -> None:
        hand = world.hands[GLOVE_OF[action["garment"]]]
        other = world.hands[OTHER[hand.side]].id if action.get("grip") == "outside" else None
        shadow.told("don", world)
        shadow.twin.don(hand.id, touched_by=other)
        don(self, world, action)

    def begun(self: faults.Faults) -> bool:
        happened = begin(self)
        if happened and self.fault is not None and self.fault.effect == "tear":
            shadow.told("tear", self.world)
            shadow.twin.tear(self.world.hands[self.fault.hand or "left"].id)
        return happened

    monkeypatch.setattr(controls.Doff, "do", doffed)
    monkeypatch.setattr(controls.Don, "do", donned)
    monkeypatch.setattr(faults.Faults, "_begin", begun)


def _liquids(monkeypatch: pytest.MonkeyPatch, shadow: Shadow) -> None:
    pour, seat = tools.pour, tools.Forceps._seat

    def poured(world: World, giver: Item, taker: Item, ml: float, tool: str) -> float:
        needle = shadow.face(world, world.patch(world.items[tool], "needle"))
        shadow.told("pour", world)
        shadow.twin.pour(f"{giver.id}/inside", f"{taker.id}/inside", ml, through=needle)
        return pour(world, giver, taker, ml, tool)

    def seated(self: Any, world: World, hand: Any, tool: Item, vial: Item) -> None:
        stopper = shadow.face(world, world.patch(world.items[tool.inside[0]], "body"))
        shadow.told("fall_in", world)
        shadow.twin.fall_in(stopper, f"{vial.id}/inside")
        seat(self, world, hand, tool, vial)

    monkeypatch.setattr(tools, "pour", poured)
    monkeypatch.setattr(tools.Forceps, "_seat", seated)


def _air(monkeypatch: pytest.MonkeyPatch, shadow: Shadow) -> None:
    deposit = World.deposit

    def deposited(world: World, item: Item, part: str, what: str, tick: int, seconds: float, cfu: float) -> None:
        stoppers = [name for name in item.inside if world.items[name].kind == "stopper"]
        faces = [world.patch(world.items[name], "body") for name in stoppers] or [world.patch(item, part)]
        targets = [f"{item.id}/inside"] if item.kind == "vial" else [shadow.face(world, face) for face in faces]
        shadow.told("settle", world)
        for target in targets:
            shadow.twin.settle(target, cfu / len(targets), what, seconds, tick)
        deposit(world, item, part, what, tick, seconds, cfu)

    monkeypatch.setattr(World, "deposit", deposited)
