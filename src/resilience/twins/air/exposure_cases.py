"""Case files about open sites in the cabinet: hands, sites, and what settles on them while all stays where it is."""

from __future__ import annotations

from typing import Any

import numpy as np

from resilience.twins.air import poses
from resilience.twins.air.exposure import Exposure, Site, Vector
from resilience.twins.air.field import read
from resilience.twins.air.numbers import ACTIVITIES, CLOTHING, numbers
from resilience.twins.air.obstacles import prepare
from resilience.twins.inputs import Inputs


def answer(given: Inputs) -> dict[str, Any]:
    """Expected organisms on each site after some seconds, by contributor.

    sites: name, at, radius_m, up; hands: name, palm, elbow, clothing, activity; room_per_m3; protects; seconds.
    """
    exposure = Exposure()
    exposure.set_air(given.number("room_per_m3", 0.0, low=0.0), given.flag("protects", True))
    sites = [_site(entry) for entry in given.each("sites")]
    exposure.set_sites(sites)
    for entry in given.each("hands"):
        _hand(exposure, entry)
    exposure.do_step(given.number("seconds", 1.0, low=0.0))
    errors = np.sqrt((exposure.errors() ** 2).sum(axis=1)) * exposure.seconds
    return {
        "sites": {
            site.name: {
                "expected": sum(exposure.dose(site.name).values()),
                "standard_error": float(error),
                "by": exposure.dose(site.name),
            }
            for site, error in zip(sites, errors, strict=True)
        }
    }


def _vector(entry: Inputs, key: str, default: list[float] | None = None) -> Vector:
    x, y, z = entry.numbers(key, default, length=3)
    return x, y, z


def _site(entry: Inputs) -> Site:
    site = Site(
        entry.text("name"),
        _vector(entry, "at"),
        entry.number("radius_m", low=1e-4, high=0.5),
        _vector(entry, "up", [0.0, 1.0, 0.0]),
    )
    entry.done()
    return site


def _hand(exposure: Exposure, entry: Inputs) -> None:
    name, palm, elbow = entry.text("name"), _vector(entry, "palm"), _vector(entry, "elbow")
    clothing = entry.text("clothing", "gowned", choices=CLOTHING)
    activity = entry.text("activity", "hands", choices=ACTIVITIES)
    entry.done()
    given = numbers()
    # An obstacle outside the cabinet is refused by name.
    prepare(poses.bodies(name, palm, elbow), read(), given)
    emission = given.emission(clothing, activity)[0]
    exposure.set_hand(name, palm, elbow, emission * given.shed_glove, emission * given.shed_sleeve)
