"""Salt and proteins on an ion exchanger by steric mass action: a load, a wash and a gradient of salt.

Proteins are called A, B, C, ... in the order of the numbers, of which the salt's comes first. The wash has the salt at
which the gradient begins.
"""

from __future__ import annotations

import math
from itertools import pairwise
from string import ascii_uppercase
from typing import Any, Final

import numpy as np

from resilience.twins.chromatography import programme
from resilience.twins.chromatography.bindings import Steric
from resilience.twins.chromatography.column import Beads, Bed, Column, Mesh
from resilience.twins.chromatography.elution_cases import MOST_SAMPLES
from resilience.twins.chromatography.kernel import Floats
from resilience.twins.chromatography.programme import Section
from resilience.twins.errors import BadInput
from resilience.twins.inputs import Inputs

_TINY: Final = 1e-300
_SECTIONS: Final = 4
"""Start, end of the load, end of the wash, end of the gradient."""


def run_case(inputs: dict[str, Any]) -> dict[str, Any]:
    """Answer a case. Raises BadInput naming the key that is wrong."""
    given = Inputs(inputs, "inputs")
    binding = _binding(given.inner("SMA"), given.inner("sma_reference"))
    n = binding.components
    column = _column(given, binding)
    start, loaded, washed, end = _times(given)
    salt_first, salt_last = given.numbers("salt_gradient_mM", length=2)
    if min(salt_first, salt_last) <= 0.0:
        raise BadInput("there is no salt", given.at("salt_gradient_mM"), "Give more than 0 mM.")
    load = given.inner("load")
    feed = _concentrations(load, "c_mM", n)
    duration = load.number("duration_s", loaded, low=_TINY)
    load.done()
    if not math.isclose(duration, loaded):
        raise BadInput(
            f"the load lasts {duration:g} s, its section {loaded:g} s", load.at("duration_s"), "Make them one."
        )
    for told in ("wash", "gradient"):
        # Said in words for people; the numbers stand in sections_s and salt_gradient_mM.
        given.text(told, "-")
    state = column.empty(np.zeros(0))
    column.fill(state, *_beginning(given.inner("init"), binding))
    finish, every = given.number("t_end_s", end, low=_TINY), given.number("dt_out_s", low=_TINY)
    samples = math.floor(finish / every + 1e-9) + 1
    if samples > MOST_SAMPLES:
        raise BadInput(f"{samples} samples", given.at("dt_out_s"), f"Ask for {MOST_SAMPLES} at most.")
    times = np.arange(samples, dtype=np.float64) * every
    flow = given.number("flow_m3_s", low=_TINY)
    given.done()
    nothing = (0.0,) * (n - 1)
    sections = [
        Section.steady(loaded - start, feed),
        Section.steady(washed - start, (salt_first, *nothing)),
        Section(end - start, (salt_first, *nothing), (salt_last, *nothing)),
        Section.steady(math.inf, (salt_last, *nothing)),
    ]
    signal = programme.run(column, state, flow, sections, times)
    peaks = {name: _peak(times, signal[:, k]) for k, name in enumerate(ascii_uppercase[: n - 1], start=1)}
    return {**peaks, "salt_final_mM": float(signal[-1, 0])}


def _binding(given: Inputs, reference: Inputs) -> Steric:
    columns = {key: given.numbers(key) for key in ("ka", "kd", "nu", "sigma")}
    length = len(columns["ka"])
    for key, values in columns.items():
        if len(values) != length or not 2 <= length <= 1 + len(ascii_uppercase):
            raise BadInput(f"{len(values)} numbers beside {length}", given.at(key), "Give salt's 0 and one a protein.")
        if min(values[1:]) < 0.0 or (key in ("nu", "kd") and min(values[1:]) == 0.0):
            raise BadInput("a number is too small", given.at(key), "Give more than 0 for each protein.")
    if not given.flag("is_kinetic", True):
        raise BadInput("binding at equilibrium is not known", given.at("is_kinetic"), "Give a kinetic case.")
    capacity = given.number("Lambda_mM", low=_TINY)
    given.done()
    sites, salt = reference.number("q_ref_mM", 1.0, low=_TINY), reference.number("c_ref_mM", 1.0, low=_TINY)
    reference.done()
    return Steric(
        ka=tuple(ka / sites**nu for ka, nu in zip(columns["ka"][1:], columns["nu"][1:], strict=True)),
        kd=tuple(kd / salt**nu for kd, nu in zip(columns["kd"][1:], columns["nu"][1:], strict=True)),
        charge=tuple(columns["nu"][1:]),
        shielding=tuple(columns["sigma"][1:]),
        capacity=capacity,
    )


def _column(given: Inputs, binding: Steric) -> Column:
    said = given.inner("column")
    pore = said.numbers("pore_m2_s", length=binding.components)
    film = said.number("film_m_s", low=_TINY)
    if min(pore) <= 0.0:
        raise BadInput("a diffusivity is not above 0", said.at("pore_m2_s"), "Give more than 0 for each component.")
    column = Column(
        Bed(
            said.number("length_m", low=_TINY),
            math.pi * said.number("diameter_m", low=_TINY) ** 2 / 4.0,
            said.number("bed_porosity", low=1e-6, high=1.0 - 1e-6),
            said.number("axial_dispersion_m2_s", low=0.0),
        ),
        Beads(
            said.number("particle_radius_m", low=_TINY),
            said.number("particle_porosity", low=1e-6, high=1.0 - 1e-6),
            (film,) * binding.components,
            tuple(pore),
        ),
        binding,
        Mesh(given.whole("ncol"), given.whole("npar")),
    )
    said.done()
    return column


def _times(given: Inputs) -> list[float]:
    times = given.numbers("sections_s", length=_SECTIONS)
    if times[0] != 0.0 or not all(a < b for a, b in pairwise(times)):
        raise BadInput("the times do not rise from 0", given.at("sections_s"), "Order them.")
    return times


def _concentrations(given: Inputs, key: str, n: int) -> list[float]:
    values = given.numbers(key, length=n)
    if values[0] <= 0.0 or min(values) < 0.0:
        raise BadInput("a concentration is too low", given.at(key), "Give salt above 0 and proteins from 0 up, mM.")
    return values


def _beginning(given: Inputs, binding: Steric) -> tuple[Floats, Floats]:
    """Liquid and bound amounts at the start; the bound salt follows from the proteins by charge."""
    n = binding.components
    liquid, pores = _concentrations(given, "c_mM", n), _concentrations(given, "cp_mM", n)
    bound = given.numbers("q_mM_solid", length=n)
    given.done()
    if liquid != pores:
        raise BadInput("bed and pores differ at the start", given.at("cp_mM"), "Give what stands in c_mM.")
    held = binding.capacity - sum(nu * q for nu, q in zip(binding.charge, bound[1:], strict=True))
    free = held - sum(sigma * q for sigma, q in zip(binding.shielding, bound[1:], strict=True))
    if min(bound[1:]) < 0.0 or free <= 0.0 or not math.isclose(bound[0], held, rel_tol=1e-6):
        raise BadInput(
            f"{bound[0]:g} mM of salt do not make up the charge of {binding.capacity:g} mM",
            given.at("q_mM_solid"),
            f"Give {held:g} mM of salt beside these proteins.",
        )
    return np.array(liquid), np.array([held, *bound[1:]])


def _peak(times: Floats, signal: Floats) -> dict[str, float | None]:
    top = int(np.argmax(signal))
    area = float(np.trapezoid(signal, times))
    return {
        "peak_mM": float(signal[top]),
        "t_peak_s": float(times[top]),
        "area_mM_s": area,
        "mean_t_s": float(np.trapezoid(signal * times, times)) / area if area > 0.0 else None,
    }
