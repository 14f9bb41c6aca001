"""Evaluations: answers, ratings, quizzes, anonymous forms, who answered twice."""

from __future__ import annotations

from datetime import datetime

import pytest

from resilience.people.persons import meet
from resilience.programme.imports.errors import ImportRefusedError
from resilience.programme.imports.evaluation import scale_of
from resilience.programme.models import EvaluationAnswer, EvaluationRequest
from tests.programme.imports.conftest import DAY, NOW, Partner, as_csv, as_xlsx, fates

FORMS = ["Id", "Start time", "Completion time", "Email", "Name"]
STARTED, DONE = datetime(2026, 3, 4, 16), datetime(2026, 3, 4, 16, 5)  # noqa: DTZ001


def form(number: int, email: str, name: str, *answers: object) -> list[object]:
    return [number, STARTED, DONE, email, name, *answers]


def test_a_form_is_kept_with_its_choices_numbers_and_texts(partner_anywhere: Partner) -> None:
    partner = partner_anywhere
    data = as_xlsx(
        [*FORMS, "How satisfied are you?", "What did you like?", "In a word", "How many years have you worked?"],
        form(1, "ann@example.org", "Ann Lee", "Very satisfied", "The talk;The lunch;", "Good\nfun", 3),
        form(2, "anonymous", "anonymous", "Dissatisfied", "", "", ""),
        form(3, "anonymous", "anonymous", "Dissatisfied", "", "", ""),
        form(4, "ann@example.org", "Ann Lee", "Neutral", "", "", 3),
        form(5, "bo@example.org", "Bo Ray", "", "", "", ""),
    )
    batch, plan = partner.bring_in(data, what="evaluation")
    assert fates(plan) == ([2, 3, 4], {5: "same-in-file"}, {6: ("", "empty-answer")})
    assert plan.source == "microsoft-forms"
    assert batch is not None
    ann = EvaluationAnswer.objects.exclude(person=None).get()
    assert ann.answers == {
        "How satisfied are you?": "Very satisfied",
        "What did you like?": ["The talk", "The lunch"],
        "In a word": "Good\nfun",
        "How many years have you worked?": 3,
    }
    assert (ann.level, ann.score, ann.batch) == ("reaction", 5.0, batch.pk)
    assert ann.given_at.isoformat() == "2026-03-04T16:05:00+00:00"
    assert [one.score for one in EvaluationAnswer.objects.filter(person=None)] == [2.0, 2.0]


def test_the_score_is_the_mean_of_all_ratings_in_one_measure(partner: Partner) -> None:
    data = as_csv(
        ["Overall", "Would you recommend us?", "The room was good"],
        ["4", "10", "Strongly agree"],
        ["2", "0", "Disagree"],
        ["", "5", ""],
    )
    partner.bring_in(data, what="evaluation")
    scores = [answer.score for answer in EvaluationAnswer.objects.order_by("pk")]
    assert scores == [pytest.approx(14 / 3), pytest.approx(5 / 3), pytest.approx(3.0)]


@pytest.mark.parametrize(
    ("question", "cells", "answer", "value"),
    [
        ("Overall", ["1", "5"], "5", 5.0),
        ("Overall", [1.0, 4.0], "4", 4.0),
        ("Overall", ["7", "3"], "7", 3.8),
        ("Out of 10, how was it?", ["5"], "5", 3.0),
        ("Ansawdd", ["Bodlon iawn", "Niwtral"], "niwtral", 3.0),
    ],
)
def test_a_column_of_ratings_is_known_by_all_its_answers(
    question: str, cells: list[str | float], answer: str, value: float
) -> None:
    scale = scale_of(question, cells)
    assert scale is not None
    assert scale[answer] == pytest.approx(value)


@pytest.mark.parametrize(
    ("question", "cells"),
    [("How many times?", ["1", "2"]), ("Overall", ["1", "11"]), ("Overall", ["good", "purple"]), ("Overall", [" "])],
)
def test_other_columns_are_no_ratings(question: str, cells: list[str]) -> None:
    assert scale_of(question, cells) is None


def test_a_quiz_gives_the_share_of_its_points(partner: Partner) -> None:
    data = as_xlsx(
        [
            *FORMS,
            "Total points",
            "Quiz feedback",
            "What is first air?",
            "Points - What is first air?",
            "Points - And why?",
        ],
        form(1, "ann@example.org", "Ann", 3, "", "Filtered air", 2, 1),
        form(2, "bo@example.org", "Bo", 1, "", "Morning air", 0, 1),
        form(3, "cy@example.org", "Cy", 1, "", "?", 0, "much"),
    )
    _batch, plan = partner.bring_in(data, what="evaluation", level="after")
    assert fates(plan) == ([2, 3], {}, {4: ("Points - And why?", "bad-points")})
    assert [answer.score for answer in EvaluationAnswer.objects.order_by("pk")] == [1.0, pytest.approx(1 / 3)]
    _batch, plan = partner.bring_in(
        data, what="evaluation", level="before", full_marks=6.0, name="before.xlsx", activity=partner.cohort
    )
    assert EvaluationAnswer.objects.filter(level="before").order_by("pk")[0].score == pytest.approx(0.5)
    assert partner.plan(as_csv(["Points - Q"], ["9"]), what="evaluation", level="after", full_marks=5.0).imported == []


def test_whoever_was_asked_is_marked_as_having_answered(partner: Partner) -> None:
    ann = meet(partner.organisation, "Ann Lee", "ann@example.org", DAY)
    asked = EvaluationRequest.objects.create(
        activity=partner.training, person=ann, level="reaction", due_at=DAY, token="T1"
    )
    other = EvaluationRequest.objects.create(
        activity=partner.training, person=ann, level="behaviour", due_at=DAY, token="T2"
    )
    batch, _plan = partner.bring_in(as_csv(["Email", "Overall"], ["ann@example.org", "4"]), what="evaluation")
    asked.refresh_from_db()
    other.refresh_from_db()
    assert (asked.answered_at, other.answered_at) == (NOW, None)
    assert batch is not None
    assert batch.added == {"answered": [asked.pk]}


def test_an_answer_known_already_is_merged(partner: Partner) -> None:
    partner.bring_in(as_csv(["Email", "Overall"], ["ann@example.org", "4"]), what="evaluation")
    again = as_csv(["Email", "Overall"], ["ann@example.org", "1"], ["bo@example.org", "2"])
    assert fates(partner.bring_in(again, what="evaluation")[1]) == ([3], {2: "already-answered"}, {})
    assert EvaluationAnswer.objects.filter(score=4.0).count() == 1


def test_a_rating_chosen_by_hand_refuses_what_is_no_answer_of_it(partner: Partner) -> None:
    data = as_csv(["Email", "Overall"], ["a@example.org", "4"], ["b@example.org", "lovely"])
    plan = partner.plan(data, what="evaluation", fields=["email", "rating_5"])
    assert fates(plan)[2] == {3: ("Overall", "bad-rating")}


def test_a_file_without_questions_is_refused(partner: Partner) -> None:
    with pytest.raises(ImportRefusedError, match="as a question"):
        partner.plan(as_csv(["Name", "Email"], ["Ann", "a@example.org"]), what="evaluation")
