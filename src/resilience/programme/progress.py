"""Work packages, risks and changes: how the programme goes, in the words of those who carry it.

A partner writes in the scope of its own organisation. What is told of all partners goes through the functions at the
end, which say so. Everything here refuses with ValidationError, which names the field.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from resilience.people import trail
from resilience.people.models import Organisation
from resilience.people.permissions import Actor
from resilience.people.scopes import whole_programme
from resilience.programme.models import Grant, ProgrammeChange, Risk, WorkPackage, WorkPackageReport
from resilience.programme.money import check_quarter

MOST_LIKELY = 5


@dataclass(frozen=True)
class Progress:
    """A work package and its report of a quarter; None where its leader has not reported."""

    work_package: WorkPackage
    report: WorkPackageReport | None
    late: bool


@transaction.atomic
def set_work_package(
    actor: Actor, grant: Grant, *, organisation: Organisation, code: str, title: str, due_on: date
) -> WorkPackage:
    """Enters a work package, or changes the one of that code."""
    if not grant.starts_on <= due_on <= grant.ends_on:
        raise ValidationError({"due_on": _("Choose a day within the grant’s time.")})
    with whole_programme("the lead plans the work of all partners"):
        package = WorkPackage.objects.filter(grant=grant, code=code.strip().upper()).first() or WorkPackage(grant=grant)
        package.organisation, package.code, package.title = organisation, code.strip().upper(), title.strip()
        package.due_on = due_on
        package.full_clean(validate_unique=False, validate_constraints=False)
        package.save()
    trail.add(actor, "work package set", f"work package:{package.code}", new={"due_on": str(due_on)})
    return package


@transaction.atomic
def report(
    actor: Actor, package: WorkPackage, quarter: date, *, standing: str, percent: int, text: str, now: datetime
) -> WorkPackageReport:
    """Says how far a work package is at the end of a quarter, over what was said before."""
    check_quarter(package.grant, quarter)
    errors = {}
    if percent > 100:
        errors["percent"] = _("A work package is done to 0 to 100 %.")
    if standing == WorkPackageReport.Standing.DONE and percent != 100:
        errors["percent"] = _("What is done is done to 100 %.")
    if not text.strip():
        errors["text"] = _("Say in a sentence or two what was done and what comes next.")
    if errors:
        raise ValidationError(errors)
    values = {"standing": WorkPackageReport.Standing(standing), "percent": percent, "text": text.strip()}
    before = WorkPackageReport.objects.filter(work_package=package, quarter=quarter).first()
    old = {"standing": before.standing, "percent": before.percent} if before else None
    made, _new = WorkPackageReport.objects.update_or_create(work_package=package, quarter=quarter, defaults=values)
    told = {"standing": standing, "percent": percent}
    trail.add(actor, "progress reported", f"work package:{package.code} {quarter}", old, told)
    return made


@transaction.atomic
def open_risk(
    actor: Actor,
    grant: Grant,
    organisation: Organisation,
    *,
    title: str,
    likelihood: int,
    impact: int,
    mitigation: str,
    now: datetime,
) -> Risk:
    """Puts a risk on the register. Likelihood and impact go from 1 to 5."""
    risk = Risk(grant=grant, organisation=organisation, title=title.strip(), mitigation=mitigation.strip())
    risk.opened_on = timezone.localdate(now)
    return _weighed(actor, risk, likelihood, impact, "risk opened")


@transaction.atomic
def weigh_risk(actor: Actor, risk: Risk, *, likelihood: int, impact: int) -> Risk:
    """Changes how likely and how bad a risk is."""
    return _weighed(actor, risk, likelihood, impact, "risk weighed")


@transaction.atomic
def close_risk(actor: Actor, risk: Risk, now: datetime) -> None:
    """A risk that is over stays in the packs that told of it."""
    if risk.closed_on is None:
        risk.closed_on = timezone.localdate(now)
        risk.save(update_fields=["closed_on"])
        trail.add(actor, "risk closed", f"risk:{risk.pk}")


@transaction.atomic
def ask_change(
    actor: Actor, grant: Grant, organisation: Organisation, *, title: str, reason: str, now: datetime
) -> ProgrammeChange:
    """Asks the lead for a change to plan or money."""
    change = ProgrammeChange(grant=grant, organisation=organisation, title=title.strip(), reason=reason.strip())
    change.asked_on = timezone.localdate(now)
    change.full_clean()
    change.save()
    trail.add(actor, "change asked for", f"change:{change.pk}")
    return change


@transaction.atomic
def decide_change(actor: Actor, change: int, agreed: bool, now: datetime) -> ProgrammeChange | None:
    """Agrees or refuses a change of any partner. A decision stands: another change is asked for to alter it."""
    decisions = ProgrammeChange.Decision
    with whole_programme("the lead decides changes of all partners"):
        found: ProgrammeChange | None = ProgrammeChange.objects.select_for_update().filter(pk=change).first()
        if found is None:
            return None
        if found.decision != decisions.ASKED:
            raise ValidationError(_("This change is decided already."))
        found.decision = decisions.AGREED if agreed else decisions.REFUSED
        found.decided_on = timezone.localdate(now)
        found.save(update_fields=["decision", "decided_on"])
    trail.add(actor, "change decided", f"change:{found.pk}", {"decision": "asked"}, {"decision": found.decision})
    return found


def progress(grant: Grant, quarter: date, only: Organisation | None = None) -> list[Progress]:
    """Every work package with its report of the quarter."""
    with whole_programme("progress is told of all partners"):
        packages = WorkPackage.objects.filter(grant=grant, **_of(only)).select_related("organisation")
        reports = {
            report.work_package_id: report
            for report in WorkPackageReport.objects.filter(work_package__grant=grant, quarter=quarter)
        }
        return [_stood(package, reports.get(package.pk), quarter) for package in packages]


def risks(grant: Grant, on: date, only: Organisation | None = None) -> list[Risk]:
    """Risks that were open on a day, the gravest first."""
    with whole_programme("risks are told of all partners"):
        found = Risk.objects.filter(grant=grant, opened_on__lte=on, **_of(only)).select_related("organisation")
        still = found.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on))
        return sorted(still, key=lambda risk: (-risk.weight, -risk.impact, risk.pk))


def changes(grant: Grant, first: date, last: date, only: Organisation | None = None) -> list[ProgrammeChange]:
    """Changes asked for or decided between two days, and those still open on the last."""
    with whole_programme("changes are told of all partners"):
        found = ProgrammeChange.objects.filter(grant=grant, asked_on__lte=last, **_of(only))
        open_then = Q(decided_on__isnull=True) | Q(decided_on__gte=first)
        return list(found.filter(open_then).select_related("organisation"))


def _of(only: Organisation | None) -> dict[str, Any]:
    return {} if only is None else {"organisation": only}


def _stood(package: WorkPackage, report: WorkPackageReport | None, quarter: date) -> Progress:
    done = report is not None and report.standing == WorkPackageReport.Standing.DONE
    return Progress(package, report, late=package.due_on < quarter and not done)


def _weighed(actor: Actor, risk: Risk, likelihood: int, impact: int, what: str) -> Risk:
    old = {"likelihood": risk.likelihood, "impact": risk.impact} if risk.pk else None
    for field, value in (("likelihood", likelihood), ("impact", impact)):
        if not 1 <= value <= MOST_LIKELY:
            raise ValidationError({field: _("Choose 1 to 5.")})
    risk.likelihood, risk.impact = likelihood, impact
    risk.full_clean()
    risk.save()
    trail.add(actor, what, f"risk:{risk.pk}", old, {"likelihood": likelihood, "impact": impact})
    return risk
