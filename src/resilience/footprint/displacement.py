"""How much of a physical run a session replaced: priors by purpose, a site's own comparison, and the cap.

The share is a thing not known about a purpose, not a coin tossed for each session: all sessions of a purpose share
one draw. Independent draws would average out over many sessions and promise a certainty that nobody has.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import numpy as np
from pydantic import Field

from resilience.footprint import factors, tables
from resilience.footprint.errors import FootprintError
from resilience.footprint.sessions import Purpose
from resilience.footprint.sites import BeforeAfter
from resilience.footprint.uncertainty import NONE, Array, Draws, Uncertain

# Without a site's word, one practice run a year: the least a trainee who practises at all would have done.
DEFAULT_CAP = 1.0

Key = tuple[str, Purpose]


class PurposeRow(tables.Row):
    """A row of purposes.csv; without alpha and beta nothing is displaced."""

    purpose: Purpose
    what: str
    beth: str
    prior: str
    alpha: Annotated[float, Field(gt=0)] | None = None
    beta: Annotated[float, Field(gt=0)] | None = None

    @property
    def uncertain(self) -> Uncertain:
        name = f"displacement/{self.purpose}"
        if self.alpha is None or self.beta is None:
            return Uncertain(name, NONE, 0.0)
        return Uncertain.beta(name, self.alpha, self.beta)


@cache
def purposes(path: Path = tables.FACTS / "purposes.csv") -> Mapping[Purpose, PurposeRow]:
    """Priors by purpose."""
    rows = tables.read(path, PurposeRow)
    for place, row in rows:
        if (row.alpha is None) != (row.beta is None):
            raise FootprintError("`alpha` and `beta` go together", str(place), "Give both or neither.")
        mean = row.alpha / (row.alpha + row.beta) if row.alpha and row.beta else 0.0
        stated = factors.built_in().at(row.prior, 0).value
        if not math.isclose(mean, stated, abs_tol=1e-9):
            raise FootprintError(
                f"`alpha` and `beta` have the mean {mean:g}, but `{row.prior}` is {stated:g}",
                str(place),
                "Let them agree.",
            )
    return {row.purpose: row for _, row in rows}


def earns(purpose: Purpose) -> bool:
    """Whether a session of this purpose can have replaced anything."""
    return purposes()[purpose].alpha is not None


def measured(site: str, comparison: BeforeAfter) -> Uncertain:
    """A site's own share: of the practised runs, so many fell away in the physical count, for as many trainees.

    Beta(1 + fallen, 1 + practised - fallen): what a count tells on top of knowing nothing. Where the physical runs
    rose, none fell away; the rise itself is entered as extra runs of the sessions that caused it.
    """
    before = comparison.runs_before / comparison.trainees_before
    after = comparison.runs_after / comparison.trainees_after
    fallen = min(max(0.0, (before - after) * comparison.trainees_after), comparison.practised_runs)
    return Uncertain.beta(f"displacement/{comparison.run}@{site}", 1 + fallen, 1 + comparison.practised_runs - fallen)


def sums() -> defaultdict[Any, float]:
    """Sums by key, each nought to begin with."""
    return defaultdict(float)


@dataclass
class Claim:
    """What is claimed of one physical run: runs' worth, and units of trips by factor; by module and purpose."""

    runs: dict[Key, float] = field(default_factory=sums)
    trips: dict[tuple[Key, str], float] = field(default_factory=sums)

    def add(self, other: Claim) -> None:
        for key, runs in other.runs.items():
            self.runs[key] += runs
        for trip, units in other.trips.items():
            self.trips[trip] += units


@dataclass(frozen=True)
class Credit:
    """Runs and trip units credited, by module and purpose; each of shape (draws,)."""

    runs: dict[Key, Array]
    trips: dict[tuple[Key, str], Array]


def credit(claims: Iterable[Claim], shares: Mapping[Purpose, Uncertain], cap: float, draws: Draws) -> Credit:
    """Runs displaced, for each trainee (one claim each) at most `cap`.

    Trainees whose claims stay below the cap whatever is drawn are summed first; of the others, those with the same
    claims have the same credit in every draw. So no sum is taken trainee by trainee, and none is approximated.
    """
    below = Claim()
    above: dict[tuple[tuple[Key, float], ...], Claim] = {}
    for claim in claims:
        if sum(claim.runs.values()) <= cap:
            below.add(claim)
        else:
            pattern = tuple(sorted(claim.runs.items()))
            above.setdefault(pattern, Claim()).add(claim)
    found = Credit({}, {})
    _count(found, below, shares, 1.0, draws)
    for pattern, together in above.items():
        wanted = np.zeros(draws.n)
        for (_, purpose), runs in pattern:
            wanted += runs * draws.of(shares[purpose])
        _count(found, together, shares, cap / np.maximum(wanted, cap) if cap else 0.0, draws)
    return found


def _count(found: Credit, claim: Claim, shares: Mapping[Purpose, Uncertain], kept: Array | float, draws: Draws) -> None:
    nothing = np.zeros(draws.n)
    for key, runs in claim.runs.items():
        found.runs[key] = found.runs.get(key, nothing) + runs * draws.of(shares[key[1]]) * kept
    for trip, units in claim.trips.items():
        found.trips[trip] = found.trips.get(trip, nothing) + units * draws.of(shares[trip[0][1]]) * kept
