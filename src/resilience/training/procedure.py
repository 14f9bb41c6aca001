"""The procedure at work: which steps are done, which is next, which were left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from resilience.training.module_shapes import Each, Phase, Step
from resilience.training.modules import Module
from resilience.training.patterns import Event, compile_pattern, kinds_of


class Goal:
    """A done-when: leaves are patterns, joined by `all`, `any` or `count`. Remembers what it has seen."""

    def __init__(self, done: Mapping[str, Any], bound: Mapping[str, str]) -> None:
        self.parts: list[Goal] = []
        self.needed = 1
        self.seen = 0
        self.distinct: str | None = None
        self.values: set[Any] = set()
        self.matches: Callable[[Event], bool] | None = None
        self.kinds: frozenset[str]
        if "all" in done or "any" in done:
            inner = done["all"] if "all" in done else done["any"]
            self.parts = [Goal(part, bound) for part in inner]
            self.needed = len(self.parts) if "all" in done else 1
            self.kinds = frozenset().union(*(part.kinds for part in self.parts))
            return
        pattern = done
        if "count" in done:
            pattern, self.needed = done["count"]["of"], done["count"]["at_least"]
            self.distinct = done["count"].get("distinct")
        self.matches = compile_pattern(pattern, bound)
        self.kinds = frozenset(kinds_of(pattern))

    @property
    def met(self) -> bool:
        if self.parts:
            return sum(part.met for part in self.parts) >= self.needed
        return self.seen >= self.needed

    def observe(self, event: Event) -> None:
        for part in self.parts:
            if event["kind"] in part.kinds:
                part.observe(event)
        if self.matches is not None and self.matches(event):
            if self.distinct is not None:
                self.values.add(event.get(self.distinct))
                self.seen = len(self.values)
            else:
                self.seen += 1


@dataclass
class StepState:
    """A step for one item (or for none), as far as the session has come."""

    operation: str
    phase: str
    step: Step
    item: str | None
    goal: Goal
    done_at: int | None = None

    @property
    def done(self) -> bool:
        return self.done_at is not None


@dataclass
class ProcedureTracker:
    """Follows one session. Steps are counted done in whatever order they happen: order is for the checks to judge."""

    module: Module
    states: list[StepState] = field(init=False)
    _of_step: dict[str, list[StepState]] = field(init=False, repr=False)
    _waiting: dict[str, list[StepState]] = field(init=False, repr=False)
    _first: int = field(init=False, default=0, repr=False)

    def __post_init__(self) -> None:
        self.states = list(_states(self.module))
        self._of_step, self._waiting = {}, {}
        for state in self.states:
            self._of_step.setdefault(state.step.id, []).append(state)
            for kind in state.goal.kinds:
                self._waiting.setdefault(kind, []).append(state)

    def observe(self, event: Event) -> list[dict[str, Any]]:
        """Take in one event; the `step_done` events that follow from it."""
        waiting = self._waiting.get(event["kind"])
        if not waiting:
            return []
        done: list[dict[str, Any]] = []
        for state in waiting:
            state.goal.observe(event)
            if state.goal.met:
                state.done_at = event["tick"]
                done.append(_event("step_done", event["tick"], state))
        if done:
            for kinds in self._waiting.values():
                kinds[:] = [state for state in kinds if not state.done]
        return done

    def finish(self, tick: int) -> list[dict[str, Any]]:
        """The `step_skipped` events of a session that ends at `tick`."""
        left_out = [state for state in self.states if not state.done and not state.step.optional]
        return [_event("step_skipped", tick, state) for state in left_out]

    @property
    def current(self) -> StepState | None:
        """The first step not yet done, in the order of the procedure; None when all are."""
        while self._first < len(self.states) and self.states[self._first].done:
            self._first += 1
        return next((state for state in self.states[self._first :] if not state.done), None)

    def state_of(self, step: str) -> str:
        """`done`, `now` or `later` for a step, over all its items."""
        if all(state.done for state in self._of_step[step]):
            return "done"
        current = self.current
        return "now" if current is not None and current.step.id == step else "later"


def _states(module: Module) -> Iterator[StepState]:
    for operation in module.operations:
        for phase in operation.phases:
            for item in items_of(phase, module):
                for step in phase.steps:
                    bound = {"item": item} if item else {}
                    yield StepState(operation.id, phase.id, step, item, Goal(step.done, bound))


def items_of(phase: Phase, module: Module) -> list[str] | list[None]:
    """The items a phase is repeated for; one None where it is done once."""
    if phase.per is None:
        return [None]
    if isinstance(phase.per, Each):
        return list(module.of_kind[phase.per.each])
    return list(phase.per)


def _event(kind: str, tick: int, state: StepState) -> dict[str, Any]:
    return {"tick": tick, "kind": kind, "step": state.step.id, "operation": state.operation, "item": state.item}
