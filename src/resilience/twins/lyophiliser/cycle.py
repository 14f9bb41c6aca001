"""A whole cycle as a case: what is done and what breaks, each at its hour; what comes of the batch."""

from __future__ import annotations

from typing import Any, Final

from resilience.twins import doings
from resilience.twins.inputs import Inputs
from resilience.twins.lyophiliser import plant
from resilience.twins.lyophiliser.twin import Lyophiliser
from resilience.twins.lyophiliser.variables import TRUTHS

LONGEST: Final = 500.0
"""h."""
SHOWN: Final = (
    "shelf_inlet",
    "product_centre",
    "product_edge",
    "capacitance",
    "pirani_ratio",
    "condenser",
    "dried_estimate",
)


def run(given: Inputs) -> dict[str, Any]:
    """`hours`, `every_h`, `seed`, `start` ("20 C"), `parameters`, `actions` and `faults` (see twins/doings.py).

    Returns the quality of the batch, what happened, the truth at the end, trends each `every_h`, and when and why it
    stopped if it did.
    """
    hours = given.number("hours", low=0.01, high=LONGEST)
    every = given.number("every_h", 1.0, low=0.01, high=LONGEST)
    start = doings.with_unit(given, "start", "C") if "start" in given else 20.0
    changes = doings.changed(given.inner("parameters"), plant.read())
    dryer = Lyophiliser(given.whole("seed", 0, low=0), start, changes)
    doings.plan(dryer, given, hours)
    trends, stopped = doings.run(dryer, hours, every, SHOWN, TRUTHS)
    return {
        "quality": dryer.quality(),
        "stopped": stopped,
        "happened": doings.happened(dryer),
        "end": {name: dryer.truth(name) for name in TRUTHS},
        "trends": trends,
    }
