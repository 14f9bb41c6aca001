"""What a touch costs, with its ensemble; the peer does the same arithmetic compiled by numba, in the same run.

Also a step in which nothing happens (what every tick pays), a film, the report of a batch, and what a session's twin
weighs: a live server holds hundreds.
"""

from __future__ import annotations

import gc
import json
import time
import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks import machine
from resilience.twins.draws import Floats
from resilience.twins.risk import report
from resilience.twins.touch import Kind, Touch, moves
from resilience.twins.touch.ensemble import Ensemble, chosen

MEMBERS = 64
REPEATS = 40
CALLS = 500
UNITS = 24


def run() -> dict[str, Any]:
    """Microseconds a call: the best of 40 short rounds, so that other work of the machine counts little.

    With 64 members beside the central run.
    """
    about = machine.describe()
    began = time.perf_counter()
    twin = scene()
    twin.contact("left", "needle")
    twin.contact("grille", "worktop")
    first = time.perf_counter() - began
    alone = scene(members=0)
    compiled, compiling = numba_peer()
    return {
        "benchmark": "touch",
        "machine": about,
        "members": MEMBERS,
        "target_us_a_touch": 20,
        "first_touches_seconds": round(first, 3),
        "us": {
            "touch": each(lambda: twin.contact("grille", "worktop")),
            "touch_on_a_sterile_face": each(lambda: twin.contact("left", "needle")),
            "touch_of_a_torn_glove_on_a_sterile_face": each(lambda: twin.contact("right", "needle")),
            "touch_without_members": each(lambda: alone.contact("grille", "worktop")),
            "step_in_which_nothing_happens": each(lambda: twin.do_step(0.05)),
            "film_put_on_and_ended": each(lambda: (twin.wet("grille"), twin.end_wetting("grille", "used"))),
        },
        "us_arithmetic_alone": {"numpy": each(arithmetic()), "peer_numba": each(compiled)},
        "peer_numba_first_seconds": round(compiling, 3),
        **session(),
    }


def scene(members: int = MEMBERS) -> Touch:
    """Two hands, one of them torn, two surfaces and a needle."""
    twin = Touch(1, members)
    twin.add_hand("left")
    twin.add_hand("right")
    twin.tear("right")
    twin.add_face("grille", "grille")
    twin.add_face("worktop", "worktop")
    twin.add_face("needle", 0.0, Kind.CRITICAL)
    return twin


def numba_peer() -> tuple[Callable[[], None], float]:
    """The arithmetic of a touch compiled by numba, without names, films or results; and seconds until it first ran."""
    began = time.perf_counter()
    from numba import njit

    def exchanged(loads: Floats, passed: Floats, share: Floats) -> None:
        for kind in range(2):
            for member in range(share.size):
                moved = share[member] * (loads[0, kind, member] - loads[1, kind, member])
                loads[0, kind, member] -= moved
                loads[1, kind, member] += moved
                passed[kind, member] += abs(moved)

    share = Ensemble(1, MEMBERS, chosen({})).number("gloved")
    loads, passed = np.ones((2, 2, share.size)), np.zeros((2, share.size))
    exchange: Any = njit(exchanged)

    def touch() -> None:
        exchange(loads, passed, share)

    touch()
    return touch, time.perf_counter() - began


def arithmetic() -> Callable[[], object]:
    """The arithmetic of a touch as the twin does it, by numpy, without names, films or results."""
    share = Ensemble(1, MEMBERS, chosen({})).number("gloved")
    loads, passed = np.ones((2, 2, share.size)), np.zeros((2, share.size))
    return lambda: moves.exchange(loads, passed, 0, 1, share)


def session() -> dict[str, Any]:
    """A session's worth: 24 vials filled, 200 faces, 600 touches; seconds, memory, and what a report of it costs."""
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    twin = played(UNITS)
    gc.collect()
    kilobytes = (tracemalloc.get_traced_memory()[0] - before) / 1e3
    tracemalloc.stop()
    began = time.perf_counter()
    played(UNITS)
    seconds = time.perf_counter() - began
    return {
        "session": {
            "seconds": round(seconds, 3),
            "kilobytes": round(kilobytes),
            "report_ms": round(each(lambda: report(twin.ledger, 1), 1) / 1e3, 2),
            "snapshot_us": each(twin.snapshot, 20),
            "discrepancy": float(np.abs(twin.discrepancy()).max()),
        }
    }


def played(units: int) -> Touch:
    """A filling: each vial is taken, opened, filled and stoppered, and the air comes in."""
    twin = scene()
    twin.add_vessel("bottle", 100.0)
    twin.add_vessel("syringe")
    twin.add_face("tip", 0.0, Kind.CRITICAL)
    for n in range(units):
        for part in ("foil", "body", "crimp", "label", "cap"):
            twin.add_face(f"vial-{n}/{part}", "glove_clean")
        for part in ("neck", "stopper", "inside"):
            twin.add_face(f"vial-{n}/{part}", 0.0, Kind.CRITICAL)
        twin.add_vessel(f"vial-{n}", unit=True)
    for n in range(units):
        twin.wet("left", how="rub")
        twin.wet("right", how="rub")
        twin.do_step(35.0)
        for _ in range(10):
            twin.contact("left", f"vial-{n}/body")
            twin.contact("right", f"vial-{n}/cap")
        twin.contact("left", f"vial-{n}/neck", into=f"vial-{n}")
        twin.pour("bottle", "syringe", 2.0, through="needle")
        twin.pour("syringe", f"vial-{n}", 2.0, through="needle")
        for source in ("left hand", "right hand", "cabinet air", "left sleeve"):
            twin.settle(f"vial-{n}", 1e-3, source, 2.0)
        twin.contact("tip", f"vial-{n}/stopper")
        twin.fall_in(f"vial-{n}/stopper", f"vial-{n}")
    return twin


def each(call: Callable[[], object], calls: int = CALLS) -> float:
    """Microseconds a call: the best of a few rounds."""
    best = float("inf")
    for _ in range(REPEATS):
        began = time.perf_counter()
        for _ in range(calls):
            call()
        best = min(best, time.perf_counter() - began)
    return round(best / calls * 1e6, 2)


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
