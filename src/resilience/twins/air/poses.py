"""A hand that reaches into the cabinet: its palm and forearm as bodies, and where particles leave them."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from resilience.twins.air.kernel import FOREARM, Vector
from resilience.twins.air.obstacles import Body
from resilience.twins.errors import BadInput

__all__ = ["FOREARM", "Vector", "bodies", "gloves_run", "sleeves_run", "spread", "towards"]

PALM: Final = 0.05
"""Radius of the sphere that stands for a gloved hand round the middle of its palm, m: it takes as much room in a stream
as a hand with bent fingers (0.12 x 0.085 x 0.03 m) does on average over all ways it can be turned, 0.0082 m2."""
ARM: Final = 0.04
"""Radius of a sleeved forearm, m."""
LOOSE: Final = 0.005
"""Particles are let into the air so far from the surface they leave, m: outside the layer that clings to it."""
SPREAD: Final = 0.02
"""What is not known of a hand: its fingers, and where tracking says it is; each axis, to both sides, m."""
ELBOW_SPREAD: Final = 0.04
"""The same of an elbow, which is not tracked."""
AROUND_GLOVE: Final = 0.12
"""To each side, m, an elbow may be while the air around the glove is asked for: the arm's direction hardly counts."""


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


def spread(palm: Vector, elbow: Vector, aside: float, chance: np.random.Generator) -> tuple[Vector, Vector]:
    """A pose near another, as evenly likely as all within what is not known of it; `aside`: of the elbow's x, m."""
    moved = np.array(palm) + chance.uniform(-SPREAD, SPREAD, 3)
    bent = np.array(elbow) + chance.uniform(-1.0, 1.0, 3) * (aside, ELBOW_SPREAD, ELBOW_SPREAD)
    return (float(moved[0]), float(moved[1]), float(moved[2])), (float(bent[0]), float(bent[1]), float(bent[2]))


def gloves_run(
    palm: Vector, elbow: Vector, count: int, chance: np.random.Generator
) -> tuple[list[Body], NDArray[np.float64]]:
    """A run of `ensemble`: a hand near a pose, and particles that leave its glove."""
    near, far = spread(palm, elbow, AROUND_GLOVE, chance)
    return bodies("hand", near, far), leaving_glove(near, count, chance)


def sleeves_run(
    palm: Vector, elbow: Vector, count: int, chance: np.random.Generator
) -> tuple[list[Body], NDArray[np.float64]]:
    """A run of `ensemble`: a hand near a pose, and particles that leave its sleeve."""
    near, far = spread(palm, elbow, ELBOW_SPREAD, chance)
    return bodies("hand", near, far), leaving_sleeve(near, far, count, chance)
