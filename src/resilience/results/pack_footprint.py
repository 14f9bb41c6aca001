"""The footprint section of a pack: what recorded sessions saved or cost, in the words that its evidence allows."""

from __future__ import annotations

from datetime import date
from typing import Any

from resilience.footprint import Measure
from resilience.results import footprints
from resilience.results.footprints import Told

LANGUAGES = ("en", "cy")


def section(until: date) -> dict[str, Any] | None:
    """The account of all sessions up to a day as a pack keeps it; None where there are none.

    Raises FootprintError where sessions, profiles and factors do not go together.
    """
    found = footprints.tell(None, until)
    return told(found) if found.account.sessions else None


def told(found: Told) -> dict[str, Any]:
    """Figures, sentences in both languages, and what has to stand beside them; negative results like any others."""
    account = found.account
    wordings = {language: account.wording(language) for language in LANGUAGES}
    return {
        "sessions": account.sessions,
        "of_classes": found.of_classes,
        "credited_sessions": account.credited_sessions,
        "tier": account.tier.name,
        "data_hash": found.data_hash,
        "measures": [
            {
                "id": measure.value,
                "median": account.figures[measure].median,
                "p5": account.figures[measure].p5,
                "p95": account.figures[measure].p95,
                "positive": account.figures[measure].probability_positive,
            }
            for measure in Measure
        ],
        "headlines": {
            language: [wordings[language].headlines[measure] for measure in Measure] for language in LANGUAGES
        },
        "caveats": {language: list(wordings[language].caveats) for language in LANGUAGES},
    }
