"""The diversity form: without an account, every question optional, nothing chosen, taken back by its code."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from resilience.people import diversity, invitations, persons
from resilience.people.models import DiversityAnswer, DiversityForm, TrailEntry
from tests.site.conftest import People

NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)


@pytest.fixture
def address(people: People) -> str:
    ann = persons.meet(people.here, "Ann Ash", "ann@example.org", NOW)
    return reverse("diversity-form", args=[invitations.invite(people.here, ann, "leadership")])


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
