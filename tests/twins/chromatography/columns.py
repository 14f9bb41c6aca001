"""Small columns for tests: one of each law of binding, on meshes that take no time."""

from __future__ import annotations

from dataclasses import replace

from resilience.twins.chromatography import numbers
from resilience.twins.chromatography.bindings import Langmuir, Steric, Titration
from resilience.twins.chromatography.column import Beads, Bed

PROTEIN_A = replace(numbers.column().binding(), alkali=None)
PROTEIN_A_BED, PROTEIN_A_BEADS = numbers.column().bed, numbers.column().beads
FLOW = 5.8333e-8
LANGMUIR = Langmuir(10.0, 0.01, 1.9)
LANGMUIR_BED = Bed(0.1, 2.01e-4, 0.35, 5e-8)
LANGMUIR_BEADS = Beads(4.25e-5, 0.6, (5e-6,), (9e-12,))
STERIC = Steric((35.5, 7.7), (1000.0, 1000.0), (4.7, 3.7), (11.83, 10.0), 1200.0)
MILD = Steric((1e-5, 2e-4), (1e-2, 1e-2), (2.2, 1.6), (11.83, 10.0), 1200.0)
"""An ion exchanger that lets go slowly enough for an integrator without knowledge of its Jacobian."""
STERIC_BED = Bed(0.014, 3.14e-4, 0.37, 5.75e-8)
STERIC_BEADS = Beads(4.5e-5, 0.75, (6.9e-6,) * 3, (7e-10, 6.07e-11, 6.07e-11))


def titration(**changes: float) -> Titration:
    """The law of protein A with other numbers."""
    return replace(PROTEIN_A, **changes)
