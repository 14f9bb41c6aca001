"""Findings: what the assessment holds against a session, graded as GMP grades deviations."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from resilience.training.module_shapes import Severity

SEVERITIES: tuple[Severity, ...] = ("critical", "major", "minor")
_RANK = {severity: rank for rank, severity in enumerate(SEVERITIES)}

# What is at stake when a rule of this code is broken; the codes are those of the error table of the field.
RISKS: dict[str, str] = {
    "HYG": "sterility",
    "GWN": "sterility",
    "DOR": "sterility",
    "TRN": "sterility",
    "DIS": "sterility",
    "AIR": "sterility",
    "SPD": "sterility",
    "TCH": "sterility",
    "LAY": "sterility",
    "GLV": "sterility",
    "EXP": "sterility",
    "SEQ": "process",
    "LBL": "identity",
    "DOC": "data_integrity",
    "DEV": "oversight",
    "WST": "containment",
}


@dataclass(frozen=True)
class Finding:
    """One finding of one check about one item.

    `tick` is the first occurrence (1/20 s), `seconds` how long it lasted in all (0 for a moment), `evidence` the facts
    behind it: `item`, `count` of occurrences, the compact `events`, and what the kind of check measured.
    """

    check: str
    code: str
    severity: Severity
    tick: int
    seconds: float
    step: str | None
    source: str
    evidence: dict[str, Any] = field(default_factory=dict)
    consequence: dict[str, Any] = field(default_factory=dict)

    @property
    def item(self) -> str | None:
        """The item, hand or record field that the finding is about, where there is one."""
        item = self.evidence.get("item")
        return str(item) if item is not None else None

    def as_dict(self) -> dict[str, Any]:
        return {
            "check": self.check,
            "code": self.code,
            "severity": self.severity,
            "tick": self.tick,
            "seconds": self.seconds,
            "step": self.step,
            "source": self.source,
            "evidence": self.evidence,
            "consequence": self.consequence,
        }


def by_consequence(findings: list[Finding]) -> list[Finding]:
    """Order findings by severity, then by the organisms they let in, then by time, check and item.

    The order depends on nothing but the findings themselves, so that two replays list them alike.
    """
    return sorted(
        findings,
        key=lambda f: (
            _RANK[f.severity],
            -float(f.consequence.get("expected_cfu", 0.0)),
            f.tick,
            f.check,
            f.item or "",
        ),
    )
