"""The accelerator's lists of words: questions, criteria, behaviours, outcomes, each in English and Welsh."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import get_language
from pydantic import BaseModel, ConfigDict, Field

FILE = Path(__file__).with_name("words.yaml")


class Entry(BaseModel):
    """Something that is asked, scored or told, with its words by language."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=24)
    label: dict[str, str]
    weight: int = Field(default=1, ge=1, le=5)

    def __str__(self) -> str:
        """In the language of the request, else in English."""
        return self.label.get(get_language() or "en") or self.label["en"]


class Lists(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    questions: tuple[Entry, ...]
    criteria: tuple[Entry, ...]
    behaviours: tuple[Entry, ...]
    outcomes: tuple[Entry, ...]


@lru_cache(maxsize=1)
def lists() -> Lists:
    return Lists.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))


def entries(stored: list[dict[str, Any]]) -> tuple[Entry, ...]:
    """What a call keeps of its questions or criteria."""
    return tuple(Entry.model_validate(row) for row in stored)
