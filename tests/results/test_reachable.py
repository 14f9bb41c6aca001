"""Whether a printed percentage can come from whole people."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resilience.results.reachable import bases, number_of, reach
from resilience.training.errors import BadInput


def test_sixty_six_percent_of_seventy_five_cannot_be_reached() -> None:
    found = reach("66 %", 75)
    assert not found.ok
    assert found.below is not None
    assert found.above is not None
    assert (found.below.count, found.below.percent) == (49, "65.3")
    assert (found.above.count, found.above.percent) == (50, "66.7")
    assert str(found) == "66 % cannot come from 75: 49 is 65.3, 50 is 66.7"


def test_three_bases_near_seventy_five_fit_both_headlines() -> None:
    assert bases(["66", "45 %"], 70, 75) == [71, 73, 74]


def test_a_reachable_percentage_names_its_counts() -> None:
    assert reach("66", 73).counts == [48]
    assert reach("45", 73).counts == [33]
    assert reach("66", 1200).counts == list(range(786, 799))


def test_decimals_narrow_what_can_be_meant() -> None:
    assert reach("65.8", 73).ok
    assert not reach("65.9", 73).ok
    assert reach("65.75", 73).counts == [48]


def test_nothing_and_everything_are_reachable_from_any_base() -> None:
    for base in (1, 7, 75):
        assert reach("0", base).ok
        assert reach("100", base).ok
        assert reach("0", base).below is None
        assert reach("100", base).above is None


@pytest.mark.parametrize(("printed", "base"), [("66 per cent", 75), ("", 75), ("101", 75), ("66", 0), ("-5", 75)])
def test_what_is_no_percentage_is_refused(printed: str, base: int) -> None:
    with pytest.raises(BadInput):
        reach(printed, base)


def test_thousands_may_be_set_apart() -> None:
    assert number_of("1,200") == (Fraction(1200), 0)
    assert number_of("13500") == (Fraction(13500), 0)


@given(base=st.integers(1, 400), decimals=st.integers(0, 2), data=st.data())
def test_every_share_that_is_rounded_either_way_is_reachable(base: int, decimals: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, base))
    exact = Decimal(100 * count) / Decimal(base)
    for rounding in (ROUND_HALF_UP, ROUND_HALF_EVEN):
        printed = str(exact.quantize(Decimal(1).scaleb(-decimals), rounding))
        assert count in reach(printed, base).counts


@given(base=st.integers(1, 300), printed=st.integers(0, 100))
def test_it_agrees_with_trying_all(base: int, printed: int) -> None:
    fitting = [n for n in range(base + 1) if abs(Fraction(100 * n, base) - printed) <= Fraction(1, 2)]
    assert reach(str(printed), base).counts == fitting
