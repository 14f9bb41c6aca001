"""`python -m resilience.plant.light [room ...] [--side 384] [--samples 32]` bakes the light of rooms (default: of all)
and what metals mirror.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from resilience.plant.specs import MODELS, SpecError, kinds, load

FOLDER = MODELS / "light"


def main(arguments: list[str]) -> int:
    rooms = [kind for kind in kinds() if load(kind).room]
    parser = argparse.ArgumentParser(prog="resilience.plant.light", description="Bakes the light of rooms.")
    parser.add_argument("rooms", nargs="*", help=f"of {', '.join(rooms)}, studio; all where none is named")
    parser.add_argument("--side", type=int, help="texels of a side")
    parser.add_argument("--samples", type=int, help="paths a texel")
    asked = parser.parse_args(arguments)
    unknown = sorted(set(asked.rooms) - {*rooms, "studio"})
    if unknown:
        print(f"{', '.join(unknown)}: is no room; the rooms are {', '.join(rooms)}, and studio", file=sys.stderr)
        return 2
    given = {name: value for name in ("side", "samples") if (value := getattr(asked, name)) is not None}
    try:
        for kind in asked.rooms or ["studio", *rooms]:
            _bake(kind, given)
    except SpecError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _bake(kind: str, given: dict[str, int]) -> None:
    from resilience.plant.light.bake import bake, studio

    path = FOLDER / "report.json"
    report: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    made = studio(FOLDER) if kind == "studio" else bake(kind, FOLDER, **given) | {"spec": load(kind).digest}
    report[kind] = made
    Path(path).write_text(json.dumps(report, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{kind:16} {made['side']:5} texels {made['bytes']:8} bytes {made['seconds']:7.1f} s", flush=True)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
