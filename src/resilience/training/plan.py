"""An expert's plan: the lines of the procedure in order, for every item, and what a novice's error makes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from resilience.training.errors import BadInput
from resilience.training.module_shapes import At, Line, Mutation
from resilience.training.modules import Module
from resilience.training.plan_lines import line_verb
from resilience.training.procedure import items_of

_WAITS = {"wait", "wait_for"}


@dataclass(frozen=True)
class Planned:
    """One line of the plan: where it belongs, and how its movement departs from an expert's.

    `nth` counts the repetitions of the step from 1, `number` the lines of the step from 1. `speed` multiplies the pace
    of the hand, `over` leads it above the target.
    """

    operation: str
    step: str
    item: str | None
    nth: int
    number: int
    first: bool
    line: Line
    speed: float = 1.0
    over: bool = False


def expert_plan(module: Module) -> list[Planned]:
    """Every line of the procedure, phase by phase, each phase for each of its items."""
    plan: list[Planned] = []
    for operation in module.operations:
        for phase in operation.phases:
            for nth, item in enumerate(items_of(phase, module), start=1):
                for step in phase.steps:
                    for number, line in enumerate(step.expert, start=1):
                        plan.append(Planned(operation.id, step.id, item, nth, number, nth == 1, line))
    return plan


def mutate(plan: list[Planned], mutation: Mutation) -> list[Planned]:
    """The plan with one error in it. Raises BadInput when the mutation points at no line of the plan."""
    return _CHANGES[mutation.change](plan, mutation)


def _hits(planned: Planned, at: At) -> bool:
    return (
        planned.step == at.step
        and at.operation in (None, planned.operation)
        and at.nth in ("all", planned.nth)
        and at.line in (None, planned.number)
    )


def _found(plan: list[Planned], at: At, mutation: Mutation) -> list[int]:
    found = [index for index, planned in enumerate(plan) if _hits(planned, at)]
    if not found:
        raise BadInput(
            f"the mutation `{mutation.id}` points at no line of the plan",
            "mutations.yaml",
            "Check `step`, `nth` and `line` of its `at` against procedure.yaml.",
        )
    return found


def _runs(plan: list[Planned], found: list[int]) -> list[tuple[int, int]]:
    """Stretches of neighbours in one repetition of a step: first index and the one after the last."""
    runs: list[tuple[int, int]] = []
    for index in found:
        if runs and runs[-1][1] == index and plan[index].nth == plan[index - 1].nth:
            runs[-1] = (runs[-1][0], index + 1)
        else:
            runs.append((index, index + 1))
    return runs


def _skip(plan: list[Planned], mutation: Mutation) -> list[Planned]:
    gone = set(_found(plan, mutation.at, mutation))
    return [planned for index, planned in enumerate(plan) if index not in gone]


def _insert(plan: list[Planned], mutation: Mutation) -> list[Planned]:
    changed = list(plan)
    for start, _ in reversed(_runs(plan, _found(plan, mutation.at, mutation))):
        changed[start:start] = [replace(plan[start], line=line, number=0) for line in mutation.lines]
    return changed


def _replace(plan: list[Planned], mutation: Mutation) -> list[Planned]:
    changed = list(plan)
    for start, end in reversed(_runs(plan, _found(plan, mutation.at, mutation))):
        changed[start:end] = [replace(plan[start], line=line, number=0) for line in mutation.lines]
    return changed


def _swap(plan: list[Planned], mutation: Mutation) -> list[Planned]:
    if mutation.with_ is None:
        raise BadInput(f"the mutation `{mutation.id}` swaps with nothing", "mutations.yaml", "Add `with: {step: ...}`.")
    first = _runs(plan, _found(plan, mutation.at, mutation))[0]
    second = _runs(plan, _found(plan, mutation.with_, mutation))[0]
    (a, b), (c, d) = sorted((first, second))
    return [*plan[:a], *plan[c:d], *plan[b:c], *plan[a:b], *plan[d:]]


def _lines(change: Callable[[Planned, Any], Planned]) -> Callable[[list[Planned], Mutation], list[Planned]]:
    def apply(plan: list[Planned], mutation: Mutation) -> list[Planned]:
        changed = list(plan)
        for index in _found(plan, mutation.at, mutation):
            changed[index] = change(plan[index], mutation.to)
        return changed

    return apply


def _over(planned: Planned, to: Any) -> Planned:
    return replace(planned, over=to == "over")


def _rush(planned: Planned, to: Any) -> Planned:
    return replace(planned, speed=float(to))


def _shorten(planned: Planned, to: Any) -> Planned:
    if line_verb(planned.line) not in _WAITS:
        return planned
    return replace(planned, line={"wait": float(to)})


def _forge(planned: Planned, to: Any) -> Planned:
    return replace(planned, line={**planned.line, "value": to}) if "record" in planned.line else planned


def _grip(planned: Planned, to: Any) -> Planned:
    return replace(planned, line={**planned.line, "grip": to}) if "take" in planned.line else planned


_CHANGES: dict[str, Callable[[list[Planned], Mutation], list[Planned]]] = {
    "skip": _skip,
    "swap": _swap,
    "insert": _insert,
    "replace": _replace,
    "path": _lines(_over),
    "rush": _lines(_rush),
    "shorten": _lines(_shorten),
    "forge": _lines(_forge),
    "grip": _lines(_grip),
}
