"""What answers come to, and that nothing is shown of too few."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from resilience.people.few import FEWEST
from resilience.people.models import Organisation
from resilience.people.scopes import within
from resilience.programme import attendance, evaluation, evaluation_summary, learning_tests
from resilience.programme.evaluation_summary import LevelSummary
from resilience.programme.models import Activity, AttendanceSource, EvaluationAnswer, EvaluationRequest
from tests.programme.making import HOURS, START, activity, only_meeting, partner, person

END = START + HOURS


@pytest.fixture
def here(embedded_store: str) -> Iterator[Organisation]:
    organisation = partner()
    with within(organisation):
        yield organisation


def held(here: Organisation, guests: int) -> Activity:
    event = activity(here)
    for number in range(guests):
        attendance.attend(only_meeting(event), person(here, f"Guest {number}"), 60, AttendanceSource.IMPORT, START)
    return event


def answers(given: list[dict[str, Any]]) -> None:
    evaluation.ask_due(END)
    requests = EvaluationRequest.objects.select_related("activity", "person").order_by("pk")
    for request, answer in zip(requests, given, strict=False):
        evaluation.answer(request, answer, END)


def reaction(event: Activity) -> LevelSummary:
    [level] = evaluation_summary.summary(event)
    return level


def test_the_response_rate_is_over_those_who_were_asked(here: Organisation) -> None:
    event = held(here, 8)
    answers([{"useful": "4"}] * 6)
    level = reaction(event)
    assert (level.base, level.answered, level.rate, level.mean) == (8, 6, 0.75, 4.0)


def test_fewer_than_five_answers_show_neither_means_nor_words(here: Organisation) -> None:
    event = held(here, 8)
    answers([{"useful": "1", "best": "It was Ann's fault"}] * (FEWEST - 1))
    level = reaction(event)
    assert (level.answered, level.mean) == (4, None)
    assert [(q.answered, q.mean, q.counts, q.texts) for q in level.questions] == [(4, None, [], [])] * 2


def test_a_question_that_few_answered_is_kept_back_among_others_that_are_shown(here: Organisation) -> None:
    event = held(here, 8)
    answers([{"useful": str(1 + n % 5), **({"best": f"Words {n}"} if n < 4 else {})} for n in range(6)])
    useful, best = reaction(event).questions
    assert useful.counts == [("1", 2), ("2", 1), ("3", 1), ("4", 1), ("5", 1)]
    assert useful.mean == pytest.approx(16 / 6)
    assert (best.answered, best.texts) == (4, [])


def test_words_come_in_an_order_that_tells_nothing(here: Organisation) -> None:
    event = held(here, 6)
    answers([{"best": word} for word in ("zeta", "beta", "alpha", "delta", "gamma")])
    assert reaction(event).questions[0].texts == ["alpha", "beta", "delta", "gamma", "zeta"]


def test_answers_from_a_file_are_summed_up_in_its_own_questions(here: Organisation) -> None:
    event = held(here, 10)
    for number in range(5):
        EvaluationAnswer.objects.create(
            activity=event,
            level="reaction",
            answers={"Rate the day": 4, "Topics": ["A"] if number else ["A", "B"]},
            given_at=END,
        )
    level = reaction(event)
    assert (level.base, level.rate) == (10, 0.5)
    assert [(q.label["en"], q.mean, q.counts) for q in level.questions] == [
        ("Rate the day", 4.0, [("4", 5)]),
        ("Topics", None, [("A", 5), ("B", 1)]),
    ]


@pytest.mark.parametrize(("pairs", "shown"), [(4, None), (5, (0.0, 1.0))])
def test_learning_compares_the_same_people_before_and_after(here: Organisation, pairs: int, shown: Any) -> None:
    event = held(here, 7)
    learning_tests.add_question(event, {"en": "Where is first air?"}, ["Above", "Below"], 0)
    for number in range(7):
        who = person(here, f"Guest {number}")
        EvaluationAnswer.objects.create(activity=event, person=who, level="before", score=0, given_at=START)
        if number < pairs:
            EvaluationAnswer.objects.create(activity=event, person=who, level="after", score=1, given_at=END)
    found = evaluation_summary.learning(event)
    assert found.pairs == pairs
    assert (found.before, found.after) == (shown or (None, None))


def test_nothing_asked_is_nothing_to_show(here: Organisation) -> None:
    assert evaluation_summary.summary(held(here, 3)) == []
