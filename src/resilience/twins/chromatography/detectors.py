"""What the detectors behind the column make of what passes them.

Light of strength 1 falls to 10^-A, and stray light s comes beside it, so that the reading ends at log(1 + 1/s). A lamp
that fades to l leaves l of the light and all of the stray light; one that is out sees no protein at all:

    reading = log10((l + s)/(l 10^-A + s))
"""

from __future__ import annotations

import math
from typing import Final

from resilience.twins.chromatography.numbers import SkidNumbers
from resilience.twins.measure import Measurement, Probe

MILLI: Final = 1e3
_MOST_ABSORBANCE: Final = 300.0
"""AU: beyond it a double has no light left."""


def absorbance(numbers: SkidNumbers, protein: float, feed: float) -> float:
    """AU in the cell; protein g/L, feed: share of the liquid that is feed."""
    through = numbers.absorptivity * max(protein, 0.0) + numbers.feed_absorbance * max(feed, 0.0)
    return numbers.path * through


def reading(numbers: SkidNumbers, absorbed: float, lamp: float) -> float:
    """mAU as the detector sees it; lamp: its light as a share of a new one's."""
    light = lamp * 10.0 ** -min(absorbed, _MOST_ABSORBANCE)
    return MILLI * math.log10((lamp + numbers.stray) / (light + numbers.stray))


def installed(numbers: SkidNumbers, ph: float, conductivity: float, seed: int) -> dict[str, Measurement]:
    """The instruments of a skid by name, at rest in a liquid."""
    probes = (
        (Probe("uv", "mAU", -50.0, 4000.0, numbers.uv_lag, numbers.uv_noise, 0.01), 0.0),
        (Probe("conductivity", "mS/cm", 0.0, 300.0, numbers.conductivity_lag, 0.01, 0.01), conductivity),
        (Probe("ph", "pH", 0.0, 14.0, numbers.ph_lag, 0.005, 0.01), ph),
        (Probe("pressure", "bar", 0.0, 10.0, 0.5, 0.002, 0.001), 0.0),
    )
    return {probe.name: Measurement(probe, truth, seed) for probe, truth in probes}
