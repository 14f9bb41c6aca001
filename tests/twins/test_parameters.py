"""Parameter files: read in order, every mistake named, the model's numbers filled in exactly."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from resilience.twins.errors import BadInput
from resilience.twins.parameters import GRADES, fill, read, rows

GOOD = "speed: {value: 2, low: 1, high: 3, unit: m/s, source: s, grade: solid, what: w}\n"


@dataclass(frozen=True)
class Model:
    speed: float


def written(folder: Path, text: str) -> Path:
    file = folder / "numbers.yaml"
    file.write_text(text)
    return file


def test_a_file_gives_its_parameters_in_order(tmp_path: Path) -> None:
    found = read(written(tmp_path, GOOD + GOOD.replace("speed", "area")))
    assert [parameter.name for parameter in found] == ["speed", "area"]
    assert (found[0].low, found[0].value, found[0].high, found[0].unit) == (1, 2, 3, "m/s")
    assert found[0].grade in GRADES


def test_a_model_is_filled_with_exactly_its_numbers(tmp_path: Path) -> None:
    found = read(written(tmp_path, GOOD))
    assert fill(Model, found, "numbers.yaml") == Model(2.0)
    with pytest.raises(BadInput, match="area"):
        fill(Model, found, "numbers.yaml", {"area": 1.0})
    with pytest.raises(BadInput, match="speed"):
        fill(Model, (), "numbers.yaml")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (GOOD.replace("value: 2", "value: 5"), "outside its range"),
        (GOOD.replace("value: 2", "value: .nan"), "outside its range"),
        (GOOD.replace("high: 3", "high: .inf"), "outside its range"),
        (GOOD.replace("solid", "sure"), "unknown grade"),
        (GOOD.replace("source: s, ", ""), "a key is missing"),
        (GOOD.replace("value: 2", "value: a"), "no number"),
        ("- speed\n", "no mapping"),
    ],
)
def test_a_wrong_file_is_named_with_what_is_wrong(text: str, what: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=what) as caught:
        read(written(tmp_path, text))
    assert "numbers.yaml" in caught.value.where
    assert caught.value.fix


def test_the_table_shows_every_parameter(tmp_path: Path) -> None:
    lines = rows(read(written(tmp_path, GOOD)))
    assert len(lines) == 3
    assert lines[2] == "| `speed` | w | 2 | 1 | 3 | m/s | solid | s |"
