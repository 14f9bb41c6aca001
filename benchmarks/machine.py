"""What a measurement was made on: without it a number says nothing."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Any

PACKAGES = ("uvicorn", "uvloop", "websockets", "django", "numpy", "numba", "orjson")


def describe() -> dict[str, Any]:
    """Processor, cores, memory, versions, and how busy the machine was with other work when asked."""
    return {
        "processor": _first(Path("/proc/cpuinfo"), "model name") or platform.processor(),
        "cores": os.cpu_count(),
        "memory_gb": round(int((_first(Path("/proc/meminfo"), "MemTotal") or "0").split()[0]) / 1e6, 1),
        "system": platform.platform(),
        "python": platform.python_version(),
        "packages": {name: version(name) for name in PACKAGES},
        "load_before": os.getloadavg()[0],
    }


def _first(path: Path, key: str) -> str | None:
    if path.exists():
        for line in path.read_text().splitlines():
            if line.startswith(key):
                return line.partition(":")[2].strip()
    return None


def cpu_seconds(pid: int) -> float:
    """Processor time a process has used, user and system, all threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_mb(pid: int) -> float:
    """Resident memory of a process, in MB."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def keep_to_core(core: int) -> None:
    """Bind this process to one core where there are several, so that a number per core is one."""
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {cores[core % len(cores)]})
