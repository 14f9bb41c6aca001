"""A server is killed (-9) in mid-session and started again: nothing acknowledged is lost, the outcome is the same."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

import orjson
import pytest
from websockets.sync.client import ClientConnection, connect

from resilience.classroom.wire import decode_pose, encode_pose
from resilience.training import modules, trainees
from resilience.training.session import Session

MODULE, SEED = "aseptic-filling", 5
LONGEST = 60.0


class Server:
    """The product's own server on a data folder, in a process that can be killed."""

    def __init__(self, data: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{probe.getsockname()[1]}"
        self.data = data
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        host, port = self.address.split(":")
        command = [sys.executable, "-c", f"from resilience.site.serve import run; run({host!r}, {port})"]
        environment = {**os.environ, "RESILIENCE_DATA": str(self.data), "RESILIENCE_DEMO": "0"}
        self.process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
        end = time.monotonic() + LONGEST
        while time.monotonic() < end:
            assert self.process.poll() is None, "the server did not start"
            try:
                with urlopen(f"http://{self.address}/live/health", timeout=LONGEST) as answer:
                    assert answer.status == 200
                return
            except URLError:
                time.sleep(0.05)  # another process starts: there is nothing to wait on but its answer
        raise AssertionError("the server did not answer")

    def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process = None

    def create(self) -> dict[str, Any]:
        body = orjson.dumps({"module": MODULE, "mode": "assessment", "seed": SEED})
        request = Request(f"http://{self.address}/api/sessions", body, {"content-type": "application/json"})
        with urlopen(request, timeout=LONGEST) as answer:
            return dict(orjson.loads(answer.read()))

    @contextmanager
    def entered(self, session: dict[str, Any]) -> Iterator[tuple[ClientConnection, dict[str, Any]]]:
        with connect(f"ws://{self.address}{session['socket']}", open_timeout=LONGEST) as line:
            say(line, t="hello", protocol=1, token=session["token"], have=0)
            yield line, hear(line, "welcome")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path / "data")
    server.start()
    yield server
    if server.process is not None:
        server.kill()


def say(line: ClientConnection, **message: Any) -> None:
    line.send(orjson.dumps(message).decode())


def send(line: ClientConnection, action: dict[str, Any]) -> None:
    if action["verb"] == "pose":
        line.send(encode_pose(action))
    else:
        say(line, t="act", a=action)


def hear(line: ClientConnection, kind: str) -> dict[str, Any]:
    while True:
        message = orjson.loads(line.recv(timeout=LONGEST))
        assert message["t"] != "error", message
        if message["t"] == kind:
            return dict(message)


def run_of_an_expert(number: int) -> list[dict[str, Any]]:
    """The beginning of an expert's run, pressed into few ticks so that nobody has to wait for it, and its finish."""
    taken: list[dict[str, Any]] = []
    trainees.run(modules.load(MODULE), SEED, on_action=taken.append)
    poses = [action for action in taken if action["verb"] == "pose"][: number // 2]
    others = [action for action in taken if action["verb"] not in ("pose", "finish")][: number // 2]
    mixed = [action for pair in zip(poses, others, strict=True) for action in pair] + [{"verb": "finish"}]
    numbered = [{**action, "seq": n, "tick": n // 4} for n, action in enumerate(mixed, 1)]
    return [as_travelled(action) if action["verb"] == "pose" else action for action in numbered]


def as_travelled(pose: dict[str, Any]) -> dict[str, Any]:
    """The pose as the log has it: with all that its frame carries."""
    return decode_pose(encode_pose({"head": None, **pose}))


def outcome_of(actions: list[dict[str, Any]]) -> tuple[str, str]:
    """The hashes of outcome and log of a run that nothing interrupts."""
    session = Session(modules.load(MODULE), SEED, mode="assessment")
    for action in actions:
        session.act(action)
    return session.outcome().hash, session.log_hash


def test_a_killed_server_loses_nothing_it_acknowledged(server: Server) -> None:
    actions = run_of_an_expert(160)
    session = server.create()
    with server.entered(session) as (line, _):
        for action in actions[:60]:
            send(line, action)
        acknowledged = 0
        while acknowledged < 60:
            acknowledged = hear(line, "ack")["seq"]
        for action in actions[60:100]:
            send(line, action)
        server.kill()

    server.start()
    with server.entered(session) as (line, welcome):
        kept = welcome["seq"]
        assert acknowledged <= kept <= 100
        assert welcome["snapshot"] == snapshot_after(actions[:kept])
        for action in actions[kept:]:
            send(line, action)
        assert hear(line, "outcome")["url"] == f"/reveal/{session['id']}"

    outcome_hash, log_hash = outcome_of(actions)
    [(stored_hash, outcome)] = rows(server, session["id"])
    assert stored_hash == outcome_hash
    assert orjson.loads(outcome)["log_hash"] == log_hash


def test_a_server_killed_after_the_finish_records_it_once(server: Server) -> None:
    actions = run_of_an_expert(40)
    session = server.create()
    with server.entered(session) as (line, _):
        for action in actions:
            send(line, action)
        while hear(line, "ack")["seq"] < actions[-1]["seq"]:
            pass
        server.kill()
    for _ in range(2):
        server.start()
        with server.entered(session) as (line, welcome):
            assert welcome["snapshot"]["finished"] is True
            assert hear(line, "outcome")["url"] == f"/reveal/{session['id']}"
        server.kill()
    assert [stored_hash for stored_hash, _ in rows(server, session["id"])] == [outcome_of(actions)[0]]


def snapshot_after(actions: list[dict[str, Any]]) -> Any:
    session = Session(modules.load(MODULE), SEED, mode="assessment")
    for action in actions:
        session.act(action)
    return orjson.loads(orjson.dumps(session.snapshot()))


def rows(server: Server, session: str) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(server.data / "resilience.sqlite3")) as database:
        wanted = "SELECT outcome_hash, outcome FROM records_sessionrecord WHERE session = ?"
        return database.execute(wanted, [session]).fetchall()
