"""Case files: read, answered by their twin, and every mistake named before anything is computed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from resilience.twins import cases
from resilience.twins.errors import BadInput

INPUTS = {"model": "settling", "diameters_um": [12]}


def test_an_answer_has_the_case_the_kind_and_the_outputs() -> None:
    answer = cases.run("air", {"case": "a", "inputs": INPUTS})
    assert list(answer) == ["case", "kind", "outputs"]
    assert answer["case"] == "a"
    assert answer["kind"] == "air"
    assert answer["outputs"]["settling_cm_s"]["12"] == pytest.approx(0.4392, rel=0.01)


@pytest.mark.parametrize(
    ("kind", "case", "what"),
    [
        ("water", {"case": "a", "inputs": INPUTS}, "no twin of kind `water`"),
        ("air", {"inputs": INPUTS}, "no name"),
        ("air", {"case": "a"}, "no inputs"),
        ("air", {"case": "a", "inputs": [1]}, "no inputs"),
        ("air", {"case": "a", "inputs": INPUTS, "input": {}}, "unknown key `input`"),
        ("air", {"case": "a", "kind": "touch", "inputs": INPUTS}, "of kind `touch`"),
        ("air", {"case": "a", "inputs": {**INPUTS, "diameters_um": [float("nan")]}}, "no finite number"),
        ("air", {"case": "a", "inputs": {**INPUTS, "hue": 1}}, "unknown key `hue`"),
        ("air", {"case": "a", "inputs": {"model": "tea"}}, "unknown model `tea`"),
        ("air", {"case": "a", "inputs": {"model": "settling"}}, "`diameters_um` is missing"),
        ("air", {"case": "a", "inputs": {"model": "settling", "diameters_um": [0]}}, "diameter is 0"),
        ("air", {"case": "a", "inputs": {"model": "settling", "diameters_um": [True]}}, "no finite number"),
        ("air", {"case": "a", "inputs": {"model": "settling", "diameters_um": 12}}, "no list"),
    ],
)
def test_a_wrong_case_is_named(kind: str, case: dict[str, Any], what: str) -> None:
    with pytest.raises(BadInput, match=what) as caught:
        cases.run(kind, case)
    assert caught.value.where
    assert caught.value.fix


def test_an_unknown_kind_is_told_the_kinds() -> None:
    with pytest.raises(BadInput) as caught:
        cases.run("water", {"case": "a", "inputs": {}})
    assert all(kind in caught.value.fix for kind in cases.KINDS)


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"case": NaN}', "\x00"])
def test_a_file_that_is_no_case_is_named(text: str, tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    file.write_text(text)
    with pytest.raises(BadInput) as caught:
        cases.read(file)
    assert str(file) in caught.value.where


def test_a_file_that_is_missing_or_not_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no such file"):
        cases.read(tmp_path / "none.json")
    file = tmp_path / "case.json"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInput, match="not JSON"):
        cases.read(file)


def test_a_number_beyond_all_numbers_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    file.write_text(json.dumps({"case": "a", "inputs": INPUTS}).replace("12", "1e999"))
    with pytest.raises(BadInput, match="no finite number"):
        cases.run("air", cases.read(file))
