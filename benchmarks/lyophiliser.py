"""Freeze-drying's speed on one core: whole cases of the reference program, a frame and a cycle of the dryer.

Beside it scipy's LSODA in the same run: the same right-hand sides, compiled, at rtol 1e-6. A frame is a twentieth of a
second of a cycle of 60 h played in 12 minutes: 15 s.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from scipy.integrate import solve_ivp  # type: ignore[import-untyped]

from benchmarks import machine
from resilience.twins.inputs import Inputs
from resilience.twins.lyophiliser import kernel, one_vial, plant, plant_kernel, schedule
from resilience.twins.lyophiliser.cases import run_case
from resilience.twins.lyophiliser.twin import Lyophiliser

CASES = Path(__file__).parents[1] / "tests" / "reference" / "lyo"
REPEATS = 15
FRAME = 15.0
HOUR = 3600.0
FIRST = """
import json, sys, time
began = time.perf_counter()
from resilience.twins import Lyophiliser
from resilience.twins.lyophiliser.cases import run_case
imported = time.perf_counter()
if sys.argv[1] == "dryer":
    Lyophiliser().do_step(15.0)
else:
    for file in sys.argv[2:]:
        run_case(json.load(open(file))["inputs"])
print(time.perf_counter() - imported, imported - began)
"""


def run() -> dict[str, Any]:
    """Every part, best of some runs: other work on the machine only ever adds time."""
    about = machine.describe()
    machine.keep_to_core(0)
    inputs = {file.stem: json.loads(file.read_text())["inputs"] for file in sorted(CASES.glob("*.json"))}
    drying = {name: case for name, case in inputs.items() if case["model"] == "primary-drying"}
    ours = {name: best(lambda case=case: run_case(case)) * 1e3 for name, case in inputs.items()}  # type: ignore[misc]
    peer = {name: best(lambda case=case: lsoda_case(case), 3) * 1e3 for name, case in drying.items()}  # type: ignore[misc]
    dynamic = {name: best(lambda case=case: run_case(moving(case))) * 1e3 for name, case in drying.items()}  # type: ignore[misc]
    cases, dryer = first_calls("cases"), first_calls("dryer")
    return {
        "benchmark": "lyophiliser",
        "machine": about,
        "target_case_ms": 5,
        "median_case_ms": round(statistics.median(ours.values()), 2),
        "slowest_case_ms": round(max(ours.values()), 2),
        "case_ms": {name: round(took, 2) for name, took in ours.items()},
        "dynamic_product_case_ms": {name: round(took, 2) for name, took in dynamic.items()},
        "peer_lsoda_case_ms": {name: round(took, 1) for name, took in peer.items()},
        "states_of_the_dryer": plant_kernel.SIZE,
        "frame_us": round(frame() * 1e6, 1),
        "peer_lsoda_frame_us": round(lsoda_frame() * 1e6),
        "cycle_of_60_h_ms": round(best(cycle, 3) * 1e3),
        "target_first_call_s": 20,
        "first_case_s": round(cases[0][0], 2),
        "first_frame_s": round(dryer[0][0], 2),
        "target_later_start_s": 1,
        "later_case_s": round(min(call for call, _ in cases[1:]), 2),
        "later_frame_s": round(min(call for call, _ in dryer[1:]), 2),
        "later_start_imports_s": round(min(imports for _, imports in cases[1:] + dryer[1:]), 2),
    }


def best(work: Callable[[], Any], repeats: int = REPEATS) -> float:
    """Seconds of the fastest of some calls, after one that is not counted."""
    work()
    took = []
    for _ in range(repeats):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return min(took)


def moving(case: dict[str, Any]) -> dict[str, Any]:
    """The same case with a dynamic product temperature."""
    vial, units = {**case["vial"], "glass_g": 4.0}, {**case["units"], "glass_g": "g"}
    return {**case, "product_temperature": "dynamic", "vial": vial, "units": units}


def lsoda_case(case: dict[str, Any]) -> float:
    """The peer: dried length by LSODA, begun anew at each corner of the schedules, sampled as the case asks."""
    given = Inputs(case, "inputs")
    vial = one_vial._vial(given, False)
    shelf = schedule.shelf(given.inner("Tshelf"), *one_vial.SHELF)
    torr = schedule.pressure(given.inner("Pchamber"), *one_vial.PRESSURE)

    def rate(hour: float, y: Any) -> list[float]:
        s = kernel.at(shelf.hours, shelf.values, hour)
        p = kernel.at(torr.hours, torr.values, hour)
        return [kernel.steady(vial, y[0], s, p, s - 10.0)[2] / vial.ice_density]

    def dry(_: float, y: Any) -> float:
        return float(y[0] - vial.length)

    dry.terminal = True  # type: ignore[attr-defined]
    corners = np.union1d(shelf.hours, torr.hours)
    length = 0.0
    for begins, ends in pairwise(corners):
        grid = np.arange(begins, ends, case["dt_hr"])
        found = solve_ivp(rate, (begins, ends), [length], "LSODA", rtol=1e-6, t_eval=[*grid, ends], events=dry)
        if found.status == 1:
            return float(found.t_events[0][0])
        length = found.y[0, -1]
    return float(corners[-1])


def drying_dryer() -> Lyophiliser:
    """A dryer in the midst of primary drying."""
    dryer = Lyophiliser(seed=1)
    dryer.act("shelf", to=-45.0, rate=1.0)
    dryer.act("cool_condenser", at=3.0 * HOUR)
    dryer.act("pressure", at=3.5 * HOUR, to=50.0)
    dryer.act("evacuate", at=3.5 * HOUR)
    dryer.act("shelf", at=4.0 * HOUR, to=-28.0)
    dryer.do_step(12.0 * HOUR)
    return dryer


def frame() -> float:
    """A frame of the twin: the compiled step, its instruments, and what it tells."""
    dryer = drying_dryer()

    def work() -> None:
        for _ in range(100):
            dryer.do_step(FRAME)

    return best(work) / 100.0


def lsoda_frame() -> float:
    """The peer: the right-hand side of the same frame by LSODA, begun anew as each doing of an operator makes it."""
    dryer = drying_dryer()
    setting, y, f = dryer.setting(), dryer._state.y.copy(), np.empty(plant_kernel.SIZE)

    def slopes(_: float, now: Any) -> Any:
        plant_kernel.rates(dryer.plant, setting, now, f)
        return f.copy()

    return best(lambda: solve_ivp(slopes, (0.0, FRAME), y, "LSODA", rtol=1e-6, atol=1e-8 * plant.SCALE))


def cycle() -> None:
    """A whole cycle, from a liquid to stoppered vials."""
    dryer = drying_dryer()
    dryer.act("secondary", at=46.0 * HOUR, to=25.0, rate=0.2)
    dryer.act("stopper", at=59.0 * HOUR)
    dryer.do_step(48.0 * HOUR)


def first_calls(what: str) -> list[tuple[float, float]]:
    """Seconds of a first call and of its imports, with nothing compiled yet, and then from what is kept."""
    files = [str(CASES / f"{name}.json") for name in ("example", "freezing-example")]
    with tempfile.TemporaryDirectory() as cache:
        # An installation keeps the bytecode of what it imports; so does this one, apart from the machine's own.
        environment = {**os.environ, "NUMBA_CACHE_DIR": cache, "PYTHONPYCACHEPREFIX": f"{cache}/bytecode"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        found = []
        for _ in range(4):
            command = [sys.executable, "-c", FIRST, what, *files]
            done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
            call, imports = map(float, done.stdout.split())
            found.append((call, imports))
    return found


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
