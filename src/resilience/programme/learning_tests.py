"""The test of an activity, asked before and after it: questions with one right choice, by version."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from resilience.programme.finding import locked
from resilience.programme.models import Activity, EvaluationAnswer, EvaluationRequest, LearningTest
from resilience.programme.questionnaires import Item, Questionnaire
from resilience.programme.typed import plain

MOST_QUESTIONS = 20
MOST_CHOICES = 6
LONGEST_LABEL = 200


def current(activity: Activity) -> LearningTest | None:
    """The version that is asked now; none where the activity tests nothing."""
    found = LearningTest.objects.filter(activity=activity).order_by("-version").first()
    return found if found is not None and found.questions else None


def as_questionnaire(test: LearningTest) -> Questionnaire:
    """The test as it is asked and scored."""
    items = (
        Item(one["id"], "choice", one["label"], tuple(one["choices"]), int(one["right"])) for one in test.questions
    )
    return Questionnaire(f"test/{test.version}", tuple(items))


@transaction.atomic
def add_question(activity: Activity, label: Mapping[str, str], choices: list[str], right: int) -> LearningTest:
    """Asks one thing more; `right` counts choices from 0. Raises ValidationError by field."""
    words = {language: plain("label", text, LONGEST_LABEL) for language, text in label.items() if text.strip()}
    if "en" not in words:
        raise ValidationError({"label": _("Write the question, at least in English.")})
    offered = [text for choice in choices if (text := plain("choices", choice, LONGEST_LABEL))]
    if not 2 <= len(offered) <= MOST_CHOICES or len(set(offered)) < len(offered):
        raise ValidationError(
            {"choices": _("Give 2 to %(most)s different choices, each on its line.") % {"most": MOST_CHOICES}}
        )
    if not 0 <= right < len(offered):
        raise ValidationError({"right": _("Say which of the choices is right, counted from 1.")})
    test = _open_version(activity)
    if len(test.questions) >= MOST_QUESTIONS:
        raise ValidationError(_("A test has at most %(most)s questions.") % {"most": MOST_QUESTIONS})
    number = 1 + max((int(question["id"][1:]) for question in test.questions), default=0)
    added = {"id": f"t{number}", "label": words, "choices": offered, "right": right}
    test.questions = [*test.questions, added]
    test.save()
    return test


@transaction.atomic
def remove_question(activity: Activity, question: str) -> LearningTest:
    """Asks it no more."""
    test = _open_version(activity)
    test.questions = [one for one in test.questions if one["id"] != question]
    test.save()
    return test


def _open_version(activity: Activity) -> LearningTest:
    """The newest version where nobody was asked by it yet, else a new one with the same questions.

    Before and after must be asked alike, so a test cannot change once somebody was asked: raises ValidationError.
    """
    activity = locked(activity)
    asked = EvaluationRequest.objects.filter(activity=activity, level__in=("before", "after"))
    if asked.exists() or EvaluationAnswer.objects.filter(activity=activity, form__startswith="test/").exists():
        raise ValidationError(
            _("People were asked these questions already. Before and after must be asked alike, so the test stays.")
        )
    return LearningTest.objects.filter(activity=activity).order_by("-version").first() or LearningTest(
        activity=activity, version=1
    )
