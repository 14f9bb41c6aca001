"""Case files: a question to a twin as JSON, and its answer.

A file is `{"case": name, "inputs": {...}}`. A reference case also holds `kind`, `source`, the published `outputs` and
`tolerances`; they are not read here.
"""

from __future__ import annotations

import json
import math
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, cast

from resilience.twins.errors import BadInput

KINDS = {
    "air": "resilience.twins.air.cases",
    "bioreactor": "resilience.twins.bioreactor.cases",
    "chromatography": "resilience.twins.chromatography.cases",
    "instruments": "resilience.twins.instruments.cases",
    "lyophiliser": "resilience.twins.lyophiliser.cases",
    "touch": "resilience.twins.touch.cases",
    "ultrafiltration": "resilience.twins.ultrafiltration.cases",
}
"""Every kind of twin, and the module that answers its cases by `run_case(inputs) -> outputs`."""
KEYS = frozenset({"case", "kind", "source", "inputs", "outputs", "tolerances"})


class _Answers(Protocol):
    def run_case(self, inputs: dict[str, Any]) -> dict[str, Any]: ...


def read(path: Path) -> dict[str, Any]:
    """A case file as a mapping. Raises BadInput where there is none, or where it holds no case."""
    try:
        case = json.loads(path.read_text(encoding="utf-8"), parse_constant=_no_number)
    except OSError as error:
        raise BadInput("there is no such file, or it cannot be read", str(path), "Name a case file.") from error
    except ValueError as error:
        raise BadInput(f"the file is not JSON ({error})", str(path), 'Write {"case": ..., "inputs": {...}}.') from error
    if not isinstance(case, dict):
        raise BadInput("the file holds no case", str(path), 'Write {"case": ..., "inputs": {...}}.')
    return case


def run(kind: str, case: dict[str, Any]) -> dict[str, Any]:
    """Answer a case: `{"case", "kind", "outputs"}`. Raises BadInput naming the key that is wrong."""
    if kind not in KINDS:
        raise BadInput(f"there is no twin of kind `{kind}`", "kind", f"Use one of {', '.join(sorted(KINDS))}.")
    unknown = sorted(case.keys() - KEYS)
    if unknown:
        raise BadInput(f"unknown key `{unknown[0]}`", "case", f"Use {', '.join(sorted(KEYS))}.")
    name, inputs = case.get("case"), case.get("inputs")
    if not isinstance(name, str) or not name:
        raise BadInput("the case has no name", "case", 'Give "case" a text.')
    if not isinstance(inputs, dict):
        raise BadInput("the case has no inputs", "inputs", 'Give "inputs" a mapping.')
    if case.get("kind", kind) != kind:
        raise BadInput(f"the case is one of kind `{case['kind']}`", "kind", f"Ask that twin, not `{kind}`.")
    _finite(inputs, "inputs")
    answers = cast(_Answers, import_module(KINDS[kind]))
    outputs = answers.run_case(inputs)
    _finite(outputs, "outputs")
    return {"case": name, "kind": kind, "outputs": outputs}


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is no number")


def _finite(value: Any, where: str) -> None:
    """Refuse numbers that are none, wherever they stand: they would spread through every result."""
    if isinstance(value, float) and not math.isfinite(value):
        raise BadInput("the value is no finite number", where, "Give a finite number.")
    if isinstance(value, dict):
        for key, inner in value.items():
            _finite(inner, f"{where}.{key}")
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            _finite(inner, f"{where}[{index}]")
