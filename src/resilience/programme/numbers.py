"""An activity in numbers: what a list shows of it, and all that other partners see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from resilience.programme.models import Activity, Attendance, HeadCount, HeadCountKind, Registration, RegistrationStatus

# The best kind of head count first: what a register says is not added to what somebody estimated of the same pupils.
_BEST_FIRST = (HeadCountKind.REGISTER, HeadCountKind.COUNTED, HeadCountKind.ESTIMATE)


@dataclass(frozen=True)
class Numbers:
    """Registrations by where they stand, different people who were there, and heads without names."""

    confirmed: int = 0
    waiting: int = 0
    offered: int = 0
    attended: int = 0
    heads: int = 0


def numbers(activities: Iterable[Activity]) -> dict[int, Numbers]:
    """By the activity's key, with three queries however many they are."""
    wanted = [activity.pk for activity in activities]
    standing: dict[tuple[int, str], int] = {
        (row["activity"], row["status"]): row["n"]
        for row in Registration.objects.filter(activity__in=wanted)
        .order_by()
        .values("activity", "status")
        .annotate(n=Count("pk"))
    }
    attended = dict(
        Attendance.objects.filter(meeting__activity__in=wanted)
        .values_list("meeting__activity")
        .annotate(n=Count("person", distinct=True))
    )
    heads = _heads(wanted)
    return {
        key: Numbers(
            confirmed=standing.get((key, RegistrationStatus.CONFIRMED), 0),
            waiting=standing.get((key, RegistrationStatus.WAITING), 0),
            offered=standing.get((key, RegistrationStatus.OFFERED), 0),
            attended=attended.get(key, 0),
            heads=heads.get(key, 0),
        )
        for key in wanted
    }


def _heads(wanted: list[int]) -> dict[int, int]:
    """Heads by activity: for each year group those of the best kind there is."""
    counted: dict[tuple[int, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in HeadCount.objects.filter(activity__in=wanted):
        counted[row.activity_id, row.year_group][row.kind] += row.number
    found: dict[int, int] = defaultdict(int)
    for (activity, _year_group), by_kind in counted.items():
        found[activity] += next(by_kind[kind] for kind in _BEST_FIRST if kind in by_kind)
    return dict(found)
