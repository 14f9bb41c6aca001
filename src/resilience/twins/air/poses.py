"""A hand that reaches into the cabinet: its palm and forearm as bodies, and where particles leave them."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from resilience.twins.air.obstacles import Body
from resilience.twins.errors import BadInput

PALM: Final = 0.06
"""Radius of a gloved hand round the middle of its palm, m (breadth 0.085 m and the thumb)."""
ARM: Final = 0.04
"""Radius of a sleeved forearm, m."""
FOREARM: Final = 0.30
"""From the palm to the end of the forearm that is in the air, m."""
LOOSE: Final = 0.01
"""Particles are let into the air so far from the surface they leave, m: outside the layer that clings to it."""
Vector = tuple[float, float, float]


def bodies(name: str, palm: Vector, elbow: Vector) -> list[Body]:
    """A palm and, from it towards the elbow, a forearm. Raises BadInput where both are in one place."""
    direction = towards(palm, elbow, name)
    end = tuple(at + FOREARM * part for at, part in zip(palm, direction, strict=True))
    return [Body(f"{name} glove", palm, palm, PALM), Body(f"{name} sleeve", palm, (end[0], end[1], end[2]), ARM)]


def towards(palm: Vector, elbow: Vector, name: str) -> Vector:
    """The direction from palm to elbow."""
    length = math.dist(palm, elbow)
    if not (math.isfinite(length) and length > 1e-6):
        raise BadInput("palm and elbow have no direction", name, "Give two different places, in m.")
    return (elbow[0] - palm[0]) / length, (elbow[1] - palm[1]) / length, (elbow[2] - palm[2]) / length


def leaving_glove(palm: Vector, count: int, chance: np.random.Generator) -> NDArray[np.float64]:
    """Places where particles leave a glove, (count, 3): evenly over it."""
    turned = chance.normal(size=(count, 3))
    found: NDArray[np.float64] = np.array(palm) + (PALM + LOOSE) * turned / np.linalg.norm(
        turned, axis=1, keepdims=True
    )
    return found


def leaving_sleeve(palm: Vector, elbow: Vector, count: int, chance: np.random.Generator) -> NDArray[np.float64]:
    """Places where particles leave a sleeve, (count, 3): evenly over what of it is not behind the glove."""
    axis = np.array(towards(palm, elbow, "sleeve"))
    side = np.cross(axis, (0.0, 1.0, 0.0) if abs(axis[1]) < 0.9 else (1.0, 0.0, 0.0))
    side /= np.linalg.norm(side)
    other = np.cross(axis, side)
    angle, along = chance.uniform(0, 2 * math.pi, count), chance.uniform(PALM, FOREARM, count)
    around = np.cos(angle)[:, None] * side + np.sin(angle)[:, None] * other
    found: NDArray[np.float64] = np.array(palm) + along[:, None] * axis + (ARM + LOOSE) * around
    return found
