"""Letters to be sent. Written in the transaction that caused them, sent afterwards, once."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django_scopes import ScopedManager

from resilience.people.models import Organisation, Person


class Letter(models.Model):
    """One e-mail. `key` names its cause: the same cause never writes twice. The address is looked up at sending."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=120, unique=True)
    language = models.CharField(max_length=8, default="en")
    subject = models.CharField(max_length=160)
    text = models.TextField()
    # An iCalendar attachment, if any.
    calendar = models.TextField(blank=True)
    due_at = models.DateTimeField()
    # A sender takes a letter before sending it, so that two of them never send the same one.
    taken_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    failed = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[models.Manager[Letter]] = ScopedManager(organisation="organisation")

    class Meta:
        ordering = ["due_at", "pk"]
        indexes = [models.Index(fields=["sent_at", "due_at"])]

    def __str__(self) -> str:
        return self.key
