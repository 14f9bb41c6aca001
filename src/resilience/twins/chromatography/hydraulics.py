"""What the pump must press: the bed by Kozeny and Carman, crowded protein by Ross and Minton, frits and tubing.

    dp/L = 180 mu v (1 - e)2 / (e3 d2),   mu/mu0 = exp([eta] c / (1 - k [eta] c))

v is the flow over the empty tube, d the beads' diameter. Air takes its share from the liquid's part e.
"""

from __future__ import annotations

import numpy as np

from resilience.twins.chromatography.column import Beads, Bed
from resilience.twins.chromatography.kernel import Floats
from resilience.twins.chromatography.numbers import SkidNumbers

PASCALS_PER_BAR = 1e5
_JAMMED = 0.95
"""Of the concentration at which the formula for crowding ends: protein is no liquid before that."""


def thickening(numbers: SkidNumbers, protein: Floats) -> float:
    """Mean of viscosity over buffer's along a bed with so much protein in it, g/L (N,)."""
    volume = np.minimum(1e-3 * numbers.intrinsic_viscosity * np.maximum(protein, 0.0), _JAMMED / numbers.crowding)
    return float(np.exp(volume / (1.0 - numbers.crowding * volume)).mean())


def resistance(
    numbers: SkidNumbers, bed: Bed, beads: Beads, thicker: float, air: float = 0.0, clogged: float = 1.0
) -> float:
    """Pressure for a flow, bar s/m3. thicker: of `thickening`; air: share of the liquid; clogged: frits, times new."""
    free = bed.porosity * (1.0 - air)
    diameter = 2.0 * beads.radius
    packed = numbers.kozeny * bed.length / bed.area * ((1.0 - free) / diameter) ** 2 / free**3
    through_bed = 1e-3 * numbers.viscosity * thicker * packed / PASCALS_PER_BAR
    return through_bed + clogged * numbers.frit * 60e6
