"""Cases of the freeze-dryer. `inputs.model`: `freezing` or `primary-drying` of one vial on a schedule, or a `cycle`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from resilience.twins.inputs import Inputs
from resilience.twins.lyophiliser import cycle, one_vial

MODELS: Final[dict[str, Callable[[Inputs], dict[str, Any]]]] = {
    "freezing": one_vial.freezing,
    "primary-drying": one_vial.drying,
    "cycle": cycle.run,
}


def run_case(inputs: dict[str, Any]) -> dict[str, Any]:
    """Answer a case. Raises BadInput naming the key that is wrong."""
    given = Inputs(inputs, "inputs")
    answer = MODELS[given.text("model", choices=MODELS)](given)
    given.done()
    return answer
