"""What it costs a live session to be scored by the contamination model: air, instruments and touch.

An expert's run with head and hands at every tick, as a headset sends them. Each part is timed inside the same run, the
timer's own cost taken off; the peer is the rest of the tick.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

from benchmarks import machine
from benchmarks.traffic import MODULE, SEED, at_every_tick, expert_actions
from resilience.training import modules
from resilience.training.air import FirstAir
from resilience.training.monitoring import Monitoring
from resilience.training.organisms import Organisms
from resilience.training.session import Session

REPEATS = 5
Action = dict[str, Any]
_TOUCH = ("contact", "on", "seat", "settle", "wet", "end_wetting", "tear", "doff", "don", "pour")


class Timed:
    """Adds up the time spent in some methods; a call within another of them is not counted twice."""

    def __init__(self, owner: type, names: tuple[str, ...]) -> None:
        self.owner, self.names = owner, names
        self.kept = {name: getattr(owner, name) for name in names}
        self.seconds, self.calls, self._within = 0.0, 0, False

    def __enter__(self) -> Timed:
        for name, method in self.kept.items():
            setattr(self.owner, name, self._timed(method))
        return self

    def __exit__(self, *error: object) -> None:
        for name, method in self.kept.items():
            setattr(self.owner, name, method)

    def _timed(self, method: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*given: Any, **named: Any) -> Any:
            if self._within:
                return method(*given, **named)
            self._within = True
            began = time.thread_time()
            try:
                return method(*given, **named)
            finally:
                self.seconds += time.thread_time() - began
                self.calls += 1
                self._within = False

        return timed


def run() -> dict[str, Any]:
    """Microseconds a tick, the best of some runs, because other work on the machine only ever adds time."""
    about = machine.describe()
    machine.keep_to_core(0)
    actions = at_every_tick(expert_actions())
    ticks = actions[-1]["tick"]
    whole = min(_played(actions) for _ in range(REPEATS))
    timer = _timer_cost()
    parts = {
        "air": (FirstAir, ("_look",)),
        "instruments": (Monitoring, ("go_on",)),
        "touch": (Organisms, _TOUCH),
    }
    spent: dict[str, Any] = {}
    for part, (owner, names) in parts.items():
        found = [_timed_run(actions, owner, names) for _ in range(REPEATS)]
        seconds, calls = min(found)
        net = max(0.0, seconds - calls * timer)
        spent[part] = {
            "us_a_tick": round(net / ticks * 1e6, 3),
            "us_a_call": round(net / calls * 1e6, 2) if calls else 0.0,
            "calls": calls,
        }
    return {
        "benchmark": "scoring",
        "machine": about,
        "target_exposure_us": 100,
        "ticks": ticks,
        "session_us_a_tick": round(whole / ticks * 1e6, 2),
        "parts": spent,
        "exposure_us_a_tick": spent["air"]["us_a_tick"],
        "scoring_us_a_tick": round(sum(part["us_a_tick"] for part in spent.values()), 2),
        "peer_us_a_tick_without_scoring": round(
            whole / ticks * 1e6 - sum(part["us_a_tick"] for part in spent.values()), 2
        ),
    }


def _played(actions: list[Action]) -> float:
    """Processor seconds of one run by the way of a live session: poses as numbers, the rest as actions."""
    session = Session(modules.load(MODULE), SEED, "practice", hashes=False)
    began = time.thread_time()
    for action in actions:
        if action["verb"] == "pose":
            session.hands(action["tick"], action["seq"], action["left"], action["right"])
        else:
            session.apply(action)
    return time.thread_time() - began


def _timed_run(actions: list[Action], owner: type, names: tuple[str, ...]) -> tuple[float, int]:
    with Timed(owner, names) as timed:
        _played(actions)
    return timed.seconds, timed.calls


def _timer_cost() -> float:
    """Seconds that timing adds to a call."""

    class Nothing:
        def do(self) -> None:
            pass

    nothing, calls = Nothing(), 20_000
    with Timed(Nothing, ("do",)) as timed:
        for _ in range(calls):
            nothing.do()
    return timed.seconds / calls


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
