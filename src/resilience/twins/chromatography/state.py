"""Everything of a skid and its column that changes, and the liquids that are pumped."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final, Self

import numpy as np

from resilience.twins.chromatography import kernel
from resilience.twins.chromatography.kernel import Floats
from resilience.twins.chromatography.numbers import BUFFERS, SkidNumbers
from resilience.twins.measure import Measurement

FEED: Final = "feed"
LINES: Final = (FEED, *BUFFERS)
"""Every inlet of the skid."""


@dataclass(frozen=True, slots=True)
class Liquid:
    """What is pumped: protein g/L, pH, conductivity mS/cm, and which share of it is feed."""

    protein: float
    ph: float
    conductivity: float
    feed: float = 0.0

    def inlet(self, weight: float) -> Floats:
        """(4,) as the column takes it: protein mol/m3, then the tracers pH, conductivity, feed. weight: kg/mol."""
        return np.array([self.protein / weight, self.ph, self.conductivity, self.feed])

    def towards(self, other: Self, share: float) -> Self:
        """A mixture that has gone so far towards another liquid."""
        return replace(
            self,
            protein=self.protein + share * (other.protein - self.protein),
            ph=self.ph + share * (other.ph - self.ph),
            conductivity=self.conductivity + share * (other.conductivity - self.conductivity),
            feed=self.feed + share * (other.feed - self.feed),
        )


@dataclass
class SkidState:
    """The run of a skid. Amounts in mg, volumes in mL, flows in mL/min."""

    column: kernel.State
    probes: dict[str, Measurement]
    liquids: dict[str, Liquid]
    now: Liquid
    """What goes into the column."""
    target: Liquid
    """What it goes over to, in a straight line over `ramp` mL."""
    ramp: float = 0.0
    primed: set[str] = field(default_factory=set)
    phase: str = "hold"
    flow: float = 0.0
    """As set; the skid slows the pump where the pressure would pass its limit."""
    flowing: float = 0.0
    throttled: bool = False
    capacity: float = 1.0
    """What is left of the resin's capacity."""
    alkaline: float = 0.0
    """s in alkali that the capacity has not yet answered for."""
    air: float = 0.0
    clogged: float = 1.0
    lamp: float = 1.0
    leak: float = 0.0
    collecting: bool = False
    cut: tuple[float, float] | None = None
    zero: float = 0.0
    """mAU that the detector takes for nothing."""
    pumped: float = 0.0
    leaked: float = 0.0
    pooled: float = 0.0
    pool: float = 0.0
    pool_feed: float = 0.0
    """mL of feed in the pool."""
    wasted: dict[str, float] = field(default_factory=dict)
    """What went to waste, by phase."""


def liquids(numbers: SkidNumbers) -> dict[str, Liquid]:
    """Feed and buffers as they should be."""
    made = {
        name: Liquid(0.0, getattr(numbers, f"{name}_ph"), getattr(numbers, f"{name}_conductivity")) for name in BUFFERS
    }
    return {FEED: Liquid(numbers.titre, numbers.feed_ph, numbers.feed_conductivity, 1.0), **made}


def cut_off(state: kernel.State, porosity: float, pores: float, before: float, after: float) -> None:
    """Let air cut off another share of the liquid between the beads: what changes sides keeps what it carries.

    porosity, pores: shares of the bed between the beads and in them; before, after: shares of the liquid cut off.
    """
    moved = abs(after - before)
    if after > before:
        state.s[:] = (before * state.s + moved * state.c) / after
        state.y[:] = (before * state.y + moved * state.x) / after
    elif before > after:
        state.c[:] = ((1.0 - before) * state.c + moved * state.s) / (1.0 - after)
        carrying = porosity * (1.0 - before) + pores
        state.x[:] = (carrying * state.x + porosity * moved * state.y) / (carrying + porosity * moved)
    if after == 0.0:
        state.s[:] = state.c
        state.y[:] = state.x


def lose_sites(state: kernel.State, phi: float, left: float) -> None:
    """Let only `left` (a share) of the sites be left: what was bound on the others goes into the pores' liquid."""
    state.cp[:] += phi * (1.0 - left) * state.q
    state.q[:] *= left
