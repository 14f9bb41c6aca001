"""The comparisons of freeze-drying and ultrafiltration: all is within, and an output that is off is found."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from tests.reference import compare_lyo, compare_ufdf
from tests.reference.comparison import Case, cases

FOLDER = Path(__file__).parent
ALL = [
    (module, case)
    for kind, module in (("lyo", compare_lyo), ("ufdf", compare_ufdf))
    for file in sorted((FOLDER / kind).glob("*.json"))
    for case in cases(kind, file)
]


def bare(case: Case) -> Case:
    """As the outside programs write it: the model is told by what is given."""
    return replace(case, inputs={key: value for key, value in case.inputs.items() if key != "model"})


@pytest.mark.parametrize(("module", "case"), ALL, ids=lambda value: getattr(value, "name", ""))
def test_every_output_is_within_its_limit(module: ModuleType, case: Case) -> None:
    rows = list(module.compare(bare(case)))
    assert {row.output for row in rows} >= set(case.outputs)
    assert [row.output for row in rows if not row.within] == []


@pytest.mark.parametrize(
    ("module", "name", "output", "off"),
    [
        (compare_lyo, "example", "drying_time_hr", 0.08),
        (compare_lyo, "example", "Tbot_max_C", 0.11),
        (compare_lyo, "example", "flux_max", 0.012),
        (compare_lyo, "freezing-example", "t_plateau_end_hr", 0.011),
        (compare_lyo, "freezing-example", "T_end", 0.11),
        (compare_ufdf, "golden-200-l", "t_total_h", 0.007),
        (compare_ufdf, "osmotic-c50-tmp0.7", "J_LMH", 0.04),
    ],
)
def test_an_output_that_is_off_is_found(module: ModuleType, name: str, output: str, off: float) -> None:
    case = next(case for _, case in ALL if case.name == name)
    wrong = replace(bare(case), outputs={**case.outputs, output: case.outputs[output] + off})
    assert [row.output for row in module.compare(wrong) if not row.within] == [output]


def test_a_course_that_is_off_is_found() -> None:
    case = next(case for _, case in ALL if case.name == "freezing-example")
    assert case.trajectory is not None
    course = list(case.trajectory["Tproduct_C"])
    course[-1] += 0.6
    wrong = replace(bare(case), trajectory={**case.trajectory, "Tproduct_C": course})
    assert [row.output for row in compare_lyo.compare(wrong) if not row.within] == ["Tproduct_C, ice"]


def test_a_case_without_units_is_in_those_of_the_conventions() -> None:
    case = next(case for _, case in ALL if case.name == "example")
    silent = {key: value for key, value in bare(case).inputs.items() if key != "units"}
    assert all(row.within for row in compare_lyo.compare(replace(case, inputs=silent)))
