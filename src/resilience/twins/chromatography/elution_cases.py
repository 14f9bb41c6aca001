"""An affinity column is loaded, washed and eluted by pH, as a step or a gradient: peak, yield, breakthrough, pool.

The parameters are those of Zhang et al. 2025: capacities in g per litre of column, the equilibrium constant in mL/mg.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from resilience.twins.chromatography import programme
from resilience.twins.chromatography.bindings import Titration
from resilience.twins.chromatography.column import Beads, Bed, Column, Mesh
from resilience.twins.chromatography.kernel import Floats
from resilience.twins.chromatography.programme import Section
from resilience.twins.errors import BadInput
from resilience.twins.inputs import Inputs

POOL_SHARE: Final = 0.05
"""The pool is what leaves while the signal is above this share of the peak."""
MOST_SAMPLES: Final = 1_000_000
_TINY: Final = 1e-300
_PH: Final = (0.0, 14.0)


def run_case(inputs: dict[str, Any]) -> dict[str, Any]:
    """Answer a case. Raises BadInput naming the key that is wrong."""
    given = Inputs(inputs, "inputs")
    flow = given.number("Q_m3_s", low=_TINY)
    volume, feed = given.number("CV_m3", low=_TINY), given.number("c_feed_g_L", low=0.0)
    load, elution = given.number("V_inj_m3", low=0.0), given.number("V_elution_start_m3", low=0.0)
    if elution < load:
        raise BadInput(
            f"the elution starts at {elution:g} m3, before the load ends at {load:g} m3",
            given.at("V_elution_start_m3"),
            "Give a volume from V_inj_m3 on.",
        )
    gradient = given.number("gradient_CV", low=0.0) * volume / flow
    ph_load, ph_start, ph_end = (given.number(key, None, *_PH) for key in ("pH_load", "pH_start", "pH_end"))
    weight = given.number("MW_kDa", low=_TINY)
    column = _column(given, volume, weight)
    state = column.empty(np.array([given.number("pH_init", ph_load, *_PH)]))
    before, bound = given.number("c_init", 0.0, low=0.0), given.number("q_init", 0.0, low=0.0)
    if before > 0.0 or bound > 0.0:
        column.fill(state, np.array([before]), np.array([bound]))
    times = np.linspace(0.0, given.number("t_end_s", low=_TINY), given.whole("n_out", None, 2, MOST_SAMPLES))
    _pores_follow(given)
    given.done()
    start = elution / flow
    sections = [
        Section.steady(load / flow, (feed / weight, ph_load)),
        Section.steady(start, (0.0, ph_load)),
        Section(start + gradient, (0.0, ph_start), (0.0, ph_end)),
        Section.steady(np.inf, (0.0, ph_end)),
    ]
    protein, acidity = programme.run(column, state, flow, sections, times).T
    return _outputs(times, protein * weight, acidity, flow, start, load * feed * 1e6, volume)


def _column(given: Inputs, volume: float, weight: float) -> Column:
    bed_porosity, bead_porosity = (given.number(key, low=1e-6, high=1.0 - 1e-6) for key in ("eps_col", "eps_par"))
    length = given.number("L_m", low=_TINY)
    solid = (1.0 - bed_porosity) * (1.0 - bead_porosity)
    off = given.number("kd_1_s", low=_TINY)
    binding = Titration(
        # The published set takes the share of solid into the rate as well.
        ka=given.number("Keq_mL_mg", low=0.0) * weight * solid * off,
        kd=off,
        capacity=given.number("Qmax_g_per_L_column", low=_TINY) / weight / solid,
        pka_a=given.number("pKaA"),
        pka_g=given.number("pKaG"),
        eta_a=given.number("etaA"),
        eta_g=given.number("etaG"),
    )
    return Column(
        Bed(length, volume / length, bed_porosity, given.number("Dax_m2_s", low=0.0)),
        Beads(
            given.number("Rp_m", low=_TINY),
            bead_porosity,
            (given.number("kf_m_s", low=_TINY),),
            (given.number("Dp_m2_s", low=_TINY),),
        ),
        binding,
        Mesh(given.whole("ncol"), given.whole("npar"), given.flag("graded", False)),
        tracers=1,
    )


def _pores_follow(given: Inputs) -> None:
    """The pH in the beads is that outside: what a case says of its film and diffusion must be fast enough for that."""
    for key, least in (("pH_film_m_s", 1e-2), ("pH_pore_diffusion_m2_s", 1e-4)):
        given.number(key, 1.0, low=least)


def _outputs(
    times: Floats, protein: Floats, acidity: Floats, flow: float, start: float, loaded: float, volume: float
) -> dict[str, Any]:
    """protein g/L, loaded mg; amounts by the trapezoidal rule over the samples."""
    eluting = times >= start
    if not eluting.any():
        raise BadInput(f"the elution starts at {start:g} s", "inputs.t_end_s", "Give a later end.")
    top = int(np.argmax(np.where(eluting, protein, -np.inf)))
    lost = 1e6 * flow * float(np.trapezoid(protein[~eluting], times[~eluting]))
    total = 1e6 * flow * float(np.trapezoid(protein, times))
    pooled = int(np.count_nonzero(eluting & (protein > POOL_SHARE * protein[top])))
    per_loaded = 100.0 / loaded if loaded > 0.0 else None
    return {
        "peak_g_L": float(protein[top]),
        "t_peak_s": float(times[top]),
        "pH_at_peak": float(acidity[top]),
        "loaded_mg": loaded,
        "breakthrough_before_elution_mg": lost,
        "eluted_total_mg": total - lost,
        "recovery_pct": None if per_loaded is None else total * per_loaded,
        "yield_pct": None if per_loaded is None else (total - lost) * per_loaded,
        "pool_volume_mL_5pct_cut": 1e6 * pooled * float(times[1] - times[0]) * flow,
        "load_g_per_L_resin": 1e-6 * loaded / volume,
    }
