"""A small programme of three partners over three quarters, with money, for tests of results and packs."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from resilience.people.models import Organisation, OrganisationKind, Person
from resilience.people.permissions import NOBODY
from resilience.people.scopes import whole_programme, within
from resilience.programme import money, progress
from resilience.programme.models import Activity, Attendance, Grant, HeadCount, Meeting, Spend
from resilience.programme.money import Line
from resilience.results import snapshots, targets

QUARTERS = (date(2025, 9, 30), date(2025, 12, 31), date(2026, 3, 31))
NOW = datetime(2026, 4, 7, 9, 0, tzinfo=UTC)
IN_MARCH = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
REGIONS = ("TLG", "TLI", "TLM")


def grant(lead: Organisation) -> Grant:
    """GBP 4.5m over two years: three partners with budgets and spend, a work package each, risks and a change."""
    funder = Organisation.objects.create(name="Office of the Fund", kind=OrganisationKind.FUNDER)
    made = money.set_grant(
        NOBODY,
        code="G-1",
        title="Skills for medicines",
        lead=lead,
        funder=funder,
        starts_on=date(2025, 7, 1),
        ends_on=date(2027, 6, 30),
        total_gbp=Decimal(4_500_000),
    )
    others = [Organisation.objects.create(name=name) for name in ("Northern University", "Island College")]
    for number, (partner, gbp) in enumerate(zip([lead, *others], (2_000_000, 1_500_000, 1_000_000), strict=True)):
        budget = money.set_budget(NOBODY, made, partner, Decimal(gbp))
        package = progress.set_work_package(
            NOBODY, made, organisation=partner, code=f"WP{number + 1}", title="Training", due_on=date(2027, 3, 31)
        )
        with within(partner):
            for quarter in QUARTERS:
                lines = {Spend.Category.STAFF: Line(Decimal(100_000), Decimal(90_000 + 5_000 * number))}
                money.enter_spend(NOBODY, budget, quarter, lines, NOW)
                progress.report(
                    NOBODY, package, quarter, standing="on-plan", percent=30, text="Rooms are booked.", now=NOW
                )
            progress.open_risk(
                NOBODY,
                made,
                partner,
                title="Staff leave",
                likelihood=3,
                impact=4,
                mitigation="Two hands know it.",
                now=IN_MARCH,
            )
            progress.ask_change(NOBODY, made, partner, title="Move money", reason="Rooms cost less.", now=IN_MARCH)
    return made


def held(partners: list[Organisation], quarters: tuple[date, ...] = QUARTERS, people: int = 4) -> None:
    """In each quarter each partner trains so many new people and sees 30 pupils."""
    with whole_programme("a programme for tests"):
        for at, quarter in enumerate(quarters):
            for number, partner in enumerate(partners):
                begins = datetime(quarter.year, quarter.month, 1, 9, 0, tzinfo=UTC)
                training = activity(partner, "training", f"TRN-{at}{number}", begins, REGIONS[number % 3])
                meeting = Meeting.objects.create(
                    activity=training, starts_at=begins, ends_at=begins + timedelta(hours=6)
                )
                for _each in range(people):
                    met = Person.objects.create(key=uuid.uuid4().hex, created_at=begins)
                    Attendance.objects.create(meeting=meeting, person=met, source="check-in", at=begins)
                outreach = activity(partner, "outreach", f"OUT-{at}{number}", begins, REGIONS[number % 3])
                HeadCount.objects.create(
                    activity=outreach,
                    kind="counted",
                    number=30,
                    year_group="Year 9",
                    source="Register of the day",
                    recorded_at=begins,
                )


def activity(partner: Organisation, kind: str, code: str, begins: datetime, region: str) -> Activity:
    return Activity.objects.create(
        organisation=partner,
        code=code,
        kind=kind,
        format="in-person",
        status="closed",
        title=f"{kind.capitalize()} day",
        region=region,
        starts_at=begins,
        ends_at=begins + timedelta(hours=6),
    )


def partners_of(made: Grant) -> list[Organisation]:
    return [row.organisation for row in money.partners_money(made, QUARTERS[-1])]


def frozen(lead: Organisation, quarters: tuple[date, ...] = QUARTERS, people: int = 4) -> Grant:
    """The whole programme, frozen at the end of each quarter, with a target."""
    made = grant(lead)
    held(partners_of(made), quarters, people)
    for quarter in quarters:
        snapshots.freeze(quarter, NOBODY, datetime(quarter.year, quarter.month, quarter.day, 22, 0, tzinfo=UTC))
    targets.set_target(NOBODY, "trainees", date(2026, 12, 31), 60)
    return made
