"""Parameters of the bioreactor as records for compiled code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np

from resilience.twins import parameters
from resilience.twins.errors import BadInput
from resilience.twins.parameters import Parameter

KINETICS: Final = Path(__file__).with_name("kinetics.yaml")


@cache
def file(path: Path) -> tuple[Parameter, ...]:
    """The parameters of a file, read once."""
    return parameters.read(path)


def record(*sets: Iterable[Parameter], changed: Mapping[str, float] | None = None) -> Any:
    """All parameters as one numpy record, at their central values unless `changed`.

    Raises BadInput for a name that is not among them.
    """
    values = {parameter.name: parameter.value for group in sets for parameter in group}
    changed = dict(changed or {})
    unknown = sorted(changed.keys() - values.keys())
    if unknown:
        raise BadInput(f"unknown parameter `{unknown[0]}`", "parameters", f"Use {', '.join(values)}.")
    values |= changed
    found = np.zeros(1, dtype=[(name, np.float64) for name in values])
    for name, value in values.items():
        found[name] = value
    return found[0]
