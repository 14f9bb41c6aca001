"""Figures that stand: snapshots, released diversity tables, publications, targets, quarterly packs."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from resilience.people.models import Organisation


class Snapshot(models.Model):
    """One indicator on one day under one set of filters, with what it was counted from. Never changed."""

    indicator = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    as_of = models.DateField()
    # {"organisation": id, "region": code, "nation": code}; empty means the whole programme.
    filters = models.JSONField(default=dict)
    value = models.FloatField(null=True)
    numerator = models.FloatField(null=True)
    denominator = models.FloatField(null=True)
    response_rate = models.FloatField(null=True)
    partners = models.JSONField(default=list)
    # SHA-256 over the sorted references of the rows counted; the references themselves are kept compressed beside it.
    rows_hash = models.CharField(max_length=64)
    rows = models.BinaryField(default=bytes)
    code_version = models.CharField(max_length=40)
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["-as_of", "indicator", "pk"]
        indexes = [models.Index(fields=["indicator", "as_of"])]

    def __str__(self) -> str:
        return f"{self.indicator} {self.as_of}"


class Release(models.Model):
    """A diversity table as it left the door at the end of a quarter. Frozen: no quarter is released twice."""

    table = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    quarter = models.DateField()
    # The published cells only, after disclosure control.
    cells = models.JSONField()
    method = models.CharField(max_length=24)
    rows_hash = models.CharField(max_length=64)
    released_at = models.DateTimeField()

    class Meta:
        ordering = ["-quarter", "table"]
        constraints = [models.UniqueConstraint(fields=["table", "version", "quarter"], name="released_once_a_quarter")]

    def __str__(self) -> str:
        return f"{self.table} {self.quarter}"


class Publication(models.Model):
    """A sentence with a figure in it, and the snapshot that carries it. Public once approved."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="publications")
    text = models.JSONField()  # {"en", "cy"}
    # The figure as printed: the check that it can be reached from its base is made on this.
    printed = models.CharField(max_length=24)
    approver_ref = models.CharField(max_length=40, blank=True)
    approver_name = models.CharField(_("approved by"), max_length=120, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-approved_at", "pk"]

    def __str__(self) -> str:
        return self.printed


class Target(models.Model):
    """What an indicator is to reach by a day."""

    indicator = models.CharField(max_length=40)
    due_on = models.DateField()
    value = models.FloatField()

    class Meta:
        ordering = ["indicator", "due_on"]
        constraints = [models.UniqueConstraint(fields=["indicator", "due_on"], name="one_target_a_day")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.value} by {self.due_on}"


class Pack(models.Model):
    """A quarter's report as it was frozen: the data, and the hash of each file made from it."""

    quarter = models.DateField(unique=True)
    data = models.JSONField()
    data_hash = models.CharField(max_length=64)
    file_hashes = models.JSONField(default=dict)
    frozen_by = models.CharField(max_length=40, blank=True)
    frozen_at = models.DateTimeField()

    class Meta:
        ordering = ["-quarter"]

    def __str__(self) -> str:
        return str(self.quarter)


class PackFile(models.Model):
    """A file of a pack, kept as it was made: a later release of the typesetter may set the same data otherwise."""

    pack = models.ForeignKey(Pack, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=24)
    content = models.BinaryField()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["pack", "name"], name="one_file_a_name")]

    def __str__(self) -> str:
        return self.name


class SiteAnswers(models.Model):
    """What an organisation says of its physical training, as `footprint_sites.Answers` checks it. The trail keeps what
    it said before."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="+")
    answers = models.JSONField()
    changed_at = models.DateTimeField()

    objects: ClassVar[models.Manager[SiteAnswers]] = ScopedManager(organisation="organisation")

    class Meta:
        ordering = ["organisation"]

    def __str__(self) -> str:
        return str(self.organisation_id)


class FactorEdition(models.Model):
    """A year's official conversion factors, read from a workbook. They count from when they are adopted."""

    edition = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=200)
    # A footprint.Proposal: every change with its sheet and row. Replayed upon the built-in factors, oldest first.
    proposal = models.JSONField()
    # Series that the workbook lacks and that somebody agreed to leave as they are.
    without = models.JSONField(default=list)
    proposed_at = models.DateTimeField()
    adopted_at = models.DateTimeField(null=True, blank=True)
    adopted_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["adopted_at", "pk"]

    def __str__(self) -> str:
        return f"{self.edition} {self.sha256[:12]}"
