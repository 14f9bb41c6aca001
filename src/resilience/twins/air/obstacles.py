"""How hands, arms and things bend the air around them, worked out where it is asked for.

A body is a sphere or a capsule. The air U that would be there is changed in two parts:

1. Around it as ideal flow goes, so that no air passes its surface: for a sphere of radius R, at distance r and with n
   from its middle, u = U + (R^3/2r^3)(U - 3(U.n)n); across a capsule's middle part, u = U + (R^2/r^2)(V - 2(V.n)n)
   with V the part of U across its axis. Both are free of divergence in an even stream. Above it air comes to a stop.
2. Behind it a wake: along the stream's direction e the air is slower by D(s) exp(-q^2/2) with q = t/w(s), s the
   distance behind the middle and t that from the wake's middle; D above 1 is air that flows back to the body. The air
   that must come in from the sides as the wake fades, and its turbulence, go with it.

D, w and the turbulence have the shape of wakes computed with the flow solver (flow/poses.py).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from resilience.twins.air.field import Field
from resilience.twins.errors import BadInput

SPHERE_WAKE: Final = (1.15, 2.6, 1.6, 0.62, 0.16, 0.28)
"""Deficit at the body, radii over which it fades, how steeply; width at the body, its growth a radius (in radii);
turbulence at its largest (share of the stream's speed)."""
CAPSULE_WAKE: Final = (1.15, 3.0, 1.0, 0.72, 0.14, 0.33)
LONGEST: Final = 10.0
"""A wake is followed so far, in radii."""
CALM: Final = 0.015
"""Towards a surface turbulence fades to nothing over this distance, m."""
COLUMNS: Final = 13
Bodies = NDArray[np.float64]


@dataclass(frozen=True)
class Body:
    """A hand, an arm or a thing: a sphere round `start`, or a capsule from `start` to `end`; m."""

    name: str
    start: tuple[float, float, float]
    end: tuple[float, float, float]
    radius: float


def prepare(bodies: list[Body], field: Field) -> Bodies:
    """The bodies as the compiled code reads them: (n, 13): start, end, radius, stream direction, speed, length, reach.

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
        row[10] = speed
        row[11] = math.dist(body.start, body.end)
        # Where ideal flow past it differs from the stream by less than 4 % (sphere: 2 %).
        row[12] = ((5.0 if row[11] > 0 else 3.0) * body.radius) ** 2
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


@njit(cache=True, inline="always")
def wake_shape(xi: float, slender: bool) -> tuple[float, float, float, float, float]:
    """At xi radii behind the middle: deficit, its slope, width, its growth, and turbulence (in radii and speeds)."""
    peak, fade, power, width, growth, shaken = CAPSULE_WAKE if slender else SPHERE_WAKE
    past = max(xi - 1.0, 0.0)
    base = 1.0 + past / fade
    deficit = peak * base**-power
    slope = -power * deficit / (fade * base) if xi > 1.0 else 0.0
    strength = deficit / peak
    if xi < 1.0:
        ramp = xi * xi * (3.0 - 2.0 * xi)
        slope = deficit * 6.0 * xi * (1.0 - xi)
        deficit *= ramp
        strength *= ramp
    return deficit, slope, width + growth * past, growth if xi > 1.0 else 0.0, shaken * strength


@njit(cache=True)
def bend(
    x: float, y: float, z: float, u: float, v: float, w: float, bodies: Bodies
) -> tuple[float, float, float, float, float, float, float, int, float, float, float, float]:
    """The air at a point among bodies: its velocity, the turbulence they add, which body is hit, how calm it is.

    u, v, w: the air without bodies, m/s. Returns u, v, w; (m/s)^2 and half its slope in x, y, z; the body's index or
    -1; the share of the turbulence that the nearest surface leaves, and the slope of that share.
    """
    added = sx = sy = sz = 0.0
    calm, cx, cy, cz = 1.0, 0.0, 0.0, 0.0
    for i in range(bodies.shape[0]):
        radius = bodies[i, 6]
        px, py, pz = x - bodies[i, 0], y - bodies[i, 1], z - bodies[i, 2]
        length = bodies[i, 11]
        slender = False
        tx = ty = tz = 0.0
        if length > 0.0:
            tx = (bodies[i, 3] - bodies[i, 0]) / length
            ty = (bodies[i, 4] - bodies[i, 1]) / length
            tz = (bodies[i, 5] - bodies[i, 2]) / length
            along = px * tx + py * ty + pz * tz
            slender = 0.0 < along < length
            along = min(max(along, 0.0), length)
            px -= along * tx
            py -= along * ty
            pz -= along * tz
        square = px * px + py * py + pz * pz
        if square < radius * radius:
            return 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, i, 0.0, 0.0, 0.0, 0.0
        if square < (radius + CALM) * (radius + CALM):
            away = math.sqrt(square)
            if (away - radius) / CALM < calm:
                calm = (away - radius) / CALM
                cx, cy, cz = px / (away * CALM), py / (away * CALM), pz / (away * CALM)
        ex, ey, ez = bodies[i, 7], bodies[i, 8], bodies[i, 9]
        behind = px * ex + py * ey + pz * ez
        if square > bodies[i, 12] and (behind < 0.0 or behind > LONGEST * radius):
            continue
        stream = max(u * ex + v * ey + w * ez, 0.0)
        # Around the body.
        ratio = share = radius * radius / square
        if slender:
            slip = u * tx + v * ty + w * tz
            cu, cv, cw = u - slip * tx, v - slip * ty, w - slip * tz
            towards = 2.0 * (cu * px + cv * py + cw * pz) / square
        else:
            share *= 0.5 * radius / math.sqrt(square)
            cu, cv, cw = u, v, w
            towards = 3.0 * (u * px + v * py + w * pz) / square
        u += share * (cu - towards * px)
        v += share * (cv - towards * py)
        w += share * (cw - towards * pz)
        # Behind it.
        if behind <= 0.0:
            continue
        deficit, slope, wide, growth, shaken = wake_shape(behind / radius, slender)
        sigma = wide * radius
        lateral = square - behind * behind
        if lateral > 9.0 * sigma * sigma:
            continue
        bell = math.exp(-0.5 * lateral / (sigma * sigma))
        lx, ly, lz = px - behind * ex, py - behind * ey, pz - behind * ez
        back, pull = _wake(deficit, slope / radius, sigma, growth, behind, lateral, bell, ratio, slender)
        back *= stream
        pull *= stream
        u += pull * lx - back * ex
        v += pull * ly - back * ey
        w += pull * lz - back * ez
        extra = (stream * shaken) ** 2 * bell
        added += extra
        fall = -0.5 * extra / (sigma * sigma)
        sx += fall * lx
        sy += fall * ly
        sz += fall * lz
    return u, v, w, added, sx, sy, sz, -1, calm, cx, cy, cz


@njit(cache=True, inline="always")
def _wake(
    deficit: float,
    slope: float,
    sigma: float,
    growth: float,
    behind: float,
    lateral: float,
    bell: float,
    ratio: float,
    slender: bool,
) -> tuple[float, float]:
    """How much slower the air is, and its speed outwards over the distance from the middle; over the stream's speed.

    Both come from one stream function h F, so that air is neither made nor lost: F is what of the deficit passes within
    the lateral distance t, and h = 1 - R^2/r^2 is nothing at the surface, where what flows back to the body turns.
    lateral: t^2; ratio: R^2/r^2.
    """
    square = lateral + behind * behind
    near, bend_out = 1.0 - ratio, 2.0 * ratio / square
    if slender:
        # A wake as wide as the arm is long: F = D w sqrt(pi/2) erf(t/(w sqrt 2)).
        t = math.sqrt(lateral)
        if t < 1e-6:
            return near * deficit, 0.0
        inside = sigma * math.sqrt(0.5 * math.pi) * math.erf(t / (sigma * math.sqrt(2.0)))
        passing = deficit * inside
        change = slope * inside + deficit * growth * (inside - t * bell) / sigma
        return near * deficit * bell + passing * bend_out * t, (near * change + passing * bend_out * behind) / t
    # A round wake: F = D w^2 (1 - exp(-t^2/2w^2)).
    if lateral < 1e-12:
        return near * deficit, 0.0
    inside = sigma * sigma * (1.0 - bell)
    passing = deficit * inside
    change = slope * inside + deficit * growth * (2.0 * sigma * (1.0 - bell) - lateral / sigma * bell)
    return near * deficit * bell + passing * bend_out, (near * change + passing * bend_out * behind) / lateral
