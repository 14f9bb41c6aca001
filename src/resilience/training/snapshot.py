"""The view of a session: scene, snapshot, and what changed of it since it was last asked for."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from resilience.plant.specs import MODELS, load
from resilience.training import panels
from resilience.training.affordances import Affordance, Offers
from resilience.training.facts import clock_text
from resilience.training.items import Item
from resilience.training.labels import words

if TYPE_CHECKING:
    from resilience.training.session import Session

_SECRET: Final = ("truth", "fact_tick", "cfu", "fit")
"""What an event says to the checks and not to the one who is tested."""
_MAKE: Final = {"sop": panels.procedure, "record": panels.record}
_UNTOLD: Final = ("fault", "tracking")
_UNTOLD_IN_ASSESSMENT: Final = ("fault", "tracking", "step_done", "step_skipped", "finding", "shielded", "exposed")
_JUDGED: Final = ("hand_speed", "hands_still")
"""Readings nobody takes in a room: how the hands moved."""


class View:
    """What a client is shown. It remembers what it last sent, so there is one client's view to a session."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.offers = Offers(session.world, session.labels)
        self._sent = 0
        self._version = -1
        self._next_display = 0
        self._last: dict[str, Any] = {}
        self._stamps: dict[str, Any] = {}
        self._items: dict[str, dict[str, Any]] = {}
        self._affordances: dict[str, list[Affordance]] = {}

    # The whole --------------------------------------------------------------------------------------------------------
    def scene(self) -> dict[str, Any]:
        """What does not change during a session."""
        session = self.session
        module, labels, world = session.module, session.labels, session.world
        kinds = sorted({item.kind for item in world.items.values()} | {e.kind for e in module.scene.equipment})
        return {
            "module": module.id,
            "title": labels.text("title"),
            "room": {"kind": module.scene.room, "size": list(load(module.scene.room).size)},
            "equipment": [
                {"id": e.id, "kind": e.kind, "at": list(e.at), "yaw": e.yaw, "model": _model(e.kind)}
                for e in module.scene.equipment
            ],
            "surfaces": {
                s.id: {"y": s.y, "x": [s.x0, s.x1], "z": [s.z0, s.z1], "station": s.station, "equipment": s.equipment}
                for s in world.surfaces.values()
            },
            "stations": {
                name: {"title": labels.text(f"station.{name}"), "at": list(s.at), "yaw": s.yaw, "key": s.key}
                for name, s in module.scene.stations.items()
            },
            "models": {kind: _shape(kind) for kind in [*kinds, "glove-left", "glove-right", module.scene.room]},
            "steps": [
                {"id": step.id, "operation": operation.id, "title": labels.text(f"step.{step.id}.title")}
                for operation in module.operations
                for phase in operation.phases
                for step in phase.steps
            ],
            "text": {
                **words(session.language),
                **{f"surface.{name}": labels.name(name) for name in world.surfaces},
                **{f"operation.{o.id}": labels.text(f"operation.{o.id}") for o in module.operations},
            },
        }

    def snapshot(self) -> dict[str, Any]:
        """Everything as it is now; updates count from here on."""
        world = self.session.world
        self._items = {item.id: self._item(item) for item in world.items.values() if not world.hidden(item)}
        self._affordances = self.offers.all()
        self._last = self._rest()
        self._sent = len(world.events)
        self._version = world.version
        self._next_display = panels.next_display(self.session)
        world.dirty.clear()
        return {
            "tick": self.session.tick,
            "finished": self.session.finished,
            "items": dict(self._items),
            "affordances": dict(self._affordances),
            **self._last,
        }

    # What changed -----------------------------------------------------------------------------------------------------
    @property
    def has_update(self) -> bool:
        world = self.session.world
        return (
            len(world.events) > self._sent
            or world.version != self._version
            or world.clock.process >= self._next_display
        )

    def take_update(self) -> dict[str, Any] | None:
        """The events and changed parts since the last call or snapshot, None when nothing changed."""
        if not self.has_update:
            return None
        world = self.session.world
        update: dict[str, Any] = {"tick": self.session.tick}
        events = [_public(event) for event in world.events[self._sent :] if self._told(event)]
        if events:
            update["events"] = events
        self._sent = len(world.events)
        if world.version != self._version:
            self._version = world.version
            self._changed_items(update)
            self._changed_affordances(update)
        self._next_display = panels.next_display(self.session)
        rest = self._rest()
        last, self._last = self._last, rest
        for name in ("hands", "station", "step", "pace", "questions"):
            if rest[name] != last[name]:
                update[name] = rest[name]
        changed = {name: panel for name, panel in rest["panels"].items() if panel is not last["panels"].get(name)}
        if changed:
            update["panels"] = changed
        return update if len(update) > 1 else None

    def _told(self, event: dict[str, Any]) -> bool:
        """Whether a client may hear of an event: an assessment is silent about how it goes."""
        if self.session.mode != "assessment":
            return event["kind"] not in _UNTOLD
        return event["kind"] not in _UNTOLD_IN_ASSESSMENT and event.get("what") not in _JUDGED

    def _changed_items(self, update: dict[str, Any]) -> None:
        world = self.session.world
        changed: dict[str, Any] = {}
        removed: list[str] = []
        names = [name for name in world.dirty if name in world.items]
        world.dirty.clear()
        for name in names:
            names.extend(inner for inner in world.items[name].inside if inner not in names)
        for name in names:
            item = world.items[name]
            if world.hidden(item):
                if self._items.pop(name, None) is not None:
                    removed.append(name)
                continue
            shown = self._item(item)
            if self._items.get(name) != shown:
                self._items[name] = changed[name] = shown
        if changed:
            update["items"] = changed
        if removed:
            update["removed"] = removed

    def _changed_affordances(self, update: dict[str, Any]) -> None:
        now = self.offers.all()
        changed: dict[str, list[Affordance]] = {
            name: offers for name, offers in now.items() if self._affordances.get(name) != offers
        }
        changed |= {name: [] for name in self._affordances if name not in now}
        self._affordances = now
        if changed:
            update["affordances"] = changed

    # Its parts --------------------------------------------------------------------------------------------------------
    def _rest(self) -> dict[str, Any]:
        session = self.session
        world = session.world
        return {
            "station": world.station,
            "step": None if session.mode == "assessment" else world.current_step,
            "pace": world.clock.pace,
            "hands": {
                side: {
                    "holds": hand.holds.id if hand.holds is not None else None,
                    "grip": hand.grip,
                    "glove": hand.glove,
                    "wet": hand.patch.wet,
                }
                for side, hand in world.hands.items()
            },
            "panels": self._panels(),
            "questions": panels.questions(session),
        }

    def _panels(self) -> dict[str, Any]:
        """The panels; one that cannot have changed stays the same object."""
        session, shown = self.session, dict(self._last.get("panels", {}))
        stamps = {
            "sop": (session.world.panel_versions.get("sop", 0), panels.cue(session)),
            "record": (session.world.panel_versions.get("record", 0), clock_text(session.world)),
            "cabinet": panels.cabinet(session),
        }
        for name, stamp in stamps.items():
            if stamp is not None and self._stamps.get(name) != stamp:
                self._stamps[name] = stamp
                shown[name] = stamp if name == "cabinet" else _MAKE[name](session)
        return shown

    def _item(self, item: Item) -> dict[str, Any]:
        return {
            "kind": item.kind,
            "name": self.session.labels.name(item.id),
            "where": item.place,
            "at": [round(item.x, 4), round(item.y, 4), round(item.z, 4)],
            "yaw": round(item.yaw, 4),
            "look": self._look(item),
        }

    def _look(self, item: Item) -> dict[str, Any]:
        look: dict[str, Any] = {"hide": _hidden_parts(item)}
        if item.spec.liquid is not None:
            look["level"] = round(min(1.0, item.ml / item.spec.liquid.full_ml), 4)
        wet = max((self.session.world.wetting.shine(patch) for patch in item.patches.values()), default=0.0)
        if wet:
            look["wet"] = wet
        label = self._label(item)
        if label:
            look["label"] = label
        cabinet = self.session.world.cabinet
        if cabinet is not None and item.id == cabinet.id:
            look["tone"] = "alarm" if cabinet.alarm is not None else "normal"
        return look

    def _label(self, item: Item) -> list[str]:
        labels = self.session.labels
        if item.kind in ("label-roll", "vial"):
            return [labels.say("look.batch", value=item.label)] if item.label is not None else []
        if item.kind not in ("pack", "bottle", "glove-pack"):
            return []
        lines = [labels.name(item.id)]
        if item.lot is not None:
            lines.append(labels.say("look.lot", value=item.lot))
        if item.expiry is not None:
            lines.append(labels.say("look.expiry", value=panels.day(item.expiry)))
        if item.kind == "pack" and item.parts["outer"] == "closed":
            lines.append(labels.text(f"look.{item.sound}"))
        return lines


def _hidden_parts(item: Item) -> list[str]:
    parts = item.parts
    if item.kind == "vial":
        gone = [name for name in ("foil", "stopper", "crimp", "label") if parts[name] in ("off", "none")]
        return gone if item.ml > 0 else [*gone, "liquid"]
    if item.kind == "pack":
        return ["wrap"] if parts["outer"] == "closed" else ["outer", "label"]
    if item.kind == "stopper-bowl":
        return ["lid"] if parts["lid"] == "off" else []
    if item.kind == "syringe":
        gone = ["sheath"] if parts["sheath"] == "off" else []
        return gone if item.ml > 0 else [*gone, "liquid"]
    return []


def _public(event: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in event.items() if name not in _SECRET}


def room_light(kind: str) -> str | None:
    """Where the picture of the light computed for a room is; None where none was."""
    return f"/static/models/light/{kind}.webp" if (MODELS / "light" / f"{kind}.webp").is_file() else None


def _model(kind: str) -> str:
    return f"/static/models/{kind}.glb"


@cache
def _shape(kind: str) -> dict[str, Any]:
    """What a client needs of a specification to draw a thing and to hold it; see docs/how/live-session.md."""
    spec = load(kind)
    grips = {}
    for part, grip in spec.grips.items():
        at, turn = spec.held(part, "right")
        grips[part] = {"pose": grip.pose, "at": _rounded(at), "turn": _rounded(turn)}
    return {
        "url": _model(kind),
        **({"light": light} if (light := room_light(kind)) else {}),
        "size": list(spec.size),
        "shift": list(spec.shift),
        "parts": list(spec.parts),
        "anchor": "base",
        "grips": grips,
        "points": {name: list(at) for name, at in spec.points.items()},
        "screens": {part: {"size": list(screen.size)} for part, screen in spec.screens.items()},
        "motions": {part: motion.model_dump(exclude_none=True, mode="json") for part, motion in spec.motions.items()},
    }


def _rounded(numbers: tuple[float, ...]) -> list[float]:
    return [round(number, 6) for number in numbers]
