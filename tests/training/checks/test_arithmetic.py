"""Arithmetic over fields and facts."""

from __future__ import annotations

import pytest

from resilience.training.checks.arithmetic import Expression

NUMBERS = {"labels-used": 12.0, "a": 2.0, "b": 3.0, "lot:x": 7.0}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("labels-used", 12.0),
        ("labels-used - a", 10.0),
        ("labels-used -2", 10.0),
        ("a + b * 4", 14.0),
        ("(a + b) * 4", 20.0),
        ("a - b - 1", -2.0),
        ("b / a", 1.5),
        ("1.5 * a", 3.0),
        ("lot:x", 7.0),
    ],
)
def test_value(text: str, value: float) -> None:
    assert Expression(text).value(NUMBERS.__getitem__) == value


def test_names_are_what_it_needs() -> None:
    assert Expression("labels-used - (a + 1)").names == {"labels-used", "a"}


@pytest.mark.parametrize("text", ["", "a +", "* a", "(a", "a)", "a b", "a $ b", "a = b", "()"])
def test_what_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="`"):
        Expression(text)
