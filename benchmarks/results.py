"""How long counting takes over a large programme, on the embedded database and on PostgreSQL.

1,000,000 attendances of 100,000 people at 2,000 activities; every indicator is counted from the rows, then the
dashboard's figures are read from a snapshot, and its whole page by a lead who is signed in. The peers are a bare GROUP
BY over the attendances in the same database, and a page that does nothing on the same server.
"""

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from benchmarks import machine, results_page
from benchmarks.postgres import postgresql
from benchmarks.stores import in_a_process

ATTENDANCES, PEOPLE, ACTIVITIES, PARTNERS = 1_000_000, 100_000, 2_000, 5
AS_OF = date(2026, 6, 30)
BATCH = 10_000
REPEATS = 3
TARGETS = {"sqlite": 5.0, "postgresql": 2.0}
DASHBOARD_TARGET = 0.5


def run() -> dict[str, Any]:
    """Each kind of store in a process of its own, which it is set up for."""
    about = machine.describe()
    return {
        "benchmark": "results",
        "machine": about,
        "attendances": ATTENDANCES,
        "people": PEOPLE,
        "activities": ACTIVITIES,
        "target_seconds": TARGETS,
        "target_dashboard_seconds": DASHBOARD_TARGET,
        "sqlite": on_sqlite(),
        "postgresql": on_postgresql(),
    }


def on_sqlite() -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        return in_a_process("results", folder)


def on_postgresql() -> dict[str, Any]:
    with postgresql() as socket, tempfile.TemporaryDirectory() as folder:
        return in_a_process("results", folder, f"postgresql://resilience@/postgres?host={socket}")


# --- in the process of one store


def here() -> dict[str, Any]:
    """Fills the store this process is set up for, and measures."""
    from resilience.site import serve

    serve.set_up()
    serve.migrate()
    from django.db import connection

    from resilience.people.permissions import NOBODY
    from resilience.results import snapshots

    began = time.perf_counter()
    fill()
    with connection.cursor() as cursor:
        # As either store does by itself when it is left alone for a minute.
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM (ANALYZE)")
    filled = time.perf_counter() - began
    load_before = round(os.getloadavg()[0], 1)
    figures = snapshots.count_all(AS_OF)
    busy_before = processor_seconds()
    snapshots.count_all(AS_OF)
    busy = processor_seconds() - busy_before
    counting, slowest = best(lambda: snapshots.count_all(AS_OF)), one_by_one()
    began = time.perf_counter()
    snapshots.freeze(AS_OF, NOBODY, datetime(2026, 7, 8, tzinfo=UTC))
    froze = time.perf_counter() - began
    return {
        "database": version(),
        "load_before_counting": load_before,
        "filled_seconds": round(filled, 1),
        "all_indicators_seconds": round(counting, 3),
        "all_indicators_processor_seconds": round(busy, 3),
        "slowest_indicators_seconds": slowest,
        "freeze_of_all_parts_seconds": round(froze, 1),
        "dashboard_from_snapshot_seconds": round(best(dashboard), 4),
        "dashboard_page": results_page.measure(AS_OF),
        "peer_group_by_seconds": round(best(lambda: peer(GROUPED)), 3),
        "peer_count_distinct_seconds": round(best(lambda: peer(DISTINCT)), 3),
        "figures": {code: figure.value for code, figure in figures.items()},
    }


GROUPED = "SELECT meeting_id, COUNT(*) FROM programme_attendance GROUP BY meeting_id"
DISTINCT = "SELECT COUNT(DISTINCT person_id) FROM programme_attendance"


def peer(sql: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql)
        cursor.fetchall()


def dashboard() -> None:
    """Every figure of the whole programme, and of each partner and region."""
    from resilience.results import overview, snapshots

    snapshots.latest(AS_OF)
    overview.standings(AS_OF)
    overview.by_partner("trainees", AS_OF)
    overview.by_region("trainees", AS_OF)


def one_by_one() -> dict[str, float]:
    """The five slowest indicators, each counted alone."""
    from resilience.results import snapshots
    from resilience.results.definitions import shelf

    took = {one.code: best(lambda code=one.code: snapshots.count(code, AS_OF), 1) for one in shelf().all}  # type: ignore[misc]
    slowest = sorted(took, key=lambda code: -took[code])[:5]
    return {code: round(took[code], 3) for code in slowest}


def best(work: Callable[[], Any], repeats: int = REPEATS) -> float:
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def processor_seconds() -> float:
    """Processor time of this process and of the database's one that serves it: other work does not add to it."""
    from django.db import connection

    used = time.process_time()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            used += machine.cpu_seconds(cursor.fetchone()[0])
    return used


def version() -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        return f"{connection.vendor} {cursor.fetchone()[0]}"


def load(table: str, columns: tuple[str, ...], rows: Iterator[tuple[Any, ...]]) -> None:
    """Many plain rows by the database's own way of taking them in."""
    from django.db import connection, transaction

    names = ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        adapt = connection.ops.adapt_datetimefield_value
        written = (tuple(adapt(value) if isinstance(value, datetime) else value for value in row) for row in rows)
        places = ", ".join(["?"] * len(columns))
        with transaction.atomic():  # or each row would be a commit
            connection.connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", written)


def fill() -> None:
    """The rows, drawn from a seed: 1,700 training events, 280 outreach activities, 20 cohorts."""
    from resilience.people.models import Contact, Organisation, Person, Region
    from resilience.people.scopes import whole_programme
    from resilience.programme.models import (
        Activity,
        Cohort,
        CohortMember,
        EvaluationAnswer,
        EvaluationRequest,
        HeadCount,
        HeldCompetence,
        Meeting,
        Registration,
    )

    draw = random.Random(1)
    first = datetime(2025, 1, 6, 9, tzinfo=UTC)
    partners = [Organisation.objects.create(name=f"Partner {place}", kind="partner") for place in range(PARTNERS)]
    employers = [
        Organisation.objects.create(name=f"Employer {place}", kind="employer", size=draw.choice(["micro", "large"]))
        for place in range(400)
    ]
    regions = [region.value for region in Region]
    kinds = ["training"] * 1700 + ["outreach"] * 280 + ["leadership"] * 20
    with whole_programme("filling a store to measure on"):
        activities = Activity.objects.bulk_create(
            Activity(
                organisation=draw.choice(partners),
                code=f"BENCH-{place}",
                kind=kind,
                format="in-person",
                status="closed",
                title=f"Activity {place}",
                region=draw.choice(regions),
                starts_at=first + timedelta(hours=6 * place),
                ends_at=first + timedelta(hours=6 * place + 4),
                minimum_minutes=120,
                cpd_minutes=180,
            )
            for place, kind in enumerate(kinds)
        )
        meetings = Meeting.objects.bulk_create(
            Meeting(activity=activity, starts_at=activity.starts_at, ends_at=activity.ends_at)
            for activity in activities
        )
        people = Person.objects.bulk_create(
            (
                Person(ref=uuid.UUID(int=draw.getrandbits(128)), key=f"{place:064d}", created_at=first)
                for place in range(PEOPLE)
            ),
            batch_size=BATCH,
        )
        Contact.objects.bulk_create(
            (
                Contact(organisation=draw.choice(partners), person=person, employer=draw.choice(employers))
                for person in people
            ),
            batch_size=BATCH,
        )
        each = ATTENDANCES // ACTIVITIES
        there = {meeting.pk: draw.sample(people, each) for meeting in meetings}
        load(
            "programme_attendance",
            ("meeting_id", "person_id", "minutes", "source", "at"),
            (
                (meeting.pk, person.pk, draw.choice([None, draw.randint(30, 240)]), "import", meeting.starts_at)
                for meeting in meetings
                for person in there[meeting.pk]
            ),
        )
        outreach = [activity for activity in activities if activity.kind == "outreach"]
        HeadCount.objects.bulk_create(
            HeadCount(
                activity=activity,
                kind=kind,
                number=draw.randint(20, 300),
                year_group="Year 9",
                source=kind,
                recorded_at=first,
            )
            for activity in outreach
            for kind in ("estimate", "register")
        )
        training = [meeting for meeting in meetings if meeting.activity.kind == "training"]
        Registration.objects.bulk_create(
            (
                Registration(
                    activity=meeting.activity, person=person, token=f"{meeting.pk}-{person.pk}", registered_at=first
                )
                for meeting in training
                for person in there[meeting.pk][:60]
            ),
            batch_size=BATCH,
        )
        EvaluationRequest.objects.bulk_create(
            (
                EvaluationRequest(
                    activity=meeting.activity,
                    person=person,
                    level="reaction",
                    due_at=first,
                    token=f"{meeting.pk}-{person.pk}",
                    answered_at=first,
                )
                for meeting in training
                for person in there[meeting.pk][:30]
            ),
            batch_size=BATCH,
        )
        EvaluationAnswer.objects.bulk_create(
            (
                EvaluationAnswer(
                    activity=meeting.activity, person=person, level="reaction", score=draw.randint(1, 5), given_at=first
                )
                for meeting in training
                for person in there[meeting.pk][:30]
            ),
            batch_size=BATCH,
        )
        HeldCompetence.objects.bulk_create(
            (
                HeldCompetence(
                    organisation=partners[0],
                    person=person,
                    competence=f"competence-{place % 40}",
                    evidence=f"activity:{place}",
                    since=first.date(),
                )
                for place, person in enumerate(people)
            ),
            batch_size=BATCH,
        )
        for meeting in meetings[-20:]:
            cohort = Cohort.objects.create(activity=meeting.activity)
            CohortMember.objects.bulk_create(
                CohortMember(
                    cohort=cohort,
                    person=person,
                    employer=draw.choice(employers),
                    joined_at=meeting.starts_at - timedelta(days=9),
                )
                for person in there[meeting.pk][:40]
            )


if __name__ == "__main__":
    print(json.dumps(here() if sys.argv[1:] == ["--here"] else run(), indent=2))
