"""Chromatography's speed on one core: cases of the reference program, the golden run of the skid, a frame of it.

Beside it scipy's LSODA in the same run, on a mesh it can manage: the equations of the tests (numpy, a banded Jacobian
by differences), to rtol 1e-6 and 1e-9. A frame is a twentieth of a second of a run of half an hour played in 3 minutes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from tests.twins.chromatography.rate_model import RateModel

from benchmarks import machine
from resilience.twins.chromatography import numbers, programme
from resilience.twins.chromatography.cases import run_case
from resilience.twins.chromatography.column import Column, Mesh
from resilience.twins.chromatography.kernel import Floats
from resilience.twins.chromatography.programme import Section
from resilience.twins.chromatography.skid import TRAINING, Chromatography

CASES = Path(__file__).parents[1] / "tests" / "reference" / "chrom"
GOLDEN = "step-elution-ph-3.5"
REPEATS = 5
FRAME = 0.5
SMALL = Mesh(20, 4)
FLOW = 3.5e-6 / 60.0
FIRST = """
import json, sys, time
began = time.perf_counter()
from resilience.twins.chromatography.cases import run_case
imported = time.perf_counter()
case = json.load(open(sys.argv[1]))["inputs"]
case["t_end_s"] = 2.0 if "SMA" in case else 200.0
run_case(case)
print(time.perf_counter() - imported, imported - began)
"""


def run() -> dict[str, Any]:
    """Every part, best of some runs: other work on the machine only ever adds time."""
    about = machine.describe()
    machine.keep_to_core(0)
    inputs = {file.stem: json.loads(file.read_text())["inputs"] for file in sorted(CASES.glob("*.json"))}
    seconds = {name: best(lambda case=case: run_case(case), 2) for name, case in inputs.items()}  # type: ignore[misc]
    training, errors = on_the_training_mesh(
        inputs[GOLDEN], json.loads((CASES / f"{GOLDEN}.json").read_text())["outputs"]
    )
    one, salt = first_calls("gradient-elution"), first_calls("load-wash-elute-by-salt")
    return {
        "benchmark": "chromatography",
        "machine": about,
        "target_golden_elution_s": 0.5,
        "training_mesh": f"{TRAINING.cells} cells, {TRAINING.shells} graded shells",
        "golden_elution_training_mesh_s": round(training, 3),
        "training_mesh_errors_percent": errors,
        "golden_elution_reference_mesh_s": round(seconds[GOLDEN], 3),
        "case_s": {name: round(took, 3) for name, took in seconds.items()},
        "skid_golden_run_s": round(best(golden), 3),
        "skid_frame_us": round(frame() * 1e6, 1),
        **beside_lsoda(),
        "target_first_call_s": 20,
        "first_call_s": round(one[0][0], 2),
        "first_call_by_salt_s": round(salt[0][0], 2),
        "target_later_start_s": 1,
        "later_start_s": round(min(call for call, _ in one[1:]), 2),
        "later_start_by_salt_s": round(min(call for call, _ in salt[1:]), 2),
        "later_start_imports_s": round(min(imports for _, imports in one[1:] + salt[1:]), 2),
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


def on_the_training_mesh(case: dict[str, Any], reference: dict[str, Any]) -> tuple[float, dict[str, float]]:
    """Seconds of the golden elution on the training mesh, and how far it lies from the reference on its own mesh, %."""
    coarser = {**case, "ncol": TRAINING.cells, "npar": TRAINING.shells, "graded": TRAINING.graded}
    found = run_case(coarser)
    took = best(lambda: run_case(coarser))
    told = ("peak_g_L", "yield_pct", "breakthrough_before_elution_mg", "pool_volume_mL_5pct_cut")
    return took, {name: round(100.0 * (found[name] / reference[name] - 1.0), 3) for name in told}


def golden() -> Chromatography:
    """The golden run of the skid, in seconds as its instruments tick."""
    skid = Chromatography(seed=1)
    for line in ("feed", "wash", "elute"):
        skid.act("prime", line=line)
    skid.set("flow", 3.5)
    skid.act("load")
    skid.act("wash", at=343.0)
    skid.act("elute", at=771.0)
    skid.act("cut", at=771.0, start=100.0, stop=100.0)
    skid.do_step(1500.0)
    return skid


def frame() -> float:
    """A frame while the protein is eluting."""
    skid = golden()
    skid.act("load")
    skid.do_step(300.0)

    def work() -> None:
        for _ in range(50):
            skid.do_step(FRAME)

    return best(work, 3) / 50.0


def beside_lsoda() -> dict[str, Any]:
    """The same small column by the twin's kernel and by LSODA, and how far they are apart at rtol 1e-9."""
    bed = numbers.column()
    binding = replace(bed.binding(), alkali=None)
    times = np.linspace(0.0, 900.0, 91)
    feed, wash, acid = (bed_feed(10.0), 7.2), (0.0, 7.2), (0.0, 3.5)
    sections = [Section.steady(200.0, feed), Section.steady(300.0, wash), Section.steady(900.0, acid)]
    column = Column(bed.bed, bed.beads, binding, SMALL, tracers=1)
    model = RateModel(bed.bed, bed.beads, binding, SMALL, FLOW)
    parts = [(section.end, partial(steady, np.array(section.first))) for section in sections]

    def ours() -> Any:
        return programme.run(column, column.empty(np.array([7.2])), FLOW, sections, times)

    def theirs(rtol: float) -> Any:
        return model.integrate(model.start([0.0], 7.2), parts, times, 1e-3 * rtol, rtol)

    began = time.perf_counter()
    loose = theirs(1e-6)
    middle = time.perf_counter()
    exact = theirs(1e-9)
    ended = time.perf_counter()
    scale = np.abs(exact).max(axis=0)
    return {
        "small_mesh": f"{SMALL.cells} cells, {SMALL.shells} shells, 900 s",
        "small_mesh_ms": round(best(ours) * 1e3, 1),
        "peer_lsoda_rtol_1e-6_ms": round((middle - began) * 1e3),
        "peer_lsoda_rtol_1e-9_ms": round((ended - middle) * 1e3),
        "small_mesh_error": float(f"{(np.abs(ours() - exact) / scale).max():.2g}"),
        "peer_lsoda_rtol_1e-6_error": float(f"{(np.abs(loose - exact) / scale).max():.2g}"),
    }


def steady(inlet: Floats, _: float) -> Floats:
    """An inlet that does not change."""
    return inlet


def bed_feed(grams: float) -> float:
    """mol/m3 of antibody."""
    return grams / numbers.column().weight


def first_calls(case: str) -> list[tuple[float, float]]:
    """Seconds of a first call and of its imports, with nothing compiled yet, and then from what is kept."""
    with tempfile.TemporaryDirectory() as cache:
        # An installation keeps the bytecode of what it imports; so does this one, apart from the machine's own.
        environment = {**os.environ, "NUMBA_CACHE_DIR": cache, "PYTHONPYCACHEPREFIX": f"{cache}/bytecode"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        found = []
        for _ in range(3):
            command = [sys.executable, "-c", FIRST, str(CASES / f"{case}.json")]
            done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
            call, imports = map(float, done.stdout.split())
            found.append((call, imports))
    return found


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
