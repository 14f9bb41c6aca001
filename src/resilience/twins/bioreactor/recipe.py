"""The golden run: what a practised operator does, planned from the first day to the harvest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from resilience.twins.bioreactor.reactor import Bioreactor

DAY: Final = 86_400.0
_ML: Final = 1000.0
_HOURS: Final = 24.0


def schedule(p: Any) -> Iterator[tuple[float, float]]:
    """Days, and the feed from then on in L/h, of a vessel's golden run."""
    start = p.start_share * p.working
    for day in range(int(p.feed_from), int(p.days)):
        daily = min(p.feed_first + p.feed_rise * (day - p.feed_from), p.feed_most)
        yield float(day), daily * start / _ML / _HOURS


def plan(vessel: Bioreactor, times: float = 1.0, harvest: bool = True) -> None:
    """Inoculate, connect, and plan the feed (`times` the golden one) and the harvest of a fresh vessel."""
    vessel.act("inoculate")
    vessel.act("connect", line="base")
    vessel.act("connect", line="feed")
    for day, flow in schedule(vessel.numbers):
        vessel.act("feed", at=day * DAY, flow=times * flow)
    if harvest:
        vessel.act("harvest", at=vessel.numbers.days * DAY)
