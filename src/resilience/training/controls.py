"""Operating controls, and changing gloves."""

from __future__ import annotations

from typing import Any

from resilience.training.hands import GLOVE_OF, OTHER
from resilience.training.items import Item
from resilience.training.refusals import Action, Refusal, refuse, unreachable
from resilience.training.world import World

READ = "airflow"
"""The cabinet's display is read by operating this."""


class Operate:
    """Press a button, turn a switch, read a display."""

    def why_not(self, world: World, action: Action) -> Refusal | None:
        item = world.items[action["target"]]
        blocked = unreachable(world, item)
        if blocked:
            return blocked
        if item.kind == "labeller":
            if not item.inside:
                return refuse("no_roll", item.id, item=item.id)
            if not action.get("value"):
                return refuse("how_many", item.id, item=item.id)
        if item.kind == "cabinet" and action["control"] == "alarm-mute":
            assert world.cabinet is not None
            if world.cabinet.alarm is None:
                return refuse("no_alarm", item.id, item=item.id)
        return None

    def do(self, world: World, action: Action) -> None:
        item, control, value = world.items[action["target"]], action["control"], action.get("value")
        old: Any = None
        more: dict[str, Any] = {}
        if item.kind == "cabinet":
            assert world.cabinet is not None
            old = world.cabinet.operate(control, value)
        elif item.kind == "labeller":
            more = _print(world, item, action["value"])
        world.emit("operated", target=item.id, control=control, value=value, old=old, **more)
        world.changed(item.id)


class Doff:
    """Take off a glove, where fresh ones are at hand."""

    def why_not(self, world: World, action: Action) -> Refusal | None:
        hand = world.hands[GLOVE_OF[action["garment"]]]
        if hand.glove == "none":
            return refuse("no_glove", hand.id, hand=hand.side)
        return _cannot_change(world, hand.side)

    def do(self, world: World, action: Action) -> None:
        hand = world.hands[GLOVE_OF[action["garment"]]]
        world.wetting.end(hand.patch, "taken")
        world.organisms.doff(hand)
        hand.glove, hand.sanitised = "none", -1
        world.emit("garment_state", garment="glove", hand=hand.side, state="off")
        world.changed(hand.id)


class Don:
    """Put on a fresh sterile glove, by its cuff or, wrongly, by its outside."""

    def why_not(self, world: World, action: Action) -> Refusal | None:
        hand = world.hands[GLOVE_OF[action["garment"]]]
        if hand.glove != "none":
            return refuse("glove_on", hand.id, hand=hand.side)
        return _cannot_change(world, hand.side)

    def do(self, world: World, action: Action) -> None:
        hand = world.hands[GLOVE_OF[action["garment"]]]
        other = world.hands[OTHER[hand.side]]
        by_outside = action.get("grip") == "outside"
        if by_outside:
            world.wetting.end(other.patch, "touched")
        world.organisms.don(hand, other if by_outside else None)
        hand.glove, hand.sanitised, hand.soiled = "intact", -1, False
        world.emit("garment_state", garment="glove", hand=hand.side, state="changed", grip=action.get("grip", "cuff"))
        world.changed(hand.id)


def _cannot_change(world: World, side: str) -> Refusal | None:
    for hand in world.hands.values():
        if hand.holds is not None:
            return refuse("hand_full", hand.id, hand=hand.side, item=hand.holds.id)
    packs = [item for item in world.items.values() if item.kind == "glove-pack"]
    if not any(world.in_reach(pack) and not world.wasted(pack) for pack in packs):
        return refuse("no_gloves_here", f"hand:{side}", hand=side)
    return None


def _print(world: World, labeller: Item, number: int) -> dict[str, Any]:
    """Print labels and stick one on every crimped vial that stands here and has none."""
    roll = world.items[labeller.inside[0]]
    vials = [
        item
        for item in world.items.values()
        if item.kind == "vial" and item.parts["crimp"] == "on" and item.parts["label"] == "none"
        if world.in_reach(item) and not world.wasted(item)
    ]
    for vial in vials[:number]:
        vial.parts["label"], vial.label = "on", roll.label
        world.changed(vial.id)
    world.papers.labels_issued += number
    return {"applied": min(number, len(vials)), "roll": roll.id, "batch": roll.label}
