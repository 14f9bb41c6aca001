"""The language of an expert's plan: which verbs a line may use and what each one needs.

A line's first key is its verb and the key's value its main field: `{use: right, tool: syringe, target: bottle}`.
Besides the verbs of the log there are some for the virtual trainee alone: `wait` seconds, `wait_for` a state.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from resilience.plant.specs import kinds, load
from resilience.training.module_shapes import Line
from resilience.training.vocabulary import MEANINGS, REPORT_KINDS, REPORT_TO


class Verb(NamedTuple):
    """The field a verb's own value stands for, and the other fields it needs and may have."""

    main: str
    needs: frozenset[str]
    may: frozenset[str]


def _verb(main: str, needs: str = "", may: str = "") -> Verb:
    return Verb(main, frozenset(needs.split()), frozenset(may.split()))


VERBS: dict[str, Verb] = {
    "move": _verb("station"),
    "take": _verb("hand", "item", "grip"),
    "place": _verb("hand", "on", "at yaw"),
    "drop": _verb("hand", may="surface"),
    "touch": _verb("hand", "target", "part with"),
    "use": _verb("hand", "target tool", "part amount path"),
    "open": _verb("hand", "target part"),
    "close": _verb("hand", "target part"),
    "operate": _verb("target", "control", "value"),
    "don": _verb("garment", may="grip"),
    "doff": _verb("garment", may="grip"),
    "record": _verb("field", "value"),
    "correct": _verb("field", "value reason"),
    "sign": _verb("step", "meaning"),
    "report": _verb("to", "kind text"),
    "answer": _verb("question", "choice"),
    "hint": _verb("asked"),
    "pace": _verb("value"),
    "wait": _verb("seconds"),
    "wait_for": _verb("state", may="target item seconds"),
    "hover": _verb("hand", "over", "seconds height"),
}
# Millilitres, seconds, times the usual speed, radians: what a plan can mean.
_NUMBERS = {"amount": (0, 1000), "seconds": (0, 3600), "speed": (0.01, 100), "yaw": (-6.3, 6.3)}
_FARTHEST = 20  # metres from the middle of the room
_WORDS = {
    "hand": ("left", "right"),
    "path": ("back-to-front", "front-to-back", "few-strokes"),
    "to": REPORT_TO,
    "kind": REPORT_KINDS,
    "meaning": MEANINGS,
    "state": ("disinfected", "cabinet-run-in", "gloves-dry", "alarm-off"),
}
# Any line may say when it applies, and how many times as fast as usual its hand moves.
COMMON = frozenset({"when", "speed"})
# When a line applies: first repetition of its step; a pack is fit or not; the step's item is of a kind.
CONDITIONS = frozenset({"first", "good", "bad", "kind"})
# What may stand in braces, alone and with what it is about.
NAMES = frozenset({"item", "clock", "printed", "labels", "open", "torn", "fallen"})
NAMES_OF = frozenset({"good", "lot", "start", "home", "fact"})
NAMED = re.compile(r"\{([a-z]+)(?::([^{}]*))?\}")


def line_verb(line: Line) -> str:
    """The verb of a line that has been checked."""
    return next(iter(line))


def line_problem(line: Line) -> tuple[str, str] | None:
    """What is wrong with a line and what to do, or None."""
    verb = next(iter(line), None)
    if verb not in VERBS:
        return f"`{verb}` is no verb of a plan", f"Begin the line with one of: {', '.join(VERBS)}."
    known = VERBS[verb]
    for field in sorted(known.needs):
        if field not in line:
            return f"`{verb}` lacks `{field}`", "Add it to the line."
    for field, value in line.items():
        if field != verb and field not in known.needs | known.may | COMMON:
            offered = ", ".join(sorted(known.needs | known.may | COMMON))
            return f"`{verb}` has no `{field}`", f"Use one of: {offered}."
        wrong = _wrong_value(VERBS[verb].main if field == verb else field, value)
        if field == "value" and verb != "operate" and isinstance(value, bool):
            wrong = "a number or a word"  # only a switch is on or off
        if wrong:
            return f"`{value}` cannot stand for `{field}`", f"Write {wrong}."
        unknown = _unknown_name(value)
        if unknown:
            return f"`{{{unknown}}}` is not known in a plan", f"Use one of: {', '.join(sorted(NAMES | NAMES_OF))}."
    condition = str(line.get("when", "first")).partition(":")[0]
    if condition not in CONDITIONS:
        return f"`{condition}` is no condition", f"Use one of: {', '.join(sorted(CONDITIONS))}."
    return None


def _wrong_value(field: str, value: object) -> str | None:
    """What a field wants instead of a value it cannot have, or None."""
    if field == "value":
        return None if isinstance(value, int | float | str) else "a number or a word"
    if field == "part":
        return None if isinstance(value, str) and value in _parts() else f"one of {', '.join(sorted(_parts()))}"
    if field in _NUMBERS:
        low, high = _NUMBERS[field]
        return None if _is_number(value, low, high) else f"a number from {low} to {high}"
    if field == "at":
        if isinstance(value, str):
            return None if value.startswith(("{start:", "{home:")) else "[x, z], {start:item} or {home:item}"
        pair = (
            isinstance(value, list)
            and len(value) == 2
            and all(_is_number(number, -_FARTHEST, _FARTHEST) for number in value)
        )
        return None if pair else "[x, z] in metres"
    if field == "grip":
        return None if isinstance(value, str) and value in _grips() else f"one of {', '.join(sorted(_grips()))}"
    if field in _WORDS:
        return None if value in _WORDS[field] else f"one of {', '.join(_WORDS[field])}"
    return None if isinstance(value, str) else "a word"


@cache
def _grips() -> frozenset[str]:
    """Every part that anything of the plant can be held by, and how a glove is."""
    return frozenset({"cuff", "outside"}).union(*(load(kind).grips for kind in kinds()))


@cache
def _parts() -> frozenset[str]:
    return frozenset().union(*(load(kind).parts for kind in kinds()))


def _is_number(value: object, low: float, high: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high


def _unknown_name(value: object) -> str | None:
    """The first name in braces that nobody can fill in, if any."""
    if isinstance(value, str):
        for name, about in NAMED.findall(value.replace("{item}", "item")):
            if name not in (NAMES_OF if about else NAMES):
                return str(name)
    return None
