"""`python -m resilience.plant.shapes build [kind ...]` writes models; `compare kind ...` proves them reproducible."""

from __future__ import annotations

import sys

from resilience.plant.specs import MODELS, SpecError, kinds


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] not in ("build", "compare"):
        print("usage: python -m resilience.plant.shapes build|compare [kind ...]", file=sys.stderr)
        return 2
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

    report = build(wanted)
    for kind in wanted or kinds():
        line = report[kind]
        print(f"{kind:14} {line['triangles']:6} triangles {line['bytes']:8} bytes {line['seconds']:5} s")
    return 0


def _compare(wanted: list[str]) -> int:
    """Build again in memory: exit 1 when a committed file differs by a byte."""
    from resilience.plant.shapes.build import made

    differing = [kind for kind in wanted if made(kind) != (MODELS / f"{kind}.glb").read_bytes()]
    for kind in wanted:
        print(f"{kind}: {'differs from the committed model' if kind in differing else 'the same'}")
    return 1 if differing else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
