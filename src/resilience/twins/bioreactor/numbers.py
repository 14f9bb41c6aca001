"""Parameters of the bioreactor, in the order that compiled code asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np

from resilience.twins import parameters
from resilience.twins.bioreactor.kernel import Floats
from resilience.twins.errors import BadInput
from resilience.twins.parameters import Parameter

_HERE: Final = Path(__file__).parent
KINETICS: Final = _HERE / "kinetics.yaml"
TRAINING: Final = _HERE / "training.yaml"
RECIPE: Final = _HERE / "recipe.yaml"
SCALES: Final = {litres: _HERE / f"scale-{litres}.yaml" for litres in (2, 50, 2000)}
"""Working volume in L, and the file of its vessel."""


@cache
def file(path: Path) -> tuple[Parameter, ...]:
    """The parameters of a file, read once."""
    return parameters.read(path)


def vessel(litres: int) -> tuple[Parameter, ...]:
    """All parameters of a vessel and of the cells in it. Raises BadInput for a scale there is no file for."""
    if litres not in SCALES:
        raise BadInput(f"there is no vessel of {litres} L", "scale", f"Use one of {', '.join(map(str, SCALES))}.")
    return (*file(KINETICS), *file(TRAINING), *file(RECIPE), *file(SCALES[litres]))


def row(names: Sequence[str], *sets: Iterable[Parameter], changed: Mapping[str, float] | None = None) -> Floats:
    """The parameters of these names in their order, at their central values unless `changed`.

    Raises BadInput for a change of what is no parameter, and where files and names do not agree.
    """
    values = {parameter.name: parameter.value for group in sets for parameter in group}
    if set(names) != values.keys():
        odd = ", ".join(sorted(set(names) ^ values.keys()))
        raise BadInput(f"parameters missing or unknown: {odd}", "parameters", "Name exactly those of the kernel.")
    unknown = sorted((changed or {}).keys() - values.keys())
    if unknown:
        raise BadInput(f"unknown parameter `{unknown[0]}`", "parameters", f"Use {', '.join(values)}.")
    values |= changed or {}
    return np.array([values[name] for name in names], dtype=np.float64)


def named(numbers: Floats, of: np.dtype[Any]) -> Any:
    """The same numbers read and written by name, as attributes."""
    return numbers.view(np.dtype((np.record, of)))[0]
