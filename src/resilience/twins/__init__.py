"""Process twins: physical models that a trainee operates. Numbers in, numbers out; they know nothing else of the house.

All share one shape. A twin has state, inputs and parameters (files with unit, source and grade); inputs are set,
`do_step` advances time, outputs are read; `snapshot`, `restore` and `fork` keep and branch it; the same seed gives the
same run, to the bit. The names follow the co-simulation interface of FMI where they fit.

    from resilience.twins import Air, Exposure, Particles

Nothing is imported before it is asked for: a case file about touch needs no compiler.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from resilience.twins.air.exposure import Exposure, Site
    from resilience.twins.air.obstacles import Body
    from resilience.twins.air.particles import Particles
    from resilience.twins.air.rooms import Air, Door, Room
    from resilience.twins.bioreactor.reactor import Bioreactor
    from resilience.twins.chromatography.skid import Chromatography
    from resilience.twins.lyophiliser.twin import Lyophiliser
    from resilience.twins.touch.twin import Touch
    from resilience.twins.ultrafiltration.twin import Ultrafiltration

__all__ = [
    "Air",
    "Bioreactor",
    "Body",
    "Chromatography",
    "Door",
    "Exposure",
    "Lyophiliser",
    "Particles",
    "Room",
    "Site",
    "Touch",
    "Ultrafiltration",
]

_WHERE = {
    "Air": "air.rooms",
    "Bioreactor": "bioreactor.reactor",
    "Body": "air.obstacles",
    "Chromatography": "chromatography.skid",
    "Door": "air.rooms",
    "Exposure": "air.exposure",
    "Lyophiliser": "lyophiliser.twin",
    "Particles": "air.particles",
    "Room": "air.rooms",
    "Site": "air.exposure",
    "Touch": "touch.twin",
    "Ultrafiltration": "ultrafiltration.twin",
}


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
