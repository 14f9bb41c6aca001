"""All benchmarks, one after another: JSON on standard output, a page for people in docs/performance.md."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.page import page

NAMES = (
    "client",
    "simulate",
    "replay",
    "scoring",
    "start",
    "footprint",
    "imports",
    "results",
    "pack",
    "check_in",
    "classroom",
    "air",
    "touch",
    "bioreactor",
    "chromatography",
    "lyophiliser",
    "ultrafiltration",
    "sessions",
)
PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"


def main() -> None:
    """Run all and write the page; with `--one NAME` run that one in this process."""
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(importlib.import_module(f"benchmarks.{sys.argv[2]}").run()))
        return
    reports: dict[str, Any] = {}
    for name in NAMES:
        began = time.perf_counter()
        print(f"{name} ...", end=" ", flush=True, file=sys.stderr)
        reports[name] = in_its_own_process(name)
        print(f"{time.perf_counter() - began:.0f} s", file=sys.stderr)
    print(json.dumps(reports, indent=2))
    PAGE.write_text(page(reports))


def in_its_own_process(name: str) -> dict[str, Any]:
    """A benchmark's report, unmoved by what ran before it in this process."""
    command = [sys.executable, "-m", "benchmarks", "--one", name]
    report: dict[str, Any] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return report


if __name__ == "__main__":
    main()
