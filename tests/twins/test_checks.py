"""Numbers that cannot be are refused, and named."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from resilience.twins import checks
from resilience.twins.errors import BadInput


@pytest.mark.parametrize(
    ("check", "good", "bad"),
    [
        (checks.from_zero, [0.0, 3.5], [-1e-12, float("nan"), float("inf")]),
        (checks.above_zero, [1e-12, 3.5], [0.0, -1.0, float("nan"), float("inf")]),
        (checks.share, [0.0, 0.5, 1.0], [-0.1, 1.1, float("nan")]),
    ],
)
def test_a_check_lets_good_numbers_through_and_names_bad_ones(
    check: Callable[[float, str, str], float], good: list[float], bad: list[float]
) -> None:
    for number in good:
        assert check(number, "here", "loss") == number
    for number in bad:
        with pytest.raises(BadInput, match=r"here: loss"):
            check(number, "here", "loss")
