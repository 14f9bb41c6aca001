"""The outcome of a session: a profile, never one number.

A critical finding closes the gate; beside it stand a checklist, the records, the dose and the process. Time is reported
and never rewarded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from resilience.training.canonical import digest, significant
from resilience.training.dose import ROUTES, Route
from resilience.training.draws import drawn_colonies
from resilience.training.findings import Finding
from resilience.training.module_shapes import Standard

Verdict = Literal["competent", "not_yet_competent"]


@dataclass(frozen=True)
class Score:
    """Points reached and points there were."""

    score: float
    max: float

    @property
    def share(self) -> float:
        """Reached share, 0 to 1; 1 where there was nothing to reach."""
        return self.score / self.max if self.max > 0 else 1.0

    def as_dict(self) -> dict[str, Any]:
        return {"score": significant(self.score), "max": significant(self.max)}


@dataclass(frozen=True)
class Dose:
    """Organisms expected in the product that was kept, by route, and one seeded draw of the colonies they would grow.

    `items` holds (expected, drawn) for every unit.
    """

    by_route: Mapping[Route, float]
    items: Mapping[str, tuple[float, int]]

    @property
    def expected_cfu(self) -> float:
        return sum(self.by_route.values())

    @property
    def drawn_cfu(self) -> int:
        return sum(drawn for _, drawn in self.items.values())

    def as_dict(self) -> dict[str, Any]:
        return {
            "expected_cfu": significant(self.expected_cfu),
            "by_route": {route: significant(self.by_route[route]) for route in ROUTES},
            "drawn_cfu": self.drawn_cfu,
        }


@dataclass(frozen=True)
class Outcome:
    """What is recorded of a session; `as_dict` is the shape that is stored, sent and hashed."""

    module: str
    version: str
    seed: int
    mode: str
    verdict: Verdict
    findings: tuple[Finding, ...]
    checklist: Score
    records: Score
    dose: Dose | None
    process: dict[str, Any] | None
    environment: tuple[dict[str, Any], ...]
    seconds: float
    log_hash: str

    def as_dict(self) -> dict[str, Any]:
        return {
            "module": self.module,
            "version": self.version,
            "seed": self.seed,
            "mode": self.mode,
            "verdict": self.verdict,
            "findings": [finding.as_dict() for finding in self.findings],
            "checklist": self.checklist.as_dict(),
            "records": self.records.as_dict(),
            "dose": None if self.dose is None else self.dose.as_dict(),
            "process": self.process,
            "environment": list(self.environment),
            "seconds": self.seconds,
            "log_hash": self.log_hash,
        }

    @property
    def hash(self) -> str:
        """SHA-256 of the canonical outcome: what a log's last line and the record hold."""
        return digest(self.as_dict())


def verdict(standard: Standard, findings: tuple[Finding, ...], checklist: Score, records: Score) -> Verdict:
    """Judge by the module's pass standard: the critical gate, then the two minima."""
    gate_closed = standard.critical_gate and any(finding.severity == "critical" for finding in findings)
    reached = checklist.share >= standard.checklist_minimum and records.share >= standard.records_minimum
    return "competent" if reached and not gate_closed else "not_yet_competent"


def dose(module: str, seed: int, routes: Mapping[str, Mapping[Route, float]]) -> Dose:
    """The dose from the expected organisms of each unit by route."""
    items = {item: incubated(module, seed, item, by_route) for item, by_route in routes.items()}
    totals = {route: sum((by_route[route] for by_route in routes.values()), 0.0) for route in ROUTES}
    return Dose(totals, items)


def incubated(module: str, seed: int, item: str, by_route: Mapping[Route, float]) -> tuple[float, int]:
    """Organisms expected in one unit and the colonies drawn for it.

    The expected number is cut to six digits before the draw, so that a machine's last bit cannot change it.
    """
    expected = significant(sum(by_route[route] for route in ROUTES))
    return expected, drawn_colonies(module, seed, item, expected)
