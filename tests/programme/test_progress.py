"""Work packages, risks and changes: what is told, in which quarter, and who decides."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from resilience.people.models import Organisation, TrailEntry
from resilience.people.permissions import NOBODY
from resilience.people.scopes import within
from resilience.programme import money, progress
from resilience.programme.models import Grant, Risk, WorkPackage
from tests.programme.test_money import MARCH, NOW, entered

DUE = date(2026, 3, 1)


@pytest.fixture
def lead(embedded_store: str) -> Organisation:
    return Organisation.objects.create(name="Lead University")


@pytest.fixture
def grant(lead: Organisation) -> Grant:
    return entered(lead)


@pytest.fixture
def package(lead: Organisation, grant: Grant) -> WorkPackage:
    return progress.set_work_package(NOBODY, grant, organisation=lead, code="wp1", title="Training", due_on=DUE)


def told(package: WorkPackage, standing: str, percent: int, text: str = "As planned.") -> None:
    with within(package.organisation):
        progress.report(NOBODY, package, MARCH, standing=standing, percent=percent, text=text, now=NOW)


def test_a_code_that_exists_is_changed(lead: Organisation, grant: Grant, package: WorkPackage) -> None:
    later = progress.set_work_package(NOBODY, grant, organisation=lead, code="WP1", title="Practice", due_on=MARCH)
    assert later.pk == package.pk
    assert [row.work_package.title for row in progress.progress(grant, MARCH)] == ["Practice"]


def test_a_work_package_is_due_within_the_grant(lead: Organisation, grant: Grant) -> None:
    with pytest.raises(ValidationError, match="within the grant"):
        progress.set_work_package(NOBODY, grant, organisation=lead, code="WP2", title="X", due_on=date(2030, 1, 1))


def test_past_its_day_a_work_package_is_late_until_it_is_done(grant: Grant, package: WorkPackage) -> None:
    (silent,) = progress.progress(grant, MARCH)
    assert silent.report is None
    assert silent.late
    told(package, "at-risk", 90)
    assert progress.progress(grant, MARCH)[0].late
    told(package, "done", 100)
    assert not progress.progress(grant, MARCH)[0].late


@pytest.mark.parametrize(
    ("standing", "percent", "text", "field"),
    [("on-plan", 101, "x", "percent"), ("done", 99, "x", "percent"), ("on-plan", 10, "  ", "text")],
)
def test_a_report_that_cannot_be_is_refused(
    package: WorkPackage, standing: str, percent: int, text: str, field: str
) -> None:
    with pytest.raises(ValidationError) as error:
        told(package, standing, percent, text)
    assert set(error.value.error_dict) == {field}


def test_a_report_belongs_to_its_quarter(grant: Grant, package: WorkPackage) -> None:
    told(package, "on-plan", 50)
    assert progress.progress(grant, date(2026, 6, 30))[0].report is None


def opened(lead: Organisation, grant: Grant, likelihood: int, impact: int, title: str = "Staff leave") -> Risk:
    with within(lead):
        return progress.open_risk(
            NOBODY, grant, lead, title=title, likelihood=likelihood, impact=impact, mitigation="Two know it.", now=NOW
        )


def test_the_gravest_risk_is_told_first_and_a_closed_one_only_before(lead: Organisation, grant: Grant) -> None:
    opened(lead, grant, 2, 5, "second")
    gravest = opened(lead, grant, 4, 4, "first")
    today = NOW.date()
    assert [risk.title for risk in progress.risks(grant, today)] == ["first", "second"]
    assert progress.risks(grant, today - timedelta(days=1)) == []
    with within(lead):
        progress.close_risk(NOBODY, gravest, NOW + timedelta(days=5))
    assert [risk.title for risk in progress.risks(grant, today)] == ["first", "second"]
    assert [risk.title for risk in progress.risks(grant, today + timedelta(days=5))] == ["second"]


def test_a_risk_is_weighed_anew_with_a_trail(lead: Organisation, grant: Grant) -> None:
    risk = opened(lead, grant, 2, 2)
    with within(lead):
        progress.weigh_risk(NOBODY, risk, likelihood=5, impact=5)
    assert risk.weight == 25
    entry = TrailEntry.objects.get(what="risk weighed")
    assert (entry.old, entry.new) == ({"likelihood": 2, "impact": 2}, {"likelihood": 5, "impact": 5})


@pytest.mark.parametrize(("likelihood", "impact", "field"), [(0, 3, "likelihood"), (3, 6, "impact")])
def test_risks_are_weighed_from_1_to_5(
    lead: Organisation, grant: Grant, likelihood: int, impact: int, field: str
) -> None:
    with pytest.raises(ValidationError) as error:
        opened(lead, grant, likelihood, impact)
    assert set(error.value.error_dict) == {field}


def test_a_change_is_decided_once_and_stays_in_its_quarter(lead: Organisation, grant: Grant) -> None:
    now = datetime(2026, 3, 2, tzinfo=UTC)
    with within(lead):
        asked = progress.ask_change(NOBODY, grant, lead, title="Move money", reason="Rooms cost less.", now=now)
    assert [row.decision for row in progress.changes(grant, date(2026, 4, 1), date(2026, 6, 30))] == ["asked"]
    decided = progress.decide_change(NOBODY, asked.pk, True, now + timedelta(days=3))
    assert decided is not None
    assert decided.decision == "agreed"
    assert len(progress.changes(grant, date(2026, 1, 1), MARCH)) == 1
    assert progress.changes(grant, date(2026, 4, 1), date(2026, 6, 30)) == []
    with pytest.raises(ValidationError, match="decided already"):
        progress.decide_change(NOBODY, asked.pk, False, now)
    assert progress.decide_change(NOBODY, asked.pk + 1, False, now) is None


def test_one_partner_is_told_of_alone(lead: Organisation, grant: Grant, package: WorkPackage) -> None:
    other = Organisation.objects.create(name="Partner College")
    opened(lead, grant, 3, 3)
    assert progress.progress(grant, MARCH, other) == []
    assert progress.risks(grant, NOW.date(), other) == []
    assert len(progress.risks(grant, NOW.date(), lead)) == 1
    assert money.partners_money(grant, MARCH, other) == []
