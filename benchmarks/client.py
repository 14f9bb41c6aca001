"""What a browser loads before anything can be seen: the code of the play page, compressed as it is served."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from benchmarks import machine

DIST = Path(__file__).resolve().parents[1] / "client" / "dist"
ENTRY = "src/app.ts"
LIMIT_KB = 250


def run() -> dict[str, Any]:
    """gzip size of the entry, of what it imports outright and of their styles, and what dominates it."""
    from resilience.site.client import needed

    manifest: dict[str, dict[str, Any]] = json.loads((DIST / "manifest.json").read_text())
    chunks = needed(manifest, ENTRY)
    names = dict.fromkeys(name for chunk in chunks for name in [chunk["file"], *chunk.get("css", [])])
    sizes = {name: len(gzip.compress((DIST / name).read_bytes(), 9)) / 1000 for name in names}
    models = sorted((Path(__file__).resolve().parents[1] / "src/resilience/plant/models").rglob("*.glb"))
    return {
        "benchmark": "client",
        "machine": machine.describe(),
        "target_kb": LIMIT_KB,
        "first_load_kb": round(sum(sizes.values()), 1),
        "files": {name: round(size, 1) for name, size in sizes.items()},
        "models_kb": round(sum(len(gzip.compress(path.read_bytes(), 6)) for path in models) / 1000, 1),
    }


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
