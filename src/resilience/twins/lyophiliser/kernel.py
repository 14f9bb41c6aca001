"""All compiled code of the freeze-dryer: one vial on a schedule. See docs/twins/lyophiliser.md for the equations.

Units of the field here: Torr, C, cm, g, cal, h; heat terms per second.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
from numba import njit

from resilience.twins.draws import Floats

KELVIN: Final = 273.15
SECONDS: Final = 3600.0
"""Seconds an hour."""
_NEWTON: Final = 1e-11
"""K. Where the search for the temperature of the sublimating surface ends."""
_MOST_NEWTON: Final = 60
_PART: Final = 0.2
"""A step is at most this part of the time in which a dynamic product follows."""


class Vial(NamedTuple):
    """A vial, its product and how heat comes into it. Units as in the fields of a case."""

    av: float
    """cm2, outer cross-section of the vial's bottom."""
    ap: float
    """cm2, cross-section of the product."""
    length: float
    """cm, height of the frozen product."""
    r0: float
    """cm2 h Torr/g; the resistance of the dried layer is r0 + a1 L/(1 + a2 L)."""
    a1: float
    """cm h Torr/g."""
    a2: float
    """1/cm."""
    kc: float
    """cal/(s K cm2); the heat transfer coefficient is kc + kp P/(1 + kd P)."""
    kp: float
    """cal/(s K cm2 Torr)."""
    kd: float
    """1/Torr."""
    ice_density: float
    """g of ice sublimated for a cm3 that dries."""
    latent: float
    """cal/g, of sublimation."""
    conductivity: float
    """cal/(cm s K), of the frozen product."""
    pre: float
    """Torr; vapour pressure of ice pre exp(-slope/T)."""
    slope: float
    """K."""
    capacity: float
    """cal/K, of the glass that follows the product; 0 and ice_capacity 0: quasi-steady."""
    ice_capacity: float
    """cal/(K cm), of the frozen product for each cm of its height."""


@njit(cache=True)
def at(hours: Floats, values: Floats, hour: float) -> float:
    """A schedule at an hour."""
    if hour >= hours[-1]:
        return float(values[-1])
    n = 1
    while hours[n] <= hour:
        n += 1
    share = (hour - hours[n - 1]) / (hours[n] - hours[n - 1])
    return float(values[n - 1] + share * (values[n] - values[n - 1]))


@njit(cache=True)
def resistance(vial: Vial, dried: float) -> float:
    """cm2 h Torr/g."""
    return vial.r0 + vial.a1 * dried / (1.0 + vial.a2 * dried)


@njit(cache=True)
def heat_transfer(vial: Vial, pressure: float) -> float:
    """cal/(s K cm2)."""
    return vial.kc + vial.kp * pressure / (1.0 + vial.kd * pressure)


@njit(cache=True)
def vapour_pressure(vial: Vial, celsius: float) -> float:
    """Torr, over ice."""
    return vial.pre * math.exp(-vial.slope / (celsius + KELVIN))


@njit(cache=True)
def surface(vial: Vial, coupling: float, warm: float, pressure: float, guess: float) -> float:
    """Temperature of the sublimating surface, C: vapour_pressure(T) - pressure = coupling (warm - T).

    The left side grows, the right side falls with T: there is one root, and Newton's method finds it from anywhere
    because the left side is convex below slope/2.
    """
    t = min(guess, warm)
    for _ in range(_MOST_NEWTON):
        ps = vapour_pressure(vial, t)
        step = (ps - pressure - coupling * (warm - t)) / (ps * vial.slope / (t + KELVIN) ** 2 + coupling)
        # Far below the root the curve is so flat that a step would overshoot.
        t -= max(step, -20.0)
        if abs(step) < _NEWTON:
            break
    return t


@njit(cache=True)
def steady(vial: Vial, dried: float, shelf: float, pressure: float, guess: float) -> tuple[float, float, float]:
    """Surface C, bottom C, flux g/(h cm2) where the heat that comes in goes into sublimation.

    Where the pressure forbids sublimation: both temperatures that of the shelf, flux 0.
    """
    if vapour_pressure(vial, shelf) <= pressure:
        return shelf, shelf, 0.0
    glass = heat_transfer(vial, pressure) * vial.av
    through = glass / (1.0 + glass * (vial.length - dried) / (vial.conductivity * vial.ap))
    a_kelvin = SECONDS * through / (vial.latent * vial.ap)
    ts = surface(vial, resistance(vial, dried) * a_kelvin, shelf, pressure, guess)
    flux = a_kelvin * (shelf - ts)
    bottom = ts + (vial.length - dried) * vial.latent * flux / (SECONDS * vial.conductivity)
    return ts, bottom, flux


@njit(cache=True)
def moving(vial: Vial, dried: float, bottom: float, pressure: float, guess: float) -> tuple[float, float]:
    """Surface C and flux g/(h cm2) where the bottom's temperature is given: conduction through what is frozen."""
    if vapour_pressure(vial, bottom) <= pressure:
        return bottom, 0.0
    ice = max(vial.length - dried, 1e-9 * vial.length)
    a_kelvin = SECONDS * vial.conductivity / (vial.latent * ice)
    r = resistance(vial, dried)
    ts = surface(vial, r * a_kelvin, bottom, pressure, guess)
    if r * a_kelvin > 1.0:
        return ts, (vapour_pressure(vial, ts) - pressure) / r
    return ts, a_kelvin * (bottom - ts)


@njit(cache=True)
def _rates(
    vial: Vial, dried: float, bottom: float, shelf: float, pressure: float, guess: float
) -> tuple[float, float, float]:
    """dL/dt cm/h, dT/dt K/h of the bottom (0 where it is quasi-steady), and the surface's temperature."""
    if vial.capacity + vial.ice_capacity == 0.0:
        ts, _, flux = steady(vial, dried, shelf, pressure, guess)
        return flux / vial.ice_density, 0.0, ts
    ts, flux = moving(vial, dried, bottom, pressure, guess)
    heat = heat_transfer(vial, pressure) * vial.av * (shelf - bottom) * SECONDS - vial.ap * vial.latent * flux
    capacity = vial.capacity + vial.ice_capacity * max(vial.length - dried, 0.0)
    return flux / vial.ice_density, heat / capacity, ts


@njit(cache=True)
def _step(
    vial: Vial, dried: float, bottom: float, guess: float, h: float, s0: float, s1: float, p0: float, p1: float
) -> tuple[float, float, float]:
    """Runge-Kutta of order 4 over h hours, shelf and pressure moving from s0, p0 to s1, p1."""
    sm, pm = 0.5 * (s0 + s1), 0.5 * (p0 + p1)
    l1, t1, ts = _rates(vial, dried, bottom, s0, p0, guess)
    l2, t2, ts = _rates(vial, dried + 0.5 * h * l1, bottom + 0.5 * h * t1, sm, pm, ts)
    l3, t3, ts = _rates(vial, dried + 0.5 * h * l2, bottom + 0.5 * h * t2, sm, pm, ts)
    l4, t4, ts = _rates(vial, dried + h * l3, bottom + h * t3, s1, p1, ts)
    return dried + h / 6.0 * (l1 + 2.0 * (l2 + l3) + l4), bottom + h / 6.0 * (t1 + 2.0 * (t2 + t3) + t4), ts


@njit(cache=True)
def _memory(vial: Vial, dried: float, bottom: float, pressure: float) -> float:
    """h, the time in which the bottom's temperature follows: what it holds over what carries heat away at most."""
    left = max(vial.length - dried, 1e-9 * vial.length)
    holds = vial.capacity + vial.ice_capacity * left
    steepest = vapour_pressure(vial, bottom) * vial.slope / (bottom + KELVIN) ** 2
    through = SECONDS * vial.conductivity / (vial.latent * left)
    by_ice = steepest * through / (through * resistance(vial, dried) + steepest)
    return holds / (SECONDS * heat_transfer(vial, pressure) * vial.av + vial.ap * vial.latent * by_ice)


@njit(cache=True)
def dry(
    vial: Vial,
    shelf_h: Floats,
    shelf_c: Floats,
    pressure_h: Floats,
    pressure_torr: Floats,
    corners: Floats,
    dt: float,
    longest: float,
) -> tuple[Floats, float]:
    """Primary drying of one vial from the start of both schedules, whose hours together are `corners`.

    Returns samples (n, 6) each `dt` h: surface C, bottom C, shelf C, Torr, flux g/(h cm2), dried cm; and the hour at
    which it was dry, or -1 where a schedule ended before. Steps end at every corner; none is longer than `longest` h.
    """
    end = min(shelf_h[-1], pressure_h[-1])
    n_all = math.ceil(end / dt - 1e-9)
    samples = np.empty((n_all, 6))
    corner, dried, dry_at = 0, 0.0, -1.0
    ts = at(shelf_h, shelf_c, 0.0)
    dynamic = vial.capacity + vial.ice_capacity > 0.0
    bottom = ts
    for n in range(n_all):
        now = n * dt
        s, p = at(shelf_h, shelf_c, now), at(pressure_h, pressure_torr, now)
        if dynamic:
            ts, flux = moving(vial, dried, bottom, p, ts)
            tb = bottom
        else:
            ts, tb, flux = steady(vial, dried, s, p, ts)
        samples[n, 0], samples[n, 1], samples[n, 2] = ts, tb, s
        samples[n, 3], samples[n, 4], samples[n, 5] = p, flux, dried
        then = min((n + 1) * dt, end)
        while now < then - 1e-12:
            while corner < corners.size and corners[corner] <= now + 1e-12:
                corner += 1
            stop = min(then, corners[corner]) if corner < corners.size else then
            while stop - now > 1e-12:
                h = min(longest, stop - now)
                if dynamic:
                    h = min(h, _PART * _memory(vial, dried, bottom, p))
                s1, p1 = at(shelf_h, shelf_c, now + h), at(pressure_h, pressure_torr, now + h)
                l1, b1, g1 = _step(vial, dried, bottom, ts, h, s, s1, p, p1)
                if l1 >= vial.length:
                    # The part of the step at whose end it is dry, by false position on the step's length.
                    low, high, beyond = 0.0, h, l1
                    short = dried
                    for _ in range(40):
                        part = low + (high - low) * (vial.length - short) / (beyond - short)
                        share = part / h
                        la, _, _ = _step(
                            vial, dried, bottom, ts, part, s, s + share * (s1 - s), p, p + share * (p1 - p)
                        )
                        if abs(la - vial.length) < 1e-12:
                            break
                        if la < vial.length:
                            low, short = part, la
                        else:
                            high, beyond = part, la
                    dry_at = now + part
                    kept = math.ceil(dry_at / dt - 1e-9)
                    return samples[: min(kept, n + 1)], dry_at
                dried, bottom, ts, now, s, p = l1, b1, g1, now + h, s1, p1
    return samples, dry_at


@njit(cache=True)
def _relaxed(t0: float, s0: float, s1: float, h: float, tau: float) -> float:
    """What follows a shelf that moves from s0 to s1 in h with time constant tau: exact."""
    behind = tau * (s1 - s0) / h
    return s1 - behind + (t0 - s0 + behind) * math.exp(-h / tau)


@njit(cache=True)
def freeze(
    shelf_h: Floats,
    shelf_c: Floats,
    dt: float,
    start: float,
    nucleates: float,
    freezes: float,
    tau_liquid: float,
    tau_ice: float,
    to_remove: float,
) -> tuple[Floats, float, float]:
    """Freezing of one vial at one temperature, over the whole shelf schedule.

    tau_*: h. to_remove: K h, the integral of (freezing point - shelf) that freezes what is liquid after nucleation.
    Returns product C (n,) each `dt` h, the hour of nucleation (the first sample at or below `nucleates`) and that at
    which all is frozen; -1 where it did not come to it.
    """
    end = shelf_h[-1]
    n_all = math.ceil(end / dt - 1e-9)
    product = np.empty(n_all)
    t, phase, nucleated, solid, removed, corner = start, 0, -1.0, -1.0, 0.0, 0
    for n in range(n_all):
        now = n * dt
        if phase == 0 and t <= nucleates:
            phase, nucleated, t = 1, now, freezes
        product[n] = t
        then = min((n + 1) * dt, end)
        while now < then - 1e-12:
            while corner < shelf_h.size and shelf_h[corner] <= now + 1e-12:
                corner += 1
            stop = min(then, shelf_h[corner]) if corner < shelf_h.size else then
            h = stop - now
            s0, s1 = at(shelf_h, shelf_c, now), at(shelf_h, shelf_c, stop)
            if phase == 1:
                whole = (freezes - 0.5 * (s0 + s1)) * h
                if removed + whole < to_remove:
                    # A shelf above the freezing point thaws, but no more than there is ice.
                    removed = max(removed + whole, 0.0)
                    now = stop
                    continue
                # The time within this piece at which the rest is removed: (Tf - s0) x - slope x2/2 = rest.
                rest, slope, gap = to_remove - removed, (s1 - s0) / h, freezes - s0
                x = min(2.0 * rest / (gap + math.sqrt(max(gap * gap - 2.0 * slope * rest, 0.0))), h)
                phase, solid, removed = 2, now + x, to_remove
                s0, h, now = s0 + slope * x, h - x, now + x
                if h > 1e-12:
                    t = _relaxed(freezes, s0, s1, h, tau_ice)
            else:
                t = _relaxed(t, s0, s1, h, tau_liquid if phase == 0 else tau_ice)
            now = stop
    return product, nucleated, solid
