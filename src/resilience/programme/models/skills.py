"""Which competences a post needs, and which a person holds by which evidence."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from resilience.people.models import Organisation, Person, Region


class JobPost(models.Model):
    """An employer needs so many people in a role (of the competence register) in a region."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    employer = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(_("job role"), max_length=64)
    region = models.CharField(_("region"), max_length=3, choices=Region.choices)
    people_needed = models.PositiveSmallIntegerField(_("people needed"))
    stated_on = models.DateField()

    objects: ClassVar[models.Manager[JobPost]] = ScopedManager(organisation="organisation")

    class Meta:
        ordering = ["employer__name", "role"]

    def __str__(self) -> str:
        return f"{self.employer_id} {self.role}"


class HeldCompetence(models.Model):
    """A person holds a competence (code of the register) since a day, by evidence that can be pointed at."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="competences")
    competence = models.CharField(max_length=64)
    # "activity:<code>" (taught, minimum minutes reached) or "record:<seq>" (competent in an assessed session).
    evidence = models.CharField(max_length=80)
    since = models.DateField()
    # From the day after this one the competence is not held until it was shown again; empty where nothing is due.
    retest_due = models.DateField(null=True, blank=True)

    objects: ClassVar[models.Manager[HeldCompetence]] = ScopedManager(organisation="organisation")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "competence", "evidence"], name="one_evidence_a_competence")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.competence}"
