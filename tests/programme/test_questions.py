"""Registration forms by version, and answers held against the version that was asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from resilience.people.scopes import within
from resilience.programme import questions
from resilience.programme.models import Activity, RegistrationForm
from tests.programme.making import activity, partner, place


@pytest.fixture
def event(embedded_store: str) -> Iterator[Activity]:
    organisation = partner()
    with within(organisation):
        yield activity(organisation)


def ask(event: Activity, label: str, kind: str = "text", choices: Any = (), required: bool = False) -> RegistrationForm:
    return questions.add_question(event, label={"en": label}, kind=kind, choices=list(choices), required=required)


def test_a_form_grows_in_one_version_until_somebody_answers_it(event: Activity) -> None:
    ask(event, "Diet?")
    form = ask(event, "Access needs?")
    assert (form.version, [one["id"] for one in form.questions]) == (1, ["q1", "q2"])
    ann = place(event, "Ann", form=form, answers={"q1": "vegan"})
    newer = questions.remove_question(event, "q1")
    assert (newer.version, [one["id"] for one in newer.questions]) == (2, ["q2"])
    ann.refresh_from_db()
    assert ann.form is not None
    assert (ann.form.version, len(ann.form.questions)) == (1, 2)
    assert questions.current(event) == newer


def test_a_removed_questions_number_is_not_given_to_another_meaning(event: Activity) -> None:
    ask(event, "First")
    ask(event, "Second")
    questions.remove_question(event, "q1")
    assert [one["id"] for one in ask(event, "Third").questions] == ["q2", "q3"]


def test_a_consent_is_asked_in_its_last_words_or_not_at_all(event: Activity) -> None:
    questions.ask_consent(event, "photo", {"en": "Pictures?", "cy": "Lluniau?"})
    form = questions.ask_consent(event, "photo", {"en": "May we take pictures?"})
    assert form.consents == [{"purpose": "photo", "text": {"en": "May we take pictures?"}}]
    assert questions.ask_consent(event, "photo", {"en": ""}).consents == []


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"label": ""}, "label"),
        ({"label": "x" * 201}, "label"),
        ({"label": "Which?", "kind": "choice", "choices": ["one"]}, "choices"),
        ({"label": "Which?", "kind": "choice", "choices": ["one", "one"]}, "choices"),
        ({"label": "Which?", "kind": "choices", "choices": [str(n) for n in range(21)]}, "choices"),
        ({"label": "Which?", "kind": "essay"}, "kind"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_by_field(event: Activity, asked: Any, field: str) -> None:
    with pytest.raises(ValidationError) as error:
        ask(event, **asked)
    assert set(error.value.message_dict) == {field}
    assert questions.current(event) is None


def test_a_form_has_an_end(event: Activity) -> None:
    for number in range(20):
        ask(event, f"Question {number}")
    with pytest.raises(ValidationError, match="at most 20"):
        ask(event, "One too many")


def test_answers_are_cleaned_and_nothing_unasked_is_kept(event: Activity) -> None:
    ask(event, "Diet?")
    ask(event, "Level?", "choice", ["new", "old hand"])
    ask(event, "Days?", "choices", ["Monday", "Tuesday"])
    form = ask(event, "Wheelchair?", "yes")
    given = {"q1": "  nuts\u202e  ", "q2": "new", "q3": ["Monday"], "q4": "on", "q9": "smuggled"}
    assert questions.checked(form, given) == {"q1": "nuts", "q2": "new", "q3": ["Monday"], "q4": True}
    assert questions.checked(form, {}) == {}
    assert questions.checked(None, given) == {}


@pytest.mark.parametrize(
    "given",
    [
        {"q1": ""},
        {"q1": "x" * 501},
        {"q1": "bell\x07"},
        {"q1": "fine", "q2": "not offered"},
        {"q1": "fine", "q3": ["Monday", "Sunday"]},
    ],
)
def test_an_answer_that_cannot_be_is_refused_beside_its_question(event: Activity, given: Any) -> None:
    ask(event, "Diet?", required=True)
    ask(event, "Level?", "choice", ["new", "old hand"])
    form = ask(event, "Days?", "choices", ["Monday", "Tuesday"])
    wrong = "q2" if "q2" in given else "q3" if "q3" in given else "q1"
    with pytest.raises(ValidationError) as error:
        questions.checked(form, given)
    assert set(error.value.message_dict) == {wrong}


def test_a_text_is_read_in_english_where_welsh_is_missing() -> None:
    assert questions.in_language({"en": "Diet?", "cy": ""}, "cy") == "Diet?"
    assert questions.in_language({"en": "Diet?", "cy": "Deiet?"}, "cy") == "Deiet?"
