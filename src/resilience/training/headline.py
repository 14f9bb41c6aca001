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
        lost = words.say("headline", "lost", title=words.text(f"check.{worst.check}.title"))
        # Luck comes last: a reader who stops after the first sentence must not be left reassured.
        return f"{lost} {first} {words.say('headline', 'luck')}" if clear else f"{first} {lost}"
    units = outcome.process["units"]
    missing = units - outcome.process["finished"] - outcome.process["discarded"]
    if missing > 0:
        fields = {
            "missing": words.count(missing),
            "all": words.count(units),
            "units": words.say("units", _kind(outcome)),
        }
        return f"{first} {words.say('headline', 'unfinished', **fields)}"
    return first


def _growth(outcome: Outcome, kept: int, words: Words) -> tuple[str, bool]:
    """What would have grown, and whether that is most probably nothing."""
    chances = [-math.expm1(-expected) for expected, _ in outcome.dose.items.values()] if outcome.dose else []
    grown = sum(chance > _PROBABLY for chance in chances)
    any_grown = -math.expm1(-outcome.dose.expected_cfu) if outcome.dose else 0.0
    if any_grown > _PROBABLY:
        key = "grown" if grown else "one_grown"
    else:
        key = "chance" if any_grown >= _WORTH_SAYING else "clear"
    if kept == 1:
        key = f"single_{key.removeprefix('one_')}"
    said = words.say(
        "headline",
        key,
        count=words.count(grown),
        of=words.count(kept),
        n=round(1 / any_grown) if any_grown > 0 else 0,
        units=words.say("unit" if kept == 1 else "units", _kind(outcome)),
    )
    return said[0].upper() + said[1:], any_grown < _WORTH_SAYING


def _kind(outcome: Outcome) -> str:
    return str(outcome.process["unit_kind"]) if outcome.process else "other"
