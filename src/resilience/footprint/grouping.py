"""Sessions sorted into what is computed together, so that the work grows with kinds of session and not their number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from resilience.footprint.bills import Bills
from resilience.footprint.devices import trip_units
from resilience.footprint.displacement import Claim, Key, earns, sums
from resilience.footprint.errors import FootprintError
from resilience.footprint.sessions import Device, Session
from resilience.footprint.sites import SiteProfile

# A headset's making is spread over its hours; these are the devices that `headsets_bought` speaks of.
HEADSETS = (Device.HEADSET, Device.HEADSET_OLED)


@dataclass
class Groups:
    """Sums over sessions."""

    sessions: int = 0
    credited: int = 0
    hours: dict[tuple[Key, Device, int], float] = field(default_factory=sums)
    counts: Counter[tuple[Key, Device, int]] = field(default_factory=Counter)
    headset_hours: dict[tuple[str, int], float] = field(default_factory=sums)
    travel: dict[tuple[Key, str, int], float] = field(default_factory=sums)
    extra_runs: dict[tuple[Key, str, str, int], float] = field(default_factory=sums)
    # By site, physical run and year: what each trainee claims.
    claims: dict[tuple[str, str, int], dict[str, Claim]] = field(default_factory=dict)
    sites: set[str] = field(default_factory=set)
    notes: Counter[str] = field(default_factory=Counter)


def group(sessions: Iterable[Session], profiles: Mapping[str, SiteProfile], bills: Bills) -> Groups:
    """Sum sessions up. Raises FootprintError where a session contradicts itself, naming its place in the sequence."""
    groups = Groups()
    for index, session in enumerate(sessions):
        module = bills.modules.get(session.module)
        if module is None:
            groups.notes["module_unknown"] += 1
        run = module.run if module else ""
        key: Key = (session.module, session.purpose)
        _take(groups, session, key)
        if session.extra_physical_runs:
            if not run:
                raise FootprintError(
                    f"`{session.module}` has no physical run, yet extra_physical_runs is not nought",
                    f"session {index}",
                    "Leave it out, or name the module that has one.",
                )
            groups.extra_runs[key, session.site, run, session.year] += session.extra_physical_runs
        if module and run and _claims(groups, session):
            groups.credited += 1
            trainees = groups.claims.setdefault((session.site, run, session.year), {})
            claim = trainees.setdefault(session.trainee, Claim())
            claim.runs[key] += 1 / module.sessions_per_run
            for trip in session.trips_replaced:
                for expression, units in trip_units(trip).items():
                    claim.trips[key, expression] += units
        elif session.trips_replaced:
            groups.notes["trips_not_counted"] += len(session.trips_replaced)
        if session.site not in profiles:
            groups.notes["site_without_profile"] += 1
    return groups


def _take(groups: Groups, session: Session, key: Key) -> None:
    """What the session used, whatever it was for."""
    use = (key, session.device, session.year)
    groups.sessions += 1
    groups.sites.add(session.site)
    groups.hours[use] += session.device_hours
    groups.counts[use] += 1
    if session.device in HEADSETS:
        groups.headset_hours[session.site, session.year] += session.device_hours
    for trip in session.hub_travel:
        for expression, units in trip_units(trip).items():
            groups.travel[key, expression, session.year] += units


def _claims(groups: Groups, session: Session) -> bool:
    """Whether the session may claim anything; where a declaration falls short, that is noted."""
    if not earns(session.purpose):
        return False
    for held, note in (
        (session.countersigned, "not_countersigned"),
        (session.trainee != "", "trainee_unknown"),
        (session.completed, "not_completed"),
    ):
        if not held:
            groups.notes[note] += 1
            return False
    return True
