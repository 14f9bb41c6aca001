"""Ultrafiltration: closed forms under a gel layer and against an osmotic pressure."""

from __future__ import annotations

from collections.abc import Iterable

from resilience.twins import cases
from tests.reference.comparison import Case, Limit, Row, by_rules

RULES = {"*": Limit(0.001)}


def compare(case: Case) -> Iterable[Row]:
    model = "osmotic" if "pi_coeff_bar" in case.inputs else "gel"
    inputs = {**case.inputs, "model": model}
    return by_rules(cases.run("ultrafiltration", {"case": case.name, "inputs": inputs})["outputs"], case, RULES)
