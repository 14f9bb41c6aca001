"""Alarms by ISA-18.2."""

from __future__ import annotations

import pytest

from resilience.twins.control.alarms import LONGEST_SHELF, Alarms, Point, Priority, State
from resilience.twins.errors import BadInput

LOW = Point("DO low", "DO", 20.0, False, Priority.HIGH, "little oxygen", "more gas", band=5.0, delay=60.0)
HOT = Point("T high", "T", 38.0, True, Priority.URGENT, "too warm", "cool", band=0.5)


class Plant:
    """Two values, and alarms that look at them every 10 s."""

    def __init__(self) -> None:
        self.values = {"DO": 40.0, "T": 37.0}
        self.alarms = Alarms([LOW, HOT])

    def after(self, seconds: float, **values: float) -> list[State]:
        """The states that were entered meanwhile."""
        self.values |= values
        found = []
        for _ in range(round(seconds / 10.0)):
            found += [change.state for change in self.alarms.do_step(10.0, self.values.__getitem__)]
        return found


def test_it_waits_for_its_delay() -> None:
    plant = Plant()
    assert plant.after(50, DO=10.0) == []
    assert plant.after(10) == [State.UNACKNOWLEDGED]
    assert [(point.name, state, since) for point, state, since in plant.alarms.shown] == [
        ("DO low", State.UNACKNOWLEDGED, 60.0)
    ]


def test_a_short_dip_begins_the_delay_anew() -> None:
    plant = Plant()
    plant.after(50, DO=10.0)
    plant.after(10, DO=30.0)
    assert plant.after(50, DO=10.0) == []


def test_it_returns_only_beyond_its_dead_band() -> None:
    plant = Plant()
    plant.after(60, DO=10.0)
    assert plant.after(100, DO=24.0) == []
    assert plant.after(10, DO=25.0) == [State.RETURNED]
    plant.alarms.acknowledge("DO low")
    assert plant.alarms.states["DO low"] is State.NORMAL


def test_acknowledged_it_goes_by_itself() -> None:
    plant = Plant()
    plant.after(60, DO=10.0)
    assert plant.alarms.loudest is Priority.HIGH
    plant.alarms.acknowledge("DO low")
    assert plant.alarms.loudest is None
    assert plant.after(10, DO=40.0) == [State.NORMAL]
    assert plant.alarms.shown == ()


def test_the_most_urgent_stands_first() -> None:
    plant = Plant()
    plant.after(60, DO=10.0)
    plant.after(10, T=39.0)
    assert [point.name for point, _, _ in plant.alarms.shown] == ["T high", "DO low"]
    assert plant.alarms.loudest is Priority.URGENT


def test_shelved_it_is_silent_and_comes_back_by_itself() -> None:
    plant = Plant()
    plant.alarms.shelve("T high", 100.0)
    assert plant.after(90, T=40.0) == []
    assert plant.alarms.shown == ()
    assert plant.after(10) == [State.UNACKNOWLEDGED]


def test_unshelved_it_tells_how_things_are() -> None:
    plant = Plant()
    plant.alarms.shelve("T high", 100.0)
    plant.alarms.unshelve("T high")
    assert plant.alarms.states["T high"] is State.NORMAL


def test_out_of_service_it_says_nothing_until_it_is_brought_back() -> None:
    plant = Plant()
    plant.alarms.service("T high", out=True)
    assert plant.after(100, T=40.0) == []
    plant.alarms.service("T high", out=False)
    assert plant.alarms.states["T high"] is State.UNACKNOWLEDGED


def test_a_snapshot_brings_everything_back() -> None:
    plant = Plant()
    plant.after(60, DO=10.0)
    kept = plant.alarms.snapshot()
    plant.alarms.acknowledge("DO low")
    plant.alarms.restore(kept)
    assert plant.alarms.states["DO low"] is State.UNACKNOWLEDGED
    assert len(plant.alarms.journal) == 1


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda alarms: alarms.acknowledge("DO low"), "the alarm is normal"),
        (lambda alarms: alarms.acknowledge("pH low"), "Use one of DO low, T high"),
        (lambda alarms: alarms.shelve("DO low", LONGEST_SHELF + 1.0), "Give more than 0 to 28800 s"),
        (lambda alarms: alarms.unshelve("DO low"), "Unshelve what is shelved"),
        (lambda alarms: (alarms.service("DO low", True), alarms.shelve("DO low", 1.0)), "out of service"),
        (lambda alarms: alarms.restore(None), "no snapshot"),
        (lambda alarms: alarms.do_step(-1.0, float), "seconds negative"),
    ],
)
def test_what_cannot_be_is_refused(wrong: object, message: str) -> None:
    assert callable(wrong)
    with pytest.raises(BadInput, match=message):
        wrong(Alarms([LOW, HOT]))
