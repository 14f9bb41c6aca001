"""What a person agreed to, in which words, and since when not any more."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from resilience.people.models.organisations import Organisation
from resilience.people.models.persons import Person


class Purpose(models.TextChoices):
    CONTACT = "contact", _("being written to about later activities")
    FOLLOW_UP = "follow-up", _("being asked months later what changed")
    PIPELINE = "pipeline", _("being counted along the way from pupil to trainee to leader")
    PHOTO = "photo", _("being in pictures of the activity")


class Consent(models.Model):
    """One purpose, agreed to once. Withdrawing sets a date and deletes nothing: that it was given stays known."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    text_version = models.CharField(max_length=40)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[Consent]] = ScopedManager(organisation="organisation")

    class Meta:
        ordering = ["purpose", "given_at"]

    def __str__(self) -> str:
        return f"{self.person_id} {self.purpose}"
