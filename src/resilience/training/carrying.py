"""Going from station to station; taking, putting down and letting fall."""

from __future__ import annotations

from functools import cache

from resilience.plant.specs import load
from resilience.training.hands import Hand
from resilience.training.items import FIXED, FLOOR, Item
from resilience.training.refusals import Action, Refusal, not_free, refuse, unreachable
from resilience.training.surfaces import Surface, free_spot, has_room
from resilience.training.touch import glove_on
from resilience.training.world import WASTE, World

_REACH = 0.45
"""How far before a station's place the hands are when nothing tracks them, metres."""
_HAND_HEIGHT = 1.05


class Move:
    """Stand at another station. What the hands hold comes along."""

    def why_not(self, world: World, action: Action) -> Refusal | None:
        if action["station"] == world.station:
            return refuse("already_there", station=action["station"])
        return None

    def do(self, world: World, action: Action) -> None:
        old, world.station = world.station, action["station"]
        world.motion.reset()
        world.emit("moved", station=world.station, **{"from": old})
        world.changed("hand:left", "hand:right")


class Take:
    """Hold an item by one of its parts."""

    def why_not(self, world: World, action: Action) -> Refusal | None:
        item, hand = world.items[action["item"]], world.hands[action["hand"]]
        blocked = unreachable(world, item)
        if blocked:
            return blocked
        if item.place == FIXED or not _grips(item.kind):
            return refuse("fixed", item.id, item=item.id)
        if hand.holds is item:
            return refuse("already_held", item.id, hand=hand.side, item=item.id)
        grip = action.get("grip")
        if grip is not None and grip not in grips(item):
            return refuse("no_such_grip", item.id, item=item.id, part=grip)
        return not_free(hand)

    def do(self, world: World, action: Action) -> None:
        item, hand = world.items[action["item"]], world.hands[action["hand"]]
        grip = action.get("grip") or grips(item)[0]
        origin = item.place
        for patch in item.patches.values():
            world.wetting.end(patch, "taken")
        glove_on(world, hand, world.patch(item, grip), "taken")
        if item.hand:
            let_go(world, world.hands[item.hand])
        hold(world, hand, item, grip)
        told(world, item, origin, hand, grip, "take")


class Place:
    """Put down on a surface or into a container, where there is room."""

    def why_not(self, world: World, action: Action) -> Refusal | None:
        hand, on = world.hands[action["hand"]], action["on"]
        item = hand.holds
        if item is None:
            return refuse("hand_empty", hand.id, hand=hand.side)
        surface = world.surfaces.get(on)
        if surface is None:
            return _cannot_go_in(world, item, world.items[on])
        if surface.station != world.station:
            return refuse("out_of_reach", item.id, item=on)
        pose = action.get("pose")
        if not has_room(item, surface, world.on(on)) and (
            pose is None or spot(world, item, surface, hand, pose) is None
        ):
            return refuse("no_room", item.id, item=item.id, on=on)
        return None

    def do(self, world: World, action: Action) -> None:
        hand, on = world.hands[action["hand"]], action["on"]
        item, grip = hand.holds, hand.grip
        assert item is not None
        surface = world.surfaces.get(on)
        if surface is not None:
            found = spot(world, item, surface, hand, action.get("pose"))
            assert found is not None
            let_go(world, hand)
            world.put(item, f"surface:{on}", (found[0], surface.y, found[1]), found[2])
            told(world, item, hand.id, hand, grip, "place")
            return
        container = world.items[on]
        let_go(world, hand)
        item.socket = free_socket(world, container) if container.kind not in WASTE else -1
        world.put(item, f"in:{on}")
        world.settle_contents(container)
        told(world, item, hand.id, hand, grip, "discard" if container.kind in WASTE else "place")


class Drop:
    """Let fall: onto the surface below, or to the floor."""

    def why_not(self, world: World, action: Action) -> Refusal | None:
        hand, on = world.hands[action["hand"]], action.get("surface")
        if hand.holds is None:
            return refuse("hand_empty", hand.id, hand=hand.side)
        if on is not None and on != FLOOR and world.surfaces[on].station != world.station:
            return refuse("out_of_reach", hand.holds.id, item=on)
        return None

    def do(self, world: World, action: Action) -> None:
        hand = world.hands[action["hand"]]
        item, grip = hand.holds, hand.grip
        assert item is not None
        let_go(world, hand)
        fall(world, item, action.get("surface") or below(world, hand), hand.id, "drop", hand, grip)


def grips(item: Item) -> list[str]:
    """The parts by which it can be held as it is now, the usual one first."""
    hidden = set()
    if item.kind == "pack":
        hidden = {"wrap"} if item.parts["outer"] == "closed" else {"outer"}
    elif item.kind == "syringe":
        hidden = {"needle"} if item.parts["sheath"] == "on" else {"sheath"}
    elif item.kind == "stopper-bowl" and item.parts["lid"] == "off":
        hidden = {"lid"}
    elif item.kind == "vial" and item.parts["foil"] == "on":
        hidden = {"neck"}
    return [part for part in _grips(item.kind) if part not in hidden]


@cache
def _grips(kind: str) -> tuple[str, ...]:
    return tuple(load(kind).grips)


def hold(world: World, hand: Hand, item: Item, grip: str) -> None:
    world.put(item, hand.id)
    item.socket = -1
    item.stations = ()
    hand.holds, hand.grip = item, grip
    world.changed(hand.id)


def let_go(world: World, hand: Hand) -> None:
    hand.holds = hand.grip = None
    world.changed(hand.id)


def told(world: World, item: Item, origin: str, hand: Hand | None, grip: str | None, how: str) -> None:
    """The event of a thing that was moved; on a surface it says where, `aside` being the distance from the middle."""
    at = {"x": item.x, "z": item.z, "aside": abs(item.x)} if item.surface else {}
    world.emit(
        "item_moved",
        item=item.id,
        item_kind=item.kind,
        **{"from": origin},
        to=item.place,
        hand=hand.side if hand else None,
        grip=grip,
        how=how,
        zone=world.zone_of(item),
        **at,
    )


def fall(
    world: World, item: Item, onto: str, origin: str, how: str, hand: Hand | None = None, grip: str | None = None
) -> None:
    """Let a thing come to rest on a surface, or on the floor where it finds no room; its critical parts get dirty."""
    surface = world.surfaces[onto]
    x, _, z = palm(world, hand) if hand else (item.x, item.y, item.z)
    found = free_spot(item, surface, x, z, world.on(onto)) if onto != FLOOR else None
    if found is None:
        surface = world.surfaces[FLOOR]
        item.stations = (world.station,)
        found = (x, z)
    world.put(item, FLOOR if surface.id == FLOOR else f"surface:{surface.id}", (found[0], surface.y, found[1]))
    for part in item.spec.critical_parts:
        world.organisms.contact(surface.patch, world.patch(item, part))
    told(world, item, origin, hand, grip, how)


def below(world: World, hand: Hand) -> str:
    """The surface under a hand, the floor if there is none."""
    x, y, z = palm(world, hand)
    under = [s for s in world.surfaces.values() if s.station == world.station and s.y < y and s.holds(x, z)]
    return max(under, key=lambda s: s.y).id if under else FLOOR


def palm(world: World, hand: Hand) -> tuple[float, float, float]:
    """Where a hand is; before the station's place at working height when nothing tracks it."""
    if hand.tracked:
        return hand.x, hand.y, hand.z
    reach = [s for s in world.surfaces.values() if s.station == world.station]
    station = world.stations[world.station]
    if not reach:
        return station.at[0], _HAND_HEIGHT, station.at[2] - _REACH
    first = reach[0]
    return (first.x0 + first.x1) / 2, _HAND_HEIGHT, (first.z0 + first.z1) / 2


def spot(
    world: World, item: Item, surface: Surface, hand: Hand, pose: list[float] | None
) -> tuple[float, float, float] | None:
    """Where an item would come to stand and how it is turned: as it is wanted, else in the nearest free place.

    Where the turn that is wanted finds no room, the item stays turned as it is.
    """
    x, _, z = (pose[0], pose[1], pose[2]) if pose is not None else palm(world, hand)
    others, yaw = world.on(surface.id), item.yaw
    if pose is not None and len(pose) == 4:
        item.yaw = pose[3]
        found = free_spot(item, surface, x, z, others)
        item.yaw = yaw
        if found is not None:
            return (*found, pose[3])
    found = free_spot(item, surface, x, z, others)
    return (*found, yaw) if found is not None else None


def free_socket(world: World, container: Item) -> int:
    """The first free place in a rack or bowl, -1 when all are taken."""
    sockets = container.spec.sockets
    taken = {world.items[name].socket for name in container.inside}
    number = len(sockets.places) if sockets else 1
    return next((n for n in range(number) if n not in taken), -1)


def _cannot_go_in(world: World, item: Item, container: Item) -> Refusal | None:
    if item is container:
        return refuse("into_itself", item.id, item=item.id)
    blocked = unreachable(world, container)
    if blocked:
        return blocked
    if container.kind == "labeller":
        if item.kind != "label-roll":
            return refuse("does_not_fit", item.id, item=item.id, on=container.id)
        return refuse("no_room", item.id, item=item.id, on=container.id) if container.inside else None
    sockets = container.spec.sockets
    accepts = sockets.accepts if sockets is not None and container.kind not in ("pack", "forceps") else ()
    if item.kind not in accepts and "*" not in accepts:
        return refuse("does_not_fit", item.id, item=item.id, on=container.id)
    if container.kind in WASTE:
        return None
    if container.kind == "stopper-bowl" and container.parts["lid"] == "on":
        return refuse("lid_on", container.id, item=container.id)
    if free_socket(world, container) < 0:
        return refuse("no_room", item.id, item=item.id, on=container.id)
    return None
