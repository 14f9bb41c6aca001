"""Codes that are read out and typed."""

from __future__ import annotations

from resilience.programme.codes import LETTERS, as_typed, random_code


def test_no_two_letters_are_taken_for_each_other_and_no_word_can_be_spelt() -> None:
    assert not set(LETTERS) & set("01IOLAEU")
    assert len(set(LETTERS)) == len(LETTERS)


def test_codes_have_their_length_and_differ() -> None:
    drawn = {random_code(14) for _drawn in range(500)}
    assert len(drawn) == 500
    assert {len(code) for code in drawn} == {14}


def test_a_code_may_be_typed_with_gaps_in_any_case() -> None:
    assert as_typed(" k7-qd 2m9 ") == "K7QD2M9"
