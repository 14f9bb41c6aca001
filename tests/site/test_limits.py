"""Too many requests from one address get 429 and the seconds to wait."""

from __future__ import annotations

from typing import Any

from django.test import Client, RequestFactory

from resilience.site.limits import seconds_to_wait


def test_beyond_the_share_of_a_minute_comes_429(embedded_store: str, settings: Any) -> None:
    settings.RATE_LIMITS = [("GET", "/api/modules", 2)]
    client = Client()
    assert [client.get("/api/modules").status_code for _ in range(3)] == [200, 200, 429]
    refused = client.get("/api/modules")
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert set(refused.json()) == {"what", "where", "fix"}
    assert client.get("/").status_code == 200


def test_a_page_says_it_in_words(embedded_store: str, settings: Any) -> None:
    settings.RATE_LIMITS = [("GET", "/", 0)]
    answer = Client().get("/")
    assert answer.status_code == 429
    assert "Too many requests" in answer.content.decode()
    assert answer["Content-Security-Policy"]


def test_each_address_and_each_minute_has_its_own_share(settings: Any) -> None:
    settings.RATE_LIMITS = [("POST", "/api/sessions", 1)]
    first = RequestFactory(REMOTE_ADDR="10.0.0.1").post("/api/sessions")
    other = RequestFactory(REMOTE_ADDR="10.0.0.2").post("/api/sessions")
    assert seconds_to_wait(first, now=120.0) is None
    assert seconds_to_wait(first, now=130.0) == 50
    assert seconds_to_wait(other, now=130.0) is None
    assert seconds_to_wait(first, now=180.0) is None


def test_what_no_rule_names_is_not_counted(settings: Any) -> None:
    settings.RATE_LIMITS = [("POST", "/api/sessions", 0)]
    assert seconds_to_wait(RequestFactory().get("/api/sessions")) is None


def test_signing_in_is_limited(people: Any, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/5m/key"}
    client = Client()
    wrong = {"login": "owner@here.example", "password": "wrong"}
    pages = [client.post("/account/login/", wrong).content.decode() for _ in range(5)]
    assert "not correct" in pages[0]
    assert "Too many failed" in pages[-1]
