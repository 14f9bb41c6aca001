"""Patterns over events say yes to what they describe and to nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resilience.training.errors import BadInput
from resilience.training.patterns import compile_pattern, kinds_of

words = st.text(alphabet="abcde-", min_size=1, max_size=6)
numbers = st.floats(min_value=-100, max_value=100) | st.integers(min_value=-100, max_value=100)
scalars = words | numbers | st.booleans() | st.none()
events = st.dictionaries(st.sampled_from(["item", "hand", "ml", "open"]), scalars).map(lambda e: {"kind": "x", **e})


def matches(pattern: dict[str, Any], event: dict[str, Any]) -> bool:
    return compile_pattern({"kind": "x", **pattern})({"kind": "x", **event})


@given(events)
def test_an_event_matches_itself(event: dict[str, Any]) -> None:
    assert compile_pattern(event)(event)


@given(events, scalars)
def test_not_is_the_opposite(event: dict[str, Any], value: Any) -> None:
    assert matches({"item": {"not": value}}, event) is not matches({"item": value}, event)


@given(events, st.lists(scalars, min_size=1))
def test_a_list_is_any_of_its_values(event: dict[str, Any], values: list[Any]) -> None:
    assert matches({"item": values}, event) is any(matches({"item": value}, event) for value in values)


@given(numbers, numbers, numbers)
def test_bounds_include_their_ends(value: float, low: float, high: float) -> None:
    assert matches({"ml": {"min": low, "max": high}}, {"ml": value}) is (low <= value <= high)


@given(words, words)
def test_a_star_is_a_prefix(prefix: str, text: str) -> None:
    assert matches({"item": prefix + "*"}, {"item": text}) is text.startswith(prefix)


@given(events)
def test_every_field_must_agree(event: dict[str, Any]) -> None:
    assert not compile_pattern({**event, "colour": "red"})(event)
    assert not compile_pattern({**event, "kind": "y"})(event)


@pytest.mark.parametrize(
    ("value", "got", "expected"),
    [
        (1, True, False),
        (True, 1, False),
        (True, True, True),
        (0, None, False),
        (None, None, True),
        ({"min": 0}, True, False),
        ({"min": 0}, "7", False),
        (2, 2.0, True),
        ([1, 2], True, False),
    ],
)
def test_truth_and_numbers_are_not_mixed_up(value: Any, got: Any, expected: bool) -> None:
    assert matches({"ml": value}, {"ml": got}) is expected


def test_null_is_a_field_that_is_there_and_empty() -> None:
    assert not matches({"hand": None}, {})


def test_names_are_filled_in_before_the_prefix_is_taken() -> None:
    pattern = compile_pattern({"kind": "x", "item": ["{item}", "{item}-*"]}, {"item": "vial-1"})
    assert pattern({"kind": "x", "item": "vial-1"})
    assert pattern({"kind": "x", "item": "vial-1-cap"})
    assert not pattern({"kind": "x", "item": "vial-12"})


@pytest.mark.parametrize("pattern", [{}, {"kind": ""}, {"kind": []}, {"kind": {"not": "x"}}, {"kind": 3}])
def test_a_pattern_without_kinds_is_refused(pattern: dict[str, Any]) -> None:
    with pytest.raises(BadInput, match="names no event kind"):
        kinds_of(pattern)


@pytest.mark.parametrize("value", [{"least": 3}, {"min": "a"}, {"min": True}, {"not": 1, "min": 2}, {}])
def test_an_unknown_test_is_refused(value: Any) -> None:
    with pytest.raises(BadInput):
        compile_pattern({"kind": "x", "ml": value})
