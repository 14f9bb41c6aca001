"""The scheme in time: ARS(3,4,3) of Ascher, Ruuth & Spiteri 1997 (Applied Numerical Mathematics 25, 151-167).

Three implicit stages (L-stable, stiffly accurate) beside four explicit ones that are as stable as the classical
Runge-Kutta scheme. It costs half as much again a step as ARS(2,2,2), and for the front of an elution it is worth three
times the step at equal error. Its two middle stages alone are of second order: what both are apart estimates the error.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from resilience.twins.chromatography.kernel import Scheme

ORDER: Final = 3
_FREE: Final = 0.5529291479
"""The free coefficient as the authors chose it."""


def third_order() -> Scheme:
    """ARS(3,4,3)."""
    # The root by which the implicit part is L-stable.
    g = next(float(root.real) for root in np.roots([6.0, -18.0, 9.0, -1.0]) if 0.4 < root.real < 0.5)
    b1, b2 = -1.5 * g * g + 4.0 * g - 0.25, 1.5 * g * g - 5.0 * g + 1.25
    middle = (1.0 + g) / 2.0
    # Third order wants that the sum of b a c is 1/6.
    a32 = (1.0 / 6.0 - g * _FREE * (g + middle)) / (b2 * g)
    explicit = np.zeros((4, 4))
    explicit[1, :1] = g
    explicit[2, :2] = middle - a32, a32
    explicit[3, :3] = 1.0 - 2.0 * _FREE, _FREE, _FREE
    implicit = np.zeros((4, 4))
    implicit[1, 1] = g
    implicit[2, 1:3] = middle - g, g
    implicit[3, 1:] = b1, b2, g
    weights = implicit[3].copy()
    # Second order of the middle stages: sum b = 1, sum b c = 1/2.
    b = (0.5 - g) / (middle - g)
    return Scheme(
        explicit, implicit, weights, weights - np.array([0.0, 1.0 - b, b, 0.0]), np.array([0.0, g, middle, 1.0])
    )
