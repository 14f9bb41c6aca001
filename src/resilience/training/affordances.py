"""Affordances: what can be done now with each thing, hand and surface, the obvious first.

Every offer is an action asked of the table of rules; what the table would refuse is offered with the reason why not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from resilience.plant.specs import HandSide
from resilience.training.carrying import grips
from resilience.training.controls import READ
from resilience.training.handling import CLOSABLE, OPENABLE
from resilience.training.hands import GLOVE_OF, Hand
from resilience.training.items import FIXED, Item
from resilience.training.labels import Labels
from resilience.training.refusals import Action
from resilience.training.rules import RULES
from resilience.training.tools import back_of
from resilience.training.wiping import patterns
from resilience.training.world import WASTE, World

Affordance = dict[str, Any]

_CONTAINERS: Final = (*WASTE, "vial-rack", "stopper-bowl", "labeller")
_TOUCHABLE: Final = {"vial": "neck", "syringe": "needle", "forceps": "tip", "bottle": "septum", "stopper": "body"}
_SPRAYED: Final = {"pack": "outer"}
_MINDED: Final = {
    "syringe": frozenset({"vial", "bottle"}),
    "forceps": frozenset({"vial", "stopper-bowl", "waste-tub", "stopper", "foil"}),
}
"""Held tools whose state decides what can be done with things of some kinds; of the others it is what they are."""
_USUAL_ML: Final = 2.0
_SMALLEST_ML: Final = 0.1


class Offers:
    """Lists what can be done, in the language of the labels."""

    def __init__(self, world: World, labels: Labels) -> None:
        self.world, self.labels = world, labels
        # Offers of a thing stay what they were while neither it, nor a tool that matters to it, nor what all depend on
        # changes; those of taking and touching do not even ask for the tools' state.
        self._known: dict[str, tuple[int, list[Affordance]]] = {}
        self._grasps: dict[str, tuple[int, list[Affordance], list[Affordance]]] = {}
        self._known_for: tuple[Any, ...] = ()

    def all(self) -> dict[str, list[Affordance]]:
        """The affordances of everything within reach, by item id, `hand:<side>` and `surface:<id>`."""
        world = self.world
        found: dict[str, list[Affordance]] = {}
        common = self._common()
        if common != self._known_for:
            self._known.clear()
            self._grasps.clear()
            self._known_for = common
        held = [hand.holds for hand in world.hands.values() if hand.holds is not None]
        tools = [(tool, _MINDED[tool.kind]) for tool in held if tool.kind in _MINDED]
        for item in world.items.values():
            state = item.version
            for tool, kinds in tools:
                if item.kind in kinds:
                    state += tool.version
            known = self._known.get(item.id)
            if known is None or known[0] != state:
                known = self._known[item.id] = (state, self._asked(item))
            if known[1]:
                found[item.id] = known[1]
        for hand in world.hands.values():
            found[hand.id] = list(self._of_hand(hand))
        for name, surface in world.surfaces.items():
            if surface.station == world.station:
                offers = list(self._of_surface(name))
                if offers:
                    found[f"surface:{name}"] = offers
        return found

    def _common(self) -> tuple[Any, ...]:
        """What the offers of every thing depend on besides the thing itself and the state of tools."""
        world = self.world
        held = [(hand.holds.id, hand.grip) if hand.holds is not None else None for hand in world.hands.values()]
        gloves = [(hand.glove, hand.inside) for hand in world.hands.values()]
        opened = sum(item.kind == "pack" and item.parts["outer"] == "open" for item in world.items.values())
        return (world.station, held, gloves, opened)

    def _asked(self, item: Item) -> list[Affordance]:
        world = self.world
        if not world.in_reach(item) or world.hidden(item) or world.wasted(item):
            return []
        return list(self._of_item(item))

    # Things -----------------------------------------------------------------------------------------------------------
    def _of_item(self, item: Item) -> Iterator[Affordance]:
        hands = self._hands()
        uses = [
            offer
            for hand in sorted(hands, key=self._ready)
            if hand.holds is not None and hand.holds is not item
            for offer in self._tool_on(hand, hand.holds, item)
        ]
        opens = list(self._open(item, hands))
        first = item.kind != "pack" or self.world.zone_of(item) == "cabinet"
        offers = [*uses, *opens] if first else uses
        # What a held tool can do, then what can be opened, then why not.
        yield from (offer for offer in offers if offer["why_not"] is None)
        yield from (offer for offer in offers if offer["why_not"] is not None)
        if item.kind in _CONTAINERS:
            yield from self._put_in(item, hands)
        if item.kind == "sanitiser":
            yield from self._gloves(item, hands[0])
        if item.kind == "intercom":
            for kind in ("deviation", "question"):
                report = {"verb": "report", "to": "supervisor", "kind": kind}
                yield self._offer(report, f"report_{kind}", needs="text", trial={"text": ""})
        yield from self._controls(item)
        takes, touches = self._grasp(item, hands)
        yield from takes
        if item.kind == "spray":
            yield from self._gloves(item, hands[0])
        if not first:
            yield from opens
        yield from touches

    def _grasp(self, item: Item, hands: list[Hand]) -> tuple[list[Affordance], list[Affordance]]:
        known = self._grasps.get(item.id)
        if known is None or known[0] != item.version:
            takes = list(self._takes(item, hands)) if item.place != FIXED else []
            known = self._grasps[item.id] = (item.version, takes, list(self._touches(item, hands)))
        return known[1], known[2]

    def _touches(self, item: Item, hands: list[Hand]) -> Iterator[Affordance]:
        part = _TOUCHABLE.get(item.kind)
        if part is not None and (item.kind not in ("vial", "syringe") or item.open_site):
            for hand in hands:
                action = {"verb": "touch", "hand": hand.side, "target": item.id, "part": part}
                yield self._offer(action, "touch_part", hand=hand.side, part=part)

    def _tool_on(self, hand: Hand, tool: Item, item: Item) -> Iterator[Affordance]:
        kind, use = item.kind, {"verb": "use", "hand": hand.side, "tool": tool.id, "target": item.id}
        if tool.kind == "syringe" and kind in ("bottle", "vial"):
            yield self._syringe(use, tool, item)
        elif tool.kind == "forceps":
            if kind == "stopper-bowl":
                yield self._offer(use, "pick")
            elif kind == "vial" and tool.inside and self.world.items[tool.inside[0]].kind == "stopper":
                yield self._offer({**use, "part": "neck"}, "seat")
            elif kind == "waste-tub" and tool.inside:
                yield self._offer(use, "let_go")
            elif kind in ("stopper", "foil") and not tool.inside and item.holder is None:
                yield self._offer(use, "pick_thing")
        elif tool.kind == "crimper" and kind == "vial":
            yield self._offer({**use, "part": "stopper"}, "crimp")
        elif tool.kind in ("spray", "wipes") and item.place != FIXED:
            part = _SPRAYED.get(kind) or next(iter(item.spec.grips or item.spec.parts))
            if kind == "pack" and item.parts["outer"] == "open":
                part = "wrap"
            yield self._offer({**use, "part": part}, "spray" if tool.kind == "spray" else "wipe")
            if tool.kind == "wipes" and kind == "bottle":
                yield self._offer({**use, "part": "septum"}, "wipe_part", part="septum")

    def _syringe(self, use: Action, tool: Item, item: Item) -> Affordance:
        assert tool.spec.liquid is not None
        assert item.spec.liquid is not None
        if item.kind == "vial":
            most = min(tool.ml, item.spec.liquid.brimful_ml - item.ml)
            part, label = "neck", "dispense"
        else:
            most = min(item.ml, tool.spec.liquid.full_ml - tool.ml)
            part, label = "septum", "draw"
        most = round(most, 6)
        start = min(_USUAL_ML, most)
        spec = {
            "min": min(_SMALLEST_ML, most),
            "max": most,
            "step": _SMALLEST_ML,
            "start": start,
            "unit": self.labels.text("unit.ml"),
        }
        action = {**use, "part": part}
        return self._offer(action, label, needs="amount", spec=spec, trial={"amount": start}, item=item.id)

    def _open(self, item: Item, hands: list[Hand]) -> Iterator[Affordance]:
        part = OPENABLE.get(item.kind)
        if part is None:
            return
        if item.parts[part] in ("on", "closed"):
            for hand in hands:
                tool = hand.holds
                key = f"open_{part}"
                if tool is not None and tool.kind == "forceps" and part in ("foil", "lid"):
                    key += "_forceps"
                action = {"verb": "open", "hand": hand.side, "target": item.id, "part": part}
                yield self._offer(action, key, hand=hand.side)
        elif item.kind in CLOSABLE:
            for hand in hands:
                action = {"verb": "close", "hand": hand.side, "target": item.id, "part": part}
                yield self._offer(action, f"close_{part}")

    def _put_in(self, item: Item, hands: list[Hand]) -> Iterator[Affordance]:
        for hand in hands:
            held = hand.holds
            if held is None or held is item or not self._might_fit(held, item):
                continue
            action = {"verb": "place", "hand": hand.side, "on": item.id}
            yield self._offer(action, "discard" if item.kind in WASTE else "put_in", item=held.id)

    def _might_fit(self, held: Item, container: Item) -> bool:
        if container.kind == "labeller":
            return held.kind == "label-roll"
        sockets = container.spec.sockets
        return sockets is not None and (held.kind in sockets.accepts or "*" in sockets.accepts)

    def _gloves(self, item: Item, hand: Hand) -> Iterator[Affordance]:
        action = {"verb": "use", "hand": hand.side, "tool": item.id, "target": hand.id}
        yield self._offer(action, "sanitise_gloves" if item.kind == "sanitiser" else "spray_gloves")

    def _controls(self, item: Item) -> Iterator[Affordance]:
        if item.place != FIXED:
            return
        if item.kind == "cabinet":
            yield self._offer({"verb": "operate", "target": item.id, "control": READ}, "read")
        for name, control in item.spec.controls.items():
            action: Action = {"verb": "operate", "target": item.id, "control": name}
            word = self.labels.text(f"control.{name}")
            if control.kind == "press":
                yield self._offer(action, "press", control=word)
            elif control.kind == "toggle":
                on = bool(self.world.cabinet is not None and getattr(self.world.cabinet, name, False))
                yield self._offer({**action, "value": not on}, "switch_off" if on else "switch_on", control=word)
            elif control.kind == "choice":
                choices = [{"id": value, "label": self.labels.text(f"setting.{value}")} for value in control.values]
                trial = {"value": control.values[0]}
                yield self._offer(action, "set", needs="choice", spec={"choices": choices}, trial=trial, control=word)
            else:
                spec = {"min": 1, "max": control.max, "step": 1, "start": 1, "unit": self.labels.text("unit.labels")}
                yield self._offer(action, "print", needs="value", spec=spec, trial={"value": 1})

    def _takes(self, item: Item, hands: list[Hand]) -> Iterator[Affordance]:
        if item.holder is not None and self.world.items[item.holder].kind == "forceps":
            return
        for n, grip in enumerate(grips(item)):
            for hand in hands:
                if hand.holds is item:
                    continue
                action = {"verb": "take", "hand": hand.side, "item": item.id, "grip": grip}
                if n == 0:
                    yield self._offer(action, "take", hand=hand.side)
                else:
                    yield self._offer(action, "take_by", hand=hand.side, part=grip)

    # Hands and surfaces -----------------------------------------------------------------------------------------------
    def _of_hand(self, hand: Hand) -> Iterator[Affordance]:
        item, world = hand.holds, self.world
        if item is not None:
            places = [name for name, surface in world.surfaces.items() if surface.station == world.station]
            if places:
                action = {"verb": "place", "hand": hand.side}
                spec = {"surfaces": places}
                yield self._offer(action, "put_down", needs="place", spec=spec, trial={"on": places[0]}, item=item.id)
            yield from self._open(item, [hand]) if item.kind == "syringe" else ()
            if item.kind == "spray":
                yield from self._gloves(item, hand)
            yield self._offer({"verb": "drop", "hand": hand.side}, "drop", item=item.id)
        for sanitiser in world.items.values():
            if sanitiser.kind == "sanitiser" and world.in_reach(sanitiser):
                yield from self._gloves(sanitiser, hand)
        garment = next(garment for garment, side in GLOVE_OF.items() if side == hand.side)
        if not any(pack.kind == "glove-pack" and world.in_reach(pack) for pack in world.items.values()):
            return
        if hand.glove == "none":
            yield self._offer({"verb": "don", "garment": garment, "grip": "cuff"}, "don", hand=hand.side)
            yield self._offer({"verb": "don", "garment": garment, "grip": "outside"}, "don_outside", hand=hand.side)
        else:
            yield self._offer({"verb": "doff", "garment": garment}, "doff", hand=hand.side)

    def _of_surface(self, name: str) -> Iterator[Affordance]:
        for hand in self._hands():
            item = hand.holds
            if item is None:
                continue
            uses = list(self._on_surface(name, hand, item))
            # Over the work surface of a cabinet a wipe is for wiping; anywhere else one press puts down what is held.
            wipes_first = item.kind == "wipes" and self.world.surfaces[name].cabinet
            if wipes_first:
                yield from uses
            action = {"verb": "place", "hand": hand.side, "on": name}
            yield self._offer(action, "put_down", needs="place", spec={"surfaces": [name]}, item=item.id)
            if not wipes_first:
                yield from uses

    def _on_surface(self, name: str, hand: Hand, item: Item) -> Iterator[Affordance]:
        use = {"verb": "use", "hand": hand.side, "tool": item.id, "target": name}
        if item.kind == "wipes":
            ways = patterns(self.world.surfaces[name], back_of(self.world, name))
            listed = [{"id": way, "label": self.labels.text(f"pattern.{way}"), "path": path} for way, path in ways]
            spec = {"surfaces": [name], "patterns": listed}
            yield self._offer(use, "wipe", needs="path", spec=spec, trial={"path": ways[0][1]})
        elif item.kind == "spray":
            yield self._offer(use, "spray")

    def _ready(self, hand: Hand) -> bool:
        """Sorts forceps that hold a stopper before other tools: an open vial wants it now."""
        tool = hand.holds
        return tool is None or tool.kind != "forceps" or not tool.inside

    # Making one -------------------------------------------------------------------------------------------------------
    def _hands(self) -> list[Hand]:
        """Both hands, a free one before a full one, the right before the left."""
        order: tuple[HandSide, HandSide] = ("right", "left")
        return sorted((self.world.hands[side] for side in order), key=lambda hand: hand.holds is not None)

    def _offer(
        self,
        action: Action,
        label: str,
        needs: str | None = None,
        spec: dict[str, Any] | None = None,
        trial: Action | None = None,
        **about: str,
    ) -> Affordance:
        """One affordance; `trial` stands for what is still asked for while the rules are consulted."""
        asked = {**action, **trial} if trial else action
        refusal = RULES[action["verb"]].why_not(self.world, asked)
        hand = action.get("hand")
        part = action.get("part") or action.get("grip")
        named = (
            action["verb"],
            hand,
            part,
            action.get("control"),
            action.get("tool"),
            action.get("on"),
            action.get("kind"),
        )
        return {
            "id": ":".join(filter(None, named)),
            "verb": action["verb"],
            "hand": hand,
            "part": part,
            "label": self.labels.say(f"offer.{label}", **about),
            "why_not": self.labels.refusal(refusal) if refusal is not None else None,
            "needs": needs,
            "spec": spec,
            "action": action,
        }
