"""All compiled code of the ultrafiltration: retentate, permeate, buffer and membrane.

Equations: docs/twins/ultrafiltration.md. h, L, g, m2, bar, L/(m2 h).
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
from numba import njit

from resilience.twins.draws import Floats

VOLUME, PROTEIN, AGGREGATE, SALT = 0, 1, 2, 3
"""Retentate: L, g, g of it that has aggregated beside, and L of the buffer it came in."""
PERMEATE, PERMEATE_PROTEIN, PERMEATE_SALT = 4, 5, 6
BUFFER, ADDED, FOULING = 7, 8, 9
"""L left in the buffer's tank, L added to the retentate, bar/(L/(m2 h)) that fouling adds to the membrane."""
SIZE: Final = 10
DONE, VOLUME_REACHED, ADDED_REACHED, BUFFER_EMPTY = 0, 1, 2, 3
_LONGEST: Final = 5.0 / 3600.0
"""h. No step is longer."""
_MOST_DRAWN: Final = 0.02
"""Share of the retentate that may leave in a step."""
_NEAR: Final = 1e-12
MET: Final = 1e-9
"""L. An end this near has been met."""
_MOST_NEWTON: Final = 80


class Membrane(NamedTuple):
    """What does not change in a run."""

    area: float  # m2
    resistance: float  # bar/(L/(m2 h))
    k0: float  # L/(m2 h), mass transfer at crossflow0 and the viscosity of buffer
    crossflow0: float  # L/(min m2)
    crossflow_power: float
    viscosity_power: float
    gel: float  # g/L
    osmotic1: float  # bar/(g/L)
    osmotic2: float  # bar/(g/L)2
    osmotic3: float  # bar/(g/L)3
    intrinsic: float  # L/g
    crowding: float
    drop0: float  # bar, along the channel at crossflow0 with buffer
    drop_crossflow: float
    drop_viscosity: float
    sieving: float
    fouling: float  # bar/(L/(m2 h)) for each L/m2 that has passed
    shear: float  # share that aggregates in a pass of the pump
    foam: float  # how many times that with air at the pump


class Running(NamedTuple):
    """What people and faults change; constant while the kernel runs."""

    pressure: float  # bar, transmembrane, as set
    crossflow: float  # L/(min m2)
    permeating: float  # 1 where the permeate valve is open
    feeding: float  # 1 where buffer replaces what permeates
    flushing: float  # L/h of buffer into the retentate
    rejection: float
    transfer: float  # share of the mass transfer that is left
    air: float  # share of the membrane that air takes


@njit(cache=True)
def viscosity(m: Membrane, concentration: float) -> float:
    """Of the protein solution over that of its buffer (Ross and Minton)."""
    filled = m.intrinsic * concentration
    return float(math.exp(min(filled / max(1.0 - m.crowding * filled, 1e-3), 20.0)))


@njit(cache=True)
def osmotic(m: Membrane, concentration: float) -> float:
    """bar."""
    return concentration * (m.osmotic1 + concentration * (m.osmotic2 + concentration * m.osmotic3))


@njit(cache=True)
def transfer(m: Membrane, r: Running, concentration: float) -> float:
    """Mass transfer coefficient k, L/(m2 h)."""
    if r.crossflow <= 0.0:
        return 0.0
    swept = (r.crossflow / m.crossflow0) ** m.crossflow_power
    return float(m.k0 * r.transfer * swept * viscosity(m, concentration) ** -m.viscosity_power)


@njit(cache=True)
def drop(m: Membrane, r: Running, concentration: float) -> float:
    """Pressure drop along the channel, bar."""
    if r.crossflow <= 0.0:
        return 0.0
    flows = (r.crossflow / m.crossflow0) ** m.drop_crossflow
    return float(m.drop0 * flows * viscosity(m, concentration) ** m.drop_viscosity)


@njit(cache=True)
def flux(m: Membrane, r: Running, concentration: float, fouling: float) -> tuple[float, float]:
    """Flux L/(m2 h) and concentration at the membrane, g/L.

    J (Rm + Rf) + pi(Cw) - pi(Cp) = TMP with Cw = Cp + (C - Cp) exp(J/k), at most the flux at which Cw is the gel's.
    The retentate valve, wide open, leaves half of the channel's pressure drop as transmembrane pressure.
    """
    k = transfer(m, r, concentration)
    if k <= 0.0 or r.permeating <= 0.0:
        return 0.0, concentration
    pressure = max(r.pressure, 0.5 * drop(m, r, concentration))
    resistance = m.resistance / r.transfer + fouling
    through = (1.0 - r.rejection) * concentration
    passing = osmotic(m, through)
    if concentration - through < _NEAR:
        return pressure / resistance, concentration
    if concentration >= m.gel:
        return 0.0, concentration
    most = k * math.log((m.gel - through) / (concentration - through))
    if most * resistance + osmotic(m, m.gel) - passing <= pressure:
        return most, m.gel
    if osmotic(m, concentration) - passing >= pressure:
        return 0.0, concentration
    # The excess is convex and grows with the flux: Newton's method from above comes down to the root.
    j = most
    wall = m.gel
    for _ in range(_MOST_NEWTON):
        rise = (concentration - through) * math.exp(j / k)
        wall = through + rise
        excess = j * resistance + osmotic(m, wall) - passing - pressure
        steep = m.osmotic1 + wall * (2.0 * m.osmotic2 + wall * 3.0 * m.osmotic3)
        step = excess / (resistance + steep * rise / k)
        j -= step
        if abs(step) < _NEAR * (1.0 + j):
            break
    return j, wall


@njit(cache=True)
def rates(m: Membrane, r: Running, y: Floats, f: Floats) -> None:
    """The rate of every state, 1/h, into f."""
    volume = max(y[VOLUME], 1e-9)
    concentration = max((y[PROTEIN] + y[AGGREGATE]) / volume, 0.0)
    j, _ = flux(m, r, concentration, y[FOULING])
    permeate = j * m.area * (1.0 - r.air)
    # Only what is not aggregated passes a hole or a pore.
    lost = (1.0 - r.rejection) * permeate * y[PROTEIN] / volume
    salt = m.sieving * permeate * y[SALT] / volume
    buffer = r.flushing + (permeate if r.feeding > 0.0 else 0.0)
    passes = r.crossflow * 60.0 * m.area / volume
    aggregates = m.shear * passes * (1.0 + m.foam * r.air) * y[PROTEIN]
    f[VOLUME] = buffer - permeate
    f[PROTEIN] = -lost - aggregates
    f[AGGREGATE] = aggregates
    f[SALT] = -salt
    f[PERMEATE] = permeate
    f[PERMEATE_PROTEIN] = lost
    f[PERMEATE_SALT] = salt
    f[BUFFER] = -buffer
    f[ADDED] = buffer
    f[FOULING] = m.fouling * j


@njit(cache=True)
def _copy(of: Floats, to: Floats) -> None:
    """Element by element: that compiles in no time."""
    for i in range(of.size):
        to[i] = of[i]


@njit(cache=True)
def _step(m: Membrane, r: Running, y: Floats, h: float, k: Floats, new: Floats) -> None:
    """Runge-Kutta of order 4: `new` from y after h hours. k[0] holds the rates at y."""
    n = y.size
    for stage in range(1, 4):
        part = h if stage == 3 else 0.5 * h
        for i in range(n):
            new[i] = y[i] + part * k[stage - 1, i]
        rates(m, r, new, k[stage])
    for i in range(n):
        new[i] = y[i] + h / 6.0 * (k[0, i] + 2.0 * (k[1, i] + k[2, i]) + k[3, i])


@njit(cache=True)
def _ended(y: Floats, draws: bool, added: float) -> int:
    """Which end has been met."""
    if draws and y[ADDED] >= added - MET:
        return ADDED_REACHED
    return BUFFER_EMPTY if draws and y[BUFFER] <= MET else VOLUME_REACHED


@njit(cache=True)
def _beyond(y: Floats, draws: bool, low: float, added: float) -> float:
    """How far the first of the ends is passed, L; below 0 before. Those of buffer count where it is drawn."""
    short = low - y[VOLUME]
    return float(max(short, y[ADDED] - added, -y[BUFFER]) if draws else short)


@njit(cache=True)
def advance(m: Membrane, r: Running, y: Floats, seconds: float, low: float, added: float) -> tuple[int, float]:
    """Move y (in place) by `seconds`, or until the retentate is down to `low` L, `added` L of buffer have gone in, or
    the buffer's tank is empty while buffer is drawn from it. Returns how it ended, and the seconds gone."""
    k, new = np.empty((4, y.size)), np.empty(y.size)
    hours, gone = seconds / 3600.0, 0.0
    draws = r.feeding > 0.0 or r.flushing > 0.0
    if _beyond(y, draws, low, added) >= -MET:
        return _ended(y, draws, added), 0.0
    while hours - gone > 1e-13:
        rates(m, r, y, k[0])
        h = min(_LONGEST, hours - gone)
        if k[0, PERMEATE] * h > _MOST_DRAWN * y[VOLUME]:
            h = _MOST_DRAWN * y[VOLUME] / k[0, PERMEATE]
        _step(m, r, y, h, k, new)
        over = _beyond(new, draws, low, added)
        if over > 0.0:
            # The part of the step at whose end an end is met, by false position; y lies before it.
            first, last = 0.0, h
            before = _beyond(y, draws, low, added)
            part = h
            for _ in range(60):
                part = first + (last - first) * min(max(-before / (over - before), 0.01), 0.99)
                _step(m, r, y, part, k, new)
                there = _beyond(new, draws, low, added)
                if abs(there) < 1e-11 * (1.0 + y[VOLUME]):
                    break
                if there > 0.0:
                    last, over = part, there
                else:
                    first, before = part, there
            _copy(new, y)
            gone += part
            return _ended(y, draws, added), gone * 3600.0
        _copy(new, y)
        gone += h
    return DONE, seconds
