"""The debrief's own words in the session's language, and the names of things from the module's texts."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from resilience.training.canonical import significant
from resilience.training.clock import TICKS_PER_SECOND
from resilience.training.errors import BadInput
from resilience.training.modules import Module

FOLDER = Path(__file__).with_name("reveal_text")


@cache
def _tree(language: str) -> dict[str, Any]:
    file = FOLDER / f"{language}.yaml"
    if not file.is_file():
        spoken = ", ".join(sorted(path.stem for path in FOLDER.glob("*.yaml")))
        raise BadInput(f"the debrief does not speak `{language}`", "language", f"It speaks {spoken}.")
    tree: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return tree


class Words:
    """Says things about one module in one language."""

    def __init__(self, module: Module, language: str) -> None:
        self._tree = _tree(language)
        if language not in module.texts:
            spoken = ", ".join(module.texts)
            raise BadInput(f"the module does not speak `{language}`", "language", f"It speaks {spoken}.")
        self._module = module
        self._texts = module.texts[language]

    def say(self, group: str, key: str, **fields: Any) -> str:
        """A sentence or phrase, its fields filled in; a group's `other` where it has no such key."""
        words = self._tree[group]
        return str(words[key] if key in words else words["other"]).format(**fields)

    def has(self, group: str, key: str) -> bool:
        """Whether a group has words of its own for a key."""
        return key in self._tree[group]

    def text(self, key: str) -> str:
        """A text of the module."""
        return self._texts[key]

    def count(self, number: int) -> str:
        """A number in words, as far as they go."""
        words: list[str] = self._tree["numbers"]
        return words[number] if 0 <= number < len(words) else str(number)

    def number(self, value: Any, digits: int = 3) -> str:
        """A measured value as a person writes it; text stays as it is."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            return str(value)
        return f"{significant(value, digits):g}" if abs(value) < 1e6 else f"{value:.0f}"

    def name(self, thing: str | None) -> str:
        """What a person calls an item, surface, station, field, step, deviation, question or hand."""
        if thing is None:
            return self.say("what", "other")
        base = thing.removeprefix("surface:").removeprefix("in:")
        if base in self._tree["what"] and base not in self._module.items:
            return self.say("what", base)
        for prefix in ("item", "surface", "station", "record", "deviation", "signature"):
            text = self._texts.get(f"{prefix}.{base}")
            if text is not None:
                return text
        if ":" in base:
            # A question about an item, as `pack:syringe-pack`.
            return self.name(base.split(":", 1)[1])
        return self.say("what", "other")


def clock_text(tick: int) -> str:
    """Session time as minutes and seconds: `4:05`."""
    minutes, seconds = divmod(tick // TICKS_PER_SECOND, 60)
    return f"{minutes}:{seconds:02d}"
