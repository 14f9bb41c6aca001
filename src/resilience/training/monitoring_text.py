"""The readings of a batch's instruments in words: what was sampled where, what it read, and what the limit is."""

from __future__ import annotations

from typing import Any

from resilience.training.monitoring import SIZES, Reading
from resilience.training.words import Words


def shown(readings: tuple[Reading, ...], words: Words) -> list[dict[str, Any]]:
    """Each reading with its `name` (what, where) and its `text` (the reading, what was expected, the limit)."""
    return [{**reading, "name": _name(reading, words), "text": _text(reading, words)} for reading in readings]


def _name(reading: Reading, words: Words) -> str:
    return words.say("instrument", reading["instrument"], place=words.name(reading["place"]))


def _text(reading: Reading, words: Words) -> str:
    if reading["instrument"] == "counter":
        values = {size: words.number(reading[size]["highest"]) for size in SIZES}
        limits = {f"{size}_limit": words.number(reading[size]["limit"]) for size in SIZES}
        fields = {name: reading[name] for name in ("windows", "above", "grade")}
        return words.say("reading", "counter", **values, **limits, **fields)
    limit = reading["limit"]
    return words.say(
        "reading",
        "colonies",
        colonies=reading["colonies"],
        expected=words.number(reading["expected"], 2),
        grade=reading["grade"],
        limit=words.say("reading", "no_growth") if limit == 0 else words.number(limit),
    )
