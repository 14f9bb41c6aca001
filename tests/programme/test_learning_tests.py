"""The test before and after: one right choice a question, fixed once somebody was asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from resilience.people.scopes import within
from resilience.programme import evaluation, learning_tests
from resilience.programme.models import Activity
from tests.programme.making import START, activity, partner, place


@pytest.fixture
def event(embedded_store: str) -> Iterator[Activity]:
    organisation = partner()
    with within(organisation):
        yield activity(organisation)


def test_questions_are_added_and_taken_away(event: Activity) -> None:
    learning_tests.add_question(event, {"en": "Where is first air?", "cy": ""}, [" Above ", "Below", ""], 0)
    test = learning_tests.add_question(event, {"en": "How many?"}, ["One", "Two"], 1)
    assert [(one["id"], one["choices"], one["right"]) for one in test.questions] == [
        ("t1", ["Above", "Below"], 0),
        ("t2", ["One", "Two"], 1),
    ]
    assert test.questions[0]["label"] == {"en": "Where is first air?"}
    learning_tests.remove_question(event, "t1")
    learning_tests.remove_question(event, "t2")
    assert learning_tests.current(event) is None


@pytest.mark.parametrize(
    ("label", "choices", "right", "field"),
    [
        ("", ["A", "B"], 0, "label"),
        ("x" * 201, ["A", "B"], 0, "label"),
        ("Which?", ["A"], 0, "choices"),
        ("Which?", ["A", "A"], 0, "choices"),
        ("Which?", list("ABCDEFG"), 0, "choices"),
        ("Which?", ["A", "B"], 2, "right"),
        ("Which?", ["A", "B"], -1, "right"),
    ],
)
def test_a_question_that_cannot_be_scored_is_refused(
    event: Activity, label: str, choices: list[str], right: int, field: str
) -> None:
    with pytest.raises(ValidationError) as error:
        learning_tests.add_question(event, {"en": label}, choices, right)
    assert set(error.value.message_dict) == {field}


def test_once_somebody_was_asked_the_test_stays_as_it_is(event: Activity) -> None:
    learning_tests.add_question(event, {"en": "Where is first air?"}, ["Above", "Below"], 0)
    place(event, "Ann")
    evaluation.ask_due(START - evaluation.TIMING[evaluation.EvaluationLevel.LEARNING_BEFORE].shut)
    changes: list[Any] = [
        lambda: learning_tests.add_question(event, {"en": "One more?"}, ["A", "B"], 0),
        lambda: learning_tests.remove_question(event, "t1"),
    ]
    for change in changes:
        with pytest.raises(ValidationError, match="asked alike"):
            change()
