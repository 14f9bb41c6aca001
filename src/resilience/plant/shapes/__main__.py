"""`python -m resilience.plant.shapes build|compare [kind ...]` writes models, or proves them reproducible;
`catalogue [folder [room ...]]` draws them.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from time import perf_counter

from resilience.plant.specs import MODELS, SpecError, kinds


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] not in ("build", "compare", "catalogue"):
        print(
            "usage: python -m resilience.plant.shapes build|compare [kind ...] | catalogue [folder [room ...]]",
            file=sys.stderr,
        )
        return 2
    if arguments[0] == "catalogue":
        return _catalogue(Path(arguments[1]) if arguments[1:] else Path("docs/pictures/plant"), arguments[2:])
    command, wanted = arguments[0], arguments[1:]
    unknown = sorted(set(wanted) - set(kinds()))
    if unknown:
        print(f"unknown kind {', '.join(unknown)}; the kinds are {', '.join(kinds())}", file=sys.stderr)
        return 2
    try:
        return _build(wanted) if command == "build" else _compare(wanted or list(kinds()))
    except SpecError as error:
        print(error, file=sys.stderr)
        return 2


def _build(wanted: list[str]) -> int:
    from resilience.plant.shapes.build import build

    for kind in wanted or kinds():
        started = perf_counter()
        line = build([kind])[kind]
        seconds = perf_counter() - started
        print(f"{kind:24} {line['triangles']:6} triangles {line['bytes']:8} bytes {seconds:6.1f} s", flush=True)
    return 0


def _compare(wanted: list[str]) -> int:
    """Build again in memory: exit 1 when a committed file differs by a byte."""
    from resilience.plant.shapes.build import made

    differing = [kind for kind in wanted if made(kind) != (MODELS / f"{kind}.glb").read_bytes()]
    for kind in wanted:
        print(f"{kind}: {'differs from the committed model' if kind in differing else 'the same'}")
    return 1 if differing else 0


def _catalogue(folder: Path, rooms: list[str]) -> int:
    """Pictures for the documentation. `CHROMIUM` names the browser; without it playwright's own is taken."""
    from resilience.plant.shapes.catalogue import draw

    three = Path("client/node_modules/three")
    try:
        for path in draw(folder, three, os.environ.get("CHROMIUM"), rooms):
            print(path)
    except (FileNotFoundError, SpecError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
