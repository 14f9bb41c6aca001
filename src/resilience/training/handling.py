"""Touching, opening and closing things."""

from __future__ import annotations

from resilience.training.carrying import hold, told
from resilience.training.hands import Hand
from resilience.training.items import Item
from resilience.training.patches import Patch
from resilience.training.refusals import Action, Refusal, not_free, refuse, unreachable
from resilience.training.surfaces import free_spot
from resilience.training.touch import glove_on, tool_on
from resilience.training.world import World

OPENABLE = {"pack": "outer", "vial": "foil", "stopper-bowl": "lid", "syringe": "sheath"}
"""The part by which each kind is opened."""
CLOSABLE = {"stopper-bowl": "lid", "syringe": "sheath"}


class Touch:
    """A contact that is no grip: a glove on a vial's neck, a sleeve on a grille."""

    def why_not(self, world: World, action: Action) -> Refusal | None:
        target, hand = action["target"], world.hands[action["hand"]]
        if target in world.items:
            item = world.items[target]
            if action.get("part") == "neck" and item.kind == "vial" and item.parts["foil"] == "on":
                return refuse("foil_on", item.id, item=item.id)
            return unreachable(world, item)
        if target in world.surfaces:
            if target != "floor" and world.surfaces[target].station != world.station:
                return refuse("out_of_reach", None, item=target)
            return None
        return refuse("own_hand", target) if target == hand.id else None

    def do(self, world: World, action: Action) -> None:
        hand = world.hands[action["hand"]]
        patch = face(world, action["target"], action.get("part"))
        by = action.get("with", "glove")
        glove_on(world, hand, patch, "touched", by)


class Open:
    """Peel a pack, tear a foil, lift a lid, pull a sheath."""

    def why_not(self, world: World, action: Action) -> Refusal | None:
        item, hand = world.items[action["target"]], world.hands[action["hand"]]
        blocked = unreachable(world, item)
        if blocked:
            return blocked
        part = OPENABLE.get(item.kind)
        if part is None or part != action["part"]:
            return refuse("does_not_open", item.id, item=item.id)
        if item.parts[part] not in ("on", "closed"):
            return refuse("already_open", item.id, item=item.id)
        held = hand.holds
        if held is not None and not _can_open_with(held, item):
            return refuse("hand_full", hand.id, hand=hand.side, item=held.id)
        if item.kind == "pack":
            if not item.surface:
                return refuse("put_down_first", item.id, item=item.id)
            if _yielded(world, item):
                return refuse("already_have_contents", item.id, item=item.id)
        return None

    def do(self, world: World, action: Action) -> None:
        item, hand = world.items[action["target"]], world.hands[action["hand"]]
        zone = world.zone_of(item)
        if item.kind == "pack":
            _peel(world, item, hand, zone)
            return
        part = OPENABLE[item.kind]
        tool = hand.holds if hand.holds is not None and hand.holds.kind == "forceps" else None
        if tool is not None:
            tool_on(world, hand, tool, "tip", world.patch(item, part))
        else:
            glove_on(world, hand, world.patch(item, part), "opened")
        item.parts[part] = "off"
        world.changed(item.id, *item.inside)
        if item.kind == "vial":
            if tool is None:
                glove_on(world, hand, world.patch(item, "neck"))
            _discard_foil(world, item, hand)
        world.set_pace(1)
        _opened(world, item, part, hand, zone)


class Close:
    """Put a lid or a sheath back."""

    def why_not(self, world: World, action: Action) -> Refusal | None:
        item, hand = world.items[action["target"]], world.hands[action["hand"]]
        blocked = unreachable(world, item)
        if blocked:
            return blocked
        part = CLOSABLE.get(item.kind)
        if part is None or part != action["part"]:
            return refuse("does_not_close", item.id, item=item.id)
        if item.parts[part] == "on":
            return refuse("already_closed", item.id, item=item.id)
        if hand.holds is not None and not _can_open_with(hand.holds, item):
            return not_free(hand)
        return None

    def do(self, world: World, action: Action) -> None:
        item, hand = world.items[action["target"]], world.hands[action["hand"]]
        part = CLOSABLE[item.kind]
        if hand.holds is None:
            glove_on(world, hand, world.patch(item, part))
        item.parts[part] = "on"
        world.changed(item.id, *item.inside)
        closed(world, item, part, hand)


def closed(world: World, item: Item, part: str, hand: Hand | None) -> None:
    world.emit(
        "closed",
        target=item.id,
        target_kind=item.kind,
        part=part,
        hand=hand.side if hand else None,
        zone=world.zone_of(item),
    )


def face(world: World, target: str, part: str | None) -> Patch:
    """The face that is meant by a target and a part."""
    if target in world.items:
        item = world.items[target]
        return world.patch(item, part or next(iter(item.spec.grips or item.spec.parts)))
    if target in world.surfaces:
        return world.surfaces[target].patch
    return world.hands[target[5:]].patch


def _opened(world: World, item: Item, part: str, hand: Hand, zone: str) -> None:
    world.emit(
        "opened",
        target=item.id,
        target_kind=item.kind,
        part=part,
        hand=hand.side,
        zone=zone,
        cabinet_seconds=world.cabinet.seconds if world.cabinet else None,
        settled_seconds=world.motion.settled(),
        fit=item.fit,
    )


def _can_open_with(held: Item, item: Item) -> bool:
    """A foil or a lid comes off with empty forceps; a sheath with the hand that holds the syringe."""
    if held.kind == "forceps":
        return item.kind in ("vial", "stopper-bowl") and not held.inside
    return held is item and item.kind == "syringe"


def _yielded(world: World, pack: Item) -> bool:
    """Whether another pack of the same has been opened: its contents are in use."""
    first = pack.spare_of or pack.id
    same = [other for other in world.items.values() if first in (other.id, other.spare_of)]
    return any(other.parts.get("outer") == "open" for other in same)


def _peel(world: World, pack: Item, hand: Hand, zone: str) -> None:
    for patch in pack.patches.values():
        world.wetting.end(patch, "opened")
    outer = world.patch(pack, "outer")
    glove_on(world, hand, outer, "opened")
    surface = pack.surface
    assert surface is not None
    at, origin = (pack.x, pack.z), pack.place
    pack.parts["outer"] = "open"
    contents = [world.items[name] for name in world.module.items[pack.id].contents]
    hold(world, hand, pack, "wrap")
    _opened(world, pack, "outer", hand, zone)
    told(world, pack, origin, hand, "wrap", "open")
    for item in contents:
        item.socket = -1
        item.lot, item.expiry = pack.lot, pack.expiry
        item.yaw = pack.yaw
        spot = free_spot(item, world.surfaces[surface], at[0], at[1], world.on(surface)) or at
        world.put(item, f"surface:{surface}", (spot[0], world.surfaces[surface].y, spot[1]))
        if pack.sound == "torn":
            _unsterile(world, item, outer)
        told(world, item, f"in:{pack.id}", None, None, "open")


def _unsterile(world: World, item: Item, outer: Patch) -> None:
    """What lay in a torn pack was in the air of the store: as if its outside had touched every critical part."""
    for thing in (item, *(world.items[name] for name in item.inside)):
        for part in thing.spec.critical_parts:
            world.organisms.contact(outer, world.patch(thing, part), "sterile")


def _discard_foil(world: World, vial: Item, hand: Hand) -> None:
    foil = next((world.items[name] for name in vial.inside if world.items[name].kind == "foil"), None)
    if foil is None:
        return
    zone = world.zone_of(vial)
    tub = next(
        (t for t in world.items.values() if t.kind == "waste-tub" and world.zone_of(t) == zone and world.in_reach(t)),
        None,
    )
    foil.x, foil.y, foil.z = vial.x, vial.y, vial.z
    if tub is not None:
        world.put(foil, f"in:{tub.id}")
        world.settle_contents(tub)
    else:
        outer = world.holder_of(vial)
        under = outer.surface or next((s.id for s in world.surfaces.values() if s.station == world.station), "floor")
        spot = free_spot(foil, world.surfaces[under], vial.x, vial.z, world.on(under)) or (vial.x, vial.z)
        world.put(foil, f"surface:{under}", (spot[0], world.surfaces[under].y, spot[1]))
    told(world, foil, f"in:{vial.id}", hand, None, "discard" if tub is not None else "open")
