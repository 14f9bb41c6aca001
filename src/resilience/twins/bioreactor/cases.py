"""Case files of kind `bioreactor`. `inputs.model` says what is asked: fed-batch (the reference model), or run."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from resilience.twins.bioreactor import fed_batch, numbers, recipe
from resilience.twins.bioreactor.reactor import Bioreactor
from resilience.twins.errors import BadInput
from resilience.twins.inputs import Inputs
from resilience.twins.shape import quantity

_INDEXED: Final = re.compile(r"(?P<name>[a-zA-Z_.]+)\[(?P<row>\d+)(,(?P<column>\d+))?\]")


def run_case(inputs: dict[str, Any]) -> dict[str, Any]:
    """Answer one case. Raises BadInput naming the key that is wrong."""
    given = Inputs(inputs, "inputs")
    answer = MODELS[given.text("model", "fed-batch", choices=MODELS)](given)
    given.done()
    return answer


def course(given: Inputs) -> fed_batch.Course:
    """The run that a case of the reference model asks for; its keys are those of the outside program."""
    indexed: dict[str, dict[int, dict[int, float]]] = {}
    for key in given.values:
        if found := _INDEXED.fullmatch(key):
            row, column = int(found["row"]), int(found["column"] or 1)
            indexed.setdefault(found["name"], {}).setdefault(row, {})[column] = given.number(key, low=0.0)
    amounts = _by_name(given, indexed.pop("bioreactor.m_start", {}), "bioreactor.m_start")
    feed = _by_name(given, indexed.pop("feedtank.c_in", {}), "feedtank.c_in")
    schedule = _schedule(given, indexed.pop("dosagescheme.table", {}))
    if indexed:
        raise BadInput(
            f"unknown key `{next(iter(indexed))}[...]`",
            given.where,
            "Use bioreactor.m_start[i], feedtank.c_in[i], dosagescheme.table[i,j].",
        )
    return fed_batch.run(
        given.number("bioreactor.V_start", low=1e-9),
        amounts,
        feed,
        schedule,
        given.number("t_end_h", low=1e-6, high=1e5),
        given.number("output_interval_h", 0.5, low=1e-6),
        _changed(given.inner("parameters")),
    )


def _fed_batch(given: Inputs) -> dict[str, Any]:
    """Cells and metabolites alone, as the reference model has them. Gives maxima, their times and final values."""
    return {**fed_batch.summary(course(given))}


def _by_name(given: Inputs, indexed: dict[int, dict[int, float]], key: str) -> dict[str, float]:
    count = len(fed_batch.AMOUNTS)
    for index in indexed:
        if not 1 <= index <= count:
            raise BadInput(f"there is no amount {index}", given.at(f"{key}[{index}]"), f"Use 1 to {count}.")
    return {fed_batch.AMOUNTS[index - 1]: row[1] for index, row in indexed.items()}


def _schedule(given: Inputs, rows: dict[int, dict[int, float]]) -> list[tuple[float, float]]:
    for index, row in rows.items():
        if row.keys() != {1, 2}:
            where = given.at(f"dosagescheme.table[{index},...]")
            raise BadInput("the row needs a time and a flow", where, "Give columns 1 (h) and 2 (L/h).")
    return [(rows[index][1], rows[index][2]) for index in sorted(rows)]


def _changed(given: Inputs) -> dict[str, float]:
    """Kinetic parameters of the case; a half-saturation or an uptake of 0 would divide by nothing."""
    known = numbers.file(numbers.KINETICS)
    changed = {
        parameter.name: given.number(parameter.name, low=1e-12 if parameter.name.startswith("K") else 0.0)
        for parameter in known
        if parameter.name in given
    }
    for parameter in known:
        given.number(parameter.name, 0.0)
    given.done()
    return changed


def _run(given: Inputs) -> dict[str, Any]:
    """A run of a vessel: the golden one, fed `feed_times` as much, with further actions and faults at their times."""
    twin = Bioreactor(
        given.whole("scale_l", 2000, low=1),
        given.whole("seed", 0, low=0),
        {name: given.inner("parameters").number(name) for name in given.inner("parameters").values},
    )
    end = given.number("days", 14.0, low=0.0, high=30.0) * recipe.DAY
    if given.flag("golden", True):
        recipe.plan(twin, given.number("feed_times", 1.0, low=0.0, high=10.0), harvest=False)
    for key, command in (("actions", twin.act), ("faults", twin.fault)):
        for each in given.each(key):
            at = quantity(each, "at", "h", 0.0) * fed_batch.SECONDS_PER_HOUR
            name = each.text("do")
            how = {key: each.text(key) for key in each.values if key not in ("at", "do")}
            each.done()
            command(name, at=at, **how)
    twin.do_step(end)
    return {
        "truth": twin.true_state(),
        "shown": {name: twin.get(name) for name in twin.variables},
        "samples": list(twin.results),
        "happenings": [
            {"h": h.seconds / fed_batch.SECONDS_PER_HOUR, "kind": h.kind, **h.about} for h in twin.happenings
        ],
    }


MODELS: Final[dict[str, Callable[[Inputs], dict[str, Any]]]] = {"fed-batch": _fed_batch, "run": _run}
