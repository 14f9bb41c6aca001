"""Evaluation at four levels: reaction, learning, behaviour, result."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from resilience.people.models import Person
from resilience.programme.models.activities import Activity


class EvaluationLevel(models.TextChoices):
    """Kirkpatrick's levels. Learning is asked before and after."""

    REACTION = "reaction", _("Reaction, on the day")
    LEARNING_BEFORE = "before", _("Learning, before")
    LEARNING_AFTER = "after", _("Learning, after")
    BEHAVIOUR = "behaviour", _("Behaviour, after three months")
    RESULT = "result", _("The employer's result, after six to twelve months")


class LearningTest(models.Model):
    """The questions asked before and after an activity, in one version. Once answered, a new version is made."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="tests")
    version = models.PositiveSmallIntegerField()
    # [{"id", "label": {"en", "cy"}, "choices": [...], "right": index}]
    questions = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager[LearningTest]] = ScopedManager(organisation="activity__organisation")

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["activity", "version"], name="one_test_of_a_version")]

    def __str__(self) -> str:
        return f"{self.activity_id} v{self.version}"


class EvaluationRequest(models.Model):
    """A person was asked at a level; answered or not. The base of the response rate."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="evaluation_requests")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    level = models.CharField(max_length=10, choices=EvaluationLevel.choices)
    due_at = models.DateTimeField()
    token = models.CharField(max_length=24, unique=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    language = models.CharField(max_length=8, default="en")

    objects: ClassVar[models.Manager[EvaluationRequest]] = ScopedManager(organisation="activity__organisation")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "person", "level"], name="asked_once_at_a_level")]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.level}"


class EvaluationAnswer(models.Model):
    """One returned form of a level. An anonymous form has no person."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="evaluations")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    level = models.CharField(max_length=10, choices=EvaluationLevel.choices)
    # The questionnaire and version that was answered ("reaction/1", "test/2"); empty where a file brought the answers.
    form = models.CharField(max_length=24, blank=True)
    # {question: number | text | [texts]}; free text is personal data and goes when the person is erased.
    answers = models.JSONField(default=dict)
    # The level's own figure, if any: mean rating 1-5 (reaction, behaviour, result), share right 0-1 (learning).
    score = models.FloatField(null=True, blank=True)
    given_at = models.DateTimeField()
    batch = models.UUIDField(null=True, blank=True)

    objects: ClassVar[models.Manager[EvaluationAnswer]] = ScopedManager(organisation="activity__organisation")

    class Meta:
        ordering = ["given_at", "pk"]
        indexes = [models.Index(fields=["batch"]), models.Index(fields=["activity", "level"])]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.level}"
