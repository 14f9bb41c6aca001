"""Activities: what the programme holds for people, when and where."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from resilience.people.models import Organisation, Region

CODE = RegexValidator(r"^[A-Z0-9][A-Z0-9-]{2,23}$", _("3 to 24 capital letters, digits and hyphens"))


class ActivityKind(models.TextChoices):
    TRAINING = "training", _("Training event")
    OUTREACH = "outreach", _("Outreach")
    LEADERSHIP = "leadership", _("Leadership cohort")


class ActivityFormat(models.TextChoices):
    IN_PERSON = "in-person", _("In person")
    ONLINE = "online", _("Online")
    VR = "vr", _("Immersive practice")


class ActivityStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open for registration")
    CLOSED = "closed", _("Held and closed")
    CANCELLED = "cancelled", _("Cancelled")


class Activity(models.Model):
    """An event of the programme, of one organisation. It happens at one or more meetings."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("code"), max_length=24, unique=True, validators=[CODE])
    kind = models.CharField(_("kind"), max_length=12, choices=ActivityKind.choices)
    format = models.CharField(_("format"), max_length=12, choices=ActivityFormat.choices)
    status = models.CharField(_("status"), max_length=12, choices=ActivityStatus.choices, default=ActivityStatus.DRAFT)
    title = models.CharField(_("title"), max_length=120)
    description = models.TextField(_("description"), max_length=2000, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    region = models.CharField(_("region"), max_length=3, choices=Region.choices, blank=True)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True, validators=[MinValueValidator(1)])
    # Hours a place offered to somebody on the waiting list is kept for them.
    offer_hours = models.PositiveSmallIntegerField(_("hours an offered place is kept"), default=48)
    minimum_minutes = models.PositiveSmallIntegerField(_("minutes of attendance for a certificate"), default=0)
    cpd_minutes = models.PositiveSmallIntegerField(_("minutes that count as professional development"), default=0)
    # The training module that is practised, and the competences (codes of the register) that the activity teaches.
    module = models.CharField(_("module practised"), max_length=80, blank=True)
    competences = models.JSONField(default=list, blank=True)
    # iCalendar: the identity stays, the sequence grows with every change that calendars must learn of (RFC 5545).
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    invented = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager[Activity]] = ScopedManager(organisation="organisation")

    class Meta:
        ordering = ["-starts_at", "code"]
        indexes = [models.Index(fields=["organisation", "-starts_at"]), models.Index(fields=["kind", "starts_at"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="activity_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Meeting(models.Model):
    """One sitting of an activity. Every activity has at least one; a cohort has several."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="meetings")
    title = models.CharField(_("title"), max_length=120, blank=True)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))

    objects: ClassVar[models.Manager[Meeting]] = ScopedManager(organisation="activity__organisation")

    class Meta:
        ordering = ["starts_at", "pk"]

    def __str__(self) -> str:
        return self.title or str(self.activity_id)
