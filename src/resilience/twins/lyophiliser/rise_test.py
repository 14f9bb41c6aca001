"""The pressure-rise test: what the pressure does while the valve to the condenser is shut tells how warm the ice is.

    P(t) = Pi - (Pi - P0) exp(-t/tau) + x t

Vapour comes up to the pressure over the ice, Pi, within seconds; the slow rise x is heating and leaks (Milton, Pikal,
Roy & Nail 1997, PDA J. 51, 7, without their term for heating). Near the end of drying few vials hold ice: tau grows,
and the answer is too cold. A leak or a pressure
that hardly rises leaves no curve to fit: then there is no answer.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from resilience.twins.draws import Floats
from resilience.twins.lyophiliser.kernel import KELVIN
from resilience.twins.lyophiliser.one_vial import CONSTANTS

_SHORTEST, _LONGEST = 0.5, 60.0
"""s, between which the time constant is sought."""
_GOLDEN: Final = (math.sqrt(5.0) - 1.0) / 2.0
_NEAR: Final = 0.01
_LEAST: Final = 5.0
"""mTorr. A smaller rise is no ice's: the noise of a gauge, or a leak, has as much of a curve in it."""
FEWEST: Final = 6
"""Readings from which a curve of four numbers can be told."""


@dataclass(frozen=True)
class Rise:
    """What a test says. `celsius` is None where the pressure shows no ice."""

    celsius: float | None
    ice_mtorr: float
    tau: float
    rise_mtorr: float
    """Over the whole test."""


def told(seconds: Floats, mtorr: Floats) -> Rise:
    """The curve that fits best: readings (n,) in mTorr at seconds (n,) from the closing of the valve."""

    def fitted(log_tau: float) -> tuple[float, Floats]:
        columns = np.column_stack((np.ones_like(seconds), -np.exp(-seconds / math.exp(log_tau)), seconds))
        found: Floats = np.linalg.lstsq(columns, mtorr, rcond=None)[0]
        return float(np.sum((columns @ found - mtorr) ** 2)), found

    low, high = math.log(_SHORTEST), math.log(_LONGEST)
    left, right = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
    for _ in range(60):
        if fitted(left)[0] < fitted(right)[0]:
            high, right = right, left
            left = high - _GOLDEN * (high - low)
        else:
            low, left = left, right
            right = low + _GOLDEN * (high - low)
    middle = 0.5 * (low + high)
    ice = float(fitted(middle)[1][0])
    at_an_end = middle < math.log(_SHORTEST) + _NEAR or middle > math.log(_LONGEST) - _NEAR
    celsius = None if at_an_end or ice - mtorr[0] < _LEAST else _over_ice(ice)
    return Rise(celsius, ice, math.exp(middle), float(mtorr[-1] - mtorr[0]))


def _over_ice(mtorr: float) -> float:
    """C of ice under a vapour pressure."""
    return CONSTANTS["psub_T_K"] / math.log(CONSTANTS["psub_pre_Torr"] / (mtorr / 1000.0)) - KELVIN
