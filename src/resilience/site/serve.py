"""`resilience run`: the database brought up to date, files gathered, the server on its port."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Any

import django
import uvicorn

from resilience.training.errors import BadInput

SETTINGS = "resilience.site.settings"


class CannotServeError(BadInput):
    """The server cannot start; the message says why and what to do."""


def set_up() -> None:
    """Makes Django usable in this process; may be called more than once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()


def prepare() -> None:
    """Brings the database up to date and gathers the files a browser fetches, each only when there is something new."""
    set_up()
    migrate()
    gather()


def migrate() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)


def gather() -> None:
    """Copies and compresses static files into the data folder when one has changed since the last start."""
    from django.conf import settings
    from django.core.management import call_command

    from resilience.site.assets import fingerprint

    stamp = Path(settings.RESILIENCE_DATA) / "static.stamp"
    now = fingerprint()
    if stamp.exists() and stamp.read_text() == now and Path(settings.STATIC_ROOT).is_dir():
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(now)


def run(host: str, port: int, https: bool = False) -> None:
    """Serves until interrupted; https by a certificate made here. Raises CannotServeError when the port is taken."""
    if https:
        os.environ["HTTPS"] = "own"
    from resilience.site import demo

    prepare()
    refuse_taken_port(host, port)
    demo.first_start(lambda line: print(line, flush=True))
    from resilience.classroom.app import SERVER_OPTIONS
    from resilience.site.asgi import application

    print("\n".join(greeting(host, port, https)), flush=True)
    config = uvicorn.Config(
        application,
        host=host,
        port=port,
        lifespan="on",
        server_header=False,
        timeout_graceful_shutdown=5,
        **SERVER_OPTIONS,
        **(certificate_files() if https else {}),
    )
    uvicorn.Server(config).run()


def refuse_taken_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CannotServeError(
                f"it cannot be used ({error.strerror})", f"port {port} on {host}", f"Name another: PORT={port + 1}."
            ) from error


def certificate_files() -> dict[str, Any]:
    """Where uvicorn finds the certificate of this machine, made when it is lacking."""
    from django.conf import settings

    from resilience.classroom.certificates import ensure, own_names

    made = ensure(Path(settings.RESILIENCE_DATA) / "certificates", own_names())
    return {"ssl_certfile": str(made.certificate), "ssl_keyfile": str(made.key)}


def greeting(host: str, port: int, https: bool = False) -> list[str]:
    """What is printed at the start: the address to open, and what a headset needs."""
    everywhere = host in {"0.0.0.0", "::", ""}
    scheme = "https" if https else "http"
    lines = [f"Resilience is at {scheme}://{'localhost' if everywhere else host}:{port}/"]
    if everywhere and (address := lan_address()):
        lines.append(f"On this network it is at {scheme}://{address}:{port}/")
    if https:
        lines.append(
            "A browser warns of the certificate until its authority is installed: docs/use/headset-on-a-lan.md"
        )
    else:
        lines.append("A headset shows VR only over https (--https), or by cable: docs/use/headset-on-a-lan.md")
    return lines


def lan_address() -> str | None:
    """This machine's address towards the network; nothing is sent to find it out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        found: str = probe.getsockname()[0]
    return None if found.startswith("127.") else found
