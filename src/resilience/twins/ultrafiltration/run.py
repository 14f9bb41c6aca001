"""A whole run as a case: what is done and what breaks, each at its hour; what there is to collect."""

from __future__ import annotations

from typing import Any, Final

from resilience.twins import doings
from resilience.twins.inputs import Inputs
from resilience.twins.ultrafiltration import plant
from resilience.twins.ultrafiltration.twin import Ultrafiltration
from resilience.twins.ultrafiltration.variables import TRUTHS

LONGEST: Final = 200.0
"""h."""
SHOWN: Final = ("feed_pressure", "permeate_flow", "retentate_weight", "permeate_uv", "permeate_conductivity")


def run(given: Inputs) -> dict[str, Any]:
    """`hours`, `every_h`, `seed`, `parameters`, `actions` and `faults` (see twins/doings.py).

    Returns the quality of the retentate, what happened, the truth at the end, trends each `every_h`, and when and why
    it stopped if it did.
    """
    hours = given.number("hours", low=0.01, high=LONGEST)
    every = given.number("every_h", 0.1, low=0.01, high=LONGEST)
    changes = doings.changed(given.inner("parameters"), plant.read())
    skid = Ultrafiltration(given.whole("seed", 0, low=0), changes)
    doings.plan(skid, given, hours)
    trends, stopped = doings.run(skid, hours, every, SHOWN, TRUTHS)
    return {
        "quality": skid.quality(),
        "stopped": stopped,
        "happened": doings.happened(skid),
        "end": {name: skid.truth(name) for name in TRUTHS},
        "trends": trends,
    }
