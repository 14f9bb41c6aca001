"""Classes that join by a code. Nothing about a pupil is kept, and when the activity closes only counts remain."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from resilience.programme.models.activities import Activity


class ClassJoin(models.Model):
    """A code that opens an outreach module on any device. The five counts are all that stays after closing."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="classes")
    code = models.CharField(_("join code"), max_length=8, unique=True, null=True)
    year_group = models.CharField(_("year group"), max_length=24, blank=True)
    # The modules that the class plays, in order.
    modules = models.JSONField(default=list)
    opened_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    joined = models.PositiveIntegerField(default=0)
    started = models.PositiveIntegerField(default=0)
    finished = models.PositiveIntegerField(default=0)
    # Interest in a career, before and after: how many chose each of the five points, lowest first.
    interest_before = models.JSONField(default=list)
    interest_after = models.JSONField(default=list)

    objects: ClassVar[models.Manager[ClassJoin]] = ScopedManager(organisation="activity__organisation")

    class Meta:
        ordering = ["-opened_at", "pk"]

    def __str__(self) -> str:
        return self.code or "closed"


class ClassDevice(models.Model):
    """A device in a class, under a random pseudonym, as long as the class is open. Deleted when it closes."""

    group = models.ForeignKey(ClassJoin, on_delete=models.CASCADE, related_name="devices")
    # SHA-256 of the random token in the device's cookie.
    pseudonym = models.CharField(max_length=64, unique=True)
    # The live session the device plays at present, and how far it came through the class's modules.
    session = models.CharField(max_length=64, blank=True)
    place = models.PositiveSmallIntegerField(default=0)
    started = models.BooleanField(default=False)
    finished = models.BooleanField(default=False)
    # What the last module said at its end: {"headline", "findings": [{"title", "why"}]}.
    told = models.JSONField(default=dict)
    interest_before = models.PositiveSmallIntegerField(null=True)
    interest_after = models.PositiveSmallIntegerField(null=True)

    objects: ClassVar[models.Manager[ClassDevice]] = ScopedManager(organisation="group__activity__organisation")

    class Meta:
        indexes = [models.Index(fields=["session"])]

    def __str__(self) -> str:
        return f"{self.group_id}"
