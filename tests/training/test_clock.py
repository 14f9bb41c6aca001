"""Session time, process time, and what falls due."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from resilience.training.clock import Clock


def test_process_time_runs_at_its_pace() -> None:
    clock = Clock()
    clock.advance(20)
    clock.pace = 10
    clock.advance(40)
    assert (clock.tick, clock.process, clock.seconds) == (40, 220, 11.0)


def test_what_falls_due_is_called_at_its_own_tick_in_order() -> None:
    clock, calls = Clock(), []
    clock.after(2.0, lambda: calls.append(("late", clock.tick)))
    clock.after(1.0, lambda: calls.append(("early", clock.tick)))
    clock.after(1.0, lambda: calls.append(("same", clock.tick)))
    clock.advance(19)
    assert calls == []
    clock.advance(100)
    assert calls == [("early", 20), ("same", 20), ("late", 40)]
    assert clock.tick == 100


def test_a_change_of_pace_on_the_way_holds_for_the_rest() -> None:
    clock = Clock()
    clock.pace = 10

    def slow() -> None:
        clock.pace = 1

    clock.after(10.0, slow)
    clock.advance(40)
    assert (clock.tick, clock.process) == (40, 200 + 20)


def test_a_call_may_have_another_made() -> None:
    clock, ticks = Clock(), []

    def again() -> None:
        ticks.append(clock.tick)
        if len(ticks) < 3:
            clock.after(1.0, again)

    clock.after(1.0, again)
    clock.advance(200)
    assert ticks == [20, 40, 60]


@given(st.lists(st.integers(1, 50), max_size=20), st.integers(1, 20), st.integers(0, 400))
def test_one_long_step_is_the_same_as_many_short_ones(steps: list[int], pace: int, due: int) -> None:
    seen = []
    for ways in ([sum(steps)], [sum(steps[: n + 1]) for n in range(len(steps))]):
        clock = Clock()
        clock.pace = pace
        calls: list[int] = []
        clock.at(due, lambda clock=clock, calls=calls: calls.append(clock.tick))  # type: ignore[misc]
        for tick in ways:
            clock.advance(tick)
        seen.append((calls, clock.process))
    if steps:
        assert seen[0] == seen[1]
