"""From a figure to what it rests on, without personal data: activities with counts, and random references of people."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from resilience.people.few import told
from resilience.people.models import Organisation
from resilience.people.scopes import whole_programme
from resilience.programme.models import Activity, EvaluationAnswer, Registration
from resilience.results.definitions import shelf
from resilience.results.figures import hash_of
from resilience.results.filters import Filters
from resilience.results.ground import Ground
from resilience.results.models import Release, Snapshot
from resilience.results.snapshots import rows_of

# Fewer people than this at an activity are not given as a number.


@dataclass(frozen=True)
class Held:
    """An activity behind a figure. `attendances` and `heads` are None for 1 to 4: shown as "fewer than 5"."""

    code: str
    title: str
    kind: str
    format: str
    partner: str
    region: str
    starts_at: datetime
    attendances: int | None
    heads: int | None


@dataclass(frozen=True)
class Evidence:
    """What a snapshot rests on, as the rows are now."""

    activities: list[Held]
    # Names of the organisations that were counted, where the figure counts organisations.
    organisations: list[str]
    # The released diversity table, where the figure comes from one.
    release: Release | None


@dataclass(frozen=True)
class ActivityCounts:
    """One activity in numbers; None for 1 to 4 everywhere. `heads` are (year group, how they are known, number)."""

    held: Held
    people: int | None
    places: int | None
    forms: int | None
    heads: list[tuple[str, str, int | None]]


def behind(snapshot: Snapshot) -> Evidence:
    """The evidence of a snapshot: what was held, without anybody's name."""
    rows = rows_of(snapshot)
    release = _release_of(rows)
    with whole_programme("the evidence behind a figure"):
        held = [] if release else [row for row, _ in _held(snapshot, _ground(snapshot))]
    return Evidence(held, _organisations(rows), release)


def unchanged(snapshot: Snapshot) -> bool:
    """Whether counting again by the same definition gives the very same rows."""
    indicator = shelf().version(snapshot.indicator, snapshot.version)
    with whole_programme("whether a figure still stands"):
        rows = indicator.counting.count(_ground(snapshot)).rows
    return hash_of(sorted(rows)) == snapshot.rows_hash


def activity_counts(snapshot: Snapshot, code: str) -> ActivityCounts | None:
    """One activity behind a figure in numbers; None for one that is not behind it."""
    with whole_programme("one activity behind a figure"):
        ground = _ground(snapshot)
        row, key = next((found for found in _held(snapshot, ground) if found[0].code == code), (None, 0))
        if row is None:
            return None
        return ActivityCounts(
            held=row,
            people=told(ground.people_by_activity.get(key, 0)),
            places=told(Registration.objects.filter(activity=key, status="confirmed").count()),
            forms=told(EvaluationAnswer.objects.filter(activity=key).count()),
            heads=[(one.year_group, one.kind, told(one.number)) for one in ground.heads if one.activity == key],
        )


def references(snapshot: Snapshot, start: int = 0, number: int = 100) -> list[str]:
    """Some of the references that were counted, in their order: random names of people, codes of activities."""
    return list(rows_of(snapshot)[start : start + number])


def _ground(snapshot: Snapshot) -> Ground:
    return Ground(snapshot.as_of, Filters.from_json(snapshot.filters))


def _held(snapshot: Snapshot, ground: Ground) -> list[tuple[Held, int]]:
    """The activities whose rows can be in the figure, each with its key, by day."""
    kinds = shelf().version(snapshot.indicator, snapshot.version).counting.on
    heads: Counter[int] = Counter()
    for found in ground.heads:
        heads[found.activity] += found.number
    visits = ground.visits
    counted = {one.id: one for one in ground.activities if one.kind in kinds and (one.id in visits or one.id in heads)}
    about = {activity.pk: activity for activity in Activity.objects.filter(kind__in=kinds)}
    rows = [
        (
            Held(
                code=one.code,
                title=about[key].title,
                kind=one.kind,
                format=one.format,
                partner=one.partner,
                region=one.region,
                starts_at=about[key].starts_at,
                attendances=told(visits.get(key, 0)),
                heads=told(heads[key]),
            ),
            key,
        )
        for key, one in counted.items()
    ]
    return sorted(rows, key=lambda row: (row[0].starts_at, row[0].code))


def _organisations(rows: tuple[str, ...]) -> list[str]:
    refs = [row.partition(":")[2] for row in rows if row.startswith("organisation:")]
    return list(Organisation.objects.filter(pk__in=refs).order_by("name").values_list("name", flat=True))


def _release_of(rows: tuple[str, ...]) -> Release | None:
    if not rows or not rows[0].startswith("release:"):
        return None
    _, table, version, quarter, _ = rows[0].split(":")
    return Release.objects.filter(table=table, version=int(version), quarter=quarter).first()
