"""A net in figures, whichever way it points, and how well it is founded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from resilience.footprint.measures import Measure


class Tier(IntEnum):
    """How well the physical side is known: defaults; a profile; purchase and waste records; a comparison besides."""

    T0 = 0
    T1 = 1
    T2 = 2
    T3 = 3


@dataclass(frozen=True)
class Contribution:
    """A part of the net: its median, positive where avoided, negative where spent."""

    id: str
    median: float


@dataclass(frozen=True)
class Driver:
    """An uncertain quantity, with its squared rank correlation with the net, 0 to 1."""

    id: str
    share: float


@dataclass(frozen=True)
class Figure:
    """A net in one measure. Positive: avoided. Negative: the sessions added."""

    median: float
    p5: float
    p95: float
    probability_positive: float
    contributors: tuple[Contribution, ...] = ()
    drivers: tuple[Driver, ...] = ()


Figures = Mapping[Measure, Figure]
