"""Exact steps of a linear compartment model: what flows between well-mixed compartments, over any time.

dx/dt = A x + b with A's off-diagonal entries and b not negative. The exponential is summed from positive terms only
(uniformisation), so nothing cancels: where the columns of A sum to nothing, the amounts stay what they were to the last
bits, whatever the step.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]


def propagator(rates: Matrix, source: Matrix, seconds: float) -> Matrix:
    """The matrix that takes (x, 1) to (x, 1) after `seconds`. rates: (n, n) in 1/s; source: (n,) in 1/s."""
    n = len(source)
    whole = np.zeros((n + 1, n + 1))
    whole[:n, :n], whole[:n, n] = rates, source
    # A source far above the rates would need many terms: its column is scaled to them and back.
    fastest = float(np.max(-np.diag(rates), initial=0.0))
    scale = float(np.max(source, initial=0.0)) / (fastest or 1.0) or 1.0
    whole[:n, n] /= scale
    halvings = max(0, int(np.ceil(np.log2(max(fastest * seconds, 1e-300)))))
    share = seconds / 2**halvings
    positive = (whole + fastest * np.eye(n + 1)) * share
    term = np.eye(n + 1)
    total: Matrix = np.eye(n + 1)
    for order in range(1, 60):
        term = term @ positive / order
        total = total + term
        if float(term.max()) < 1e-18 * float(total.max()):
            break
    # The factor that belongs to the shift; squared with the rest.
    total = total * np.exp(-fastest * share)
    for _ in range(halvings):
        total = total @ total
    total[:n, n] *= scale
    return total
