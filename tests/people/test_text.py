"""Typed text is made plain or refused, with the place of what is wrong."""

from __future__ import annotations

import unicodedata

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from resilience.people.text import CleanCharField, TextError, clean


def test_invisible_tricks_are_taken_away() -> None:
    assert clean("Ann\u202egnp.exe", 120) == "Anngnp.exe"
    assert clean("\ufeffAnn\u200b Smith\u2066", 120) == "Ann Smith"
    assert clean("  Ann \t\u00a0 Smith \n", 120) == "Ann Smith"
    assert clean("Zoe\u0308", 120) == "Zo\u00eb"


def test_joiners_that_words_need_stay() -> None:
    assert clean("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", 120).count("\u200c") == 1


@pytest.mark.parametrize(("text", "code"), [("Ann\x00", "U+0000"), ("A\x1b[31m", "U+001B"), ("A\ue000", "U+E000")])
def test_control_characters_are_refused_by_name_and_place(text: str, code: str) -> None:
    with pytest.raises(TextError) as refused:
        clean(text, 120)
    assert code in str(refused.value)


def test_excess_is_refused_with_both_numbers() -> None:
    assert clean("x" * 120, 120) == "x" * 120
    with pytest.raises(TextError, match=r"121 characters.*120"):
        clean("x" * 121, 120)


def test_lines_stay_where_there_may_be_any() -> None:
    assert clean("one\r\ntwo\n", 120, lines=True) == "one\ntwo"
    assert clean("one\r\ntwo\n", 120) == "one two"


@given(st.text(max_size=60))
def test_what_is_clean_stays_as_it_is(text: str) -> None:
    try:
        plain = clean(text, 200)
    except TextError:
        return
    assert clean(plain, 200) == plain
    assert not any(unicodedata.bidirectional(letter) in {"RLO", "LRO", "RLI", "LRI", "PDF"} for letter in plain)


class NameForm(forms.Form):
    name = CleanCharField(max_length=10)
    words = CleanCharField(max_length=20, required=False, widget=forms.Textarea)


def test_a_form_cleans_and_says_what_is_wrong() -> None:
    form = NameForm({"name": "Ann\u202e", "words": "a\nb"})
    assert form.is_valid()
    assert form.cleaned_data == {"name": "Ann", "words": "a\nb"}
    assert "U+0007" in str(NameForm({"name": "A\x07"}).errors["name"])
    assert "11" in str(NameForm({"name": "x" * 11}).errors["name"])
    assert "name" in NameForm({"name": "\u200b"}).errors
