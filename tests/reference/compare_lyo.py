"""Freeze-drying: figures of primary drying; plateau, end and course of freezing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from resilience.twins import cases
from resilience.twins.lyophiliser import one_vial
from tests.reference.comparison import Case, Limit, Row, by_rules, farthest

TEMPERATURE = Limit(absolute=0.1)
ICE = Limit(absolute=0.5)
"""C. The reference's stage of cooling ice uses the temperatures of the output before."""


def compare(case: Case) -> Iterable[Row]:
    if "h_freezing_W_m2K" in case.inputs:
        return _freezing(case)
    return by_rules(_ours(case, "primary-drying"), case, _rules(float(case.inputs["dt_hr"])))


def _rules(interval: float) -> dict[str, Limit]:
    # A reference time is a sample's: adding up the intervals makes it wrong in the last digits.
    return {
        "*_max_time_hr": Limit(0.01, 1.000001 * interval),
        "t_*_hr": Limit(absolute=1.000001 * interval),
        "T*": TEMPERATURE,
        "*": Limit(0.01),
    }


def _freezing(case: Case) -> Iterator[Row]:
    dt = float(case.inputs["dt"])
    ours = _ours(case, "freezing")
    yield from by_rules(ours, case, _rules(dt))
    if case.trajectory is None:
        return
    begins, ends = (ours[f"t_plateau_{side}_hr"] for side in ("start", "end"))
    begins, ends = (float("inf") if side is None else side for side in (begins, ends))
    stages: dict[str, list[int]] = {"liquid": [], "plateau": [], "ice": []}
    for row, hour in enumerate(case.trajectory["time_hr"]):
        # A plateau may begin and end a step apart: there the two are in different stages.
        if abs(hour - begins) > 1.5 * dt and not -0.5 * dt < hour - ends < 2.5 * dt:
            stages["liquid" if hour < begins else "plateau" if hour < ends else "ice"].append(row)
    mine = ours["trajectory"]["Tproduct_C"]
    for stage, rows in stages.items():
        if rows:
            at = [round(case.trajectory["time_hr"][row] / dt) for row in rows]
            reference = [case.trajectory["Tproduct_C"][row] for row in rows]
            limit = ICE if stage == "ice" else TEMPERATURE
            yield farthest(f"Tproduct_C, {stage}", [mine[n] for n in at], reference, limit)


def _ours(case: Case, model: str) -> dict[str, Any]:
    inputs = {**case.inputs, "model": model, "trajectory": model == "freezing"}
    # A case that states no units is in those of the conventions, which are ours too.
    needed = one_vial.FREEZING_UNITS if model == "freezing" else one_vial.DRYING_UNITS
    inputs.setdefault("units", {name: one_vial.UNITS[name] for name in needed})
    answer: dict[str, Any] = cases.run("lyophiliser", {"case": case.name, "inputs": inputs})["outputs"]
    return answer
