"""Counting, and keeping what was counted: a snapshot is a figure that stands, with the references of its rows."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from django.db import transaction

import resilience
from resilience.people import trail
from resilience.people.models import Region
from resilience.people.permissions import Actor
from resilience.people.scopes import whole_programme
from resilience.results.definitions import Indicator, shelf
from resilience.results.figures import Figure, pack, unpack
from resilience.results.filters import EVERYTHING, Filters
from resilience.results.ground import Ground, room_to_count
from resilience.results.models import Snapshot
from resilience.training.errors import BadInput


def count(code: str, as_of: date, filters: Filters = EVERYTHING) -> Figure:
    """One indicator, counted now from the rows. Raises BadInput for a code that does not exist, and for filters on an
    indicator that knows none."""
    indicator = shelf().newest(code)
    if not (indicator.counting.filtered or filters.whole):
        raise BadInput(f"`{code}` is released for the whole programme alone", "filters", "Take the filters away.")
    with whole_programme("counting indicators"), room_to_count():
        return _figure(indicator, Ground(as_of, filters))


def count_all(as_of: date, filters: Filters = EVERYTHING) -> dict[str, Figure]:
    """Every indicator that can be counted under these filters, by code, in the order they are listed in."""
    with whole_programme("counting indicators"), room_to_count():
        ground = Ground(as_of, filters)
        return {
            indicator.code: _figure(indicator, ground)
            for indicator in shelf().all
            if indicator.counting.filtered or filters.whole
        }


def _figure(indicator: Indicator, ground: Ground) -> Figure:
    counted = indicator.counting.count(ground)
    return Figure(
        indicator=indicator,
        as_of=ground.as_of,
        filters=ground.filters,
        value=counted.value,
        numerator=counted.numerator,
        denominator=counted.denominator,
        response_rate=counted.response_rate,
        partners=ground.partners,
        rows=tuple(sorted(counted.rows)),
        note=counted.note,
    )


def freeze(as_of: date, actor: Actor, now: datetime) -> list[Snapshot]:
    """Snapshots of every indicator for the whole programme, each partner, region and nation; in one transaction.

    Raises BadInput where a definition differs from the one that its version was last frozen with.
    """
    with transaction.atomic():
        figures = [figure for filters in _parts(as_of) for figure in count_all(as_of, filters).values()]
        refuse_changed_definitions()
        made = Snapshot.objects.bulk_create((_snapshot(figure, now) for figure in figures), batch_size=200)
        trail.add(actor, "froze figures", f"figures:{as_of}", new={"snapshots": len(made)}, at=now)
    return made


def _parts(as_of: date) -> list[Filters]:
    """The parts of the programme that figures are kept of: those in which anything was held."""
    with whole_programme("which parts of the programme there are"):
        held = Ground(as_of).activities
    regions = [Region(code) for code in sorted({activity.region for activity in held} - {""})]
    parts = [Filters(organisation=uuid.UUID(ref)) for ref in sorted({activity.organisation for activity in held})]
    parts += [Filters(region=region) for region in regions]
    return [EVERYTHING, *parts]


def code_version(indicator: Indicator) -> str:
    """The software's version and the first half of the definition's hash."""
    return f"{resilience.__version__}/{indicator.content_hash[:24]}"


def refuse_changed_definitions() -> None:
    """Raises BadInput where a definition's file was changed after it was used."""
    for indicator in shelf().all:
        last = Snapshot.objects.filter(indicator=indicator.code, version=indicator.version).order_by("-pk").first()
        if last is not None and last.code_version.partition("/")[2] != indicator.content_hash[:24]:
            raise BadInput(
                f"version {indicator.version} of `{indicator.code}` was changed after figures were frozen with it",
                f"{indicator.code}.{indicator.version}.yaml",
                f"Restore the file and write {indicator.code}.{indicator.version + 1}.yaml.",
            )


def _snapshot(figure: Figure, now: datetime) -> Snapshot:
    return Snapshot(
        indicator=figure.indicator.code,
        version=figure.indicator.version,
        as_of=figure.as_of,
        filters=figure.filters.as_json(),
        value=figure.value,
        numerator=figure.numerator,
        denominator=figure.denominator,
        response_rate=figure.response_rate,
        partners=list(figure.partners),
        rows_hash=figure.rows_hash,
        rows=pack(figure.rows),
        code_version=code_version(figure.indicator),
        taken_at=now,
    )


def rows_of(snapshot: Snapshot) -> tuple[str, ...]:
    """The references that a snapshot was counted from, sorted."""
    return unpack(snapshot.rows)


def latest(as_of: date, filters: Filters = EVERYTHING) -> dict[str, Snapshot]:
    """The last snapshots of the last day on or before `as_of`, by indicator in the order they are listed in.

    This is what a dashboard shows: it reads one row for each indicator and counts nothing.
    """
    found: dict[str, Snapshot] = {}
    rows = Snapshot.objects.filter(as_of__lte=as_of, filters=filters.as_json()).defer("rows").order_by("as_of", "pk")
    for snapshot in rows:
        found[snapshot.indicator] = snapshot
    return {indicator.code: found[indicator.code] for indicator in shelf().all if indicator.code in found}


def history(code: str, filters: Filters = EVERYTHING) -> list[Snapshot]:
    """One indicator over time: of every day that was frozen the last snapshot, oldest first."""
    rows = Snapshot.objects.filter(indicator=code, filters=filters.as_json()).defer("rows").order_by("as_of", "pk")
    return list({snapshot.as_of: snapshot for snapshot in rows}.values())
