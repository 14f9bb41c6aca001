"""Virtual trainees: an expert, and for every novice's error one who makes it.

They do what a person does: read what there is to read, move their hands, act, look what came of it, and react. All they
do are actions of the log, so that a run of a virtual trainee replays like any other.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from itertools import count
from typing import Any

from resilience.plant.specs import HandSide
from resilience.training.clock import TICKS_PER_SECOND
from resilience.training.errors import BadInput
from resilience.training.hand_planner import CALM, HandPlanner
from resilience.training.module_shapes import Line, Mode, Mutation
from resilience.training.modules import Module
from resilience.training.patterns import Event, compile_pattern
from resilience.training.plan import Planned, expert_plan, mutate
from resilience.training.plan_lines import VERBS, line_verb
from resilience.training.session import Session
from resilience.training.tools import back_of
from resilience.training.trainee_eyes import REACTION, Eyes
from resilience.training.variants import draw
from resilience.training.wiping import Stroke, patterns

EXPERT = "expert"
Action = dict[str, Any]
Factory = Callable[..., Session]

# How long an act takes from the hand's arrival to its effect, in ticks (1/20 s): unhurried site practice.
_TAKES = {"take": 8, "place": 8, "open": 12, "close": 12, "use": 14, "touch": 6, "operate": 10, "don": 60, "doff": 40}
_TAKES |= dict.fromkeys(("record", "correct", "sign", "report"), 30)
_DEFAULT_TICKS = 10
_WET_SECONDS = 32
"""How long an expert leaves alcohol on: the 30 s of the rule and a margin."""
_RUN_IN_SECONDS = 305
"""When an expert trusts a cabinet: 5 min and a margin, process seconds."""
_REPAIR_SECONDS = 35
"""How long an expert gives engineering before looking at the panel again, process seconds."""
_FAST = 10
"""Pace at which waiting is shortened."""


def names(module: Module) -> list[str]:
    """The expert, then every novice of the module."""
    return [EXPERT, *(mutation.id for mutation in module.mutations.mutations)]


def mutation_of(module: Module, trainee: str) -> Mutation | None:
    """The error a virtual trainee makes; None for the expert. Raises BadInput for a name that is not known."""
    if trainee == EXPERT:
        return None
    for mutation in module.mutations.mutations:
        if mutation.id == trainee:
            return mutation
    raise BadInput(f"there is no trainee `{trainee}`", module.id, f"Name one of: {', '.join(names(module))}.")


def seed_for(module: Module, trainee: str, first: int) -> int:
    """The first seed from `first` on whose scenario gives the trainee's error a chance to happen."""
    mutation = mutation_of(module, trainee)
    if mutation is None:
        return first
    for seed in range(first, first + 1000):
        variant = draw(module, seed)
        fault = variant.fault.id if variant.fault else None
        if mutation.needs.fault in (None, fault) and mutation.needs.bad_how in (None, variant.bad_how):
            return seed
    raise BadInput(f"no seed gives `{trainee}` what it needs", "mutations.yaml", "Check its `needs`.")


def run(
    module: Module,
    seed: int,
    trainee: str = EXPERT,
    mode: Mode = "assessment",
    language: str = "en",
    *,
    session_factory: Factory = Session,
    on_action: Callable[[Action], None] | None = None,
) -> Session:
    """Run a virtual trainee through a module from beginning to finish; returns the finished session."""
    session = session_factory(module, seed, mode=mode, language=language)
    Trainee(session, mutation_of(module, trainee), on_action).work()
    return session


class Trainee:
    """One person at work: takes the plan's lines one by one and reacts to what happens."""

    def __init__(
        self, session: Session, mutation: Mutation | None = None, on_action: Callable[[Action], None] | None = None
    ) -> None:
        self.session, self.world = session, session.world
        self.mutation = mutation
        self.on_action = on_action
        self.plan = deque(self._with_error(expert_plan(session.module)))
        self.eyes = Eyes(session)
        self.hands = HandPlanner(self.world)
        self.tick = 0
        self._numbers = count(1)
        self._reactions = [(compile_pattern(r.on), r) for r in session.module.procedure.reactions]
        self._reacted: set[str] = set()
        self._now: Planned | None = None
        self.refused: list[tuple[Action, str]] = []

    def work(self) -> None:
        """Do the whole plan, then finish."""
        while self.plan:
            self._now = self.plan.popleft()
            if self.eyes.applies(self._now):
                self._do(self._now)
        self._act({"verb": "finish"})

    def _with_error(self, plan: list[Planned]) -> list[Planned]:
        """The plan, or the reaction, with the trainee's error in it where it belongs there."""
        if self.mutation is None or all(planned.step != self.mutation.at.step for planned in plan):
            return plan
        return mutate(plan, self.mutation)

    # One line ---------------------------------------------------------------------------------------------------------
    def _do(self, planned: Planned) -> None:
        line = self.eyes.filled(planned)
        verb = line_verb(line)
        if verb == "wait":
            self._wait(float(line["wait"]))
        elif verb == "wait_for":
            self._wait_for(line)
        elif verb == "hover":
            self._hover(line["hover"], line["over"], float(line.get("seconds", 2.0)), CALM * planned.speed)
        elif verb == "move":
            self._go(line["move"], CALM * planned.speed)
        else:
            if planned.over and "target" in line:
                self._hover(line[verb], line["target"], 1.5, CALM)
            self._reach(verb, line, CALM * planned.speed * float(line.get("speed", 1.0)))
            self.tick += _TAKES.get(verb, _DEFAULT_TICKS)
            self._act(self._action(verb, line))

    def _action(self, verb: str, line: Line) -> Action:
        known = VERBS[verb]
        action: Action = {"verb": verb}
        if verb != "hint":
            action[known.main] = line[verb]
        for field in known.needs | known.may:
            if field in line:
                action[field] = line[field]
        if verb == "place":
            self._pose(action)
        if isinstance(action.get("path"), str):
            action["path"] = self._strokes(action["path"], action["target"])
        if verb == "drop":
            action.setdefault("surface", "floor")
        return action

    def _pose(self, action: Action) -> None:
        """Say where a thing is put: in the middle of a container, or at [x, z] on a surface."""
        at, yaw = action.pop("at", None), action.pop("yaw", None)
        surface = self.world.surfaces.get(action["on"])
        if surface is None:
            return
        held = self.world.hands[action["hand"]].holds
        if yaw is None:
            yaw = held.yaw if held is not None and surface.cabinet is False else 0.0
        x, z = at if at is not None else ((surface.x0 + surface.x1) / 2, (surface.z0 + surface.z1) / 2)
        action["pose"] = [x, surface.y, z, yaw]

    # Hands ------------------------------------------------------------------------------------------------------------
    def _go(self, station: str, speed: float) -> None:
        for hand in self.hands.reached_in:
            self._move(hand, self.hands.rest(hand), speed)
        self.tick += _DEFAULT_TICKS
        self._act({"verb": "move", "station": station})
        self.hands.arrive()
        self.tick += _DEFAULT_TICKS
        self._act(self.hands.frame())

    def _move(self, hand: HandSide, to: tuple[float, float, float], speed: float, rise: float | None = None) -> None:
        frames = self.hands.move(hand, to, speed) if rise is None else self.hands.move(hand, to, speed, rise)
        for frame in frames:
            self.tick += 1
            self._act(frame)

    def _reach(self, verb: str, line: Line, speed: float) -> None:
        """Bring the hand of a line to where its act happens."""
        hand = line.get(verb)
        if hand not in ("left", "right"):
            return
        if isinstance(line.get("path"), str):
            y = self.world.surfaces[line["target"]].y + 0.03
            for stroke in self._strokes(line["path"], line["target"]):
                for x, z in stroke:
                    self._move(hand, (x, y, z), speed, 0.0)
            return
        to = self._place_of(verb, line, hand)
        if to is not None:
            self._move(hand, to, speed)

    def _strokes(self, name: str, surface: str) -> list[Stroke]:
        """The strokes of a way of wiping that is known by name."""
        return dict(patterns(self.world.surfaces[surface], back_of(self.world, surface)))[name]

    def _place_of(self, verb: str, line: Line, hand: HandSide) -> tuple[float, float, float] | None:
        held = self.world.hands[hand].holds
        if verb == "take":
            return self.hands.palm_for_item(hand, line["item"], line.get("grip") or "body")
        if verb == "place":
            surface = self.world.surfaces.get(line["on"])
            if surface is None:
                thing = self.world.items[line["on"]]
                return (thing.x, thing.y + thing.spec.size[1] + 0.06, thing.z + 0.04)
            if held is None or line.get("at") is None:
                return None
            x, z = line["at"]
            return self.hands.palm_for_item(hand, held.id, self.world.hands[hand].grip or "body", (x, surface.y, z))
        target = line.get("target")
        if target is None or target not in self.world.items or self.world.items[target].hand:
            return None
        part = line.get("part")
        if held is None and part in self.world.items[target].spec.grips:
            return self.hands.palm_for_item(hand, target, part)
        return self.hands.palm_for_tool(hand, self.hands.site(target, part))

    def _hover(self, hand: HandSide, over: str, seconds: float, speed: float) -> None:
        """Hold a hand above a thing, in its first air: what an expert never does."""
        x, y, z = self.hands.site(over, None)
        self._move(hand, (x, y + 0.12, z), speed)
        self._wait(seconds)

    # Time -------------------------------------------------------------------------------------------------------------
    def _wait(self, seconds: float) -> None:
        """Let process seconds pass with the hands still."""
        ticks = round(seconds * TICKS_PER_SECOND / self.world.clock.pace)
        if ticks > 0:
            self.tick += ticks
            self._act(self.hands.frame())

    def _wait_for(self, line: Line) -> None:
        seconds = self._missing(line)
        if seconds > 60 and not self.world.something_open():
            self._act({"verb": "pace", "value": _FAST})
            self._wait(seconds)
            self._act({"verb": "pace", "value": 1})
        else:
            self._wait(seconds)

    def _missing(self, line: Line) -> float:
        """Process seconds until a state that is waited for."""
        state = line["wait_for"]
        now = self.world.clock.process
        if state == "disinfected":
            since = self.eyes.wetted.get(line["item"])
            return 0.0 if since is None else max(0.0, _WET_SECONDS - (now - since) / TICKS_PER_SECOND)
        if state == "cabinet-run-in":
            cabinet = self.world.cabinet
            return 0.0 if cabinet is None else max(0.0, _RUN_IN_SECONDS - cabinet.seconds)
        if state == "alarm-off":
            return 0.0 if self.world.cabinet is None or self.world.cabinet.alarm is None else _REPAIR_SECONDS
        # What is left of plan_lines' states: the gloves are dry.
        ends = [hand.patch.wet_until for hand in self.world.hands.values() if hand.patch.wet]
        return max([0.0, *((end - now) / TICKS_PER_SECOND + 0.5 for end in ends)])

    # Acting and reacting ----------------------------------------------------------------------------------------------
    def _act(self, action: Action) -> None:
        full = {"seq": next(self._numbers), "tick": self.tick, **action}
        if action["verb"] == "pose":
            events = self.session.apply(full)
        else:
            result = self.session.act(full)
            events = result.events
            if result.refused is not None:
                self.refused.append((full, result.refused.why))
        if self.on_action is not None:
            self.on_action(full)
        for event in events:
            self.eyes.notice(event)
            self._react(event)

    def _react(self, event: Event) -> None:
        for matches, reaction in self._reactions:
            if matches(event) and reaction.id not in self._reacted:
                if reaction.once:
                    self._reacted.add(reaction.id)
                self._plan_reaction(reaction.id, reaction.expert, reaction.after)

    def _plan_reaction(self, name: str, lines: list[Line], after: str | None) -> None:
        """Put a reaction next in the plan, or behind the named step of the item at hand."""
        now = self._now
        item = now.item if now is not None else None
        planned = [Planned(REACTION, name, item, 1, number, True, line) for number, line in enumerate(lines, start=1)]
        at = 0
        if after is not None:
            same = [i for i, entry in enumerate(self.plan) if entry.step == after and entry.item == item]
            at = same[-1] + 1 if same else 0
        for entry in reversed(self._with_error(planned)):
            self.plan.insert(at, entry)
