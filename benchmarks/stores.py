"""A part of a benchmark that needs a store of its own: measured in a process that is set up for it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any


def in_a_process(benchmark: str, folder: str, url: str = "") -> dict[str, Any]:
    """What `python -m benchmarks.<benchmark> --here` reports with this data folder and database ("": SQLite)."""
    environment = {**os.environ, "RESILIENCE_DATA": folder, "DATABASE_URL": url}
    command = [sys.executable, "-m", f"benchmarks.{benchmark}", "--here"]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=environment)
    report: dict[str, Any] = json.loads(done.stdout)
    return report
