"""Classes that join by a code: open, join, play, finish, close. A pupil is a random token, and only as long as needed.

Nothing here knows a name, an address or an account. While the class is open each device has a row under the hash of its
token; when it closes those rows are counted and deleted, and the code is free again.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django_scopes import scopes_disabled

from resilience.people import trail
from resilience.people.few import FEWEST
from resilience.people.permissions import NOBODY, Actor
from resilience.people.tokens import hashed
from resilience.programme.codes import WALL_LETTERS, as_typed, random_code
from resilience.programme.models import (
    Activity,
    ActivityKind,
    ActivityStatus,
    ClassDevice,
    ClassJoin,
    HeadCount,
    HeadCountKind,
)

CODE_LENGTH = 6
MOST_DEVICES = 60
LONGEST = timedelta(hours=12)
# After the activity's end a class may still finish what it began.
GRACE = timedelta(hours=1)
POINTS = 5
# Fewer answers than this could be told apart by whoever was in the room.

When = Literal["before", "after"]


class ClosedClassError(Exception):
    """The code opens nothing: it was mistyped, or the class is over."""


class FullClassError(Exception):
    """More devices than a class has."""


@dataclass(frozen=True)
class Counts:
    """Where a class stands. Interest is there once enough have answered: how many chose each point, lowest first."""

    joined: int
    started: int
    finished: int
    interest_before: list[int]
    interest_after: list[int]


# The facilitator's side


@transaction.atomic
def open_class(
    activity: Activity, modules: Sequence[str], year_group: str, expires_at: datetime, actor: Actor, now: datetime
) -> ClassJoin:
    """A new class of an outreach activity, with a code of its own. Raises ValidationError."""
    if activity.kind != ActivityKind.OUTREACH:
        raise ValidationError({"activity": _("Only an outreach activity has classes: choose another.")})
    if activity.status in {ActivityStatus.CANCELLED, ActivityStatus.CLOSED}:
        raise ValidationError({"activity": _("This activity is over: choose another, or open it again.")})
    if not modules:
        raise ValidationError({"modules": _("Choose at least one module.")})
    if not now < expires_at <= now + LONGEST:
        raise ValidationError({"expires_at": _("A class is open for at most twelve hours from now.")})
    made: ClassJoin = ClassJoin.objects.create(
        activity=activity,
        code=_free_code(),
        year_group=year_group,
        modules=list(modules),
        opened_at=now,
        expires_at=expires_at,
    )
    trail.add(actor, "class opened", f"class:{made.pk}", new={"activity": activity.code, "modules": list(modules)})
    return made


def _free_code() -> str:
    with scopes_disabled():
        while True:
            code = random_code(CODE_LENGTH, WALL_LETTERS)
            if not ClassJoin.objects.filter(code=code).exists():
                return code


def counts(group: ClassJoin) -> Counts:
    """Where the class stands: from its devices while it is open, from what was kept afterwards."""
    if group.closed_at is not None:
        return Counts(group.joined, group.started, group.finished, group.interest_before, group.interest_after)
    with scopes_disabled():
        return _counted(list(ClassDevice.objects.filter(group=group)))


def _counted(devices: list[ClassDevice]) -> Counts:
    return Counts(
        joined=len(devices),
        started=sum(device.started for device in devices),
        finished=sum(device.finished for device in devices),
        interest_before=_if_enough(_chosen([device.interest_before for device in devices])),
        interest_after=_if_enough(_chosen([device.interest_after for device in devices])),
    )


def _chosen(points: list[int | None]) -> list[int]:
    return [points.count(point) for point in range(1, POINTS + 1)]


def _if_enough(chosen: list[int]) -> list[int]:
    return chosen if sum(chosen) >= FEWEST else []


@transaction.atomic
def close_class(
    group: ClassJoin,
    actor: Actor,
    now: datetime,
    heads: int | None = None,
    kind: str = HeadCountKind.COUNTED,
) -> list[str]:
    """Ends the class: counts stay, devices go, the code is free. Returns the live sessions that were played in it.

    heads: how many pupils there were, and `kind` how that is known; without it the devices stand for them, as an
    estimate, since pupils may have shared.
    """
    if group.closed_at is not None:
        return []
    with scopes_disabled():
        devices = list(ClassDevice.objects.select_for_update().filter(group=group))
        counted = _counted(devices)
        group.joined, group.started, group.finished = counted.joined, counted.started, counted.finished
        # Few answers are not kept: what may not be shown need not be known.
        group.interest_before, group.interest_after = counted.interest_before, counted.interest_after
        group.closed_at, group.code = now, None
        group.save()
        number = len(devices) if heads is None else heads
        if number:
            HeadCount.objects.create(
                activity_id=group.activity_id,
                kind=HeadCountKind.ESTIMATE if heads is None else kind,
                number=number,
                year_group=group.year_group,
                source=f"class {group.pk}: {len(devices)} devices joined by code",
                recorded_at=now,
            )
        sessions = [device.session for device in devices if device.session]
        ClassDevice.objects.filter(group=group).delete()
    trail.add(actor, "class closed", f"class:{group.pk}", new={"joined": group.joined, "finished": group.finished})
    return sessions


def close_expired(now: datetime) -> list[str]:
    """Closes every class whose time is over; returns the live sessions played in them."""
    with scopes_disabled():
        over = list(ClassJoin.objects.filter(closed_at=None, expires_at__lte=now))
    return [session for group in over for session in close_class(group, NOBODY, now)]


# The pupil's side


@transaction.atomic
def join(code: str, now: datetime) -> tuple[ClassJoin, str]:
    """Lets a device into the class and returns its token. Raises ClosedClassError, FullClassError."""
    with scopes_disabled():
        group = (
            ClassJoin.objects.select_for_update()
            .filter(code=as_typed(code), closed_at=None, expires_at__gt=now)
            .first()
        )
        if group is None:
            raise ClosedClassError
        if ClassDevice.objects.filter(group=group).count() >= MOST_DEVICES:
            raise FullClassError
        token = secrets.token_urlsafe(18)
        ClassDevice.objects.create(group=group, pseudonym=hashed(token))
    return group, token


def device_of(token: str, now: datetime) -> ClassDevice | None:
    """The device that holds the token, while its class is open."""
    with scopes_disabled():
        found: ClassDevice | None = (
            ClassDevice.objects.select_related("group")
            .filter(pseudonym=hashed(token), group__closed_at=None, group__expires_at__gt=now)
            .first()
        )
    return found


def next_module(device: ClassDevice) -> str | None:
    """The module the device is to play now; None when it has played all."""
    modules = device.group.modules
    return modules[device.place] if device.place < len(modules) else None


def play(device: ClassDevice, session: str) -> list[str]:
    """The device begins a live session. Returns the one it leaves, if any."""
    with scopes_disabled():
        ClassDevice.objects.filter(pk=device.pk).update(session=session, started=True)
    return [device.session] if device.session else []


def played(session: str, told: dict[str, Any]) -> None:
    """A live session of a class came to its end: its device goes on to the next module. Told twice, it counts once.

    told: {"headline", "findings": [{"title", "why"}]}, shown on the device until the class closes.
    """
    with transaction.atomic(), scopes_disabled():
        device = ClassDevice.objects.select_for_update().select_related("group").filter(session=session).first()
        if device is None:
            return
        ClassDevice.objects.filter(pk=device.pk).update(
            place=F("place") + 1,
            session="",
            told=told,
            finished=device.place + 1 >= len(device.group.modules),
        )


def skip(device: ClassDevice) -> list[str]:
    """Goes on to the next module without finishing this one, the last one excepted. What is skipped is not finished.

    Returns the live session that is left, if any.
    """
    if device.place >= len(device.group.modules) - 1:
        return []
    with scopes_disabled():
        ClassDevice.objects.filter(pk=device.pk).update(place=F("place") + 1, session="")
    return [device.session] if device.session else []


def tell_interest(device: ClassDevice, when: When, points: int) -> None:
    """One answer from 1 to 5, before or after; the last one counts. Raises ValidationError."""
    if not 1 <= points <= POINTS:
        raise ValidationError(_("Choose one of the five."))
    with scopes_disabled():
        ClassDevice.objects.filter(pk=device.pk).update(**{f"interest_{when}": points})
