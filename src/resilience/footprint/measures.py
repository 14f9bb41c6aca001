"""The three measures of a net, and arithmetic that keeps them apart."""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from resilience.footprint.uncertainty import Array


class Measure(StrEnum):
    """What is counted, with its unit in the name."""

    WASTE = "waste_kg"
    CARBON = "co2e_kg"
    MONEY = "gbp"


def amounts(n: int, waste: Array | float = 0.0, carbon: Array | float = 0.0, money: Array | float = 0.0) -> Array:
    """Shape (3, n), in the order of Measure."""
    stacked = np.empty((3, n))
    stacked[0], stacked[1], stacked[2] = waste, carbon, money
    return stacked
