"""Everything of the bioreactor that is compiled, in one file: compiled code is kept by file.

Amounts follow the reference model: V in L, cells in 1e9, metabolites in mmol, antibody in mg, time in h. Parameters
come as a numpy record with the names of the parameter files, so that compiled code reads `p.qG_max1`.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
STEP: Final = 20.0 / 3600.0
"""h. The longest step of the integrator, and the time between two scans of the control loops."""
CORE: Final = 9
"""Volume, then the eight amounts of the reference model."""
_SAFE: Final = 1.5
"""Fourth-order Runge-Kutta is stable up to 2.78 times the inverse of the fastest rate; half of that is also exact."""


@njit(cache=True, inline="always")
def _uptake(glucose: float, glutamine: float, ammonia: float, scale: float, p: Any) -> tuple[float, ...]:
    """Uptake, what respiration takes, what overflows (glucose, then glutamine), maintenance: mmol/(1e9 cells h)."""
    g, n = max(glucose, 0.0), max(glutamine, 0.0)
    q_g1 = scale * p.qG_max1 * g / (p.KG + g) * n / (p.KGn1 + n)
    q_n1 = scale * p.qGn_max1 * n / (p.KGn + n) * p.KN / (p.KN + max(ammonia, 0.0))
    q_g, q_n = min(q_g1, scale * p.qG_max2), min(q_n1, scale * p.qGn_max2)
    # Maintenance takes what is there where there is less: its limit is the concentration itself, per hour.
    return q_g1, q_n1, q_g, q_n, q_g1 - q_g, q_n1 - q_n, scale * min(p.mG, g), scale * min(p.mGn, n)


@njit(cache=True, inline="always")
def _starving(glucose: float, glutamine: float, p: Any) -> float:
    """Death for want of glucose and glutamine, 1/h."""
    g, n = max(glucose, 0.0), max(glutamine, 0.0)
    return p.mu_d_max * p.KGd / (p.KGd + g) * p.KGnd / (p.KGnd + n)


@njit(cache=True)
def _fed_batch_rates(y: Floats, feed: float, c_in: Floats, p: Any, dy: Floats) -> float:
    """The reference model: dy/dt for a feed in L/h; gives the growth rate, 1/h."""
    volume = y[0]
    viable, dead, lysed = y[1] / volume, y[2] / volume, y[3] / volume
    glucose, glutamine, ammonia = y[4] / volume, y[5] / volume, y[7] / volume
    q_g1, q_n1, q_g, q_n, g_over, n_over, m_g, m_n = _uptake(glucose, glutamine, ammonia, 1.0, p)
    mu = p.a * q_g + p.cc * q_n
    mu_d = _starving(glucose, glutamine, p) + p.k_toxic * lysed
    lysis_v, lysis_d = p.k_lysis_v * viable, p.k_lysis_d * dead
    dy[0] = feed
    dy[1] = volume * ((mu - mu_d) * viable - lysis_v) + feed * c_in[0]
    dy[2] = volume * (mu_d * viable - lysis_d) + feed * c_in[1]
    dy[3] = volume * (lysis_v + lysis_d) + feed * c_in[2]
    dy[4] = -volume * (q_g1 + m_g) * viable + feed * c_in[3]
    dy[5] = -volume * (q_n1 + m_n) * viable + feed * c_in[4]
    dy[6] = volume * (p.b * q_g + 2.0 * g_over + 0.5 * n_over) * viable + feed * c_in[5]
    dy[7] = volume * (p.d * q_n + n_over) * viable + feed * c_in[6]
    dy[8] = volume * (p.alpha * mu + p.beta) * viable + feed * c_in[7]
    return float(mu)


@njit(cache=True)
def fed_batch(y: Floats, until: Floats, feeds: Floats, c_in: Floats, p: Any) -> Floats:
    """The reference model from y at time 0 through the times `until` (h), each reached under its feed (L/h).

    y: (9,) volume and amounts; p: a record of the kinetics. Gives (times, 10): the state at each, and the growth rate
    under the feed that leads there. A number that is none stays one: the caller looks for it.
    """
    found = np.empty((len(until), CORE + 1))
    y, dy, stage, total = y.copy(), np.empty(CORE), np.empty(CORE), np.empty(CORE)
    now = 0.0
    fastest = max(p.qG_max1 / p.KG, p.qGn_max1 / p.KGn, 1.0)
    for row in range(len(until)):
        span = until[row] - now
        steps = max(1, int(np.ceil(span / min(STEP, _SAFE / (1e-9 + fastest * y[1] / y[0])))))
        h = span / steps
        for _ in range(steps):
            _fed_batch_rates(y, feeds[row], c_in, p, dy)
            for i in range(CORE):
                total[i], stage[i] = dy[i], y[i] + 0.5 * h * dy[i]
            _fed_batch_rates(stage, feeds[row], c_in, p, dy)
            for i in range(CORE):
                total[i] += 2.0 * dy[i]
                stage[i] = y[i] + 0.5 * h * dy[i]
            _fed_batch_rates(stage, feeds[row], c_in, p, dy)
            for i in range(CORE):
                total[i] += 2.0 * dy[i]
                stage[i] = y[i] + h * dy[i]
            _fed_batch_rates(stage, feeds[row], c_in, p, dy)
            for i in range(CORE):
                y[i] += h / 6.0 * (total[i] + dy[i])
        now = until[row]
        found[row, :CORE] = y
        found[row, CORE] = _fed_batch_rates(y, feeds[row], c_in, p, dy)
    return found
