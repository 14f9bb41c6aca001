"""A column is loaded until it breaks through, by Langmuir's law: when, how much it has held, what was lost."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from resilience.twins.chromatography import programme
from resilience.twins.chromatography.bindings import Langmuir
from resilience.twins.chromatography.column import Beads, Bed, Column, Mesh
from resilience.twins.chromatography.elution_cases import MOST_SAMPLES
from resilience.twins.chromatography.kernel import Floats
from resilience.twins.chromatography.programme import Section
from resilience.twins.errors import BadInput
from resilience.twins.inputs import Inputs

CROSSINGS: Final = {"1pct": 0.01, "5pct": 0.05, "10pct": 0.1, "50pct": 0.5}
"""Shares of the feed whose first crossing is told."""
_TINY: Final = 1e-300


def run_case(inputs: dict[str, Any]) -> dict[str, Any]:
    """Answer a case. Raises BadInput naming the key that is wrong."""
    given = Inputs(inputs, "inputs")
    flow, weight = given.number("Q", low=_TINY), given.number("MW_kg_mol", low=_TINY)
    column = Column(
        Bed(
            given.number("L", low=_TINY),
            given.number("A", low=_TINY),
            given.number("eps_c", low=1e-6, high=1.0 - 1e-6),
            given.number("Dax", low=0.0),
        ),
        Beads(
            given.number("Rp", low=_TINY),
            given.number("eps_p", low=1e-6, high=1.0 - 1e-6),
            (given.number("kf", low=_TINY),),
            (given.number("Dp", low=_TINY),),
        ),
        Langmuir(given.number("ka", low=0.0), given.number("kd", low=0.0), given.number("qmax", low=_TINY)),
        Mesh(given.whole("ncol"), given.whole("npar")),
    )
    sections = _sections(given)
    state = column.empty(np.zeros(0))
    before, bound = given.number("c_init", 0.0, low=0.0), given.number("q_init", 0.0, low=0.0)
    if before > 0.0 or bound > 0.0:
        column.fill(state, np.array([before]), np.array([bound]))
    times = np.linspace(0.0, sections[-1].end, given.whole("n_out", None, 2, MOST_SAMPLES))
    given.done()
    leaving = programme.run(column, state, flow, sections, times)[:, 0]
    feed = sections[0].first[0]
    crossed = {name: _crossing(times, leaving, share * feed) for name, share in CROSSINGS.items()}
    inlet = np.array([section.first[0] for section in sections])
    lengths = np.diff([0.0, *(section.end for section in sections)])
    volume = column.bed.volume

    def held(name: str) -> float | None:
        """g per litre of column, what stands in the liquid included."""
        at = crossed[name]
        return None if at is None else at * flow * feed * weight / volume

    return {
        **{f"t_{name}_s": at for name, at in crossed.items()},
        "DBC10_g_per_L": held("10pct"),
        "DBC1_g_per_L": held("1pct"),
        "c_out_over_cf_at_load_end": float(np.interp(sections[0].end, times, leaving)) / feed,
        "loaded_g": 1e3 * weight * flow * float(inlet @ lengths),
        "lost_in_flowthrough_and_wash_g": 1e3 * weight * flow * float(np.trapezoid(leaving, times)),
        "residence_time_min": volume / flow / 60.0,
        "CV_mL": 1e6 * volume,
    }


def _sections(given: Inputs) -> list[Section]:
    rows = given.rows("sections", 2)
    if not rows:
        raise BadInput("there are no sections", given.at("sections"), "Give [end in s, mol/m3 at the inlet] for each.")
    sections = []
    end = 0.0
    for n, (until, inlet) in enumerate(rows):
        where = f"{given.at('sections')}[{n}]"
        if until <= end:
            raise BadInput(f"it ends at {until:g} s, not after {end:g} s", where, "Order sections by time.")
        if inlet < 0.0 or (n == 0 and inlet == 0.0):
            raise BadInput(f"the inlet is {inlet:g} mol/m3", where, "Give 0 or more; first more than 0.")
        sections.append(Section.steady(until, (inlet,)))
        end = until
    return sections


def _crossing(times: Floats, leaving: Floats, level: float) -> float | None:
    """When `leaving` first reaches a level, on straight lines between the samples; None where it never does."""
    above = np.nonzero(leaving >= level)[0]
    if above.size == 0:
        return None
    k = int(above[0])
    if k == 0:
        return float(times[0])
    share = (level - leaving[k - 1]) / (leaving[k] - leaving[k - 1])
    return float(times[k - 1] + share * (times[k] - times[k - 1]))
