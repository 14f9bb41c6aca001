"""Labels: what things, parts and possibilities are called, in the language of a session.

Names of a module's things come from the module's texts, words that every module shares from `training/text/`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from resilience.training.modules import Module
from resilience.training.refusals import Refusal

if TYPE_CHECKING:
    from resilience.training.world import World

TEXT = Path(__file__).with_name("text")
_NAMED = ("item", "target", "on")


@cache
def words(language: str) -> dict[str, str]:
    """The shared words of a language, by dotted key."""
    return _flat(yaml.safe_load((TEXT / f"{language}.yaml").read_text(encoding="utf-8")))


def _flat(tree: dict[str, Any], prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in tree.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{prefix}{key}.")
        else:
            flat[prefix + str(key)] = str(value)
    return flat


class Labels:
    """Says things in one language."""

    def __init__(self, module: Module, language: str, world: World) -> None:
        self.language = language
        self.world = world
        self._words = words(language)
        self._texts = module.texts[language]
        self._names: dict[str, str] = {}
        self._said: dict[tuple[str, ...], str] = {}

    def text(self, key: str) -> str:
        """A text of the module, a shared word, or the key itself where there is neither."""
        return self._texts.get(key) or self._words.get(key) or key

    def say(self, key: str, **about: str) -> str:
        """A shared text with ids in `about` replaced by what they are called."""
        asked = (key, *about.values())
        said = self._said.get(asked)
        if said is None:
            called = {name: self._called(name, value) for name, value in about.items()}
            said = self._said[asked] = self._words[key].format(**called)
        return said

    def refusal(self, refusal: Refusal) -> str:
        """Why something cannot be done, in one line."""
        return self.say(f"refuse.{refusal.key}", **dict(refusal.about))

    def name(self, thing: str) -> str:
        """What an item, surface, station or hand is called."""
        found = self._names.get(thing)
        if found is None:
            found = self._names[thing] = self._find_name(thing)
        return found

    def part(self, part: str) -> str:
        return self._words.get(f"part.{part}", part)

    def _called(self, name: str, value: str) -> str:
        if name in _NAMED:
            return self.name(value)
        if name == "hand":
            return self._words[f"hand.{value}"]
        if name == "part":
            return self.part(value)
        if name == "field":
            return self.text(f"record.{value}")
        if name == "station":
            return self.text(f"station.{value}")
        if name == "step":
            return self.text(f"signature.{value}")
        return value

    def _find_name(self, thing: str) -> str:
        if thing.startswith("hand:"):
            return self._words[f"whole_hand.{thing[5:]}"]
        for kind in ("item", "surface"):
            if f"{kind}.{thing}" in self._texts:
                return self._texts[f"{kind}.{thing}"]
        if f"surface.{thing}" in self._words:
            return self._words[f"surface.{thing}"]
        item = self.world.items.get(thing)
        if item is None:
            return thing
        title = item.spec.title["cy" if self.language == "cy" else "en"]
        number = thing.rpartition("-")[2]
        return f"{title} {number}" if number.isdigit() else title
