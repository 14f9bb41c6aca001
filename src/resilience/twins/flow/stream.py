"""A box in an even stream: what the checks and the wakes of hands and arms are computed in."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from resilience.twins.flow.lattice import HELD, OPEN


def stream(
    shape: tuple[int, int, int], speed: float, around: bool = False
) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """kind and velocity of `Box`: a stream along z, given at the near end and the sides; the far end is open.

    around: the box has no sides in x, but goes on at its other end.
    """
    kind = np.zeros(shape, np.uint8)
    kind[:, 0] = kind[:, -1] = HELD
    if not around:
        kind[0] = kind[-1] = HELD
    kind[:, :, 0] = HELD
    kind[:, :, -1] = OPEN
    velocity = np.zeros((3, *shape), np.float32)
    velocity[2] = speed
    return kind, velocity
