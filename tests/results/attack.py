"""An attacker who has every released table of every quarter, knows the method, and solves for what was not shown.

For each strand and question the unknowns are the true number of people in each row up to each quarter, and how many
answered. Everything that was released is a constraint on them; that forms come in and are not taken back is another,
which makes the attacker stronger than they are. Integer programming then gives the least and the greatest that every
single unknown can be, and every difference of two quarters: all linear combinations of all that was shown are in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from resilience.results.diversity_tables import Method, Table

FEW = range(1, 10)
# An interval that holds nought hides a person among 3 numbers, as a rounded 0 does; any other among 5, as 5 or 10 does.
WITH_NOUGHT, WITHOUT_NOUGHT = 3, 5


@dataclass(frozen=True)
class Told:
    """Somebody is given away: a cell or a difference of 1 to 9 people is known more closely than rounding allows."""

    what: str
    true: int
    low: int
    high: int


@dataclass(frozen=True)
class Truth:
    """The true cells of one quarter."""

    counts: dict[str, int]
    answered: int
    asked: int


def attack(table: Table, truths: list[Truth], released: list[dict[str, Any]]) -> Iterator[Told]:
    """What can be told of the true numbers of one table from its releases, quarter by quarter."""
    rows = [row.id for row in table.rows]
    width = len(rows) + 1
    size = width * len(truths)

    def at(quarter: int, row: str | None) -> int:
        return quarter * width + (rows.index(row) if row is not None else len(rows))

    system = System(size, max(truth.asked for truth in truths))
    for quarter, cells in enumerate(released):
        everybody = [at(quarter, row) for row in rows]
        answered = at(quarter, None)
        if table.several:
            for row in everybody:
                system.add({row: 1, answered: -1}, -np.inf, 0)
            system.add(dict.fromkeys(everybody, 1) | {answered: -1}, 0, np.inf)
        else:
            system.add(dict.fromkeys(everybody, 1) | {answered: -1}, 0, 0)
        if quarter:
            for now, before in zip(
                range(at(quarter, rows[0]), answered + 1), range(at(quarter - 1, rows[0]), size), strict=False
            ):
                system.add({now: 1, before: -1}, 0, np.inf)
        # A quarter that is held back shows an older one, which is there already.
        if cells["stands_from"] is None:
            for row in rows:
                system.show(at(quarter, row), cells["rows"][row]["count"], table.method)
            system.show(answered, cells["total"], table.method)
    targets = [({at(q, row): 1}, truth.counts[row], f"{row} {q}") for q, truth in enumerate(truths) for row in rows]
    targets += [
        (
            {at(later, row): 1, at(sooner, row): -1},
            truths[later].counts[row] - truths[sooner].counts[row],
            f"{row} {sooner}-{later}",
        )
        for sooner, later in combinations(range(len(truths)), 2)
        for row in rows
    ]
    for combination, true, what in targets:
        if true not in FEW:
            continue
        low, high = system.range(combination)
        assert low <= true <= high, "the attacker's model must hold the truth"
        if high - low + 1 < (WITH_NOUGHT if low <= 0 else WITHOUT_NOUGHT):
            yield Told(f"{table.id} {what}", true, low, high)


class System:
    """Linear constraints on whole numbers of people."""

    def __init__(self, size: int, most: int) -> None:
        self._low, self._high = np.zeros(size), np.full(size, float(most))
        self._rows: list[np.ndarray[Any, Any]] = []
        self._limits: list[tuple[float, float]] = []

    def add(self, combination: dict[int, int], low: float, high: float) -> None:
        self._rows.append(self._vector(combination))
        self._limits.append((low, high))

    def show(self, unknown: int, shown: int | None, method: Method) -> None:
        if shown is None:
            return
        low, high = (shown - 2, shown + 2) if method is Method.ROUNDING else (shown, shown)
        self._low[unknown] = max(self._low[unknown], low)
        self._high[unknown] = min(self._high[unknown], high)

    def range(self, combination: dict[int, int]) -> tuple[int, int]:
        return self._extreme(combination, 1), -self._extreme(combination, -1)

    def _extreme(self, combination: dict[int, int], sign: int) -> int:
        low, high = np.array(self._limits).T
        solved = milp(
            sign * self._vector(combination),
            constraints=LinearConstraint(np.array(self._rows), low, high),
            bounds=Bounds(self._low, self._high),
            integrality=np.ones(len(self._low)),
        )
        assert solved.success, solved.message
        return round(solved.fun)

    def _vector(self, combination: dict[int, int]) -> np.ndarray[Any, Any]:
        vector = np.zeros(len(self._low))
        for place, factor in combination.items():
            vector[place] += factor
        return vector
