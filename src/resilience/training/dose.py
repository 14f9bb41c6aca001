"""The dose: organisms expected to have come into each container, by which route, and what brought them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Route = Literal["air", "surface", "liquid"]
ROUTES: tuple[Route, ...] = ("air", "surface", "liquid")


@dataclass(frozen=True, slots=True)
class Contribution:
    """One thing that brought organisms in: `what` did it, at `tick`, for `seconds`, `cfu` expected organisms."""

    route: Route
    what: str
    tick: int
    seconds: float
    cfu: float


class Ledger:
    """Contributions per container, in the order they came."""

    def __init__(self) -> None:
        self.of: dict[str, list[Contribution]] = {}

    def add(self, item: str, route: Route, what: str, tick: int, seconds: float, cfu: float) -> None:
        if cfu > 0:
            self.of.setdefault(item, []).append(Contribution(route, what, tick, seconds, cfu))

    def by_route(self, item: str) -> dict[Route, float]:
        """Expected organisms in one container, by route."""
        sums: dict[Route, float] = dict.fromkeys(ROUTES, 0.0)
        for contribution in self.of.get(item, ()):
            sums[contribution.route] += contribution.cfu
        return sums

    def expected(self, item: str) -> float:
        """Expected organisms in one container."""
        return sum(contribution.cfu for contribution in self.of.get(item, ()))
