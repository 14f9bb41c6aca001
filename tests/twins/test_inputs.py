"""Inputs of a case: what is asked for by its kind, and each mistake with the key it stands at."""

from __future__ import annotations

import math
from typing import Any

import pytest

from resilience.twins.errors import BadInput
from resilience.twins.inputs import Inputs

GIVEN: dict[str, Any] = {
    "n": 3,
    "list": [1, 2.5],
    "text": "air",
    "flag": True,
    "inner": {"x": 1},
    "each": [{"x": 1}, {"x": 2}],
}


def test_what_is_given_is_read_by_its_kind() -> None:
    found = Inputs(GIVEN, "inputs")
    assert found.number("n") == 3.0
    assert found.number("none", 7.0) == 7.0
    assert found.numbers("list", length=2) == [1.0, 2.5]
    assert Inputs({"rows": [[1, 2], [3, 4.5]]}, "inputs").rows("rows", 2) == [[1.0, 2.0], [3.0, 4.5]]
    assert found.text("text", choices=["air", "tea"]) == "air"
    assert found.flag("flag") is True
    assert found.flag("none", False) is False
    assert found.inner("inner").number("x") == 1
    assert [entry.number("x") for entry in found.each("each")] == [1, 2]
    assert found.each("nothing") == []
    assert "n" in found
    assert "m" not in found
    found.done()


@pytest.mark.parametrize(
    ("ask", "where", "what"),
    [
        (lambda i: i.number("text"), "inputs.text", "no finite number"),
        (lambda i: i.number("flag"), "inputs.flag", "no finite number"),
        (lambda i: i.number("n", low=4), "inputs.n", "the value is 3"),
        (lambda i: i.number("n", low=0, high=2), "inputs.n", "the value is 3"),
        (lambda i: i.number("m"), "inputs", "`m` is missing"),
        (lambda i: i.numbers("list", length=3), "inputs.list", "no list"),
        (lambda i: i.numbers("n"), "inputs.n", "no list"),
        (lambda i: i.rows("n", 2), "inputs.n", "no list of rows"),
        (lambda i: i.rows("list", 2), "inputs.list.0", "no list of numbers"),
        (lambda i: i.text("n"), "inputs.n", "no text"),
        (lambda i: i.text("text", choices=["tea"]), "inputs.text", "unknown text `air`"),
        (lambda i: i.flag("n"), "inputs.n", "neither true nor false"),
        (lambda i: i.inner("n"), "inputs.n", "no mapping"),
        (lambda i: i.each("n"), "inputs.n", "no list"),
        (lambda i: i.each("each")[1].number("y"), "inputs.each[1]", "`y` is missing"),
        (lambda i: i.done(), "inputs", "unknown key"),
    ],
)
def test_a_mistake_is_named_with_its_key(ask: Any, where: str, what: str) -> None:
    with pytest.raises(BadInput, match=what) as caught:
        ask(Inputs(GIVEN, "inputs"))
    assert caught.value.where == where
    assert caught.value.fix


@pytest.mark.parametrize("value", [math.nan, math.inf, None])
def test_what_is_no_number_is_refused_in_lists_too(value: Any) -> None:
    with pytest.raises(BadInput, match="no finite number"):
        Inputs({"list": [1, value]}, "inputs").numbers("list")
