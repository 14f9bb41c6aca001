"""Files that were imported, what became of each of their rows, and the mappings remembered for the next one."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django_scopes import ScopedManager

from resilience.people.models import Organisation
from resilience.programme.models.activities import Activity


class ImportBatch(models.Model):
    """One file, committed in one transaction. Undoing it removes what it made, if nothing was built upon it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="batches")
    what = models.CharField(max_length=12)  # attendance | evaluation
    source = models.CharField(max_length=24)  # eventbrite | microsoft-forms | plain
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    mapping = models.JSONField(default=dict)
    rows = models.PositiveIntegerField()
    imported = models.PositiveIntegerField()
    merged = models.PositiveIntegerField()
    refused = models.PositiveIntegerField()
    # What the file added to rows that were there before, so that undoing gives them back as they were:
    # {"minutes": [[attendance, minutes before, minutes now], ...], "answered": [evaluation request, ...]}
    added = models.JSONField(default=dict)
    actor_ref = models.CharField(max_length=40, blank=True)
    committed_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[ImportBatch]] = ScopedManager(organisation="organisation")

    class Meta:
        ordering = ["-committed_at", "pk"]
        indexes = [models.Index(fields=["activity", "sha256"])]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.id})"


class RowFate(models.TextChoices):
    IMPORTED = "imported"
    MERGED = "merged"
    REFUSED = "refused"


class ImportRow(models.Model):
    """Where one row ended. Kept for merged and refused rows; an imported row is found by its batch."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="row_fates")
    row = models.PositiveIntegerField()
    column = models.CharField(max_length=80, blank=True)
    fate = models.CharField(max_length=8, choices=RowFate.choices)
    reason = models.CharField(max_length=200)

    objects: ClassVar[models.Manager[ImportRow]] = ScopedManager(organisation="batch__organisation")

    class Meta:
        ordering = ["row", "pk"]

    def __str__(self) -> str:
        return f"row {self.row}: {self.fate}"


class SourceMapping(models.Model):
    """Which column meant what, remembered for an organisation by the headings of the file."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=12)
    headings_key = models.CharField(max_length=64)  # SHA-256 of the normalised headings
    mapping = models.JSONField()
    used_at = models.DateTimeField()

    objects: ClassVar[models.Manager[SourceMapping]] = ScopedManager(organisation="organisation")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "what", "headings_key"], name="one_mapping_for_headings")
        ]

    def __str__(self) -> str:
        return self.headings_key[:12]
