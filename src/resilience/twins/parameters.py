"""Parameter files: every number of a model with its range, unit, source and grade.

A file is a YAML mapping of name to `value, low, high, unit, source, grade, what`. Grades: solid (an official table or
peer-reviewed), medium (one good source or a stated derivation), weak (judgement near published figures), assumption
(a choice of ours).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

import yaml

from resilience.twins.errors import BadInput

GRADES = ("solid", "medium", "weak", "assumption")
_Model = TypeVar("_Model")


@dataclass(frozen=True)
class Parameter:
    """One number of a model with where it comes from."""

    name: str
    value: float
    low: float
    high: float
    unit: str
    source: str
    grade: str
    what: str


def read(path: Path) -> tuple[Parameter, ...]:
    """Every parameter in the order of the file. Raises BadInput where the file is not what it should be."""
    tree = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(tree, dict):
        raise BadInput("the file is no mapping of names to parameters", path.name, "Begin each parameter by its name.")
    return tuple(_parameter(path.name, name, entry) for name, entry in tree.items())


def fill(
    model: type[_Model], parameters: Iterable[Parameter], where: str, derived: Mapping[str, float] | None = None
) -> _Model:
    """A model's numbers (a dataclass of floats) at their central values, with what is `derived` from them beside.

    Raises BadInput where a parameter is missing, or one is given that the model does not have.
    """
    values = {parameter.name: parameter.value for parameter in parameters} | dict(derived or {})
    wanted = {field.name for field in fields(model)}  # type: ignore[arg-type]
    if wanted != values.keys():
        odd = ", ".join(sorted(wanted ^ values.keys()))
        raise BadInput(f"parameters missing or unknown: {odd}", where, "Name exactly the model's parameters.")
    return model(**values)


def rows(parameters: Iterable[Parameter]) -> list[str]:
    """The parameters as a Markdown table, for the documentation."""
    return [
        "| name | what | value | low | high | unit | grade | source |",
        "|---|---|---|---|---|---|---|---|",
        *(
            f"| `{p.name}` | {p.what} | {p.value:g} | {p.low:g} | {p.high:g} | {p.unit} | {p.grade} | {p.source} |"
            for p in parameters
        ),
    ]


def _parameter(file: str, name: str, entry: dict[str, Any]) -> Parameter:
    where = f"{file}: {name}"
    try:
        value, low, high = (float(entry[key]) for key in ("value", "low", "high"))
        unit, source, grade, what = (str(entry[key]) for key in ("unit", "source", "grade", "what"))
    except (KeyError, TypeError, ValueError) as error:
        wrong = f"a key is missing or no number ({error})"
        raise BadInput(wrong, where, "Give value, low, high, unit, source, grade and what.") from error
    if not all(map(math.isfinite, (value, low, high))) or not low <= value <= high:
        raise BadInput("the value lies outside its range", where, "Order low, value and high.")
    if grade not in GRADES:
        raise BadInput(f"unknown grade `{grade}`", where, f"Use one of {', '.join(GRADES)}.")
    return Parameter(name, value, low, high, unit, source, grade, what)
