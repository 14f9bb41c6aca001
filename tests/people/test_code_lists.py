"""The code lists: complete, in two languages, with scheme, version and source; the census groups cover them."""

from __future__ import annotations

import pytest

from resilience.people.code_lists import QUESTIONS, census, code_list


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_list_names_its_scheme_version_and_source(question: str) -> None:
    codes = code_list(question)
    assert codes.question == question
    assert codes.scheme.startswith("HESA ")
    assert codes.version
    assert codes.source
    assert len({code.code for code in codes.codes}) == len(codes.codes)
    assert all(code.label("en") != code.label("cy") or code.label("en") == "Roma" for code in codes.codes)
    assert all(len(code.code) <= 24 for code in codes.codes)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_offers_not_to_say(question: str) -> None:
    silent = [code for code in code_list(question).codes if code.offered and not code.answer]
    assert [code.label("en") for code in silent] == ["Prefer not to say"]


def test_the_codes_are_those_of_the_schemes() -> None:
    assert {code.code for code in code_list("sex").codes} == {"10", "11", "12", "96", "99"}
    assert len(code_list("ethnicity").codes) == 21
    assert {code.code for code in code_list("disability").codes} == {
        *("51", "53", "54", "55", "56", "57", "58", "59", "95", "96", "98")
    }
    assert code_list("ethnicity").unanswered == {"997", "998"}


def test_the_census_has_19_answers_in_5_groups_that_the_codes_fill() -> None:
    groups = census().groups
    answers = [answer.code for group in groups for answer in group.answers]
    assert (len(groups), len(answers), len(set(answers))) == (5, 19, 19)
    assert set(answers) == {code.code for code in code_list("ethnicity").codes if code.answer}


def test_a_derived_group_says_how_it_is_made() -> None:
    bame = next(derived for derived in census().derived if derived.id == "bame")
    assert "White minorities" in bame.derivation.label("en")
    assert bame.derivation.label("cy") != bame.derivation.label("en")
    assert census().codes("bame") == census().codes("asian") | census().codes("black") | census().codes(
        "mixed"
    ) | census().codes("other")
    assert not census().codes("bame") & census().codes("white")
    with pytest.raises(KeyError, match="asian"):
        census().codes("nobody")


def test_choices_that_contradict_each_other_are_refused() -> None:
    assert code_list("disability").refused(["51", "57"]) == ""
    assert "cannot both" in code_list("disability").refused(["95", "57"])
    assert "cannot both" in code_list("sex").refused(["10", "11"])
    assert "offers no" in code_list("ethnicity").refused(["997"])
    with pytest.raises(KeyError):
        code_list("religion")
