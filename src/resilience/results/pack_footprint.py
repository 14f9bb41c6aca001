"""The footprint section of a pack: what recorded sessions saved or cost, in the words that its evidence allows."""

from __future__ import annotations

from datetime import date
from typing import Any

from resilience.footprint import Account, Measure, label, rounded

LANGUAGES = ("en", "cy")


def told(account: Account) -> dict[str, Any]:
    """An account as a pack keeps it: figures, sentences in both languages, what has to stand beside them."""
    wordings = {language: account.wording(language) for language in LANGUAGES}
    return {
        "sessions": account.sessions,
        "credited_sessions": account.credited_sessions,
        "tier": account.tier.name,
        "measures": [measure_of(account, measure) for measure in Measure],
        "headlines": {
            language: [wordings[language].headlines[measure] for measure in Measure] for language in LANGUAGES
        },
        "caveats": {language: list(wordings[language].caveats) for language in LANGUAGES},
    }


def measure_of(account: Account, measure: Measure) -> dict[str, Any]:
    found = account.figures[measure]
    return {
        "id": measure.value,
        "label": {language: label(measure.value, language) for language in LANGUAGES},
        "median": found.median,
        "p5": found.p5,
        "p95": found.p95,
        "positive": found.probability_positive,
        "median_text": rounded(found.median),
        "range_text": f"{rounded(found.p5)} – {rounded(found.p95)}",
    }


def section(quarter: date) -> dict[str, Any] | None:
    return None
