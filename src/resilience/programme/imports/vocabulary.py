"""Words that stand in cells: statuses, scales, how heads are known. Data: words.yaml."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from resilience.programme.imports.headings import plain


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    # Every value stays a text: "no" is an answer here, not a falsehood.
    found: dict[str, Any] = yaml.load(
        (Path(__file__).parent / "words.yaml").read_text(encoding="utf-8"), yaml.BaseLoader
    )
    return found


def _by_word(told: dict[str, list[str]]) -> dict[str, str]:
    return {plain(word) or word: meaning for meaning, said in told.items() for word in said}


@lru_cache(maxsize=1)
def statuses() -> dict[str, str]:
    """Word -> present, ticket, absent, not_attending, refunded or cancelled."""
    return _by_word(_words()["status"])


@lru_cache(maxsize=1)
def head_kinds() -> dict[str, str]:
    """Word -> register, counted or estimate."""
    return _by_word(_words()["heads"])


def meaning(words: dict[str, str], text: str) -> str:
    """What a word means, "" where it is not known. A mark such as ✓ has no letters and is looked up as it is."""
    return words.get(plain(text) or text.strip(), "")


def is_anonymous(text: str) -> bool:
    # Asked of nearly every cell: a longer text need not be made plain to be none of these words.
    return len(text) < 16 and text.strip().casefold() in _plain_set("anonymous")


def is_total(text: str) -> bool:
    return len(text) < 24 and plain(text) in _plain_set("totals")


@lru_cache(maxsize=4)
def _plain_set(name: str) -> frozenset[str]:
    return frozenset(plain(word) for word in _words()[name])


@lru_cache(maxsize=1)
def scales() -> list[dict[str, int]]:
    """Each scale: answer -> 1 to 5."""
    return [{plain(word): place for place, word in enumerate(scale, start=1)} for scale in _words()["scales"]]


def asks_for_ten(question: str) -> bool:
    return any(f" {plain(word)} " in f" {plain(question)} " for word in _words()["ten"])


def asks_for_amount(question: str) -> bool:
    return any(f" {plain(word)} " in f" {plain(question)} " for word in _words()["amounts"])
