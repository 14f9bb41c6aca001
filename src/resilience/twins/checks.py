"""Numbers that cannot be are refused where they come in: once inside they would spread through every result."""

from __future__ import annotations

import math

from resilience.twins.errors import BadInput


def from_zero(value: float, where: str, what: str) -> float:
    """A finite number from 0 up, or BadInput."""
    if not 0.0 <= value < math.inf:
        raise BadInput(f"{what} negative or no number: {value}", where, "Give a finite number from 0 up.")
    return value


def above_zero(value: float, where: str, what: str) -> float:
    """A finite number above 0, or BadInput."""
    if not 0.0 < value < math.inf:
        raise BadInput(f"{what} not above 0 or no number: {value}", where, "Give a finite number above 0.")
    return value


def share(value: float, where: str, what: str) -> float:
    """A number from 0 to 1, or BadInput."""
    if not 0.0 <= value <= 1.0:
        raise BadInput(f"{what} {value} is no share", where, "Give a number from 0 to 1.")
    return value
