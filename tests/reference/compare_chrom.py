"""Chromatography beside CADET-Core: every output of a case, its limit, and the farthest point of the trajectory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from resilience.twins.chromatography.cases import run_case
from tests.reference.comparison import Case, Limit, Row, by_rules

SHARE = Limit(relative=0.01)


def compare(case: Case) -> Iterator[Row]:
    """The rows of a case of any of the three models."""
    ours = run_case(case.inputs)
    return by_rules(ours, case, rules(case.inputs, case.outputs))


def rules(inputs: dict[str, Any], outputs: dict[str, Any]) -> dict[str, Limit]:
    """Limits by output: those of the model that the case is of."""
    if "pH_load" in inputs:
        return _elution(inputs, outputs)
    return _exchange(inputs) if "SMA" in inputs else _loading(inputs)


def _elution(inputs: dict[str, Any], outputs: dict[str, Any]) -> dict[str, Limit]:
    interval = inputs["t_end_s"] / (inputs["n_out"] - 1)
    return {
        "t_peak_s": Limit(absolute=1.001 * interval),
        "breakthrough_before_elution_mg": Limit(0.05, 1e-5 * outputs["loaded_mg"]),
        "pool_volume_mL_5pct_cut": Limit(0.01, 1.001e6 * inputs["Q_m3_s"] * interval),
        "*": SHARE,
    }


def _loading(inputs: dict[str, Any]) -> dict[str, Limit]:
    interval = inputs["sections"][-1][0] / (inputs["n_out"] - 1)
    return {"t_*": Limit(0.01, 1.001 * interval), "*": SHARE}


def _exchange(inputs: dict[str, Any]) -> dict[str, Limit]:
    return {"*.t_peak_s": Limit(0.01, 1.001 * inputs["dt_out_s"]), "*.peak_mM": Limit(0.02), "*": SHARE}
