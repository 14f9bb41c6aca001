"""What a virtual trainee sees and knows: labels, panels, what it noted down itself. Fills the plan's lines from it."""

from __future__ import annotations

from typing import Any

from resilience.training.module_shapes import Line
from resilience.training.patterns import Event
from resilience.training.plan import Planned
from resilience.training.plan_lines import NAMED
from resilience.training.session import Session

REACTION = "reaction"
"""The operation under which the lines of a reaction stand in the plan: they go on when their item is lost."""


class Eyes:
    """Looks at one session's world. Never at what a trainee could not see: a fault shows by what it does."""

    def __init__(self, session: Session) -> None:
        self.session, self.world = session, session.world
        self.start = {name: (item.x, item.z) for name, item in self.world.items.items()}
        self.homes: dict[str, tuple[float, float]] = {}
        self.wetted: dict[str, int] = {}
        self.rejected: set[str] = set()
        self.torn = self.fallen = ""
        self.printed = 0

    def notice(self, event: Event) -> None:
        """Remember what will be needed later."""
        kind = event["kind"]
        if kind == "surface_wetted":
            self.wetted[event["target"]] = self.world.clock.process
        elif kind == "answered" and event["choice"] == "reject" and event["item"] is not None:
            self.rejected.add(event["item"])
        elif kind == "garment_state" and event["state"] == "torn":
            self.torn = f"glove-{event['hand']}"
        elif kind == "operated" and event["control"] == "print":
            self.printed += int(event["value"])
        elif kind == "item_moved":
            if event["how"] == "fault":
                self.fallen = event["item"]
            item = self.world.items.get(event["item"])
            if item is not None and event["how"] == "open" and item.surface == "worktop":
                self.homes.setdefault(item.id, (item.x, item.z))

    # Lines ------------------------------------------------------------------------------------------------------------
    def filled(self, planned: Planned) -> Line:
        """The line with every `{name}` in it replaced by what the trainee knows."""
        return {key: self._value(value, planned) for key, value in planned.line.items()}

    def _value(self, value: Any, planned: Planned) -> Any:
        if not isinstance(value, str):
            return value
        if planned.item is not None:
            value = value.replace("{item}", planned.item)
        whole = NAMED.fullmatch(value)
        if whole:
            return self._known(whole[1], whole[2])
        return NAMED.sub(lambda found: str(self._known(found[1], found[2])), value)

    def _known(self, name: str, about: str | None) -> Any:
        """What stands for a name in braces; the loader has seen to it that the name is one of plan_lines."""
        if about is not None:
            return self._known_of(name, about)
        if name == "clock":
            return self.session.facts()["clock"]
        if name == "printed":
            return self.printed
        if name == "open":
            vials = (item for item in self.world.items.values() if item.kind == "vial" and not self.world.wasted(item))
            return next(vial.id for vial in vials if vial.open_site)
        if name == "labels":
            return "accept" if self._label_in_printer() == self.world.variant.batch else "reject"
        return {"torn": self.torn, "fallen": self.fallen}[name]

    def _known_of(self, name: str, about: str) -> Any:
        if name == "good":
            return self.good(about)
        if name == "start":
            return list(self.start[about])
        if name == "home":
            return list(self.homes.get(about, self.start[about]))
        if name == "lot":
            return self.world.items[self.good(about)].lot
        return self.session.facts()[about]

    def applies(self, planned: Planned) -> bool:
        """Whether the line's `when` holds, and its item has not been thrown away."""
        item = self.world.items.get(planned.item or "")
        if item is not None and self.world.wasted(item) and planned.operation != REACTION:
            return False
        when = planned.line.get("when")
        if when is None:
            return True
        condition, _, about = str(self._value(when, planned)).partition(":")
        if condition == "first":
            return planned.first
        if condition == "kind":
            return self.world.module.items[planned.item or ""].kind == about
        return self.world.items[about].fit == (condition == "good")

    def _label_in_printer(self) -> str | None:
        printer = next(item for item in self.world.items.values() if item.kind == "labeller")
        return self.world.items[printer.inside[0]].label if printer.inside else None

    def good(self, item: str) -> str:
        """The item to use: itself, or its spare where the trainee has judged that it may not be used."""
        if item not in self.rejected:
            return item
        return next(name for name, other in self.world.items.items() if other.spare_of == item)
