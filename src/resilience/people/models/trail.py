"""The trail of what was done to people, activities and figures. Rows are only added."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models


class UnchangeableError(TypeError):
    """Somebody tried to change or delete what may only be added to."""


class TrailQuerySet(models.QuerySet["TrailEntry"]):
    """Reading only; rows are added by `people.trail.add`."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise UnchangeableError("The trail is only added to, never updated")

    def delete(self) -> NoReturn:
        raise UnchangeableError("The trail is only added to, never deleted")


class TrailEntry(models.Model):
    """Who did what to what, when, with which reason. References and figures only, never a name or an address."""

    at = models.DateTimeField()
    # No foreign keys: an account or organisation that goes must not touch the trail.
    actor_ref = models.CharField(max_length=40, blank=True)
    role = models.CharField(max_length=16, blank=True)
    organisation_ref = models.UUIDField(null=True)
    what = models.CharField(max_length=60)
    about = models.CharField(max_length=120, blank=True)
    old = models.JSONField(null=True)
    new = models.JSONField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    objects = models.Manager.from_queryset(TrailQuerySet)()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["about"]), models.Index(fields=["organisation_ref", "-id"])]

    def __str__(self) -> str:
        return f"{self.what} {self.about}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise UnchangeableError("An entry of the trail cannot be changed: add another")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise UnchangeableError("An entry of the trail cannot be deleted")
