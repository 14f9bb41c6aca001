"""How protein binds: three laws as tables of numbers for the kernel. Amounts in mol/m3 of solid (the beads' skeleton).

    Langmuir               dq/dt = ka cp (qmax - q) - kd q
    affinity titration     dq/dt = ka fG cp (qmax fA - q) - kd q,   fX = 1/(1 + 10^(etaX (pKaX - pH)))
    steric mass action     dq_i/dt = ka_i cp_i s^nu_i - kd_i q_i cp_0^nu_i,   s = Lambda - sum (nu_j + sigma_j) q_j

Sources: Langmuir 1918; Zhang et al. 2025 (affinity-complex titration); Brooks & Cramer 1992, AIChE J 38, 1969-1978.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from resilience.twins.chromatography import kernel
from resilience.twins.chromatography.kernel import Floats


@dataclass(frozen=True)
class Langmuir:
    """One protein; ka m3/(mol s), kd 1/s, capacity mol/m3 of solid."""

    ka: float
    kd: float
    capacity: float
    kind: ClassVar[int] = kernel.LANGMUIR
    components: ClassVar[int] = 1

    def table(self) -> Floats:
        """The kernel's numbers."""
        table = np.zeros((kernel.BINDING_ROWS, 1))
        table[[kernel.KA, kernel.KD, kernel.CAPACITY], 0] = self.ka, self.kd, self.capacity
        return table

    @property
    def full(self) -> float:
        """The most that can be bound, mol/m3 of solid."""
        return self.capacity


@dataclass(frozen=True)
class Titration:
    """One protein on an affinity ligand that lets go at low pH; ka m3/(mol s), kd 1/s, capacity mol/m3 of solid."""

    ka: float
    kd: float
    capacity: float
    pka_a: float
    pka_g: float
    eta_a: float
    eta_g: float
    alkali: tuple[float, float] | None = None
    """pKa and Hill number of the release by alkali; without it protein would stay bound in sodium hydroxide."""
    kind: ClassVar[int] = kernel.TITRATION
    components: ClassVar[int] = 1

    def table(self) -> Floats:
        """The kernel's numbers."""
        table = np.zeros((kernel.BINDING_ROWS, 1))
        table[[kernel.KA, kernel.KD, kernel.CAPACITY], 0] = self.ka, self.kd, self.capacity
        table[[kernel.PKA_A, kernel.PKA_G, kernel.ETA_A, kernel.ETA_G], 0] = (
            self.pka_a, self.pka_g, self.eta_a, self.eta_g,
        )  # fmt: skip
        if self.alkali is not None:
            table[[kernel.PKA_ALKALI, kernel.ETA_ALKALI], 0] = self.alkali
        return table

    @property
    def full(self) -> float:
        """The most that can be bound, mol/m3 of solid."""
        return self.capacity


@dataclass(frozen=True)
class Steric:
    """Salt and proteins on an ion exchanger. A number for each protein; capacity: charges, mol/m3 of solid.

    ka, kd in 1/s with concentrations and sites taken in mol/m3 (reference concentrations of 1).
    """

    ka: tuple[float, ...]
    kd: tuple[float, ...]
    charge: tuple[float, ...]
    shielding: tuple[float, ...]
    capacity: float
    kind: ClassVar[int] = kernel.STERIC

    @property
    def components(self) -> int:
        """Salt and the proteins."""
        return 1 + len(self.ka)

    def table(self) -> Floats:
        """The kernel's numbers."""
        table = np.zeros((kernel.BINDING_ROWS, self.components))
        for row, values in (
            (kernel.KA, self.ka),
            (kernel.KD, self.kd),
            (kernel.CHARGE, self.charge),
            (kernel.SHIELDING, self.shielding),
        ):
            table[row, 1:] = values
        table[kernel.CAPACITY, 0] = self.capacity
        return table

    @property
    def full(self) -> float:
        """The most that can be bound of the smallest protein, mol/m3 of solid."""
        return self.capacity / min(
            charge + shielding for charge, shielding in zip(self.charge, self.shielding, strict=True)
        )


Binding = Langmuir | Titration | Steric
