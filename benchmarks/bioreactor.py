"""The bioreactor's speed on one core: a frame, a whole run, a reference case, the first call; beside it scipy's LSODA.

A frame is a twentieth of a second of a run of 14 days played in 12 minutes: 84 s of process time, with its loops. The
peer integrates the same right-hand side over the same frame, begun anew as each doing of an operator makes it begin.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.integrate import solve_ivp  # type: ignore[import-untyped]

from benchmarks import machine
from resilience.twins.bioreactor import fed_batch, kernel, numbers, recipe
from resilience.twins.bioreactor.reactor import Bioreactor

FRAME = 84.0
DAY = 86_400.0
REPEATS = 9
FIRST = """
import time
began = time.perf_counter()
from resilience.twins.bioreactor import recipe
from resilience.twins.bioreactor.reactor import Bioreactor
imported = time.perf_counter()
vessel = Bioreactor(2000)
recipe.plan(vessel)
vessel.do_step(84.0)
print(time.perf_counter() - imported, imported - began, time.process_time())
"""


def run() -> dict[str, Any]:
    """Every part, best of some runs: other work on the machine only ever adds time."""
    about = machine.describe()
    machine.keep_to_core(0)
    vessel = Bioreactor(2000, seed=1)
    recipe.plan(vessel, harvest=False)
    vessel.do_step(13.5 * DAY)
    cold, *later = first_calls()
    warm = min(later)
    return {
        "benchmark": "bioreactor",
        "machine": about,
        "states": kernel.STAGED,
        "states_that_only_add_up": kernel.SIZE - kernel.STAGED,
        "target_frame_us": 5,
        "frame_us": round(frame(vessel) * 1e6, 2),
        "frame_of_the_twin_us": round(best(vessel, lambda: vessel.do_step(FRAME), 1000) * 1e6, 2),
        "peer_lsoda_frame_us": round(lsoda(vessel) * 1e6),
        "run_of_14_days_ms": round(whole() * 1e3, 1),
        "reference_case_ms": round(reference() * 1e3, 2),
        "peer_lsoda_reference_case_ms": round(lsoda_reference() * 1e3, 1),
        "target_first_call_s": 20,
        "first_call_s": round(cold[0], 2),
        "first_call_with_imports_processor_s": round(cold[2], 2),
        "target_later_start_s": 1,
        "later_start_s": round(warm[0], 2),
        "later_start_imports_s": round(warm[1], 2),
        "later_start_with_imports_processor_s": round(warm[2], 2),
    }


def best(vessel: Bioreactor, work: Callable[[], Any], times: int) -> float:
    """Seconds of one piece of work in the fastest of some rounds, each begun from the same state."""
    start, took = vessel.snapshot(), []
    for _ in range(REPEATS):
        vessel.restore(start)
        work()
        began = time.perf_counter()
        for _ in range(times):
            work()
        took.append((time.perf_counter() - began) / times)
    vessel.restore(start)
    return min(took)


def frame(vessel: Bioreactor) -> float:
    """The compiled step of a frame alone: cells, gas, heat, instruments, loops."""

    def work() -> None:
        now = vessel.vessel
        kernel.advance(now.culture, now.valves, now.instruments, vessel.row, now.work, FRAME / 3600.0)

    return best(vessel, work, 1000)


def lsoda(vessel: Bioreactor) -> float:
    """The peer: the same frame by LSODA at its usual tolerances, begun anew, loops left out."""
    now, dy = vessel.vessel, np.empty(kernel.SIZE)

    def slopes(_: float, y: Any) -> Any:
        kernel.slopes(y, now.valves, vessel.row, dy)
        return dy.copy()

    return best(vessel, lambda: solve_ivp(slopes, (0.0, FRAME / 3600.0), now.culture, "LSODA", rtol=1e-6), 20)


def whole() -> float:
    """A golden run from inoculation to harvest."""
    took = []
    for _ in range(REPEATS):
        vessel = Bioreactor(2000, seed=1)
        recipe.plan(vessel)
        began = time.perf_counter()
        vessel.do_step(14.0 * DAY)
        took.append(time.perf_counter() - began)
    return min(took)


AMOUNTS = {"viable": 0.0516, "dead": 0.006, "glucose": 5.349, "glutamine": 1.122, "lactate": 0.036, "ammonia": 0.072}
FEED = {"glucose": 15.0, "glutamine": 9.3}
FLOW = 1.0 / 240.0


def reference() -> float:
    """The published fed-batch of 200 h, sampled each half hour."""
    took = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        fed_batch.run(0.3, AMOUNTS, FEED, [(0.0, 0.0), (63.5, FLOW)], 200.0)
        took.append(time.perf_counter() - began)
    return min(took)


def lsoda_reference() -> float:
    """The peer: the same 200 h by LSODA at rtol 1e-6."""
    row = numbers.row(kernel.KINETICS, numbers.file(numbers.KINETICS))
    c_in = np.array([FEED.get(name, 0.0) for name in fed_batch.AMOUNTS])
    began = time.perf_counter()
    y = np.array([0.3, *(AMOUNTS.get(name, 0.0) for name in fed_batch.AMOUNTS)])
    dy = np.empty(kernel.CORE)
    for begin, end, flow in ((0.0, 63.5, 0.0), (63.5, 200.0, FLOW)):

        def slopes(_: float, m: Any, flow: float = flow) -> Any:
            kernel.cell_slopes(m, flow, c_in, row, dy)
            return dy.copy()

        times = np.arange(begin, end, 0.5)
        y = solve_ivp(slopes, (begin, end), y, "LSODA", t_eval=[*times, end], rtol=1e-6, atol=1e-9).y[:, -1]
    return time.perf_counter() - began


def first_calls() -> list[tuple[float, ...]]:
    """Seconds of the first frame, of its imports, and of the processor in all: with nothing compiled yet, then kept."""
    with tempfile.TemporaryDirectory() as cache:
        # An installation keeps the bytecode of what it imports; so does this one, apart from the machine's own.
        environment = {**os.environ, "NUMBA_CACHE_DIR": cache, "PYTHONPYCACHEPREFIX": f"{cache}/bytecode"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        found = []
        for _ in range(4):
            done = subprocess.run([sys.executable, "-c", FIRST], env=environment, check=True, stdout=subprocess.PIPE)
            found.append(tuple(map(float, done.stdout.split())))
    return found


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
