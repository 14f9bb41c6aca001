"""The numbers of the column and of the skid, from their files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

from resilience.twins import parameters
from resilience.twins.chromatography.bindings import Titration
from resilience.twins.chromatography.column import Beads, Bed
from resilience.twins.errors import BadInput
from resilience.twins.parameters import Parameter

COLUMN_FILE: Final = Path(__file__).parent / "protein_a.yaml"
SKID_FILE: Final = Path(__file__).parent / "skid.yaml"
BUFFERS: Final = ("equilibrate", "wash", "elute", "clean", "store")
"""What can be pumped beside the feed."""


@dataclass(frozen=True)
class ColumnNumbers:
    """A column of affinity resin, in the units of its file."""

    length: float
    volume: float
    bed_porosity: float
    bead_porosity: float
    bead_radius: float
    dispersion: float
    film: float
    pore: float
    weight: float
    equilibrium: float
    capacity: float
    release: float
    pka_a: float
    pka_g: float
    eta_a: float
    eta_g: float
    alkali_pka: float
    alkali_eta: float
    alkali_loss: float

    @property
    def bed(self) -> Bed:
        """The bed in SI units."""
        return Bed(self.length, 1e-6 * self.volume / self.length, self.bed_porosity, self.dispersion)

    @property
    def beads(self) -> Beads:
        """The beads in SI units."""
        return Beads(1e-6 * self.bead_radius, self.bead_porosity, (self.film,), (self.pore,))

    def binding(self, share: float = 1.0) -> Titration:
        """The binding of a resin that has `share` of its capacity left. The published rate holds the share of solid."""
        solid = (1.0 - self.bed_porosity) * (1.0 - self.bead_porosity)
        return Titration(
            self.equilibrium * self.weight * solid * self.release,
            self.release,
            share * self.capacity / self.weight / solid,
            self.pka_a,
            self.pka_g,
            self.eta_a,
            self.eta_g,
            (self.alkali_pka, self.alkali_eta),
        )


@dataclass(frozen=True)
class SkidNumbers:
    """The skid, in the units of its file."""

    flow_most: float
    pressure_most: float
    kozeny: float
    viscosity: float
    intrinsic_viscosity: float
    crowding: float
    frit: float
    line: float
    air_kept: float
    air_most: float
    air_exchange: float
    air_release: float
    tubing: float
    path: float
    absorptivity: float
    feed_absorbance: float
    stray: float
    uv_noise: float
    uv_lag: float
    conductivity_lag: float
    ph_lag: float
    titre: float
    feed_ph: float
    feed_conductivity: float
    equilibrate_ph: float
    equilibrate_conductivity: float
    wash_ph: float
    wash_conductivity: float
    elute_ph: float
    elute_conductivity: float
    clean_ph: float
    clean_conductivity: float
    store_ph: float
    store_conductivity: float


@cache
def read(file: Path) -> tuple[Parameter, ...]:
    """The parameters of a file, read once."""
    return parameters.read(file)


def known() -> tuple[Parameter, ...]:
    """Every parameter of column and skid."""
    return (*read(COLUMN_FILE), *read(SKID_FILE))


def column(changes: Mapping[str, float] | None = None) -> ColumnNumbers:
    """The column at its central values, but for `changes`."""
    return parameters.fill(ColumnNumbers, _changed(COLUMN_FILE, changes or {}), COLUMN_FILE.name)


def skid(changes: Mapping[str, float] | None = None) -> SkidNumbers:
    """The skid at its central values, but for `changes`."""
    return parameters.fill(SkidNumbers, _changed(SKID_FILE, changes or {}), SKID_FILE.name)


def checked(changes: Mapping[str, float]) -> Mapping[str, float]:
    """Changes of parameters, or BadInput: unknown, or beyond their range."""
    every = {parameter.name: parameter for parameter in known()}
    for name, value in changes.items():
        if name not in every:
            raise BadInput(f"there is no parameter `{name}`", "parameters", f"Use one of {', '.join(every)}.")
        one = every[name]
        if not one.low <= value <= one.high:
            wrong = f"the value is {value:g} {one.unit}"
            raise BadInput(wrong, f"parameters.{name}", f"Give {one.low:g} to {one.high:g} {one.unit}.")
    return changes


def _changed(file: Path, changes: Mapping[str, float]) -> list[Parameter]:
    return [replace(each, value=changes.get(each.name, each.value)) for each in read(file)]
