"""From draws to figures: median, 5-95 %, chance of a positive net, what it is made of, what it hangs on."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from resilience.footprint.figures import Contribution, Driver, Figure, Figures
from resilience.footprint.measures import Measure
from resilience.footprint.uncertainty import Array

_LARGEST = 5
# Chance alone gives a stream about 1 / draws; below a hundredth it explains nothing worth reading.
_SMALLEST = 0.01


def figures(
    net: Array, parts: Mapping[str, Array] | None = None, streams: Mapping[str, Array] | None = None
) -> Figures:
    """Figures of a net of shape (3, draws); with its parts and the streams it was drawn from, the largest of each."""
    p5, median, p95 = np.percentile(net, [5, 50, 95], axis=1)
    positive = np.mean(net > 0, axis=1)
    contributors = _contributors(parts or {})
    drivers = _drivers(net, streams or {})
    return {
        measure: Figure(
            float(median[row]), float(p5[row]), float(p95[row]), float(positive[row]), contributors[row], drivers[row]
        )
        for row, measure in enumerate(Measure)
    }


def _contributors(parts: Mapping[str, Array]) -> list[tuple[Contribution, ...]]:
    """The parts with the largest medians, by size whatever their sign."""
    medians = {name: np.median(part, axis=1) for name, part in parts.items()}
    found = []
    for row in range(len(Measure)):
        ranked = sorted(medians, key=lambda name: (-abs(medians[name][row]), name))
        found.append(
            tuple(
                Contribution(name, float(medians[name][row])) for name in ranked[:_LARGEST] if medians[name][row] != 0
            )
        )
    return found


def _drivers(net: Array, streams: Mapping[str, Array]) -> list[tuple[Driver, ...]]:
    """The streams whose ranks go most with the ranks of the net (Spearman's coefficient, squared)."""
    if not streams:
        return [() for _ in Measure]
    names = sorted(streams)
    drawn = _standard_ranks(np.stack([streams[name] for name in names]))
    found: list[tuple[Driver, ...]] = []
    for row in range(len(Measure)):
        if np.ptp(net[row]) == 0:
            found.append(())
            continue
        shares = (drawn @ _standard_ranks(net[row : row + 1])[0] / net.shape[1]) ** 2
        largest = np.argsort(-shares, kind="stable")[:_LARGEST]
        found.append(
            tuple(Driver(names[index], float(shares[index])) for index in largest if shares[index] >= _SMALLEST)
        )
    return found


def _standard_ranks(values: Array) -> Array:
    """Ranks along the last axis with mean 0 and variance 1."""
    ranks = np.argsort(np.argsort(values, axis=1), axis=1).astype(np.float64)
    spread = np.sqrt((values.shape[1] ** 2 - 1) / 12)
    return np.asarray((ranks - (values.shape[1] - 1) / 2) / spread)
