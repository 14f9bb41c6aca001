"""The dose of a container by route."""

from __future__ import annotations

import numpy as np

from resilience.training.dose import by_route
from resilience.twins.risk import Contribution, Ledger


def test_contributions_of_a_route_are_summed_at_the_published_values() -> None:
    ledger = Ledger(2)
    ledger.add("vial-1", Contribution("air", "left glove above", 100, 2.5, np.array([0.2, 7.0])))
    ledger.add("vial-1", Contribution("surface", "hand:left/glove", 120, 0.0, np.array([0.5, 7.0])))
    ledger.add("vial-1", Contribution("air", "cabinet air", 90, 20.0, np.array([0.1, 7.0])))
    assert by_route(ledger, "vial-1") == {"air": 0.2 + 0.1, "surface": 0.5, "liquid": 0.0}


def test_a_container_that_nothing_came_into_has_none() -> None:
    assert by_route(Ledger(1), "vial-2") == {"air": 0.0, "surface": 0.0, "liquid": 0.0}
