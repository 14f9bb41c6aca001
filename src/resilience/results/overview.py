"""What a dashboard shows, read from snapshots alone: it counts nothing, so that it is as quick with a million rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from resilience.people.models import Organisation, Region
from resilience.results import targets
from resilience.results.definitions import Indicator, shelf
from resilience.results.models import Snapshot, Target
from resilience.results.targets import Outlook

# The programme's headlines, in the order in which they are told.
HEADLINES = (
    "trainees",
    "students",
    "activities",
    "leaders",
    "leader_organisations",
    "leaders_female_percent",
    "leaders_bame_percent",
)


@dataclass(frozen=True)
class Standing:
    """An indicator on a day, with the definition it was counted by, what it is to reach, and where its pace leads."""

    snapshot: Snapshot
    indicator: Indicator
    target: Target | None
    outlook: Outlook | None

    @property
    def percent_of_target(self) -> int | None:
        """Whole per cent, rounded down: 100 is said only of a target that is reached."""
        if self.target is None or self.snapshot.value is None or self.target.value <= 0:
            return None
        return int(100 * self.snapshot.value / self.target.value)


def frozen_days() -> list[date]:
    """The days that figures were frozen for, the last first."""
    return list(Snapshot.objects.filter(filters={}).order_by("-as_of").values_list("as_of", flat=True).distinct())


def standings(as_of: date) -> list[Standing]:
    """Every indicator as it was frozen for exactly this day: headlines first, then as they are listed."""
    pasts = {code: past for code, past in histories(as_of).items() if past[-1].as_of == as_of}
    goals = targets.targets_on(as_of)
    listed = [indicator.code for indicator in shelf().all]
    order = [*HEADLINES, *(code for code in listed if code not in HEADLINES)]
    return [standing(pasts[code], goals.get(code)) for code in order if code in pasts]


def standing(past: list[Snapshot], target: Target | None) -> Standing:
    """The last snapshot of an indicator's past, with where it leads."""
    snapshot = past[-1]
    indicator = shelf().version(snapshot.indicator, snapshot.version)
    ahead = targets.outlook(past, target.due_on) if target and indicator.unit in targets.GROWING else None
    return Standing(snapshot, indicator, target, ahead)


def histories(as_of: date) -> dict[str, list[Snapshot]]:
    """Every indicator over the frozen days up to one: of each day the last snapshot, oldest first."""
    kept: dict[str, dict[date, Snapshot]] = {}
    rows = Snapshot.objects.filter(filters={}, as_of__lte=as_of).defer("rows").order_by("as_of", "pk")
    for snapshot in rows:
        kept.setdefault(snapshot.indicator, {})[snapshot.as_of] = snapshot
    return {code: list(days.values()) for code, days in kept.items()}


def by_partner(code: str, as_of: date) -> list[tuple[str, Snapshot]]:
    """(name, snapshot) of every partner with activities, the largest first.

    Together they may be more than the whole: somebody who was at two partners is counted once by each.
    """
    found = parts(code, as_of, "organisation")
    names = {str(pk): name for pk, name in Organisation.objects.filter(pk__in=found).values_list("pk", "name")}
    rows = [(names.get(ref, "–"), snapshot) for ref, snapshot in found.items()]
    return sorted(rows, key=lambda row: (-(row[1].value or 0), row[0]))


def by_region(code: str, as_of: date) -> dict[Region, Snapshot]:
    """The regions in which something was held."""
    return {Region(ref): snapshot for ref, snapshot in parts(code, as_of, "region").items()}


def parts(code: str, as_of: date, kind: str) -> dict[str, Snapshot]:
    """The last snapshots of the parts of one kind ("organisation", "region"), by reference."""
    rows = Snapshot.objects.filter(indicator=code, as_of=as_of).exclude(filters={}).defer("rows").order_by("pk")
    return {snapshot.filters[kind]: snapshot for snapshot in rows if set(snapshot.filters) == {kind}}
