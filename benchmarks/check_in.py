"""Checking people in at 100 a second: the whole product's page behind its server, beside it a view that does nothing.

Requests leave at fixed times, whether earlier ones were answered or not, and are timed from when they were due: a
server that falls behind shows it. Each carries one scan of another ticket, as a phone's does. The peer gets the same
requests on the same server, through the same middleware (session, account, role), and reads and writes nothing else.
"""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks.machine import cpu_seconds, describe

HOST = "127.0.0.1"
A_SECOND = 100
SECONDS = 20
WARM_UP = 100
TARGET_MS = 50.0
CONNECTIONS = 24
GUESTS = A_SECOND * SECONDS + WARM_UP


@dataclass(frozen=True)
class Door:
    """What a phone at the door has: the address to send to, cookies of who is signed in, tickets to scan."""

    address: str
    headers: dict[str, str]
    tokens: list[str]


def run() -> dict[str, Any]:
    """The report."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "static").mkdir()
        os.environ |= {"RESILIENCE_DATA": folder, "DJANGO_SETTINGS_MODULE": "resilience.site.settings"}
        described = describe()
        door = prepared()
        port = free_port()
        server = subprocess.Popen([sys.executable, "-m", "benchmarks.check_in", str(port)])
        try:
            wait_for(port, server)
            # First the peer, then the product: what is warm is warm for both.
            peer = measure(server.pid, port, "/trivial", door)
            product = measure(server.pid, port, door.address, door)
        finally:
            server.kill()
            server.wait()
        checked_in = attendances()
    if checked_in != GUESTS:
        raise RuntimeError(f"{checked_in} of {GUESTS} people are in: what was measured is not checking in")
    return {
        "machine": described,
        "a_second": A_SECOND,
        "seconds": SECONDS,
        "store": "SQLite, synchronous=FULL",
        "target_ms": TARGET_MS,
        **product,
        "peer_trivial_view": peer,
    }


def prepared() -> Door:
    """A store with an activity that is on now, its guests, and an instructor who is signed in."""
    import django

    django.setup()
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command
    from django.urls import reverse
    from django.utils import timezone

    call_command("migrate", verbosity=0)
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
    account, _ = add_member(organisation, "door@benchmark.invalid", "Door", Role.INSTRUCTOR, None)
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
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    secret = "b" * 32
    headers = {
        "cookie": f"sessionid={session.session_key}; csrftoken={secret}",
        "x-csrftoken": secret,
        "content-type": "application/json",
    }
    return Door(reverse("door-scans", args=[meeting.pk]), headers, [row.token for row in rows])


def attendances() -> int:
    """How many people are in by now."""
    from resilience.people.scopes import whole_programme
    from resilience.programme.models import Attendance

    with whole_programme("the benchmark counts what it did"):
        return Attendance.objects.count()


def measure(server: int, port: int, address: str, door: Door) -> dict[str, float]:
    """Milliseconds from when each request was due to when its answer was read, and of the server's processor for it.

    The times depend on what else the machine does; the processor's time hardly does.
    """
    ask = asking(port, address, door)
    for token in door.tokens[:WARM_UP]:
        ask(token)
    used = cpu_seconds(server)
    began = time.perf_counter() + 0.1

    def timed(number: int) -> float:
        due = began + number / A_SECOND
        time.sleep(max(0.0, due - time.perf_counter()))
        ask(door.tokens[WARM_UP + number])
        return (time.perf_counter() - due) * 1000

    with ThreadPoolExecutor(CONNECTIONS) as phones:
        taken = sorted(phones.map(timed, range(A_SECOND * SECONDS)))
    return {
        "p50_ms": at(taken, 0.5),
        "p95_ms": at(taken, 0.95),
        "p99_ms": at(taken, 0.99),
        "longest_ms": round(taken[-1], 1),
        "processor_ms_each": round((cpu_seconds(server) - used) * 1000 / len(taken), 2),
    }


def asking(port: int, address: str, door: Door) -> Callable[[str], None]:
    """A function that sends the scan of a ticket and reads the answer; each thread keeps its connection."""
    from threading import local

    kept = local()

    def ask(token: str) -> None:
        if not hasattr(kept, "connection"):
            kept.connection = http.client.HTTPConnection(HOST, port, timeout=30)
        milliseconds = time.time() * 1000
        scan = {"token": token, "nonce": f"nonce-{token}", "at": milliseconds}
        body = json.dumps({"device": "benchmark", "clock": milliseconds, "scans": [scan]})
        kept.connection.request("POST", address, body, door.headers)
        answer = kept.connection.getresponse()
        read = answer.read()
        if answer.status != 200 or b'"in"' not in read:
            raise RuntimeError(f"{address} answered {answer.status}: {read[:200]!r}")

    return ask


def at(ordered: list[float], share: float) -> float:
    """The time that this share of all stayed below."""
    return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    """Until the server answers; raises RuntimeError when it does not within 60 s."""
    for _try in range(600):
        if server.poll() is not None:
            break
        with suppress(OSError), socket.create_connection((HOST, port), timeout=1):
            return
        time.sleep(0.1)
    raise RuntimeError("the benchmark's server did not answer")


def serve(port: int) -> None:
    """The product's own application, with one page more: a view that answers at once."""
    import django
    import uvicorn
    from django.conf import settings

    django.setup()
    settings.ROOT_URLCONF = "benchmarks.check_in_addresses"
    from resilience.classroom.app import SERVER_OPTIONS
    from resilience.site.asgi import application

    uvicorn.run(
        application,
        host=HOST,
        port=port,
        loop="uvloop",
        http="httptools",
        lifespan="off",
        log_level="warning",
        access_log=False,
        **SERVER_OPTIONS,
    )


if __name__ == "__main__":
    serve(int(sys.argv[1]))
