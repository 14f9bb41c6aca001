"""What brought organisms into a container, in words: whose doing, by which way, from where, for how long, and when.

A cause is a name of the models: `left sleeve above` (what shed, and where it was), `hand:left/glove` or `bottle/septum`
(a face), `syringe` (a vessel), `cabinet air`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from resilience.training.canonical import significant
from resilience.training.exposure import PLACES
from resilience.training.words import Words, clock_text
from resilience.twins.risk import Ledger

_DIGITS = 3
Entry = dict[str, Any]


@dataclass(frozen=True)
class Cause:
    """A cause taken apart: the id of the thing, hand or air, its part, the hand, and its place to the opening."""

    id: str
    part: str | None = None
    hand: str | None = None
    place: str | None = None

    @classmethod
    def read(cls, name: str) -> Cause:
        """From the models' name."""
        words = name.split(" ")
        if len(words) == 3 and words[2] in PLACES:
            return cls(f"hand:{words[0]}", words[1], words[0], words[2])
        owner, _, part = name.partition("/")
        return cls(owner, part or None, owner[5:] if owner.startswith("hand:") else None)

    def name(self, words: Words) -> str:
        """What a person calls it: `the left sleeve`, `bottle (septum)`."""
        if self.part == "skin":
            return words.name("skin")
        if self.hand is not None:
            return words.name(f"{self.hand} {self.part or 'glove'}")
        name = words.name(self.id)
        return f"{name} ({words.say('part', self.part)})" if self.part and words.has("part", self.part) else name


def contributors(ledger: Ledger, container: str, unit: str, words: Words, most: int) -> list[Entry]:
    """What brought most into a container, largest first; docs/how/live-session.md has the shape."""
    return [_shown(entry, unit, words) for entry in ledger.contributors(container, most) if entry["organisms"] > 0.0]


def _shown(entry: Entry, unit: str, words: Words) -> Entry:
    cause = Cause.read(entry["cause"])
    share = entry["share"]
    before = [
        {"what": Cause.read(step["cause"]).name(words), "tick": step["tick"], "at": clock_text(step["tick"])}
        for step in entry["before"]
    ]
    return {
        "what": cause.name(words),
        "id": cause.id,
        "route": entry["route"],
        "part": cause.part,
        "hand": cause.hand,
        "place": cause.place,
        "share": significant(share["central"], _DIGITS),
        "low": significant(share["low"], _DIGITS),
        "high": significant(share["high"], _DIGITS),
        "tick": entry["tick"],
        "at": clock_text(entry["tick"]),
        "seconds": significant(entry["total_seconds"], _DIGITS),
        "longest_s": significant(entry["seconds"], _DIGITS),
        "times": entry["times"],
        "before": before,
        "sentence": _sentence(entry, cause, before, unit, words),
    }


def _sentence(entry: Entry, cause: Cause, before: list[Entry], unit: str, words: Words) -> str:
    key = cause.place or entry["route"]
    said = words.say(
        "sentence",
        key,
        share=_percent(entry["share"]["central"], words),
        unit=unit,
        what=cause.name(words),
        seconds=words.number(entry["seconds"], 2),
        at=clock_text(entry["tick"]),
    )
    return said + words.say("sentence", "before", **before[0]) if before else said


def _percent(share: float, words: Words) -> str:
    return words.number(100 * share, 2) if share >= 0.0095 else words.say("sentence", "few")
