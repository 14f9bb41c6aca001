"""The leadership accelerator: a call, applications reviewed without names, a cohort, what its members learn and do."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from resilience.people.models import Account, Organisation, Person
from resilience.programme.models.activities import Activity


class Call(models.Model):
    """An invitation to apply, its questions and the criteria that reviewers score by."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("code"), max_length=24, unique=True)
    title = models.CharField(_("title"), max_length=120)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    places = models.PositiveSmallIntegerField(_("places"))
    # [{"id", "label": {"en", "cy"}}]; the words of the answers are read without names.
    questions = models.JSONField(default=list)
    # [{"id", "label": {"en", "cy"}, "weight": 1}], each scored 0-5.
    criteria = models.JSONField(default=list)
    reviews_needed = models.PositiveSmallIntegerField(_("reviews for each application"), default=2)

    objects: ClassVar[models.Manager[Call]] = ScopedManager(organisation="organisation")

    class Meta:
        ordering = ["-opens_at", "code"]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Application(models.Model):
    """One person's answers. Reviewers see `number` and `answers`, never person, employer or each other's scores."""

    class Status(models.TextChoices):
        RECEIVED = "received", _("Received")
        SELECTED = "selected", _("Selected")
        RESERVE = "reserve", _("Reserve")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    employer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(max_length=8)
    answers = models.JSONField(default=dict)
    received_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.RECEIVED)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[Application]] = ScopedManager(organisation="call__organisation")

    class Meta:
        ordering = ["call", "number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "person"], name="one_application_a_person"),
            models.UniqueConstraint(fields=["call", "number"], name="one_application_a_number"),
        ]

    def __str__(self) -> str:
        return self.number


class Review(models.Model):
    """One reviewer's scores. A reviewer reads an application once and cannot see who wrote it."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    scores = models.JSONField(default=dict)
    comment = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[Review]] = ScopedManager(organisation="application__call__organisation")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "reviewer"], name="one_review_a_reviewer")]

    def __str__(self) -> str:
        return f"{self.application_id} by {self.reviewer_id}"


class Cohort(models.Model):
    """A group that goes through the accelerator together: an activity with meetings, filled from a call."""

    activity = models.OneToOneField(Activity, on_delete=models.PROTECT, related_name="cohort")
    call = models.ForeignKey(Call, on_delete=models.PROTECT, null=True, blank=True, related_name="cohorts")

    objects: ClassVar[models.Manager[Cohort]] = ScopedManager(organisation="activity__organisation")

    def __str__(self) -> str:
        return str(self.activity_id)


class CohortMember(models.Model):
    """A leader. The employer is the organisation they were sent by, counted once whatever its spelling."""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cohorts")
    employer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    project = models.CharField(_("project"), max_length=200, blank=True)
    project_done = models.BooleanField(_("project finished"), default=False)
    # Follow-up of alumni: what changed since, by their own report ("promoted", "new role", "leads a team", ...).
    follow_up = models.JSONField(default=list, blank=True)

    objects: ClassVar[models.Manager[CohortMember]] = ScopedManager(organisation="cohort__activity__organisation")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cohort", "person"], name="once_in_a_cohort")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.cohort_id}"


class Assessment(models.Model):
    """Scores 1-5 for leadership behaviours, by the member or a peer, before or after."""

    class Of(models.TextChoices):
        SELF = "self", _("by the member")
        PEER = "peer", _("by a peer")

    class When(models.TextChoices):
        BEFORE = "before", _("before")
        AFTER = "after", _("after")

    member = models.ForeignKey(CohortMember, on_delete=models.CASCADE, related_name="assessments")
    by = models.CharField(max_length=4, choices=Of.choices)
    when = models.CharField(max_length=6, choices=When.choices)
    scores = models.JSONField(default=dict)
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[Assessment]] = ScopedManager(organisation="member__cohort__activity__organisation")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.member_id} {self.by} {self.when}"
