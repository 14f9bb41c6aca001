"""An invented programme of 18 months and five partners, planned in files and entered quarter by quarter."""

from resilience.programme.demonstration.entering import Demonstration
from resilience.programme.demonstration.plan import Plan, plan

__all__ = ["Demonstration", "Plan", "plan"]
