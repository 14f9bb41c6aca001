"""People the programme meets: counted once, whoever met them; what is known of them belongs to who met them."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from resilience.people.models.accounts import Account
from resilience.people.models.organisations import Organisation, Region


class KeyKind(models.TextChoices):
    """What a person's key was made from."""

    EMAIL = "email", _("e-mail address")
    SHARED_EMAIL = "shared", _("e-mail address shared with others, and name")
    NAME = "name", _("name, where no e-mail address was given")
    ERASED = "erased", _("nothing: the person was erased")


class Person(models.Model):
    """Somebody to be counted once. Holds no personal data: the key is a keyed hash that cannot be turned back."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # HMAC-SHA-256 of the address (or address and name, or name and partner) under the installation's own key.
    key = models.CharField(max_length=64, unique=True)
    key_kind = models.CharField(max_length=8, choices=KeyKind.choices, default=KeyKind.EMAIL)
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.ref)


class Contact(models.Model):
    """What one organisation knows of a person. Erasing somebody deletes these and leaves the person to be counted."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    employer = models.ForeignKey(Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    job = models.CharField(_("job role"), max_length=64, blank=True, help_text=_("A role of the competence register."))
    region = models.CharField(_("region"), max_length=3, choices=Region.choices, blank=True)
    account = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    # The batch that first brought the row, so that an import can be undone; empty where a page did.
    batch = models.UUIDField(null=True, blank=True)

    objects: ClassVar[models.Manager[Contact]] = ScopedManager(organisation="organisation")

    class Meta:
        ordering = ["name", "email", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "person"], name="one_contact_in_an_organisation")
        ]
        indexes = [models.Index(fields=["organisation", "name"]), models.Index(fields=["batch"])]

    def __str__(self) -> str:
        return self.name or self.email or str(_("unnamed"))


class PersonMerge(models.Model):
    """Two persons found to be one. `moved` lists the rows that changed hands (table -> ids), for undoing."""

    kept = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    merged_key = models.CharField(max_length=64)
    merged_key_kind = models.CharField(max_length=8, choices=KeyKind.choices)
    merged_ref = models.UUIDField()
    moved = models.JSONField(default=dict)
    reason = models.CharField(_("reason"), max_length=200)
    actor_ref = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        # A key that was merged away leads to the person who was kept when it is met again.
        indexes = [models.Index(fields=["merged_key"])]

    def __str__(self) -> str:
        return f"{self.merged_ref} -> {self.kept_id}"


class ToldApart(models.Model):
    """Two entries that look like one, of which somebody said that they are two: they are not proposed again.

    Both are named by what refers to them, a person's `ref` or an organisation's key, the lower first; the row knows
    nothing else of either.
    """

    first = models.UUIDField()
    second = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="told_apart_once")]

    def __str__(self) -> str:
        return f"{self.first}, {self.second}"
