"""Disclosure control as arithmetic."""

from __future__ import annotations

import pytest

from resilience.results import control
from resilience.results.control import Shown


@pytest.mark.parametrize(
    ("true", "shown"),
    [
        (0, 0),
        (1, 0),
        (2, 0),
        (2.4, 0),
        (2.5, 5),
        (3, 5),
        (7, 5),
        (7.4, 5),
        (7.5, 10),
        (12, 10),
        (12.5, 15),
        (1198, 1200),
    ],
)
def test_counts_are_rounded_to_the_nearest_five_halves_up(true: float, shown: int) -> None:
    assert control.rounded(true) == shown


def test_bounds_are_all_whole_numbers_that_are_shown_so() -> None:
    for shown in (0, 5, 10, 200):
        low, high = control.bounds(shown)
        assert [true for true in range(300) if control.rounded(true) == shown] == list(range(low, high + 1))


def test_totals_are_rounded_after_adding() -> None:
    shown = control.by_rounding({"a": 103, "b": 104, "c": 104}, 311, exclusive=True)
    assert shown == Shown({"a": 105, "b": 105, "c": 105}, 310)


def test_a_total_that_would_narrow_small_cells_is_left_out() -> None:
    """Two cells shown as 0 with a total of 5 would hold at least one person each."""
    assert control.by_rounding({"a": 2, "b": 2}, 4, exclusive=True) == Shown({"a": 0, "b": 0}, None)
    assert control.by_rounding({"a": 2, "b": 2}, 4, exclusive=False).total == 5


def test_percentages_over_fewer_than_22_and_a_half_people_are_left_out() -> None:
    assert control.by_rounding({"a": 10, "b": 10}, 20, exclusive=True).percentage("a") is None
    assert control.by_rounding({"a": 15, "b": 10}, 25, exclusive=True).percentage("a") == 60.0


def test_a_percentage_is_of_the_numbers_shown() -> None:
    shown = control.by_rounding({"a": 31, "b": 71}, 102, exclusive=True)
    assert shown.percentage("a") == 30.0


def test_cells_below_ten_are_left_out_with_another_that_would_give_them_away() -> None:
    assert control.by_suppression({"a": 42, "b": 22}) == Shown({"a": 42, "b": 22}, 64)
    assert control.by_suppression({"a": 42, "b": 9}) == Shown({"a": None, "b": None}, None)
    assert control.by_suppression({"a": 42, "b": 9, "c": 30}) == Shown({"a": 42, "b": None, "c": None}, None)
    assert control.by_suppression({"a": 42, "b": 4, "c": 5, "d": 11}) == Shown(
        {"a": 42, "b": None, "c": None, "d": None}, None
    )


@pytest.mark.parametrize(
    ("before", "now", "told"), [(42, 42, False), (42, 43, True), (42, 51, True), (42, 52, False), (42, 33, True)]
)
def test_a_step_of_one_to_nine_people_tells_them_apart(before: int, now: int, told: bool) -> None:
    assert control.tells_apart(Shown({"a": now, "b": 20}, now + 20), {"a": before, "b": 20}) is told
    assert not control.tells_apart(Shown({"a": None}, None), {"a": before})
    assert not control.tells_apart(Shown({"a": now}, now), {"a": None})
