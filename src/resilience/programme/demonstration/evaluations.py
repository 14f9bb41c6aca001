"""Evaluation of training events: on the day, by a test before and after, and months later by those who agreed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from resilience.people.models import Person
from resilience.programme.codes import random_code
from resilience.programme.demonstration.stage import Held, Stage
from resilience.programme.evaluation import TIMING, TOKEN_LETTERS, score
from resilience.programme.models import EvaluationAnswer, EvaluationLevel, EvaluationRequest, LearningTest
from resilience.programme.questionnaires import questionnaire

# Of 100 people asked, how many answer; and how many of these forms come back without a name.
ANSWERED = {
    EvaluationLevel.REACTION: 62,
    EvaluationLevel.LEARNING_BEFORE: 71,
    EvaluationLevel.LEARNING_AFTER: 64,
    EvaluationLevel.BEHAVIOUR: 38,
    EvaluationLevel.RESULT: 21,
}
WITHOUT_A_NAME = 12
# Ratings of 1 to 5 fall like this: the field's happy sheets are happy, and what changed at work is judged soberly.
RATINGS = {
    EvaluationLevel.REACTION: (1, 3, 12, 44, 40),
    EvaluationLevel.BEHAVIOUR: (4, 10, 30, 38, 18),
    EvaluationLevel.RESULT: (5, 14, 38, 33, 10),
}
# Of 100 questions of the test, so many are answered rightly.
RIGHT = {EvaluationLevel.LEARNING_BEFORE: 48, EvaluationLevel.LEARNING_AFTER: 79}
TEST = "test/1"


def reaction(stage: Stage, held: Held, people: Sequence[Person]) -> None:
    ask(stage, held, people, EvaluationLevel.REACTION)


def behaviour(stage: Stage, held: Held, people: Sequence[Person]) -> None:
    ask(stage, held, people, EvaluationLevel.BEHAVIOUR)


def result(stage: Stage, held: Held, people: Sequence[Person]) -> None:
    ask(stage, held, people, EvaluationLevel.RESULT)


def learning(stage: Stage, held: Held, people: Sequence[Person]) -> None:
    """The plan's questions, before and after."""
    questions = [{"id": f"t{place}", **one.model_dump()} for place, one in enumerate(stage.plan.test, 1)]
    stage.add([LearningTest(activity=held.activity, version=1, questions=questions)])
    for level in RIGHT:
        ask(stage, held, people, level)


def ask(stage: Stage, held: Held, people: Sequence[Person], level: EvaluationLevel) -> None:
    """One request for each, and the forms that come back within two weeks."""
    timing = TIMING[level]
    due = (held.activity.starts_at if timing.from_start else held.activity.ends_at) + timing.due
    requests, answers = [], []
    for person in people:
        # Before the activity a week is left to answer, afterwards most answer within two.
        back = due + timedelta(days=stage.draw.randint(0, 5 if timing.from_start else 13), hours=stage.draw.random())
        answered = stage.draw.randrange(100) < ANSWERED[level]
        requests.append(
            EvaluationRequest(
                activity=held.activity,
                person=person,
                level=level,
                due_at=due,
                token=random_code(TOKEN_LETTERS),
                sent_at=due,
                answered_at=back if answered else None,
            )
        )
        if answered:
            if level in RIGHT:
                answers.append(tested(stage, held, person, level, back))
                continue
            named = stage.draw.randrange(100) >= WITHOUT_A_NAME
            answers.append(form(stage, held, person if named else None, level, back))
    stage.add(requests)
    stage.add(answers)


def form(
    stage: Stage, held: Held, person: Person | None, level: EvaluationLevel, given_at: datetime
) -> EvaluationAnswer:
    """A returned form; one question in twenty is left out."""
    asked = questionnaire(level)
    given: dict[str, int | str] = {}
    for item in asked.items:
        if item.kind == "rating" and stage.draw.random() > 0.05:
            given[item.id] = stage.draw.choices(range(1, 6), RATINGS[level])[0]
        elif item.kind == "text" and stage.draw.random() < 0.08:
            given[item.id] = stage.draw.choice(
                stage.plan.effects if level == EvaluationLevel.RESULT else stage.plan.comments
            )
    return EvaluationAnswer(
        activity=held.activity,
        person=person,
        level=level,
        form=asked.name,
        answers=given,
        score=score(asked.items, given),
        given_at=given_at,
    )


def tested(stage: Stage, held: Held, person: Person, level: EvaluationLevel, given_at: datetime) -> EvaluationAnswer:
    """An answered test."""
    chosen = {}
    for place, question in enumerate(stage.plan.test, 1):
        wrong = [choice for number, choice in enumerate(question.choices) if number != question.right]
        is_right = stage.draw.randrange(100) < RIGHT[level]
        chosen[f"t{place}"] = question.choices[question.right] if is_right else stage.draw.choice(wrong)
    right = sum(
        chosen[f"t{place}"] == question.choices[question.right] for place, question in enumerate(stage.plan.test, 1)
    )
    return EvaluationAnswer(
        activity=held.activity,
        person=person,
        level=level,
        form=TEST,
        answers=chosen,
        score=right / len(chosen),
        given_at=given_at,
    )
