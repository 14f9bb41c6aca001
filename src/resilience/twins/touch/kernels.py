"""The four things that happen to organisms, each linear and each keeping account.

`loads` is (faces, 2, K + 1): expected organisms on each face, vegetative and spores, in the central run and every
member. What one row loses another gains, or an account does.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from resilience.twins.draws import Floats, scrambled

_TOP = np.uint64(52)
# 64 bits less 52: the table of quantiles has 4,096 places.


@njit(cache=True)
def exchange(loads: Floats, passed: Floats, source: int, target: int, share: Floats, gained: Floats) -> None:
    """Two faces meet: H' = H + share (S - H), S' = S - share (S - H). What the target gains is added to `gained`."""
    for kind in range(2):
        for member in range(share.size):
            moved = share[member] * (loads[source, kind, member] - loads[target, kind, member])
            loads[source, kind, member] -= moved
            loads[target, kind, member] += moved
            passed[kind, member] += abs(moved)
            gained[kind, member] += moved


@njit(cache=True)
def carry(loads: Floats, passed: Floats, source: int, target: int, amount: Floats, share: Floats) -> None:
    """A share of `amount` (2, K + 1), no more than lies on the source, goes over to the target and none comes back.

    `amount` becomes what went; where it is negative nothing does.
    """
    for kind in range(2):
        for member in range(share.size):
            there = loads[source, kind, member]
            moved = min(share[member] * max(amount[kind, member], 0.0), there)
            loads[source, kind, member] = there - moved
            loads[target, kind, member] += moved
            passed[kind, member] += moved
            amount[kind, member] = moved


@njit(cache=True)
def lose(loads: Floats, account: Floats, row: int, kept: Floats) -> None:
    """A row keeps a share (2, K + 1) of what it has; the rest goes to an account."""
    for kind in range(2):
        for member in range(kept.shape[1]):
            before = loads[row, kind, member]
            after = before * kept[kind, member]
            loads[row, kind, member] = after
            account[kind, member] += before - after


@njit(cache=True)
def enter(loads: Floats, account: Floats, row: int, organisms: Floats, spores: Floats) -> None:
    """Organisms (K + 1,) come to a row from outside, a share of them as spores; the account keeps them."""
    for member in range(organisms.size):
        spore = organisms[member] * spores[member]
        vegetative = organisms[member] - spore
        loads[row, 0, member] += vegetative
        loads[row, 1, member] += spore
        account[0, member] += vegetative
        account[1, member] += spore


@njit(cache=True)
def sterile_shares(start: np.uint64, level: Floats, table: Floats, out: Floats) -> None:
    """Shares of one touch on a sterile face: the member's median times one look-up each; the central run's median."""
    out[0] = min(1.0, level[0])
    for member in range(1, out.size):
        out[member] = min(1.0, level[member] * table[scrambled(start, member) >> _TOP])
