"""Disclosure control as arithmetic: cells in, what may be shown of them out. Knows no tables and no store.

Rounding follows the rounding and suppression strategy of HESA (Jisc): counts of people to the nearest 5, halves up, so
that fewer than 2.5 become 0; percentages over fewer than 22.5 people and averages over 7 or fewer are left out; totals
are rounded after adding. Suppression leaves out what is below 10, and as much more as keeps it from being worked out.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ROUNDED_TO = 5
FEWEST_IN_A_PERCENTAGE = 22.5
MOST_WITHOUT_AN_AVERAGE = 7
FEWEST_SHOWN = 10


@dataclass(frozen=True)
class Shown:
    """What may be shown of a table: counts by row (None: left out), and how many answered (None: left out)."""

    counts: dict[str, int | None]
    total: int | None

    def percentage(self, row: str) -> float | None:
        """Of the numbers shown, never of those behind them: it tells nothing that they do not."""
        count = self.counts[row]
        if count is None or self.total is None or self.total < FEWEST_IN_A_PERCENTAGE:
            return None
        return min(100.0, round(100 * count / self.total, 1))


def rounded(number: float) -> int:
    """To the nearest 5, halves up: 2 and 2.4 become 0, 2.5 becomes 5, 7.5 becomes 10."""
    return math.floor(number / ROUNDED_TO + 0.5) * ROUNDED_TO


def by_rounding(counts: Mapping[str, int], answered: int, exclusive: bool) -> Shown:
    """Every cell rounded, the total rounded after adding.

    Where each person is in one row (exclusive), cells and total could narrow each other: two cells shown as 0 with a
    total of 5 hold at least one person each. The total is left out where it would.
    """
    shown = {row: rounded(count) for row, count in counts.items()}
    total = rounded(answered)
    return Shown(dict(shown), None if exclusive and _narrows(shown, total) else total)


def bounds(shown: int) -> tuple[int, int]:
    """Fewest and most people that are shown as this rounded number."""
    return max(0, shown - 2), shown + 2


def _narrows(shown: Mapping[str, int], total: int) -> bool:
    """Whether a reader can tell more of a small cell with the total than without it."""
    fewest, most = bounds(total)
    limits = {row: bounds(count) for row, count in shown.items()}
    low, high = sum(low for low, _ in limits.values()), sum(high for _, high in limits.values())
    for row_low, row_high in limits.values():
        if row_low >= FEWEST_SHOWN:
            continue
        least, largest = fewest - (high - row_high), most - (low - row_low)
        if least > row_low or largest < row_high:
            return True
    return False


def by_suppression(counts: Mapping[str, int]) -> Shown:
    """Exact cells of 10 and more. Below that a cell is left out, and with it the next smallest until those left out
    are two or more and hold 10 people or more together; the total then is left out as well."""
    order = sorted(counts, key=lambda row: (counts[row], row))
    hidden = [row for row in order if counts[row] < FEWEST_SHOWN]
    if not hidden:
        return Shown(dict(counts), sum(counts.values()))
    for row in order[len(hidden) :]:
        if len(hidden) >= 2 and sum(counts[other] for other in hidden) >= FEWEST_SHOWN:
            break
        hidden.append(row)
    return Shown({row: None if row in hidden else count for row, count in counts.items()}, None)


def tells_apart(new: Shown, earlier: Mapping[str, Any]) -> bool:
    """Whether exact cells of two quarters differ by 1 to 9 people, who could then be read off by subtraction."""
    for row, count in new.counts.items():
        before = earlier.get(row)
        if count is not None and before is not None and 0 < abs(count - before) < FEWEST_SHOWN:
            return True
    return False
