"""Using tools: one class a tool, each saying when it cannot be used and what it does."""

from __future__ import annotations

from typing import Final, Protocol

from resilience.training.handling import closed, face
from resilience.training.hands import Hand
from resilience.training.items import Item
from resilience.training.liquid import pour
from resilience.training.patches import Patch
from resilience.training.refusals import Action, Refusal, not_free, not_holding, refuse, unreachable
from resilience.training.touch import glove_on, tool_on
from resilience.training.wiping import Stroke, judge
from resilience.training.world import World

SPRAYED_SURFACE: Final = 0.6
"""Share of a surface that one spraying wets."""


class Tool(Protocol):
    """How a kind of tool is used."""

    def why_not(self, world: World, hand: Hand, tool: Item, action: Action) -> Refusal | None: ...

    def do(self, world: World, hand: Hand, tool: Item, action: Action) -> None: ...


class Use:
    """Use a tool on a target."""

    def why_not(self, world: World, action: Action) -> Refusal | None:
        hand, tool = world.hands[action["hand"]], world.items[action["tool"]]
        blocked = unreachable(world, tool)
        if blocked:
            return blocked
        how = TOOLS.get(tool.kind)
        if how is None:
            return refuse("no_tool", tool.id, item=tool.id)
        return _target_unreachable(world, action["target"]) or how.why_not(world, hand, tool, action)

    def do(self, world: World, action: Action) -> None:
        hand, tool = world.hands[action["hand"]], world.items[action["tool"]]
        TOOLS[tool.kind].do(world, hand, tool, action)


class Spray:
    """Wet gloves, things or surfaces with 70 % isopropanol. On gloves it is rubbed in with both hands."""

    def why_not(self, world: World, hand: Hand, tool: Item, action: Action) -> Refusal | None:
        target = action["target"]
        if target.startswith("hand:"):
            return _gloves_busy(world, tool)
        if hand.holds is not tool:
            if tool.hand is not None:
                return refuse("not_held", tool.id, hand=hand.side, item=tool.id)
            return not_free(hand)
        return refuse("into_itself", tool.id, item=tool.id) if target == tool.id else None

    def do(self, world: World, hand: Hand, tool: Item, action: Action) -> None:
        target = action["target"]
        glove_on(world, hand, world.patch(tool, _handle(tool)))
        if target.startswith("hand:"):
            wet_gloves(world)
            return
        patch = face(world, target, action.get("part"))
        coverage = SPRAYED_SURFACE if target in world.surfaces else 1.0
        world.wetting.wet(patch, "spray", coverage)
        for other in _bare(world, target):
            if other is not patch:
                world.wetting.wet(other, "spray", coverage)
        _wetted(world, target, patch.kind, patch.part, coverage, True, "spray")


class Sanitiser(Spray):
    """The dispenser on the wall: for gloves alone, and nothing is touched."""

    def why_not(self, world: World, hand: Hand, tool: Item, action: Action) -> Refusal | None:
        if not action["target"].startswith("hand:"):
            return refuse("for_gloves_only", tool.id, item=tool.id)
        return _gloves_busy(world, tool)

    def do(self, world: World, hand: Hand, tool: Item, action: Action) -> None:
        wet_gloves(world)


class Wipes:
    """A fresh wipe each time: over a surface in strokes, or over a part of a thing."""

    def why_not(self, world: World, hand: Hand, tool: Item, action: Action) -> Refusal | None:
        target = action["target"]
        if hand.holds is not tool and hand.holds is not None:
            return not_free(hand)
        if target.startswith("hand:"):
            return refuse("not_for_this", tool.id, item=tool.id, target=target)
        if target in world.surfaces and not action.get("path"):
            return refuse("needs_strokes", tool.id, item=target)
        return refuse("into_itself", tool.id, item=tool.id) if target == tool.id else None

    def do(self, world: World, hand: Hand, tool: Item, action: Action) -> None:
        target, path = action["target"], action.get("path")
        if hand.holds is not tool:
            glove_on(world, hand, world.patch(tool, "wipe"))
        patch = face(world, target, action.get("part"))
        if target in world.surfaces:
            strokes: list[Stroke] = path or []
            wiped = judge(world.surfaces[target], strokes, back_of(world, target))
            coverage, overlap, order = wiped.coverage, wiped.overlap, wiped.order
        else:
            coverage, overlap, order = 1.0, True, "wipe"
        world.wetting.wet(patch, "wipe", coverage)
        _wetted(world, target, patch.kind, patch.part, coverage, overlap, order)


class Syringe:
    """Draw up through a septum, dispense into an open neck."""

    def why_not(self, world: World, hand: Hand, tool: Item, action: Action) -> Refusal | None:
        target = world.items.get(action["target"])
        held = not_holding(hand, tool)
        if held:
            return held
        if tool.parts["sheath"] == "on":
            return refuse("sheath_on", tool.id, item=tool.id)
        if target is None or target.spec.liquid is None or target is tool:
            return refuse("not_for_this", tool.id, item=tool.id, target=action["target"])
        amount = action.get("amount")
        if target.kind == "vial":
            if not target.open_site:
                return refuse("not_open", target.id, item=target.id)
            if tool.ml <= 0:
                return refuse("empty", tool.id, item=tool.id)
            most = min(tool.ml, target.spec.liquid.brimful_ml - target.ml)
        else:
            assert tool.spec.liquid is not None
            most = min(target.ml, tool.spec.liquid.full_ml - tool.ml)
            if target.ml <= 0:
                return refuse("empty", target.id, item=target.id)
        if amount is None or amount <= 0:
            return refuse("how_much", tool.id, item=tool.id)
        if amount > most + 1e-9:
            return refuse("too_much", tool.id, item=tool.id, most=f"{most:.2f}")
        return None

    def do(self, world: World, hand: Hand, tool: Item, action: Action) -> None:
        target = world.items[action["target"]]
        if target.kind != "vial":
            tool_on(world, hand, tool, "needle", world.patch(target, "septum"))
            pour(world, target, tool, min(action["amount"], target.ml), tool)
            return
        pour(world, tool, target, min(action["amount"], tool.ml), tool)


class Forceps:
    """Pick up a stopper or a foil, seat a stopper in a neck, throw away what the tip holds."""

    def why_not(self, world: World, hand: Hand, tool: Item, action: Action) -> Refusal | None:
        target = world.items.get(action["target"])
        held = not_holding(hand, tool)
        if held:
            return held
        if target is None:
            return refuse("not_for_this", tool.id, item=tool.id, target=action["target"])
        if target.kind in ("vial", "waste-tub"):
            if not tool.inside:
                return refuse("tip_empty", tool.id, item=tool.id)
            if target.kind == "vial":
                if world.items[tool.inside[0]].kind != "stopper":
                    return refuse("not_for_this", tool.id, item=tool.id, target=target.id)
                if not target.open_site:
                    return refuse("not_open", target.id, item=target.id)
            return None
        if tool.inside:
            return refuse("tip_full", tool.id, item=tool.inside[0])
        if target.kind == "stopper-bowl":
            if target.parts["lid"] == "on":
                return refuse("lid_on", target.id, item=target.id)
            return None if target.inside else refuse("empty", target.id, item=target.id)
        if target.kind in ("stopper", "foil") and (target.surface or target.holder):
            return None
        return refuse("not_for_this", tool.id, item=tool.id, target=target.id)

    def do(self, world: World, hand: Hand, tool: Item, action: Action) -> None:
        target = world.items[action["target"]]
        if target.kind == "vial":
            self._seat(world, hand, tool, target)
        elif target.kind == "waste-tub":
            self._move(world, hand, tool, world.items[tool.inside[0]], target, "discard")
        else:
            # The last one laid in is the topmost.
            thing = world.items[target.inside[-1]] if target.kind == "stopper-bowl" else target
            tool_on(world, hand, tool, "tip", world.patch(thing, "body" if thing.kind == "stopper" else "outer"))
            thing.stations = ()
            self._move(world, hand, tool, thing, tool, "take")

    def _seat(self, world: World, hand: Hand, tool: Item, vial: Item) -> None:
        stopper = world.items[tool.inside[0]]
        world.organisms.seat(world.patch(stopper, "body"), vial)
        self._move(world, hand, tool, stopper, vial, "place")
        vial.parts["stopper"] = "seated"
        world.changed(vial.id)
        closed(world, vial, "neck", hand)

    def _move(self, world: World, hand: Hand, tool: Item, thing: Item, into: Item, how: str) -> None:
        origin = thing.place
        world.put(thing, f"in:{into.id}")
        thing.socket = -1
        world.settle_contents(into)
        world.emit(
            "item_moved",
            item=thing.id,
            item_kind=thing.kind,
            **{"from": origin},
            to=thing.place,
            hand=hand.side,
            grip=tool.id,
            how=how,
            zone=world.zone_of(thing),
        )


class Crimper:
    """Crimp an aluminium cap over a seated stopper."""

    def why_not(self, world: World, hand: Hand, tool: Item, action: Action) -> Refusal | None:
        target = world.items.get(action["target"])
        held = not_holding(hand, tool)
        if held:
            return held
        if target is None or target.kind != "vial":
            return refuse("not_for_this", tool.id, item=tool.id, target=action["target"])
        if target.parts["crimp"] == "on":
            return refuse("already_closed", target.id, item=target.id)
        if target.parts["stopper"] != "seated":
            return refuse("no_stopper", target.id, item=target.id)
        return None

    def do(self, world: World, hand: Hand, tool: Item, action: Action) -> None:
        vial = world.items[action["target"]]
        vial.parts["crimp"] = "on"
        world.changed(vial.id)
        closed(world, vial, "crimp", hand)


TOOLS: Final[dict[str, Tool]] = {
    "spray": Spray(),
    "wipes": Wipes(),
    "sanitiser": Sanitiser(),
    "syringe": Syringe(),
    "forceps": Forceps(),
    "crimper": Crimper(),
}


def wet_gloves(world: World) -> None:
    """Alcohol on both gloves, rubbed in."""
    for hand in world.hands.values():
        hand.sanitised = -1
        world.wetting.wet(hand.patch, "rub", 1.0)
        _wetted(world, hand.id, hand.patch.kind, "glove", 1.0, True, "rub")
        world.emit("garment_state", garment="glove", hand=hand.side, state="wet")


def back_of(world: World, surface: str) -> float:
    """-1 where the back of a surface, seen from its station, is at small z; +1 where at large z."""
    found = world.surfaces[surface]
    if found.station is None:
        return -1.0
    return -1.0 if world.stations[found.station].at[2] >= (found.z0 + found.z1) / 2 else 1.0


def _wetted(world: World, target: str, kind: str, part: str, coverage: float, overlap: bool, order: str) -> None:
    world.emit(
        "surface_wetted",
        target=target,
        target_kind=kind,
        part=part,
        agent="ipa-70",
        coverage=coverage,
        overlap=overlap,
        order=order,
    )


def _bare(world: World, target: str) -> list[Patch]:
    """The critical parts of a thing that no wrap keeps sterile (a septum): they are wetted with all the rest of it."""
    item = world.items.get(target)
    return [] if item is None or item.sterile else [world.patch(item, part) for part in item.spec.critical_parts]


def _handle(tool: Item) -> str:
    return "trigger" if "trigger" in tool.spec.parts else next(iter(tool.spec.grips), "body")


def _gloves_busy(world: World, tool: Item) -> Refusal | None:
    """Gloves are rubbed with both hands: neither may hold anything but the bottle itself, and both must be gloved."""
    for hand in world.hands.values():
        if hand.holds is not None and hand.holds is not tool:
            return refuse("hand_full", hand.id, hand=hand.side, item=hand.holds.id)
        if hand.glove == "none":
            return refuse("no_glove", hand.id, hand=hand.side)
    return None


def _target_unreachable(world: World, target: str) -> Refusal | None:
    if target in world.items:
        return unreachable(world, world.items[target])
    if target in world.surfaces and world.surfaces[target].station != world.station:
        return refuse("out_of_reach", None, item=target)
    return None
