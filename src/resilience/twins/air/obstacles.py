"""How hands, arms and things bend the air around them, worked out where it is asked for.

A body is a sphere or a capsule. The air U that would be there is changed in two parts:

1. Around it as ideal flow goes, so that no air passes its surface: for a sphere of radius R, at distance r and with n
   from its middle, u = U + (R^3/2r^3)(U - 3(U.n)n); across a capsule's middle part, u = U + (R^2/r^2)(V - 2(V.n)n)
   with V the part of U across its axis. Both are free of divergence in an even stream. Above it air comes to a stop.
2. Behind it a wake: along the stream's direction e the air is slower by D(s) exp(-q^2/2) with q = t/w(s), s the
   distance behind the middle and t that from the wake's middle; D above 1 is air that flows back to the body. The air
   that must come in from the sides as the wake fades goes with it: both come from one stream function, which is
   nothing at the surface. With xi the distance in radii from the body's back:
   D = D0/(1 + (xi/a)^n), w/R = w0 + g max(0, xi - b), turbulence = k (xi/c) exp(1 - xi/c) of the stream's speed.

The eight numbers of a wake are fitted to the wakes of a sphere (palm) and of a cylinder (arm) that the flow solver
computed (flow/poses.py).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from resilience.twins.air.field import Field
from resilience.twins.air.motion import COLUMNS, WAKE, Bodies
from resilience.twins.air.numbers import Numbers
from resilience.twins.errors import BadInput


@dataclass(frozen=True)
class Body:
    """A hand, an arm or a thing: a sphere round `start`, or a capsule from `start` to `end`; m."""

    name: str
    start: tuple[float, float, float]
    end: tuple[float, float, float]
    radius: float


def prepare(bodies: list[Body], field: Field, numbers: Numbers) -> Bodies:
    """The bodies as the compiled code (`motion.py`) reads them, one in a row.

    Raises BadInput for an obstacle that lies outside the cabinet or is no body at all.
    """
    found = np.zeros((len(bodies), COLUMNS))
    for row, body in zip(found, bodies, strict=True):
        _check(body, field)
        row[0:3], row[3:6], row[6] = body.start, body.end, body.radius
        middle = 0.5 * (row[0:3] + row[3:6])
        stream = field.at(middle[None])[0, :3]
        speed = float(np.linalg.norm(stream))
        row[7:10] = stream / speed if speed > 1e-6 else (0.0, -1.0, 0.0)
        row[10] = math.dist(body.start, body.end)
        # Where ideal flow past it differs from the stream by less than 4 % (sphere: 2 %).
        row[11] = ((5.0 if row[10] > 0 else 3.0) * body.radius) ** 2
        row[WAKE:] = numbers.wake_arm if row[10] > 0 else numbers.wake_palm
    return found


def _check(body: Body, field: Field) -> None:
    values = (*body.start, *body.end, body.radius)
    if not all(math.isfinite(value) for value in values) or body.radius <= 0:
        raise BadInput("the body has a place or a radius that is no number", body.name, "Give finite numbers, in m.")
    shape = field.shape
    within = False
    for point in (body.start, body.end):
        within |= all(
            low - body.radius <= value <= high + body.radius
            for value, (low, high) in zip(point, (shape["x"], shape["y"], shape["z"]), strict=True)
        )
    if not within:
        spans = ", ".join(f"{axis} {shape[axis][0]:g} to {shape[axis][1]:g}" for axis in "xyz")
        raise BadInput("the obstacle is outside the cabinet", body.name, f"The cabinet's inside is {spans} m.")
