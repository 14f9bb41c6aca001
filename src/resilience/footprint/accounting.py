"""The account: what was displaced, less what the sessions took and what they brought about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from resilience.footprint import bills as bill_tables
from resilience.footprint import devices, evidence, factors, statistics
from resilience.footprint.basis import Basis
from resilience.footprint.bills import Bills
from resilience.footprint.crediting import credit_runs
from resilience.footprint.errors import FootprintError
from resilience.footprint.factors import Factors
from resilience.footprint.figures import Figures
from resilience.footprint.grouping import Groups, group
from resilience.footprint.measures import amounts
from resilience.footprint.physical import check_profile, gross, line_amounts, lines_at
from resilience.footprint.results import Account, Method
from resilience.footprint.sessions import Device, Session
from resilience.footprint.sites import Garments, SiteProfile
from resilience.footprint.tally import Tally
from resilience.footprint.uncertainty import Array, Draws

EQUATION = "net = displacement * share_of_physical_run * physical(module, site) - vr(session) - induced(session)"
MINIMUM_DRAWS, MAXIMUM_DRAWS = 10_000, 200_000


def account(
    sessions: Iterable[Session],
    profiles: Iterable[SiteProfile] = (),
    *,
    draws: int = MINIMUM_DRAWS,
    seed: int = 0,
    factors_used: Factors | None = None,
    bills_used: Bills | None = None,
) -> Account:
    """Compute the account of sessions. Hand over whole calendar years: a trainee's credit is capped by the year.

    Raises FootprintError for a profile or session that contradicts the tables or itself, and for too few draws.
    """
    if not MINIMUM_DRAWS <= draws <= MAXIMUM_DRAWS:
        raise FootprintError(
            f"{draws} draws",
            "account",
            f"Ask for {MINIMUM_DRAWS:,} to {MAXIMUM_DRAWS:,}: fewer leave the tails to chance.",
        )
    figures, bills = factors_used or factors.built_in(), bills_used or bill_tables.built_in()
    sites = _by_site(profiles, bills, figures)
    basis = Basis(figures, Draws(draws, seed))
    tally = Tally(draws)
    groups = group(sessions, sites, bills)
    charge_use(groups, tally, basis)
    charge_induced(groups, sites, bills, tally, basis)
    credited = credit_runs(groups, sites, bills, tally, basis)
    notes = dict(groups.notes)
    if basis.years_stood_in:
        notes["factors_of_another_year"] = len(basis.years_stood_in)
    tier, missing = evidence.tier(credited, groups.sites, sites, bills)
    return Account(
        sessions=groups.sessions,
        credited_sessions=groups.credited,
        figures=statistics.figures(tally.total(), tally.parts, basis.draws.streams),
        by_purpose=_by(tally, 1),
        by_module=_by(tally, 0),
        tier=tier,
        missing_records=missing,
        notes=notes,
        method=Method(EQUATION, draws, seed, tuple(basis.facts[name] for name in sorted(basis.facts))),
    )


def gross_avoidable(
    run: str, garments: Garments, *, year: int = 2026, draws: int = MINIMUM_DRAWS, seed: int = 0
) -> Figures:
    """What a trainee's share of one physical run takes, all lines counted. Raises FootprintError."""
    bills = bill_tables.built_in()
    if run not in bills.runs:
        raise FootprintError(f"there is no run `{run}`", "gross_avoidable", f"Runs: {', '.join(bills.runs)}.")
    basis = Basis(factors.built_in(), Draws(draws, seed))
    return statistics.figures(gross(bills.runs[run], garments, year, basis))


def charge_use(groups: Groups, tally: Tally, basis: Basis) -> None:
    """What the sessions themselves took."""
    for (key, device, year), sessions in groups.counts.items():
        hours = groups.hours[key, device, year]
        for name, entry in devices.use(device, hours, sessions, year, basis).items():
            tally.both(key, name, -entry)


def charge_induced(groups: Groups, sites: Mapping[str, SiteProfile], bills: Bills, tally: Tally, basis: Basis) -> None:
    """What would not have happened without the sessions: travel to a hub, extra runs, headsets bought for them."""
    n = basis.draws.n
    for (key, expression, year), units in groups.travel.items():
        tally.both(key, "hub_travel", amounts(n, carbon=-units * basis.figure(expression, year)))
    for (key, site, run, year), runs in groups.extra_runs.items():
        bill = bills.runs[run]
        for placed in lines_at(bill, sites.get(site)):
            if placed.counted:
                entry = line_amounts(placed, bill.run.trainees_per_run, year, basis)
                tally.both(key, "extra_physical_runs", -runs * entry)
    for profile in sites.values():
        for year, bought in profile.headsets_bought.items():
            if any(site == profile.site for site, used in groups.headset_hours if used == year):
                one = devices.whole(Device.HEADSET, year, basis)
                # The hours of use have borne their part of the headsets; this is what no hour has borne.
                unborne = np.maximum(0.0, bought - groups.headset_hours[profile.site, year] / one.life)
                tally.both(None, "headsets_bought", -one.made * unborne)


def _by_site(profiles: Iterable[SiteProfile], bills: Bills, figures: Factors) -> dict[str, SiteProfile]:
    sites: dict[str, SiteProfile] = {}
    for profile in profiles:
        if profile.site in sites:
            raise FootprintError(f"there are two profiles of `{profile.site}`", "account", "Give the one that holds.")
        check_profile(profile, bills, figures)
        sites[profile.site] = profile
    return sites


def _by(tally: Tally, index: int) -> dict[str, Figures]:
    sums: dict[str, Array] = {}
    for key, net in tally.nets.items():
        if key is not None:
            name = str(key[index])
            sums[name] = sums[name] + net if name in sums else net
    return {name: statistics.figures(sums[name]) for name in sorted(sums)}
