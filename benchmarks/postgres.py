"""A PostgreSQL of a benchmark's own."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def postgresql() -> Iterator[str]:
    """The socket folder of a PostgreSQL of its own, with the settings it comes with."""
    folder = Path(tempfile.mkdtemp(prefix="resilience-bench-", dir="/tmp"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    data = str(folder / "data")
    as_postgres("initdb", "-D", data, "-U", "resilience", "--auth=trust", "-E", "UTF8")
    options = f"-k {folder} -c listen_addresses=''"
    as_postgres("pg_ctl", "-D", data, "-w", "-l", f"{folder}/log", "-o", options, "start")
    try:
        yield str(folder)
    finally:
        as_postgres("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
        shutil.rmtree(folder)


def as_postgres(name: str, *arguments: str) -> None:
    """Runs a program of PostgreSQL, which refuses to serve for root: then as the user its package made."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    program = str(found[-1]) if found else shutil.which(name)
    if program is None:
        raise RuntimeError(f"PostgreSQL's {name} was not found: run scripts/need postgresql")
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*prefix, program, *arguments], check=True, stdout=subprocess.DEVNULL, cwd="/")
