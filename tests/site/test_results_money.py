"""Pages of money and progress: a partner enters its own, the lead keeps the grant and decides, refusals say why."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from resilience.people.models import Organisation, TrailEntry
from resilience.people.scopes import whole_programme, within
from resilience.programme import money
from resilience.programme.models import ProgrammeChange, Risk, WorkPackage
from tests.results import programme
from tests.site.conftest import People
from tests.site.test_results import ENGLISH, LAST, get, plain


@pytest.fixture
def granted(people: People) -> People:
    programme.grant(people.here)
    return people


def test_a_partner_enters_its_own_spend(granted: People) -> None:
    client = granted.client("coordinator")
    body = {"forecast_staff": "110000.50", "actual_staff": "108000", "forecast_travel": "2000"}
    answer = client.post(f"/money/spend/{LAST}", body)
    assert answer["Location"] == f"/money?quarter={LAST}"
    grant = money.current_grant()
    assert grant is not None
    with within(granted.here):
        budget = money.own_budget(grant, granted.here)
        assert budget is not None
        lines = money.lines_of(budget, LAST)
    assert str(lines["staff"].forecast) == "110000.50"
    assert lines["travel"].actual is None
    assert "108,000" not in get(client, "/money?quarter=2025-09-30")


@pytest.mark.parametrize(
    ("quarter", "body", "words"),
    [
        (LAST, {"forecast_staff": "-1"}, "0 or more"),
        (LAST, {"forecast_staff": "1e999"}, "id_forecast_staff_error"),
        (LAST, {"actual_staff": "5"}, "Give the forecast too"),
        (date(2027, 6, 30), {"forecast_staff": "5", "actual_staff": "5"}, "has not ended"),
    ],
)
def test_spend_that_cannot_be_is_refused_beside_its_field(
    granted: People, quarter: date, body: dict[str, str], words: str
) -> None:
    answer = granted.client("coordinator").post(f"/money/spend/{quarter}", body, headers=ENGLISH)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_quarters_that_are_none_and_organisations_without_a_budget_find_nothing(granted: People) -> None:
    client = granted.client("coordinator")
    for address in ("/money/spend/2026-03-30", "/money/spend/1999-12-31", "/money/spend/soon"):
        assert client.get(address).status_code == 404


def test_a_partner_reports_only_on_its_own_work_package(granted: People) -> None:
    client = granted.client("coordinator")
    with whole_programme("packages of all partners"):
        own = WorkPackage.objects.get(organisation=granted.here).pk
        others = WorkPackage.objects.exclude(organisation=granted.here)[0].pk
        risk = Risk.objects.exclude(organisation=granted.here)[0].pk
    body = {"standing": "at-risk", "percent": "45", "text": "A room fell away."}
    assert client.post(f"/money/work-packages/{own}/{LAST}", body).status_code == 302
    assert client.post(f"/money/work-packages/{others}/{LAST}", body).status_code == 404
    assert client.post(f"/money/risks/{risk}/close").status_code == 404
    assert "A room fell away." in get(client, f"/money?quarter={LAST}")
    wrong = client.post(f"/money/work-packages/{own}/{LAST}", body | {"standing": "done"}, headers=ENGLISH)
    assert "done to 100 %" in wrong.content.decode()


def test_a_change_is_asked_for_and_decided_by_the_lead(granted: People) -> None:
    granted.client("coordinator").post("/money/changes/new", {"title": "Another room", "reason": "Ours is wet."})
    with whole_programme("the change asked for"):
        change = ProgrammeChange.objects.get(title="Another room")
    lead = granted.client("lead")
    lead.post(reverse("money-change-decide", args=[change.pk]), {"decision": "later"})
    with whole_programme("the change asked for"):
        assert ProgrammeChange.objects.get(pk=change.pk).decision == "asked"
    lead.post(reverse("money-change-decide", args=[change.pk]), {"decision": "refused"})
    with whole_programme("the change asked for"):
        assert ProgrammeChange.objects.get(pk=change.pk).decision == "refused"


def test_the_lead_enters_the_grant_then_budgets_and_work_packages(people: People) -> None:
    funder = Organisation.objects.create(name="The Fund", kind="funder")
    lead = people.client("lead")
    assert "No grant has been entered" in get(lead, "/money")
    body = {"form": "grant", "code": "G-7", "title": "Skills", "lead": str(people.here.pk), "funder": str(funder.pk)}
    body |= {"starts_on": "2026-01-01", "ends_on": "2027-12-31", "total_gbp": "4500000"}
    assert lead.post("/money/grant", body).status_code == 302
    over = {"form": "budget", "budget-organisation": str(people.here.pk), "budget-gbp": "4500001"}
    assert "4,500,000.00" in lead.post("/money/grant", over, headers=ENGLISH).content.decode()
    lead.post("/money/grant", over | {"budget-gbp": "4500000"})
    package = {"package-code": "WP1", "package-title": "Training", "package-organisation": str(people.here.pk)}
    lead.post("/money/grant", {"form": "package", **package, "package-due_on": "2027-06-30"})
    text = plain(get(lead, "/money"))
    assert "GBP 4,500,000" in text
    assert "WP1 Training" in text


def test_a_risk_is_weighed_again_and_closed_by_its_own_partner(granted: People) -> None:
    client = granted.client("coordinator")
    with whole_programme("a test"):
        risk = Risk.objects.get(organisation=granted.here)
        others = Risk.objects.exclude(organisation=granted.here)[0]
    address = f"/money/risks/{risk.pk}/close"
    for wrong in ({"likelihood": "6", "impact": "1"}, {"likelihood": "x"}):
        said = client.post(address, {"do": "weigh", **wrong}, headers=ENGLISH, follow=True)
        assert "choose 1 to 5" in said.content.decode()
    client.post(address, {"do": "weigh", "likelihood": "5", "impact": "4"})
    risk.refresh_from_db()
    assert (risk.likelihood, risk.impact, risk.closed_on) == (5, 4, None)
    assert TrailEntry.objects.get(what="risk weighed").new == {"likelihood": 5, "impact": 4}
    assert client.post(f"/money/risks/{others.pk}/close", {"do": "weigh"}).status_code == 404
    client.post(address, {"do": "close"})
    risk.refresh_from_db()
    assert risk.closed_on is not None


def test_invisible_tricks_are_taken_out_and_control_characters_refused(granted: People) -> None:
    client = granted.client("coordinator")
    body = {"title": "Late \u202edelivery\u202c", "likelihood": "2", "impact": "2", "mitigation": "Order early."}
    assert client.post("/money/risks/new", body).status_code == 302
    with whole_programme("the risk that was typed"):
        assert Risk.objects.latest("pk").title == "Late delivery"
    for wrong in ("Bell \x07", "x" * 161):
        answer = client.post("/money/risks/new", body | {"title": wrong}, headers=ENGLISH)
        assert answer.status_code == 422
        assert 'id="id_title_error"' in answer.content.decode()
    for wrong in ({"likelihood": "6"}, {"impact": "0"}, {"mitigation": ""}):
        assert client.post("/money/risks/new", body | wrong).status_code == 422
