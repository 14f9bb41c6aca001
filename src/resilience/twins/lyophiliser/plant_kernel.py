"""All compiled code of the plant: vials at the edge and in the centre, chamber, condenser, pump, shelf and control.

s, C, Pa, W, g, mol; see docs/twins/lyophiliser.md for the equations. The gas answers within a tenth of a second, the
product within hours: a Rosenbrock method (RODAS of Hairer and Wanner, order 4, stiffly accurate) takes steps as long
as the product allows and starts anew at no cost whenever somebody does something.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
from numba import njit

from resilience.twins.draws import Floats

# State: gas (mol), condenser, control, shelf, what it is told, ledgers; then each group of vials.
WATER, AIR, WATER_CONDENSER, AIR_CONDENSER = 0, 1, 2, 3
COIL, ICE = 4, 5
"""C of the condenser's surface; mol of ice on it."""
INTEGRAL = 6
"""mol/s, of the pressure controller."""
FLUID, SHELF, SHELF_SET, PRESSURE_SET = 7, 8, 9, 10
WATER_PUMPED, AIR_PUMPED, AIR_IN = 11, 12, 13
GROUPS: Final = 14
"""Where the groups begin. Each: PRODUCT C, DRIED share, BOUND g/g of solids, FRONT (share of the wet front that has
collapsed), COLLAPSED and MELTED (shares of the cake)."""
PRODUCT, DRIED, BOUND, FRONT, COLLAPSED, MELTED = 0, 1, 2, 3, 4, 5
WIDTH: Final = 6
CENTRE, EDGE = 0, 1
SIZE: Final = GROUPS + 2 * WIDTH

GAS: Final = 8.314462618
"""J/(mol K)."""
KELVIN: Final = 273.15
WATER_MASS: Final = 18.015
"""g/mol."""
AIR_MASS: Final = 28.0
"""g/mol, nitrogen (and near enough air)."""
DONE, NUCLEATES, NO_NUMBER, TOO_STIFF = 0, 1, 2, 3
"""How a run of the kernel ended."""
_MOST_FLOW: Final = 20.0
"""Exponents of e above this say no more than that it flows at once."""
_MOST_STEPS: Final = 200_000
_NEWTON: Final = 1e-12
COLD: Final = 1e-7
"""K. As near to nucleation counts as there."""
_SHORTEST: Final = 1e-10
"""s. A step this short gets nowhere: the state has left what the equations describe."""


class Plant(NamedTuple):
    """What does not change in a run; one field for each number of the parameter files, in the kernel's units."""

    chamber: float  # m3
    condenser: float  # m3
    gas: float  # K
    duct: float  # mol/(s Pa)
    duct_low: float  # Pa
    deposition: float  # mol/(s Pa)
    coil_capacity: float  # J/K
    coil_conductance: float  # W/K
    coil_ice: float  # K/W for each mol of ice
    refrigerant: float  # C
    ambient_conductance: float  # W/K
    ambient: float  # C
    pump: float  # m3/s
    ultimate: float  # Pa
    leak: float  # mol/s
    bleed: float  # mol/s
    gain: float  # mol/(s Pa)
    reset: float  # s
    fluid_lag: float  # s
    shelf_capacity: float  # J/K
    shelf_conductance: float  # W/K
    shelf_loss: float  # W/K
    edge_share: float
    vials: float
    av: float  # m2
    ap: float  # m2
    glass: float  # J/K
    kc: float  # W/(m2 K)
    kp: float  # W/(m2 K Pa)
    kd: float  # 1/Pa
    most_heat: float  # W/(m2 K)
    edge_factor: float
    edge_side: float  # W/K
    length: float  # m
    mass: float  # g
    ice: float  # g
    solids: float  # g
    r0: float  # m2 s Pa/g
    a1: float  # m s Pa/g
    a2: float  # 1/m
    ragged: float
    psub_pre: float  # Pa
    psub_slope: float  # K
    latent: float  # J/g
    conductivity: float  # W/(m K)
    cp_ice: float  # J/(g K)
    cp_liquid: float  # J/(g K)
    cp_solids: float  # J/(g K)
    fusion: float  # J/g
    freezes: float  # C
    melting_range: float  # K
    collapse: float  # C
    collapse_rate: float  # 1/s
    collapse_kelvin: float  # K
    front: float  # m
    collapsed_drying: float
    melt_rate: float  # 1/s
    bound: float  # g/g
    bound_left: float  # g/g
    desorption: float  # 1/s
    desorption_kelvin: float  # K
    desorption_reference: float  # K


class Setting(NamedTuple):
    """What people and faults change; constant while the kernel runs."""

    shelf_rate: float  # K/s
    pressure_rate: float  # Pa/s
    valve: float
    """Share of the valve between chamber and condenser that is open."""
    controlled: float
    pumping: float
    refrigerating: float
    circulating: float
    leak: float  # mol/s, beside the usual
    seal: float  # mol/(s Pa), through the door
    venting: float  # mol/(s Pa), of nitrogen through the vent valve
    backfill: float  # Pa, up to which it is vented
    stoppered: float
    liquid_centre: float
    """1 while the product is liquid and has not nucleated."""
    liquid_edge: float


ATMOSPHERE: Final = 101_325.0


@njit(cache=True)
def sublimation_pressure(p: Plant, celsius: float) -> float:
    """Pa, over ice."""
    return float(p.psub_pre * math.exp(-p.psub_slope / (celsius + KELVIN)))


@njit(cache=True)
def melted(p: Plant, celsius: float) -> float:
    """Share of the frozen product that is liquid: it melts over a range that ends at its freezing point."""
    x = (celsius - p.freezes) / p.melting_range + 1.0
    if x <= 0.0:
        return 0.0
    return 1.0 if x >= 1.0 else x * x * (3.0 - 2.0 * x)


@njit(cache=True)
def heat_capacity(p: Plant, celsius: float) -> float:
    """J/(g K) of product that has nucleated, melting included."""
    x = (celsius - p.freezes) / p.melting_range + 1.0
    share = melted(p, celsius)
    melting = 6.0 * x * (1.0 - x) / p.melting_range if 0.0 < x < 1.0 else 0.0
    return p.cp_ice + (p.cp_liquid - p.cp_ice) * share + p.fusion * melting


@njit(cache=True)
def heat_transfer(p: Plant, pressure: float) -> float:
    """W/(m2 K) from the shelf into a vial; where gas fills the gap, as much as at atmospheric pressure."""
    return min(p.kc + p.kp * pressure / (1.0 + p.kd * pressure), p.most_heat)


@njit(cache=True)
def sublimation(p: Plant, dried: float, bottom: float, pressure: float) -> tuple[float, float]:
    """Surface C and flux g/(m2 s) of a vial whose bottom has a temperature; none where the pressure forbids it.

    (psub(T) - pressure)/R = conductivity (bottom - T)/(latent ice): one root, found by Newton's method from above,
    where the curve is convex.
    """
    if sublimation_pressure(p, bottom) <= pressure:
        return bottom, 0.0
    height = max(1.0 - dried, 1e-7) * p.length
    layer = dried * p.length
    r = p.r0 + p.a1 * layer / (1.0 + p.a2 * layer)
    through = p.conductivity / (p.latent * height)
    t = bottom
    for _ in range(60):
        ps = sublimation_pressure(p, t)
        slope = ps * p.psub_slope / (t + KELVIN) ** 2 / r + through
        step = ((ps - pressure) / r - through * (bottom - t)) / slope
        t -= step
        if abs(step) < _NEWTON * (1.0 + abs(t)):
            break
    return t, (sublimation_pressure(p, t) - pressure) / r


@njit(cache=True)
def sublimating(p: Plant, s: Setting, y: Floats, g: int, pressure: float) -> tuple[float, float]:
    """Surface C of a group's vials, and what sublimates from one, g/s: none from a liquid, or through a stopper."""
    at = GROUPS + g * WIDTH
    t, dried = y[at + PRODUCT], y[at + DRIED]
    liquid = s.liquid_edge if g == EDGE else s.liquid_centre
    if s.stoppered > 0.0 or liquid > 0.0:
        return t, 0.0
    surface, flux = sublimation(p, dried, t, pressure)
    # The last ice goes from ever fewer places.
    return surface, -p.ap * flux * math.expm1(-max(1.0 - dried, 0.0) / p.ragged)


@njit(cache=True)
def desorption(p: Plant, celsius: float) -> float:
    """1/s."""
    return p.desorption * math.exp(-p.desorption_kelvin * (1.0 / (celsius + KELVIN) - 1.0 / p.desorption_reference))


@njit(cache=True)
def pressures(p: Plant, y: Floats) -> tuple[float, float, float, float]:
    """Partial pressures, Pa: water and air in the chamber, water and air in the condenser."""
    a, b = GAS * p.gas / p.chamber, GAS * p.gas / p.condenser
    return y[WATER] * a, y[AIR] * a, y[WATER_CONDENSER] * b, y[AIR_CONDENSER] * b


@njit(cache=True)
def through_duct(p: Plant, valve: float, first: float, second: float, water: float) -> float:
    """mol/s from a room at `first` Pa, `water` its share of vapour, to one at `second` <= first; choked at 0."""
    if first <= 0.0:
        return 0.0
    mean = water * WATER_MASS + (1.0 - water) * AIR_MASS
    choked = p.duct * first * first / (first + p.duct_low) * math.sqrt(WATER_MASS / mean)
    return valve * choked * (1.0 - (second / first) ** 2)


@njit(cache=True)
def bleed(p: Plant, s: Setting, y: Floats, pressure: float) -> tuple[float, float]:
    """Nitrogen mol/s that the pressure controller lets in, and the rate of its integral (held back at its limits)."""
    if s.controlled == 0.0:
        return 0.0, 0.0
    short = y[PRESSURE_SET] - pressure
    asked = p.gain * short + y[INTEGRAL]
    given = min(max(asked, 0.0), p.bleed)
    return given, (p.gain * short + given - asked) / p.reset


@njit(cache=True)
def rates(p: Plant, s: Setting, y: Floats, f: Floats) -> None:
    """The rate of every state, into f."""
    pw, pa, pwc, pac = pressures(p, y)
    total, behind = pw + pa, pwc + pac
    # Vials.
    vapour, heat = 0.0, 0.0
    for g in range(2):
        count = p.vials * (p.edge_share if g == EDGE else 1.0 - p.edge_share)
        at = GROUPS + g * WIDTH
        t, dried, bound = y[at + PRODUCT], y[at + DRIED], y[at + BOUND]
        left = max(1.0 - dried, 0.0)
        liquid = s.liquid_edge if g == EDGE else s.liquid_centre
        surface, water = sublimating(p, s, y, g, total)
        released = 0.0
        if s.stoppered == 0.0 and liquid == 0.0:
            slowed = 1.0 - (1.0 - p.collapsed_drying) * y[at + COLLAPSED]
            wet = bound - p.bound * left - p.bound_left * dried
            released = desorption(p, t) * slowed * wet if wet > 0.0 else 0.0
        from_shelf = heat_transfer(p, total) * p.av * (y[SHELF] - t)
        from_side = 0.0
        if g == EDGE:
            from_shelf *= p.edge_factor
            from_side = p.edge_side * (p.ambient - t)
        cp = p.cp_liquid if liquid > 0.0 else heat_capacity(p, t)
        capacity = p.glass + p.solids * p.cp_solids * dried + p.mass * left * cp
        speed = water / p.ice
        f[at + PRODUCT] = (from_shelf + from_side - p.latent * (water + released * p.solids)) / capacity
        f[at + DRIED] = speed
        f[at + BOUND] = -released
        was_dry = dried / (dried + 0.01)
        has_ice = left / (left + 0.001)
        # What is at the front and still wet flows; drying leaves it behind as it is, and wets a new front.
        warm = min((surface - p.collapse) / p.collapse_kelvin, _MOST_FLOW)
        flows = was_dry * has_ice * p.collapse_rate * math.exp(warm) * (1.0 - y[at + FRONT])
        f[at + FRONT] = flows - speed * p.length / p.front * y[at + FRONT]
        f[at + COLLAPSED] = flows * p.front / p.length
        wets = 0.0 if liquid > 0.0 else melted(p, t) * was_dry * has_ice
        f[at + MELTED] = p.melt_rate * wets * (1.0 - y[at + MELTED])
        vapour += count * (water + released * p.solids) / WATER_MASS
        heat += count * from_shelf
    # Gas.
    let_in, f[INTEGRAL] = bleed(p, s, y, total)
    outside = max(1.0 - total / ATMOSPHERE, 0.0)
    air = let_in + (p.leak + s.leak) * outside + s.seal * max(ATMOSPHERE - total, 0.0)
    air += s.venting * max(s.backfill - total, 0.0)
    if total >= behind:
        share = pw / total if total > 0.0 else 0.0
        flow = through_duct(p, s.valve, total, behind, share)
    else:
        share = pwc / behind
        flow = -through_duct(p, s.valve, behind, total, share)
    deposited = p.deposition * (pwc - sublimation_pressure(p, y[COIL]))
    if deposited < 0.0:
        deposited *= y[ICE] / (y[ICE] + 0.01) if y[ICE] > 0.0 else 0.0
    drawn = s.pumping * p.pump / p.condenser * max(1.0 - p.ultimate / behind, 0.0) if behind > 0.0 else 0.0
    f[WATER] = vapour - flow * share
    f[AIR] = air - flow * (1.0 - share)
    f[WATER_CONDENSER] = flow * share - deposited - drawn * y[WATER_CONDENSER]
    f[AIR_CONDENSER] = flow * (1.0 - share) - drawn * y[AIR_CONDENSER]
    f[WATER_PUMPED] = drawn * y[WATER_CONDENSER]
    f[AIR_PUMPED] = drawn * y[AIR_CONDENSER]
    f[AIR_IN] = air
    # Condenser.
    cools = s.refrigerating / (1.0 / p.coil_conductance + p.coil_ice * max(y[ICE], 0.0))
    f[ICE] = deposited
    f[COIL] = (
        deposited * WATER_MASS * p.latent
        - cools * (y[COIL] - p.refrigerant)
        + p.ambient_conductance * (p.ambient - y[COIL])
    ) / p.coil_capacity
    # Shelf.
    f[FLUID] = (y[SHELF_SET] - y[FLUID]) / p.fluid_lag if s.circulating > 0.0 else 0.0
    f[SHELF] = (
        s.circulating * p.shelf_conductance * (y[FLUID] - y[SHELF]) + p.shelf_loss * (p.ambient - y[SHELF]) - heat
    ) / p.shelf_capacity
    f[SHELF_SET] = s.shelf_rate
    f[PRESSURE_SET] = s.pressure_rate


@njit(cache=True)
def _factored(a: Floats, pivots: Floats) -> bool:
    """LU of a in place with row exchanges; false where it is singular."""
    n = a.shape[0]
    for k in range(n):
        best = k
        for i in range(k + 1, n):
            if abs(a[i, k]) > abs(a[best, k]):
                best = i
        pivots[k] = best
        if a[best, k] == 0.0:
            return False
        if best != k:
            for j in range(n):
                a[k, j], a[best, j] = a[best, j], a[k, j]
        for i in range(k + 1, n):
            if a[i, k] != 0.0:
                a[i, k] /= a[k, k]
                for j in range(k + 1, n):
                    a[i, j] -= a[i, k] * a[k, j]
    return True


@njit(cache=True)
def _solved(a: Floats, pivots: Floats, x: Floats) -> None:
    """Solve with a factored matrix, in place."""
    n = a.shape[0]
    for k in range(n):
        best = int(pivots[k])
        x[k], x[best] = x[best], x[k]
    for k in range(n):
        for i in range(k + 1, n):
            x[i] -= a[i, k] * x[k]
    for k in range(n - 1, -1, -1):
        for j in range(k + 1, n):
            x[k] -= a[k, j] * x[j]
        x[k] /= a[k, k]


@njit(cache=True)
def _jacobian(p: Plant, s: Setting, y: Floats, f: Floats, scale: Floats, jacobian: Floats) -> None:
    """By differences; away from where a state ends, which the difference must not cross."""
    n = y.size
    moved, there = np.empty(n), np.empty(n)
    for i in range(n):
        moved[i] = y[i]
    for j in range(n):
        if WATER_PUMPED <= j <= AIR_IN:  # ledgers act on nothing
            for i in range(n):
                jacobian[i, j] = 0.0
            continue
        small = 1e-7 * max(abs(y[j]), scale[j])
        moved[j] = y[j] + small
        small = moved[j] - y[j]
        rates(p, s, moved, there)
        for i in range(n):
            jacobian[i, j] = (there[i] - f[i]) / small
        moved[j] = y[j]


GAMMA: Final = 0.25
A: Final = np.array(
    (
        (0.0, 0.0, 0.0, 0.0, 0.0),
        (1.544, 0.0, 0.0, 0.0, 0.0),
        (0.9466785280815826, 0.2557011698983284, 0.0, 0.0, 0.0),
        (3.314825187068521, 2.896124015972201, 0.9986419139977817, 0.0, 0.0),
        (1.221224509226641, 6.019134481288629, 12.53708332932087, -0.6878860361058950, 0.0),
        (1.221224509226641, 6.019134481288629, 12.53708332932087, -0.6878860361058950, 1.0),
    )
)
C: Final = np.array(
    (
        (0.0, 0.0, 0.0, 0.0, 0.0),
        (-5.6688, 0.0, 0.0, 0.0, 0.0),
        (-2.430093356833875, -0.2063599157091915, 0.0, 0.0, 0.0),
        (-0.1073529058151375, -9.594562251023355, -20.47028614809616, 0.0, 0.0),
        (7.496443313967647, -10.24680431464352, -33.99990352819905, 11.70890893206160, 0.0),
        (8.083246795921522, -7.981132988064893, -31.52159432874371, 16.31930543123136, -6.058818238834054),
    )
)
"""Coefficients of RODAS: Hairer and Wanner, Solving Ordinary Differential Equations II (2nd ed. 1996), section VI.4."""


@njit(cache=True)
def _rosenbrock(
    p: Plant, s: Setting, y: Floats, f: Floats, h: float, jacobian: Floats, new: Floats, error: Floats
) -> bool:
    """One step of h s from y with its rates f: `new`, and how far the embedded solution of order 3 is from it."""
    n = y.size
    matrix, pivots = np.empty((n, n)), np.empty(n)
    for i in range(n):
        for j in range(n):
            matrix[i, j] = -jacobian[i, j]
        matrix[i, i] += 1.0 / (h * GAMMA)
    if not _factored(matrix, pivots):
        return False
    k = np.empty((6, n))
    for stage in range(6):
        if stage == 0:
            for i in range(n):
                k[0, i] = f[i]
        else:
            for i in range(n):
                new[i] = y[i]
                for j in range(stage):
                    new[i] += A[stage, j] * k[j, i]
            rates(p, s, new, k[stage])
            for i in range(n):
                for j in range(stage):
                    k[stage, i] += C[stage, j] * k[j, i] / h
        _solved(matrix, pivots, k[stage])
    for i in range(n):
        new[i] += k[5, i]
        error[i] = k[5, i]
    return True


@njit(cache=True)
def coldest(s: Setting, y: Floats) -> float:
    """C of the coldest liquid product; far above any where there is none."""
    found = 1e9
    if s.liquid_centre > 0.0:
        found = min(found, y[GROUPS + CENTRE * WIDTH + PRODUCT])
    if s.liquid_edge > 0.0:
        found = min(found, y[GROUPS + EDGE * WIDTH + PRODUCT])
    return found


@njit(cache=True)
def advance(
    p: Plant, s: Setting, y: Floats, scale: Floats, seconds: float, first: float, rtol: float, nucleates: float
) -> tuple[int, float, float]:
    """Move y (in place) by `seconds`, or until liquid product is as cold as `nucleates` C.

    scale: per state, below which differences count absolutely. first: s, the step to begin with. Returns how it ended,
    the seconds gone, and the step it would take next.
    """
    n = y.size
    f, new, error = np.empty(n), np.empty(n), np.empty(n)
    jacobian = np.empty((n, n))
    gone, h, fresh = 0.0, first, True
    for _ in range(_MOST_STEPS):
        if gone >= seconds - 1e-9:
            return DONE, seconds, h
        if fresh:
            rates(p, s, y, f)
            _jacobian(p, s, y, f, scale, jacobian)
            fresh = False
        step = min(h, seconds - gone)
        worst = 0.0
        if _rosenbrock(p, s, y, f, step, jacobian, new, error):
            for i in range(n):
                ratio = error[i] / (rtol * max(abs(y[i]), abs(new[i]), scale[i]))
                worst += ratio * ratio
            worst = math.sqrt(worst / n)
        else:
            worst = math.nan
        if not worst < 1e30:
            h = 0.1 * step
        else:
            factor = min(6.0, max(0.2, 0.9 * max(worst, 1e-8) ** -0.25))
            if worst <= 1.0:
                before, after = coldest(s, y), coldest(s, new)
                if after < nucleates - COLD:
                    # Try again with the part of the step that comes nearest to nucleation.
                    h = step * min(max((before - nucleates) / (before - after), 1e-3), 0.999999)
                    continue
                for i in range(n):
                    y[i] = new[i]
                gone += step
                fresh = True
                # A step cut short to end on time says little about how long the next may be.
                h = max(h, step * factor) if step < h else step * factor
                if after <= nucleates + COLD:
                    return NUCLEATES, gone, h
                continue
            h = step * factor
        if h < _SHORTEST:
            return TOO_STIFF, gone, h
    return TOO_STIFF, gone, h
