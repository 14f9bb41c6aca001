"""What has a closed form: times and volumes under a gel layer, and the flux against an osmotic pressure.

The numerical twin is held against these, and so is the field's arithmetic on paper. L, g/L, m2, h, L/(m2 h), bar.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from resilience.twins.errors import BadInput

_EULER: Final = 0.57721566490153286
_MOST_TERMS: Final = 500
_MOST_HALVINGS: Final = 200
_MOST_FILM: Final = 600.0
"""exp of more is no number; long before, the wall would be harder than any protein."""


def exponential_integral(x: float) -> float:
    """Ei(x) of x > 0 by its power series, to the rounding of the machine."""
    term, total = 1.0, 0.0
    for k in range(1, _MOST_TERMS):
        term *= x / k
        total += term / k
        if term < 1e-17 * k * total:
            break
    return _EULER + math.log(x) + total


def gel_flux(k: float, gel: float, bulk: float) -> float:
    """Flux of a membrane under a gel layer, all protein retained."""
    return k * math.log(gel / bulk)


def concentrating_hours(protein: float, area: float, k: float, gel: float, start: float, end: float) -> float:
    """Time to take `protein` g from `start` to `end` g/L, gel layer, all protein retained.

    dV/dt = -A k ln(gel/C) with C = protein/V has the solution in exponential integrals.
    """
    if not 0.0 < start <= end < gel:
        wrong = f"concentrating from {start:g} to {end:g} g/L under a gel layer of {gel:g} g/L"
        raise BadInput(wrong, "concentration", "Order start, end and gel concentration.")
    there = exponential_integral(math.log(gel / start)) - exponential_integral(math.log(gel / end))
    return protein / (area * k * gel) * there


def osmotic_flux(
    pressure: float, resistance: float, k: float, bulk: float, osmotic: Sequence[float]
) -> tuple[float, float]:
    """Flux and concentration at the membrane where J = (pressure - pi(Cw))/resistance and Cw = bulk exp(J/k).

    pressure: bar; resistance: bar per L/(m2 h); osmotic: coefficients of pi = a1 Cw + a2 Cw2 + ..., bar. The flux is 0
    where the osmotic pressure of the bulk alone exceeds the pressure.
    """
    if pressure <= _polynomial(osmotic, bulk):
        return 0.0, bulk

    def wall(flux: float) -> float:
        return bulk * math.exp(min(flux / k, _MOST_FILM))

    def excess(flux: float) -> float:
        return flux * resistance + _polynomial(osmotic, wall(flux)) - pressure

    # The excess grows with the flux: halve the interval until it is as small as numbers can be.
    low, high = 0.0, pressure / resistance if resistance > 0.0 else k
    while resistance == 0.0 and excess(high) < 0.0:
        high *= 2.0
    for _ in range(_MOST_HALVINGS):
        middle = 0.5 * (low + high)
        if middle in (low, high):
            break
        low, high = (low, middle) if excess(middle) > 0.0 else (middle, high)
    flux = 0.5 * (low + high)
    return flux, wall(flux)


def _polynomial(coefficients: Sequence[float], concentration: float) -> float:
    total = 0.0
    for coefficient in reversed(coefficients):
        total = (total + coefficient) * concentration
    return total
