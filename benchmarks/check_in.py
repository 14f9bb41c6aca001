"""Checking people in at 100 a second: the whole product behind its server, beside it a page that does nothing.

The server has one core, the phones the other. Each request carries one scan of another ticket, as a phone's does; ten
people are signed in at the door. The peer gets the same requests at the same times on the same server, through the
middleware of every page (session, account, role), and reads and writes nothing else. A bare commit in the same folder
says how long the disk alone takes to keep a row.
"""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks import machine
from benchmarks.check_in_phones import Door, Kept, at, measure
from benchmarks.postgres import postgresql
from benchmarks.served import TRIVIAL, server, signed_in
from benchmarks.stores import in_a_process

A_SECOND = 100
SECONDS = 20
WARM_UP = 100
TARGET_MS = 50.0
PHONES = 10
# While some sync: every second a phone sends what it kept without a network, and fetches the list of guests.
KEPT_SCANS, KEPT_SECONDS = 100, 10
SINGLE = A_SECOND * SECONDS
GUESTS = WARM_UP + SINGLE + A_SECOND * KEPT_SECONDS + KEPT_SCANS * (KEPT_SECONDS - 1)
COMMITS = 300


@dataclass(frozen=True)
class Prepared:
    """A door that is open: its address, the phones at it, the tickets of its guests."""

    address: str
    list_address: str
    phones: list[dict[str, str]]
    tokens: list[str]


def run() -> dict[str, Any]:
    """The report: SQLite, and PostgreSQL with the settings it comes with."""
    described = machine.describe()
    with tempfile.TemporaryDirectory() as folder:
        embedded = in_a_process("check_in", folder)
    with postgresql() as cluster, tempfile.TemporaryDirectory() as folder:
        served = in_a_process("check_in", folder, f"postgresql://resilience@/postgres?host={cluster}")
    return {
        "benchmark": "check_in",
        "machine": described,
        "a_second": A_SECOND,
        "target_ms": TARGET_MS,
        **embedded,
        "postgresql": served,
    }


# --- in the process of one store


def here() -> dict[str, Any]:
    """Fills the store this process is set up for, serves it, and measures."""
    door = prepared()
    from django.db import connection

    store = "SQLite, synchronous=FULL" if connection.vendor == "sqlite" else "PostgreSQL, synchronous_commit=on"
    connection.close()
    disk = commits_alone(Path(os.environ["RESILIENCE_DATA"]))
    with server() as (port, process):
        report = asyncio.run(measured(port, process, door))
    if (counted := attendances()) != GUESTS:
        raise RuntimeError(f"{counted} of {GUESTS} people are in: what was measured is not checking in")
    return {"store": store, **report, "peer_commit_alone": disk}


async def measured(port: int, process: int, door: Prepared) -> dict[str, Any]:
    tokens = iter(door.tokens)

    def some(number: int) -> list[str]:
        return [next(tokens) for _ in range(number)]

    trivial, product = Door(port, TRIVIAL, door.phones), Door(port, door.address, door.phones)
    warm = some(WARM_UP)
    for token in warm:
        await trivial.send([token])
        await product.send([token])
    single = some(SINGLE)
    load = os.getloadavg()[0]
    peer = await measure(trivial, process, single, A_SECOND)
    taken = await measure(product, process, single, A_SECOND)
    kept = Kept(1.0, [some(KEPT_SCANS) for _ in range(KEPT_SECONDS - 1)], door.list_address)
    syncing = await measure(product, process, some(A_SECOND * KEPT_SECONDS), A_SECOND, kept)
    trivial.close()
    product.close()
    return {
        "load_before_measuring": round(load, 1),
        **taken,
        f"while_a_phone_brings_{KEPT_SCANS}_kept_scans_and_fetches_the_list_each_second": syncing,
        "peer_trivial_view": peer,
    }


def prepared() -> Prepared:
    """A store with an activity that is on now, its guests, and instructors who are signed in."""
    from resilience.site import serve

    serve.set_up()
    serve.migrate()
    from django.urls import reverse
    from django.utils import timezone

    from resilience.people import persons
    from resilience.people.models import Organisation, Role
    from resilience.people.permissions import NOBODY
    from resilience.people.scopes import within
    from resilience.people.services import add_member
    from resilience.programme import activities
    from resilience.programme.codes import random_code
    from resilience.programme.models import Meeting, Registration

    now = timezone.now()
    organisation = Organisation.objects.create(name="Benchmark")
    with within(organisation):
        activity = activities.create(
            organisation,
            NOBODY,
            kind="training",
            format="in-person",
            title="Many guests",
            sittings=[activities.Sitting(now - timedelta(hours=1), now + timedelta(hours=1))],
            status="open",
        )
        details = [persons.Details(f"Guest {n}", f"guest{n}@benchmark.invalid") for n in range(GUESTS)]
        met = persons.meet_all(organisation, details, now)
        rows = [
            Registration(activity=activity, person=one.person, token=random_code(14), registered_at=now) for one in met
        ]
        Registration.objects.bulk_create(rows, batch_size=500)
        meeting = Meeting.objects.get(activity=activity)

    members = (
        add_member(organisation, f"door{n}@benchmark.invalid", "Door", Role.INSTRUCTOR, None)[0] for n in range(PHONES)
    )
    phones = [{**signed_in(account), "content-type": "application/json"} for account in members]
    scans, listed = (reverse(name, args=[meeting.pk]) for name in ("door-scans", "door-list"))
    return Prepared(scans, listed, phones, [row.token for row in rows])


def attendances() -> int:
    """How many people are in by now."""
    from resilience.people.scopes import whole_programme
    from resilience.programme.models import Attendance

    with whole_programme("the benchmark counts what it did"):
        return Attendance.objects.count()


def commits_alone(folder: Path) -> dict[str, float]:
    """Milliseconds that keeping one row takes when nothing else is done: SQLite, WAL, synchronous=FULL."""
    took = []
    with closing(sqlite3.connect(folder / "alone.sqlite3", isolation_level=None)) as alone:
        alone.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE kept (row TEXT)")
        for number in range(COMMITS):
            began = time.perf_counter()
            alone.execute("INSERT INTO kept VALUES (?)", (f"row {number}",))
            took.append((time.perf_counter() - began) * 1000)
    return {"p50_ms": at(took, 0.5), "p99_ms": at(took, 0.99), "longest_ms": at(took, 1.0)}


if __name__ == "__main__":
    print(json.dumps(here() if sys.argv[1:] == ["--here"] else run(), indent=2))
