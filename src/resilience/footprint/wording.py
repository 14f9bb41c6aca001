"""How a net may be put into words, and how it may not.

Only records of a site (tier 2 and up) let a figure be called saved, and only where its sign is not in doubt. A net
that was spent is said as plainly as one that was avoided.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from resilience.footprint.figures import Figure, Figures, Tier
from resilience.footprint.measures import Measure
from resilience.footprint.texts import check_language, say

# The sign is called certain where the 5-95 % range lies on one side of nought.
_MINUS = "−"


@dataclass(frozen=True)
class Wording:
    """Headlines by measure, and what has to stand beside them."""

    headlines: Mapping[Measure, str]
    caveats: tuple[str, ...]


def of(figures: Figures, tier: Tier, notes: Mapping[str, int], sessions: int, language: str) -> Wording:
    """Sentences in `en` or `cy`. Raises FootprintError for another language."""
    check_language(language)
    caveats = [say(f"tier.{tier.name}", language)]
    if tier < Tier.T3:
        caveats.append(say("caveat.displacement", language))
    caveats += [say(f"note.{name}", language, n=f"{count:,}") for name, count in sorted(notes.items())]
    caveats += [say("caveat.left_out", language), say("caveat.not_against_a_footprint", language)]
    if not sessions:
        return Wording({measure: say("says.nothing", language) for measure in Measure}, tuple(caveats))
    return Wording(
        {measure: headline(measure, figures[measure], tier, language) for measure in Measure}, tuple(caveats)
    )


def headline(measure: Measure, figure: Figure, tier: Tier, language: str) -> str:
    """One measure in one sentence."""
    sign = 1
    if figure.p5 > 0:
        form = "saved" if tier >= Tier.T2 else "could_avoid"
    elif figure.p95 < 0:
        form, sign = "added", -1
    else:
        form = "unsure"
    low, high = sorted((sign * figure.p5, sign * figure.p95))
    return say(
        f"says.{form}",
        language,
        quantity=say(f"quantity.{measure.value}", language, n=rounded(sign * figure.median)),
        low=rounded(low),
        high=rounded(high),
        percent=f"{100 * figure.probability_positive:.0f}",
    )


def rounded(value: float) -> str:
    """Two significant figures, more than which the ranges do not allow: 0.30, 7.3, 110, 1,200."""
    if value == 0:
        return "0"
    size = float(f"{abs(value):.1e}")
    decimals = max(0, 1 - math.floor(math.log10(size)))
    return f"{_MINUS if value < 0 else ''}{size:,.{decimals}f}"


# Words by what is wrong with them, English and Welsh.
_REFUSED = (
    ("offset", r"\boff-?set\w*"),
    ("offset", r"\bg?wrthbwys\w*"),
    ("neutral", r"\b(?:carbon|climate)[- ]neutral\w*|\bnet[- ]?zero\b"),
    ("neutral", r"\bcarbon[- ]niwtral\w*|\bniwtral o ran carbon\b|\bsero net\b"),
    ("never", r"\b(?:ventilation|air[- ]handling|hvac|lost batch\w*|capital equipment)\b"),
    ("never", r"\b(?:awyru|offer cyfalaf|swp a gollwyd|sypiau a gollwyd)\b"),
    ("misquote", r"\b25 ?(?:%|per ?cent)[^.]*\bsupply chain\b"),
    ("misquote", r"\b25 ?%[^.]*\bgadwyn gyflenwi\b"),
)
_SAVED = r"\bsav(?:e|es|ed|ing|ings)\b|\b(?:h?arbed|arbedwyd|arbedion|arbediad)\w*"

# What an account is about. A sentence without any of it claims nothing that an account could carry.
_SUBJECT = (
    r"\b(?:carbon|co2\w*|emissions?|climate|greenhouse|footprint|waste|plastics?|net[- ]?zero|environment\w*"
    r"|gbp|pounds?|money|costs?|spend\w*)\b|[£₂]|\d ?(?:kg|t|tonnes?|tunnell)\b"
    r"|\b(?:[gn]h?arbon|allyriad\w*|hinsawdd|tŷ gwydr|ôl troed|[gn]?g?wastraff|phlastig|[pb]lastig|sero net"
    r"|amgylchedd\w*|bunn?oedd|punnoedd|arian|[cg]h?ost\w*)\b"
)


def is_claim(text: str) -> bool:
    """Whether a text speaks of waste, carbon or money, and so has to be carried by an account."""
    return re.search(_SUBJECT, text, re.IGNORECASE) is not None


def objections(text: str, tier: Tier, language: str = "en") -> list[str]:
    """What stands against publishing a text about an account of this tier; empty where nothing does."""
    rules = [*_REFUSED, *([("saved", _SAVED)] if tier < Tier.T2 else [])]
    return [
        say(f"objection.{name}", language, found=match.group())
        for name, pattern in rules
        for match in re.finditer(pattern, text, re.IGNORECASE)
    ]
