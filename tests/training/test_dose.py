"""The ledger of what came into each container."""

from __future__ import annotations

from resilience.training.dose import Ledger


def test_contributions_add_up_by_route_and_keep_their_cause() -> None:
    ledger = Ledger()
    ledger.add("vial-1", "air", "left hand", 100, 2.5, 0.2)
    ledger.add("vial-1", "surface", "hand:left", 120, 0.0, 0.5)
    ledger.add("vial-1", "air", "cabinet air", 90, 20.0, 0.1)
    assert ledger.by_route("vial-1") == {"air": 0.2 + 0.1, "surface": 0.5, "liquid": 0.0}
    assert ledger.expected("vial-1") == 0.2 + 0.5 + 0.1
    largest = max(ledger.of["vial-1"], key=lambda contribution: contribution.cfu)
    assert (largest.what, largest.tick) == ("hand:left", 120)


def test_nothing_came_into_what_is_not_in_it() -> None:
    ledger = Ledger()
    ledger.add("vial-1", "air", "left hand", 100, 2.5, 0.0)
    assert ledger.of == {}
    assert ledger.expected("vial-2") == 0
