"""The numbers of the touch twin, each as a central value and a sample of what it may be.

Column 0 of every array is the central run, at the published values. Columns 1 to K are members: each holds one draw of
every number, so that what is computed with them is a sample of what may be true.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

from resilience.twins import checks, draws, parameters
from resilience.twins.draws import Floats
from resilience.twins.errors import BadInput
from resilience.twins.parameters import Parameter

DATA: Final = Path(__file__).with_name("touch.yaml")
MEMBERS: Final = 64
_NORMAL_95: Final = 1.959963984540054
"""Standard deviations from the median to the end of a 95 % range."""


@cache
def numbers() -> dict[str, Parameter]:
    """Every parameter by its name."""
    return {parameter.name: parameter for parameter in parameters.read(DATA)}


def spread(parameter: Parameter, normal: Floats) -> Floats:
    """What a parameter is where a standard normal is `normal`: median its value, 95 % range its low and high.

    A share moves on the logit scale, any other number on the logarithmic one; each half of the range has a width of its
    own, so that the three published figures are met exactly, however lopsided they are.
    """
    low, value, high = parameter.low, parameter.value, parameter.high
    if low == high:
        return np.full(normal.shape, value)
    if low <= 0.0:
        raise BadInput(
            "a number that may be 0 cannot be spread", parameter.name, "Give a low above 0, or low equal to high."
        )
    share = parameter.unit == "1" and high < 1.0
    there = _logit if share else math.log
    middle = there(value)
    width = np.where(normal < 0.0, middle - there(low), there(high) - middle) / _NORMAL_95
    moved = np.exp(middle + width * normal)
    return moved / (1.0 + moved) if share else moved


def chosen(replaced: Mapping[str, float | Parameter]) -> dict[str, Parameter]:
    """The parameters with some replaced: by a number that is then known exactly, or by a parameter with its range."""
    found = dict(numbers())
    for name, new in replaced.items():
        if name not in found:
            raise BadInput(f"there is no parameter `{name}`", "parameters", f"Use one of {', '.join(found)}.")
        old = found[name]
        if not isinstance(new, Parameter):
            new = replace(old, value=new, low=new, high=new, source="given by the caller", grade="assumption")
        limit = checks.share if old.unit == "1" and old.high <= 1.0 else checks.from_zero
        for number in (new.low, new.value, new.high):
            limit(number, name, "a parameter that is")
        if not new.low <= new.value <= new.high:
            raise BadInput("the value lies outside its range", name, "Order low, value and high.")
        found[name] = new
    return found


class Ensemble:
    """Looks up the numbers of one run: arrays of shape (K + 1,), the central value first."""

    def __init__(self, seed: int, members: int, chosen: dict[str, Parameter]) -> None:
        self.seed, self.members, self.width = seed, members, members + 1
        self.chosen = chosen
        self._known: dict[str, Floats] = {}
        sterile = chosen["sterile"]
        self.common = chosen["common"].value
        sigma = math.log(sterile.high / sterile.low) / (2.0 * _NORMAL_95)
        level = sigma * math.sqrt(self.common) * self._normals("parameter", "sterile")
        self.sterile_level: Floats = sterile.value * np.exp(level)
        """(K + 1,) the median share between a glove and a sterile face."""
        self.sterile_table = _lognormal(sigma * math.sqrt(1.0 - self.common))
        """(4096,) by how much one touch differs from that median, in equal steps of probability."""

    def sterile_shares(self, *words: object) -> Floats:
        """(K + 1,) the share of one touch on a sterile face, named by `words`: the median in the central run."""
        drawn = np.empty(self.width)
        drawn[0] = 1.0
        levels = draws.levels(draws.named(self.seed, *words), self.members)
        self.sterile_table.take(levels, out=drawn[1:], mode="clip")
        drawn *= self.sterile_level
        return np.minimum(drawn, 1.0, out=drawn)

    def same_as(self, other: Ensemble) -> bool:
        """Whether a run of the one can go on with the other."""
        return (self.seed, self.members, self.chosen) == (other.seed, other.members, other.chosen)

    def number(self, name: str) -> Floats:
        """(K + 1,) one parameter: the same in the whole run."""
        found = self._known.get(name)
        if found is None:
            found = self._drawn(self._parameter(name), self._normals("parameter", name))
            self._known[name] = found
        return found

    def load(self, name: str, face: str) -> Floats:
        """(K + 1,) what lies on one face: partly common to all of the kind, partly the face's own."""
        common = math.sqrt(self.common) * self._normals("parameter", name)
        own = math.sqrt(1.0 - self.common) * self._normals("face", name, face)
        return self._drawn(self._parameter(name), common + own)

    def _drawn(self, parameter: Parameter, normal: Floats) -> Floats:
        drawn = spread(parameter, normal)
        # To the digit the published value, which a way there and back by logarithms need not be.
        drawn[0] = parameter.value
        drawn.setflags(write=False)
        return drawn

    def _parameter(self, name: str) -> Parameter:
        if name not in self.chosen:
            raise BadInput(f"there is no parameter `{name}`", "touch", f"Use one of {', '.join(self.chosen)}.")
        return self.chosen[name]

    def _normals(self, *words: str) -> Floats:
        """(K + 1,) standard normals, 0 for the central run."""
        normal = np.zeros(self.width)
        if self.members:
            normal[1:] = draws.normals(draws.named(self.seed, *words), self.members)
        return normal


@cache
def _lognormal(sigma: float) -> Floats:
    """(4096,) a lognormal of median 1 in equal steps of probability; one table serves all sessions."""
    table: Floats = np.exp(sigma * draws.quantiles())
    table.setflags(write=False)
    return table


def _logit(share: float) -> float:
    return math.log(share / (1.0 - share))
