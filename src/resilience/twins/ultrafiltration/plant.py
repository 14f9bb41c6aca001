"""The numbers of the skid, its membrane and its product: parameter files in the units of the kernel."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

from resilience.twins import parameters
from resilience.twins.draws import Floats
from resilience.twins.errors import BadInput
from resilience.twins.parameters import Parameter
from resilience.twins.ultrafiltration import kernel as k
from resilience.twins.ultrafiltration.kernel import Membrane

_HERE: Final = Path(__file__).parent
FILES: Final = {"Membrane and skid": _HERE / "membrane.yaml", "Product and buffer": _HERE / "product.yaml"}
INSTRUMENTS: Final = _HERE / "instruments.yaml"


@cache
def read() -> tuple[Parameter, ...]:
    """Every parameter of membrane and product, in the order of the files."""
    return tuple(parameter for file in FILES.values() for parameter in parameters.read(file))


@cache
def instruments() -> tuple[Parameter, ...]:
    """Every number of the instruments."""
    return parameters.read(INSTRUMENTS)


def values(changes: Mapping[str, float] | None = None) -> dict[str, float]:
    """Every number by its name, some of them changed. Raises BadInput for an unknown name or one beyond its range."""
    known = {parameter.name: parameter for parameter in read()}
    found = {name: parameter.value for name, parameter in known.items()}
    for name, value in (changes or {}).items():
        if name not in known:
            raise BadInput(f"there is no parameter `{name}`", "parameters", f"Use one of {', '.join(known)}.")
        low, high, unit = known[name].low, known[name].high, known[name].unit
        if not low <= value <= high:
            wrong = f"the value is {value:g} {unit}"
            raise BadInput(wrong, f"parameters.{name}", f"Give {low:g} to {high:g} {unit}.")
        found[name] = float(value)
    if found["concentration"] >= found["gel"]:
        raise BadInput("the protein is a gel from the start", "parameters.concentration", "Give less than `gel`.")
    if found["volume"] <= found["least_volume"]:
        raise BadInput("there is too little to pump", "parameters.volume", "Give more than `least_volume`.")
    return found


def built(v: Mapping[str, float]) -> Membrane:
    """The kernel's numbers, which have the names of the files."""
    return Membrane(**{name: v[name] for name in Membrane._fields})


def start(v: Mapping[str, float]) -> Floats:
    """State of a skid with its feed: L, g."""
    y = np.zeros(k.SIZE)
    y[k.VOLUME], y[k.PROTEIN] = v["volume"], v["volume"] * v["concentration"]
    y[k.SALT], y[k.BUFFER] = v["volume"], v["buffer"]
    return y


def balances(y: Floats) -> dict[str, float]:
    """What must stay as it was at the start: L of liquid, g of protein, L of old buffer."""
    return {
        "liquid": float(y[k.VOLUME] + y[k.PERMEATE] + y[k.BUFFER]),
        "protein": float(y[k.PROTEIN] + y[k.AGGREGATE] + y[k.PERMEATE_PROTEIN]),
        "salt": float(y[k.SALT] + y[k.PERMEATE_SALT]),
    }
