"""The diversity form: without an account, every question optional, taken back by its code; and the released tables."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from resilience.people import diversity, invitations, persons
from resilience.people.models import DiversityAnswer, DiversityForm, DiversityInvitation, TrailEntry
from resilience.people.scopes import whole_programme
from resilience.programme.quarters import last_ended
from resilience.results.diversity_tables import tables
from resilience.results.models import Release
from tests.site.conftest import People

NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
QUARTER = date(2026, 3, 31)


@pytest.fixture
def address(people: People) -> str:
    ann = persons.meet(people.here, "Ann Ash", "ann@example.org", NOW)
    return reverse("diversity-form", args=[invitations.invite(people.here, ann, "leadership", QUARTER)])


def text(answer: Any) -> str:
    return str(answer.content.decode())


def answers() -> list[tuple[str, str]]:
    with diversity.door():
        return sorted(DiversityAnswer.objects.values_list("question", "code"))


def code_on(page: str) -> str:
    found = re.search(r"<code class=\"address\">([0-9A-Z-]+)</code>", page)
    assert found
    return found[1]


def test_the_form_says_why_and_chooses_nothing(address: str) -> None:
    page = text(Client().get(address))
    assert "What this is for" in page
    assert "leadership accelerator" in page
    assert "withdrawal code" in page
    assert "checked" not in page
    assert "required" not in page
    assert page.count("Prefer not to say") == 3
    assert page.count("<fieldset") == page.count("<legend") == 3
    assert "Ann" not in page


def test_answers_are_kept_and_the_code_is_shown_once(address: str) -> None:
    page = text(Client().post(address, {"sex": "10", "disability": ["51", "55"]}))
    assert answers() == [("disability", "51"), ("disability", "55"), ("sex", "10")]
    code = code_on(page)
    assert Client().get(address).status_code == Client().post(address, {}).status_code == 410
    withdraw = reverse("diversity-withdraw")
    wrong = Client().post(withdraw, {"code": code[:-1]})
    assert wrong.status_code == 422
    assert "no form with this code" in text(wrong)
    assert "deleted" in text(Client().post(withdraw, {"code": code.lower().replace("-", " ")}))
    assert answers() == []


def test_an_empty_form_is_a_returned_form(address: str) -> None:
    assert code_on(text(Client().post(address, {})))
    with diversity.door():
        assert DiversityForm.objects.count() == 1
    assert answers() == []


def test_choices_that_contradict_each_other_are_told_at_the_question(address: str) -> None:
    answer = Client().post(address, {"disability": ["95", "51"], "sex": "10"})
    assert answer.status_code == 422
    assert "stand alone" in text(answer)
    assert answers() == []
    assert Client().post(address, {"sex": "nonsense"}).status_code == 422
    assert Client().get(address).status_code == 200


def test_nobody_can_see_who_sent_it(people: People, address: str) -> None:
    """Not even where somebody who is signed in fills it in: no session, no trail."""
    client = people.client("coordinator")
    sessions, trail = list(Session.objects.values_list()), TrailEntry.objects.count()
    answer = client.post(address, {"sex": "10"})
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert list(Session.objects.values_list()) == sessions
    assert TrailEntry.objects.count() == trail


def test_an_unknown_invitation_says_what_to_do(people: People) -> None:
    answer = Client().get(reverse("diversity-form", args=["nonsense"]))
    assert answer.status_code == 410
    assert "Ask whoever invited you" in text(answer)


def test_the_form_speaks_welsh(address: str) -> None:
    client = Client()
    client.post(reverse("set_language"), {"language": "cy"})
    page = text(client.get(address))
    assert "Beth yw eich rhyw?" in page
    assert page.count("Gwell gennyf beidio â dweud") == 3
    assert "Beth yw diben hyn" in page


# --- the released tables


def returned(people: People, women: int, men: int, quarter: date) -> None:
    """So many forms of leaders, who were all asked."""
    with whole_programme("a test"):
        for number in range(women + men):
            one = persons.meet(people.here, f"Leader {number}", f"leader{number}@here.example", NOW)
            DiversityInvitation.objects.update_or_create(
                person=one, strand="leadership", defaults={"organisation": people.here, "answered": True}
            )
    invitations.count("leadership", quarter, women + men)
    forms = [{"sex": ["10"]}] * women + [{"sex": ["11"]}] * men
    diversity.keep_all([diversity.Returned("leadership", people.here, answers, quarter) for answers in forms])


def test_the_analyst_releases_the_last_quarter_once_and_readers_see_what_is_left_of_it(people: People) -> None:
    due = last_ended(timezone.localdate())
    returned(people, women=24, men=16, quarter=due)
    analyst, lead = people.client("analyst"), people.client("lead")
    assert "Nothing was released yet" in text(lead.get("/diversity"))
    assert "Release the tables" not in text(lead.get("/diversity"))
    before = text(analyst.get("/diversity"))
    assert f"{len(tables())} tables are not released" in before
    assert "24" not in before
    said = text(analyst.post("/diversity/release", follow=True))
    assert f"{len(tables())} tables are released" in said
    assert "Release the tables" not in said
    assert Release.objects.filter(quarter=due).count() == len(tables())
    assert TrailEntry.objects.filter(what="released diversity table").count() == len(tables())
    again = text(analyst.post("/diversity/release", follow=True))
    assert "released for this quarter already" in again
    assert Release.objects.count() == len(tables())
    page = lead.get("/diversity", {"quarter": due.isoformat()})
    shown = " ".join(re.sub(r"<[^>]+>", " ", text(page)).split())
    assert "Leaders by sex Group People Share Female 24 60.0 % Male or other 16 40.0 %" in shown
    assert "Response rate 100 %" in shown
    assert "White minorities" in shown
    assert "HESA SEXID, C22056" in shown


def test_few_answers_are_left_out_and_rows_say_so(people: People) -> None:
    returned(people, women=14, men=3, quarter=last_ended(timezone.localdate()))
    analyst = people.client("analyst")
    analyst.post("/diversity/release")
    shown = " ".join(re.sub(r"<[^>]+>", " ", text(analyst.get("/diversity"))).split())
    assert "Female left out – Male or other left out –" in shown
    assert "14" not in shown.split("Leaders by sex")[1].split("Codes")[0]


def test_the_tables_speak_welsh(people: People) -> None:
    people.client("analyst").post("/diversity/release")
    html = people.client("lead").get("/diversity", headers={"accept-language": "cy"}).content.decode()
    assert "Tablau amrywiaeth" in html
    assert "Arweinwyr yn ôl" in html
