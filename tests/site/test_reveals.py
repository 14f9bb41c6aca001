"""From a virtual trainee's run to the reveal on the page, with the real simulator, on both kinds of database."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.test import Client

from resilience.records import services as records
from resilience.records.chain import sha256
from resilience.results import demonstration_practice
from resilience.site import reveals
from resilience.training.playing import Part, play


@pytest.fixture(scope="module")
def worker() -> Iterator[None]:
    yield
    reveals.worker.stop()


@pytest.fixture
def played(store: str, worker: None) -> str:
    done = play(Part("aseptic-filling", "expert", 3, "practice"))
    records.begin("a-session", "token", "aseptic-filling", "practice", 3, "en")
    records.record(demonstration_practice.finished("a-session", done))
    return "a-session"


def test_a_recorded_session_verifies_reveals_and_replays(played: str, settings: Any) -> None:
    found = records.verify()
    assert (found.ok, found.replayed) == (True, 1)
    client = Client(headers={"authorization": "Bearer token"})
    told = client.get(f"/api/sessions/{played}/reveal").json()
    row = records.find(played)
    assert row is not None
    assert told["receipt"] == {"record": 1, "hash": row.hash}
    assert told["outcome"] == orjson.loads(row.outcome)
    assert sha256(row.outcome.encode()) == row.outcome_hash
    frames = client.get(f"/api/sessions/{played}/replay")
    assert frames["Content-Encoding"] == "gzip"
    welsh = client.get(f"/api/sessions/{played}/reveal", headers={"accept-language": "cy"}).json()
    assert welsh["headline"] != told["headline"]
    html = client.get(f"/reveal/{played}").content.decode()
    assert told["headline"] in html
    assert row.hash in html


def test_a_reveal_is_worked_out_once(played: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = reveals.reveal(played, "en")

    def never(*_: Any) -> bytes:
        raise AssertionError("worked out again")

    monkeypatch.setattr(reveals.worker, "run", never)
    assert reveals.reveal(played, "en") == first


def test_a_worker_that_died_is_started_again() -> None:
    worker = reveals.Worker()
    try:
        assert worker.run(bytes, 3) == b"\0\0\0"
        assert worker._pool is not None
        for process in worker._pool._processes.values():
            process.kill()
            process.join()
        assert worker.run(bytes, 2) == b"\0\0"
    finally:
        worker.stop()


def test_a_killed_server_leaves_no_worker_behind(tmp_path: Path) -> None:
    script = (
        "import os, signal\n"
        "from resilience.site import serve\n"
        "serve.set_up()\n"
        "from resilience.site.reveals import Worker\n"
        "print(Worker().run(bytes, 1), flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    # The worker holds the same output: reading it to its end means that the worker has ended too.
    ended = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "RESILIENCE_DATA": str(tmp_path)},
        stdout=subprocess.PIPE,
        timeout=120,
        check=False,
    )
    assert ended.stdout == b"b'\\x00'\n"
    assert ended.returncode == -signal.SIGKILL


def test_a_record_of_another_version_is_not_replayed(played: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from resilience.records import replaying
    from resilience.training import modules

    changed = replace(modules.load("aseptic-filling"), content_hash="0" * 64)
    monkeypatch.setattr(replaying, "installed", lambda name: changed)
    with pytest.raises(reveals.NotReplayableError, match="other content"):
        reveals.reveal(played, "en")
    client = Client(headers={"authorization": "Bearer token"})
    assert client.get(f"/api/sessions/{played}/reveal").status_code == 410
    assert [row.seq for row in records.verify().not_replayed] == [1]
