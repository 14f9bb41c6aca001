"""What the physical runs that fell away would have taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from resilience.footprint.basis import Basis
from resilience.footprint.bills import Bills
from resilience.footprint.displacement import DEFAULT_CAP, Key, credit, measured, purposes
from resilience.footprint.grouping import Groups
from resilience.footprint.measures import amounts
from resilience.footprint.physical import Placed, line_amounts, lines_at
from resilience.footprint.sessions import Purpose
from resilience.footprint.sites import Behaviour, SiteProfile
from resilience.footprint.tally import Tally
from resilience.footprint.uncertainty import Array, Uncertain

# A whole step is a whole step, although three thirds of a session may add up to a little less.
_ROUNDING = 1e-9


@dataclass
class Displaced:
    """Runs displaced, by module and purpose, each of shape (draws,): all of them, and those that made whole steps."""

    runs: dict[Key, Array] = field(default_factory=dict)
    stepped: dict[Key, Array] = field(default_factory=dict)

    def add(self, runs: Mapping[Key, Array], trainees_per_run: int) -> None:
        """Take in a site's year. A shared run falls away whole or not at all, to all who gave up their place."""
        total = sum(runs.values(), np.zeros(1))
        whole = np.floor(total / trainees_per_run + _ROUNDING) * trainees_per_run
        share = np.divide(whole, total, out=np.zeros_like(total), where=total > 0)
        for key, displaced in runs.items():
            self.runs[key] = self.runs[key] + displaced if key in self.runs else displaced
            in_steps = displaced * share
            self.stepped[key] = self.stepped[key] + in_steps if key in self.stepped else in_steps


def credit_runs(
    groups: Groups, sites: Mapping[str, SiteProfile], bills: Bills, tally: Tally, basis: Basis
) -> set[tuple[str, str]]:
    """Credit what the displaced runs would have taken; returns the sites and runs that sessions claimed.

    Sites whose bills read alike are summed before any line is computed.
    """
    alike: dict[tuple[tuple[Placed, ...], str, int], Displaced] = {}
    for (site, run, year), claims in groups.claims.items():
        profile = sites.get(site)
        cap = profile.physical_runs_per_trainee.get(run, DEFAULT_CAP) if profile else DEFAULT_CAP
        credited = credit(claims.values(), _shares(profile, run), cap, basis.draws)
        for (key, expression), units in credited.trips.items():
            tally.both(key, "trips_replaced", amounts(basis.draws.n, carbon=units * basis.figure(expression, year)))
        lines = lines_at(bills.runs[run], profile)
        alike.setdefault((lines, run, year), Displaced()).add(credited.runs, bills.runs[run].run.trainees_per_run)
    for (lines, run, year), displaced in alike.items():
        _credit_lines(lines, displaced, bills.runs[run].run.trainees_per_run, year, tally, basis)
    return {(site, run) for site, run, _ in groups.claims}


def _credit_lines(
    lines: tuple[Placed, ...], displaced: Displaced, trainees: int, year: int, tally: Tally, basis: Basis
) -> None:
    none = np.zeros(basis.draws.n)
    for runs, behaves_in_steps in ((displaced.runs, False), (displaced.stepped, True)):
        each = np.zeros((3, basis.draws.n))
        total = sum(runs.values(), none)
        for placed in lines:
            if placed.counted and (placed.line.behaviour is Behaviour.STEP) is behaves_in_steps:
                entry = line_amounts(placed, trainees, year, basis)
                each += entry
                tally.part(placed.line.key, entry * total)
        for key, of_key in runs.items():
            tally.net(key, each * of_key)


def _shares(profile: SiteProfile | None, run: str) -> dict[Purpose, Uncertain]:
    shares = {purpose: row.uncertain for purpose, row in purposes().items()}
    for comparison in profile.comparisons if profile else ():
        if profile and comparison.run == run:
            shares[Purpose.DECLARED_REPLACEMENT] = measured(profile.site, comparison)
    return shares
