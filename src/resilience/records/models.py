"""What is kept of a session: the attempt (who began what), and the chained record (what came of it)."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from resilience.people.models import Account, Organisation
from resilience.people.models.trail import UnchangeableError


class Subject(models.Model):
    """The only link from records to a person. Deleting the row erases the person and leaves the chain verifiable."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")

    objects: ClassVar[models.Manager[Subject]] = ScopedManager(organisation="organisation")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "account"], name="one_subject_in_an_organisation", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class Purpose(models.TextChoices):
    """What a session is for, as whoever begins it declares. Nobody has to: without one it claims to replace nothing."""

    OUTREACH = "outreach", _("Outreach")
    QUALIFICATION = "qualification", _("Qualification")
    EXTRA_PRACTICE = "extra_practice", _("Extra practice")
    DECLARED_REPLACEMENT = "declared_replacement", _("In place of a physical practice run")


# Only these say that a physical run may have fallen away, and so need a second person.
CLAIMS = (Purpose.EXTRA_PRACTICE, Purpose.DECLARED_REPLACEMENT)


class Device(models.TextChoices):
    """What kind of device a session was begun on, as far as the browser tells."""

    HEADSET = "headset", _("headset")
    COMPUTER = "computer", _("computer")
    TABLET = "tablet", _("tablet")
    PHONE = "phone", _("phone")


class Attempt(models.Model):
    """A session that was begun: where it belongs until, and after, it is recorded.

    Purpose and countersignature stand here and not in the chain: they say nothing about what was done.
    """

    session = models.CharField(primary_key=True, max_length=64)
    module = models.CharField(max_length=80)
    mode = models.CharField(max_length=16)
    seed = models.BigIntegerField()
    language = models.CharField(max_length=8)
    # SHA-256 of the token, so that its holder can still read the reveal when the journal is long gone.
    token_hash = models.CharField(max_length=64)
    begun_at = models.DateTimeField(auto_now_add=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, related_name="+")
    subject = models.ForeignKey(Subject, on_delete=models.SET_NULL, null=True, related_name="+")
    purpose = models.CharField(_("purpose"), max_length=24, choices=Purpose.choices, blank=True)
    device = models.CharField(_("device"), max_length=8, choices=Device.choices, blank=True)
    # Who confirmed that what was declared is so; the day stays when the account is gone.
    countersigned_by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    countersigned_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Attempt]] = ScopedManager(organisation="organisation")

    class Meta:
        ordering = ["-begun_at", "session"]

    def __str__(self) -> str:
        return self.session


class RecordQuerySet(models.QuerySet["SessionRecord"]):
    """Reading only; rows are added by `records.chain.append`."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise UnchangeableError("Records are only added, never updated")

    def delete(self) -> NoReturn:
        raise UnchangeableError("Records are only added, never deleted")


class SessionRecord(models.Model):
    """One link of the chain. The database itself refuses UPDATE and DELETE (migration 0002)."""

    seq = models.BigIntegerField(primary_key=True)
    session = models.CharField(max_length=64, unique=True)
    module = models.CharField(_("module"), max_length=80)
    version = models.CharField(max_length=40)
    content_hash = models.CharField(max_length=80)
    seed = models.BigIntegerField(_("seed"))
    mode = models.CharField(_("mode"), max_length=16)
    language = models.CharField(max_length=8)
    log = models.BinaryField()
    outcome = models.TextField()
    outcome_hash = models.CharField(max_length=80)
    log_hash = models.CharField(max_length=80)
    software = models.CharField(max_length=40)
    # No foreign keys: neither an erased person nor a dissolved organisation may touch a row of the chain.
    organisation_ref = models.UUIDField(null=True)
    subject_ref = models.UUIDField(null=True)
    created_at = models.CharField(max_length=32)
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    objects: ClassVar[models.Manager[SessionRecord]] = ScopedManager(
        _manager_class=models.Manager.from_queryset(RecordQuerySet), organisation="organisation_ref"
    )

    class Meta:
        ordering = ["-seq"]
        indexes = [models.Index(fields=["organisation_ref", "-seq"]), models.Index(fields=["subject_ref"])]

    def __str__(self) -> str:
        return f"{self.seq} {self.module} {self.session}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise UnchangeableError(f"Record {self.seq} cannot be changed: records are only added")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise UnchangeableError(f"Record {self.seq} cannot be deleted: records are only added")
