"""Process time follows the pace."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from resilience.training.checks.process_time import ProcessTime
from resilience.training.clock import Clock


def test_at_pace_one_it_is_session_time() -> None:
    assert ProcessTime().seconds(20, 60) == 2.0
    assert ProcessTime().tick_after(20, 2.0) == 60


def test_a_faster_pace_counts_from_its_tick_on() -> None:
    time = ProcessTime()
    time.change(100, 10)
    time.change(110, 1)
    assert time.seconds(90, 120) == (10 + 100 + 10) / 20
    assert time.tick_after(90, 1.0) == 101


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(1, 20)), max_size=8), st.integers(0, 500))
def test_it_agrees_with_the_clock_of_the_session(changes: list[tuple[int, int]], rest: int) -> None:
    clock, time = Clock(), ProcessTime()
    for gap, pace in changes:
        clock.advance(clock.tick + gap)
        clock.pace = pace
        time.change(clock.tick, pace)
    clock.advance(clock.tick + rest)
    assert time.seconds(0, clock.tick) == clock.process / 20


@given(
    st.lists(st.tuples(st.integers(1, 300), st.integers(1, 20)), max_size=8), st.integers(0, 900), st.integers(0, 200)
)
def test_the_tick_after_so_many_seconds_is_the_first_by_which_they_have_passed(
    changes: list[tuple[int, int]], start: int, seconds: int
) -> None:
    time, tick = ProcessTime(), 0
    for gap, pace in changes:
        tick += gap
        time.change(tick, pace)
    found = time.tick_after(start, seconds)
    assert time.seconds(start, found) >= seconds
    assert found == start or time.seconds(start, found - 1) < seconds
