"""The compiled step of the column: a radial general rate model on cells along the bed and shells in its beads.

    dc/dt = -u dc/dz + Dax d2c/dz2 - F (3/Rp) k (c - cp(Rp)) - exchange with stagnant liquid
    d(cp + phi q)/dt = (1/r2) d/dr (r2 Dp dcp/dr),   dq/dt = binding(cp, q),   phi = (1 - ep)/ep

Along the bed: finite volumes, faces by fifth-order weighted essentially non-oscillatory interpolation (Jiang & Shu
1996), third and first order next to the ends, dispersion central. In time: an implicit-explicit Runge-Kutta scheme
(`schemes.py`), advection and dispersion explicit, film, pores and binding implicit. A cell's implicit part knows no
other cell, so that all cells are solved side by side, row by row of shells: those loops become vector instructions.

What has been bound is eliminated, and after a Newton step it is the linearised value that is kept: so every iterate
keeps the mass to rounding, and the tolerance concerns the binding's speed alone. All compiled code of the twin stands
here, since compiled code is kept by file.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LANGMUIR: Final = 0
TITRATION: Final = 1
STERIC: Final = 2

# Places in the vector of numbers that `advance` is given.
FLOW, SPEED, DISPERSION, CELL, PHI, STAGNANT_IN, STAGNANT_OUT, TRACER_SPEED, TRACER_IN, TANK, TOLERANCE, ACCURACY = (
    range(12)
)
NUMBERS: Final = 12
"""m3/s; m/s between the beads; m2/s; m; (1 - ep)/ep; exchange with standing liquid, 1/s, as the moving and the standing
see it; the tracers' speed as a share of the liquid's, and their exchange, 1/s; m3 a tank; tolerances of bound amounts
(mol/m3, summed over shells) and of a step."""
# Rows of the table of binding: a column for each component (salt first with steric mass action).
KA, KD, CAPACITY, CHARGE, SHIELDING = range(5)
PKA_A, PKA_G, ETA_A, ETA_G, PKA_ALKALI, ETA_ALKALI = range(3, 9)
BINDING_ROWS: Final = 9

_EPSILON: Final = 1e-10
_SMALLEST: Final = 1e-15
"""mol/m3: below this a cell holds no protein; its beads are left as they are."""
MOST_ITERATIONS: Final = 40
_SEEN: Final = 0.03
"""Errors are judged against the largest concentration there is, or this share of the largest there ever was."""
_LN10: Final = math.log(10.0)
_FREELY: Final = {"contract", "reassoc", "nsz"}


class Scheme(NamedTuple):
    """An implicit-explicit Runge-Kutta scheme; the first stage is explicit, both parts have the same weights."""

    explicit: Floats
    """(S, S)"""
    implicit: Floats
    """(S, S); its last row is the weights, so that beads are done with the last stage."""
    weights: Floats
    doubt: Floats
    """(S,) the weights less those of a scheme of one order lower: what the two are apart estimates a step's error."""
    times: Floats


class Grid(NamedTuple):
    """How fast neighbours exchange, 1/s: (n, M) with the shell within and without, (n,) liquid with the outermost."""

    lower: Floats
    upper: Floats
    film: Floats


class State(NamedTuple):
    """Everything of a column that changes. n components, P tracers, M shells, N cells, T tanks."""

    c: Floats
    """(n, N) moving liquid, mol/m3"""
    s: Floats
    """(n, N) liquid that stands still behind air"""
    x: Floats
    """(P, N) tracers in the moving liquid and the pores; the first is the pH"""
    y: Floats
    """(P, N) tracers in the liquid that stands still"""
    cp: Floats
    """(n, M, N) in the pores, from the middle of the bead outwards"""
    q: Floats
    """(n, M, N) bound, mol/m3 of solid"""
    sites: Floats
    """(M, N) free sites of steric mass action; (0, 0) for others"""
    reached: NDArray[np.int64]
    """(1,) so many cells from the inlet hold protein"""
    tanks: Floats
    """(T, n + P) the tubing behind the column as tanks in series"""
    pace: Floats
    """(1,) s, how long the next step may be"""
    seen: Floats
    """(n,) the largest concentration so far"""
    sums: Floats
    """(3, n + P) came in, left the bed, left the tubing: unit of the liquid times m3"""


class Stages(NamedTuple):
    """Work space of a step: changes per second by the implicit part (k..) and advection (d..), and what it began at.

    Of c, s, x, y (S, n or P, N); of total = cp + phi q and q (S, n M, N), all components' shells one below the other.
    """

    kc: Floats
    ks: Floats
    kx: Floats
    ky: Floats
    kt: Floats
    kq: Floats
    dc: Floats
    dx: Floats
    c0: Floats
    s0: Floats
    x0: Floats
    y0: Floats
    total0: Floats
    q0: Floats
    total: Floats
    q: Floats
    face: Floats
    outlet: Floats


class OneProtein(NamedTuple):
    """Work space of `_one_protein`: (M, N) or (M + 1, N), then (N,)."""

    bound: Floats
    slope: Floats
    gain: Floats
    rest: Floats
    before: Floats
    rate: Floats
    full: Floats


class Exchanger(NamedTuple):
    """Work space of `_steric_cell`: (M, 5, n), (M, n, n + 1), (n, n), (n, 1), (n,)."""

    local: Floats
    block: Floats
    matrix: Floats
    bulk: Floats
    new: Floats


@njit(cache=True, error_model="numpy")
def _change(c: Floats, inlet: float, speed: float, dispersion: float, cell: float, face: Floats, out: Floats) -> None:
    """out = d(c)/dt by advection and dispersion, 1/s times the unit of c; face is work space of N + 1."""
    n = c.size
    spread = dispersion / cell
    face[0] = speed * inlet
    face[1] = speed * c[0] - spread * (c[1] - c[0])
    for j in (1, n - 2):
        before, after = c[j] - c[j - 1], c[j + 1] - c[j]
        up = (_EPSILON + after * after) ** 2
        mid = 2.0 * (_EPSILON + before * before) ** 2
        face[j + 1] = speed * (c[j] + 0.5 * (up * before + mid * after) / (up + mid)) - spread * after
    c0, c1, c2, c3, c4, inner = c[: n - 4], c[1 : n - 3], c[2 : n - 2], c[3 : n - 1], c[4:], face[3 : n - 1]
    for j in range(n - 4):
        d1, d2, d3, d4 = c1[j] - c0[j], c2[j] - c1[j], c3[j] - c2[j], c4[j] - c3[j]
        e0 = _EPSILON + 13.0 / 12.0 * (d2 - d1) ** 2 + 0.25 * (3.0 * d2 - d1) ** 2
        e1 = _EPSILON + 13.0 / 12.0 * (d3 - d2) ** 2 + 0.25 * (d2 + d3) ** 2
        e2 = _EPSILON + 13.0 / 12.0 * (d4 - d3) ** 2 + 0.25 * (3.0 * d3 - d4) ** 2
        w0, w1, w2 = 0.1 * (e1 * e2) ** 2, 0.6 * (e0 * e2) ** 2, 0.3 * (e0 * e1) ** 2
        rise = w0 * (5.0 * d2 - 2.0 * d1) + w1 * (d2 + 2.0 * d3) + w2 * (4.0 * d3 - d4)
        inner[j] = speed * (c2[j] + rise / (6.0 * (w0 + w1 + w2))) - spread * d3
    face[n] = speed * c[n - 1]
    for j in range(n):
        out[j] = (face[j] - face[j + 1]) / cell


@njit(cache=True, error_model="numpy", fastmath=_FREELY)
def _bound(
    cells: int, rate: Floats, full: Floats, loss: float, q0: Floats, cp: Floats, q: Floats, slope: Floats
) -> None:
    """What a row of shells has bound at the end of an implicit step: (q0 + full cp)/(1 + loss + rate cp); its slope."""
    for j in range(cells):
        share = 1.0 / (1.0 + loss + rate[j] * cp[j])
        value = (q0[j] + full[j] * cp[j]) * share
        q[j] = value
        slope[j] = (full[j] - rate[j] * value) * share


@njit(cache=True, error_model="numpy", fastmath=_FREELY)
def _eliminate(
    cells: int, total: Floats, cp: Floats, q: Floats, slope: Floats, low: float, high: float, phi: float,
    gain0: Floats, rest0: Floats, gain: Floats, rest: Floats,
) -> None:  # fmt: skip
    """A row of shells as a function of the next one out: cp = rest + gain cp(next). gain0, rest0: the row within."""
    for j in range(cells):
        share = 1.0 / (1.0 + phi * slope[j] + low + high - low * gain0[j])
        gain[j] = high * share
        rest[j] = (total[j] - phi * (q[j] - slope[j] * cp[j]) + low * rest0[j]) * share


@njit(cache=True, error_model="numpy", fastmath=_FREELY)
def _put_back(
    cells: int, gain: Floats, rest: Floats, outer: Floats, rate: Floats, full: Floats, loss: float, q0: Floats,
    cp: Floats, q: Floats, slope: Floats, kept: Floats,
) -> float:  # fmt: skip
    """The solution of a row; keeps the linearised q and evaluates it anew. Gives the sum of their differences."""
    apart = 0.0
    for j in range(cells):
        new = rest[j] + gain[j] * outer[j]
        linear = q[j] + slope[j] * (new - cp[j])
        share = 1.0 / (1.0 + loss + rate[j] * new)
        value = (q0[j] + full[j] * new) * share
        cp[j] = new
        kept[j] = linear
        q[j] = value
        slope[j] = (full[j] - rate[j] * value) * share
        apart += abs(value - linear)
    return apart


@njit(cache=True, error_model="numpy")
def _one_protein(
    cells: int, step: float, numbers: Floats, lower: Floats, upper: Floats, film: float, loss: float, total: Floats,
    q0: Floats, c: Floats, s: Floats, cp: Floats, q: Floats, room: OneProtein,
) -> int:  # fmt: skip
    """Solve the implicit part of the first `cells` cells: c, s (N,), cp and q (M, N) become the solution.

    total, q0 (M, N): cp + phi q and q before the step; c, s are so too at first, and cp is a guess. room.rate,
    room.full and loss: binding times step. Gives the number of Newton steps.
    """
    bound, slope, gain, rest, before, rate, full = room
    phi, wall = numbers[PHI], step * film
    shells = q0.shape[0]
    stagnant = 1.0 / (1.0 + step * numbers[STAGNANT_OUT])
    exchange = step * numbers[STAGNANT_IN] * stagnant
    for j in range(cells):
        before[j] = c[j] + exchange * s[j]
        gain[0, j] = rest[0, j] = 0.0
    for m in range(shells):
        _bound(cells, rate, full, loss, q0[m], cp[m], bound[m], slope[m])
    apart, iteration = math.inf, 0
    while not apart <= numbers[TOLERANCE] and iteration <= MOST_ITERATIONS:
        iteration += 1
        for m in range(shells):
            _eliminate(
                cells, total[m], cp[m], bound[m], slope[m], step * lower[m], step * upper[m], phi,
                gain[m], rest[m], gain[m + 1], rest[m + 1],
            )  # fmt: skip
        gain_last, rest_last = gain[shells], rest[shells]
        for j in range(cells):
            c[j] = (before[j] + wall * rest_last[j]) / (1.0 + wall * (1.0 - gain_last[j]) + exchange)
        apart = 0.0
        outer = c
        for m in range(shells - 1, -1, -1):
            apart += _put_back(
                cells, gain[m + 1], rest[m + 1], outer, rate, full, loss, q0[m], cp[m], bound[m], slope[m], q[m]
            )
            outer = cp[m]
    for j in range(cells):
        s[j] = (s[j] + step * numbers[STAGNANT_OUT] * c[j]) * stagnant
    return iteration


@njit(cache=True, error_model="numpy")
def _speeds(step: float, kind: int, binding: Floats, x: Floats, cells: int, rate: Floats, full: Floats) -> None:
    """Binding of one protein in each cell, times step: rate (m3/mol) and full = rate times capacity."""
    ka, capacity = step * binding[KA, 0], binding[CAPACITY, 0]
    pka_a, pka_g, pka_alkali = binding[PKA_A, 0], binding[PKA_G, 0], binding[PKA_ALKALI, 0]
    eta_a, eta_g, eta_alkali = _LN10 * binding[ETA_A, 0], _LN10 * binding[ETA_G, 0], _LN10 * binding[ETA_ALKALI, 0]
    for j in range(cells):
        on, sites = ka, capacity
        if kind == TITRATION:
            acidity = x[0, j]
            if j > 0 and acidity == x[0, j - 1]:
                rate[j], full[j] = rate[j - 1], full[j - 1]
                continue
            on *= 1.0 / (1.0 + math.exp(eta_g * (pka_g - acidity)))
            sites *= 1.0 / (1.0 + math.exp(eta_a * (pka_a - acidity)))
            if eta_alkali > 0.0:
                on *= 1.0 / (1.0 + math.exp(eta_alkali * (acidity - pka_alkali)))
        rate[j], full[j] = on, on * sites


@njit(cache=True, error_model="numpy")
def _holding(c: Floats, reached: int) -> int:
    """How many cells from the inlet on hold protein, or have held some: `reached` or more."""
    for j in range(c.size - 1, reached - 1, -1):
        if abs(c[j]) > _SMALLEST:
            return j + 1
    return reached


@njit(cache=True, error_model="numpy")
def _steric_row(
    step: float, binding: Floats, m: int, j: int, q0: Floats, cp: Floats, sites: Floats, local: Floats
) -> None:
    """Steric mass action in one shell: bound amounts for the present cp and free sites, and their derivatives.

    local (5, n): bound, d/dcp, d/dcp(salt), d/dsites; row 4: residual of the free sites and its derivative.
    """
    n = binding.shape[1]
    salt, free = math.log(max(cp[0, m, j], _SMALLEST)), math.log(sites[m, j])
    residual, scale = sites[m, j] - binding[CAPACITY, 0], 1.0
    for k in range(1, n):
        charge = binding[CHARGE, k]
        on = step * binding[KA, k] * math.exp(charge * free)
        off = step * binding[KD, k] * math.exp(charge * salt)
        share = 1.0 / (1.0 + off)
        local[0, k] = (q0[k, m, j] + on * cp[k, m, j]) * share
        local[1, k] = on * share
        local[2, k] = -local[0, k] * charge * off * share / max(cp[0, m, j], _SMALLEST)
        local[3, k] = charge * on * cp[k, m, j] * share / sites[m, j]
        covered = charge + binding[SHIELDING, k]
        residual += covered * local[0, k]
        scale += covered * local[3, k]
    local[4, 0], local[4, 1] = residual, scale


@njit(cache=True, error_model="numpy")
def _solve_dense(n: int, matrix: Floats, right: Floats) -> None:
    """Solve matrix X = right in place (n x n, n x columns), by elimination without pivoting: the diagonal dominates."""
    columns = right.shape[1]
    for i in range(n):
        pivot = 1.0 / matrix[i, i]
        for k in range(i + 1, n):
            ratio = matrix[k, i] * pivot
            if ratio != 0.0:
                for column in range(i + 1, n):
                    matrix[k, column] -= ratio * matrix[i, column]
                for column in range(columns):
                    right[k, column] -= ratio * right[i, column]
    for i in range(n - 1, -1, -1):
        pivot = 1.0 / matrix[i, i]
        for column in range(columns):
            value = right[i, column]
            for k in range(i + 1, n):
                value -= matrix[i, k] * right[k, column]
            right[i, column] = value * pivot


@njit(cache=True, error_model="numpy")
def _steric_cell(
    j: int, step: float, numbers: Floats, grid: Grid, binding: Floats, total: Floats, q0: Floats, c: Floats, s: Floats,
    cp: Floats, q: Floats, sites: Floats, room: Exchanger,
) -> int:  # fmt: skip
    """Solve the implicit part of cell j for salt and proteins: as `_one_protein`, total and q0 (n, M, N)."""
    lower, upper, film = grid
    local, block, matrix, bulk, new = room
    n, shells = q0.shape[0], q0.shape[1]
    phi = numbers[PHI]
    stagnant = 1.0 / (1.0 + step * numbers[STAGNANT_OUT])
    exchange = step * numbers[STAGNANT_IN] * stagnant
    apart, iteration = math.inf, 0
    while not apart <= numbers[TOLERANCE] and iteration <= MOST_ITERATIONS:
        iteration += 1
        for m in range(shells):
            _steric_row(step, binding, m, j, q0, cp, sites, local[m])
        for m in range(shells):
            at, solved = local[m], block[m]
            residual, scale = at[4, 0], at[4, 1]
            shift = 0.0
            for k in range(1, n):
                shift += (binding[CHARGE, k] + binding[SHIELDING, k]) * at[2, k]
            for i in range(n):
                low, high = step * lower[i, m], step * upper[i, m]
                matrix[0, i] = 0.0
                for k in range(1, n):
                    if i == 0:
                        slope = at[2, k] - at[3, k] * shift / scale
                    else:
                        slope = -at[3, k] * (binding[CHARGE, i] + binding[SHIELDING, i]) * at[1, i] / scale
                        if k == i:
                            slope += at[1, k]
                    matrix[k, i] = phi * slope
                    matrix[0, i] -= phi * binding[CHARGE, k] * slope
                for k in range(n):
                    solved[k, i] = high if k == i else 0.0
            solved[0, n] = total[0, m, j] - phi * binding[CAPACITY, 0]
            for k in range(1, n):
                value = at[0, k] - at[3, k] * residual / scale
                solved[k, n] = total[k, m, j] - phi * value
                solved[0, n] += phi * binding[CHARGE, k] * value
            for k in range(n):
                for i in range(n):
                    solved[k, n] += matrix[k, i] * cp[i, m, j]
            for k in range(n):
                low = step * lower[k, m]
                matrix[k, k] += 1.0 + low + step * upper[k, m]
                if m > 0:
                    for i in range(n):
                        matrix[k, i] -= low * block[m - 1, k, i]
                    solved[k, n] += low * block[m - 1, k, n]
            _solve_dense(n, matrix, solved)
        for k in range(n):
            wall = step * film[k]
            for i in range(n):
                matrix[k, i] = -wall * block[shells - 1, k, i]
            matrix[k, k] += 1.0 + wall + exchange
            bulk[k, 0] = c[k, j] + exchange * s[k, j] + wall * block[shells - 1, k, n]
        _solve_dense(n, matrix, bulk)
        apart = 0.0
        for m in range(shells - 1, -1, -1):
            at = local[m]
            moved = at[4, 0]
            for k in range(n):
                value = block[m, k, n]
                for i in range(n):
                    value += block[m, k, i] * (bulk[i, 0] if m == shells - 1 else cp[i, m + 1, j])
                new[k] = value
            for k in range(1, n):
                change = at[1, k] * (new[k] - cp[k, m, j]) + at[2, k] * (new[0] - cp[0, m, j])
                q[k, m, j] = at[0, k] + change
                moved += (binding[CHARGE, k] + binding[SHIELDING, k]) * change
            moved = -moved / at[4, 1]
            # What the law is apart from its linearisation, from the second order of its powers and products.
            turned = abs(moved) / sites[m, j] + abs(new[0] - cp[0, m, j]) / max(cp[0, m, j], _SMALLEST)
            q[0, m, j] = binding[CAPACITY, 0]
            for k in range(1, n):
                q[k, m, j] += at[3, k] * moved
                bent = binding[CHARGE, k] * turned
                apart += bent * (bent * abs(q[k, m, j]) + abs(at[1, k] * (new[k] - cp[k, m, j])))
                q[0, m, j] -= binding[CHARGE, k] * q[k, m, j]
            for k in range(n):
                cp[k, m, j] = new[k]
            sites[m, j] = max(sites[m, j] + moved, 0.1 * sites[m, j])
    for k in range(n):
        c[k, j] = bulk[k, 0]
        s[k, j] = (s[k, j] + step * numbers[STAGNANT_OUT] * c[k, j]) * stagnant
    return iteration


@njit(cache=True, error_model="numpy")
def _exchange(step: float, numbers: Floats, x: Floats, y: Floats) -> None:
    """An implicit step of the tracers' exchange between moving and standing liquid, in place."""
    into, out = step * numbers[TRACER_IN], step * numbers[STAGNANT_OUT]
    for k in range(x.shape[0]):
        for j in range(x.shape[1]):
            apart = (x[k, j] - y[k, j]) / (1.0 + into + out)
            x[k, j] -= into * apart
            y[k, j] += out * apart


@njit(cache=True, error_model="numpy")
def _gathered(cells: int, weights: Floats, stages: int, step: float, base: Floats, parts: Floats, out: Floats) -> None:
    """out = base + step * sum over the first stages of weights[i] parts[i], row by row; parts (S, R, N)."""
    for r in range(base.shape[0]):
        row, start = out[r], base[r]
        for j in range(cells):
            row[j] = start[j]
        for i in range(stages):
            factor = step * weights[i]
            if factor != 0.0:
                part = parts[i, r]
                for j in range(cells):
                    row[j] += factor * part[j]


@njit(cache=True, error_model="numpy")
def _copied(cells: int, source: Floats, out: Floats) -> None:
    """out = source, row by row."""
    for r in range(out.shape[0]):
        row, start = out[r], source[r]
        for j in range(cells):
            row[j] = start[j]


@njit(cache=True, error_model="numpy")
def _speed_of(cells: int, before: Floats, after: Floats, step: float, out: Floats) -> None:
    """out = (after - before)/step, row by row."""
    for r in range(out.shape[0]):
        row, one, other = out[r], before[r], after[r]
        for j in range(cells):
            row[j] = (other[j] - one[j]) / step


@njit(cache=True, error_model="numpy")
def _totals(cells: int, phi: float, cp: Floats, q: Floats, out: Floats) -> None:
    """out = cp + phi q, row by row."""
    for r in range(out.shape[0]):
        row, free, bound = out[r], cp[r], q[r]
        for j in range(cells):
            row[j] = free[j] + phi * bound[j]


@njit(cache=True, error_model="numpy")
def _apart(weights: Floats, parts: Floats, more: Floats) -> float:
    """The largest of |sum of weights[i] (parts[i] + more[i])| over a row's cells; parts, more (S, N)."""
    largest = 0.0
    for j in range(parts.shape[1]):
        error = 0.0
        for i in range(weights.size):
            error += weights[i] * (parts[i, j] + more[i, j])
        largest = max(largest, abs(error))
    return largest


@njit(cache=True, error_model="numpy")
def _largest(row: Floats) -> float:
    largest = 0.0
    for j in range(row.size):
        largest = max(largest, abs(row[j]))
    return largest


@njit(cache=True, error_model="numpy")
def advance(
    seconds: float, longest: float, kind: int, scheme: Scheme, numbers: Floats, grid: Grid, binding: Floats,
    inlet: Floats, ramp: Floats, state: State, stages: Stages, single: OneProtein | None, exchanger: Exchanger | None,
) -> tuple[int, int]:  # fmt: skip
    """Advance by `seconds` in steps of `longest` at most. Gives their number, and the most Newton steps of a stage.

    inlet, ramp (n + P,): what comes in at the start, components before tracers, and its change per second. Of `single`
    and `exchanger` one is None: what would use it is then not compiled.
    """
    c, s, x, y, cp, q, sites, reached, tanks, pace, seen, sums = state
    kc, ks, kx, ky, kt, kq, dc, dx, c0, s0, x0, y0, total0, q0, total_i, q_i, face, outlet = stages
    n, shells, width = cp.shape
    tracers, count, rows = x.shape[0], scheme.weights.size, n * shells
    flow, speed, cell, phi, slowed = numbers[FLOW], numbers[SPEED], numbers[CELL], numbers[PHI], numbers[TRACER_SPEED]
    flat_cp, flat_q = cp.reshape(rows, width), q.reshape(rows, width)
    before, before_q = total_i.reshape(n, shells, width), q_i.reshape(n, shells, width)
    stagnant = numbers[STAGNANT_OUT] > 0.0
    steps = most = 0
    began = 0.0
    while began < seconds:
        left = max(math.ceil((seconds - began) / min(pace[0], longest) * (1.0 - 1e-12)), 1.0)
        step = (seconds - began) / left
        cells = width
        if single is not None:
            reached[0] = _holding(c[0], reached[0])
            cells = min(reached[0] + count, width)
        _copied(width, c, c0)
        _copied(width, x, x0)
        if stagnant:
            _copied(width, s, s0)
            _copied(width, y, y0)
        _totals(cells, phi, flat_cp, flat_q, total0)
        _copied(cells, flat_q, q0)
        for i in range(count):
            if i > 0:
                explicit, implicit, now = scheme.explicit[i], scheme.implicit[i], step * scheme.implicit[i, i]
                _gathered(width, explicit, i, step, x0, dx, x)
                _gathered(width, explicit, i, step, c0, dc, c)
                _gathered(width, implicit, i, step, c, kc, c)
                _copied(width, c, kc[i])
                if stagnant:
                    _gathered(width, implicit, i, step, x, kx, x)
                    _gathered(width, implicit, i, step, y0, ky, y)
                    _gathered(width, implicit, i, step, s0, ks, s)
                    _copied(width, x, kx[i])
                    _copied(width, y, ky[i])
                    _copied(width, s, ks[i])
                    _exchange(now, numbers, x, y)
                _gathered(cells, implicit, i, step, total0, kt, total_i)
                _gathered(cells, implicit, i, step, q0, kq, q_i)
                if single is not None:
                    _speeds(now, kind, binding, x, cells, single.rate, single.full)
                    used = _one_protein(
                        cells, now, numbers, grid.lower[0], grid.upper[0], grid.film[0], now * binding[KD, 0],
                        before[0], before_q[0], c[0], s[0], cp[0], q[0], single,
                    )  # fmt: skip
                    most = max(most, used)
                if exchanger is not None:
                    for j in range(width):
                        used = _steric_cell(
                            j, now, numbers, grid, binding, before, before_q, c, s, cp, q, sites, exchanger
                        )
                        most = max(most, used)
                _speed_of(width, kc[i], c, now, kc[i])
                if i < count - 1:
                    _totals(cells, phi, flat_cp, flat_q, kt[i])
                    _speed_of(cells, total_i, kt[i], now, kt[i])
                    _speed_of(cells, q_i, flat_q, now, kq[i])
                if stagnant:
                    _speed_of(width, kx[i], x, now, kx[i])
                    _speed_of(width, ky[i], y, now, ky[i])
                    _speed_of(width, ks[i], s, now, ks[i])
            clock = began + scheme.times[i] * step
            for k in range(n):
                outlet[i, k] = c[k, width - 1]
                _change(c[k], inlet[k] + ramp[k] * clock, speed, numbers[DISPERSION], cell, face, dc[i, k])
            for k in range(tracers):
                outlet[i, n + k] = x[k, width - 1]
                coming = inlet[n + k] + ramp[n + k] * clock
                _change(x[k], coming, slowed * speed, slowed * numbers[DISPERSION], cell, face, dx[i, k])
        # What the last stage still lacks of the whole step's advection.
        _gathered(width, scheme.weights - scheme.explicit[count - 1], count, step, c, dc, c)
        _gathered(width, scheme.weights - scheme.explicit[count - 1], count, step, x, dx, x)
        doubt = 0.0
        for k in range(n):
            here = _largest(c[k])
            seen[k] = max(seen[k], here)
            if seen[k] > 0.0:
                doubt = max(doubt, _apart(scheme.doubt, dc[:, k], kc[:, k]) / max(here, _SEEN * seen[k]))
        for k in range(tracers):
            doubt = max(doubt, _apart(scheme.doubt, dx[:, k], kx[:, k]))
        pace[0] = step * min(max(0.9 * (step * doubt / numbers[ACCURACY] + 1e-9) ** (-1.0 / 3.0), 0.25), 2.0)
        for k in range(inlet.size):
            came = went = 0.0
            for i in range(count):
                came += scheme.weights[i] * (inlet[k] + ramp[k] * (began + scheme.times[i] * step))
                went += scheme.weights[i] * outlet[i, k]
            sums[0, k] += flow * step * came
            sums[1, k] += flow * step * went
            for tank in range(tanks.shape[0]):
                # Each tank is well mixed and gets what the one before lets go on average in this step.
                after = went + (tanks[tank, k] - went) * math.exp(-flow * step / numbers[TANK])
                if flow > 0.0:
                    went += numbers[TANK] * (tanks[tank, k] - after) / (flow * step)
                tanks[tank, k] = after
            sums[2, k] += flow * step * went
        steps += 1
        began = seconds if left <= 1.0 else began + step
    return steps, most
