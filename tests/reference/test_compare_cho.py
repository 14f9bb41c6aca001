"""The comparison of CHO fed-batch finds what is off."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from resilience.twins.bioreactor import fed_batch
from resilience.twins.bioreactor.cases import course
from resilience.twins.errors import BadInput
from resilience.twins.inputs import Inputs
from tests.reference.compare_cho import compare
from tests.reference.comparison import Case

FILE = Path(__file__).parent / "cho" / "feed-as-published.json"


def case(**changed: Any) -> Case:
    """The published case with a trajectory of our own, and what is changed of it."""
    tree = json.loads(FILE.read_text(encoding="utf-8"))
    inputs = {key: value for key, value in tree["inputs"].items() if key != "model"}
    ours = course(Inputs(inputs, "inputs"))
    trajectory = {"time_h": ours.times[::8].tolist(), "bioreactor.c[4]": ours.concentrations[::8, 3].tolist()}
    parts = {"inputs": inputs, "outputs": tree["outputs"], "trajectory": trajectory} | changed
    return Case("cho", "ours", **parts)


def test_every_output_and_the_trajectory_are_compared_and_hold() -> None:
    rows = list(compare(case()))
    assert len(rows) == 3 * (len(fed_batch.AMOUNTS) + 2) + 1
    assert all(row.within for row in rows)
    assert max(row.error for row in rows if row.error is not None) < 1e-4


@pytest.mark.parametrize(
    ("key", "value"), [("max", 2.95), ("t_max_h", 115.0), ("final", 2.12)], ids=["maximum", "its time", "the end"]
)
def test_what_is_off_is_found(key: str, value: float) -> None:
    outputs = {"bioreactor.c[1]": {key: value}}
    (row, *_) = compare(case(outputs=outputs))
    assert not row.within


def test_a_trajectory_that_is_off_is_found() -> None:
    bent = case().trajectory
    assert bent is not None
    bent["bioreactor.c[4]"][9] += 0.2
    (row,) = compare(case(outputs={}, trajectory=bent))
    assert not row.within


def test_a_reference_of_nothing_has_a_floor() -> None:
    rows = {row.output: row for row in compare(case(trajectory=None))}
    assert rows["bioreactor.c[3].max"].reference == 0.0
    assert rows["bioreactor.c[3].max"].limit.absolute == 1e-6


def test_a_key_that_the_model_does_not_know_is_no_case() -> None:
    inputs = dict(case().inputs)
    inputs["bioreactor.colour"] = 1.0
    with pytest.raises(BadInput, match="unknown key"):
        list(compare(case(inputs=inputs)))
