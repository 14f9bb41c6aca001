"""An account: figures, what they were computed from, and the words for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from resilience.footprint import wording
from resilience.footprint.figures import Figures, Tier


@dataclass(frozen=True)
class Fact:
    """A figure the account rests on, with what a reader needs to check it; `distribution` by stats_arrays' names."""

    id: str
    value: float
    low: float
    high: float
    unit: str
    grade: str
    source: str
    year: int | None
    workbook_sha256: str
    workbook_row: str
    distribution: Mapping[str, Any]


@dataclass(frozen=True)
class Method:
    """How it was computed; the same sessions, profiles, factors, draws and seed give the same account."""

    equation: str
    draws: int
    seed: int
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Account:
    """The net of a set of sessions.

    `by_purpose` and `by_module` add up to `figures` draw by draw, but for headsets bought for the training alone,
    which belong to none. `notes` counts what a reader should know, by name (see docs/how/footprint.md).
    `missing_records` names lines (site:run/line) that keep the account below tier 2.
    """

    sessions: int
    credited_sessions: int
    figures: Figures
    by_purpose: Mapping[str, Figures]
    by_module: Mapping[str, Figures]
    tier: Tier
    missing_records: tuple[str, ...]
    notes: Mapping[str, int]
    method: Method

    def wording(self, language: str = "en") -> wording.Wording:
        """Sentences for people in `en` or `cy`, rounded to two significant figures. Raises FootprintError."""
        return wording.of(self.figures, self.tier, self.notes, self.sessions, language)

    def as_json(self) -> dict[str, Any]:
        """Everything in plain types, unrounded; figures that do not exist are null."""
        plain: dict[str, Any] = _plain(asdict(self))
        plain["tier"] = self.tier.name
        return plain


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, float):
        # Not a number marks a field that a distribution lacks; JSON has no word for it but null.
        return value if value == value else None
    return value
