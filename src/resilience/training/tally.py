"""The tally of a session: what was done and made, counted from its events as the checklist and the process need it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from resilience import plant
from resilience.training.canonical import significant
from resilience.training.module_shapes import Each
from resilience.training.modules import Module
from resilience.training.patterns import Event
from resilience.training.procedure import items_of

Limits = tuple[float, float]


class Tally:
    """Counts done steps, filled volumes and discarded units; `watches` names the events it needs."""

    watches = frozenset({"step_done", "liquid_moved", "item_moved", "recorded", "corrected", "signed"})

    def __init__(self, module: Module) -> None:
        self.units = units(module)
        self._unit_kind = module.items[self.units[0]].kind if self.units else None
        self._required = _required(module)
        self._limits = fill_limits(module)
        self._done: dict[str, set[str | None]] = {}
        self._ml: dict[str, float] = {}
        self.discarded: set[str] = set()
        self.recorded: dict[str, Any] = {}
        self.signed: set[str] = set()

    def observe(self, event: Event) -> None:
        kind = event["kind"]
        if kind == "step_done":
            self._done.setdefault(event["step"], set()).add(event.get("item"))
        elif kind == "liquid_moved":
            self._poured(event)
        elif kind == "item_moved":
            if event.get("how") == "discard" and event["item"] in self.units:
                self.discarded.add(event["item"])
        elif kind == "signed":
            self.signed.add(str(event["step"]))
        else:
            self.recorded[str(event["field"])] = event.get("value")

    @property
    def filled(self) -> set[str]:
        """Units that hold product."""
        return {unit for unit, ml in self._ml.items() if ml > 0}

    @property
    def kept(self) -> list[str]:
        """Units of product that were not thrown away."""
        return [unit for unit in self.units if unit not in self.discarded]

    def step_points(self) -> tuple[float, int]:
        """Points for steps done: one a step, its share where it is repeated; and the points there were."""
        points = 0.0
        for step, items in self._required.items():
            points += len(self._done.get(step, set()) & items) / len(items)
        return points, len(self._required)

    def process(self) -> dict[str, Any] | None:
        """Fill volumes in millilitres and the yield; None where a module makes nothing."""
        if not self.units:
            return None
        filled = {unit: self._ml[unit] for unit in self.units if unit in self.filled}
        good = [unit for unit, ml in filled.items() if self._inside(ml)]
        finished = [unit for unit in good if unit not in self.discarded and self._complete(unit)]
        volumes = list(filled.values())
        return {
            "unit_kind": self._unit_kind,
            "units": len(self.units),
            "filled": len(filled),
            "kept": sum(unit not in self.discarded for unit in filled),
            "discarded": len(self.discarded),
            "finished": len(finished),
            "in_limits": len(good),
            "limits_ml": list(self._limits) if self._limits else None,
            "fill_ml": {
                "mean": significant(sum(volumes) / len(volumes)),
                "min": significant(min(volumes)),
                "max": significant(max(volumes)),
            }
            if volumes
            else None,
            "yield": significant(len(finished) / len(self.units)),
        }

    def _poured(self, event: Event) -> None:
        ml = float(event["ml"])
        for unit, change in ((event.get("to"), ml), (event.get("from"), -ml)):
            if unit in self.units:
                self._ml[unit] = self._ml.get(unit, 0.0) + change

    def _inside(self, ml: float) -> bool:
        return self._limits is None or self._limits[0] - 1e-9 <= ml <= self._limits[1] + 1e-9

    def _complete(self, unit: str) -> bool:
        return all(unit in self._done.get(step, ()) for step, items in self._required.items() if unit in items)


def units(module: Module) -> list[str]:
    """The units of product: items of one kind that holds a liquid, for each of which a phase is repeated."""
    found: dict[str, None] = {}
    for operation in module.operations:
        for phase in operation.phases:
            repeated = isinstance(phase.per, Each | list)
            items = [item for item in items_of(phase, module) if item is not None] if repeated else []
            kinds = {module.items[item].kind for item in items}
            if len(kinds) == 1 and plant.load(kinds.pop()).liquid is not None:
                found.update(dict.fromkeys(items))
    return list(found)


def fill_limits(module: Module) -> Limits | None:
    """The fill volume's limits in millilitres, from the check that holds them."""
    kinds = {module.items[unit].kind for unit in units(module)}
    for check in module.checks:
        of: Mapping[str, Any] | Sequence[Any] = check.with_.get("of", {}) if check.kind == "limit" else {}
        if isinstance(of, Mapping) and of.get("kind") == "liquid_moved" and of.get("to_kind") in kinds:
            low, high = check.with_.get("min"), check.with_.get("max")
            if low is not None and high is not None:
                return float(low), float(high)
    return None


def _required(module: Module) -> dict[str, set[str | None]]:
    required: dict[str, set[str | None]] = {}
    for operation in module.operations:
        for phase in operation.phases:
            items = items_of(phase, module)
            for step in phase.steps:
                if not step.optional:
                    required.setdefault(step.id, set()).update(items)
    return required
