"""CHO fed-batch beside the reference model's own program: every maximum, its time, the final value, the trajectory.

Limits: 0.5 % of a value or 1e-6; the time of a maximum within one output interval. Trajectories are thinned and hold
rows at changes of the feed: their own times are asked for, and errors are a share of the column's largest value.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from resilience.twins.bioreactor import fed_batch
from resilience.twins.bioreactor.cases import course
from resilience.twins.inputs import Inputs
from tests.reference.comparison import Case, Limit, Row, by_rules, farthest

SHARE: Final = 0.005
FLOOR: Final = 1e-6


def compare(case: Case) -> Iterator[Row]:
    """A row for each output of a case, and one for each column of its trajectory."""
    interval = float(case.inputs.get("output_interval_h", 0.5))
    limits = {"*.t_max_h": Limit(SHARE, interval), "*": Limit(SHARE, FLOOR)}
    given = Inputs(case.inputs, "inputs")
    ours = course(given)
    given.done()
    yield from by_rules(fed_batch.summary(ours), case, limits)
    if case.trajectory is not None:
        yield from _trajectory(ours, case.trajectory)


def _trajectory(ours: fed_batch.Course, reference: dict[str, list[float]]) -> Iterator[Row]:
    columns = {"bioreactor.V": ours.volume, "bioreactor.culture.mu": ours.growth}
    columns |= {f"bioreactor.c[{i + 1}]": ours.concentrations[:, i] for i in range(len(fed_batch.AMOUNTS))}
    for name, values in reference.items():
        if name != "time_h":
            limit = Limit(absolute=max(SHARE * max(values), FLOOR))
            yield farthest(
                f"trajectory of {name}", np.interp(reference["time_h"], ours.times, columns[name]), values, limit
            )
