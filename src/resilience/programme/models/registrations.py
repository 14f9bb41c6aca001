"""Who asked for a place, with which form's answers, and where they stand."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from resilience.people.models import Person
from resilience.programme.models.activities import Activity


class RegistrationForm(models.Model):
    """The questions of an activity, in one version. A form that was answered is never changed: a new one is made."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="forms")
    version = models.PositiveSmallIntegerField()
    # [{"id", "label": {"en", "cy"}, "kind": "text|choice|choices|yes", "choices": [...], "required": bool}]
    questions = models.JSONField(default=list)
    # [{"purpose": one of people.Purpose, "text": {"en", "cy"}}]
    consents = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager[RegistrationForm]] = ScopedManager(organisation="activity__organisation")

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["activity", "version"], name="one_form_of_a_version")]

    def __str__(self) -> str:
        return f"{self.activity_id} v{self.version}"


class RegistrationStatus(models.TextChoices):
    CONFIRMED = "confirmed", _("Has a place")
    WAITING = "waiting", _("On the waiting list")
    OFFERED = "offered", _("Is offered a place")
    LAPSED = "lapsed", _("Let the offer lapse")
    CANCELLED = "cancelled", _("Cancelled")


class Registration(models.Model):
    """One person's place, or wish for one. An offered place counts as taken until the offer lapses."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="registrations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="registrations")
    status = models.CharField(max_length=12, choices=RegistrationStatus.choices, default=RegistrationStatus.CONFIRMED)
    # The lower, the earlier served; then by time.
    priority = models.SmallIntegerField(default=0)
    registered_at = models.DateTimeField()
    offered_until = models.DateTimeField(null=True, blank=True)
    # Short, opaque, printed in the ticket's QR code; lets its holder see and cancel this registration and nothing else.
    token = models.CharField(max_length=16, unique=True)
    form = models.ForeignKey(RegistrationForm, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answers = models.JSONField(default=dict, blank=True)
    language = models.CharField(max_length=8, default="en")
    batch = models.UUIDField(null=True, blank=True)

    objects: ClassVar[models.Manager[Registration]] = ScopedManager(organisation="activity__organisation")

    class Meta:
        ordering = ["priority", "registered_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["activity", "person"], name="one_registration_a_person")]
        indexes = [models.Index(fields=["batch"]), models.Index(fields=["activity", "status"])]

    def __str__(self) -> str:
        return self.token
