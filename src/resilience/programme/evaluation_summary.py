"""What the answers of an activity come to, with nothing shown that so few gave that it could be told who they were."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from resilience.people.few import FEWEST
from resilience.programme import learning_tests
from resilience.programme.evaluation import TESTS
from resilience.programme.models import Activity, Attendance, EvaluationAnswer, EvaluationLevel, EvaluationRequest
from resilience.programme.questionnaires import POINTS, Item, questionnaire

"""Below this many answers neither means, nor distributions, nor words are shown."""


@dataclass(frozen=True)
class QuestionSummary:
    """One question. `counts`: how many chose what; empty, like `mean` and `texts`, where too few answered."""

    label: dict[str, str]
    answered: int
    mean: float | None
    counts: list[tuple[str, int]]
    texts: list[str]


@dataclass(frozen=True)
class LevelSummary:
    """One level. `base` are those asked, or those who were there where a file brought the answers; `rate` is 0 to 1."""

    level: EvaluationLevel
    base: int
    answered: int
    rate: float | None
    mean: float | None
    questions: list[QuestionSummary]


@dataclass(frozen=True)
class Learning:
    """Shares right before and after, of the `pairs` people who answered both; none where they are too few."""

    pairs: int
    before: float | None
    after: float | None


def summary(activity: Activity) -> list[LevelSummary]:
    """Every level that was asked or answered."""
    levels = [_level(activity, level) for level in EvaluationLevel]
    return [one for one in levels if one.base or one.answered]


def learning(activity: Activity) -> Learning:
    """What the test says: the same people before and after."""
    shares: dict[str, dict[Any, Any]] = {level: {} for level in TESTS}
    tested = EvaluationAnswer.objects.filter(
        activity=activity, level__in=TESTS, person__isnull=False, score__isnull=False
    )
    for given in tested:
        shares[given.level][given.person_id] = given.score
    before, after = shares[EvaluationLevel.LEARNING_BEFORE], shares[EvaluationLevel.LEARNING_AFTER]
    both = sorted(set(before) & set(after))
    if len(both) < FEWEST:
        return Learning(len(both), None, None)
    return Learning(
        len(both),
        statistics.fmean(before[person] for person in both),
        statistics.fmean(after[person] for person in both),
    )


def _level(activity: Activity, level: EvaluationLevel) -> LevelSummary:
    given = list(EvaluationAnswer.objects.filter(activity=activity, level=level))
    asked = EvaluationRequest.objects.filter(activity=activity, level=level).count()
    there = Attendance.objects.filter(meeting__activity=activity).values("person").distinct().count()
    base = asked or (there if given else 0)
    scores = [answer.score for answer in given if answer.score is not None]
    return LevelSummary(
        level=level,
        base=base,
        answered=len(given),
        rate=min(1.0, len(given) / base) if base else None,
        mean=statistics.fmean(scores) if len(scores) >= FEWEST else None,
        questions=[_question(item, given) for item in _items(activity, level, given)],
    )


def _items(activity: Activity, level: EvaluationLevel, given: Sequence[EvaluationAnswer]) -> list[Item]:
    """The questions of the level, then those that only a file asked."""
    if level in TESTS:
        test = learning_tests.current(activity)
        known = list(learning_tests.as_questionnaire(test).items) if test else []
    else:
        known = list(questionnaire(level).items)
    asked = {item.id for item in known}
    others = dict.fromkeys(question for answer in given for question in answer.answers if question not in asked)
    known = [item for item in known if any(item.id in answer.answers for answer in given)]
    return known + [Item(id=question, kind="", label={"en": question}) for question in others]


def _question(item: Item, given: Sequence[EvaluationAnswer]) -> QuestionSummary:
    said = [answer.answers[item.id] for answer in given if answer.answers.get(item.id) not in (None, "", [])]
    if len(said) < FEWEST:
        return QuestionSummary(item.label, len(said), None, [], [])
    numbers = [value for value in said if isinstance(value, int | float) and not isinstance(value, bool)]
    if len(numbers) == len(said):
        return QuestionSummary(item.label, len(said), statistics.fmean(numbers), _counts(item, numbers), [])
    if item.choices or any(isinstance(value, list) for value in said):
        chosen = [one for value in said for one in (value if isinstance(value, list) else [value])]
        return QuestionSummary(item.label, len(said), None, _counts(item, chosen), [])
    return QuestionSummary(item.label, len(said), None, [], sorted(str(value) for value in said))


def _counts(item: Item, values: Sequence[Any]) -> list[tuple[str, int]]:
    counted = Counter(f"{value:g}" if isinstance(value, float) else str(value) for value in values)
    if item.choices:
        return [(choice, counted[choice]) for choice in item.choices]
    if item.kind == "rating":
        return [(str(point), counted[str(point)]) for point in range(1, POINTS + 1)]
    return sorted(counted.items())
