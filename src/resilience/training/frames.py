"""The replay of a session for the eye: what a client needs to show it again, scrubbed by a timeline.

Poses are thinned: at most ten a second, and none where nothing moved to speak of, for half a second at most. A client
draws between two of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

from resilience.plant.space import Vector
from resilience.training.clock import TICKS_PER_SECOND
from resilience.training.findings import Finding, by_consequence
from resilience.training.lamp import Lamp
from resilience.training.log import LogReader
from resilience.training.modules import Module
from resilience.training.patterns import Event
from resilience.training.replay import replay
from resilience.training.session import Session

STILL_MM = 4
"""Hands and head that stay within this distance are drawn as still, millimetres."""
STILL_TURN = 0.01
"""The same for their turn, in parts of a quaternion: about one degree."""
LONGEST_GAP = TICKS_PER_SECOND // 2
SHORTEST_GAP = TICKS_PER_SECOND // 10
_BODY = ("head", "left", "right")

Action = dict[str, Any]


class Poses:
    """Collects thinned poses in columns."""

    def __init__(self) -> None:
        self.columns: dict[str, list[Any]] = {name: [] for name in ("tick", *_BODY)}
        self._kept: Action | None = None
        self._left_out: Action | None = None

    def add(self, pose: Action) -> None:
        """Take in one pose; keep it when something moved or enough time has passed."""
        kept = self._kept
        gap = LONGEST_GAP if kept is None else pose["tick"] - kept["tick"]
        if kept is not None and (gap < SHORTEST_GAP or (gap < LONGEST_GAP and _alike(kept, pose))):
            self._left_out = pose
            return
        # A movement begins where the stillness before it ended, not where it began.
        if self._left_out is not None and gap > 2 * SHORTEST_GAP:
            self._keep(self._left_out)
        self._keep(pose)

    def finish(self) -> dict[str, list[Any]]:
        """The columns, the last pose included."""
        if self._left_out is not None:
            self._keep(self._left_out)
        return self.columns

    def _keep(self, pose: Action) -> None:
        self._kept, self._left_out = pose, None
        self.columns["tick"].append(pose["tick"])
        for name in _BODY:
            self.columns[name].append(pose.get(name))


def frames(source: Path | BinaryIO | bytes, *, name: str | None = None, module: Module | None = None) -> dict[str, Any]:
    """Replay a log to what a client shows. Raises BadInput as `replay` does."""
    data = source if isinstance(source, bytes) else _bytes(source)
    with LogReader(data, name) as reader:
        poses, ticks = _poses(action for _, action in reader)
    told = _Teller(ticks)
    done = replay(data, name=name, module=module, begin=told.begin, after=told.after)
    _grade(told.shields, done.session, done.outcome.findings)
    return {
        "tick_rate": TICKS_PER_SECOND,
        "ticks": done.session.tick,
        "scene": told.scene,
        "snapshot": told.snapshot,
        "updates": told.updates,
        "poses": poses,
        "shields": told.shields,
        "lying": told.lamp.shown(),
    }


class _Teller:
    """Takes the session's updates as they come, as a client connected all along would have got them."""

    def __init__(self, ticks: int) -> None:
        self.scene: dict[str, Any] = {}
        self.snapshot: dict[str, Any] = {}
        self.updates: list[dict[str, Any]] = []
        self.shields: list[dict[str, Any]] = []
        self.lamp = Lamp(ticks)
        self._seen = 0

    def begin(self, session: Session) -> None:
        self.scene = session.scene()
        self.snapshot = _shown(session.snapshot())
        self.lamp.look(session)

    def after(self, session: Session) -> None:
        self.lamp.look(session)
        update = session.take_update()
        if update is not None and len(shown := _shown(update)) > 1:
            self.updates.append(shown)
        events = session.events
        while self._seen < len(events):
            event = events[self._seen]
            self._seen += 1
            if event["kind"] == "shielded":
                self.shields.append(_shield(session, event))


def _shield(session: Session, event: Event) -> dict[str, Any]:
    """First air lost over an open site: by what, from when to when, and where the site is now."""
    return {
        "item": event["item"],
        "by": _id_of(event["by"]),
        "from_tick": event["from_tick"],
        "to_tick": event["tick"],
        "seconds": event["seconds"],
        "at": [round(length, 4) for length in _site(session, event["item"], event["part"])],
        "severity": None,
    }


def _site(session: Session, item_id: str, part: str) -> Vector:
    """Centre of a critical site in the room, metres; of the palm, where the thing is in a hand."""
    world = session.world
    item = world.items[item_id]
    if item.hand:
        hand = world.hands[item.hand]
        return hand.x, hand.y, hand.z
    return item.point(next(site.at for site in item.spec.critical_sites if site.part == part))


def _shown(message: dict[str, Any]) -> dict[str, Any]:
    """A message without what only serves to act."""
    return {key: value for key, value in message.items() if key not in ("affordances", "questions")}


def _poses(actions: Iterable[Action]) -> tuple[dict[str, list[Any]], int]:
    """The thinned poses of a log, and its last tick."""
    poses, tick = Poses(), 0
    for action in actions:
        tick = action["tick"]
        if action.get("verb") == "pose":
            poses.add(action)
    return poses.finish(), tick


def _alike(one: Action, other: Action) -> bool:
    return all(_same_place(one.get(name), other.get(name)) for name in _BODY)


def _same_place(one: list[float] | None, other: list[float] | None) -> bool:
    if one is None or other is None or len(one) != len(other):
        return one is None and other is None
    moved = all(abs(a - b) <= STILL_MM for a, b in zip(one[:3], other[:3], strict=True))
    return moved and all(abs(a - b) <= STILL_TURN for a, b in zip(one[3:], other[3:], strict=True))


def _grade(shields: list[dict[str, Any]], session: Session, findings: Iterable[Finding]) -> None:
    """Give each shield that was found too long the severity of the worst finding about it."""
    allowed = {check.id: check.with_["seconds"] for check in session.module.checks if check.kind == "first_air"}
    graded = [finding for finding in by_consequence(list(findings)) if finding.check in allowed]
    for shield in shields:
        about = (finding for finding in graded if finding.item == shield["item"])
        worst = next((finding for finding in about if shield["seconds"] > allowed[finding.check]), None)
        shield["severity"] = None if worst is None else worst.severity


def _id_of(by: str) -> str:
    """Hands are called `left hand` in events and `hand:left` by a client."""
    return f"hand:{by.removesuffix(' hand')}" if by.endswith(" hand") else by


def _bytes(source: Path | BinaryIO) -> bytes:
    return source.read_bytes() if isinstance(source, Path) else source.read()
