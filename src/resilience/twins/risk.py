"""Risk: what came into each container, by which route, through what, and what that makes of a batch.

P = 1 - exp(-organisms expected), summed over air, surface and liquid, the three routes of Whyte and Eaton 2016. Every
number is an array (K + 1,): the central run, then the members of an ensemble of what the parameters may be.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, Literal

import numpy as np

from resilience.twins import checks, draws
from resilience.twins.draws import Floats
from resilience.twins.errors import BadInput

Route = Literal["air", "surface", "liquid"]
ROUTES: Final[tuple[Route, ...]] = ("air", "surface", "liquid")
Trail = tuple[tuple[str, int], ...]
"""What brought something and when (tick), nearest first: the left glove at 4900, which the grille soiled at 4600."""
MOST_CONTRIBUTORS: Final = 5


@dataclass(frozen=True, slots=True)
class Contribution:
    """Organisms (K + 1,) expected to have come in by `route`, through `cause`, from `tick` on for `seconds`.

    `before` is how most of them had come to the cause, nearest first; nothing where they were there from the start.
    """

    route: Route
    cause: str
    tick: int
    seconds: float
    organisms: Floats
    before: Trail = ()


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its uncertainty: at the published values, and mean, median and 90 % interval of the members."""

    central: float
    mean: float
    median: float
    low: float
    high: float


def estimate(values: Floats) -> Estimate:
    """(K + 1,) summed up. Without members the interval is the central value alone."""
    members = values[1:] if values.size > 1 else values
    low, median, high = np.quantile(members, (0.05, 0.5, 0.95))
    return Estimate(float(values[0]), float(members.mean()), float(median), float(low), float(high))


class Ledger:
    """Contributions to each container, in the order they came. `width` is K + 1."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.of: dict[str, list[Contribution]] = {}

    def open(self, container: str) -> None:
        """Keep an account for a container, though nothing may ever come into it."""
        self.of.setdefault(container, [])

    def add(self, container: str, contribution: Contribution) -> None:
        """Book what came in. Raises BadInput for an unknown route or numbers that cannot be."""
        organisms = contribution.organisms
        if contribution.route not in ROUTES:
            raise BadInput(f"unknown route `{contribution.route}`", container, f"Use one of {', '.join(ROUTES)}.")
        if organisms.shape != (self.width,):
            raise BadInput(
                f"{organisms.size} numbers where {self.width} are kept", container, "Give one a member, central first."
            )
        if not np.all(np.isfinite(organisms)) or np.any(organisms < 0.0):
            raise BadInput("organisms that are negative or no number", container, "Give numbers from 0 up.")
        checks.from_zero(contribution.seconds, container, "seconds")
        self.of.setdefault(container, []).append(contribution)

    def pour_out(self, container: str, share: float) -> None:
        """A share of the contents leaves: every contribution to it grows less alike."""
        kept = [replace(entry, organisms=entry.organisms * (1.0 - share)) for entry in self.of[container]]
        self.of[container] = kept

    def expected(self, container: str, route: Route | None = None) -> Floats:
        """(K + 1,) organisms expected in one container, by one route or by all."""
        total = np.zeros(self.width)
        for entry in self._entries(container):
            if route is None or entry.route == route:
                total += entry.organisms
        return total

    def probability(self, container: str) -> Floats:
        """(K + 1,) probability that a container holds at least one organism."""
        return -np.expm1(-self.expected(container))

    def contributors(self, container: str, most: int = MOST_CONTRIBUTORS) -> list[dict[str, Any]]:
        """What brought most, largest first: the same cause by the same route together, at its largest single one.

        Each: `route`, `cause`; `tick`, `seconds` and `before` (a list of `cause` and `tick`) of the largest single
        contribution; `total_seconds`, `times`, `organisms` (central) and `share` of the container's expected organisms,
        an Estimate as a mapping.
        """
        gathered: dict[tuple[str, str], list[Contribution]] = {}
        for entry in self._entries(container):
            gathered.setdefault((entry.route, entry.cause), []).append(entry)
        total = self.expected(container)
        divisor = np.where(total > 0.0, total, 1.0)
        shown: list[dict[str, Any]] = []
        for (route, cause), entries in gathered.items():
            organisms = np.sum([entry.organisms for entry in entries], axis=0)
            largest = max(entries, key=lambda entry: (entry.organisms[0], -entry.tick))
            shown.append(
                {
                    "route": route,
                    "cause": cause,
                    "tick": largest.tick,
                    "seconds": largest.seconds,
                    "before": [{"cause": cause, "tick": tick} for cause, tick in largest.before],
                    "total_seconds": sum(entry.seconds for entry in entries),
                    "times": len(entries),
                    "organisms": float(organisms[0]),
                    "share": asdict(estimate(organisms / divisor)),
                }
            )
        shown.sort(key=lambda entry: (-entry["organisms"], entry["route"], entry["cause"]))
        return shown[:most]

    def copy(self) -> Ledger:
        """A ledger that goes on without this one; contributions never change, so they are shared."""
        other = Ledger(self.width)
        other.of = {container: list(entries) for container, entries in self.of.items()}
        return other

    def _entries(self, container: str) -> list[Contribution]:
        if container not in self.of:
            raise BadInput(f"no account of `{container}`", "container", "Name a container that was opened.")
        return self.of[container]


def report(ledger: Ledger, seed: int, containers: Iterable[str] | None = None) -> dict[str, Any]:
    """What became of containers (all by default) and of the batch they make, as plain data.

    `drawn` is one seeded incubation of the central run: luck, which is why the expected number stands beside it.
    """
    names = list(ledger.of if containers is None else containers)
    units = {name: _unit(ledger, seed, name) for name in names}
    total = np.zeros(ledger.width)
    contaminated = np.zeros(ledger.width)
    for name in names:
        total += ledger.expected(name)
        contaminated += ledger.probability(name)
    return {
        "units": units,
        "batch": {
            "units": len(names),
            "expected_organisms": asdict(estimate(total)),
            "expected_contaminated": asdict(estimate(contaminated)),
            # Given the parameters the units are independent, so that the batch is clean with exp(-sum of all).
            "at_least_one": asdict(estimate(-np.expm1(-total))),
            "drawn_contaminated": sum(unit["drawn"] > 0 for unit in units.values()),
        },
    }


def relative(
    ledger: Ledger,
    reference: Ledger,
    containers: Iterable[str] | None = None,
    route: Route | None = None,
    of: Iterable[str] | None = None,
) -> Estimate:
    """How many times the organisms of a reference run are expected in a container, on the mean.

    Of `containers` (all of this ledger by default) and of those of the reference (`of`, the same ones by default), by
    one route or by all. Compared member by member, so that what is as wrong in both runs cancels: to be shown where
    absolute numbers are not calibrated. Both runs need one seed. Raises BadInput where there is no container, the
    reference holds nothing, or has other members.
    """
    if ledger.width != reference.width:
        wrong = f"{reference.width} numbers where {ledger.width} are kept"
        raise BadInput(wrong, "reference", "Compare runs of the same members.")
    ours = list(ledger.of if containers is None else containers)
    theirs = ours if of is None else list(of)
    if not ours or not theirs:
        raise BadInput("no container to compare", "containers", "Name at least one of each run.")
    one, other = _mean(ledger, ours, route), _mean(reference, theirs, route)
    if not np.all(other > 0.0):
        raise BadInput("the reference expects no organisms", "reference", "Compare with a run that does.")
    return estimate(one / other)


def _mean(ledger: Ledger, containers: list[str], route: Route | None) -> Floats:
    total: Floats = np.sum([ledger.expected(name, route) for name in containers], axis=0)
    return total / len(containers)


def _unit(ledger: Ledger, seed: int, name: str) -> dict[str, Any]:
    expected = ledger.expected(name)
    return {
        "expected": asdict(estimate(expected)),
        "by_route": {route: asdict(estimate(ledger.expected(name, route))) for route in ROUTES},
        "probability": asdict(estimate(ledger.probability(name))),
        "drawn": draws.poisson(draws.named(seed, "colonies", name), float(expected[0])),
        "contributors": ledger.contributors(name),
    }
