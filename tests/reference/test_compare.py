"""The harness: what is beyond its limit, missing, or cannot be run makes it fail; what has no twin is told."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.reference import compare
from tests.reference.comparison import Case, Limit, Row, by_rules, cases, farthest

RULES = {"peak": Limit(0.01), "*.t": Limit(absolute=0.5), "*": Limit(0.05, 1e-6)}
TABLE = {"tank": "a_tank", "penicillin": None}


def doubled(case: Case) -> list[Row]:
    """A twin that doubles what it is given, and says no more."""
    return list(by_rules({name: 2 * value for name, value in case.inputs.items()}, case, RULES))


@pytest.fixture(autouse=True)
def _tank(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("a_tank")
    module.compare = doubled  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "a_tank", module)


def put(folder: Path, kind: str, name: str, tree: Any) -> None:
    (folder / kind).mkdir(exist_ok=True)
    (folder / kind / f"{name}.json").write_text(json.dumps(tree))


def ran(folder: Path) -> tuple[compare.Tally, str]:
    out = io.StringIO()
    return compare.run(folder, out, TABLE), out.getvalue()


@pytest.mark.parametrize(
    ("ours", "reference", "limit", "within"),
    [
        (1.009, 1.0, Limit(0.01), True),
        (1.011, 1.0, Limit(0.01), False),
        (-1.011, -1.0, Limit(0.01), False),
        (1e-7, 0.0, Limit(0.01, 1e-6), True),
        (1e-5, 0.0, Limit(0.01, 1e-6), False),
        (-14.71, -14.78, Limit(absolute=0.1), True),
        (None, None, Limit(0.01), True),
        (None, 1.0, Limit(0.01), False),
        (1.0, None, Limit(0.01), False),
        ("missing", 1.0, Limit(1e9), False),
        (float("nan"), 1.0, Limit(1e9), False),
        (1, True, Limit(1e9), False),
    ],
)
def test_a_row_is_within_its_limit_or_not(ours: Any, reference: Any, limit: Limit, within: bool) -> None:
    assert Row("x", ours, reference, limit).within is within


def test_an_output_that_is_missing_is_beyond_and_one_without_a_rule_is_refused() -> None:
    case = Case("tank", "a", {}, {"peak": 1.0})
    assert not next(by_rules({}, case, RULES)).within
    with pytest.raises(KeyError, match="no rule speaks of the output `peak`"):
        list(by_rules({"peak": 1.0}, case, {"other": Limit(0.01)}))


def test_the_first_rule_that_fits_counts_and_paths_are_of_trees() -> None:
    case = Case("tank", "a", {}, {"A": {"t": 7.0, "peak": 2.0}})
    rows = list(by_rules({"A": {"t": 7.4, "peak": 2.05}}, case, RULES))
    assert [(row.output, row.limit.absolute, row.within) for row in rows] == [
        ("A.t", 0.5, True),
        ("A.peak", 1e-6, True),
    ]


def test_the_farthest_point_of_a_trajectory_is_shown_and_no_number_is_farthest() -> None:
    row = farthest("T", [1.0, 2.3, 3.1], [1.0, 2.0, 3.0], Limit(absolute=0.2))
    assert (row.ours, row.reference, row.within) == (2.3, 2.0, False)
    assert not farthest("T", [1.0, float("nan")], [1.0, 1.0], Limit(absolute=9.0)).within
    with pytest.raises(ValueError, match="longer"):
        farthest("T", [1.0], [1.0, 2.0], Limit())


def test_all_within_passes_and_a_kind_without_a_twin_is_only_told(tmp_path: Path) -> None:
    put(tmp_path, "tank", "a", {"case": "a", "tool": "x", "inputs": {"peak": 1.0}, "outputs": {"peak": 2.001}})
    put(tmp_path, "penicillin", "p", {"case": "p", "inputs": {}, "outputs": {"x": 1}})
    put(tmp_path, "unheard-of", "u", {"case": "u", "inputs": {}, "outputs": {"x": 1}})
    tally, text = ran(tmp_path)
    assert tally.passed
    assert tally.not_compared == ["penicillin/p", "unheard-of/u"]
    assert "penicillin/p: not compared" in text
    assert "0.04998 %" in text


def test_one_beyond_fails_and_a_list_of_cases_is_compared_whole(tmp_path: Path) -> None:
    good = {"case": "good", "inputs": {"peak": 1.0}, "outputs": {"peak": 2.0}}
    bad = {"case": "bad", "inputs": {"peak": 1.0}, "outputs": {"peak": 2.1}}
    put(tmp_path, "tank", "both", [good, bad])
    tally, text = ran(tmp_path)
    assert not tally.passed
    assert tally.beyond == ["tank/bad peak"]
    assert tally.rows == 2
    assert text.count("BEYOND") == 1


@pytest.mark.parametrize(
    "tree", [{"case": "a", "inputs": {"peak": None}, "outputs": {"peak": 2.0}}, {"case": "a"}, [1], {}, "x"]
)
def test_a_case_that_cannot_be_run_fails_and_the_others_are_compared(tree: Any, tmp_path: Path) -> None:
    put(tmp_path, "tank", "a", tree)
    put(tmp_path, "tank", "b", {"case": "b", "inputs": {"peak": 1.0}, "outputs": {"peak": 2.0}})
    tally, text = ran(tmp_path)
    assert not tally.passed
    assert tally.rows == 1
    assert "tank/b" in text


def test_a_case_without_outputs_fails(tmp_path: Path) -> None:
    put(tmp_path, "tank", "a", {"case": "a", "inputs": {}, "outputs": {}})
    assert ran(tmp_path)[0].failed == ["tank/a"]


def test_a_trajectory_stands_beside_its_case(tmp_path: Path) -> None:
    put(tmp_path, "tank", "a", {"case": "a", "inputs": {}, "outputs": {}})
    (tmp_path / "tank" / "a.csv").write_text("time,T\n0,1.5\n1,2.5\n")
    assert cases("tank", tmp_path / "tank" / "a.json")[0].trajectory == {"time": [0.0, 1.0], "T": [1.5, 2.5]}


def test_a_folder_without_cases_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert compare.main([str(tmp_path)]) == 2
    assert "there are no cases" in capsys.readouterr().err


def test_the_command_passes_what_is_not_built_and_fails_what_cannot_be_run(tmp_path: Path) -> None:
    put(tmp_path, "indpensim", "p", {"case": "p", "inputs": {}, "outputs": {"x": 1}})
    assert compare.main([str(tmp_path)]) == 0
    put(tmp_path, "lyo", "a", {"case": "a", "inputs": {}, "outputs": {"x": 1}})
    assert compare.main([str(tmp_path)]) == 1
