"""Targets, and where a figure is heading.

The outlook is linear: from the last frozen figure on, at the mean pace of the last frozen steps (up to four, which is a
year of quarters). Its interval spans the slowest and the fastest pace among them. It knows nothing of what is planned.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import fmean

from django.db import transaction

from resilience.people import trail
from resilience.people.permissions import Actor
from resilience.results.definitions import shelf
from resilience.results.models import Snapshot, Target
from resilience.training.errors import BadInput

# Units of figures that add up over time; a share or a mean has no pace.
GROWING = frozenset({"people", "activities", "organisations", "regions", "hours", "times"})
STEPS = 4


@dataclass(frozen=True)
class Outlook:
    """The figure on a day ahead, if the last `steps` frozen steps go on: at their mean, slowest and fastest pace."""

    on: date
    value: float
    low: float
    high: float
    steps: int


def set_target(actor: Actor, code: str, due_on: date, value: float) -> Target:
    """What an indicator is to reach by a day; replaces the target of that day. Raises BadInput."""
    shelf().newest(code)
    if not (math.isfinite(value) and value > 0):
        raise BadInput(f"{value:g} is no target", "value", "Give a number above nought.")
    with transaction.atomic():
        before = Target.objects.filter(indicator=code, due_on=due_on).first()
        target, _ = Target.objects.update_or_create(indicator=code, due_on=due_on, defaults={"value": value})
        trail.add(actor, "target set", about(target), old=before.value if before else None, new=value)
    return target


def remove_target(actor: Actor, pk: int) -> bool:
    """Takes a target away; False where there is none."""
    with transaction.atomic():
        target = Target.objects.filter(pk=pk).first()
        if target is None:
            return False
        trail.add(actor, "target removed", about(target), old=target.value)
        target.delete()
    return True


def about(target: Target) -> str:
    """How the trail names a target."""
    return f"target:{target.indicator}:{target.due_on}"


def all_targets() -> list[Target]:
    """Every target, by indicator and day."""
    return list(Target.objects.order_by("indicator", "due_on"))


def targets_on(day: date) -> dict[str, Target]:
    """For each indicator the target that counts on a day: the next one due, else the last one that was."""
    chosen: dict[str, Target] = {}
    for target in all_targets():
        held = chosen.get(target.indicator)
        if held is None or held.due_on < day:
            chosen[target.indicator] = target
    return chosen


def outlook(past: Sequence[Snapshot], day: date) -> Outlook | None:
    """Where a figure is on a day ahead, by its snapshots in the order of their days, one a day.

    None with fewer than two steps to go by, or for a day that is not ahead.
    """
    known = [(snapshot.as_of, snapshot.value) for snapshot in past if snapshot.value is not None]
    paces = [(after - before) / (later - sooner).days for (sooner, before), (later, after) in pairwise(known)][-STEPS:]
    if len(paces) < 2 or day <= known[-1][0]:
        return None
    last_day, last = known[-1]
    days = (day - last_day).days
    mean, slowest, fastest = (last + days * pace for pace in (fmean(paces), min(paces), max(paces)))
    return Outlook(day, mean, max(0.0, slowest), fastest, len(paces))
