"""Uncertain quantities and their draws.

A quantity is given by its median and the 2.5 and 97.5 % points of a lognormal distribution, so that
sigma = ln(high / low) / (2 x 1.96). Fields carry the names of stats_arrays (Chris Mutel), whose numbers for the
kinds of distribution are used: 1 none, 2 lognormal, 10 beta.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

NONE, LOGNORMAL, BETA = 1, 2, 10
# Standard normal deviates between the 2.5 and the 97.5 % point.
_SPAN = 3.92


@dataclass(frozen=True)
class Uncertain:
    """A quantity; `stream` names the draws it shares with every quantity of that name."""

    stream: str
    uncertainty_type: int
    loc: float
    scale: float = math.nan
    shape: float = math.nan
    minimum: float = math.nan
    maximum: float = math.nan

    @classmethod
    def lognormal(cls, stream: str, value: float, low: float, high: float) -> Uncertain:
        """Median and 95 % range; without a range, or at nought, the value itself."""
        if low == high or value == 0:
            return cls(stream, NONE, value)
        return cls(stream, LOGNORMAL, math.log(value), math.log(high / low) / _SPAN)

    @classmethod
    def beta(cls, stream: str, alpha: float, beta: float) -> Uncertain:
        """A share between 0 and 1 with mean alpha / (alpha + beta)."""
        return cls(stream, BETA, alpha, shape=beta, minimum=0.0, maximum=1.0)

    def as_stats_array(self) -> dict[str, Any]:
        """The fields of one row of a stats_arrays parameter array."""
        return {
            "uncertainty_type": self.uncertainty_type,
            "loc": self.loc,
            "scale": self.scale,
            "shape": self.shape,
            "minimum": self.minimum,
            "maximum": self.maximum,
        }


class Draws:
    """`n` joint draws. Each stream depends on the seed and its own name alone.

    So a factor is drawn alike wherever it enters, and two accounts with one seed can be compared draw by draw.
    """

    def __init__(self, n: int, seed: int) -> None:
        self.n, self.seed = n, seed
        self._deviates: dict[str, Array] = {}
        self._values: dict[Uncertain, Array | float] = {}

    def of(self, quantity: Uncertain) -> Array | float:
        """Shape (n,); a plain number where nothing is uncertain."""
        if quantity not in self._values:
            self._values[quantity] = self._draw(quantity)
        return self._values[quantity]

    @property
    def streams(self) -> dict[str, Array]:
        """What was drawn so far, by stream: any increasing function of the values."""
        return dict(self._deviates)

    def _draw(self, quantity: Uncertain) -> Array | float:
        if quantity.uncertainty_type == NONE:
            return quantity.loc
        if quantity.uncertainty_type == LOGNORMAL:
            if quantity.stream not in self._deviates:
                self._deviates[quantity.stream] = self._generator(quantity.stream).standard_normal(self.n)
            return np.exp(quantity.loc + quantity.scale * self._deviates[quantity.stream])
        share = self._generator(quantity.stream).beta(quantity.loc, quantity.shape, self.n)
        self._deviates[quantity.stream] = share
        return share

    def _generator(self, stream: str) -> np.random.Generator:
        name = hashlib.sha256(stream.encode()).digest()
        return np.random.default_rng([self.seed, *np.frombuffer(name, dtype=np.uint32).tolist()])
