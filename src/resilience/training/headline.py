"""The one sentence of the debrief that a person can repeat."""

from __future__ import annotations

import math

from resilience.training.outcome import Outcome
from resilience.training.words import Words

# A chance smaller than this is not worth a sentence of its own: one in twenty.
_WORTH_SAYING = 0.05
_PROBABLY = 0.5


def headline(outcome: Outcome, steps: tuple[int, int], words: Words) -> str:
    """Say what would have come of the session. `steps` are the steps done and all there were."""
    if outcome.process is None:
        done, of = steps
        return words.say("headline", "lesson_done" if done >= of else "lesson_open", done=done, of=of)
    kept = int(outcome.process["kept"])
    if kept == 0:
        return words.say("headline", "nothing")
    first, clear = _growth(outcome, kept, words)
    worst = next((finding for finding in outcome.findings if finding.severity == "critical"), None)
    if worst is not None:
        key = "but" if clear else "and"
        return f"{first} {words.say('headline', key, title=words.text(f'check.{worst.check}.title'))}"
    units = outcome.process["units"]
    missing = units - outcome.process["finished"] - outcome.process["discarded"]
    if missing > 0:
        fields = {"missing": words.count(missing), "all": words.count(units), "units": _units(outcome, words)}
        return f"{first} {words.say('headline', 'unfinished', **fields)}"
    return first


def _growth(outcome: Outcome, kept: int, words: Words) -> tuple[str, bool]:
    """What would have grown, and whether that is most probably nothing."""
    chances = [-math.expm1(-expected) for expected, _ in outcome.dose.items.values()] if outcome.dose else []
    grown = sum(chance > _PROBABLY for chance in chances)
    any_grown = -math.expm1(-outcome.dose.expected_cfu) if outcome.dose else 0.0
    fields = {"of": words.count(kept), "units": _units(outcome, words)}
    if grown:
        said = words.say("headline", "grown", count=words.count(grown), **fields)
    elif any_grown > _PROBABLY:
        said = words.say("headline", "one_grown", **fields)
    elif any_grown >= _WORTH_SAYING:
        said = words.say("headline", "chance", n=round(1 / any_grown), **fields)
    else:
        said = words.say("headline", "clear", **fields)
    return said[0].upper() + said[1:], any_grown < _WORTH_SAYING


def _units(outcome: Outcome, words: Words) -> str:
    kind = outcome.process["unit_kind"] if outcome.process else "other"
    return words.say("units", str(kind))
