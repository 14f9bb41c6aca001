"""Cycles that several tests run: a sucrose product frozen at -45 C, dried at a shelf and a pressure, then warmed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from resilience.twins.lyophiliser.twin import Lyophiliser

HOUR = 3600.0


def planned(
    shelf: float = -28.0,
    mtorr: float = 50.0,
    until: float = 46.0,
    upto: float = 60.0,
    breaks: Callable[[Lyophiliser], None] | None = None,
    seed: int = 1,
    parameters: Mapping[str, float] | None = None,
) -> Lyophiliser:
    """A dryer with a whole cycle on its agenda: vacuum at 3.5 h, the shelf up at 4 h, secondary drying at `until`."""
    dryer = Lyophiliser(seed, parameters=parameters)
    dryer.act("shelf", to=-45.0, rate=1.0)
    dryer.act("cool_condenser", at=3.0 * HOUR)
    dryer.act("pressure", at=3.4 * HOUR, to=mtorr)
    dryer.act("evacuate", at=3.5 * HOUR)
    dryer.act("shelf", at=4.0 * HOUR, to=shelf, rate=0.5)
    if breaks is not None:
        breaks(dryer)
    dryer.act("secondary", at=until * HOUR, to=25.0, rate=0.2)
    dryer.act("stopper", at=(upto - 1.0) * HOUR)
    dryer.act("vent", at=(upto - 0.9) * HOUR)
    return dryer


def kinds(dryer: Lyophiliser) -> list[str]:
    """What has happened, in order."""
    return [each.kind for each in dryer.happenings]


def when(dryer: Lyophiliser, kind: str, **about: str) -> float:
    """The hour at which something first happened."""
    return next(
        each.seconds / HOUR
        for each in dryer.happenings
        if each.kind == kind and all(each.about.get(key) == value for key, value in about.items())
    )
