"""Words: the same keys and names in every language, and one for everything the simulator may say."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import resilience.training
from resilience.training.labels import Labels, words
from resilience.training.refusals import refuse
from tests.training.player import MODULE, Player

SOURCE = Path(resilience.training.__file__).parent


def said(pattern: str) -> set[str]:
    """What the source of the simulator says where a pattern stands."""
    return {found for path in SOURCE.glob("*.py") for found in re.findall(pattern, path.read_text(encoding="utf-8"))}


def test_the_languages_have_the_same_keys_and_fill_in_the_same_names() -> None:
    english, welsh = words("en"), words("cy")
    assert english.keys() == welsh.keys()
    for key, text in english.items():
        names = [{name for _, name, _, _ in Formatter().parse(one) if name} for one in (text, welsh[key])]
        assert names[0] == names[1], key


@pytest.mark.parametrize("language", ["en", "cy"])
def test_there_is_a_word_for_every_refusal_and_no_word_too_many(language: str) -> None:
    wanted = said(r'refuse\(\s*"([a-z_]+)"')
    told = {key.removeprefix("refuse.") for key in words(language) if key.startswith("refuse.")}
    assert wanted == told


def test_there_is_a_word_for_every_part_a_thing_can_be_held_or_touched_by() -> None:
    player = Player()
    parts = {part for item in player.world.items.values() for part in (*item.spec.grips, *item.spec.critical_parts)}
    assert {f"part.{part}" for part in parts} <= words("en").keys()


def test_names_come_from_the_module_and_from_the_plant_where_it_has_none() -> None:
    player = Player()
    english, welsh = (Labels(MODULE, language, player.world) for language in ("en", "cy"))
    assert english.name("vial-3") == "vial 3"
    assert english.name("foil-3") == "vial foil 3"
    assert welsh.name("foil-3") == "ffoil ffiol 3"
    assert english.name("hand:left") == "left hand"
    assert english.name("floor") == "floor"


def test_a_refusal_names_what_it_is_about() -> None:
    labels = Labels(MODULE, "en", Player().world)
    assert labels.refusal(refuse("hand_empty", "hand:left", hand="left")) == "The left hand is empty."
