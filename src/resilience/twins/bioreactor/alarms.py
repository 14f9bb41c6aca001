"""The alarms of a bioreactor, as they were rationalised: few, each with what the operator shall do."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import yaml

from resilience.twins.bioreactor.reactor import Bioreactor
from resilience.twins.control.alarms import Alarms, Point, Priority
from resilience.twins.errors import BadInput

FILE: Final = Path(__file__).with_name("alarms.yaml")


def points(vessel: Bioreactor) -> tuple[Point, ...]:
    """The points for a vessel: a limit may be a share of a parameter (`{share: 0.97, of: working}`)."""
    tree = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return tuple(_point(vessel, name, entry) for name, entry in tree.items())


def alarms(vessel: Bioreactor) -> Alarms:
    """The alarms of a vessel, all normal."""
    return Alarms(points(vessel))


def _point(vessel: Bioreactor, name: str, entry: dict[str, object]) -> Point:
    limit = entry["limit"]
    if isinstance(limit, dict):
        limit = float(limit["share"]) * float(vessel.numbers[limit["of"]])
    if str(entry["tag"]) not in vessel.variables:
        raise BadInput(f"there is no tag `{entry['tag']}`", f"{FILE.name}: {name}", "Name an output.")
    return Point(
        name,
        str(entry["tag"]),
        float(str(limit)),
        bool(entry["high"]),
        Priority[str(entry["priority"]).upper()],
        str(entry["what"]),
        str(entry["response"]),
        float(str(entry.get("band", 0.0))),
        float(str(entry.get("delay", 0.0))),
    )
