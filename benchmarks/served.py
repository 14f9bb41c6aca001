"""The product's own server for a benchmark, on a core of its own, and somebody who is signed in there.

It serves what `resilience run` serves, with one page more: a view that answers at once, through the middleware of every
page, as the peer of what is measured.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import machine

if TYPE_CHECKING:
    from resilience.people.models import Account

HOST = "127.0.0.1"
TRIVIAL = "/trivial"


@contextmanager
def server() -> Iterator[tuple[int, int]]:
    """Port and process of a server on the store that this process is set up for; this process leaves it its core."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = int(probe.getsockname()[1])
    cores = os.sched_getaffinity(0)
    process = subprocess.Popen([sys.executable, "-m", "benchmarks.served", str(port)])
    machine.keep_to_core(1)
    try:
        wait_for(port, process)
        yield port, process.pid
    finally:
        process.kill()
        process.wait()
        os.sched_setaffinity(0, cores)


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Until the server answers; raises RuntimeError when it does not within 60 s."""
    for _try in range(600):
        if process.poll() is not None:
            break
        with suppress(OSError), socket.create_connection((HOST, port), timeout=1):
            return
        time.sleep(0.1)
    raise RuntimeError("the benchmark's server did not answer")


def signed_in(account: Account) -> dict[str, str]:
    """The headers of a browser in which the account is signed in, with the token that forms need."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from resilience.programme.codes import random_code

    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    token = random_code(32)
    return {"cookie": f"sessionid={session.session_key}; csrftoken={token}", "x-csrftoken": token}


def serve(port: int) -> None:
    """Serves until killed."""
    import uvicorn

    machine.keep_to_core(0)
    from resilience.site import serve

    serve.set_up()
    from django.conf import settings

    settings.ROOT_URLCONF = "benchmarks.served_addresses"
    Path(settings.STATIC_ROOT).mkdir(exist_ok=True)
    from resilience.classroom.app import SERVER_OPTIONS
    from resilience.site.asgi import application

    uvicorn.run(
        application,
        host=HOST,
        port=port,
        lifespan="on",
        **SERVER_OPTIONS,
    )


if __name__ == "__main__":
    serve(int(sys.argv[1]))
