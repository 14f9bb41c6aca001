"""Keyed draws: chance that is looked up by what it is for, never drawn in turn.

A draw is named by the seed and by words (`key(seed, "touch", "glove", "needle", 3)`), so that one more draw for one
purpose shifts no other, and a run is the same whatever the order of what has nothing to do with each other. The
generator is SplitMix64 (Steele, Lea and Flood 2014), started at a hash of the words.
"""

from __future__ import annotations

import hashlib
import math
from functools import cache
from statistics import NormalDist

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
_30, _27, _31, _11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
_UNIT = 2.0**-53
_LEVELS = 4096
# Below this a Poisson draw adds up probabilities; above it rejection is quicker and as exact.
_SMALL_MEAN = 10.0


def key(seed: int, *words: object) -> int:
    """The 64-bit name of a draw; words are told apart by their place, so ("ab", "c") is not ("a", "bc")."""
    text = "\x1f".join([str(seed), *map(str, words)])
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


@njit(cache=True, inline="always")
def scrambled(start: np.uint64, index: int) -> np.uint64:
    """The 64 bits at a place of the stream that begins at `start`."""
    z = start + _GOLDEN * np.uint64(index + 1)
    z = (z ^ (z >> _30)) * _FIRST
    z = (z ^ (z >> _27)) * _SECOND
    return z ^ (z >> _31)


@njit(cache=True)
def _uniforms(start: np.uint64, out: Floats) -> None:
    for index in range(out.size):
        out[index] = float(scrambled(start, index) >> _11) * _UNIT


def uniforms(name: int, count: int) -> Floats:
    """`count` numbers from 0 up to 1 for a key."""
    out = np.empty(count)
    _uniforms(np.uint64(name), out)
    return out


@cache
def quantiles() -> Floats:
    """(4096,) the standard normal in equal steps of probability: a draw is a look-up, the same on every machine."""
    normal = NormalDist()
    table = np.array([normal.inv_cdf((level + 0.5) / _LEVELS) for level in range(_LEVELS)])
    table.setflags(write=False)
    return table


def normals(name: int, count: int) -> Floats:
    """(count,) standard normal draws for a key, one from each of `count` equally likely strata, in random order.

    A Latin hypercube (McKay, Beckman and Conover 1979): medians and intervals need far fewer draws than by chance.
    """
    chance = uniforms(name, 2 * count)
    strata = np.argsort(chance[:count], kind="stable")
    levels = ((strata + chance[count:]) / count * _LEVELS).astype(np.int64)
    return quantiles()[levels]


def poisson(name: int, mean: float) -> int:
    """A Poisson draw for a key: how many came where `mean` (at least 0, finite) are expected."""
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


def _rejected(name: int, mean: float) -> int:
    """Transformed rejection, PTRS of Hormann 1993 (Insurance: Mathematics and Economics 12, 39-45)."""
    log_mean, b = math.log(mean), 0.931 + 2.53 * math.sqrt(mean)
    a = -0.059 + 0.02483 * b
    inverse_alpha = 1.1239 + 1.1328 / (b - 3.4)
    sure = 0.9277 - 3.6224 / (b - 2.0)
    turn = 0
    while True:
        chance = uniforms(name + turn & 0xFFFFFFFFFFFFFFFF, 2)
        u, v = float(chance[0]) - 0.5, float(chance[1])
        us = 0.5 - abs(u)
        count = math.floor((2.0 * a / us + b) * u + mean + 0.43) if us > 0.0 else -1
        if us >= 0.07 and v <= sure:
            return count
        turn += 1
        if count < 0 or (us < 0.013 and v > us):
            continue
        height = math.log(v * inverse_alpha / (a / (us * us) + b)) if v > 0.0 else -math.inf
        if height <= count * log_mean - mean - math.lgamma(count + 1.0):
            return count
