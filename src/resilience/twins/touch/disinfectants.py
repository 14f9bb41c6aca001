"""Disinfectants: how long a film stays wet, and what a wet time kills.

Alcohol leaves spores alone. The log reduction rises in proportion to the wet time up to its full value; nothing is
killed where the film did not reach.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from resilience.twins.draws import Floats
from resilience.twins.errors import BadInput
from resilience.twins.touch.ensemble import Ensemble


@dataclass(frozen=True)
class Agent:
    """A disinfectant: which parameter holds the seconds of a film, by how it is put on, and whether it kills spores."""

    films: dict[str, str]
    sporicidal: bool


AGENTS: Final = {
    "ipa-70": Agent({"spray": "ipa_spray", "wipe": "ipa_wipe", "rub": "ipa_rub"}, sporicidal=False),
    "sporicide": Agent({"spray": "sporicide_spray", "wipe": "sporicide_wipe"}, sporicidal=True),
}


def film_seconds(ensemble: Ensemble, agent: str, how: str) -> float:
    """Seconds that a film stays wet. Raises BadInput for an agent, or a way to put it on, that is not known."""
    if agent not in AGENTS:
        raise BadInput(f"unknown agent `{agent}`", "agent", f"Use one of {', '.join(AGENTS)}.")
    films = AGENTS[agent].films
    if how not in films:
        raise BadInput(f"`{agent}` is not put on by `{how}`", "how", f"Use one of {', '.join(films)}.")
    return float(ensemble.number(films[how])[0])


def log_reduction(ensemble: Ensemble, agent: str, wet_seconds: float) -> Floats:
    """(2, K + 1) log10 reduction of vegetative organisms and of spores after a wet time, where the film is."""
    reduction = np.zeros((2, ensemble.width))
    reduction[0] = _ramp(ensemble, "vegetative", wet_seconds)
    if AGENTS[agent].sporicidal:
        reduction[1] = _ramp(ensemble, "spore", wet_seconds)
    return reduction


def surviving(ensemble: Ensemble, agent: str, wet_seconds: float, coverage: float) -> Floats:
    """(2, K + 1) share of the organisms of a face that outlives a film which covered so much of it."""
    killed = 1.0 - 10.0 ** -log_reduction(ensemble, agent, wet_seconds)
    return 1.0 - coverage * killed


def _ramp(ensemble: Ensemble, kind: str, wet_seconds: float) -> Floats:
    full = ensemble.number(f"{kind}_seconds")
    return ensemble.number(f"{kind}_log") * np.minimum(wet_seconds / full, 1.0)
