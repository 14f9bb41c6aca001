"""The footprint of 10,000 sessions with 10,000 draws, on one core.

The sessions are of five sites, nine modules, three years and all purposes, with 1,500 trainees; another run spreads
them over two hundred sites. The peers are stats_arrays, which samples the same quantities and computes nothing from
them, and numpy going through a part of the sessions one by one, by the same equation and without the cap on credit;
its time for all of them is that of the part, scaled.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import numpy as np
import stats_arrays

from benchmarks import machine
from resilience.footprint import Account, Device, Garments, Purpose, Session, SiteProfile, account
from resilience.footprint.basis import Basis
from resilience.footprint.bills import built_in as bills
from resilience.footprint.devices import use
from resilience.footprint.displacement import purposes
from resilience.footprint.factors import built_in as factors
from resilience.footprint.measures import Measure
from resilience.footprint.physical import line_amounts, lines_at
from resilience.footprint.uncertainty import Draws

SESSIONS = 10_000
DRAWS = 10_000
TARGET_SECONDS = 2
ONE_BY_ONE = 200
REPEATS = 3
MODULES = (
    "gowning", "media-fill", "aseptic-filling", "bioreactor-run", "protein-a-run", "ufdf-run", "freeze-drying-cycle",
    "controls", "make-a-medicine",
)  # fmt: skip


def run() -> dict[str, Any]:
    """The best of three, because other work on the machine only ever adds time."""
    about = machine.describe()
    machine.keep_to_core(0)
    sessions, profiles = programme(sites=5)
    seconds, found = best_of(lambda: account(sessions, profiles, draws=DRAWS))
    many, many_profiles = programme(sites=200)
    seconds_many, _ = best_of(lambda: account(many, many_profiles, draws=DRAWS))
    sampling, _ = best_of(lambda: sample(found))
    one_by_one, _ = best_of(lambda: loop(sessions[:ONE_BY_ONE], profiles))
    return {
        "benchmark": "footprint",
        "machine": about,
        "versions": {name: version(name) for name in ("numpy", "pydantic", "stats_arrays")},
        "target_seconds": TARGET_SECONDS,
        "sessions": SESSIONS,
        "draws": DRAWS,
        "seconds": round(seconds, 3),
        "seconds_at_200_sites": round(seconds_many, 3),
        "uncertain_quantities": len(found.method.facts),
        "co2e_kg": {name: round(getattr(found.figures[Measure.CARBON], name)) for name in ("p5", "median", "p95")},
        "peer_stats_arrays_sampling_seconds": round(sampling, 3),
        "peer_numpy_session_by_session_seconds": round(one_by_one * SESSIONS / ONE_BY_ONE, 1),
        "peer_numpy_sessions_run": ONE_BY_ONE,
    }


def programme(sites: int) -> tuple[list[Session], list[SiteProfile]]:
    """Sessions and profiles made up from a seed."""
    chance = random.Random(1)
    profiles = [
        SiteProfile(site=f"site-{n}", name=f"Site {n}", garments=chance.choice(list(Garments))) for n in range(sites)
    ]
    sessions = [
        Session(
            module=chance.choice(MODULES),
            site=f"site-{chance.randrange(sites)}",
            year=chance.choice((2024, 2025, 2026)),
            purpose=chance.choice(list(Purpose)),
            countersigned=True,
            trainee=f"trainee-{chance.randrange(1500)}",
            device=chance.choice((Device.HEADSET, Device.HEADSET, Device.LAPTOP, Device.PHONE)),
            device_hours=chance.uniform(0.2, 1.2),
        )
        for _ in range(SESSIONS)
    ]
    return sessions, profiles


def sample(found: Account) -> list[np.ndarray[Any, Any]]:
    """A peer: stats_arrays draws what the account rests on, all draws of a kind of distribution at once."""
    rows = [fact.distribution for fact in found.method.facts]
    rows += [row.uncertain.as_stats_array() for row in purposes().values()]
    drawn = []
    for kind in (stats_arrays.LognormalUncertainty, stats_arrays.BetaUncertainty):
        of_kind = [
            {name: value for name, value in row.items() if value == value}
            for row in rows
            if row["uncertainty_type"] == kind.id
        ]
        generator = stats_arrays.RandomNumberGenerator(kind, kind.from_dicts(*of_kind), size=DRAWS, seed=1)
        drawn.append(generator.generate_random_numbers())
    return drawn


def loop(sessions: list[Session], profiles: list[SiteProfile]) -> np.ndarray[Any, Any]:
    """A peer: each session by itself, from draws already made."""
    basis = Basis(factors(), Draws(DRAWS, 0))
    sites = {profile.site: profile for profile in profiles}
    net = np.zeros((len(Measure), DRAWS))
    for session in sessions:
        for taken in use(session.device, session.device_hours, 1, session.year, basis).values():
            net -= taken
        module = bills().modules[session.module]
        share = basis.draws.of(purposes()[session.purpose].uncertain)
        if module.run and not isinstance(share, float):
            bill = bills().runs[module.run]
            for placed in lines_at(bill, sites[session.site]):
                if placed.counted:
                    entry = line_amounts(placed, bill.run.trainees_per_run, session.year, basis)
                    net += share / module.sessions_per_run * entry
    return net


def best_of(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of the fastest of REPEATS, and what the work gave."""
    times = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - began)
    return min(times), result


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
