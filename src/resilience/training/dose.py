"""The dose: organisms expected to have come into each container, by route."""

from __future__ import annotations

from resilience.twins.risk import ROUTES, Ledger, Route

__all__ = ["ROUTES", "Ledger", "Route", "by_route"]


def by_route(ledger: Ledger, item: str) -> dict[Route, float]:
    """Expected organisms in one container, by route, at the published values of the model."""
    if item not in ledger.of:
        return dict.fromkeys(ROUTES, 0.0)
    return {route: float(ledger.expected(item, route)[0]) for route in ROUTES}
