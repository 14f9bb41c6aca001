"""Who was there: named people by meeting, and heads where nobody has a name."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from resilience.people.models import Person
from resilience.programme.models.activities import Activity, Meeting
from resilience.programme.models.registrations import Registration


class AttendanceSource(models.TextChoices):
    CHECK_IN = "check-in", _("scanned or ticked at the door")
    IMPORT = "import", _("imported from a file")
    HAND = "hand", _("entered by hand")


class Attendance(models.Model):
    """A person was at a meeting, for so many minutes where that is known. Absence is the lack of a row."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="attendances")
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    source = models.CharField(max_length=8, choices=AttendanceSource.choices)
    at = models.DateTimeField(_("first seen"))
    batch = models.UUIDField(null=True, blank=True)

    objects: ClassVar[models.Manager[Attendance]] = ScopedManager(organisation="meeting__activity__organisation")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="once_at_a_meeting")]
        # The first constraint's index also serves meeting -> people; this one serves people -> meetings.
        indexes = [models.Index(fields=["person", "meeting"]), models.Index(fields=["batch"])]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.meeting_id}"


class CheckIn(models.Model):
    """One scan at a door. The device draws the nonce, so that sending the same scan twice changes nothing."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="check_ins")
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="check_ins")
    nonce = models.CharField(max_length=40)
    # By the device's clock; `received_at` is ours.
    scanned_at = models.DateTimeField()
    received_at = models.DateTimeField()
    device = models.CharField(max_length=40, blank=True)
    leaving = models.BooleanField(default=False)

    objects: ClassVar[models.Manager[CheckIn]] = ScopedManager(organisation="meeting__activity__organisation")

    class Meta:
        ordering = ["scanned_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "registration", "nonce"], name="a_scan_counts_once")]

    def __str__(self) -> str:
        return self.nonce


class Certificate(models.Model):
    """A certificate of attendance that was handed out, and what it said. A page confirms it by its number."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="certificates")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="certificates")
    number = models.CharField(max_length=16, unique=True)
    minutes = models.PositiveIntegerField()
    cpd_minutes = models.PositiveIntegerField()
    issued_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Certificate]] = ScopedManager(organisation="activity__organisation")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "person"], name="one_certificate_of_attendance")]

    def __str__(self) -> str:
        return self.number


class HeadCountKind(models.TextChoices):
    """How a number of heads is known, the best first."""

    REGISTER = "register", _("a register kept by the school or host")
    COUNTED = "counted", _("counted on the spot")
    ESTIMATE = "estimate", _("estimated")


class HeadCount(models.Model):
    """So many people without names at an activity, how that is known, and where it is written down."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="head_counts")
    kind = models.CharField(_("how it is known"), max_length=8, choices=HeadCountKind.choices)
    number = models.PositiveIntegerField(_("heads"))
    year_group = models.CharField(_("year group"), max_length=24, blank=True)
    source = models.CharField(_("where it is written down"), max_length=200)
    recorded_at = models.DateTimeField()
    batch = models.UUIDField(null=True, blank=True)

    objects: ClassVar[models.Manager[HeadCount]] = ScopedManager(organisation="activity__organisation")

    class Meta:
        ordering = ["activity", "pk"]
        indexes = [models.Index(fields=["batch"])]

    def __str__(self) -> str:
        return f"{self.number} ({self.kind})"
