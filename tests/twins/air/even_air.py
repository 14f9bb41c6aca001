"""Even air in the cabinet's box, for tests that need none of the computed field."""

from __future__ import annotations

from resilience.twins.air.even import even
from resilience.twins.air.field import Field
from resilience.twins.flow import scene

SPEED = 0.45


def downflow(turbulence: float = 0.0, speed: float = SPEED) -> Field:
    return even(scene.inputs()["shape"], speed, turbulence)
