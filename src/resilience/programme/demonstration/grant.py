"""Organisations, the grant, money, work packages, risks and changes of the invented programme."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from resilience.people.models import Organisation, OrganisationAlias, OrganisationKind
from resilience.people.spelling import key_of
from resilience.programme.demonstration.stage import Stage
from resilience.programme.models import (
    Grant,
    JobPost,
    PartnerBudget,
    ProgrammeChange,
    Risk,
    Spend,
    WorkPackage,
    WorkPackageReport,
)
from resilience.programme.quarters import quarters

PENNY = Decimal("0.01")


def found(stage: Stage) -> Grant:
    """The organisations and the grant with its budgets and forecasts."""
    plan = stage.plan
    funder = Organisation.objects.create(name=plan.funder, kind=OrganisationKind.FUNDER, invented=True)
    for partner in plan.partners:
        add(stage, partner.name, partner.kind, region=partner.region)
    for employer in plan.employers:
        made = add(stage, employer.name, OrganisationKind.EMPLOYER, region=employer.region, size=employer.size)
        for other in employer.also:
            OrganisationAlias.objects.create(organisation=made, name=other, key=key_of(other))
    for school in plan.schools:
        add(stage, school.name, OrganisationKind.SCHOOL, region=school.region)
    grant = Grant.objects.create(
        code=plan.grant.code,
        title=plan.grant.title,
        lead=stage.organisation(plan.partners[0]),
        funder=funder,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        total_gbp=plan.grant.gbp,
        invented=True,
    )
    for partner in plan.partners:
        budget = PartnerBudget.objects.create(grant=grant, organisation=stage.organisation(partner), gbp=partner.gbp)
        Spend.objects.bulk_create(forecast(stage, budget))
    for package in plan.work_packages:
        WorkPackage.objects.create(
            grant=grant,
            organisation=stage.organisation(stage.partner(package.partner)),
            code=package.code,
            title=package.title,
            due_on=package.due_on,
        )
    posts(stage)
    return grant


def add(stage: Stage, name: str, kind: str, **fields: str) -> Organisation:
    made = Organisation.objects.create(name=name, kind=kind, invented=True, **fields)
    stage.organisations[name] = made
    return made


def forecast(stage: Stage, budget: PartnerBudget) -> list[Spend]:
    """The budget over quarters and categories; what rounding leaves goes to the last line."""
    plan = stage.plan
    ends = list(quarters(plan.starts_on, plan.ends_on))
    lines = [
        Spend(budget=budget, quarter=quarter, category=category, forecast_gbp=money(budget.gbp * part * share / 10_000))
        for quarter, part in zip(ends, plan.spend_by_quarter, strict=True)
        for category, share in plan.spend.items()
    ]
    lines[-1].forecast_gbp += budget.gbp - sum(line.forecast_gbp for line in lines)
    return lines


def money(gbp: Decimal) -> Decimal:
    return gbp.quantize(PENNY, ROUND_HALF_UP)


def enter(stage: Stage, grant: Grant, index: int, quarter: date) -> None:
    """Claims, reports, risks and changes of one quarter (index counts from 0)."""
    plan, draw = stage.plan, stage.draw
    lines = list(Spend.objects.filter(budget__grant=grant, quarter=quarter))
    for line in lines:
        line.actual_gbp = money(line.forecast_gbp * draw.randint(86, 104) / 100)
    Spend.objects.bulk_update(lines, ["actual_gbp"])
    for package in WorkPackage.objects.filter(grant=grant):
        passed = (quarter - plan.starts_on).days / (package.due_on - plan.starts_on).days
        percent = min(100, round(100 * passed * draw.uniform(0.82, 1.03)))
        late = percent < 100 * min(1.0, passed) - 12
        standing = (
            "done" if percent == 100 else "late" if quarter > package.due_on else "at-risk" if late else "on-plan"
        )
        WorkPackageReport.objects.create(
            work_package=package,
            quarter=quarter,
            standing=standing,
            percent=percent,
            text=f"Invented report: {percent} % of the package is done.",
        )
    for risk in plan.risks:
        organisation = stage.organisation(stage.partner(risk.partner))
        if risk.opened == index + 1:
            Risk.objects.create(
                grant=grant,
                organisation=organisation,
                title=risk.title,
                likelihood=risk.likelihood,
                impact=risk.impact,
                mitigation=risk.mitigation,
                opened_on=stage.day_in(quarter),
            )
        if risk.closed == index + 1:
            Risk.objects.filter(grant=grant, title=risk.title).update(closed_on=stage.day_in(quarter))
    for change in plan.changes:
        if change.asked == index + 1:
            asked_on = stage.day_in(quarter, 4, 40)
            ProgrammeChange.objects.create(
                grant=grant,
                organisation=stage.organisation(stage.partner(change.partner)),
                title=change.title,
                reason=change.reason,
                decision=change.decision,
                asked_on=asked_on,
                decided_on=None if change.decision == "asked" else stage.day_in(quarter, 45, 80),
            )


def posts(stage: Stage) -> None:
    """What employers say they need, by the word of the nearest partner or else the lead."""
    plan, draw = stage.plan, stage.draw
    near = {partner.region: partner for partner in plan.partners}
    JobPost.objects.bulk_create(
        JobPost(
            organisation=stage.organisation(near.get(employer.region, plan.partners[0])),
            employer=stage.organisations[employer.name],
            role=role,
            region=employer.region,
            people_needed=draw.randint(1, 6),
            stated_on=stage.day_in(plan.quarter_ends[1]),
        )
        for employer in plan.employers
        for role in draw.sample(plan.job_roles, 1 + (employer.size in ("medium", "large")))
    )
