"""The plant's equations written a second time, from docs/twins/lyophiliser.md, for scipy: slow, plain, by names.

Nothing is taken from the kernel but the order of its states and the numbers of the plant.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.optimize import brentq

R = 8.314462618
M_WATER, M_AIR = 18.015, 28.0
ATM = 101325.0


def rates(p: Any, s: Any, y: Any) -> Any:
    """dy/dt. p: a Plant, s: a Setting."""
    n_w, n_a, n_wc, n_ac, coil, ice, integral, fluid, shelf, shelf_set, pressure_set = y[:11]
    per_chamber, per_condenser = R * p.gas / p.chamber, R * p.gas / p.condenser
    p_w, p_a, p_wc, p_ac = n_w * per_chamber, n_a * per_chamber, n_wc * per_condenser, n_ac * per_condenser
    total, behind = p_w + p_a, p_wc + p_ac

    def psub(celsius: float) -> float:
        return float(p.psub_pre * np.exp(-p.psub_slope / (celsius + 273.15)))

    groups, vapour, heat = [], 0.0, 0.0
    sides = (
        (1.0 - p.edge_share, 1.0, 0.0, s.liquid_centre, y[14:20]),
        (p.edge_share, p.edge_factor, p.edge_side, s.liquid_edge, y[20:26]),
    )
    for share, factor, side, liquid, (t, dried, bound, front, _, melted) in sides:
        count, left = share * p.vials, max(1.0 - dried, 0.0)
        kv = min(p.kc + p.kp * total / (1.0 + p.kd * total), p.most_heat)
        flux, surface, released = 0.0, t, 0.0
        if not s.stoppered and not liquid:
            layer = dried * p.length
            resistance = p.r0 + p.a1 * layer / (1.0 + p.a2 * layer)
            below = p.conductivity / (p.latent * max(1.0 - dried, 1e-7) * p.length)
            if psub(t) > total:

                def balance(ts: float, r: float = resistance, b: float = below, warm: float = t) -> float:
                    return (psub(ts) - total) / r - b * (warm - ts)

                surface = brentq(balance, t - 60.0, t, xtol=1e-13, rtol=1e-14)
                flux = (psub(surface) - total) / resistance * (1.0 - np.exp(-left / p.ragged))
            k = p.desorption * np.exp(-p.desorption_kelvin * (1 / (t + 273.15) - 1 / p.desorption_reference))
            k *= 1.0 - (1.0 - p.collapsed_drying) * y[14 + 4 if share != p.edge_share else 20 + 4]
            released = max(k * (bound - p.bound * left - p.bound_left * dried), 0.0)
        x = min(max((t - p.freezes) / p.melting_range + 1.0, 0.0), 1.0)
        thawed = 3 * x**2 - 2 * x**3
        cp = p.cp_ice + (p.cp_liquid - p.cp_ice) * thawed + p.fusion * 6 * x * (1 - x) / p.melting_range
        if liquid:
            cp = p.cp_liquid
        from_shelf = factor * kv * p.av * (shelf - t)
        loses = p.latent * (p.ap * flux + released * p.solids)
        capacity = p.glass + p.solids * p.cp_solids * dried + p.mass * left * cp
        speed = p.ap * flux / p.ice
        active = dried / (dried + 0.01) * left / (left + 0.001)
        flows = p.collapse_rate * np.exp(min((surface - p.collapse) / p.collapse_kelvin, 20.0)) * (1.0 - front) * active
        melts = 0.0 if liquid else p.melt_rate * thawed * active * (1.0 - melted)
        groups += [
            (from_shelf + side * (p.ambient - t) - loses) / capacity,
            speed,
            -released,
            flows - speed * p.length / p.front * front,
            flows * p.front / p.length,
            melts,
        ]
        vapour += count * (p.ap * flux + released * p.solids) / M_WATER
        heat += count * from_shelf

    let_in = change = 0.0
    if s.controlled:
        asked = p.gain * (pressure_set - total) + integral
        let_in = min(max(asked, 0.0), p.bleed)
        change = (p.gain * (pressure_set - total) + let_in - asked) / p.reset
    air = let_in + (p.leak + s.leak) * max(1.0 - total / ATM, 0.0)
    air += s.seal * max(ATM - total, 0.0) + s.venting * max(s.backfill - total, 0.0)

    def duct(first: float, second: float, water: float) -> float:
        mean = water * M_WATER + (1 - water) * M_AIR
        most = p.duct * first**2 / (first + p.duct_low) * np.sqrt(M_WATER / mean)
        return float(s.valve * most * (1 - (second / first) ** 2))

    if total >= behind:
        water_share = p_w / total
        flow = duct(total, behind, water_share)
    else:
        water_share = p_wc / behind
        flow = -duct(behind, total, water_share)
    deposited = p.deposition * (p_wc - psub(coil))
    if deposited < 0.0:
        deposited *= ice / (ice + 0.01) if ice > 0.0 else 0.0
    pumped = s.pumping * p.pump / p.condenser * max(1.0 - p.ultimate / behind, 0.0)
    cools = s.refrigerating / (1.0 / p.coil_conductance + p.coil_ice * max(ice, 0.0))
    warms = deposited * M_WATER * p.latent + p.ambient_conductance * (p.ambient - coil)
    shelf_heat = s.circulating * p.shelf_conductance * (fluid - shelf) + p.shelf_loss * (p.ambient - shelf) - heat
    return np.array(
        [
            vapour - flow * water_share,
            air - flow * (1 - water_share),
            flow * water_share - deposited - pumped * n_wc,
            flow * (1 - water_share) - pumped * n_ac,
            (warms - cools * (coil - p.refrigerant)) / p.coil_capacity,
            deposited,
            change,
            (shelf_set - fluid) / p.fluid_lag if s.circulating else 0.0,
            shelf_heat / p.shelf_capacity,
            s.shelf_rate,
            s.pressure_rate,
            pumped * n_wc,
            pumped * n_ac,
            air,
            *groups,
        ]
    )
