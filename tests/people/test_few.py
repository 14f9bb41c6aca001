"""How few people are told of."""

from __future__ import annotations

from resilience.people import few


def test_a_handful_is_told_as_such_and_nobody_as_nobody() -> None:
    assert [few.told(number) for number in (0, 1, 4, 5, 30)] == [0, None, None, 5, 30]
