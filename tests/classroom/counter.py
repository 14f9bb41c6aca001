"""A simulator small enough to see through: it counts, refuses what is asked of `missing`, and fails when told to."""

from __future__ import annotations

from typing import Any

from resilience.training.errors import BadInput
from resilience.training.session import Refused, Result

VERBS = {"pose", "take", "move", "finish"}
HANDS = {"left", "right", None}
ITEMS = {"forceps", "missing", None}
FIELDS = {"seq", "tick", "verb", "hand", "item", "station", "head", "left", "right"}


class Counter:
    """Answers `classroom.simulator.Simulator`; `taken` holds every action in order."""

    def __init__(self) -> None:
        self.taken: list[dict[str, Any]] = []
        self.tick = self.seq = 0
        self.finished = False
        self.has_update = False
        self._in_tick = 0

    def hands(self, tick: int, seq: int, left: Any, right: Any) -> None:
        self.act({"seq": seq, "tick": tick, "verb": "pose", "left": left, "right": right})

    def act(self, action: dict[str, Any]) -> Result:
        self._check(action)
        self._in_tick = self._in_tick + 1 if action["tick"] == self.tick else 1
        self.tick, self.seq = action["tick"], action["seq"]
        self.taken.append(action)
        self.finished = self.finished or action["verb"] == "finish"
        if action["verb"] != "pose":
            self.has_update = True
        missing = action.get("item") == "missing"
        return Result([], Refused("missing", "There is no such thing here") if missing else None)

    def _check(self, action: dict[str, Any]) -> None:
        if action.get("item") == "explode":
            raise RuntimeError("the simulator has a fault")
        for key, known in (("verb", VERBS), ("hand", HANDS), ("item", ITEMS)):
            if action.get(key) not in known:
                raise BadInput(f"there is no {key} {action.get(key)!r}", key, f"Use one of {known}.")
        if unknown := action.keys() - FIELDS:
            raise BadInput("unknown fields", ", ".join(sorted(unknown)), "Leave them out.")
        if action["tick"] < self.tick:
            raise BadInput("the tick is in the past", "tick", f"Send {self.tick} or more.")
        if action["tick"] == self.tick and self._in_tick >= 20:
            raise BadInput("too many frames in one tick", "tick", "Send 20 at most.")

    def take_update(self) -> dict[str, Any] | None:
        if not self.has_update:
            return None
        self.has_update = False
        return {"tick": self.tick, "events": [], "items": {"count": len(self.taken)}}

    def lying(self, least: float) -> list[tuple[str, str, float]]:
        return [("hand:left", "glove", float(len(self.taken)))] if least < 1 else []

    def scene(self) -> dict[str, Any]:
        return {"module": "counter"}

    def snapshot(self) -> dict[str, Any]:
        self.has_update = False
        return {"tick": self.tick, "count": len(self.taken)}
