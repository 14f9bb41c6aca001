from __future__ import annotations

import pytest
from django.test import Client

from tests.site.conftest import PASSWORD, People


@pytest.mark.parametrize(
    ("who", "page"),
    [
        ("lead", "/results"),
        ("coordinator", "/activities"),
        ("funder", "/results"),
        ("analyst", "/diversity"),
        ("instructor", "/records"),
        ("quality", "/records"),
        ("trainee", "/my"),
    ],
)
def test_whoever_signs_in_arrives_where_their_work_is(people: People, who: str, page: str) -> None:
    client = Client()
    answer = client.post("/account/login/", {"login": f"{who}@here.example", "password": PASSWORD})
    assert answer["Location"] == page
    assert client.get(page).status_code == 200


def test_the_page_that_was_asked_for_comes_first(people: People) -> None:
    login = {"login": "funder@here.example", "password": PASSWORD, "next": "/my"}
    assert Client().post("/account/login/?next=/my", login)["Location"] == "/my"
