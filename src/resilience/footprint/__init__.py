"""Waste, carbon and money of sessions against the physical runs they may have replaced: the honest account.

`account(sessions, profiles)` computes it; docs/how/footprint.md explains it. Pure: no clock, no store, no network.
"""

from resilience.footprint.accounting import account, gross_avoidable
from resilience.footprint.editions import Change, Proposal, adopt, propose
from resilience.footprint.errors import FootprintError
from resilience.footprint.factors import Factor, Factors
from resilience.footprint.factors import built_in as built_in_factors
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
from resilience.footprint.wording import Wording, is_claim, objections, rounded

__all__ = [
    "Account",
    "BeforeAfter",
    "Behaviour",
    "Change",
    "Contribution",
    "Device",
    "Driver",
    "Fact",
    "Factor",
    "Factors",
    "Figure",
    "Figures",
    "FootprintError",
    "Garments",
    "LineRecord",
    "Measure",
    "Method",
    "Proposal",
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
    "adopt",
    "built_in_factors",
    "gross_avoidable",
    "is_claim",
    "label",
    "objections",
    "propose",
    "rounded",
]
