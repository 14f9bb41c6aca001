"""Small vectors and rotations: enough for grips and working points, without numpy."""

from __future__ import annotations

from math import cos, hypot, radians, sin

Vector = tuple[float, float, float]
Quaternion = tuple[float, float, float, float]  # x, y, z, w

IDENTITY: Quaternion = (0.0, 0.0, 0.0, 1.0)


def add(a: Vector, b: Vector) -> Vector:
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def subtract(a: Vector, b: Vector) -> Vector:
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def cross(a: Vector, b: Vector) -> Vector:
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def distance(a: Vector, b: Vector) -> float:
    return hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])


def multiply(a: Quaternion, b: Quaternion) -> Quaternion:
    """The rotation `b`, then `a`."""
    ax, ay, az, aw = a
    bx, by, bz, bw = b
    return (
        aw * bx + ax * bw + ay * bz - az * by,
        aw * by - ax * bz + ay * bw + az * bx,
        aw * bz + ax * by - ay * bx + az * bw,
        aw * bw - ax * bx - ay * by - az * bz,
    )


def quaternion(turn: Vector) -> Quaternion:
    """Rotation by degrees about x, then y, then z (fixed axes)."""
    result = IDENTITY
    for axis, degrees in enumerate(turn):
        half = radians(degrees) / 2
        step = [0.0, 0.0, 0.0, cos(half)]
        step[axis] = sin(half)
        result = multiply((step[0], step[1], step[2], step[3]), result)
    return result


def rotated(v: Vector, q: Quaternion) -> Vector:
    axis = (q[0], q[1], q[2])
    t = cross(axis, v)
    u = cross(axis, add(t, (q[3] * v[0], q[3] * v[1], q[3] * v[2])))
    return (v[0] + 2 * u[0], v[1] + 2 * u[1], v[2] + 2 * u[2])


def mirrored(v: Vector, q: Quaternion) -> tuple[Vector, Quaternion]:
    """A placing of the right hand as the left hand has it: mirrored in x."""
    return (-v[0], v[1], v[2]), (q[0], -q[1], -q[2], q[3])
