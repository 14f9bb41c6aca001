"""Evaluation of training events: on the day, and after three months by those who agreed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from resilience.people.models import Person
from resilience.programme.codes import random_code
from resilience.programme.demonstration.stage import Held, Stage
from resilience.programme.evaluation import TIMING, TOKEN_LETTERS, score
from resilience.programme.models import EvaluationAnswer, EvaluationLevel, EvaluationRequest
from resilience.programme.questionnaires import questionnaire

# Of 100 people asked, how many answer; and how many of these forms come back without a name.
ANSWERED = {EvaluationLevel.REACTION: 62, EvaluationLevel.BEHAVIOUR: 38}
WITHOUT_A_NAME = 12
# Ratings of 1 to 5 fall like this: the field's happy sheets are happy, and what changed at work is judged soberly.
RATINGS = {EvaluationLevel.REACTION: (1, 3, 12, 44, 40), EvaluationLevel.BEHAVIOUR: (4, 10, 30, 38, 18)}


def reaction(stage: Stage, held: Held, people: Sequence[Person]) -> None:
    ask(stage, held, people, EvaluationLevel.REACTION)


def behaviour(stage: Stage, held: Held, people: Sequence[Person]) -> None:
    ask(stage, held, people, EvaluationLevel.BEHAVIOUR)


def ask(stage: Stage, held: Held, people: Sequence[Person], level: EvaluationLevel) -> None:
    """One request for each, and the forms that come back within two weeks."""
    due = held.activity.ends_at + TIMING[level].due
    requests, answers = [], []
    for person in people:
        back = due + timedelta(days=stage.draw.randint(0, 13), minutes=stage.draw.randint(5, 600))
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
            given[item.id] = stage.draw.choice(stage.plan.comments)
    return EvaluationAnswer(
        activity=held.activity,
        person=person,
        level=level,
        form=asked.name,
        answers=given,
        score=score(asked.items, given),
        given_at=given_at,
    )
