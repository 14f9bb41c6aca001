"""A virtual trainee works ahead through the public socket, so that a journey can begin in the middle of a session."""

from __future__ import annotations

import json
from typing import Any

from websockets.sync.client import connect

from resilience.training import modules, trainees
from tests.journeys.conftest import Server
from tests.journeys.person import Ticket

# A variant without an alarm in the middle of the filling.
MODULE, SEED = "aseptic-filling", 1


def expert(mode: str = "guided", seed: int = SEED) -> list[dict[str, Any]]:
    """The expert's actions, pressed into few ticks; poses only where they end."""
    taken: list[dict[str, Any]] = []
    trainees.run(modules.load(MODULE), seed, mode=mode, on_action=taken.append)  # type: ignore[arg-type]
    acts = [action for action in taken if action["verb"] != "pose"]
    return [{**act, "seq": n, "tick": n // 4} for n, act in enumerate(acts, 1)]


def until_filled(vial: str) -> list[dict[str, Any]]:
    """Up to and with the filling of a vial: it stands open, the vials before it are closed."""
    acts = expert()
    last = next(n for n, act in enumerate(acts) if act.get("tool") == "syringe" and act.get("target") == vial)
    return acts[: last + 1]


def work(server: Server, ticket: Ticket, actions: list[dict[str, Any]]) -> None:
    """Does these actions in a session; returns when all are on disk."""
    with connect(server.address.replace("http", "ws") + f"/live/{ticket.id}") as line:
        line.send(json.dumps({"t": "hello", "protocol": 1, "token": ticket.token, "have": 0}))
        for action in actions:
            line.send(json.dumps({"t": "act", "a": action}))
        while True:
            said = json.loads(line.recv(timeout=120))
            if said["t"] == "ack" and said["seq"] >= actions[-1]["seq"]:
                return
            assert said["t"] not in ("refused", "error"), said
