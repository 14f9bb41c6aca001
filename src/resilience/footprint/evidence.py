"""The tier of evidence: an account is as good as the weakest site and run it takes credit from."""

from __future__ import annotations

from collections.abc import Mapping

from resilience.footprint.bills import Bills
from resilience.footprint.figures import Tier
from resilience.footprint.physical import lines_at
from resilience.footprint.sites import SiteProfile


def tier(
    credited: set[tuple[str, str]], sites: set[str], profiles: Mapping[str, SiteProfile], bills: Bills
) -> tuple[Tier, tuple[str, ...]]:
    """The tier, and the lines whose records would raise it to the second. Without any credit, that of the profiles."""
    missing: list[str] = []
    found: list[Tier] = [] if credited else [Tier.T1 if site in profiles else Tier.T0 for site in sites]
    for site, run in sorted(credited):
        profile = profiles.get(site)
        lines = lines_at(bills.runs[run], profile)
        unrecorded = [f"{site}:{placed.line.key}" for placed in lines if placed.counted and not placed.recorded]
        missing += unrecorded
        found.append(_of(profile, run, bool(unrecorded)))
    return min(found, default=Tier.T0), tuple(missing)


def _of(profile: SiteProfile | None, run: str, unrecorded: bool) -> Tier:
    if profile is None:
        return Tier.T0
    if unrecorded:
        return Tier.T1
    compared = any(comparison.run == run for comparison in profile.comparisons)
    return Tier.T3 if compared else Tier.T2
