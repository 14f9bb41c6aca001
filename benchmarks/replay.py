"""How much faster than life a log replays on one core.

The log is an expert's run with head and hands at every tick, as a person leaves it; the sparse log of the virtual
trainee itself is given beside it. The peer is reading the same log and hashing it, without a simulator.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

from benchmarks import machine
from benchmarks.traffic import MODULE, SEED, at_every_tick, expert_actions
from resilience.training import modules
from resilience.training.log import Header, LogHash, LogReader, log_lines
from resilience.training.replay import replay

REPEATS = 3
TICKS_PER_SECOND = 20


def run() -> dict[str, Any]:
    """Replay both logs; the best of three, because other work on the machine only ever adds time."""
    about = machine.describe()
    machine.keep_to_core(0)
    module = modules.load(MODULE)
    header = Header(MODULE, module.version, SEED, "practice", "en", module.content_hash)
    sparse = expert_actions()
    dense = at_every_tick(sparse)
    report: dict[str, Any] = {"benchmark": "replay", "machine": about, "target_times_real_time": 1000}
    for name, actions in (("every_tick", dense), ("as_the_trainee_wrote_it", sparse)):
        log = b"".join(log_lines(header, actions))
        seconds = (actions[-1]["tick"] - actions[0]["tick"]) / TICKS_PER_SECOND
        took = best_of(lambda log=log: replay(log, module=module))  # type: ignore[misc]
        reading = best_of(lambda log=log: read(log))  # type: ignore[misc]
        report[name] = {
            "actions": len(actions),
            "session_seconds": round(seconds, 1),
            "seconds": round(took, 3),
            "times_real_time": round(seconds / took),
            "microseconds_an_action": round(took / len(actions) * 1e6, 1),
            "peer_reading_and_hashing_seconds": round(reading, 3),
        }
    report["times_real_time"] = report["every_tick"]["times_real_time"]
    return report


def read(log: bytes) -> str:
    """The peer: what any reader of the log has to do."""
    reader = LogReader(log)
    running = LogHash(reader.header)
    for _, action in reader:
        running.add(action)
    return running.hexdigest()


def best_of(work: Callable[[], Any]) -> float:
    """Seconds of the fastest of REPEATS."""
    times = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
