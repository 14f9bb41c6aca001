"""The debrief's words: both languages say the same things with the same fields, and fit what a module calls for."""

from __future__ import annotations

from string import Formatter
from typing import Any

import pytest
import yaml

from resilience.training.errors import BadInput
from resilience.training.words import FOLDER, Words, clock_text
from tests.training.runs import module


def tree(language: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))
    return found


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_languages_hold_the_same_keys_and_fields() -> None:
    english, welsh = tree("en"), tree("cy")
    assert english.keys() == welsh.keys()
    assert len(english["numbers"]) == len(welsh["numbers"])
    for group in (name for name, entry in english.items() if isinstance(entry, dict)):
        assert english[group].keys() == welsh[group].keys(), group
        for key, text in english[group].items():
            assert isinstance(text, str)
            assert fields(text) == fields(welsh[group][key]), f"{group}.{key}"


def test_a_language_that_is_not_spoken_is_bad_input() -> None:
    with pytest.raises(BadInput, match="does not speak `fr`"):
        Words(module(), "fr")


@pytest.mark.parametrize(
    ("thing", "name"),
    [
        ("vial-3", "vial 3"),
        ("hand:left", "left glove"),
        ("left hand", "the left hand"),
        ("left", "left hand"),
        ("cabinet air", "the clean air itself"),
        ("filled", "Vials filled"),
        (None, "another thing"),
        ("no such thing", "another thing"),
    ],
)
def test_things_are_called_by_their_names(thing: str | None, name: str) -> None:
    assert Words(module(), "en").name(thing) == name


def test_a_question_is_called_by_the_thing_it_is_about() -> None:
    words = Words(module(), "en")
    assert words.name("pack:syringe-pack") == words.name("syringe-pack") != words.name(None)


def test_numbers_are_as_a_person_writes_them() -> None:
    words = Words(module(), "en")
    assert words.number(0.123456) == "0.123"
    assert words.number(12) == "12"
    assert words.number("09:15") == "09:15"
    assert words.number(1e7) == "10000000"
    assert (words.count(12), words.count(13)) == ("twelve", "13")


def test_session_time_is_minutes_and_seconds() -> None:
    assert clock_text(245 * 20 + 19) == "4:05"
