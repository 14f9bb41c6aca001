"""Air over an open site in numbers: what settles out of first air, out of a wake, out of the air of the room."""

from __future__ import annotations

from math import pi

from resilience.training.contamination import Contamination


def settled(numbers: Contamination, radius: float, seconds: float, zone: str) -> float:
    """Expected organisms on an opening of `radius` metres that lay so long in the air of "cabinet" or "room"."""
    concentration = numbers.first_air if zone == "cabinet" else _room(numbers)
    return numbers.deposition(concentration, pi * radius**2, seconds)


def in_wake(numbers: Contamination, radius: float, seconds: float, by: str) -> float:
    """Expected organisms on an opening in the wake of a "hand" or of a "thing", or while the "cabinet" fails."""
    area = pi * radius**2
    if by == "cabinet":
        return numbers.deposition(numbers.alarm_share * _room(numbers), area, seconds)
    cfu = numbers.deposition(numbers.wake_share * _room(numbers), area, seconds)
    if by == "hand":
        shed = numbers.emission(numbers.activity_hands) * numbers.wake_shedding * seconds
        cfu += shed * min(1.0, area / numbers.wake_area)
    return cfu


def _room(numbers: Contamination) -> float:
    return numbers.room_concentration(numbers.emission(numbers.activity_arms))
