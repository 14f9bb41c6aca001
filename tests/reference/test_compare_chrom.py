"""The limits by which chromatography is compared are those agreed, and a wrong answer is found."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from tests.reference import compare_chrom
from tests.reference.comparison import Case

FOLDER = Path(__file__).parent / "chrom"


def case(name: str, **outputs: Any) -> Case:
    """A case of ours as the harness reads it, with some outputs changed."""
    tree = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return Case("chrom", name, tree["inputs"], copy.deepcopy(tree["outputs"]) | outputs)


def test_a_case_is_met_in_every_output() -> None:
    rows = list(compare_chrom.compare(case("gradient-elution", breakthrough_before_elution_mg=7e-8)))
    assert {row.output for row in rows} >= {"peak_g_L", "yield_pct", "breakthrough_before_elution_mg"}
    assert all(row.within for row in rows)


@pytest.mark.parametrize(
    ("output", "wrong"),
    [
        ("peak_g_L", 1.24),
        ("t_peak_s", 785.0),
        ("breakthrough_before_elution_mg", 2e-4),
        ("pool_volume_mL_5pct_cut", 16.5),
    ],
)
def test_what_is_beyond_its_limit_is_found(output: str, wrong: float) -> None:
    rows = {row.output: row for row in compare_chrom.compare(case("gradient-elution", **{output: wrong}))}
    assert not rows[output].within


def test_each_model_has_the_limits_agreed() -> None:
    exchange = compare_chrom.rules(case("load-wash-elute-by-salt").inputs, {})
    assert exchange["*.peak_mM"].relative == 0.02
    loading = compare_chrom.rules(case("breakthrough-2-min").inputs, {})
    assert loading["*"].relative == 0.01
    assert loading["t_*"].absolute == pytest.approx(4800.0 / 1000.0, rel=0.01)
