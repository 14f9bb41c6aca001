"""The questionnaires of the evaluation's levels: versioned files beside this one, read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from resilience.programme.models import EvaluationLevel

POINTS = 5
LONGEST_TEXT = 2000


@dataclass(frozen=True)
class Item:
    """One question: rated 1 to 5 (`rating`), in words (`text`), or a `choice`; in a test, choice `right` is right."""

    id: str
    kind: str
    label: dict[str, str]
    choices: tuple[str, ...] = ()
    right: int | None = None


@dataclass(frozen=True)
class Questionnaire:
    """What is asked at a level, under a name that stays with the answers ("reaction/1")."""

    name: str
    items: tuple[Item, ...]


@cache
def questionnaire(level: EvaluationLevel) -> Questionnaire:
    """The current questionnaire of a level that every activity asks alike."""
    written: dict[str, Any] = yaml.safe_load((Path(__file__).parent / f"{level.value}.yaml").read_text())
    items = tuple(Item(id=one["id"], kind=one["kind"], label=one["label"]) for one in written["questions"])
    return Questionnaire(f"{level.value}/{written['version']}", items)
