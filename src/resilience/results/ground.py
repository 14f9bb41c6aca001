"""What the store says up to a day, in one part of the programme. Every question is asked in SQL, and once.

An activity counts when it was closed and had begun, or was open and had ended, by the end of the day counted to (the
installation's time zone). Drafts and cancelled activities never do. A meeting counts when it had begun.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from resilience.results.filters import EVERYTHING, Filters

ALL_KINDS = ("training", "outreach", "leadership")

Param = Any


class CountedActivity(NamedTuple):
    """An activity that counts."""

    id: int
    code: str
    kind: str
    format: str
    region: str
    organisation: str
    partner: str


class Heads(NamedTuple):
    """Heads of one activity, year group, way of knowing and source; of one source the latest number alone."""

    activity: int
    code: str
    year_group: str
    kind: str
    number: int


class Leader(NamedTuple):
    """A member who was at a meeting of their cohort. References are hexadecimal."""

    member: int
    person: str
    employer: str
    project_done: bool


def ask(sql: str, params: Collection[Param] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(params))
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


@contextmanager
def room_to_count() -> Iterator[None]:
    """PostgreSQL gets memory to sort and hash in, compiles no query that runs once (compiling takes longer), and reads
    through indexes as from a solid-state disk: its default is for one that turns, and makes it read whole tables."""
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL work_mem = '128MB'")
            cursor.execute("SET LOCAL jit = off")
            cursor.execute("SET LOCAL random_page_cost = 1.1")
        yield


def hex_of(column: str) -> str:
    """SQL for a UUID column as 32 hexadecimal digits on either kind of store."""
    return f"REPLACE(CAST({column} AS TEXT), '-', '')"


def minutes_between(came: str, start: str, end: str) -> str:
    """SQL for the whole minutes from coming in, not before the start, to the end; never below nought."""
    if connection.vendor == "sqlite":
        late = f"MAX(julianday({came}), julianday({start}))"
        # A ten-thousandth of a minute: what a day written as a binary fraction cannot hold.
        return f"MAX(0, CAST((julianday({end}) - {late}) * 1440 + 0.0001 AS INTEGER))"
    return f"GREATEST(0, FLOOR(date_part('epoch', {end} - GREATEST({came}, {start})) / 60)::integer)"


def end_of(day: date) -> datetime:
    """The first moment after a day."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


def in_list(values: Collection[Any]) -> str:
    return ", ".join(["%s"] * len(values)) or "NULL"


class Ground:
    """The rows that count. References of people come out as 32 hexadecimal digits."""

    def __init__(self, as_of: date, filters: Filters = EVERYTHING) -> None:
        self.as_of = as_of
        self.filters = filters
        # As the store writes moments.
        self.until = connection.ops.adapt_datetimefield_value(end_of(as_of))
        self._people: dict[tuple[str, ...], frozenset[str]] = {}
        self._employers: dict[tuple[str, ...], list[tuple[str, str, str]]] = {}

    # --- which activities and meetings count

    def activity(self, kinds: Collection[str] = ALL_KINDS) -> tuple[str, list[Param]]:
        """The condition on activity `a`, and its parameters."""
        parts = ["((a.status = 'closed' AND a.starts_at < %s) OR (a.status = 'open' AND a.ends_at < %s))"]
        params: list[Param] = [self.until, self.until]
        if tuple(kinds) != ALL_KINDS:
            parts.append(f"a.kind IN ({in_list(kinds)})")
            params += kinds
        if self.filters.kind is not None:
            parts.append("a.kind = %s")
            params.append(str(self.filters.kind))
        if self.filters.organisation is not None:
            parts.append(f"{hex_of('a.organisation_id')} = %s")
            params.append(self.filters.organisation.hex)
        if (regions := self.filters.regions) is not None:
            parts.append(f"a.region IN ({in_list(regions)})")
            params += regions
        return " AND ".join(parts), params

    def meetings(self, kinds: Collection[str] = ALL_KINDS) -> tuple[str, list[Param]]:
        """A query for the ids of the meetings that count."""
        condition, params = self.activity(kinds)
        sql = (
            "SELECT m.id FROM programme_meeting m JOIN programme_activity a ON a.id = m.activity_id "
            f"WHERE {condition} AND m.starts_at < %s"
        )
        return sql, [*params, self.until]

    @cached_property
    def activities(self) -> list[CountedActivity]:
        condition, params = self.activity()
        sql = (
            f"SELECT a.id, a.code, a.kind, a.format, a.region, {hex_of('a.organisation_id')}, o.name "
            "FROM programme_activity a JOIN people_organisation o ON o.id = a.organisation_id "
            f"WHERE {condition} ORDER BY a.code"
        )
        return [CountedActivity(*row) for row in ask(sql, params)]

    @cached_property
    def partners(self) -> tuple[str, ...]:
        """Names of the organisations whose activities count."""
        return tuple(sorted({activity.partner for activity in self.activities}))

    # --- who and how many were there

    def people(self, kinds: Collection[str]) -> frozenset[str]:
        """Different people with an attendance at activities of these kinds."""
        key = tuple(kinds)
        if key not in self._people:
            meetings, params = self.meetings(key)
            sql = (
                f"SELECT {hex_of('p.ref')} FROM people_person p WHERE p.id IN "
                f"(SELECT t.person_id FROM programme_attendance t WHERE t.meeting_id IN ({meetings}))"
            )
            self._people[key] = frozenset(chain.from_iterable(ask(sql, params)))
        return self._people[key]

    def employers(self, kinds: Collection[str]) -> list[tuple[str, str, str]]:
        """Different organisations that those people come from, by any partner's word: reference, kind, size."""
        key = tuple(kinds)
        if key not in self._employers:
            condition, params = self.activity(key)
            # Asked of each organisation, which ends with its first person who was there.
            sql = (
                f"SELECT {hex_of('o.id')}, o.kind, o.size FROM people_organisation o WHERE EXISTS "
                "(SELECT 1 FROM people_contact c JOIN programme_attendance t ON t.person_id = c.person_id "
                "JOIN programme_meeting m ON m.id = t.meeting_id JOIN programme_activity a ON a.id = m.activity_id "
                f"WHERE c.employer_id = o.id AND {condition} AND m.starts_at < %s)"
            )
            params = [*params, self.until]
            self._employers[key] = [(ref, kind, size) for ref, kind, size in ask(sql, params)]
        return self._employers[key]

    @cached_property
    def visits(self) -> dict[int, int]:
        """Attendances by activity; an activity without any is left out."""
        meetings, params = self.meetings()
        sql = (
            "SELECT m.activity_id, SUM(n.number) FROM programme_meeting m JOIN "
            "(SELECT t.meeting_id, COUNT(*) AS number FROM programme_attendance t "
            f"WHERE t.meeting_id IN ({meetings}) GROUP BY t.meeting_id) n ON n.meeting_id = m.id "
            "GROUP BY m.activity_id"
        )
        return {activity: int(number) for activity, number in ask(sql, params)}

    @cached_property
    def people_by_activity(self) -> dict[int, int]:
        """Different people by activity; an activity without any is left out."""
        meetings, params = self.meetings()
        sql = (
            "SELECT m.activity_id, COUNT(DISTINCT t.person_id) FROM programme_attendance t "
            f"JOIN programme_meeting m ON m.id = t.meeting_id WHERE t.meeting_id IN ({meetings}) GROUP BY m.activity_id"
        )
        return dict(ask(sql, params))

    @cached_property
    def heads(self) -> list[Heads]:
        """Heads at outreach: per activity and year group the best way of knowing alone, per source the latest number.

        A school that counts its two classes apart gives two sources of one kind: they are added.
        """
        condition, params = self.activity(("outreach",))
        sql = (
            "WITH ranked AS (SELECT a.id AS activity, a.code, h.year_group, h.kind, h.number, "
            "CASE h.kind WHEN 'register' THEN 1 WHEN 'counted' THEN 2 ELSE 3 END AS standing, "
            "ROW_NUMBER() OVER (PARTITION BY h.activity_id, h.year_group, h.kind, h.source "
            "ORDER BY h.recorded_at DESC, h.id DESC) AS latest "
            "FROM programme_headcount h JOIN programme_activity a ON a.id = h.activity_id "
            f"WHERE {condition}), "
            "best AS (SELECT activity, year_group, MIN(standing) AS standing FROM ranked "
            "GROUP BY activity, year_group) "
            "SELECT r.activity, r.code, r.year_group, r.kind, SUM(r.number) FROM ranked r JOIN best b "
            "ON b.activity = r.activity AND b.year_group = r.year_group AND b.standing = r.standing "
            "WHERE r.latest = 1 GROUP BY r.activity, r.code, r.year_group, r.kind "
            "HAVING SUM(r.number) > 0 ORDER BY r.code, r.year_group"
        )
        return [Heads(a, code, year, kind, int(heads)) for a, code, year, kind, heads in ask(sql, params)]

    @cached_property
    def leaders(self) -> list[Leader]:
        """Members of cohorts who were at a meeting of theirs; somebody in two cohorts stands here twice."""
        condition, params = self.activity(("leadership",))
        sql = (
            f"SELECT c.id, {hex_of('p.ref')}, {hex_of('c.employer_id')}, c.project_done "
            "FROM programme_cohortmember c JOIN programme_cohort k ON k.id = c.cohort_id "
            "JOIN programme_activity a ON a.id = k.activity_id JOIN people_person p ON p.id = c.person_id "
            f"WHERE {condition} AND c.joined_at < %s AND EXISTS (SELECT 1 FROM programme_attendance t "
            "JOIN programme_meeting m ON m.id = t.meeting_id "
            "WHERE t.person_id = c.person_id AND m.activity_id = a.id AND m.starts_at < %s) ORDER BY c.joined_at, c.id"
        )
        return [
            Leader(member, who, employer, bool(done))
            for member, who, employer, done in ask(sql, [*params, self.until, self.until])
        ]
