"""Samples: what the laboratory says of them, with its errors, and when."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from resilience.twins import draws
from resilience.twins.bioreactor import numbers
from resilience.twins.bioreactor.state import Sample

FILE: Final = Path(__file__).with_name("laboratory.yaml")
_SECONDS: Final = 3600.0
_SOON, _LATER, _LAST = "soon", "later", "last"
ASSAYS: Final[Mapping[str, tuple[str, str, str]]] = {
    "viable": ("cells_error", "", _SOON),
    "viability": ("", "viability_error", _SOON),
    "glucose": ("metabolite_error", "metabolite_floor", _SOON),
    "glutamine": ("metabolite_error", "metabolite_floor", _SOON),
    "lactate": ("metabolite_error", "metabolite_floor", _SOON),
    "ammonia": ("metabolite_error", "metabolite_floor", _SOON),
    "pH": ("", "ph_error", _SOON),
    "pCO2": ("co2_error", "", _SOON),
    "osmolality": ("", "osmolality_error", _SOON),
    "antibody": ("antibody_error", "", _LATER),
    "quality": ("", "quality_error", _LAST),
}
"""What is measured: its relative error, its absolute error, and when it is ready."""


def examine(true: Mapping[str, float], drawn: float, number: int, seed: int) -> Sample:
    """The how-manieth sample of a run, drawn at so many seconds; errors go by seed, number and assay."""
    known = {parameter.name: parameter.value for parameter in numbers.file(FILE)}
    results, ready = {}, {}
    for assay, (relative, absolute, when) in ASSAYS.items():
        value = true[assay]
        spread = known.get(relative, 0.0) * abs(value) + known.get(absolute, 0.0)
        error = float(draws.normals(draws.named(seed, "sample", number, assay), 1)[0])
        results[assay] = max(0.0, value + spread * error)
        ready[assay] = drawn + known[when] * _SECONDS
    results["viability"] = min(results["viability"], 100.0)
    return Sample(drawn, ready, results, {assay: true[assay] for assay in ASSAYS})
