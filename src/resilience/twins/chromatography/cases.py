"""Cases of the chromatography twin, by what they ask for.

- an affinity column that is loaded, washed and eluted by pH (`pH_load`, ...): peak, yield, breakthrough, pool;
- a column that is loaded until it breaks through, by Langmuir's law (`sections`, `qmax`, ...): breakthrough, capacity;
- salt and proteins on an ion exchanger (`SMA`, `column`, ...): peaks, areas, times;
- a run of the skid as people make it, with actions and faults (`model`: run).
"""

from __future__ import annotations

from typing import Any

from resilience.twins.chromatography import elution_cases, exchange_cases, loading_cases, run_cases
from resilience.twins.errors import BadInput

MODELS = {
    "pH_load": elution_cases.run_case,
    "qmax": loading_cases.run_case,
    "SMA": exchange_cases.run_case,
    "model": run_cases.run_case,
}
"""The key by which a case is known, and what answers it."""


def run_case(inputs: dict[str, Any]) -> dict[str, Any]:
    """Answer a case. Raises BadInput naming the key that is wrong, Stopped where the column cannot go on."""
    found = [key for key in MODELS if key in inputs]
    if len(found) != 1:
        said = f"it has {' and '.join(found)}" if found else "none of the keys that say which"
        raise BadInput(f"the case is not of one kind: {said}", "inputs", f"Give one of {', '.join(MODELS)}.")
    return MODELS[found[0]](inputs)
