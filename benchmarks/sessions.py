"""How many trainees one core serves, with the plain echo of the same frames on the same server as the measure.

The number of connections grows until the server's beat is late by 25 ms or more in one of a hundred, or until its core
is full. The echo gets the same ramp and the same limits; it returns every frame, a session acknowledges in bulk.
"""

from __future__ import annotations

import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import chain, cycle
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import orjson

from benchmarks import machine
from benchmarks.load import Load, Window
from benchmarks.server import TOKEN
from benchmarks.sockets import BINARY, Socket, frame, message
from benchmarks.traffic import SEED, Action, expert_actions, filled
from resilience.classroom.wire import encode_pose

HOST = "127.0.0.1"
LATE_MS = 25.0
FULL = 0.97
SECONDS = 6.0
SETTLE_SECONDS = 1.5
FIRST_SESSIONS, FIRST_ECHOES = 60, 200
GROWTH = 1.5
MOST = 3000
GENERATOR_LATE = 0.05
GENERATOR_FULL = 0.9
"""Beyond this share of late sends, or of its own core, the load is full: it then sends in bursts, which make the server
late, and what was measured is a lower bound. The ratio by processor time does not suffer from it."""
FIRST_START, LAST_START = 0.05, 0.7
"""Between which shares of the run sessions begin, each at its own place: trainees do not act in step."""


class Server:
    """The measured server in its own process, on its own core."""

    def __init__(self, run: Run, folder: Path) -> None:
        traffic = folder / "traffic.json"
        traffic.write_bytes(orjson.dumps(run.own))
        with socket.socket() as probe:
            probe.bind((HOST, 0))
            self.port: int = probe.getsockname()[1]
        environment = {**os.environ, "RESILIENCE_DATA": str(folder / "data")}
        command = [sys.executable, "-m", "benchmarks.server", str(self.port), "0", str(traffic)]
        self.process = subprocess.Popen(command, env=environment)
        self._wait()

    def _wait(self) -> None:
        for _ in range(600):
            if self.process.poll() is not None:
                raise RuntimeError("the benchmark's server did not start; see above")
            with suppress(OSError):
                self.health()
                return
            time.sleep(0.05)
        raise RuntimeError("the benchmark's server did not answer within 30 s")

    def get(self, path: str) -> Any:
        """JSON of a page of the server."""
        with urlopen(f"http://{HOST}:{self.port}{path}", timeout=120) as answer:
            return orjson.loads(answer.read())

    def health(self) -> dict[str, Any]:
        """/live/health."""
        return dict(self.get("/live/health"))

    def stop(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.wait()


class Run:
    """An expert's run as frames, one piece a tick, and what of it the virtual trainee sent itself."""

    def __init__(self, actions: list[Action]) -> None:
        full = filled(actions)
        self.own = [action for action, own in full if own]
        by_tick: dict[int, bytes] = {}
        for action, _ in full:
            if action["verb"] != "finish":
                by_tick[action["tick"]] = by_tick.get(action["tick"], b"") + _frame_of(action)
        self.first = full[0][0]["tick"]
        self.ticks = list(by_tick.values())
        self._places = random.Random(SEED)

    def place(self) -> int:
        """A tick at which the next session is to begin: one that follows an action of the trainee's own."""
        drawn = int(self._places.uniform(FIRST_START, LAST_START) * len(self.ticks)) + self.first
        return 1 + max(int(action["tick"]) for action in self.own if action["tick"] < drawn)

    def onwards(self, tick: int) -> Iterator[bytes]:
        """What is sent from a tick on."""
        return iter(self.ticks[tick - self.first :])


def _frame_of(action: Action) -> bytes:
    return frame(BINARY, encode_pose(action)) if action["verb"] == "pose" else message(t="act", a=action)


@contextmanager
def serving(run: Run) -> Iterator[Server]:
    """A fresh server, ended afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(run, Path(folder))
        try:
            yield server
        finally:
            server.stop()


def grow(server: Server, load: Load, run: Run, number: int) -> None:
    """Connect until there are so many trainees."""
    while len(load.trainees) < number:
        tick = run.place()
        if load.echo:
            load.add(Socket(HOST, server.port, "/echo"), chain(run.onwards(tick), cycle(run.ticks)))
            continue
        connection = Socket(HOST, server.port, f"/live/{server.get(f'/prepare/{tick}')}")
        connection.socket.sendall(message(t="hello", protocol=1, token=TOKEN, have=0))
        connection.wait_for("welcome")
        load.add(connection, run.onwards(tick))
        load.listen()


def measure(server: Server, load: Load, seconds: float = SECONDS) -> dict[str, Any]:
    """One stretch at the present number of trainees."""
    load.run(SETTLE_SECONDS)
    before, cpu, own = server.health()["ticks"]["counts"], machine.cpu_seconds(server.process.pid), time.process_time()
    window: Window = load.run(seconds)
    cpu, own = machine.cpu_seconds(server.process.pid) - cpu, time.process_time() - own
    ticks = server.health()["ticks"]
    counts = [after - earlier for after, earlier in zip(ticks["counts"], before, strict=True)]
    return {
        "sessions": len(load.trainees),
        "late_p99_ms": percentile(ticks["bounds_ms"], counts, 0.99),
        "core_used": round(cpu / window.seconds, 3),
        "core_used_by_the_load": round(own / window.seconds, 3),
        "frames_a_second": round(window.frames_sent / window.seconds),
        "round_trip_p50_ms": window.round_trip_ms(0.5),
        "round_trip_p99_ms": window.round_trip_ms(0.99),
        "sessions_in_a_full_core": round(len(load.trainees) * window.seconds / cpu),
        "sent_late": round(window.late_sends / max(1, window.frames_sent), 4),
    }


def percentile(bounds: list[float], counts: list[int], share: float) -> float:
    """The upper bound of the histogram's cell that holds this share of all; infinity when that is the last."""
    wanted, seen = share * sum(counts), 0
    for bound, count in zip([*bounds, float("inf")], counts, strict=True):
        seen += count
        if seen >= wanted:
            return bound
    return float("inf")


def holds(step: dict[str, Any]) -> bool:
    """Whether the server kept up."""
    return bool(step["late_p99_ms"] < LATE_MS and step["core_used"] < FULL)


def capacity(server: Server, run: Run, echo: bool) -> tuple[int, list[dict[str, Any]]]:
    """The most sessions the server kept up with, and every step of the ramp."""
    load = Load(echo)
    steps: list[dict[str, Any]] = []
    best, number = 0, FIRST_ECHOES if echo else FIRST_SESSIONS
    while number <= MOST:
        grow(server, load, run, number)
        steps.append(measure(server, load))
        if not holds(steps[-1]):
            # Once more: another program of the machine may have had the core for a moment.
            steps.append(measure(server, load))
        if not holds(steps[-1]):
            break
        best = number
        # The processor's use tells how far it is to the end: go there in few steps, the last ones small.
        room = FULL / max(0.05, steps[-1]["core_used"])
        number = max(number + 2, int(number * min(GROWTH, max(1.04, 1 + (room - 1) * 0.6))))
    load.close()
    return best, steps


def at_load(server: Server, run: Run, number: int) -> dict[str, Any]:
    """One longer stretch with so many sessions, on a server that has just started."""
    load = Load(echo=False)
    memory = machine.resident_mb(server.process.pid)
    grow(server, load, run, number)
    step = measure(server, load)
    step["memory_mb"] = round(machine.resident_mb(server.process.pid), 1)
    step["memory_before_mb"] = round(memory, 1)
    load.close()
    return step


def run() -> dict[str, Any]:
    """All of it, within about two minutes."""
    about = machine.describe()
    machine.keep_to_core(1)
    expert = Run(expert_actions())
    with serving(expert) as server:
        echo, echo_steps = capacity(server, expert, echo=True)
    with serving(expert) as server:
        sessions, session_steps = capacity(server, expert, echo=False)
    with serving(expert) as server:
        half = at_load(server, expert, max(1, sessions // 2))
    with serving(expert) as server:
        hundred = at_load(server, expert, 100)
    return {
        "benchmark": "sessions",
        "machine": about,
        "peer": "plain echo of the same frames on the same server",
        "sessions_per_core": sessions,
        "echo_connections_per_core": echo,
        "ratio": round(sessions / echo, 3) if echo else None,
        "cpu_ratio": cpu_ratio(echo_steps, session_steps),
        "echo_ended_by_the_load": ended_by_the_load(echo_steps[-1]),
        "sessions_ended_by_the_load": ended_by_the_load(session_steps[-1]),
        "half_load": half,
        "hundred_sessions": hundred,
        "ramp": {"echo": echo_steps, "sessions": session_steps},
    }


def ended_by_the_load(step: dict[str, Any]) -> bool:
    """Whether the load and not the server was at its end in this step."""
    return bool(step["sent_late"] > GENERATOR_LATE or step["core_used_by_the_load"] > GENERATOR_FULL)


def cpu_ratio(echo: list[dict[str, Any]], sessions: list[dict[str, Any]]) -> float | None:
    """Processor time of an echoed connection over that of a session, each at the last step it held."""
    cost: list[float] = []
    for steps in (echo, sessions):
        held = [step for step in steps if holds(step)]
        if not held:
            return None
        cost.append(held[-1]["core_used"] / held[-1]["sessions"])
    return round(cost[0] / cost[1], 3)


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
