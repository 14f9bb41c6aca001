"""Keyed draws: chance that is looked up by what it is for, never drawn in turn.

A draw is named by the seed and by words (`named(seed, "touch", "glove", "needle", 3)`), so that one more draw for one
purpose shifts no other, and a run is the same whatever the order of what has nothing to do with each other. The bits
are those of SHAKE-128 (FIPS 202) of the name: the same on every machine and in every version.
"""

from __future__ import annotations

import hashlib
import math
from functools import cache
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LEVELS: Final = 4096
_LEVEL_BITS: Final = 12
_UNIT: Final = 2.0**-53
_SMALL_MEAN: Final = 10.0
"""Below this a Poisson draw adds up probabilities; above it rejection is quicker and as exact."""
_TURNS: Final = 16


def named(seed: int, *words: object) -> bytes:
    """The name of a draw; words are told apart by their place, so ("ab", "c") is not ("a", "bc")."""
    return "\x1f".join([str(seed), *map(str, words)]).encode()


def uniforms(name: bytes, count: int) -> Floats:
    """(count,) numbers from 0 up to 1; more of them begin as fewer do."""
    bits = np.frombuffer(hashlib.shake_128(name).digest(8 * count), dtype="<u8")
    return np.asarray((bits >> np.uint64(11)) * _UNIT, dtype=np.float64)


def levels(name: bytes, count: int) -> NDArray[np.uint16]:
    """(count,) places in a table of 4,096, each as likely: the quickest draw there is."""
    bits = np.frombuffer(hashlib.shake_128(name).digest(2 * count), dtype="<u2")
    return bits >> np.uint16(16 - _LEVEL_BITS)


@cache
def quantiles() -> Floats:
    """(4096,) the standard normal in equal steps of probability: a draw is a look-up."""
    normal = NormalDist()
    table = np.array([normal.inv_cdf((level + 0.5) / LEVELS) for level in range(LEVELS)])
    table.setflags(write=False)
    return table


def normals(name: bytes, count: int) -> Floats:
    """(count,) standard normal draws, one from each of `count` equally likely strata, in random order.

    A Latin hypercube (McKay, Beckman and Conover 1979): medians and intervals need far fewer draws than by chance.
    """
    chance = uniforms(name, 2 * count)
    strata = np.argsort(chance[:count], kind="stable")
    places = ((strata + chance[count:]) / count * LEVELS).astype(np.int64)
    return quantiles()[places]


def poisson(name: bytes, mean: float) -> int:
    """A Poisson draw: how many came where `mean` (at least 0, finite) are expected."""
    if mean <= 0.0:
        return 0
    if mean < _SMALL_MEAN:
        return _added_up(float(uniforms(name, 1)[0]), mean)
    return _rejected(name, mean)


def _added_up(uniform: float, mean: float) -> int:
    probability = cumulative = math.exp(-mean)
    count = 0
    while uniform >= cumulative and probability > 0.0:
        count += 1
        probability *= mean / count
        cumulative += probability
    return count


def _rejected(name: bytes, mean: float) -> int:
    """Transformed rejection, PTRS of Hormann 1993 (Insurance: Mathematics and Economics 12, 39-45)."""
    log_mean, b = math.log(mean), 0.931 + 2.53 * math.sqrt(mean)
    a = -0.059 + 0.02483 * b
    inverse_alpha = 1.1239 + 1.1328 / (b - 3.4)
    sure = 0.9277 - 3.6224 / (b - 2.0)
    turns = 0
    chance: list[float] = []
    while True:
        if 2 * turns == len(chance):
            chance = uniforms(name, len(chance) + 2 * _TURNS).tolist()
        u, v = chance[2 * turns] - 0.5, chance[2 * turns + 1]
        turns += 1
        us = 0.5 - abs(u)
        if us <= 0.0:
            continue
        count = math.floor((2.0 * a / us + b) * u + mean + 0.43)
        if us >= 0.07 and v <= sure:
            return count
        if count < 0 or (us < 0.013 and v > us):
            continue
        height = math.log(v * inverse_alpha / (a / (us * us) + b)) if v > 0.0 else -math.inf
        if height <= count * log_mean - mean - math.lgamma(count + 1.0):
            return count
