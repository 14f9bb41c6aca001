"""Checks: assessment rules as data, judged over the events of a session.

A check of a module names a kind; a kind is a small class that watches some kinds of event and observes what breaks the
rule. `Assessor` runs all checks of one session and turns what they observe into findings.
"""

from resilience.training.checks.base import CheckContext, CheckKind, Ending, Observation, RecordedField
from resilience.training.checks.engine import Assessor
from resilience.training.checks.registry import Problem, check_kinds, validate_check

__all__ = [
    "Assessor",
    "CheckContext",
    "CheckKind",
    "Ending",
    "Observation",
    "Problem",
    "RecordedField",
    "check_kinds",
    "validate_check",
]
