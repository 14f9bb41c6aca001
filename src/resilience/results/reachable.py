"""Whether a printed percentage can come from whole people: the GRIM test.

N. J. L. Brown and J. A. J. Heathers, "The GRIM Test", Social Psychological and Personality Science 8 (2017) 363-369.
66 % of 75 cannot: 49 of 75 is 65.3 % and 50 of 75 is 66.7 %. A share that stands exactly between two printed numbers
may have been rounded either way.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from resilience.training.errors import BadInput

_PRINTED = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?\s*%?", re.ASCII)


@dataclass(frozen=True)
class Neighbour:
    """What a base can give: so many of it, and that as a percentage with one decimal more than was printed."""

    count: int
    percent: str


@dataclass(frozen=True)
class Reach:
    """The answer for one printed percentage and one base."""

    printed: str
    base: int
    # The whole numbers out of the base that are printed so; none, if it cannot be reached.
    counts: list[int]
    below: Neighbour | None
    above: Neighbour | None

    @property
    def ok(self) -> bool:
        return bool(self.counts)

    def __str__(self) -> str:
        if self.ok:
            return f"{self.printed} can come from {self.base}: {' or '.join(map(str, self.counts))}"
        near = [f"{found.count} is {found.percent}" for found in (self.below, self.above) if found is not None]
        return f"{self.printed} cannot come from {self.base}: {', '.join(near)}"


def number_of(printed: str) -> tuple[Fraction, int]:
    """A printed number and its decimals: "65.8 %" is (329/5, 1), "1,200" is (1200, 0). Raises BadInput."""
    found = _PRINTED.fullmatch(printed.strip())
    if found is None:
        raise BadInput(f"`{printed}` is no printed figure", "printed", "Write it as in 66, 65.8 % or 1,200.")
    whole, decimals = found.group(1).replace(",", ""), found.group(2) or ""
    return Fraction(f"{whole}.{decimals or 0}"), len(decimals)


def reach(printed: str, base: int) -> Reach:
    """Whether the printed percentage can come from so many people. Raises BadInput for what is no percentage, and for
    a base below 1."""
    if base < 1:
        raise BadInput(f"a percentage of {base} says nothing", "base", "Take a base of 1 or more.")
    percent, decimals = number_of(printed)
    if percent > 100:
        raise BadInput(f"`{printed}` is more than 100 %", "printed", "Correct it.")
    slack = Fraction(1, 2 * 10**decimals)
    lowest = max(0, math.ceil((percent - slack) * base / 100))
    highest = min(base, math.floor((percent + slack) * base / 100))
    exact = percent * base / 100
    return Reach(
        printed=printed.strip(),
        base=base,
        counts=list(range(lowest, highest + 1)),
        below=_neighbour(math.ceil(exact) - 1, base, decimals),
        above=_neighbour(math.floor(exact) + 1, base, decimals),
    )


def _neighbour(count: int, base: int, decimals: int) -> Neighbour | None:
    if not 0 <= count <= base:
        return None
    scale = 10 ** (decimals + 1)
    return Neighbour(count, f"{(200 * scale * count + base) // (2 * base) / scale:.{decimals + 1}f}")


def bases(printed: Iterable[str], lowest: int, highest: int) -> list[int]:
    """The bases from lowest to highest that every one of the printed percentages can come from. Raises BadInput."""
    wanted = list(printed)
    return [base for base in range(max(1, lowest), highest + 1) if all(reach(one, base).ok for one in wanted)]
