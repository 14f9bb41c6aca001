"""The account of recorded sessions: what they saved or cost in waste, carbon and money.

A site is an organisation, a trainee the random reference that a record has, the device hours the length of the session.
Pupils are never recorded: how many began and finished is known of a class, and what that took is estimated from it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import groupby

from django.core.cache import cache
from django.db.models import Count, Max, QuerySet

import resilience
from resilience.footprint import Account, Device, FootprintError, Purpose, Session, Trip, account, is_claim, objections
from resilience.people.models import Organisation
from resilience.people.scopes import whole_programme, within
from resilience.programme.models import ClassJoin
from resilience.records.models import Attempt, SessionRecord
from resilience.results import footprint_factors, footprint_sites
from resilience.results.footprint_sites import Answers, HubTravel
from resilience.training import modules
from resilience.training.errors import BadInput

DRAWS, SEED = 10_000, 0
KEPT_SECONDS = 7 * 24 * 3600
# Where the kind of device is not known, the one that takes most: nothing is made to look better than it may be.
DEVICES = {
    "headset": Device.HEADSET,
    "computer": Device.LAPTOP,
    "tablet": Device.TABLET,
    "phone": Device.PHONE,
    "": Device.HEADSET,
}
# Classes play on what schools have; most have laptops.
CLASS_DEVICE = Device.LAPTOP
MOST_HOURS, FEWEST_HOURS = 24.0, 1 / 3600
# What one trip of the footprint can carry, and one session.
MOST_KM, MOST_NIGHTS, MOST_TRIPS = 5000.0, 30, 10


@dataclass(frozen=True)
class Told:
    """An account with what it was made of. `of_classes`: sessions of pupils among them, which are estimated."""

    account: Account
    until: date
    of_classes: int
    data_hash: str


def tell(organisation: Organisation | None, until: date) -> Told:
    """The account of an organisation's sessions, or of everybody's, up to a day; computed once for the same data.

    Raises FootprintError where sessions, profiles and factors do not go together.
    """
    answers = answers_for(organisation)
    found = hash_of(organisation, until, answers)
    told: Told | None = cache.get(f"footprint:{found}")
    if told is None:
        recorded, classes = list(recorded_sessions(organisation, until)), list(class_sessions(organisation, until))
        sessions = with_hub_travel(recorded, answers) + classes
        made = account(
            sessions,
            [each.profile for each in answers],
            draws=DRAWS,
            seed=SEED,
            factors_used=footprint_factors.in_use(),
        )
        told = Told(made, until, len(classes), found)
        cache.set(f"footprint:{found}", told, KEPT_SECONDS)
    return told


def answers_for(organisation: Organisation | None) -> list[Answers]:
    if organisation is None:
        return footprint_sites.all_answers()
    found = footprint_sites.answers_of(organisation)
    return [] if found is None else [found]


def scope_of(organisation: Organisation | None) -> AbstractContextManager[None]:
    return whole_programme("the account of all sessions") if organisation is None else within(organisation)


def hash_of(organisation: Organisation | None, until: date, answers: list[Answers]) -> str:
    """SHA-256 of what decides the account, by numbers that are found quickly.

    Records are only added, and of an attempt nothing changes but the countersignature.
    """
    with scope_of(organisation):
        records = SessionRecord.objects.filter(created_at__lt=before(until)).aggregate(Count("seq"), Max("seq"))
        signed = Attempt.objects.filter(countersigned_at__isnull=False).aggregate(Count("pk"), Max("countersigned_at"))
        classes = list(closed(until).values_list("pk", "started", "finished"))
    decides = [
        str(organisation.pk) if organisation else "",
        until.isoformat(),
        records,
        signed,
        classes,
        [each.model_dump(mode="json") for each in answers],
        [[row.sha256, row.without] for row in footprint_factors.adopted()],
        [DRAWS, SEED, resilience.__version__],
    ]
    return hashlib.sha256(json.dumps(decides, sort_keys=True, default=str).encode()).hexdigest()


def before(until: date) -> str:
    """The first moment that is too late, as records write it: days are counted in UTC, as in the chain."""
    return (until + timedelta(days=1)).isoformat()


def recorded_sessions(organisation: Organisation | None, until: date) -> Iterator[Session]:
    """A Session for every record."""
    columns = ("session", "module", "created_at", "organisation_ref", "subject_ref", "outcome")
    with scope_of(organisation):
        declared = {
            row[0]: row[1:] for row in Attempt.objects.values_list("session", "purpose", "device", "countersigned_at")
        }
        records = SessionRecord.objects.filter(created_at__lt=before(until)).order_by("seq").values_list(*columns)
        for session, module, created_at, site, subject, outcome in records.iterator(chunk_size=500):
            purpose, device, countersigned_at = declared.get(session, ("", "", None))
            came = json.loads(outcome)
            yield Session(
                module=module,
                site=str(site or ""),
                year=int(created_at[:4]),
                purpose=Purpose(purpose) if purpose else Purpose.OUTREACH,
                countersigned=countersigned_at is not None,
                trainee=str(subject or ""),
                device=DEVICES[device],
                device_hours=min(MOST_HOURS, max(FEWEST_HOURS, came["seconds"] / 3600)),
                completed=is_complete(came.get("process")),
            )


def is_complete(process: Mapping[str, int] | None) -> bool:
    """Whether all units were filled; a module that makes nothing is complete when it is recorded."""
    return process is None or process["filled"] >= process["units"]


def closed(until: date) -> QuerySet[ClassJoin]:
    """Classes that are over and so have their counts."""
    end = datetime(until.year, until.month, until.day, tzinfo=UTC) + timedelta(days=1)
    found: QuerySet[ClassJoin] = ClassJoin.objects.filter(closed_at__isnull=False, opened_at__lt=end)
    return found.order_by("pk")


def class_sessions(organisation: Organisation | None, until: date) -> Iterator[Session]:
    """What pupils did: whoever started played the first module, whoever finished all of them, each for its length."""
    with scope_of(organisation):
        groups = list(closed(until).select_related("activity"))
    for group in groups:
        for place, module in enumerate(group.modules):
            one = Session(
                module=module,
                site=str(group.activity.organisation_id),
                year=group.opened_at.year,
                purpose=Purpose.OUTREACH,
                device=CLASS_DEVICE,
                device_hours=minutes(module) / 60,
            )
            yield from [one] * (group.finished if place else group.started)


@lru_cache(maxsize=64)
def minutes(module: str) -> int:
    """The length of a module in minutes; a quarter of an hour for one that is not installed any more."""
    try:
        return modules.load(module).head.minutes
    except BadInput:
        return 15


def with_hub_travel(sessions: list[Session], answers: list[Answers]) -> list[Session]:
    """Each year's trips to a hub, spread evenly over the recorded sessions of the site in that year."""
    found = sessions
    for each in answers:
        for year, trips in groupby(sorted(each.hub_travel, key=lambda trip: trip.year), key=lambda trip: trip.year):
            here = [at for at, one in enumerate(found) if (one.site, one.year) == (each.profile.site, year)]
            if here:
                found = spread(found, here, list(trips))
    return found


def spread(sessions: list[Session], here: list[int], travel: list[HubTravel]) -> list[Session]:
    """The sessions, those at the places `here` with their share of the trips. Raises FootprintError for too many."""
    found = list(sessions)
    for share, at in enumerate(here):
        trips = [trip for each in travel for trip in share_of(each, share, len(here))]
        if len(trips) > MOST_TRIPS:
            raise FootprintError(
                f"{len(trips)} trips to a hub for one session",
                f"hub travel of {travel[0].year}",
                "Enter only the trips that were made for recorded sessions.",
            )
        found[at] = found[at].model_copy(update={"hub_travel": tuple(trips)})
    return found


def share_of(travel: HubTravel, share: int, of: int) -> list[Trip]:
    """One session's share of a kind of trip, in as many trips as carry it; nights stay whole."""
    km = travel.km * travel.trips / of
    all_nights = travel.hotel_nights * travel.trips
    nights = all_nights // of + (share < all_nights % of)
    pieces = max(1, -int(-km // MOST_KM), -(-nights // MOST_NIGHTS))
    return [
        Trip(
            reason=travel.reason,
            mode=travel.mode,
            km=km / pieces,
            hotel_nights=nights // pieces + (piece < nights % pieces),
        )
        for piece in range(pieces)
    ]


def claim_objections(text: Mapping[str, str], until: date) -> dict[str, list[str]]:
    """What stands against publishing a sentence, by language; empty where nothing does.

    text: language -> sentence. One that speaks of waste, carbon or money is judged by the tier of the account of all
    sessions up to the day; what speaks of something else claims nothing. Raises FootprintError where none can be made.
    """
    if not any(is_claim(sentence) for sentence in text.values()):
        return {}
    tier = tell(None, until).account.tier
    found = {language: objections(sentence, tier, language) for language, sentence in text.items()}
    return {language: said for language, said in found.items() if said}
