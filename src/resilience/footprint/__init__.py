"""Waste, carbon and money of sessions against the physical runs they may have replaced: the honest account.

`account(sessions, profiles)` computes it; docs/how/footprint.md explains it. Pure: no clock, no store, no network.
"""

from resilience.footprint.accounting import account, gross_avoidable
from resilience.footprint.errors import FootprintError
from resilience.footprint.figures import Contribution, Driver, Figure, Figures, Tier
from resilience.footprint.measures import Measure
from resilience.footprint.results import Account, Fact, Method
from resilience.footprint.sessions import Device, Purpose, Session, TravelMode, Trip
from resilience.footprint.sites import (
    BeforeAfter,
    Behaviour,
    Garments,
    LineRecord,
    SiteFigure,
    SiteLine,
    SiteProfile,
)
from resilience.footprint.texts import label
from resilience.footprint.wording import Wording, objections, rounded

__all__ = [
    "Account",
    "BeforeAfter",
    "Behaviour",
    "Contribution",
    "Device",
    "Driver",
    "Fact",
    "Figure",
    "Figures",
    "FootprintError",
    "Garments",
    "LineRecord",
    "Measure",
    "Method",
    "Purpose",
    "Session",
    "SiteFigure",
    "SiteLine",
    "SiteProfile",
    "Tier",
    "TravelMode",
    "Trip",
    "Wording",
    "account",
    "gross_avoidable",
    "label",
    "objections",
    "rounded",
]
