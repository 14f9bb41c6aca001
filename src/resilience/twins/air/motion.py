"""The compiled step of many particles: mean air, bodies in it, turbulence, settling, and on what they come to lie.

    dx = (U + s q - v_s up) dt,    dq = -q/T dt + grad s dt + sqrt(2/T) dW

q is the turbulent velocity over its own size s (Ornstein and Uhlenbeck), T its memory; the slope of s keeps particles
from gathering where the air is quiet (Thomson 1987). The increments dW are uniform with the right variance: over one
memory their sum is as good as normal, and three of them cost one random number. Every particle has its own generator
(SplitMix64, Steele, Lea & Flood 2014), so that a particle's path depends on nothing but its seed and the air.
How bodies bend the air is said in `obstacles.py`; what is compiled of it stands here, since compiled code is kept by
file: in two files one of them could be stale.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

AIRBORNE: Final = 0
WORKTOP: Final = 1
FRONT_GRILLE: Final = 2
REAR_GRILLE: Final = 3
WALL: Final = 4
ROOM: Final = 5
"""Gone out into the room."""
UNUSED: Final = 6
"""A place that holds no particle."""
ON_BODY: Final = 10
"""On body i: ON_BODY + i."""
Floats = NDArray[np.float64]
Bodies = NDArray[np.float64]
WAKE: Final = 12
"""Where a body's wake begins among its columns; before it start, end, radius, stream direction, length, reach."""
COLUMNS: Final = 20
LONGEST: Final = 10.0
"""A wake is followed so far, in radii."""
CALM: Final = 0.015
"""Towards a surface turbulence fades to nothing over this distance, m."""

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_S30, _S27, _S31, _S21, _S42 = (np.uint64(bits) for bits in (30, 27, 31, 21, 42))
_LOW21 = np.uint64(0x1FFFFF)
# A number of 21 bits becomes uniform with mean 0 and variance 1.
_SPAN = 2.0 * math.sqrt(3.0) / 2097151.0
_HALF_SPAN = math.sqrt(3.0)


@njit(cache=True, inline="always")
def _wake_shape(xi: float, bodies: Bodies, i: int) -> tuple[float, float, float, float, float]:
    """At xi radii behind a body's middle: deficit, its slope, width, its growth, turbulence (radii and speeds)."""
    past = max(xi - 1.0, 0.0)
    reach, power = bodies[i, WAKE + 1], bodies[i, WAKE + 2]
    fading = (past / reach) ** power
    deficit = bodies[i, WAKE] / (1.0 + fading)
    slope = -deficit * power * fading / (past * (1.0 + fading)) if past > 1e-9 else 0.0
    if xi < 1.0:
        slope = deficit * 6.0 * xi * (1.0 - xi)
        deficit *= xi * xi * (3.0 - 2.0 * xi)
    growing = max(past - bodies[i, WAKE + 5], 0.0)
    width = bodies[i, WAKE + 3] + bodies[i, WAKE + 4] * growing
    growth = bodies[i, WAKE + 4] if growing > 0.0 else 0.0
    along = past / bodies[i, WAKE + 7]
    return deficit, slope, width, growth, bodies[i, WAKE + 6] * along * math.exp(1.0 - along)


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
        length = bodies[i, 10]
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
        if square > bodies[i, 11] and (behind < 0.0 or behind > LONGEST * radius):
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
        deficit, slope, wide, growth, shaken = _wake_shape(behind / radius, bodies, i)
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
    the lateral distance t, and h = 1 - R^4/r^4 is nothing at the surface, where what flows back to the body turns.
    lateral: t^2; ratio: R^2/r^2.
    """
    square = lateral + behind * behind
    near, bend_out = 1.0 - ratio * ratio, 4.0 * ratio * ratio / square
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


@njit(cache=True, inline="always")
def mix(state: np.uint64) -> np.uint64:
    """SplitMix64's output for a state."""
    number = (state ^ (state >> _S30)) * _MIX_1
    number = (number ^ (number >> _S27)) * _MIX_2
    return number ^ (number >> _S31)


@njit(cache=True, fastmath=True, error_model="numpy")
def advance(
    place: Floats,
    shaken: Floats,
    fate: NDArray[np.uint8],
    seeds: NDArray[np.uint64],
    grid: NDArray[np.float32],
    low: Floats,
    cell: float,
    limits: Floats,
    bodies: Bodies,
    settling: float,
    floor_turbulence: float,
    memory: float,
    step: float,
    steps: int,
) -> int:
    """Move every airborne particle by `steps` steps; how many particle-steps were made.

    place, shaken: (n, 3), m and q; fate: (n,); seeds: (n,); grid: (nx, ny, nz, 4) of air.field; limits: as
    `particles.limits` gives them; bodies: as `obstacles.prepare` gives them.
    """
    nx, ny, nz = grid.shape[0], grid.shape[1], grid.shape[2]
    keep = math.exp(-step / memory)
    kick = math.sqrt(1.0 - keep * keep)
    per_cell = 1.0 / cell
    quiet = floor_turbulence * floor_turbulence + 1e-20
    lx, ly, lz = low[0], low[1], low[2]
    made = 0
    for i in range(len(fate)):
        if fate[i] != AIRBORNE:
            continue
        x, y, z = place[i, 0], place[i, 1], place[i, 2]
        qx, qy, qz = shaken[i, 0], shaken[i, 1], shaken[i, 2]
        state = seeds[i]
        end = AIRBORNE
        for _ in range(steps):
            made += 1
            fx, fy, fz = (x - lx) * per_cell, (y - ly) * per_cell, (z - lz) * per_cell
            a, b, c = int(fx), int(fy), int(fz)
            a, b, c = min(max(a, 0), nx - 2), min(max(b, 0), ny - 2), min(max(c, 0), nz - 2)
            fx, fy, fz = fx - a, fy - b, fz - c
            u = v = w = s = dx = dy = dz = 0.0
            for p in range(2):
                wx = fx if p else 1.0 - fx
                sign_x = 1.0 if p else -1.0
                for q in range(2):
                    wy = fy if q else 1.0 - fy
                    sign_y = 1.0 if q else -1.0
                    near, far = grid[a + p, b + q, c], grid[a + p, b + q, c + 1]
                    weight = wx * wy
                    u += weight * ((1.0 - fz) * near[0] + fz * far[0])
                    v += weight * ((1.0 - fz) * near[1] + fz * far[1])
                    w += weight * ((1.0 - fz) * near[2] + fz * far[2])
                    row = (1.0 - fz) * near[3] + fz * far[3]
                    s += weight * row
                    dx += sign_x * wy * row
                    dy += sign_y * wx * row
                    dz += weight * (far[3] - near[3])
            # Slope of the size of the turbulence: of the field's, of the floor under it, and of the wakes.
            square = s * s + quiet
            gx, gy, gz = s * dx * per_cell, s * dy * per_cell, s * dz * per_cell
            if bodies.shape[0] > 0:
                u, v, w, added, sx, sy, sz, hit, calm, cx, cy, cz = bend(x, y, z, u, v, w, bodies)
                if hit >= 0:
                    end = ON_BODY + hit
                    break
                size = math.sqrt(square + added)
                share = calm / size
                gx, gy, gz = share * (gx + sx) + size * cx, share * (gy + sy) + size * cy, share * (gz + sz) + size * cz
                size *= calm
            else:
                size = math.sqrt(square)
                gx, gy, gz = gx / size, gy / size, gz / size
            state += _GOLDEN
            number = mix(state)
            qx = keep * qx + kick * (float(number & _LOW21) * _SPAN - _HALF_SPAN) + step * gx
            qy = keep * qy + kick * (float((number >> _S21) & _LOW21) * _SPAN - _HALF_SPAN) + step * gy
            qz = keep * qz + kick * (float((number >> _S42) & _LOW21) * _SPAN - _HALF_SPAN) + step * gz
            x += (u + size * qx) * step
            y += (v + size * qy - settling) * step
            z += (w + size * qz) * step
            # On what it comes to lie. limits: x0 x1 y0 y1 z0 z1, end of rear grille, start of front grille, end of the
            # front grille, top of the aperture, slope of the sash, end of what is computed of the room.
            if y < limits[2]:
                end = WORKTOP
                if z < limits[6]:
                    end = REAR_GRILLE
                elif z > limits[8]:
                    end = ROOM
                elif z > limits[7]:
                    end = FRONT_GRILLE
                break
            if x < limits[0] or x > limits[1] or z < limits[4]:
                end = WALL
                break
            if y > limits[3]:
                # The filter gives air, it takes none: a particle shaken against it stays just below.
                y = 2.0 * limits[3] - y
                qy = -abs(qy)
            if z > limits[11]:
                end = ROOM
                break
            if y > limits[9] and z < limits[8] and z > limits[5] - (y - limits[9]) * limits[10]:
                end = WALL
                break
        place[i, 0], place[i, 1], place[i, 2] = x, y, z
        shaken[i, 0], shaken[i, 1], shaken[i, 2] = qx, qy, qz
        seeds[i] = state
        fate[i] = end
    return made
