"""How long `resilience simulate` takes for an expert's run, from the shell: start, module, run, outcome.

The peer is the same command with nothing to simulate (`resilience modules`): what starting it costs.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from typing import Any

from benchmarks import machine
from benchmarks.traffic import MODULE, SEED

REPEATS = 3
COMMAND = [sys.executable, "-c", "from resilience.cli import main; main()"]


def run() -> dict[str, Any]:
    """The best of three each; the first run of all may compile, and is given by itself."""
    about = machine.describe()
    simulate = [*COMMAND, "simulate", MODULE, "--trainee", "expert", "--seed", str(SEED), "--json"]
    times = [timed(simulate) for _ in range(REPEATS)]
    return {
        "benchmark": "simulate",
        "machine": about,
        "target_seconds": 2,
        "first_seconds": round(times[0], 2),
        "seconds": round(min(times), 2),
        "peer_listing_modules_seconds": round(min(timed([*COMMAND, "modules", "--json"]) for _ in range(REPEATS)), 2),
    }


def timed(command: list[str]) -> float:
    """Seconds a command takes. Raises CalledProcessError when it fails."""
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
