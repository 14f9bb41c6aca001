"""What differs only in how it was typed has one key; what differs has two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resilience.people.spelling import KEY_LENGTH, key_of, may_be_one, name_key

NAMES = st.text(max_size=120)
LETTERS = st.text(st.characters(categories=["Ll", "Lu"], max_codepoint=0x24F), min_size=2, max_size=12)


@pytest.mark.parametrize(
    "spelling",
    [
        "Kelvin Biologics Ltd",
        "KELVIN BIOLOGICS LIMITED",
        "The Kelvin-Biologics plc",
        "  kelvin   biologics ",
        "Kélvin Biologics, Ltd.",
        "KelvinBiologics",
        "Kelvin Biologics Co. Ltd",
    ],
)
def test_case_spaces_punctuation_accents_and_legal_forms_make_no_difference(spelling: str) -> None:
    assert key_of(spelling) == "kelvinbiologics"


def test_and_is_the_sign_and_initials_are_words() -> None:
    assert key_of("Marks & Spark") == key_of("Marks and Spark") == "marksspark"
    assert key_of("G.S.K.") == key_of("GSK plc")
    assert key_of("St. Mary's College") == key_of("St Marys College")


def test_different_names_have_different_keys() -> None:
    assert key_of("Kelvin Biologics") != key_of("Kelvin Biologics UK")
    assert key_of("Tees Vaccines") != key_of("Tyne Vaccines")


def test_a_name_of_nothing_but_legal_forms_keeps_them() -> None:
    assert key_of("The Company Limited") == "thecompanylimited"
    assert key_of("The") == "the"
    assert key_of("!?") == "!?"


@given(NAMES)
def test_a_key_is_its_own_key_and_fits(name: str) -> None:
    key = key_of(name)
    assert len(key) <= KEY_LENGTH
    assert key_of(key) == key
    assert key or not any(letter.isalnum() for letter in name)


@given(st.lists(LETTERS, min_size=1, max_size=4), st.sampled_from([" ", "  ", "-", ", ", "/"]))
def test_what_stands_between_the_words_makes_no_difference(words: list[str], between: str) -> None:
    words = ["north", *words]
    assert key_of(between.join(words)) == key_of(" ".join(words))


def test_a_persons_name_is_the_same_the_other_way_round() -> None:
    assert name_key("Smith, Ann") == name_key("ann  SMITH") == "ann smith"


@pytest.mark.parametrize(
    ("one", "other", "can"),
    [
        ("Ann Smith", "ann smith", True),
        ("Ann Smith", "A. Smith", True),
        ("Ann Smith", "Smith, Ann Mary", True),
        ("Ann Smith", "Ann", True),
        ("Ann Smith", "", True),
        ("Ann Smith", "Bob Smith", False),
        ("Ann Smith", "Ann Jones", False),
        ("Ann Smith", "A. Jones", False),
        ("A. S.", "Ann Smith", False),
        ("Ann Smith", "Bob", False),
    ],
)
def test_names_that_can_be_one_persons(one: str, other: str, can: bool) -> None:
    assert may_be_one(one, other) is can
    assert may_be_one(other, one) is can


@given(LETTERS, LETTERS)
def test_a_name_can_be_its_own(first: str, last: str) -> None:
    assert may_be_one(f"{first} {last}", f"{last}, {first}")
