"""A session: actions go in, events come out; the same actions always give the same events and the same outcome."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from resilience.training import actions
from resilience.training.assessment import Assessment
from resilience.training.clock import TICKS_PER_SECOND
from resilience.training.errors import BadInput
from resilience.training.facts import facts
from resilience.training.faults import Faults
from resilience.training.furnish import furnish
from resilience.training.labels import Labels
from resilience.training.log import Header, LogHash
from resilience.training.module_shapes import Mode
from resilience.training.modules import Module
from resilience.training.monitoring import EVERY as LOOKED
from resilience.training.monitoring import Reading
from resilience.training.motion import Place
from resilience.training.organisms import Lying
from resilience.training.outcome import Outcome
from resilience.training.procedure import ProcedureTracker
from resilience.training.refusals import Refusal
from resilience.training.rules import RULES
from resilience.training.snapshot import View
from resilience.training.variants import draw

MOST_PER_TICK: Final = 20
"""Frames accepted in one tick; more is a client gone wild."""
LONGEST: Final = 12 * 3600 * TICKS_PER_SECOND
"""No session is longer than twelve hours; a tick beyond is a mistake."""
SEEN: Final = 0.05
"""A face with fewer expected organisms (CFU) is shown as clean."""
_LARGEST_SEQ: Final = 2**32 - 1
_HANDLED: Final = ("take", "place", "drop", "touch", "use", "open", "close")

Event = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Refused:
    """Why an action was not possible: the thing at which it is said, and one line in the session's language."""

    item: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one action: its events (the passing of time may bring some even when it was refused)."""

    events: list[Event]
    refused: Refused | None


class Session:
    """One run by one trainee.

    `world` may be looked at by checks and trainees; only actions change it. `events` is the whole history. `tick` is
    1/20 s. The live client is served by `scene`, `snapshot` and `take_update`. Where somebody else keeps the log, as
    the live server does, `hashes=False` leaves its hash to the end.
    """

    def __init__(
        self,
        module: Module,
        seed: int,
        mode: Mode = "practice",
        language: str = "en",
        header: Header | None = None,
        *,
        hashes: bool = True,
    ) -> None:
        if language not in module.texts:
            raise BadInput(f"the module does not speak `{language}`", module.id, f"Use {', '.join(module.texts)}.")
        self.module, self.seed, self.mode, self.language = module, seed, mode, language
        self.header = header or Header(module.id, module.version, seed, mode, language, module.content_hash)
        self.variant = draw(module, seed)
        self.world = furnish(module, self.variant)
        self.world.mode = mode
        self.procedure = ProcedureTracker(module)
        self.assessment = Assessment(module)
        self.faults = Faults(self.world)
        self._monitoring = self.world.monitoring
        self._readings: tuple[Reading, ...] = ()
        self.labels = Labels(module, language, self.world)
        self.view = View(self)
        self.finished = False
        self.seq = 0
        self._hash = LogHash(self.header) if hashes else None
        self._clock = self.world.clock
        self._motion = self.world.motion
        self._frames = 0
        self._seen = 0
        self._version = 0
        self._outcome: Outcome | None = None
        self.world.current_step = self._step()

    @property
    def tick(self) -> int:
        return self._clock.tick

    @property
    def events(self) -> list[Event]:
        return self.world.events

    # Actions ----------------------------------------------------------------------------------------------------------
    def act(self, action: dict[str, Any]) -> Result:
        """Take one action of any verb. Raises BadInput, and then nothing has changed."""
        first = len(self.world.events)
        refusal = None
        if type(action) is dict and action.get("verb") == "pose":
            self.pose(action)
        else:
            refusal = self._act(action)
        said = Refused(refusal.item, self.labels.refusal(refusal)) if refusal else None
        return Result(self.world.events[first:], said)

    def apply(self, action: dict[str, Any]) -> list[Event]:
        """Take one action of any verb and return its events. Raises BadInput, and then nothing has changed."""
        first = len(self.world.events)
        if type(action) is dict and action.get("verb") == "pose":
            self.pose(action)
        else:
            self._act(action)
        events = self.world.events
        return events[first:] if len(events) > first else []

    def pose(self, action: dict[str, Any]) -> None:
        """Take one pose. Raises BadInput, and then nothing has changed.

        A body whose place is no number is lost in this frame, and told of; the frame is put right in place, so that
        whoever keeps the log keeps what was taken.
        """
        for field in action:
            if field not in _POSE_FIELDS:
                raise BadInput(f"`pose` has no field {field!r:.60}", "pose", "Its fields: head, left, right.")
        tick, seq = self._stamp(action)
        try:
            left, right = _hands_of(action)
        except BadInput:
            if not actions.mend(action):
                raise
            left, right = _hands_of(action)
        lost = actions.check_lost(action) if "lost" in action else []
        if self._hash is not None:
            self._hash.add(action)
        if lost:
            self._go(tick, seq)
            self._motion.lost(lost, left, right)
            self._follow()
            return
        self._move(tick, seq, left, right)

    def hands(self, tick: int, seq: int, left: Place | None, right: Place | None) -> None:
        """Take one pose whose numbers are known to be good: what comes twenty times a second for every trainee.

        For a session that does not hash its log. Raises BadInput for its tick and number, as `pose` does.
        """
        if self._hash is not None:
            raise RuntimeError("this session hashes its log: give it whole poses")
        if self.finished or tick <= self._clock.tick or not self.seq < seq <= _LARGEST_SEQ or tick > LONGEST:
            self._stamp({"tick": tick, "seq": seq})
        self._move(tick, seq, left, right)

    def _move(self, tick: int, seq: int, left: Place | None, right: Place | None) -> None:
        self._go(tick, seq)
        self._motion.pose(left, right)
        if len(self.world.events) > self._seen:
            self._follow()

    def _act(self, action: dict[str, Any]) -> Refusal | None:
        clean = actions.parse(self.world, action)
        tick, seq = self._stamp(action)
        if self._hash is not None:
            self._hash.add(action)
        self._go(tick, seq)
        if len(self.world.events) > self._seen:
            self._follow()
        if clean["verb"] == "finish":
            self._finish()
            return None
        rule = RULES[clean["verb"]]
        refusal = rule.why_not(self.world, clean)
        if refusal is None:
            if clean["verb"] in _HANDLED:
                self._reach(clean)
            rule.do(self.world, clean)
            self._follow()
        return refusal

    def _stamp(self, action: dict[str, Any]) -> tuple[int, int]:
        """The tick and number of a frame, checked against what came before."""
        if self.finished:
            raise BadInput("the session is finished", "tick", "Begin a new one.")
        tick, seq = action.get("tick"), action.get("seq", self.seq + 1)
        if type(tick) is not int or not 0 <= tick <= LONGEST:
            actions.whole(tick, "tick", 0, LONGEST)
        assert isinstance(tick, int)
        now = self._clock.tick
        if tick < now:
            raise BadInput(f"tick {tick} lies in the past; the session is at {now}", "tick", f"Send {now} or later.")
        if tick == now and self._frames >= MOST_PER_TICK:
            raise BadInput(f"more than {MOST_PER_TICK} frames in tick {tick}", "tick", "Send the rest in a later tick.")
        if type(seq) is not int or not self.seq < seq <= _LARGEST_SEQ:
            actions.whole(seq, "seq", self.seq + 1, _LARGEST_SEQ)
        return tick, seq

    def _go(self, tick: int, seq: int) -> None:
        """Let the time come that a frame carries: from here on it is part of the log."""
        clock = self._clock
        self.seq = seq
        if tick > clock.tick:
            self._frames = 1
            watching = self._monitoring
            if watching is None:
                clock.advance(tick)
                return
            if tick - clock.tick > LOOKED:
                # A long way in one step: what the instruments last saw need not be what is there now.
                watching.go_on()
            clock.advance(tick)
            if clock.process >= watching.due:
                watching.go_on()
        else:
            self._frames += 1

    def _reach(self, clean: dict[str, Any]) -> None:
        """A hand that nothing tracks is where it acts: in the cabinet when its target is."""
        hand = self.world.hands[clean["hand"]]
        if hand.tracked:
            return
        if hand.inside:
            self._motion.moved()
            return
        name = clean.get("target") or clean.get("item") or clean.get("on") or clean.get("surface") or ""
        item, surface = self.world.items.get(name), self.world.surfaces.get(name)
        inside = surface.cabinet if surface is not None else item is not None and self.world.zone_of(item) == "cabinet"
        if inside:
            self._motion.enter(hand)

    # What follows -----------------------------------------------------------------------------------------------------
    def _follow(self) -> None:
        """Bring every new event to those who wait for it, and the events that come of that, until all is quiet."""
        world, events = self.world, self.world.events
        tells = self.mode != "assessment"
        if world.version != self._version:
            self._version = world.version
            world.air.refresh()
        while self._seen < len(events):
            event = events[self._seen]
            self._seen += 1
            self.faults.observe(event)
            if world.version != self._version:
                self._version = world.version
                world.air.refresh()
            step = world.current_step
            done = self.procedure.observe(event)
            if done:
                events.extend(done)
                world.current_step = self._step()
                world.changed("panel:sop")
            if event["kind"] in self.assessment.watches:
                for finding in self.assessment.observe(event, step):
                    if tells:
                        world.emit("finding", **_told(finding.as_dict()))

    def _step(self) -> str | None:
        current = self.procedure.current
        return current.step.id if current is not None else None

    def _finish(self) -> None:
        world = self.world
        if self._monitoring is not None:
            self._readings = self._monitoring.readings()
        world.motion.reset()
        world.air.close_all()
        self._follow()
        events = world.events
        events.extend(self.procedure.finish(world.clock.tick))
        self._follow()
        # Told before the last judgement: the end lifts the duties that name it.
        world.emit("finished")
        self._follow()
        for finding in self.assessment.finish(world.clock.tick, facts(world)):
            if self.mode != "assessment":
                world.emit("finding", **_told(finding.as_dict()))
        self.finished = True

    # Looking ----------------------------------------------------------------------------------------------------------
    def facts(self) -> dict[str, Any]:
        """The facts that records are compared with, as they are now."""
        return facts(self.world)

    def outcome(self, actions: Iterable[dict[str, Any]] = ()) -> Outcome:
        """The outcome; a session left without `finish` is judged as it stands, and stands still from then on.

        `actions` are those of its log, for a session that did not hash them as they came (`hashes=False`).
        """
        if not self.finished:
            self._finish()
        if self._outcome is None:
            if self._hash is None:
                self._hash = LogHash(self.header)
                for action in actions:
                    self._hash.add(action)
            self._outcome = self.assessment.outcome(
                self.header, self.tick, self.world.organisms.ledger, self._readings, self.log_hash
            )
        return self._outcome

    @property
    def log_hash(self) -> str:
        """The hash of the log so far: header and every accepted or refused action."""
        if self._hash is None:
            raise RuntimeError("this session does not hash its log: ask its outcome with the log's actions")
        return self._hash.hexdigest()

    def lying(self, least: float = SEEN) -> list[Lying]:
        """What would light up under a lamp that shows organisms: owner, part and expected CFU of every face with at
        least so many, most first. Cheap enough for once a second."""
        return self.world.organisms.lying(least)

    def scene(self) -> dict[str, Any]:
        """What does not change, sent to a client once."""
        return self.view.scene()

    def snapshot(self) -> dict[str, Any]:
        """Everything a client shows, as it is now."""
        return self.view.snapshot()

    @property
    def has_update(self) -> bool:
        """Whether `take_update` would tell of anything."""
        return self.view.has_update

    def take_update(self) -> dict[str, Any] | None:
        """The events and the changed parts of the snapshot since the last call; None when there are none."""
        return self.view.take_update()


_POSE_FIELDS: Final = frozenset({"seq", "tick", "verb", "head", "left", "right", "lost"})


def _hands_of(action: dict[str, Any]) -> tuple[Place | None, Place | None]:
    """The two hands of a pose frame, checked with its head. Raises BadInput."""
    check = actions.check_pose
    check(action.get("head"), "head")
    return check(action.get("left"), "left"), check(action.get("right"), "right")


def _told(finding: dict[str, Any]) -> dict[str, Any]:
    """A finding as the fields of an event: the event's own tick stands for the finding's."""
    return {name: value for name, value in finding.items() if name != "tick"}
