"""Accounts and the role an account has in an organisation."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from resilience.people.models.organisations import Organisation


class Role(models.TextChoices):
    ADMINISTRATOR = "administrator", _("Administrator")
    LEAD = "lead", _("Programme lead")
    COORDINATOR = "coordinator", _("Partner coordinator")
    INSTRUCTOR = "instructor", _("Instructor")
    TRAINEE = "trainee", _("Trainee")
    QUALITY = "quality", _("Quality manager")
    FUNDER = "funder", _("Funder's reader")
    ANALYST = "analyst", _("Diversity analyst")


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Account:
        """An account; without a password nobody can sign in to it until one is set by e-mail or by an administrator."""
        if not email:
            raise ValueError("An account needs an e-mail address: give one")
        account = self.model(email=self.normalize_email(email).lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A person who signs in. The e-mail address is the name they sign in with."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering = ["email"]

    def __str__(self) -> str:
        return self.name or self.email


class Membership(models.Model):
    """The one role an account has in an organisation. Cannot be read outside the scope of an organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(_("role"), max_length=16, choices=Role.choices)

    objects: ClassVar[models.Manager[Membership]] = ScopedManager(organisation="organisation")

    class Meta:
        ordering = ["account__email"]
        constraints = [models.UniqueConstraint(fields=["organisation", "account"], name="one_role_in_an_organisation")]

    def __str__(self) -> str:
        return f"{self.account} ({self.get_role_display()}, {self.organisation})"
