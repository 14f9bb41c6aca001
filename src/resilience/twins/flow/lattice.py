"""D3Q19 lattice Boltzmann: streaming, regularised collision with a Smagorinsky eddy viscosity, walls that may move.

Everything here is in lattice units: cell 1, step 1, density about 1, speed of sound 1/sqrt(3). Equations:

    f_q(x + c_q, t + 1) = feq_q + (1 - 1/tau) w_q/(2 cs^4) (c_q c_q - cs^2 I) : P,   P = sum_q c_q c_q (f_q - feq_q)
    feq_q = w_q rho (1 + 3 c.u + 9/2 (c.u)^2 - 3/2 u.u)
    nu = (tau0 - 1/2)/3,   tau = (tau0 + sqrt(tau0^2 + 18 sqrt(2) Cs^2 |P|/rho))/2

Sources: lattice and equilibrium, Qian, d'Humieres & Lallemand 1992; regularised collision, Latt & Chopard 2006;
eddy viscosity from the stress, Hou et al. 1996; moving walls and the force on them, Ladd 1994.
"""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

FLUID: Final = 0
WALL: Final = 1
"""Solid, or a filter or grille: what arrives is sent back half way between two cells, with the momentum that the wall's
own velocity adds. A wall whose velocity points through it gives or takes exactly so much air."""
BODY: Final = 2
"""Solid like a wall, and the force on it is summed."""
HELD: Final = 3
"""A cell on the edge where the velocity of a free stream is given."""
OPEN: Final = 4
"""A cell on the edge where the pressure is given and the velocity is that of the cell inside."""

C: Final = (
    *((0, 0, 0), (1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0), (0, 0, 1), (0, 0, -1)),
    *((1, 1, 0), (-1, -1, 0), (1, -1, 0), (-1, 1, 0), (1, 0, 1), (-1, 0, -1)),
    *((1, 0, -1), (-1, 0, 1), (0, 1, 1), (0, -1, -1), (0, 1, -1), (0, -1, 1)),
)
"""The nineteen velocities; each odd one is followed by its opposite."""
W: Final = (1 / 3, *(1 / 18,) * 6, *(1 / 36,) * 12)
OPPOSITE: Final = (0, 2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11, 14, 13, 16, 15, 18, 17)
_C = np.array(C, dtype=np.int64)
_E = _C.astype(np.float32)
_W = np.array(W, dtype=np.float32)
_OPPOSITE = np.array(OPPOSITE, dtype=np.int64)
# Numbers of single precision: a plain one would make the compiled arithmetic double.
_ZERO, _THIRD, _HALF, _ONE, _THREE_HALVES, _TWO, _THREE, _NINE_HALVES = (
    np.float32(number) for number in (0, 1 / 3, 0.5, 1, 1.5, 2, 3, 4.5)
)
_CENTRE, _AXIS, _DIAGONAL = np.float32(1 / 3), np.float32(1 / 18), np.float32(1 / 36)
# An open edge holds the pressure softly: held hard, it would send every sound wave back, and the box would ring.
_GIVES = np.float32(0.9)
Single = np.floating[Any]
Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]
Indices = NDArray[np.int64]


@njit(cache=True, inline="always")
def _equilibrium(q: int, rho: Single, u: Single, v: Single, w: Single) -> Single:
    along = _E[q, 0] * u + _E[q, 1] * v + _E[q, 2] * w
    square = u * u + v * v + w * w
    found: Single = _W[q] * rho * (_ONE + _THREE * along + _NINE_HALVES * along * along - _THREE_HALVES * square)
    return found


@njit(cache=True, fastmath=True, error_model="numpy")
def step(
    f: Floats,
    out: Floats,
    kind: Bytes,
    links: Indices,
    first_link: Indices,
    pushes: Floats,
    tau0: float,
    smagorinsky: float,
    macro: Floats,
) -> tuple[float, float, float]:
    """Stream `f` into `out` and collide. All fields are indexed [.., x, y, z] and wrap around at their ends.

    f, out: (19, nx, ny, nz) populations after collision; kind: (nx, ny, nz); links: (n, 3) of velocity, z, whether the
    solid is a BODY, for every population that comes from a solid cell, ordered by row; first_link: (nx ny + 1) where a
    row's links begin; pushes: (n) what a moving wall adds; macro: (4, nx, ny, nz) receives density and velocity.
    Returns the force on the BODY cells.
    """
    nx, ny, nz = kind.shape
    tau = np.float32(tau0)
    eddy = np.float32(18.0 * math.sqrt(2.0) * smagorinsky * smagorinsky)
    force = np.zeros(3)
    g = np.empty((23, nz), np.float32)
    for x in range(nx):
        for y in range(ny):
            _pull(f, g, x, y)
            row = x * ny + y
            for i in range(first_link[row], first_link[row + 1]):
                q, z = links[i, 0], links[i, 1]
                back = f[_OPPOSITE[q], x, y, z]
                g[q, z] = back + pushes[i]
                if links[i, 2]:
                    for axis in range(3):
                        force[axis] -= (back + g[q, z]) * _E[q, axis]
            for z in range(nz):
                if kind[x, y, z] == WALL or kind[x, y, z] == BODY:
                    for q in range(19):
                        g[q, z] = _W[q]
            _collide(g, tau, eddy)
            for q in range(19):
                out[q, x, y] = g[q]
            for i in range(4):
                macro[i, x, y] = g[19 + i]
    return force[0], force[1], force[2]


@njit(cache=True, fastmath=True, error_model="numpy")
def _collide(g: Floats, tau: Single, eddy: Single) -> None:
    """Collide one row in place; its last four rows receive density and velocity. g: (19 + 4, nz).

    The second moment A after collision gives all populations: f_q = w_q (rho + 3 c.j + 9/2 c.A.c - 3/2 tr A). Written
    out direction by direction, because only so the compiler works on many cells at once.
    """
    for z in range(g.shape[1]):
        xs = g[1, z] + g[2, z]
        ys = g[3, z] + g[4, z]
        zs = g[5, z] + g[6, z]
        xy_same, xy_cross = g[7, z] + g[8, z], g[9, z] + g[10, z]
        xz_same, xz_cross = g[11, z] + g[12, z], g[13, z] + g[14, z]
        yz_same, yz_cross = g[15, z] + g[16, z], g[17, z] + g[18, z]
        rho = g[0, z] + xs + ys + zs + xy_same + xy_cross + xz_same + xz_cross + yz_same + yz_cross
        d7, d9, d11 = g[7, z] - g[8, z], g[9, z] - g[10, z], g[11, z] - g[12, z]
        d13, d15, d17 = g[13, z] - g[14, z], g[15, z] - g[16, z], g[17, z] - g[18, z]
        jx = g[1, z] - g[2, z] + d7 + d9 + d11 + d13
        jy = g[3, z] - g[4, z] + d7 - d9 + d15 + d17
        jz = g[5, z] - g[6, z] + d11 - d13 + d15 - d17
        u, v, w = jx / rho, jy / rho, jz / rho
        xx = xs + xy_same + xy_cross + xz_same + xz_cross - rho * _THIRD - jx * u
        yy = ys + xy_same + xy_cross + yz_same + yz_cross - rho * _THIRD - jy * v
        zz = zs + xz_same + xz_cross + yz_same + yz_cross - rho * _THIRD - jz * w
        xy, xz, yz = xy_same - xy_cross - jx * v, xz_same - xz_cross - jx * w, yz_same - yz_cross - jy * w
        size = np.sqrt(xx * xx + yy * yy + zz * zz + _TWO * (xy * xy + xz * xz + yz * yz))
        slow = _HALF * (tau + np.sqrt(tau * tau + eddy * size / rho))
        keep = _ONE - _ONE / slow
        xx, yy, zz = jx * u + keep * xx, jy * v + keep * yy, jz * w + keep * zz
        xy, xz, yz = jx * v + keep * xy, jx * w + keep * xz, jy * w + keep * yz
        base = rho - _THREE_HALVES * (xx + yy + zz)
        g[0, z] = base * _CENTRE
        g[1, z], g[2, z] = _pair(base + _NINE_HALVES * xx, jx, _AXIS)
        g[3, z], g[4, z] = _pair(base + _NINE_HALVES * yy, jy, _AXIS)
        g[5, z], g[6, z] = _pair(base + _NINE_HALVES * zz, jz, _AXIS)
        g[7, z], g[8, z] = _pair(base + _NINE_HALVES * (xx + yy + _TWO * xy), jx + jy, _DIAGONAL)
        g[9, z], g[10, z] = _pair(base + _NINE_HALVES * (xx + yy - _TWO * xy), jx - jy, _DIAGONAL)
        g[11, z], g[12, z] = _pair(base + _NINE_HALVES * (xx + zz + _TWO * xz), jx + jz, _DIAGONAL)
        g[13, z], g[14, z] = _pair(base + _NINE_HALVES * (xx + zz - _TWO * xz), jx - jz, _DIAGONAL)
        g[15, z], g[16, z] = _pair(base + _NINE_HALVES * (yy + zz + _TWO * yz), jy + jz, _DIAGONAL)
        g[17, z], g[18, z] = _pair(base + _NINE_HALVES * (yy + zz - _TWO * yz), jy - jz, _DIAGONAL)
        g[19, z], g[20, z], g[21, z], g[22, z] = rho, u, v, w


@njit(cache=True, inline="always")
def _pair(even: Single, odd: Single, weight: Single) -> tuple[Single, Single]:
    """The populations of a direction and of its opposite."""
    return weight * (even + _THREE * odd), weight * (even - _THREE * odd)


@njit(cache=True)
def _pull(f: Floats, g: Floats, x: int, y: int) -> None:
    """Gather what arrives in one row of cells: (19, nz)."""
    _, nx, ny, nz = f.shape
    for q in range(19):
        a, b, shift = (x - _C[q, 0]) % nx, (y - _C[q, 1]) % ny, _C[q, 2]
        if shift == 0:
            g[q] = f[q, a, b]
        elif shift == 1:
            g[q, 1:] = f[q, a, b, :-1]
            g[q, 0] = f[q, a, b, nz - 1]
        else:
            g[q, :-1] = f[q, a, b, 1:]
            g[q, nz - 1] = f[q, a, b, 0]


def links_of(kind: Bytes, wall: Floats) -> tuple[Indices, Indices, Floats]:
    """Every population that a fluid cell gets back from a solid one: links, first_link and pushes of `step`.

    wall: (3, nx, ny, nz) velocity of the solid cells.
    """
    fluid = kind == FLUID
    found: list[NDArray[np.int64]] = []
    pushed: list[NDArray[np.float64]] = []
    for q in range(1, 19):
        source = np.roll(kind, C[q], axis=(0, 1, 2))
        at = np.argwhere(fluid & ((source == WALL) | (source == BODY)))
        x, y, z = at.T
        a, b, c = ((at - np.array(C[q])) % kind.shape).T
        found.append(np.stack([np.full(len(at), q), z, kind[a, b, c] == BODY, x * kind.shape[1] + y], axis=1))
        pushed.append(6 * W[q] * np.tensordot(np.array(C[q], float), wall[:, a, b, c].astype(float), axes=1))
    links, pushes = np.concatenate(found), np.concatenate(pushed)
    order = np.argsort(links[:, 3], kind="stable")
    rows = kind.shape[0] * kind.shape[1]
    first = np.searchsorted(links[order, 3], np.arange(rows + 1))
    return np.ascontiguousarray(links[order, :3]), first.astype(np.int64), pushes[order].astype(np.float32)


@njit(cache=True, error_model="numpy")
def edge(f: Floats, kind: Bytes, cells: Indices, inside: Indices, given: Floats, macro: Floats) -> None:
    """Set the populations of the edge: equilibrium of what is given plus the departure from it just inside.

    cells, inside: (n, 3) indices of the edge cells and of their neighbours inside; given: (n, 3) velocity where HELD.
    """
    for i in range(len(cells)):
        x, y, z = cells[i, 0], cells[i, 1], cells[i, 2]
        a, b, c = inside[i, 0], inside[i, 1], inside[i, 2]
        rho = u = v = w = _ZERO
        for q in range(19):
            rho += f[q, a, b, c]
            u += f[q, a, b, c] * _E[q, 0]
            v += f[q, a, b, c] * _E[q, 1]
            w += f[q, a, b, c] * _E[q, 2]
        u, v, w = u / rho, v / rho, w / rho
        rho_here, u_here, v_here, w_here = rho, u, v, w
        if kind[x, y, z] == HELD:
            u_here, v_here, w_here = given[i, 0], given[i, 1], given[i, 2]
        else:
            rho_here = _ONE + _GIVES * (rho - _ONE)
        for q in range(19):
            off = f[q, a, b, c] - _equilibrium(q, rho, u, v, w)
            f[q, x, y, z] = _equilibrium(q, rho_here, u_here, v_here, w_here) + off
        macro[0, x, y, z] = rho_here
        macro[1, x, y, z] = u_here
        macro[2, x, y, z] = v_here
        macro[3, x, y, z] = w_here


@njit(cache=True)
def fill(f: Floats, rho: Floats, velocity: Floats) -> None:
    """Populations at equilibrium with a density (nx, ny, nz) and a velocity (3, nx, ny, nz)."""
    _, nx, ny, nz = f.shape
    for q in range(19):
        for x in range(nx):
            for y in range(ny):
                for z in range(nz):
                    f[q, x, y, z] = _equilibrium(
                        q, rho[x, y, z], velocity[0, x, y, z], velocity[1, x, y, z], velocity[2, x, y, z]
                    )
