"""A run of the skid as a case: what is done and what breaks, each at its hour; what was shown, and what was true."""

from __future__ import annotations

from typing import Any, Final

from resilience.twins import doings
from resilience.twins.chromatography import numbers
from resilience.twins.chromatography.column import Mesh
from resilience.twins.chromatography.skid import TRAINING, Chromatography
from resilience.twins.chromatography.variables import SHOWN, TRUTHS
from resilience.twins.inputs import Inputs

LONGEST: Final = 48.0
"""h"""


def run_case(inputs: dict[str, Any]) -> dict[str, Any]:
    """`hours`, `every_h`, `seed`, `parameters`, `mesh`, `actions` and `faults` (see twins/doings.py).

    Gives the truth at the end, what went to waste by phase, what happened, trends each `every_h`, and when and why it
    stopped if it did.
    """
    given = Inputs(inputs, "inputs")
    given.text("model", choices=("run",))
    hours = given.number("hours", low=1e-3, high=LONGEST)
    every = given.number("every_h", hours, low=1e-3, high=LONGEST)
    changes = doings.changed(given.inner("parameters"), numbers.known())
    said = given.inner("mesh")
    mesh = Mesh(
        said.whole("cells", TRAINING.cells), said.whole("shells", TRAINING.shells), said.flag("graded", TRAINING.graded)
    )
    said.done()
    twin = Chromatography(given.whole("seed", 0, low=0), changes, mesh)
    doings.plan(twin, given, hours)
    given.done()
    trends, stopped = doings.run(twin, hours, every, SHOWN, TRUTHS)
    return {
        "stopped": stopped,
        "end": {name: twin.truth(name) for name in TRUTHS},
        "wasted_by_phase_mg": twin.wasted,
        "happened": doings.happened(twin),
        "trends": trends,
    }
