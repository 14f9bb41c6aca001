"""A historian: exact, compact, and thinned without loss of spikes."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resilience.twins.control.historian import Historian
from resilience.twins.errors import BadInput


def filled(values: list[float], seconds: float = 10.0) -> Historian:
    historian = Historian(["T"])
    for index, value in enumerate(values):
        historian.record(seconds * index, lambda _, value=value: value)
    return historian


@given(st.lists(st.sampled_from([37.0, 37.01, 36.99, 40.0]), min_size=1, max_size=60))
def test_what_was_shown_is_found_again_exactly(values: list[float]) -> None:
    historian = filled(values)
    assert [historian.at("T", 10.0 * index) for index in range(len(values))] == values
    assert historian.at("T", 10.0 * len(values) + 5.0) == values[-1]
    changes = 1 + sum(a != b for a, b in pairwise(values))
    assert len(historian.rows("T")) == changes
    assert historian.size == 16 * changes


@given(st.lists(st.floats(-5.0, 5.0), min_size=2, max_size=80), st.integers(1, 20))
def test_a_trend_loses_no_spike(values: list[float], columns: int) -> None:
    historian = filled(values)
    trend = historian.trend("T", 0.0, 10.0 * len(values), columns)
    assert min(low for _, low, _ in trend) == min(values)
    assert max(high for _, _, high in trend) == max(values)
    assert len(trend) == columns


def test_a_trend_begins_where_the_record_does() -> None:
    historian = Historian(["T"])
    historian.record(100.0, lambda _: 1.0)
    assert historian.trend("T", 0.0, 200.0, 4) == [(100.0, 1.0, 1.0), (150.0, 1.0, 1.0)]


def test_a_value_of_the_same_time_replaces_the_one_before() -> None:
    historian = filled([1.0])
    historian.record(0.0, lambda _: 2.0)
    assert historian.rows("T") == [(0.0, 2.0)]


def test_a_fork_has_the_same_past_and_its_own_future() -> None:
    historian = filled([1.0, 2.0])
    other = historian.fork()
    other.record(20.0, lambda _: 3.0)
    assert historian.at("T", 20.0) == 2.0
    assert other.at("T", 20.0) == 3.0


def test_what_cannot_be_is_refused() -> None:
    historian = filled([1.0, 2.0])
    with pytest.raises(BadInput, match="has passed"):
        historian.record(5.0, lambda _: 1.0)
    with pytest.raises(BadInput, match="Use one of T"):
        historian.at("pH", 0.0)
    with pytest.raises(BadInput, match="nothing was recorded"):
        historian.at("T", -1.0)
    with pytest.raises(BadInput, match="end after the beginning"):
        historian.trend("T", 10.0, 10.0, 5)
