"""How soon a page answers after `make run`, the second time: database and files are there already.

The first run prepares a data folder of its own; the second is timed from the command to the first page.
The peer is a Python that only imports Django and uvicorn.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from benchmarks import machine
from benchmarks.simulate import timed

ROOT = Path(__file__).resolve().parents[1]
LONGEST = 120.0


def run() -> dict[str, Any]:
    """Both starts, and the peer."""
    about = machine.describe()
    with tempfile.TemporaryDirectory() as folder:
        first = until_answered(Path(folder))
        second = min(until_answered(Path(folder)) for _ in range(2))
    peer = [sys.executable, "-c", "import django.core.handlers.asgi, django.db.models, uvicorn"]
    return {
        "benchmark": "start",
        "machine": about,
        "target_seconds": 5,
        "first_seconds": round(first, 2),
        "seconds": round(second, 2),
        "peer_importing_django_and_uvicorn_seconds": round(min(timed(peer) for _ in range(3)), 2),
    }


def until_answered(folder: Path) -> float:
    """Seconds from `make run` to the answer of the first page; the server is ended afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    environment = {**os.environ, "RESILIENCE_DATA": str(folder), "PORT": str(port)}
    began = time.perf_counter()
    server = subprocess.Popen(
        ["make", "run"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        while time.perf_counter() - began < LONGEST:
            if server.poll() is not None:
                raise RuntimeError(f"`make run` ended with {server.returncode}; see above")
            try:
                with urlopen(f"http://127.0.0.1:{port}/", timeout=LONGEST) as answer:
                    answer.read()
                return time.perf_counter() - began
            except OSError:
                time.sleep(0.02)
        raise RuntimeError(f"no page was answered within {LONGEST:g} s")
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(30)


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
