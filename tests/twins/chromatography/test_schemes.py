"""The scheme in time: its order conditions, and its stability at infinity."""

from __future__ import annotations

import numpy as np
import pytest

from resilience.twins.chromatography import schemes

SCHEME = schemes.third_order()


def test_rows_sum_to_the_times() -> None:
    assert SCHEME.explicit.sum(axis=1) == pytest.approx(SCHEME.times, abs=1e-14)
    assert SCHEME.implicit.sum(axis=1) == pytest.approx(SCHEME.times, abs=1e-14)


def test_it_is_of_third_order_in_both_parts_and_their_coupling() -> None:
    b, c = SCHEME.weights, SCHEME.times
    assert b.sum() == pytest.approx(1.0, abs=1e-14)
    assert b @ c == pytest.approx(1 / 2, abs=1e-14)
    assert b @ c**2 == pytest.approx(1 / 3, abs=1e-14)
    for part in (SCHEME.explicit, SCHEME.implicit):
        assert b @ part @ c == pytest.approx(1 / 6, abs=1e-14)


def test_what_it_is_doubted_by_is_of_second_order() -> None:
    lower = SCHEME.weights - SCHEME.doubt
    assert lower.sum() == pytest.approx(1.0, abs=1e-14)
    assert lower @ SCHEME.times == pytest.approx(1 / 2, abs=1e-14)
    assert abs(lower @ SCHEME.times**2 - 1 / 3) > 1e-3


def test_the_implicit_part_damps_what_is_infinitely_stiff() -> None:
    stiff = -1e9
    b, a = SCHEME.weights, SCHEME.implicit
    grown = 1.0 + stiff * b @ np.linalg.solve(np.eye(4) - stiff * a, np.ones(4))
    assert abs(grown) < 1e-6


def test_beads_are_done_with_the_last_stage() -> None:
    assert (SCHEME.implicit[-1] == SCHEME.weights).all()
