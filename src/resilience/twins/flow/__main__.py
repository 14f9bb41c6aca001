"""`python -m resilience.twins.flow`: build the cabinet's field anew (minutes on one core).

With `--checks` the solver's checks are run at the resolution of its claims and stored with the field; without it the
checks already stored are kept. With `--wakes` only the wakes are computed to which the bodies' numbers are fitted.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from resilience.twins.air import field
from resilience.twins.errors import BadInput
from resilience.twins.flow import build, checks, poses, scene


def main(arguments: list[str]) -> None:
    """Build the field and write it where it is read from."""
    if "--wakes" in arguments:
        print(json.dumps([poses.wake("sphere"), poses.wake("cylinder")], indent=2))
        return
    given = scene.inputs()
    solver: Any = checks.full() if "--checks" in arguments else _stored()
    half, low = build.run(given, lambda line: print(line, flush=True))
    found = build.checks_of(field.whole(half, low, given))
    field.write(field.FILE, half, low, given, {"field": found, "solver": solver})
    print(f"{field.FILE.name}: {field.FILE.stat().st_size / 1e3:.0f} kB, {found}")


def _stored() -> Any:
    try:
        return field.read().about["checks"]["solver"]
    except BadInput:
        return checks.full()


if __name__ == "__main__":
    main(sys.argv[1:])
