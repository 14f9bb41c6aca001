"""Organisations of the programme and the names they are known by."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from resilience.people.spelling import key_of


class OrganisationKind(models.TextChoices):
    LEAD = "lead", _("Lead organisation")
    PARTNER = "partner", _("Partner")
    EMPLOYER = "employer", _("Employer")
    SCHOOL = "school", _("School or college")
    FUNDER = "funder", _("Funder")


class Size(models.TextChoices):
    """Bands of the number of employees, as UK business statistics draw them (DBT, Business population estimates)."""

    MICRO = "micro", _("1-9 employees")
    SMALL = "small", _("10-49 employees")
    MEDIUM = "medium", _("50-249 employees")
    LARGE = "large", _("250 employees or more")


class Nation(models.TextChoices):
    ENGLAND = "england", _("England")
    SCOTLAND = "scotland", _("Scotland")
    WALES = "wales", _("Wales")
    NORTHERN_IRELAND = "northern-ireland", _("Northern Ireland")


class Region(models.TextChoices):
    """International Territorial Level 1 of the UK (ONS, ITL 2021 codes)."""

    NORTH_EAST = "TLC", _("North East")
    NORTH_WEST = "TLD", _("North West")
    YORKSHIRE = "TLE", _("Yorkshire and The Humber")
    EAST_MIDLANDS = "TLF", _("East Midlands")
    WEST_MIDLANDS = "TLG", _("West Midlands")
    EAST = "TLH", _("East of England")
    LONDON = "TLI", _("London")
    SOUTH_EAST = "TLJ", _("South East")
    SOUTH_WEST = "TLK", _("South West")
    WALES = "TLL", _("Wales")
    SCOTLAND = "TLM", _("Scotland")
    NORTHERN_IRELAND = "TLN", _("Northern Ireland")


def nation_of(region: Region) -> Nation:
    """The nation that a region lies in."""
    elsewhere = {
        Region.WALES: Nation.WALES,
        Region.SCOTLAND: Nation.SCOTLAND,
        Region.NORTHERN_IRELAND: Nation.NORTHERN_IRELAND,
    }
    return elsewhere.get(region, Nation.ENGLAND)


class NameTakenError(ValueError):
    """The name is known as a spelling of another organisation."""


class Organisation(models.Model):
    """A university, site, company, school or funder. Everything kept about people belongs to exactly one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=120, unique=True)
    kind = models.CharField(
        _("kind"), max_length=12, choices=OrganisationKind.choices, default=OrganisationKind.PARTNER
    )
    region = models.CharField(_("region"), max_length=3, choices=Region.choices, blank=True)
    size = models.CharField(_("size"), max_length=8, choices=Size.choices, blank=True)
    invented = models.BooleanField(_("invented for demonstration"), default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps the name among the known spellings. Raises NameTakenError where it is another organisation's."""
        key = key_of(self.name)
        taken = OrganisationAlias.objects.filter(key=key).select_related("organisation").first()
        if taken is not None and taken.organisation_id != self.pk:
            raise NameTakenError(
                f"“{self.name}” is a spelling of {taken.organisation}: use that one or choose another name"
            )
        super().save(*args, **kwargs)
        if taken is None:
            OrganisationAlias.objects.create(organisation=self, name=self.name, key=key)


class OrganisationAlias(models.Model):
    """A known spelling of an organisation's name, its own included; `key` is what `people.spelling.key_of` makes."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(_("other spelling"), max_length=120)
    key = models.CharField(max_length=120, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
