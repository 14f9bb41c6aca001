"""Diversity answers. They lie under random keys that lead to nobody, and only `people.diversity` opens the table."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from resilience.people.models.organisations import Organisation
from resilience.people.models.persons import Person


def random_key() -> int:
    """63 random bits. As the primary key it is the row's place in the table, so that no order of arrival is kept."""
    return secrets.randbits(63) or 1


class Strand(models.TextChoices):
    TRAINING = "training", _("training events")
    LEADERSHIP = "leadership", _("leadership accelerator")


class DiversityInvitation(models.Model):
    """That a person was asked, and whether a form came back. Leads to no answer."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    strand = models.CharField(max_length=12, choices=Strand.choices)
    # SHA-256 of the token in the invitation; removed when the form came back, so that it cannot be used twice.
    token_hash = models.CharField(max_length=64, blank=True)
    answered = models.BooleanField(default=False)

    objects: ClassVar[models.Manager[DiversityInvitation]] = ScopedManager(organisation="organisation")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "strand"], name="asked_once_in_a_strand")]
        indexes = [models.Index(fields=["token_hash"])]

    def __str__(self) -> str:
        return f"{self.person_id} {self.strand}"


class DiversityAsked(models.Model):
    """How many people were first asked in a quarter: the base of its response rate, with no way back to anybody.

    On the invitation itself the quarter could be compared with those of the forms.
    """

    strand = models.CharField(max_length=12, choices=Strand.choices)
    # The last day of the quarter.
    quarter = models.DateField()
    people = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["strand", "quarter"], name="asked_in_a_quarter_counted_once")]

    def __str__(self) -> str:
        return f"{self.strand} {self.quarter}"


class DiversityForm(models.Model):
    """One returned form: strand, partner and quarter, nothing finer. Its holder knows the withdrawal code."""

    key = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    strand = models.CharField(max_length=12, choices=Strand.choices)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    # The last day of the quarter in which it came back.
    quarter = models.DateField()
    withdrawal_hash = models.CharField(max_length=64, unique=True)

    objects: ClassVar[models.Manager[DiversityForm]] = ScopedManager(diversity_door="organisation__isnull")

    def __str__(self) -> str:
        return self.strand


class DiversityAnswer(models.Model):
    """One answered question of one form, as a code of a named list. No answer, no row."""

    key = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    form = models.ForeignKey(DiversityForm, on_delete=models.CASCADE, related_name="+")
    question = models.CharField(max_length=24)
    scheme = models.CharField(max_length=40)
    code = models.CharField(max_length=24)

    objects: ClassVar[models.Manager[DiversityAnswer]] = ScopedManager(diversity_door="form__organisation__isnull")

    class Meta:
        indexes = [models.Index(fields=["question", "code"])]

    def __str__(self) -> str:
        return self.question
