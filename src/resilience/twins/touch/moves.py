"""The four things that happen to organisms, each linear and each keeping account.

`loads` is (rows, 2, K + 1): expected organisms on each face, vegetative and spores, in the central run and every
member. What one row loses another gains, or an account does.
"""

from __future__ import annotations

import numpy as np

from resilience.twins.draws import Floats


def exchange(loads: Floats, passed: Floats, source: int, target: int, share: Floats) -> Floats:
    """Two faces meet: H' = H + share (S - H), S' = S - share (S - H). Gives what the target gained (2, K + 1)."""
    giving, taking = loads[source], loads[target]
    moved: Floats = giving - taking
    moved *= share
    giving -= moved
    taking += moved
    passed += np.abs(moved)
    return moved


def carry(loads: Floats, passed: Floats, source: int, target: int, amount: Floats, share: Floats | float) -> Floats:
    """A share of an amount (2, K + 1) that lies on the source goes over and none comes back. Gives what went.

    Where the amount is negative (a contact took more than it gave) nothing goes.
    """
    went: Floats = np.maximum(amount, 0.0) * share
    loads[source] -= went
    loads[target] += went
    passed += went
    return went


def lose(loads: Floats, account: Floats, row: int, kept: Floats | float) -> Floats:
    """A row keeps a share (2, K + 1) of what it has, and the rest goes to an account. Gives what went."""
    there = loads[row]
    before: Floats = there.copy()
    there *= kept
    before -= there
    account += before
    return before


def enter(loads: Floats, account: Floats, row: int, organisms: Floats, spores: Floats) -> None:
    """Organisms (K + 1,) come to a row from outside, a share of them as spores; the account keeps them."""
    came = np.empty_like(account)
    came[1] = organisms * spores
    came[0] = organisms - came[1]
    loads[row] += came
    account += came
