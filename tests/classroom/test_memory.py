from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from resilience.classroom.memory import MOST_FORGOTTEN, Memory


class Session:
    """Something whose parts refer to one another, as a session's do."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def memory() -> Iterator[Memory]:
    memory = Memory()
    yield memory
    memory.stop()


def forgotten_session(memory: Memory) -> weakref.ref[Session]:
    session = Session()
    memory.set_aside()
    memory.forget()
    return weakref.ref(session)


def test_what_a_session_leaves_is_collected_when_nobody_is_connected(memory: Memory) -> None:
    memory.start()
    remains = forgotten_session(memory)
    assert not memory.collect_when_quiet(quiet=False)
    assert remains() is not None
    assert memory.collect_when_quiet(quiet=True)
    assert remains() is None


def test_nothing_is_collected_when_nothing_was_forgotten(memory: Memory) -> None:
    assert not memory.collect_when_quiet(quiet=True)


def test_too_much_that_was_forgotten_is_collected_in_any_case(memory: Memory) -> None:
    memory.forgotten = MOST_FORGOTTEN + 1
    assert memory.collect_when_quiet(quiet=False)
    assert memory.forgotten == 0


def test_the_collector_is_given_back_as_it_was(memory: Memory) -> None:
    before = gc.get_threshold()
    memory.start()
    assert gc.get_threshold() != before
    memory.stop()
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0
