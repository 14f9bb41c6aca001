"""Colonies drawn from an expected number: the same on every machine for the same module, seed and item.

The shown draw is one possible incubation. It is luck, so the expected number always stands beside it.
"""

from __future__ import annotations

import hashlib
from decimal import Decimal, localcontext

# Beyond this the colonies run together and nobody would count them.
MOST_COLONIES = 10_000
_DIGITS = 34
_UNIFORM_BITS = 53


def drawn_colonies(module: str, seed: int, item: str, expected: float) -> int:
    """Draw from a Poisson distribution with mean `expected` (colonies), by inversion.

    The uniform number comes from a hash and the exponential from decimal arithmetic, which rounds alike everywhere.
    """
    if expected <= 0:
        return 0
    with localcontext() as context:
        context.prec = _DIGITS
        uniform = Decimal(_uniform(f"{module}/{seed}/{item}")) / Decimal(2**_UNIFORM_BITS)
        mean = Decimal(repr(min(expected, float(MOST_COLONIES))))
        probability = (-mean).exp()
        cumulative, count = probability, 0
        while uniform >= cumulative and count < 2 * MOST_COLONIES:
            count += 1
            probability *= mean / count
            cumulative += probability
    return count


def _uniform(text: str) -> int:
    """A whole number from 0 up to 2^53, evenly spread over texts."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") >> (64 - _UNIFORM_BITS)
