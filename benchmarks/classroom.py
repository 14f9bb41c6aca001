"""A class of 30 devices at once, as when everybody types the code that has just been put on the wall.

The product as `resilience run` serves it, on a store of its own. All devices join in the same moment, begin in the same
moment, and stream 20 movements a second, while the facilitator's page of the class is asked for again and again. What
is reported is what the devices saw: actions are acknowledged as soon as they are on disk, movements once a second. The
peer is a page of the same server that asks for nothing that is stored.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from benchmarks.machine import cpu_seconds, describe
from benchmarks.pupils import PATIENCE_S, Seen, all_at_once, play_all

HOST = "127.0.0.1"
DEVICES = 30
SECONDS = 15.0
MODULE = "controls"
PEER_REQUESTS = 50


def run() -> dict[str, Any]:
    """The report."""
    described = describe()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"RESILIENCE_DATA": folder, "DJANGO_SETTINGS_MODULE": "resilience.site.settings"}
        os.environ["RESILIENCE_DEMO"] = "0"
        code, page, cookie = prepared(Path(folder))
        port = free_port()
        command = [str(Path(sys.executable).with_name("resilience")), "run", "--host", HOST, "--port", str(port)]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            address = f"http://{HOST}:{port}"
            answering(server, address)
            timed(address + "/about/model", "")  # the first page also loads what all share
            peer = sorted(timed(address + "/about/model", "") for _ in range(PEER_REQUESTS))
            used = cpu_seconds(server.pid)
            devices, seen = all_at_once(address, code, DEVICES)
            began = time.perf_counter()
            with ThreadPoolExecutor(1) as class_:
                playing = class_.submit(play_all, devices, SECONDS)
                leader = asked_until(playing.done, lambda: timed(address + page, cookie))
                ends = playing.result()
            took = time.perf_counter() - began
            used = cpu_seconds(server.pid) - used
        finally:
            server.terminate()
            server.wait()
    if set(ends) != {"/class"}:
        raise RuntimeError(f"not every device came to its end: {sorted(set(ends))}")
    return {
        "machine": described,
        "devices": DEVICES,
        "module": MODULE,
        "streamed_seconds": SECONDS,
        **as_devices_saw(seen),
        "leaders_page_p50_ms": at(leader, 0.5),
        "leaders_page_p99_ms": at(leader, 0.99),
        "leaders_pages": len(leader),
        "frames_a_second": round(seen.frames / took),
        "sent_late": round(seen.late_sends / seen.frames, 4),
        "server_processor_seconds": round(used, 1),
        "peer_plain_page_p50_ms": at(peer, 0.5),
        "peer_plain_page_p99_ms": at(peer, 0.99),
    }


def as_devices_saw(seen: Seen) -> dict[str, float]:
    """Medians and 99th percentiles of what each device waited for, in milliseconds."""
    named = {
        "page": seen.page_ms,
        "join": seen.join_ms,
        "begin": seen.begin_ms,
        "welcome": seen.welcome_ms,
        "action_acknowledged": seen.action_ms,
        "movement_acknowledged": seen.movement_ms,
    }
    return {
        f"{name}_{part}_ms": at(sorted(times), share)
        for name, times in named.items()
        for part, share in (("p50", 0.5), ("p99", 0.99))
    }


def asked_until(done: Callable[[], bool], ask: Callable[[], float]) -> list[float]:
    """Asks, one answer after another, until that is done; the times in order of length."""
    times = []
    while not done():
        times.append(ask())
    return sorted(times)


def timed(address: str, cookie: str) -> float:
    """Milliseconds from the asking to the whole page. Raises HTTPError."""
    began = time.perf_counter()
    with urlopen(Request(address, headers={"Cookie": cookie}), timeout=PATIENCE_S) as answer:
        answer.read()
        if answer.url != address:
            raise RuntimeError(f"{address} led to {answer.url}")
    return (time.perf_counter() - began) * 1000


def at(ordered: list[float], share: float) -> float:
    """The time that this share of all stayed below."""
    return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def answering(server: subprocess.Popen[bytes], address: str) -> None:
    """Until the server answers. Raises RuntimeError when it ended, or does not answer within a minute."""
    for _try in range(600):
        if server.poll() is not None:
            break
        with suppress(OSError):
            timed(address + "/", "")
            return
        time.sleep(0.1)
    raise RuntimeError("the benchmark's server did not answer")


def prepared(folder: Path) -> tuple[str, str, str]:
    """A store with an open class; its code, its leader's page, and the leader's cookie."""
    (folder / "static").mkdir()
    import django

    django.setup()
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command
    from django.urls import reverse
    from django.utils import timezone

    call_command("migrate", verbosity=0)
    from resilience.people.models import Organisation, Role
    from resilience.people.permissions import NOBODY
    from resilience.people.scopes import within
    from resilience.people.services import add_member
    from resilience.programme import activities, outreach

    now = timezone.now()
    organisation = Organisation.objects.create(name="Benchmark")
    account, _ = add_member(organisation, "leader@benchmark.invalid", "Leader", Role.COORDINATOR, None)
    with within(organisation):
        activity = activities.create(
            organisation,
            NOBODY,
            kind="outreach",
            format="online",
            title="A whole class",
            sittings=[activities.Sitting(now, now + timedelta(hours=2))],
            status="open",
        )
        group = outreach.open_class(activity, [MODULE], "Year 9", now + timedelta(hours=2), NOBODY, now)
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    assert group.code is not None
    return group.code, reverse("class", args=[group.pk]), f"sessionid={session.session_key}"
