"""The grant, what each partner may spend and has spent, work packages, risks and changes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from resilience.people.models import Organisation


class Grant(models.Model):
    """The programme itself: who leads it, from when to when, with how much. Its partners are those with a budget."""

    code = models.CharField(max_length=24, unique=True)
    title = models.CharField(max_length=120)
    lead = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    funder = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    total_gbp = models.DecimalField(max_digits=12, decimal_places=2)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["starts_on", "code"]

    def __str__(self) -> str:
        return self.title


class PartnerBudget(models.Model):
    """A partner's share of the grant. Having one makes an organisation a partner of the programme."""

    grant = models.ForeignKey(Grant, on_delete=models.CASCADE, related_name="budgets")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    gbp = models.DecimalField(max_digits=12, decimal_places=2)

    objects: ClassVar[models.Manager[PartnerBudget]] = ScopedManager(organisation="organisation")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["grant", "organisation"], name="one_budget_a_partner")]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.gbp}"


class Spend(models.Model):
    """Money of one partner, category and quarter: forecast and, once claimed, actual."""

    class Category(models.TextChoices):
        STAFF = "staff", _("staff")
        MATERIALS = "materials", _("materials")
        EQUIPMENT = "equipment", _("equipment")
        TRAVEL = "travel", _("travel and subsistence")
        SUBCONTRACT = "subcontract", _("subcontracts")
        OVERHEAD = "overhead", _("overheads")

    budget = models.ForeignKey(PartnerBudget, on_delete=models.CASCADE, related_name="spends")
    quarter = models.DateField(_("last day of the quarter"))
    category = models.CharField(max_length=12, choices=Category.choices)
    forecast_gbp = models.DecimalField(max_digits=12, decimal_places=2)
    actual_gbp = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)

    objects: ClassVar[models.Manager[Spend]] = ScopedManager(organisation="budget__organisation")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["budget", "quarter", "category"], name="one_line_a_quarter")]

    def __str__(self) -> str:
        return f"{self.quarter} {self.category}"


class WorkPackage(models.Model):
    """A part of the plan, with the organisation that leads it and a day it is due."""

    grant = models.ForeignKey(Grant, on_delete=models.CASCADE, related_name="work_packages")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12)
    title = models.CharField(max_length=160)
    due_on = models.DateField()

    objects: ClassVar[models.Manager[WorkPackage]] = ScopedManager(organisation="organisation")

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["grant", "code"], name="one_work_package_a_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class WorkPackageReport(models.Model):
    """How far a work package was at the end of a quarter, by its leader's word."""

    class Standing(models.TextChoices):
        ON_PLAN = "on-plan", _("on plan")
        AT_RISK = "at-risk", _("at risk")
        LATE = "late", _("late")
        DONE = "done", _("done")

    work_package = models.ForeignKey(WorkPackage, on_delete=models.CASCADE, related_name="reports")
    quarter = models.DateField(_("last day of the quarter"))
    standing = models.CharField(max_length=8, choices=Standing.choices)
    percent = models.PositiveSmallIntegerField(_("done, %"))
    text = models.CharField(max_length=500)

    objects: ClassVar[models.Manager[WorkPackageReport]] = ScopedManager(organisation="work_package__organisation")

    class Meta:
        ordering = ["quarter"]
        constraints = [models.UniqueConstraint(fields=["work_package", "quarter"], name="one_report_a_quarter")]

    def __str__(self) -> str:
        return f"{self.quarter} {self.standing}"


class Risk(models.Model):
    """Something that may go wrong: how likely and how bad (1-5), what is done about it, who watches it."""

    grant = models.ForeignKey(Grant, on_delete=models.CASCADE, related_name="risks")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    likelihood = models.PositiveSmallIntegerField()
    impact = models.PositiveSmallIntegerField()
    mitigation = models.CharField(max_length=500)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    objects: ClassVar[models.Manager[Risk]] = ScopedManager(organisation="organisation")

    class Meta:
        ordering = ["-impact", "-likelihood", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def weight(self) -> int:
        """Likelihood times impact, 1 to 25."""
        return self.likelihood * self.impact


class ProgrammeChange(models.Model):
    """A change to plan or money, asked for and decided."""

    class Decision(models.TextChoices):
        ASKED = "asked", _("asked for")
        AGREED = "agreed", _("agreed")
        REFUSED = "refused", _("refused")

    grant = models.ForeignKey(Grant, on_delete=models.CASCADE, related_name="changes")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    reason = models.CharField(max_length=500)
    decision = models.CharField(max_length=8, choices=Decision.choices, default=Decision.ASKED)
    asked_on = models.DateField()
    decided_on = models.DateField(null=True, blank=True)

    objects: ClassVar[models.Manager[ProgrammeChange]] = ScopedManager(organisation="organisation")

    class Meta:
        ordering = ["-asked_on", "pk"]

    def __str__(self) -> str:
        return self.title
